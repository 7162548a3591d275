"""Rows of large data sets: one statement a line, as JSONL or CSV, statements of one entity together."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from grappe.census.rows import Row
from grappe.domain.entity import Kind
from grappe.domain.errors import Problem
from grappe.domain.field import FieldType, declaration

JSONL = "statements.jsonl"
CSV = "statements.csv"
_OWN = ("entity", "kind", "field")


def read_flat_rows(folder: Path, problems: list[Problem]) -> Iterator[Row]:
    """Rows of ``statements.jsonl`` and ``statements.csv``, where a data set has them."""
    if (folder / JSONL).is_file():
        yield from _jsonl(folder / JSONL, f"{folder.name}/{JSONL}", problems)
    if (folder / CSV).is_file():
        yield from _csv(folder / CSV, f"{folder.name}/{CSV}", problems)


def _jsonl(path: Path, name: str, problems: list[Problem]) -> Iterator[Row]:
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            try:
                values = orjson.loads(line)
            except orjson.JSONDecodeError as error:
                problems.append(Problem("bad_json", name, number, params={"reason": str(error)}))
                continue
            if row := _row(values, name, number, problems):
                yield row


def _csv(path: Path, name: str, problems: list[Problem]) -> Iterator[Row]:
    read = 0
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            for number, cells in enumerate(csv.DictReader(lines), 2):
                if None in cells:
                    problems.append(Problem("too_many_cells", name, number))
                    continue
                values = {key: cell for key, cell in cells.items() if cell not in ("", None)}
                if row := _row(values, name, number, problems):
                    yield Row(row.entity, row.kind, row.field, _typed(row, problems), name, number)
                read += 1
        if not read:
            problems.append(Problem("empty_file", name, 1))
    except csv.Error as error:
        problems.append(Problem("bad_csv", name, None, params={"reason": str(error)}))
    except UnicodeDecodeError as error:
        problems.append(Problem("not_utf8", name, None, value=repr(error.object[error.start : error.end])))


def _row(values: Any, name: str, number: int, problems: list[Problem]) -> Row | None:
    if not isinstance(values, dict):
        problems.append(Problem("not_a_mapping", name, number))
        return None
    missing = [key for key in _OWN if key not in values]
    if missing:
        problems.append(Problem("missing_field", name, number, missing[0]))
        return None
    entity, kind, field = (str(values.pop(key)) for key in _OWN)
    return Row(entity, kind, field, values, name, number)


def _typed(row: Row, problems: list[Problem]) -> dict[str, Any]:
    """A CSV cell is text: numbers, flags and lists are read as the declaration of the field says."""
    values = dict(row.values)
    for key in ("line", "low", "high", "count"):
        if key in values:
            values[key] = _number(values[key])
    field = declaration(Kind(row.kind)).fields.get(row.field) if row.kind in set(Kind) else None
    if field is not None and "value" in values:
        match field.type:
            case FieldType.FIGURE | FieldType.NUMBER:
                values["value"] = _number(values["value"])
            case FieldType.FLAG:
                values["value"] = {"true": True, "false": False}.get(values["value"].lower(), values["value"])
            case FieldType.PLACES:
                values["value"] = values["value"].split("|")
    return values


def _number(text: str) -> int | float | str:
    try:
        return int(text)
    except ValueError:
        try:
            return float(text)
        except ValueError:
            return text
