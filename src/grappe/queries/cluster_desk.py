"""What do the clusters that somebody follows do: their projects, the start-ups that they support?

A manager follows the own cluster, an officer those of the own country; others read nothing here.
"""

from collections.abc import Iterable

from grappe.domain.actor import Actor
from grappe.domain.entity import Kind
from grappe.domain.errors import UnknownThing
from grappe.domain.roles import Capability, Grant, Scope, ScopeKind, check_may, check_may_somewhere, may
from grappe.present.plain import Plain
from grappe.queries.contracts import NOBODY
from grappe.queries.labels import list_projects, list_start_ups, start_up_figures
from grappe.queries.navigation import named
from grappe.store.grants import around, held_by
from grappe.store.models import ClusterRow, CollaborativeProject, Contract, Entity, StartUpCase


def desk(cluster: str, by: Actor | None) -> Plain:
    """Projects, start-ups and figures of one cluster, for those who follow it.

    Raises
    ------
    UnknownThing
        If the census has no such cluster.
    Forbidden
        If somebody neither speaks for it nor follows contracts of its country.
    """
    scopes = _scopes(cluster)
    held = held_by(by or NOBODY)
    check_may(held, Capability.FOLLOW_CONTRACTS, *scopes)
    country = next((one.id for one in scopes if one.kind is ScopeKind.COUNTRY), "")
    return {
        "cluster": cluster,
        "name": (named([cluster])[cluster])["name"] or cluster,
        "country": country,
        "speaks": may(held, Capability.SPEAK_FOR_CLUSTER, scopes[0]),
        "projects": list_projects(cluster=cluster),
        "start_ups": list_start_ups(cluster=cluster),
        "figures": start_up_figures(cluster=cluster),
        "contracts": [
            {"id": id, "start": start.isoformat(), "end": end.isoformat()}
            for id, start, end in Contract.objects.filter(cluster=cluster)
            .order_by("start")
            .values_list("id", "start", "end")
        ],
    }


def followed(by: Actor | None) -> Plain:
    """The clusters that somebody speaks for, and projects, start-ups and figures of all that they follow.

    Raises
    ------
    Forbidden
        If somebody follows nothing.
    """
    held = held_by(by or NOBODY)
    check_may_somewhere(held, Capability.FOLLOW_CONTRACTS)
    mine = [one.scope for one in held if one.scope and may([one], *_speaking(one))]
    projects = [one for one in list_projects() if _follows(held, one)]
    cases = [one for one in list_start_ups() if _follows(held, one)]
    clusters = {one["cluster"] for one in (*projects, *cases)}
    return {
        "mine": {id: one["name"] or id for id, one in named(mine).items()},
        "projects": projects,
        "start_ups": cases,
        "figures": [one for one in start_up_figures() if one["cluster"] in clusters],
    }


def belongs(key: str, cluster: str, *, start_up: bool = False) -> None:
    """Refuse a key that is another cluster's.

    Raises
    ------
    UnknownThing
        If that cluster has no such project or case.
    """
    rows = (StartUpCase if start_up else CollaborativeProject).objects
    if not rows.filter(key=key, cluster=cluster).exists():
        raise UnknownThing(kind="startup" if start_up else "project", id=key)


def _speaking(grant: Grant) -> tuple[Capability, Scope]:
    return Capability.SPEAK_FOR_CLUSTER, Scope(ScopeKind.CLUSTER, grant.scope)


def _follows(held: Iterable[Grant], one: Plain) -> bool:
    scopes = [Scope(ScopeKind.CLUSTER, one["cluster"])] if one["cluster"] else []
    return may(held, Capability.FOLLOW_CONTRACTS, *scopes, Scope(ScopeKind.COUNTRY, one["country"]))


def _scopes(cluster: str) -> tuple[Scope, ...]:
    if not Entity.objects.filter(id=cluster, kind=str(Kind.CLUSTER)).exists():
        raise UnknownThing(kind="cluster", id=cluster)
    return around(Scope(ScopeKind.CLUSTER, cluster))


def country_of(cluster: str) -> str:
    """Two-letter code of the country of a cluster; empty if no source says it."""
    row = ClusterRow.objects.filter(entity=cluster).order_by("-valid_from").first()
    return row.country or "" if row is not None else ""
