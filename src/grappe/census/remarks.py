"""Remarks: what an editor noticed in a source that no rule can see, as dated data with citations."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grappe.census.yaml_nodes import read_yaml
from grappe.domain.errors import Problem
from grappe.domain.finding import Severity
from grappe.domain.vocabulary import LANGUAGES, Labels

REMARKS = "remarks.yml"
_KEYS = {"id", "entities", "fields", "lines", "severity", "message"}


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark: the entities and lines it speaks of, in the editor's words, in three languages."""

    id: str
    source: str
    severity: Severity
    entities: tuple[str, ...]
    fields: tuple[str, ...]
    lines: tuple[int, ...]
    message: Labels


def read_remarks(folder: Path, problems: list[Problem]) -> list[Remark]:
    """Remarks of a data set; what is wrong with one becomes a problem."""
    path = folder / REMARKS
    name = f"{folder.name}/{REMARKS}"
    if not path.is_file():
        return []
    read = read_yaml(path, name, problems)
    if read is None:
        return []
    plain: Any = read.plain()
    if not isinstance(plain, dict) or not isinstance(plain.get("remarks"), list) or "source" not in plain:
        problems.append(Problem("bad_remarks", name, 1))
        return []
    found = []
    for index, row in enumerate(plain["remarks"]):
        message = row.get("message") if isinstance(row, dict) else None
        complete = (
            isinstance(row, dict) and not row.keys() - _KEYS and {"id", "lines", "severity"} <= row.keys()
        )
        if not complete or not isinstance(message, dict) or set(message) != set(LANGUAGES):
            problems.append(
                Problem("bad_remark", name, read.line_of("remarks"), "remarks", f"no. {index + 1}")
            )
        elif row["severity"] not in set(Severity):
            problems.append(
                Problem(
                    "bad_code",
                    name,
                    None,
                    str(row["id"]),
                    str(row["severity"]),
                    {"accepted": ", ".join(Severity)},
                )
            )
        else:
            found.append(
                Remark(
                    str(row["id"]),
                    str(plain["source"]),
                    Severity(row["severity"]),
                    tuple(row.get("entities", ())),
                    tuple(row.get("fields", ())),
                    tuple(row["lines"]),
                    message,
                )
            )
    return found
