"""Facts of all entities in some fields: what questions about the whole census read."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from grappe.census.facts import Facts, facts_of
from grappe.domain.entity import Kind
from grappe.domain.statement import Statement
from grappe.queries.as_known import facts_known
from grappe.queries.facts import sources
from grappe.queries.ledger import state_of_store
from grappe.queries.moment import Moment
from grappe.store import models
from grappe.store.codec import unpack_entity, unpack_statement
from grappe.store.rulings import preferred_now

Fields = tuple[tuple[Kind, tuple[str, ...]], ...]

_PLACED = ("name", "place_kind", "within", "lon", "lat")
EDITIONS: Fields = (
    (
        Kind.CLUSTER,
        (
            "name", "country", "state", "life", "created", "launched", "labelled", "contracted",
            "recognition", "merged_into", "place", "legal_form", "craft",
        ),
    ),
    (Kind.LINK, ("from", "to", "kind", "status", "start", "end")),
    (Kind.ORGANISATION, ("name", "type")),
    (Kind.INSTRUMENT, ("name", "country", "figure")),
    (Kind.PROGRAMME, ("name",)),
    (Kind.EVENT, ("name",)),
    (Kind.FORM, ("name",)),
    (Kind.PROJECT, ("name",)),
)  # fmt: skip
"""Fields that a comparison of editions reads."""
COMPARISON: Fields = (
    (
        Kind.CLUSTER,
        (
            "name", "acronym", "country", "listed", "state", "life", "sector", "industry", "niche", "craft",
            "creative", "created", "recognition", "legal_form", "emergence_mode", "anchoring", "place",
            "territory", "members_total", "members_count", "member_category", "jobs", "activity",
            "partner_north", "partner_south",
        ),
    ),
    (Kind.LINK, ("from", "to", "kind", "level", "status", "stage", "start", "end")),
    (Kind.ORGANISATION, ("name", "type", "country")),
    (Kind.INSTRUMENT, ("name", "instrument_kind", "country")),
    (Kind.FORM, ("name", "country")),
    (Kind.PROGRAMME, ("name", "country")),
    (Kind.EVENT, ("name", "country")),
    (Kind.PROJECT, ("name", "country")),
    (Kind.PLACE, _PLACED),
)  # fmt: skip
"""Fields that comparisons of groups, claims and the matrix of legal forms read."""


def wide_facts(when: Moment, fields: Fields) -> Facts:
    """Standing statements in some fields; the last few are kept until another decision is recorded."""
    return _facts(when.known is not None, when, fields, state_of_store())


@lru_cache(maxsize=3)
def _facts(known: bool, when: Moment, fields: Fields, store: tuple[str, int, int]) -> Facts:
    if known:
        return facts_known(when)
    with uncollected():
        statements = [s for kind, names in fields for s in _said(kind, names)]
        entities = models.Entity.objects.filter(kind__in=[str(kind) for kind, _ in fields])
        rows = entities.values_list("id", "kind", "dataset_id", "redirect_to")
        found = facts_of([unpack_entity(*row) for row in rows], statements, sources(), preferred_now())
        # They are kept, and without cycles: the collector need never look at them.
        gc.freeze()
    return found


def _said(kind: Kind, names: tuple[str, ...]) -> Iterator[Statement]:
    rows = models.Statement.objects.filter(standing=True, entity__kind=str(kind), field__in=names)
    for row in rows.values_list("id", "entity_id", "field", "content").iterator(chunk_size=10_000):
        yield unpack_statement(*row)


@contextmanager
def uncollected() -> Iterator[None]:
    """Put off the collection of cycles while a hundred thousand values without any are made.

    Each collection walks through all of them, and together they cost half of a first comparison.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
