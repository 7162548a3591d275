"""The command line in process, on the shipped census loaded once."""

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from grappe.cli.main import main
from tests.actions.stored import shipped_census, store_in
from tests.agglomeration.conftest import shared_data

__all__ = ["shared_data"]


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The answer read as JSON."""
        return json.loads(self.out)


Command = Callable[..., Said]


@pytest.fixture
def census(tmp_path_factory: pytest.TempPathFactory, django_db_blocker) -> Iterator[Path]:
    """The shipped census in use: for reading only."""
    with django_db_blocker.unblock():
        path = shipped_census(tmp_path_factory.getbasetemp())
        with store_in(path):
            yield path


@pytest.fixture
def grappe(
    census: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    settings: Any,
) -> Command:
    """Runs ``grappe`` with arguments, in English, as a process would."""
    settings.DATA = tmp_path
    return _command(monkeypatch, capsys)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs ``grappe`` in an empty folder, in English, without census or database."""
    monkeypatch.chdir(tmp_path)
    return _command(monkeypatch, capsys)


def _command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    monkeypatch.setenv("GRAPPE_LANG", "en")

    def run(*arguments: str) -> Said:
        monkeypatch.setattr(sys, "argv", ["grappe", *arguments])
        capsys.readouterr()
        code = 0
        try:
            main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return run
