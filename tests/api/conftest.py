"""The API on the shipped census, asked in process; and the command line beside it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.cli.conftest import census, grappe

__all__ = ["census", "grappe"]

Get = Callable[..., Any]


@pytest.fixture
def get(census) -> Get:
    """Asks the API: ``get("clusters?sector=1")``."""
    client = Client()
    return lambda address, **headers: client.get(f"/api/{address}", headers=headers)
