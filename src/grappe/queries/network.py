"""Who cooperates with whom? The graph of a moment, a way between two actors, what goes with one."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import networkx as nx  # type: ignore[import-untyped]

from grappe.census.links import Link
from grappe.domain.dates import PartialDate
from grappe.network.alliance_path import alliance_path
from grappe.network.cooperation import Node, Tie
from grappe.network.fading import default_half_life, last_confirmation, strength
from grappe.network.graph_measures import (
    Betweenness,
    Brokerage,
    Communities,
    Graph,
    betweenness,
    brokers,
    communities,
    components,
    cooperation_graph,
    degree_by_level,
)
from grappe.network.removal import without as removal_of
from grappe.present.networks import (
    betweenness_plain,
    brokerage_plain,
    communities_plain,
    components_plain,
    path_plain,
    removal_plain,
    tie_plain,
)
from grappe.present.plain import Plain
from grappe.queries.existence import check_exists
from grappe.queries.ledger import Ledger, ledger, pair_of, state_of_store
from grappe.queries.moment import Moment
from grappe.queries.network_filter import NetworkFilter, network_filter, takes

__all__ = ["network", "path_between", "without"]


@dataclass(frozen=True, slots=True)
class Measured:
    """A selection of the ledger with its measures."""

    book: Ledger
    ties: list[Tie]
    graph: Graph
    betweenness: Betweenness
    communities: Communities
    brokers: list[Brokerage]


def network(when: Moment, given: Mapping[str, Any] | None = None, /, **filters: Any) -> Plain:
    """The cooperation graph of a moment with its measures.

    Raises
    ------
    BadChoice
        If the value of a filter is not in its list.
    UnknownThing
        If there is no such entity as the one in focus.
    """
    wanted = network_filter({**(given or {}), **filters})
    if wanted.focus:
        wanted = replace(wanted, focus=_known(wanted.focus))
    # A neighbourhood is cut out of what was measured: the figures of an actor do not change with it.
    return _plain(_measured(when, replace(wanted, focus=None, depth=1), state_of_store()), wanted)


def path_between(
    when: Moment, source: str, target: str, given: Mapping[str, Any] | None = None, /, **filters: Any
) -> Plain:
    """The shortest way of alliances between two entities, every step with its links.

    Raises
    ------
    BadChoice
        If the value of a filter is not in its list.
    UnknownThing
        If there is no such entity.
    """
    source, target = _known(source), _known(target)
    book, ties = _selected(when, network_filter({**(given or {}), **filters}))
    graph = cooperation_graph(_nodes(book, ties), ties)
    names = {one: actor["name"] for one, actor in book.actors.items()}
    plain = path_plain(source, target, alliance_path(graph, source, target), _links(book, ties), names)
    return {"on": when.on.text} | plain


def without(
    when: Moment, gone: Iterable[str], given: Mapping[str, Any] | None = None, /, **filters: Any
) -> Plain:
    """What disappears if some entities go: links, clusters left alone, parts that fall apart.

    Raises
    ------
    BadChoice
        If the value of a filter is not in its list.
    UnknownThing
        If there is no such entity.
    """
    ids = sorted({_known(one) for one in gone})
    book, ties = _selected(when, network_filter({**(given or {}), **filters}))
    found = removal_of(_nodes(book, ties), ties, ids)
    return {"on": when.on.text} | removal_plain(found, _links(book, ties), book.actors)


def _known(entity: str) -> str:
    """An id that exists, a merged one followed to what it became."""
    row = check_exists(entity)
    while row.redirect_to is not None:
        row = check_exists(row.redirect_to)
    return row.id


def _selected(when: Moment, wanted: NetworkFilter) -> tuple[Ledger, list[Tie]]:
    """The ledger, and those of its links that a filter takes, as ties with their strength."""
    book = ledger(when)
    years = wanted.half_life or default_half_life()
    return book, [
        Tie(
            link.id,
            link.source,
            link.target,
            link.kind,
            link.counts,
            link.level,
            link.via,
            strength(confirmed(link, book.on), book.on, years),
        )
        for link in book.links
        if takes(wanted, link, {book.actors[end]["country"] for end in (link.source, link.target)})
    ]


def confirmed(link: Link, on: PartialDate) -> PartialDate | None:
    """Day on which a link was last confirmed."""
    return last_confirmation(
        (s.as_of for s in link.cites), on, start=link.start, end=link.end, status=link.status
    )


def _nodes(book: Ledger, ties: Iterable[Tie]) -> list[Node]:
    return [book.nodes[end] for end in sorted({end for tie in ties for end in tie.ends})]


def _links(book: Ledger, ties: Iterable[Tie]) -> dict[str, Plain]:
    links = {link.id: link for link in book.links}
    found = {}
    for tie in ties:
        link = links[tie.id]
        day = confirmed(link, book.on)
        found[tie.id] = tie_plain(
            link,
            confirmed=day.text if day else None,
            strength=tie.strength,
            named_by=str(named) if (named := book.named[tie.id]) else None,
            one_sided=book.sided[tie.ends],
        )
    return found


@lru_cache(maxsize=8)
def _measured(when: Moment, wanted: NetworkFilter, store: tuple[str, int, int]) -> Measured:
    """Measures of a selection; the last few are kept until another decision is recorded."""
    book, ties = _selected(when, wanted)
    graph = cooperation_graph(_nodes(book, ties), ties)
    return Measured(book, ties, graph, betweenness(graph), communities(graph), brokers(graph))


def _plain(found: Measured, wanted: NetworkFilter) -> Plain:
    book, graph = found.book, found.graph
    shown = _around(found.ties, wanted)
    drawn = [tie for tie in found.ties if shown is None or set(tie.ends) <= shown]
    links = _links(book, drawn)
    told = {one for tie in drawn for one in tie.via}
    return {
        "on": book.on.text,
        "nodes": _actors(found, graph if shown is None else sorted(shown.intersection(graph))),
        "links": [links[tie.id] for tie in drawn],
        "measures": _measures(found),
        "mentioned": [book.frames[one] for one in sorted(told) if one in book.frames],
        "half_life_years": wanted.half_life or default_half_life(),
    }


def _actors(found: Measured, ids: Iterable[str]) -> list[Plain]:
    levels, numbers = degree_by_level(found.graph), found.communities.of
    return [
        found.book.actors[one]
        | {
            "degree": found.graph.degree(one),
            "degree_by_level": levels[one],
            "betweenness": found.betweenness.of[one],
            "community": numbers.get(one),
        }
        for one in ids
    ]


def _measures(found: Measured) -> Plain:
    book, graph = found.book, found.graph
    names = {one: actor["name"] for one, actor in book.actors.items()}
    return {
        "nodes": len(graph),
        "links": len(found.ties),
        "counting": sum(tie.counts for tie in found.ties),
        "pairs": graph.number_of_edges(),
        "pairs_by_level": dict(sorted(Counter(level for *_, level in graph.edges(data="level")).items())),
        "one_sided": sum(1 for one, other in graph.edges if book.sided[pair_of(one, other)]),
        "components": components_plain(components(graph)),
        "communities": communities_plain(found.communities),
        "brokers": brokerage_plain(found.brokers, names),
        "betweenness": betweenness_plain(found.betweenness),
        "clusters_without_tie": list(book.untied),
    }


def _around(ties: Iterable[Tie], wanted: NetworkFilter) -> set[str] | None:
    """Actors up to some steps from the one in focus, over all ties taken; nothing without a focus."""
    if wanted.focus is None:
        return None
    drawn = nx.Graph(tie.ends for tie in ties)
    if wanted.focus not in drawn:
        return {wanted.focus}
    return set(nx.ego_graph(drawn, wanted.focus, radius=wanted.depth))
