"""A store in a file of its own for every test of an action."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.actions.stored import store_in, tables_alone


@pytest.fixture
def store(tmp_path: Path, tmp_path_factory, django_db_blocker) -> Iterator[Path]:
    """An empty store, in use during the test."""
    with django_db_blocker.unblock():
        path = tmp_path / "store" / "grappe.sqlite3"
        path.parent.mkdir()
        shutil.copy(tables_alone(tmp_path_factory.getbasetemp()), path)
        with store_in(path):
            yield path
