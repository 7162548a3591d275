"""The census serves from a notebook: without Django, without a database, without the faces."""

import subprocess
import sys
from pathlib import Path

PROGRAM = """
import sys
from grappe import census
found = census.open("maghreb-2019")
print(len(found.clusters()), sorted({"django", "ninja", "sqlite3", "grappe.store"} & sys.modules.keys()))
"""


def test_the_census_opens_in_python_without_django_or_database(root: Path, tmp_path: Path):
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=tmp_path, env={"PYTHONPATH": str(root / "src"), "PATH": ""},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (run.stdout, run.stderr) == ("38 []\n", "")
