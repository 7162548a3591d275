"""Rulings: an editor's recorded preference between rivals, signed by role, with its reason."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from grappe.census.yaml_nodes import read_yaml
from grappe.domain.errors import Problem
from grappe.domain.statement import Statement
from grappe.domain.vocabulary import LANGUAGES

RULINGS = "rulings.yml"
_KEYS = {"entity", "field", "value", "line", "why"}


def read_rulings(folder: Path, statements: Iterable[Statement], problems: list[Problem]) -> dict[str, str]:
    """Statements that rulings prefer, by id, with the reason in English.

    A ruling names a statement by entity, field, value and line; one that names none, or more than
    one, becomes a problem.
    """
    path = folder / RULINGS
    name = f"{folder.name}/{RULINGS}"
    if not path.is_file():
        return {}
    read = read_yaml(path, name, problems)
    plain: Any = read.plain() if read else None
    rows = plain.get("rulings") if isinstance(plain, dict) else None
    if not isinstance(rows, list):
        problems.append(Problem("bad_rulings", name, 1))
        return {}
    by_slot: dict[tuple[str, str], list[Statement]] = {}
    for statement in statements:
        by_slot.setdefault((statement.entity, statement.field), []).append(statement)
    found: dict[str, str] = {}
    for index, row in enumerate(rows):
        complete = isinstance(row, dict) and row.keys() == _KEYS and isinstance(row["why"], dict)
        if not complete or set(row["why"]) != set(LANGUAGES) or not _are_text(row["entity"], row["field"]):
            problems.append(Problem("bad_ruling", name, None, "rulings", f"no. {index + 1}"))
            continue
        named = [
            s
            for s in by_slot.get((row["entity"], row["field"]), [])
            if row["line"] in s.lines and _written(s.value) == _written(row["value"])
        ]
        if len(named) != 1:
            problems.append(
                Problem(
                    "ruling_names",
                    name,
                    None,
                    f"{row['entity']}.{row['field']}",
                    str(row["value"]),
                    {"count": str(len(named))},
                )
            )
        else:
            found[named[0].id] = row["why"]["en"]
    return found


def _are_text(*values: object) -> bool:
    return all(isinstance(value, str) for value in values)


def _written(value: object) -> str:
    # A year is a number to YAML and a date to the census: values are compared as written.
    return "|".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
