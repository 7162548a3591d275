"""Disputes: computed from reconciliation, never entered."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from grappe.census.facts import Facts
from grappe.census.reconciliation import Shown, Slot, Why, reconcile
from grappe.domain.dates import PartialDate
from grappe.domain.field import declaration
from grappe.domain.finding import Severity
from grappe.domain.statement import Statement


@dataclass(frozen=True, slots=True)
class Dispute:
    """Statements of one slot of one field that cannot all be true, the shown value first."""

    entity: str
    field: str
    slot: Slot
    statements: tuple[Statement, ...]
    why: Why
    severity: Severity


def shown_values(facts: Facts, entity: str, on: PartialDate) -> dict[str, list[Shown]]:
    """Reconciled values of every field of an entity on a day, in the order of the declaration."""
    known = facts.entities[entity]
    rows: dict[str, list[Statement]] = {}
    for statement in facts.statements(entity):
        rows.setdefault(statement.field, []).append(statement)
    fields = declaration(known.kind).fields
    return {
        name: shown
        for name, field in fields.items()
        if name in rows and (shown := reconcile(field, rows[name], facts.sources, on, facts.preferred))
    }


def shown_field(facts: Facts, entity: str, name: str, on: PartialDate) -> list[Shown]:
    """Reconciled values of one field of an entity on a day; empty if nothing is said."""
    statements = facts.statements(entity, name)
    if not statements:
        return []
    field = declaration(facts.entities[entity].kind).fields[name]
    return reconcile(field, statements, facts.sources, on, facts.preferred)


def disputes_in(entity: str, values: dict[str, list[Shown]]) -> list[Dispute]:
    """Disputes among the reconciled values of one entity."""
    return [
        Dispute(entity, name, shown.slot, _contenders(shown), shown.why, shown.severity)
        for name, slots in values.items()
        for shown in slots
        if shown.severity is not None
    ]


def disputes(facts: Facts, on: PartialDate, entities: Iterable[str] | None = None) -> Iterator[Dispute]:
    """Every dispute on a day, entities in alphabetical order."""
    for entity in sorted(entities if entities is not None else facts.by_entity):
        yield from disputes_in(entity, shown_values(facts, entity, on))


def _contenders(shown: Shown) -> tuple[Statement, ...]:
    return (*shown.statements, *shown.confirmed_by, *shown.rivals)
