"""Plays the commands of the manual in one process, against a database and a data set of its own.

``python -m tests.docs.player FOLDER`` reads pages as JSON from its input and answers with what each
command printed. The settings are read once per process, hence a process and not a fixture.
"""

import io
import json
import os
import re
import shlex
import shutil
import sys
from contextlib import redirect_stderr, redirect_stdout, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

WIDTH = "110"
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


class Screen(io.StringIO):
    """A text that says it is a terminal, so that tables are drawn as a reader sees them."""

    def isatty(self) -> bool:
        return True


def play(command: str) -> str:
    """What a command prints on both channels."""
    from grappe.cli.main import main

    screen, aside = Screen(), io.StringIO()
    sys.argv = shlex.split(command)
    # A user's mistake ends with an exit code.
    with redirect_stdout(screen), redirect_stderr(aside), suppress(SystemExit):
        main()
    return _COLOURS.sub("", screen.getvalue() + aside.getvalue())


class World:
    """The database and the copy of the data set, put back as they were before each page."""

    def __init__(self, folder: Path) -> None:
        from grappe.cli.ready import set_up

        set_up()
        from grappe.actions.load_dataset import load_dataset
        from grappe.census.census import find_dataset
        from grappe.domain.actor import LOADER

        self.folder = folder
        shutil.copytree(find_dataset("maghreb-2019"), folder / "desk" / "maghreb-2019")
        load_dataset(folder / "desk" / "maghreb-2019", by=LOADER, at=datetime.now(UTC))
        self._close()
        for name in ("data", "desk"):
            shutil.copytree(folder / name, folder / "kept" / name)

    def restore(self) -> None:
        """Undo whatever a page did."""
        self._close()
        for name in ("data", "desk"):
            shutil.rmtree(self.folder / name)
            shutil.copytree(self.folder / "kept" / name, self.folder / name)

    def _close(self) -> None:
        from django.db import connections

        connections.close_all()


def main(folder: Path) -> None:
    """Play every page: ``{page: [{"file": …, "text": …} | {"command": …}]}``."""
    os.environ |= {
        "COLUMNS": WIDTH,
        "TERM": "xterm",
        "GRAPPE_LANG": "en",
        "GRAPPE_DATA": str(folder / "data"),
    }
    asked: dict[str, list[dict[str, Any]]] = json.load(sys.stdin)
    world = World(folder)
    played: dict[str, list[str]] = {}
    for page, steps in asked.items():
        world.restore()
        os.chdir(folder / "desk")
        played[page] = []
        for step in steps:
            if "file" in step:
                path = Path(step["file"])
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(step["text"], "utf-8")
            else:
                played[page].append(play(step["command"]))
        os.chdir(folder)
    json.dump(played, sys.stdout)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
