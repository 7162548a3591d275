"""Is there such an entity? If not, which ids look like it."""

from rapidfuzz import process

from grappe.domain.entity import Kind
from grappe.domain.errors import UnknownThing
from grappe.store.models import Entity

HIDDEN = (Kind.PERSON,)
"""Kinds without a page of their own: a person is shown only with a public role."""
_UNLIKELY = ("link", "person", "place")
_MOST = 50_000


def check_exists(entity: str) -> Entity:
    """The stored entity of an id that has a page.

    Raises
    ------
    UnknownThing
        If there is none, or it is a person; `close` names ids that look alike.
    """
    row = Entity.objects.filter(id=entity).first()
    if row is None or Kind(row.kind) in HIDDEN:
        raise UnknownThing("unknown_entity", id=entity, close=", ".join(close_ids(entity)))
    return row


def close_ids(entity: str) -> list[str]:
    """Up to three ids that look like one that does not exist."""
    known = Entity.objects.exclude(kind__in=_UNLIKELY).values_list("id", flat=True)
    return [str(match[0]) for match in process.extract(entity, list(known[:_MOST]), limit=3, score_cutoff=60)]
