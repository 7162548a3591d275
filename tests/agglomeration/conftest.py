"""Real data for the tests of measures, where a copy is at hand."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared_data(root: Path) -> Callable[[str], Path]:
    """Finds a published data file: in the folder ``GRAPPE_DATA_SETS``, or beside the repository."""
    given = os.environ.get("GRAPPE_DATA_SETS")
    folder = Path(given) if given else root.parent / "shared" / "data"

    def find(name: str) -> Path:
        path = folder / name
        if not path.exists():
            pytest.skip(f"{name} is not at hand: name the folder of published data in GRAPPE_DATA_SETS")
        return path

    return find
