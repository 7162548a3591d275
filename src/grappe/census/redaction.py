"""Erasing personal data from a data set's own files; the locator and the reason stay."""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import orjson
import yaml

from grappe.census.flat_rows import CSV, JSONL, read_flat_rows
from grappe.census.rows import Row, read_yaml_rows
from grappe.domain.errors import Problem
from grappe.domain.fold import fold

GAP = "…"
"""What stands in a text where a name was."""
_TITLES = "m|mr|mrs|ms|miss|mme|mlle|dr|pr|prof|monsieur|madame"
_KEPT = ("source", "as_of", "line", "column", "key")


@dataclass(frozen=True, slots=True)
class Erasure:
    """What to erase: which slots whole, and which names wherever they are printed.

    `slots` are ``(entity, field)`` pairs, `persons` the ids of the persons, `names` their names as
    stored, `shared` the folded words that other persons bear too.
    """

    slots: frozenset[tuple[str, str]]
    persons: frozenset[str]
    names: tuple[str, ...]
    shared: frozenset[str] = frozenset()


def names_person(erasure: Erasure, text: object) -> bool:
    """Tell whether a text holds a full name, in either order, whatever its case and accents."""
    if not isinstance(text, str):
        return False
    padded = f" {fold(text)} "
    return any(f" {form} " in padded for form in _full_names(erasure))


def mentions_person(erasure: Erasure, text: object) -> bool:
    """Tell whether a text holds a full name, or a surname that nobody else bears."""
    padded = f" {fold(str(text or ''))} "
    return names_person(erasure, text) or any(f" {word} " in padded for word in _surnames(erasure))


def touches(erasure: Erasure, entity: str, field: str, value: object, printed: object) -> bool:
    """Tell whether a statement holds what is to be erased."""
    if (entity, field) in erasure.slots or value in erasure.persons:
        return True
    another = entity.startswith("person-") or str(value).startswith("person-")
    if another:
        return names_person(erasure, printed)
    return names_person(erasure, value) or mentions_person(erasure, printed)


def rewrite(folder: Path, erasure: Erasure, reason: str) -> dict[Path, str]:
    """New text of every file of a data set in which something is erased; nothing is written yet.

    A statement of a personal slot keeps its locator and the reason alone. A statement about
    something else that merely prints the name keeps its value and loses the printed name; so do
    comments, notes and remarks.
    """
    problems: list[Problem] = []
    touched: dict[Path, list[Row]] = {}
    for row in read_yaml_rows(folder, problems):
        if row.node is not None and _row_touched(erasure, row):
            touched.setdefault(folder.parent / row.file, []).append(row)
    texts: dict[Path, str] = {}
    for path in sorted(folder.rglob("*.yml")):
        before = path.read_text("utf-8")
        after = _blank(_erase(before, touched.get(path, []), erasure, reason), erasure)
        if after != before:
            texts[path] = after
    for name, write in ((JSONL, _as_jsonl), (CSV, _as_csv)):
        rows = [row for row in read_flat_rows(folder, problems) if row.file.endswith(name)]
        if any(_row_touched(erasure, row) for row in rows):
            texts[folder / name] = write([_flat(row, erasure, reason) for row in rows])
    return texts


def _row_touched(erasure: Erasure, row: Row) -> bool:
    if "redacted" in row.values:
        return False
    return touches(
        erasure, row.entity, row.field, _hashable(row.values.get("value")), row.values.get("printed")
    )


def _erase(text: str, rows: list[Row], erasure: Erasure, reason: str) -> str:
    for row in sorted(rows, key=lambda r: -r.node.start_mark.index if r.node else 0):
        assert row.node is not None
        start, end = row.node.start_mark.index, _end(text, row.node)
        text = text[:start] + _flow(_erased(row, erasure, reason)) + text[end:]
    return text


def _erased(row: Row, erasure: Erasure, reason: str) -> dict[str, object]:
    value = _hashable(row.values.get("value"))
    personal = (row.entity, row.field) in erasure.slots or value in erasure.persons
    if personal or names_person(erasure, value):
        return {k: row.values[k] for k in _KEPT if k in row.values} | {"redacted": reason}
    return {k: v for k, v in row.values.items() if k != "printed"} | {"printed": GAP}


def _flat(row: Row, erasure: Erasure, reason: str) -> dict[str, object]:
    values = _erased(row, erasure, reason) if _row_touched(erasure, row) else row.values
    return {"entity": row.entity, "kind": row.kind, "field": row.field, **values}


def _as_jsonl(rows: list[dict[str, object]]) -> str:
    return "".join(orjson.dumps(row).decode() + "\n" for row in rows)


def _as_csv(rows: list[dict[str, object]]) -> str:
    columns = list(dict.fromkeys(key for row in rows for key in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, columns)
    writer.writeheader()
    for row in rows:
        writer.writerow({key: _cell(value) for key, value in row.items()})
    return text.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return str(value).lower()
    return "|".join(map(str, value)) if isinstance(value, list) else value


def _blank(text: str, erasure: Erasure) -> str:
    """Take full names, and titled surnames nobody else bears, out of whatever text is left."""
    patterns: list[str] = []
    for name in erasure.names:
        words = [re.escape(word) for word in name.split()]
        patterns += [r"[\s ]+".join(words), r"[\s ]+".join([*words[1:], words[0]])]
    for name in erasure.names:
        if fold(name.split()[-1]) in _surnames(erasure):
            patterns.append(rf"(?:{_TITLES})\.?[\s ]+{re.escape(name.split()[-1])}")
    for pattern in patterns:
        text = re.sub(rf"(?<!\w){pattern}(?!\w)", GAP, text, flags=re.IGNORECASE)
    return text


def _full_names(erasure: Erasure) -> Iterable[str]:
    for name in erasure.names:
        words = fold(name).split()
        yield " ".join(words)
        yield " ".join([*words[1:], words[0]])


def _surnames(erasure: Erasure) -> set[str]:
    last = {fold(name).split()[-1] for name in erasure.names if fold(name)}
    return {word for word in last if len(word) > 2} - erasure.shared


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


def _hashable(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value
