"""What tests share: tiny worlds on disk, the shipped census, the study where it is at hand."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from grappe.census import Census
from grappe.census import open as open_census
from grappe.census.proof import read_lines
from tests.worlds import write_world

ROOT = Path(__file__).resolve().parent.parent
STUDY = "study/clusters-au-maghreb-2019.txt"

# Derandomised, so that a run of the suite says the same thing twice; the machine may be slow.
settings.register_profile(
    "grappe", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
settings.load_profile("grappe")


@pytest.fixture
def world(tmp_path: Path) -> Callable[[str], Path]:
    """Makes a data set folder from YAML text; see `tests.worlds.write_world`."""
    return lambda text: write_world(tmp_path, text)


@pytest.fixture(scope="session")
def root() -> Path:
    """Folder of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def maghreb() -> Census:
    """The census that ships, read once."""
    return open_census("maghreb-2019")


@pytest.fixture(scope="session")
def study() -> list[str]:
    """Lines of the study, where a copy is at hand: ``GRAPPE_STUDY``, or beside the repository."""
    given = os.environ.get("GRAPPE_STUDY")
    path = Path(given) if given else ROOT.parent / "shared" / STUDY
    if not path.is_file():
        pytest.skip("the study is not at hand: name its text copy in GRAPPE_STUDY to prove the locators")
    return read_lines(path)
