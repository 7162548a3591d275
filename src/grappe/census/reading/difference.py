"""What a document says that the census does not: new, changed, confirmed and contradicted facts."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from grappe.census.agreement import agree
from grappe.census.facts import Facts
from grappe.census.reading.proposal import Proposal
from grappe.domain.dates import partial_date
from grappe.domain.field import Field, FieldType, declaration
from grappe.domain.source import Part
from grappe.domain.statement import Statement


class Change(StrEnum):
    """How a proposal stands to the census."""

    NEW = "new"  # the census says nothing of it
    CONFIRMED = "confirmed"  # the census says what agrees with it
    CHANGED = "changed"  # the census says something else, of an earlier day
    CONTRADICTED = "contradicted"  # the census says something else, of the same day or a later one


@dataclass(frozen=True, slots=True)
class Difference:
    """How one proposal stands to the census, and the statements it was compared with."""

    proposal: Proposal
    change: Change
    against: tuple[Statement, ...] = ()


def compare(proposals: Iterable[Proposal], facts: Facts, edition: str) -> list[Difference]:
    """Compare proposals with the census as of the day of the edition.

    A many-valued field has no rivals: an item that is not there is new. For a single one, a value
    that disagrees is *changed* when all that the census says is of an earlier day, and *contradicted*
    when it speaks of the same day or later.

    Parameters
    ----------
    proposals, facts
        What was read, and what the census holds.
    edition : str
        The day that the document speaks of; statements that begin later are not looked at.
    """
    day = partial_date(edition)
    found = []
    for one in proposals:
        field = declaration(one.kind).fields[one.field]
        said = [s for s in facts.statements(one.entity, one.field) if partial_date(s.as_of).first < day.end]
        said = [s for s in said if s.redacted is None and _same_slot(field, one, s)]
        found.append(_difference(one, field, said, edition))
    return found


def _difference(one: Proposal, field: Field, said: list[Statement], edition: str) -> Difference:
    if not said:
        return Difference(one, Change.NEW)
    mine = as_statement(one, edition)
    same = tuple(s for s in said if _agrees(field, mine, s))
    if same:
        return Difference(one, Change.CONFIRMED, same)
    if field.many and field.key is None:
        return Difference(one, Change.NEW)
    earlier = all(partial_date(s.as_of).end <= partial_date(edition).first for s in said)
    return Difference(one, Change.CHANGED if earlier else Change.CONTRADICTED, tuple(said))


def as_statement(one: Proposal, edition: str) -> Statement:
    """A proposal as a statement, good for comparing and not for storing."""
    return Statement(
        entity=one.entity,
        field=one.field,
        value=one.value,
        source="",
        part=one.part or Part.TEXT,
        as_of=edition,
        attributes=one.attributes,
        id=one.id,
    )


def _agrees(field: Field, mine: Statement, other: Statement) -> bool:
    try:
        return agree(field, mine, other)
    except (KeyError, ValueError, TypeError):
        # A value that a person edited may be of another type: it agrees with nothing.
        return False


def _same_slot(field: Field, one: Proposal, said: Statement) -> bool:
    keys = [field.key] if field.key else []
    if field.type is FieldType.FIGURE:
        keys += ["modality", "perimeter"]
    return all(str(one.attributes.get(key)) == str(said.attributes.get(key)) for key in keys)


def tally(differences: Iterable[Difference]) -> dict[str, int]:
    """How many proposals stand in each way to the census; all four are named, zeros included."""
    counts = {str(change): 0 for change in Change}
    for one in differences:
        counts[str(one.change)] += 1
    return counts
