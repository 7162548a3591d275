"""Reconciliation: which value is shown, which are its rivals, and why.

Pure functions of statements; the order of criteria is that of the design, section 3: an editor's
ruling; the part trusted for the field; the kind of source; the later `as_of`; the more precise
value; and the statement id, which decides only ties.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from grappe.census.agreement import agree, severity, width
from grappe.domain.dates import PartialDate, partial_date
from grappe.domain.field import Field, FieldType
from grappe.domain.finding import Severity
from grappe.domain.source import Source, SourceKind
from grappe.domain.statement import Statement


class Why(StrEnum):
    """The criterion that decided."""

    ONLY = "only"  # one statement, or several with one value: nothing to decide
    AGREE = "agree"  # several statements that can all be true
    RULING = "ruling"  # an editor's decision
    PART = "part"  # the part trusted for this field
    SOURCE = "source"  # the kind of source
    LATER = "later"  # the later day spoken of
    PRECISE = "precise"  # the more precise value
    TIE = "tie"  # nothing but the order of ids
    NO_WINNER = "no_winner"  # two values of one source, both shown


_CRITERIA = (Why.RULING, Why.PART, Why.SOURCE, Why.LATER, Why.PRECISE, Why.TIE)
_OPEN = ("target", "announced")
_SOURCES = tuple(SourceKind)
Slot = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """What a sheet shows for one slot of a field.

    `statements` holds the winner (several where there is no winner), `confirmed_by` the statements
    that agree with it, `rivals` those that cannot be true beside it.
    """

    field: Field
    slot: Slot
    statements: tuple[Statement, ...]
    confirmed_by: tuple[Statement, ...]
    rivals: tuple[Statement, ...]
    why: Why
    severity: Severity | None

    @property
    def statement(self) -> Statement:
        """The winner, or the first of equals."""
        return self.statements[0]

    @property
    def disputed(self) -> bool:
        """Whether two values cannot both be true."""
        return self.severity is not None


def holding(statements: Iterable[Statement], on: PartialDate) -> list[Statement]:
    """Statements that hold on a day: valid then, or spoken of by then and not replaced since."""
    current, dated = [], []
    for statement in statements:
        if statement.valid_from or statement.valid_to:
            starts = statement.valid_from is None or partial_date(statement.valid_from).first < on.end
            runs = statement.valid_to is None or on.first < partial_date(statement.valid_to).first
            if starts and runs:
                current.append(statement)
        elif _as_of(statement).first < on.end:
            dated.append(statement)
    if len({s.as_of for s in dated}) > 1:
        newest = max(_as_of(s).first for s in dated)
        dated = [s for s in dated if _as_of(s).end > newest]
    return current + dated


def slots(field: Field, statements: Iterable[Statement]) -> dict[Slot, list[Statement]]:
    """Part statements into slots; only within a slot can values be rivals.

    A single field has one slot, a keyed field one per key, any other `many` field one per value.
    Figures of another perimeter, targets, and other periods stand apart.
    """
    parted: dict[Slot, list[Statement]] = {}
    for statement in statements:
        if not statement.redacted:
            parted.setdefault(_slot(field, statement), []).append(statement)
    return parted


def reconcile(
    field: Field,
    statements: Iterable[Statement],
    sources: Mapping[str, Source],
    on: PartialDate,
    preferred: frozenset[str] = frozenset(),
) -> list[Shown]:
    """What is shown for one field of one entity on a day, one result per slot."""
    return [
        _show(field, slot, found, sources, preferred)
        for slot, rows in slots(field, statements).items()
        if (found := holding(rows, on))
    ]


def _slot(field: Field, statement: Statement) -> Slot:
    slot: list[str] = []
    if field.key:
        slot.append(str(statement.attributes.get(field.key)))
    elif field.many:
        slot.append(str(statement.value))
        if "status" in statement.attributes:
            slot.append(str(statement.attributes["status"]))
    if field.type is FieldType.FIGURE:
        open_ended = statement.attributes.get("modality") in _OPEN
        slot += [str(statement.attributes.get("perimeter")), "target" if open_ended else "observed"]
        if field.many:
            slot.append(str(statement.attributes.get("period", "")))
    if field.key and field.type is FieldType.COUNTRY:
        slot.append(str(statement.value))
    return tuple(slot)


def _show(
    field: Field,
    slot: Slot,
    found: Sequence[Statement],
    sources: Mapping[str, Source],
    preferred: frozenset[str],
) -> Shown:
    if len(found) == 1:
        return Shown(field, slot, (found[0],), (), (), Why.ONLY, None)
    ranked = sorted(found, key=lambda s: _rank(field, s, sources, preferred))
    winner, rest = ranked[0], ranked[1:]
    rivals = tuple(s for s in rest if not agree(field, winner, s))
    confirming = tuple(s for s in rest if agree(field, winner, s))
    if not rivals:
        return Shown(field, slot, (winner,), confirming, (), Why.AGREE, None)
    gravest = min((severity(field, winner, s) for s in rivals), key=list(Severity).index)
    closest = _rank(field, rivals[0], sources, preferred)
    ours = _rank(field, winner, sources, preferred)
    why = next(w for w, a, b in zip(_CRITERIA, ours, closest, strict=True) if a != b)
    if field.no_winner and winner.id not in preferred:
        equals = _distinct(field, [winner, *(s for s in rivals if s.source == winner.source)])
        if len(equals) > 1:
            others = tuple(s for s in rivals if s.source != winner.source)
            backing = tuple(s for s in rest if s not in equals and s not in others)
            return Shown(field, slot, tuple(equals), backing, others, Why.NO_WINNER, gravest)
    return Shown(field, slot, (winner,), confirming, rivals, why, gravest)


def _distinct(field: Field, statements: Sequence[Statement]) -> list[Statement]:
    kept: list[Statement] = []
    for statement in statements:
        if not any(agree(field, statement, other) for other in kept):
            kept.append(statement)
    return kept


def _rank(
    field: Field, statement: Statement, sources: Mapping[str, Source], preferred: frozenset[str]
) -> tuple[int, int, int, int, float, str]:
    source = sources.get(statement.source)
    return (
        0 if statement.id in preferred else 1,
        field.trust.index(statement.part),
        _SOURCES.index(source.kind) if source else len(_SOURCES),
        -_as_of(statement).first.toordinal(),
        width(field, statement),
        statement.id,
    )


def _as_of(statement: Statement) -> PartialDate:
    return partial_date(statement.as_of)
