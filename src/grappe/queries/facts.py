"""Facts from the store: of everything, or of some entities and what they refer to."""

from collections.abc import Iterable
from datetime import datetime

from grappe.census.facts import Facts, facts_of
from grappe.domain.decision import STANDING, Verdict
from grappe.domain.entity import Kind
from grappe.domain.identifiers import is_identifier
from grappe.domain.source import Source
from grappe.domain.statement import Statement
from grappe.store import models
from grappe.store.codec import unpack_entity, unpack_source, unpack_statement
from grappe.store.rulings import preferred_now

_CHUNK = 900
_DRAWN = ("name_ar", "lon", "lat", "within", "place_kind")
"""Fields of a place that a map, and the weighing of two places, need."""
_CAPTIONS = ("name", "country", "place", "acronym", "type")
"""Fields of a neighbour that a sheet shows: its name and where it is."""


def sources() -> dict[str, Source]:
    """All sources, by id."""
    return {row.id: unpack_source(row.id, row.content) for row in models.Source.objects.all()}


def all_facts(known: datetime | None = None) -> Facts:
    """Every standing statement; with `known`, those that stood by the decisions recorded until then."""
    rows = models.Statement.objects.values_list("id", "entity_id", "field", "content")
    if known is None:
        rows = rows.filter(standing=True)
        preferred = preferred_now()
    else:
        standing, preferred = _standing_at(known)
        rows = (row for row in rows if row[0] in standing)  # type: ignore[assignment]
    entities = models.Entity.objects.values_list("id", "kind", "dataset_id", "redirect_to")
    return facts_of(
        (unpack_entity(*row) for row in entities),
        [unpack_statement(*row) for row in rows],
        sources(),
        preferred,
    )


def facts_about(ids: Iterable[str]) -> Facts:
    """Standing statements about some entities, their links, and the captions of all they refer to."""
    wanted = set(ids)
    statements = _of(wanted)
    pointing = models.Statement.objects.filter(
        value__in=wanted, standing=True, field__in=("from", "to"), entity__kind=str(Kind.LINK)
    ).values_list("entity_id", flat=True)
    statements += _of(set(pointing) - wanted)
    loaded = wanted | set(pointing)
    neighbours = _referred(statements) - loaded
    near = _of(neighbours, _CAPTIONS)
    statements += near
    loaded |= neighbours
    statements += _of(neighbours, _DRAWN)
    countries = {f"pl-country-{str(s.value).lower()}" for s in statements if s.field == "country"}
    beyond = _referred(near) | _wholes(statements) | countries
    # A place lies in another, and that one in a third: how far up decides what contains what.
    while beyond := beyond - loaded:
        places = _of(beyond, ("name", *_DRAWN))
        statements += places
        loaded |= beyond
        beyond = _wholes(places)
    preferred = preferred_now({s.id for s in statements if s.entity in wanted})
    entities = [row for chunk in _chunked(loaded) for row in _entities(chunk)]
    return facts_of((unpack_entity(*row) for row in entities), statements, sources(), preferred)


def _entities(ids: list[str]) -> list[tuple[str, str, str, str | None]]:
    rows = models.Entity.objects.filter(id__in=ids)
    return list(rows.values_list("id", "kind", "dataset_id", "redirect_to"))


def _of(ids: set[str], fields: tuple[str, ...] | None = None) -> list[Statement]:
    found: list[Statement] = []
    for chunk in _chunked(ids):
        rows = models.Statement.objects.filter(entity_id__in=chunk, standing=True)
        if fields:
            rows = rows.filter(field__in=fields)
        found += [unpack_statement(*row) for row in rows.values_list("id", "entity_id", "field", "content")]
    return found


def _referred(statements: Iterable[Statement]) -> set[str]:
    found: set[str] = set()
    for statement in statements:
        if isinstance(statement.value, tuple):
            found.update(statement.value)
        elif "-" in str(statement.value) and is_identifier(statement.value):
            # Text that only looks like an identifier finds no entity, and costs nothing.
            found.add(str(statement.value))
        if isinstance(by := statement.attributes.get("by"), str):
            found.add(by)
    return found


def _wholes(statements: Iterable[Statement]) -> set[str]:
    """What places are said to lie in."""
    return _referred(s for s in statements if s.field == "within")


def _standing_at(known: datetime) -> tuple[set[str], frozenset[str]]:
    latest: dict[str, str] = {}
    rows = models.Decision.objects.filter(at__lte=known).order_by("at", "id")
    for statement, verdict in rows.values_list("statement", "verdict").iterator():
        latest[statement] = verdict
    preferred = frozenset(one for one, verdict in latest.items() if verdict == Verdict.PREFERRED)
    return {one for one, verdict in latest.items() if STANDING[Verdict(verdict)]}, preferred


def _chunked(ids: Iterable[str]) -> list[list[str]]:
    ordered = sorted(ids)
    return [ordered[start : start + _CHUNK] for start in range(0, len(ordered), _CHUNK)]
