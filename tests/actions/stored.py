"""Stores in files of their own: a fresh one a test, made by the actions that users call."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection

from grappe.actions.load_dataset import Loaded, load_dataset
from grappe.census.census import find_dataset
from grappe.domain.actor import Actor

ADA = Actor("Ada", "editor")
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
TUESDAY = datetime(2026, 3, 3, 9, tzinfo=UTC)


@contextmanager
def store_in(path: Path) -> Iterator[Path]:
    """Let the one database connection speak with the file at `path` for a while."""
    # A test database in memory dies with its connection, so whatever is open is put aside, not closed.
    aside, name = connection.connection, connection.settings_dict["NAME"]
    connection.connection = None
    connection.settings_dict["NAME"] = path
    try:
        yield path
    finally:
        connection.close()
        connection.connection = aside
        connection.settings_dict["NAME"] = name


def load(folder: Path, at: datetime = MONDAY) -> Loaded:
    """Load a data set as Ada would."""
    return load_dataset(folder, by=ADA, at=at)


def contents(path: Path) -> dict[str, list[Any]]:
    """Every row of every table of a store file, read by another connection."""
    with sqlite3.connect(path) as other:
        names = other.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
        found = {name: other.execute(f'SELECT * FROM "{name}"').fetchall() for (name,) in names}
    other.close()
    return found


def holds(path: Path, word: str) -> list[str]:
    """Tables and files of a store in which a word still stands, whatever its case."""
    found = [name for name, rows in contents(path).items() if word.casefold() in repr(rows).casefold()]
    for file in sorted(path.parent.glob(f"{path.name}*")):
        if word.casefold().encode() in file.read_bytes().lower():
            found.append(file.name)
    return found


@cache
def tables_alone(base: Path) -> Path:
    """A store file with its tables and no row, made once a run in its folder `base`; tests copy it."""
    path = base / "tables-alone" / "grappe.sqlite3"
    path.parent.mkdir()
    with store_in(path):
        call_command("migrate", verbosity=0, interactive=False)
    return path


@cache
def shipped_census(base: Path) -> Path:
    """A store file with the shipped census, loaded once a run in its folder `base`; read it or copy it."""
    path = base / "shipped-census" / "grappe.sqlite3"
    path.parent.mkdir()
    shutil.copy(tables_alone(base), path)
    with store_in(path):
        load(find_dataset("maghreb-2019"))
    return path
