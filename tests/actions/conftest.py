"""A store in a file of its own for every test of an action."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.actions.stored import store_in


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory, django_db_blocker) -> Path:
    """A store file with its tables and nothing in them; tests copy it."""
    path = tmp_path_factory.mktemp("empty-store") / "grappe.sqlite3"
    with django_db_blocker.unblock(), store_in(path):
        call_command("migrate", verbosity=0, interactive=False)
    return path


@pytest.fixture
def store(tmp_path: Path, empty_store: Path, django_db_blocker) -> Iterator[Path]:
    """An empty store, in use during the test."""
    path = tmp_path / "store" / "grappe.sqlite3"
    path.parent.mkdir()
    shutil.copy(empty_store, path)
    with django_db_blocker.unblock(), store_in(path):
        yield path
