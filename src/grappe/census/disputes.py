"""Disputes: computed from reconciliation, never entered."""

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from grappe.census.facts import Facts
from grappe.census.reconciliation import Shown, Slot, Why, reconcile
from grappe.domain.dates import PartialDate
from grappe.domain.field import Field, FieldType, declaration
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
        if name in rows and (shown := _reconcile(facts, field, rows[name], on))
    }


def shown_field(facts: Facts, entity: str, name: str, on: PartialDate) -> list[Shown]:
    """Reconciled values of one field of an entity on a day; empty if nothing is said."""
    statements = facts.statements(entity, name)
    if not statements:
        return []
    field = declaration(facts.entities[entity].kind).fields[name]
    return _reconcile(facts, field, statements, on)


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


def _reconcile(facts: Facts, field: Field, statements: Sequence[Statement], on: PartialDate) -> list[Shown]:
    shown = reconcile(field, statements, facts.sources, on, facts.preferred)
    if field.type is not FieldType.PLACES:
        return shown
    return [_weighed(facts, one) if one.severity is Severity.MAJOR else one for one in shown]


def _weighed(facts: Facts, shown: Shown) -> Shown:
    """A town and the region it lies in are a finer and a coarser answer, not a contradiction."""
    first, *others = (*shown.statements, *shown.rivals)
    contained = all(_holds(facts, first, other) or _holds(facts, other, first) for other in others)
    return dataclasses.replace(shown, severity=Severity.MINOR) if contained else shown


def _holds(facts: Facts, coarse: Statement, fine: Statement) -> bool:
    """Whether a place of the finer answer lies in, or is, a place of the coarser one."""
    return bool(set(coarse.places) & _with_wholes(facts, fine))


def _with_wholes(facts: Facts, statement: Statement) -> set[str]:
    """Places of a statement and the places they lie in, short of a country."""
    found: set[str] = set()
    left = list(statement.places)
    while left:
        place = left.pop()
        if place not in found and not any(
            s.value == "country" for s in facts.statements(place, "place_kind")
        ):
            found.add(place)
            left += [p for s in facts.statements(place, "within") for p in s.places]
    return found


def _contenders(shown: Shown) -> tuple[Statement, ...]:
    return (*shown.statements, *shown.confirmed_by, *shown.rivals)
