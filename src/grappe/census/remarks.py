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
        if not _is_complete(row):
            at = read.line_of("remarks")
            problems.append(Problem("bad_remark", name, at, "remarks", f"no. {index + 1}"))
        elif row["severity"] not in set(Severity):
            accepted = {"accepted": ", ".join(Severity)}
            problems.append(Problem("bad_code", name, None, str(row["id"]), row["severity"], accepted))
        else:
            found.append(
                Remark(
                    str(row["id"]),
                    str(plain["source"]),
                    Severity(row["severity"]),
                    tuple(row.get("entities", ())),
                    tuple(row.get("fields", ())),
                    tuple(row["lines"]),
                    row["message"],
                )
            )
    return found


def _is_complete(row: Any) -> bool:
    if not isinstance(row, dict) or row.keys() - _KEYS or {"id", "lines", "severity", "message"} - row.keys():
        return False
    lists = [row["lines"], row.get("entities", []), row.get("fields", [])]
    message = row["message"]
    return (
        all(isinstance(one, list) for one in lists)
        and all(isinstance(one, int) for one in row["lines"])
        and all(isinstance(one, str) for listed in lists[1:] for one in listed)
        and isinstance(row["severity"], str)
        and isinstance(message, dict)
        and set(message) == set(LANGUAGES)
    )
