"""Which clusters are declared, where, and what do they do? Plain values for matching with a register."""

from collections.abc import Iterable

from grappe.agglomeration.activities import activity
from grappe.agglomeration.matching import DeclaredCluster, DeclaredPlace
from grappe.census.disputes import shown_values
from grappe.census.facts import Facts
from grappe.census.reconciliation import Shown
from grappe.census.row import row_of
from grappe.domain.dates import PartialDate
from grappe.domain.entity import Kind
from grappe.domain.fold import fold
from grappe.present.geojson import point_of
from grappe.present.plain import caption

ENDED = frozenset({"merged", "dissolved"})
"""Lives of clusters that are no longer there to be seen."""

ROLES = {"place": "seat", "territory": "production_territory"}
"""Fields of places by which a cluster is looked for. A liaison office is where it has none of its firms."""

_WIDE = frozenset({"country", "region"})
"""Kinds of places too wide to be a point."""


def declared_clusters(facts: Facts, on: PartialDate, country: str | None = None) -> list[DeclaredCluster]:
    """Clusters that live on a day, with their places and their activity in ISIC; potential ones marked.

    Parameters
    ----------
    facts : Facts
        Of a data set, or of the store.
    on : PartialDate
        The day spoken of.
    country : str, optional
        Only those of this country.
    """
    found = []
    for entity in facts.of_kind(Kind.CLUSTER):
        shown = shown_values(facts, entity, on)
        row = row_of(facts, entity, on, shown)
        if row is None or row.life in ENDED or (country and row.country != country):
            continue
        found.append(
            DeclaredCluster(
                id=entity,
                name=row.name,
                country=row.country,
                state=row.state,
                activity=activity(row.sector, _codes(shown, "niche"), _codes(shown, "industry")),
                places=tuple(_places(facts, shown)),
                potential=row.state == "potential",
            )
        )
    return found


def named_places(facts: Facts, country: str | None = None) -> list[DeclaredPlace]:
    """Towns of the census with their coordinates, by whose names concentrations are called."""
    found = []
    for place in facts.of_kind(Kind.PLACE):
        point = point_of(facts, place)
        kinds = {s.value for s in facts.statements(place, "place_kind")}
        own = {s.value for s in facts.statements(place, "country")}
        if point is None or kinds & _WIDE or (country and own and country not in own):
            continue
        found.append(DeclaredPlace(place, caption(facts, place) or place, "", *point))
    return found


def _codes(shown: dict[str, list[Shown]], name: str) -> Iterable[str]:
    return [str(one.statement.value) for one in shown.get(name, [])]


def _places(facts: Facts, shown: dict[str, list[Shown]]) -> Iterable[DeclaredPlace]:
    """Every place once, rivals included: a cluster that one source puts in two places may be in either."""
    seen: set[str] = set()
    for name, role in ROLES.items():
        for statement in (s for one in shown.get(name, []) for s in one.statements):
            for place in statement.places:
                point = point_of(facts, place)
                if point is not None and place not in seen:
                    seen.add(place)
                    yield DeclaredPlace(place, caption(facts, place) or place, role, *point)


def declared_at(facts: Facts, on: PartialDate, place: str) -> list[DeclaredCluster]:
    """Clusters and poles declared in a place of the census or within it, by any of its names.

    Poles, technopoles and parks have their specialities for activity, and the state ``form``.

    Parameters
    ----------
    facts : Facts
    on : PartialDate
        The day spoken of.
    place : str
        Name of a town, province or region, or its id.
    """
    wanted = fold(place)
    own = {one for one in facts.of_kind(Kind.PLACE) if one == place or wanted in _names(facts, one)}
    while more := {one for one in facts.of_kind(Kind.PLACE) if _wholes(facts, one) & own} - own:
        own |= more
    found = [
        one
        for one in declared_clusters(facts, on)
        if not one.potential and any(at.id in own for at in one.places)
    ]
    for entity in facts.of_kind(Kind.FORM):
        places = {at for s in facts.statements(entity, "place") for at in s.places}
        if places & own:
            niches = [str(s.value) for s in facts.statements(entity, "speciality")]
            name = caption(facts, entity) or entity
            found.append(DeclaredCluster(entity, name, None, "form", activity(None, niches), ()))
    return found


def _names(facts: Facts, place: str) -> set[str]:
    fields = ("name", "name_ar", "alias")
    return {fold(str(s.value)) for field in fields for s in facts.statements(place, field)}


def _wholes(facts: Facts, place: str) -> set[str]:
    return {at for s in facts.statements(place, "within") for at in s.places}
