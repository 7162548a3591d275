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
from grappe.domain.vocabulary import LANGUAGES

CARD = "dataset.yml"
MOST = 10**9
"""Upper bound where the card gives none."""
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
    for key in ("title", "coverage", "notice"):
        if key in plain and (not isinstance(plain[key], dict) or set(plain[key]) != set(LANGUAGES)):
            problems.append(Problem("bad_title", name, read.line_of(key), key, str(plain[key])))
    sources = {
        str(key): source
        for key, row in _mapping("sources", plain, read, problems).items()
        if (source := _source(str(key), row, name, read, problems))
    }
    bounds = {
        Kind(key): bound
        for key, row in _mapping("bounds", plain, read, problems).items()
        if (bound := _bound(key, row, read, problems))
    }
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
    if not isinstance(row.get("kind"), str) or row["kind"] not in set(SourceKind):
        problems.append(
            Problem("bad_code", file, line, "kind", str(row.get("kind")), {"accepted": ", ".join(SourceKind)})
        )
        return None
    if not is_date(str(row.get("date"))):
        problems.append(Problem("bad_date", file, line, "date", str(row.get("date"))))
        return None
    parts = _parts(row.get("parts") or {})
    if parts is None:
        accepted = ", ".join(Part)
        problems.append(Problem("bad_parts", file, line, "parts", key, {"accepted": accepted}))
        return None
    columns = row.get("columns") or []
    if not isinstance(columns, list) or not all(isinstance(column, str) for column in columns):
        problems.append(Problem("bad_columns", file, line, "columns", str(columns)))
        return None
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
        columns=tuple(columns),
    )


def _mapping(key: str, plain: dict[str, Any], read: YamlFile, problems: list[Problem]) -> dict[str, Any]:
    found = plain.get(key)
    if found is not None and not isinstance(found, dict):
        problems.append(Problem("not_a_mapping", read.name, read.line_of(key), key, str(found)))
    return found if isinstance(found, dict) else {}


def _bound(key: str, row: Any, read: YamlFile, problems: list[Problem]) -> tuple[int, int] | None:
    ends = [row.get("min", 0), row.get("max", MOST)] if isinstance(row, dict) else []
    whole = all(isinstance(end, int) and not isinstance(end, bool) for end in ends)
    if key not in set(Kind) or len(ends) != 2 or not whole or row.keys() - {"min", "max"}:
        problems.append(Problem("bad_bounds", read.name, read.line_of("bounds", key), "bounds", str(key)))
        return None
    return ends[0], ends[1]


def _parts(given: Any) -> tuple[tuple[int, int, Part], ...] | None:
    if not isinstance(given, dict) or given.keys() - set(Part):
        return None
    parts = []
    for part, spans in given.items():
        for span in spans if isinstance(spans, list) else [None]:
            if not isinstance(span, list) or len(span) != 2 or not all(isinstance(end, int) for end in span):
                return None
            parts.append((span[0], span[1], Part(part)))
    return tuple(parts)
