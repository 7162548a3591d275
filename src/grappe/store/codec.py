"""Between domain values and columns: statements and sources as JSON text, and back."""

from types import MappingProxyType
from typing import Any

import orjson

from grappe.domain.entity import Entity, Kind
from grappe.domain.source import Part, Source, SourceKind
from grappe.domain.statement import NO_ATTRIBUTES, Statement


def pack_statement(statement: Statement) -> str:
    """Content of a statement without its id, entity and field, as compact JSON."""
    return orjson.dumps(
        [
            statement.value,
            statement.source,
            str(statement.part),
            statement.as_of,
            statement.lines,
            statement.column,
            statement.key,
            statement.printed,
            statement.language,
            statement.valid_from,
            statement.valid_to,
            dict(statement.attributes),
            statement.personal,
            statement.redacted,
        ]
    ).decode()


def unpack_statement(id: str, entity: str, field: str, content: str) -> Statement:
    """Statement of a stored row."""
    row: list[Any] = orjson.loads(content)
    value = tuple(row[0]) if isinstance(row[0], list) else row[0]
    attributes = {k: tuple(v) if isinstance(v, list) else v for k, v in row[11].items()}
    return Statement(
        entity=entity,
        field=field,
        value=value,
        source=row[1],
        part=Part(row[2]),
        as_of=row[3],
        lines=tuple(row[4]),
        column=row[5],
        key=row[6],
        printed=row[7],
        language=row[8],
        valid_from=row[9],
        valid_to=row[10],
        attributes=MappingProxyType(attributes) if attributes else NO_ATTRIBUTES,
        personal=row[12],
        redacted=row[13],
        id=id,
    )


def pack_source(source: Source) -> dict[str, Any]:
    """A source as a JSON-ready dict."""
    return {
        "kind": str(source.kind),
        "title": source.title,
        "date": source.date,
        "author": source.author,
        "publisher": source.publisher,
        "url": source.url,
        "licence": source.licence,
        "language": source.language,
        "cited_by": source.cited_by,
        "note": dict(source.note),
        "parts": [[first, last, str(part)] for first, last, part in source.parts],
        "columns": list(source.columns),
    }


def unpack_source(id: str, content: dict[str, Any]) -> Source:
    """Source of a stored row."""
    return Source(
        id=id,
        kind=SourceKind(content["kind"]),
        title=content["title"],
        date=content["date"],
        author=content["author"],
        publisher=content["publisher"],
        url=content["url"],
        licence=content["licence"],
        language=content["language"],
        cited_by=content["cited_by"],
        note=content["note"],
        parts=tuple((first, last, Part(part)) for first, last, part in content["parts"]),
        columns=tuple(content["columns"]),
    )


def unpack_entity(id: str, kind: str, dataset: str, redirect_to: str | None) -> Entity:
    """Entity of a stored row."""
    return Entity(id, Kind(kind), dataset, redirect_to)
