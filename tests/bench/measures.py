"""``python -m tests.bench.measures``: the figures of the measures, written into docs/benchmarks.md.

Each part is a module that can be run alone and prints JSON. A part replaces its own section and leaves the
others as they were, so that one of them can be measured again: ``--part kd``. ``--read FILE`` takes what a
part printed before.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.docs.markdown import ROOT, between_marks

PAGE = ROOT / "docs" / "benchmarks.md"
PARTS = {
    "kd": "K-density: speed, memory, growth",
    "false_positives": "K-density: how often neutral industries are rejected",
    "m": "M: speed, and how often neutral industries are rejected",
    "recovery": "Concentrations: planted and found",
    "spot": "Concentrations: speed",
    "density": "Density clustering",
    "complexity": "Complexity of a panel",
    "local_statistics": "Local statistics",
    "network": "Cooperation graph",
    "editions": "Two editions compared",
    "upload": "A register uploaded, and other pages meanwhile",
    "suggestions": "Suggested partners",
    "schedule": "Schedules of meetings",
}
"""Modules of `tests.bench`, in the order of the page, with the titles of their sections."""

MOST_COLUMNS = 9
"""Wider tables are turned round: a line per figure."""


def main() -> None:
    """Measure the parts asked for, and write each as soon as it is there."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.measures")
    parser.add_argument("--part", choices=PARTS, action="append", help="measure this part; by default all")
    parser.add_argument("--read", type=Path, help="take the output of the one part from a file")
    chosen = parser.parse_args()
    parts = chosen.part or list(PARTS)
    if chosen.read and len(parts) != 1:
        parser.error("--read goes with one --part")
    for part in parts:
        printed = chosen.read.read_text("utf-8") if chosen.read else _run(part)
        PAGE.write_text(
            replaced(PAGE.read_text("utf-8"), part, section(part, list(values(printed)))), "utf-8"
        )
        print(f"written: {part}", flush=True)


def _run(part: str) -> str:
    command = [sys.executable, "-m", f"tests.bench.{part}"]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def values(printed: str) -> Iterator[dict[str, Any]]:
    """The JSON objects of an output, whatever stands between them."""
    decoder, at = json.JSONDecoder(), 0
    while (at := printed.find("{", at)) >= 0:
        value, at = decoder.raw_decode(printed, at)
        yield value


def section(part: str, rows: list[dict[str, Any]]) -> str:
    """Title, command and tables of one part: rows with the same figures share a table."""
    groups: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for row in rows:
        plain = flat(row)
        groups.setdefault(tuple(plain), []).append(plain)
    tables = [_table(list(names), group) for names, group in groups.items()]
    return "\n\n".join([f"### {PARTS[part]}", f"`python -m tests.bench.{part}`", *tables])


def flat(row: dict[str, Any], before: str = "") -> dict[str, str]:
    """Figures of nested objects under one name each."""
    found: dict[str, str] = {}
    for name, value in row.items():
        full = f"{before}{name}".replace("_", " ")
        if isinstance(value, dict):
            found |= flat(value, f"{full}: ")
        else:
            found[full] = shown(value)
    return found


def shown(value: Any) -> str:
    """A figure with three significant digits."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:,.3g}" if abs(value) < 1000 else f"{value:,.0f}"
    if isinstance(value, int):
        return f"{value:,}"
    return ", ".join(map(shown, value)) if isinstance(value, list) else str(value).replace("|", r"\|")


def _table(names: list[str], rows: list[dict[str, str]]) -> str:
    if len(names) > MOST_COLUMNS:
        lines = [[name, *(row[name] for row in rows)] for name in names]
        head, lines = lines[0], lines[1:]
    else:
        head, lines = names, [list(row.values()) for row in rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (head, ["---"] * len(head), *lines))


def replaced(page: str, part: str, text: str) -> str:
    """The page with the section of one part written anew.

    Raises
    ------
    ValueError
        If the page has no place for the part.
    """
    return between_marks(page, f"<!-- {part}: written by make bench -->", f"<!-- end of {part} -->", text)


if __name__ == "__main__":
    main()
