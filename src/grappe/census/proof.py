"""Proof of the locators: the text as printed must stand on the cited line, or in the cited cell."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from grappe.domain.source import Source
from grappe.domain.statement import Statement

_SPACES = re.compile(r"\s+")
PIECES = " … "


def read_lines(path: Path) -> list[str]:
    """Lines of a document, so that line 1 is element 0."""
    return path.read_text("utf-8").split("\n")


def stands(statement: Statement, lines: Sequence[str], columns: Sequence[str]) -> bool:
    """Tell whether the printed text stands where the locator says.

    A cell must equal the printed text; elsewhere the text, or each of its pieces parted by an
    ellipsis, must stand on one of the cited lines. Runs of white space count as one space.
    """
    if statement.printed is None or not statement.lines:
        return True
    cited = [lines[number - 1] for number in statement.lines if number <= len(lines)]
    if len(cited) != len(statement.lines):
        return False
    if statement.column is not None:
        cells = cited[0].split("\t")
        index = columns.index(statement.column)
        return index < len(cells) and _flat(cells[index]) == _flat(statement.printed)
    return all(
        any(_flat(piece) in _flat(line) for line in cited) for piece in statement.printed.split(PIECES)
    )


def unproved(statements: Iterable[Statement], source: Source, lines: Sequence[str]) -> list[Statement]:
    """Statements of one source whose printed text does not stand where they say."""
    return [s for s in statements if s.source == source.id and not stands(s, lines, source.columns)]


def _flat(text: str) -> str:
    return _SPACES.sub(" ", text).strip().replace("’", "'")
