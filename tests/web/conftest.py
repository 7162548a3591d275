"""The pages on the shipped census, asked in process."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.cli.conftest import census

__all__ = ["census"]

Get = Callable[..., HttpResponse]


@pytest.fixture
def get(census) -> Get:
    """Asks a page: ``get("/fr/clusters/")``."""
    client = Client()
    return lambda address, **headers: client.get(address, headers=headers)
