"""The card of a data set: title, date, licence, sources, bounds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grappe.census.yaml_nodes import YamlFile, read_yaml
from grappe.domain.dates import is_date
from grappe.domain.entity import Kind
from grappe.domain.errors import Problem
from grappe.domain.source import Part, Source, SourceKind

CARD = "dataset.yml"
_KEYS = {"id", "title", "as_of", "licence", "accessed", "coverage", "notice", "bounds", "sources"}
_SOURCE_KEYS = {
    "kind", "title", "author", "publisher", "date", "url", "licence", "language", "cited_by", "note",
    "columns", "parts",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Card:
    """What a data set says of itself."""

    id: str
    title: Mapping[str, str]
    as_of: str
    licence: str
    coverage: Mapping[str, str]
    notice: Mapping[str, str]
    sources: Mapping[str, Source]
    bounds: Mapping[Kind, tuple[int, int]] = field(default_factory=dict)


def read_card(folder: Path, problems: list[Problem]) -> Card | None:
    """Read ``dataset.yml``; everything wrong with it is added to `problems`."""
    path = folder / CARD
    name = f"{folder.name}/{CARD}"
    if not path.is_file():
        problems.append(Problem("missing_file", name))
        return None
    read = read_yaml(path, name, problems)
    if read is None:
        return None
    plain = read.plain()
    if not isinstance(plain, dict):
        problems.append(Problem("not_a_mapping", name, 1))
        return None
    before = len(problems)
    for key in plain.keys() - _KEYS:
        problems.append(
            Problem(
                "unknown_field", name, read.line_of(key), key, params={"accepted": ", ".join(sorted(_KEYS))}
            )
        )
    for key in ("id", "title", "as_of", "licence", "sources"):
        if key not in plain:
            problems.append(Problem("missing_field", name, 1, key))
    if "as_of" in plain and not is_date(str(plain["as_of"])):
        problems.append(Problem("bad_date", name, read.line_of("as_of"), "as_of", str(plain["as_of"])))
    sources = {
        str(key): source
        for key, row in (plain.get("sources") or {}).items()
        if (source := _source(str(key), row, name, read, problems))
    }
    bounds: dict[Kind, tuple[int, int]] = {}
    for key, row in (plain.get("bounds") or {}).items():
        if key not in set(Kind) or not isinstance(row, dict) or not {"min", "max"} >= row.keys():
            problems.append(Problem("bad_bounds", name, read.line_of("bounds"), "bounds", str(key)))
        else:
            bounds[Kind(key)] = (int(row.get("min", 0)), int(row.get("max", 10**9)))
    if len(problems) > before:
        return None
    return Card(
        id=str(plain["id"]),
        title=plain["title"],
        as_of=str(plain["as_of"]),
        licence=str(plain["licence"]),
        coverage=plain.get("coverage") or {},
        notice=plain.get("notice") or {},
        sources=sources,
        bounds=bounds,
    )


def _source(key: str, row: Any, file: str, read: YamlFile, problems: list[Problem]) -> Source | None:
    line = read.line_of("sources", key)
    if not isinstance(row, dict):
        problems.append(Problem("not_a_mapping", file, line, key, str(row)))
        return None
    for unknown in row.keys() - _SOURCE_KEYS:
        problems.append(
            Problem(
                "unknown_field", file, line, unknown, params={"accepted": ", ".join(sorted(_SOURCE_KEYS))}
            )
        )
    if row.get("kind") not in set(SourceKind):
        problems.append(
            Problem("bad_code", file, line, "kind", str(row.get("kind")), {"accepted": ", ".join(SourceKind)})
        )
        return None
    if not is_date(str(row.get("date"))):
        problems.append(Problem("bad_date", file, line, "date", str(row.get("date"))))
        return None
    parts = tuple(
        (int(first), int(last), Part(part))
        for part, spans in (row.get("parts") or {}).items()
        for first, last in spans
    )
    return Source(
        id=key,
        kind=SourceKind(row["kind"]),
        title=str(row.get("title", key)),
        date=str(row["date"]),
        author=row.get("author"),
        publisher=row.get("publisher"),
        url=row.get("url"),
        licence=row.get("licence"),
        language=row.get("language", "fr"),
        cited_by=row.get("cited_by", "key"),
        note=row.get("note") or {},
        parts=parts,
        columns=tuple(row.get("columns") or ()),
    )
