"""Statements and reconciled values as plain dicts, the same on every face."""

from collections.abc import Iterable
from typing import Any

from grappe.census.facts import Facts
from grappe.census.reconciliation import Shown
from grappe.domain.entity import Kind
from grappe.domain.field import FieldType, declaration
from grappe.domain.source import Part
from grappe.domain.statement import Statement

Plain = dict[str, Any]


def caption(facts: Facts, entity: str) -> str | None:
    """Name of an entity as its trusted part writes it; nothing if redacted or unknown."""
    known = facts.entities.get(entity)
    if known is None:
        return None
    name = declaration(known.kind).caption
    rows = [s for s in facts.statements(entity, name) if not s.redacted]
    if not rows:
        return None
    parts = list(Part)
    return str(min(rows, key=lambda s: (s.id not in facts.preferred, parts.index(s.part), s.id)).value)


def captions(facts: Facts, statement: Statement, kind: Kind) -> list[str] | str | None:
    """Names of the entities that a reference names, in its order."""
    field = declaration(kind).fields[statement.field]
    if field.type is FieldType.REF:
        return caption(facts, str(statement.value))
    if field.type is FieldType.PLACES and isinstance(statement.value, tuple):
        return [caption(facts, place) or place for place in statement.value]
    return None


def locator(statement: Statement) -> Plain:
    """Where a statement stands: source, part, line or lines, column or key."""
    found: Plain = {"source": statement.source, "part": str(statement.part)}
    if statement.lines:
        found["line"] = statement.lines[0] if len(statement.lines) == 1 else list(statement.lines)
    if statement.column:
        found["column"] = statement.column
    if statement.key:
        found["key"] = statement.key
    return found


def cite(statement: Statement) -> Plain:
    """Short citation: ``{source, line}``, one line a citation."""
    return {"source": statement.source, "line": statement.lines[0] if statement.lines else statement.key}


def cites(statements: Iterable[Statement]) -> list[Plain]:
    """Short citations of several statements, each line once, in order."""
    seen: dict[tuple[str, object], Plain] = {}
    for statement in statements:
        for line in statement.lines or (statement.key,):
            seen.setdefault((statement.source, line), {"source": statement.source, "line": line})
    return sorted(seen.values(), key=lambda c: (c["source"], isinstance(c["line"], str), c["line"] or 0))


def stated(facts: Facts, statement: Statement) -> Plain:
    """One statement as a plain dict: value, names, locator, text as printed, date, qualifiers."""
    kind = facts.entities[statement.entity].kind
    value = list(statement.value) if isinstance(statement.value, tuple) else statement.value
    found: Plain = {"value": value}
    names = captions(facts, statement, kind)
    if names is not None:
        found["name"] = names
    found |= {
        "source": statement.source,
        "part": str(statement.part),
        "locator": {k: v for k, v in locator(statement).items() if k not in ("source", "part")},
        "printed": statement.printed,
        "as_of": statement.as_of,
        "statement": statement.id,
    }
    for name, attribute in statement.attributes.items():
        found[name] = _note(attribute) if name == "note" else attribute
    if statement.redacted:
        found["redacted"] = statement.redacted
    return found


def _note(value: object) -> Plain:
    rows = value if isinstance(value, tuple) else ()
    return dict(row.split(":", 1) for row in rows)


def shown_plain(facts: Facts, shown: Shown) -> Plain:
    """A reconciled value: what is shown, its rivals, what confirms it, and why it was chosen."""
    found = stated(facts, shown.statement)
    found["why"] = str(shown.why)
    found["rivals"] = [stated(facts, s) for s in (*shown.statements[1:], *shown.rivals)]
    found["confirmed_by"] = [stated(facts, s) for s in shown.confirmed_by]
    if shown.severity is not None:
        found["severity"] = str(shown.severity)
    return found
