"""Which clusters does the store declare, and where, to set beside a register?"""

from dataclasses import dataclass

from grappe.agglomeration.matching import DeclaredCluster, DeclaredPlace
from grappe.present.declared_clusters import declared_at, declared_clusters, named_places
from grappe.queries.facts import all_facts
from grappe.queries.moment import moment


@dataclass(frozen=True, slots=True)
class Declared:
    """Declared clusters of a country, or of all, the towns that give names, and the day they are of."""

    clusters: list[DeclaredCluster]
    places: list[DeclaredPlace]
    on: str


def declared_now(country: str | None) -> Declared:
    """What the newest data set declares.

    Raises
    ------
    UnknownThing
        If nothing is loaded.
    """
    when, facts = moment(), all_facts()
    return Declared(declared_clusters(facts, when.on, country), named_places(facts, country), when.on.text)


def declared_in(place: str) -> list[DeclaredCluster]:
    """Clusters and poles that the newest data set declares in a place, by any of its names; none if unknown.

    Raises
    ------
    UnknownThing
        If nothing is loaded.
    """
    return declared_at(all_facts(), moment().on, place) if place else []
