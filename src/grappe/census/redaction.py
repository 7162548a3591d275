"""Erasing personal data from a data set's own files; the locator and the reason stay."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from grappe.census.rows import Row, read_yaml_rows
from grappe.domain.errors import Problem
from grappe.domain.fold import fold


@dataclass(frozen=True, slots=True)
class Erasure:
    """What to erase: which slots whole, and which names wherever they are printed.

    `slots` are ``(entity, field)`` pairs; `names` are the names of the persons, as stored.
    """

    slots: frozenset[tuple[str, str]]
    persons: frozenset[str]
    names: tuple[str, ...]


def names_in(text: str | None, names: Iterable[str]) -> bool:
    """Tell whether a text holds one of the names, or its last word, whatever its case and accents."""
    if not text:
        return False
    padded = f" {fold(text)} "
    return any(f" {fold(name)} " in padded or f" {_surname(name)} " in padded for name in names)


def touches(erasure: Erasure, row: Row) -> bool:
    """Tell whether a row holds what is to be erased."""
    if "redacted" in row.values:
        return False
    value = row.values.get("value")
    named = isinstance(value, str) and not value.startswith("person-") and names_in(value, erasure.names)
    return (
        (row.entity, row.field) in erasure.slots
        or value in erasure.persons
        or named
        or names_in(row.values.get("printed"), erasure.names)
    )


def rewrite(folder: Path, erasure: Erasure, reason: str) -> dict[Path, str]:
    """New text of every file of a data set in which something is erased; nothing is written yet.

    A statement of a personal slot keeps its locator and the reason alone. A statement about
    something else that merely prints the name keeps its value and loses the printed name.
    """
    problems: list[Problem] = []
    by_file: dict[Path, list[Row]] = {}
    for row in read_yaml_rows(folder, problems):
        if row.node is not None and touches(erasure, row):
            by_file.setdefault(folder.parent / row.file, []).append(row)
    return {path: _erase(path.read_text("utf-8"), rows, erasure, reason) for path, rows in by_file.items()}


def _erase(text: str, rows: list[Row], erasure: Erasure, reason: str) -> str:
    for row in sorted(rows, key=lambda r: -r.node.start_mark.index if r.node else 0):
        assert row.node is not None
        start, end = row.node.start_mark.index, _end(text, row.node)
        text = text[:start] + _replacement(row, erasure, reason) + text[end:]
    return text


def _replacement(row: Row, erasure: Erasure, reason: str) -> str:
    value = row.values.get("value")
    personal = (row.entity, row.field) in erasure.slots or value in erasure.persons
    kept = {k: row.values[k] for k in ("source", "as_of", "line", "column", "key") if k in row.values}
    if personal or (isinstance(value, str) and names_in(value, erasure.names)):
        return _flow(kept | {"redacted": reason})
    return _flow({k: v for k, v in row.values.items() if k != "printed"} | {"printed": "…"})


def _flow(values: Mapping[str, object]) -> str:
    dumped: str = yaml.safe_dump(
        dict(values), default_flow_style=True, allow_unicode=True, sort_keys=False, width=100_000
    )
    return dumped.strip()


def _end(text: str, node: yaml.Node) -> int:
    # libyaml ends a block mapping at the next token: step back over the white space between.
    end: int = node.end_mark.index
    while end > node.start_mark.index and text[end - 1] in " \n\r\t":
        end -= 1
    return end


def _surname(name: str) -> str:
    words = fold(name).split()
    return words[-1] if words and len(words[-1]) > 3 else fold(name)
