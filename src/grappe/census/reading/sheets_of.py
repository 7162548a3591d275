"""Which proposals belong together: the sheet of each, and what one proposal cannot stand without."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from grappe.census.reading.proposal import Proposal
from grappe.domain.entity import Kind
from grappe.domain.field import FieldType, declaration

OWN_SHEET = frozenset({Kind.CLUSTER, Kind.FORM, Kind.PROGRAMME, Kind.INSTRUMENT, Kind.PROJECT})
"""Kinds that have a sheet of their own; persons, bodies and places stand on the sheet that names them."""

LINK_IDENTITY = ("kind", "from", "to")
"""Fields without which a link says nothing."""


def sheets_of(proposals: Iterable[Proposal]) -> dict[str, str]:
    """The sheet of every entity that the proposals speak of: itself, or the first that refers to it.

    Parameters
    ----------
    proposals : iterable of Proposal
        In the order of the document.

    Returns
    -------
    dict of id to id
        A link stands on the sheet of the end that has one, else on that of its first end.
    """
    read = tuple(proposals)
    kinds = {one.entity: one.kind for one in read}
    found = {entity: entity for entity, kind in kinds.items() if kind in OWN_SHEET}
    ends: dict[str, dict[str, str]] = {}
    for one in read:
        if one.kind is Kind.LINK and one.field in ("from", "to"):
            ends.setdefault(one.entity, {})[one.field] = str(one.value)
    for link, of in ends.items():
        sides = [of[side] for side in ("from", "to") if side in of]
        found[link] = next((side for side in sides if _has_sheet(side, kinds)), sides[0])
    # An organisation is named by a link, and its place by the organisation: each round goes one step further.
    growing = True
    while growing:
        growing = False
        for one in read:
            if one.entity not in found:
                continue
            for other in referred(one):
                if other in kinds and other not in found:
                    found[other] = found[one.entity]
                    growing = True
    return {entity: found.get(entity, entity) for entity in kinds}


def _has_sheet(entity: str, kinds: dict[str, Kind]) -> bool:
    # An entity that the census has and of which nothing is proposed is known by its id alone.
    return kinds.get(entity) in OWN_SHEET


def referred(one: Proposal) -> Iterator[str]:
    """Ids that a proposal refers to, by its value and by who says it."""
    field = declaration(one.kind).fields.get(one.field)
    if field is not None and field.type in (FieldType.REF, FieldType.PLACES):
        yield from one.value if isinstance(one.value, tuple) else (str(one.value),)
    if isinstance(by := one.attributes.get("by"), str):
        yield by


def needed_by(chosen: Collection[str], proposals: Sequence[Proposal]) -> set[str]:
    """Ids of the proposals that the chosen ones cannot be stored without, beside themselves.

    A new entity needs its name; a new link its kind and its two ends; what they refer to needs the same.

    Parameters
    ----------
    chosen : collection of str
        Ids of proposals.
    proposals : sequence of Proposal
        All proposals of the reading.

    Examples
    --------
    See ``tests/census/reading/test_sheets_of.py``.
    """
    identity: dict[str, list[Proposal]] = {}
    for one in proposals:
        if not one.known and one.field in _identity(one.kind):
            identity.setdefault(one.entity, []).append(one)
    ahead = [one for one in proposals if one.id in chosen]
    needed: set[str] = set()
    seen: set[str] = set()
    while ahead:
        one = ahead.pop()
        for entity in (one.entity, *referred(one)):
            if entity in seen:
                continue
            seen.add(entity)
            needed |= {other.id for other in identity.get(entity, ())}
            ahead += identity.get(entity, ())
    return needed - set(chosen)


def _identity(kind: Kind) -> tuple[str, ...]:
    return LINK_IDENTITY if kind is Kind.LINK else (declaration(kind).caption,)
