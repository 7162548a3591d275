"""Measures of the cooperation graph: degree, betweenness, communities, components, brokers.

All of them are those of networkx; this module says on which graph, and what the figures mean.
The graph is simple and without direction: two actors are tied if at least one link that counts joins
them, however many do.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import sqrt
from typing import Any

import networkx as nx  # type: ignore[import-untyped]
import numpy as np

from grappe.network.cooperation import UNKNOWN, Group, Node, Tie

Graph = Any
"""A `networkx.Graph`."""
EXACT_UP_TO = 1000
"""Nodes up to which betweenness is exact; beyond, paths are counted from a sample of nodes."""
PIVOTS = 128
"""Size of that sample."""
BROKER_PIVOTS = 48
"""Size of the sample for each pair of groups, between which brokers are looked for."""
BATCHES = 4
"""Independent parts of the sample, whose spread gives the error."""
SURE = 2.0
"""Standard errors by which the share of a sampled broker must exceed zero to be told."""
SEED = 20190301
BETWEEN = tuple(combinations((Group.NORTH, Group.MAGHREB, Group.SUB_SAHARAN), 2))
"""Pairs of groups between which brokers are looked for."""


@dataclass(frozen=True, slots=True)
class Betweenness:
    """Share of shortest paths on which each node lies, and how far a sampled share can be trusted.

    `pivots` is nothing for an exact result. `error` is the largest standard error over the nodes, in
    units of the share.
    """

    of: Mapping[str, float]
    pivots: int | None = None
    error: float | None = None


@dataclass(frozen=True, slots=True)
class Communities:
    """A partition: `members` from the largest community to the smallest, and its modularity."""

    members: tuple[tuple[str, ...], ...]
    modularity: float | None
    seed: int

    @property
    def of(self) -> dict[str, int]:
        """Number of the community of each node, from 1, the largest."""
        return {node: n for n, members in enumerate(self.members, 1) for node in members}


@dataclass(frozen=True, slots=True)
class Brokerage:
    """Who stands between two groups: how many pairs are connected at all, and the share of each broker.

    `pivots` and `error` are those of a sample, as in `Betweenness`; a sampled share that is not twice
    its own standard error is left out.
    """

    groups: tuple[Group, Group]
    pairs: int
    shares: Mapping[str, float]
    pivots: int | None = None
    error: float | None = None


def cooperation_graph(nodes: Iterable[Node], ties: Iterable[Tie]) -> Graph:
    """The graph of the ties that count, all nodes in it, those without a tie too.

    Parameters
    ----------
    nodes : actors, each id once
    ties : links; those that do not count, and those of an actor with itself, draw no edge

    Returns
    -------
    networkx.Graph
        Nodes carry `kind` and `group`; an edge carries `ties` (ids of its links), `level`, and
        `strength`, that of its strongest link.

    Raises
    ------
    ValueError
        If a tie has an end that is not among the nodes.

    Examples
    --------
    >>> people = [Node("a", "cluster"), Node("b", "cluster")]
    >>> graph = cooperation_graph(people, [Tie("1", "a", "b", "partnership", counts=True)])
    >>> graph.edges["a", "b"]["ties"]
    ('1',)
    """
    graph = nx.Graph()
    for node in sorted(nodes, key=lambda node: node.id):
        graph.add_node(node.id, kind=node.kind, group=node.group)
    for tie in sorted(ties, key=lambda tie: (tie.ends, tie.id)):
        for end in tie.ends:
            if end not in graph:
                raise ValueError(f"Tie {tie.id} has an end {end} that is no node.")
        if not tie.counts or tie.source == tie.target:
            continue
        one, other = tie.ends
        known: dict[str, Any] = graph.get_edge_data(one, other, {"ties": (), "strength": 0.0})
        graph.add_edge(
            one,
            other,
            ties=(*known["ties"], tie.id),
            level=tie.level or UNKNOWN,
            strength=max(known["strength"], tie.strength),
        )
    return graph


def degree_by_level(graph: Graph) -> dict[str, dict[str, int]]:
    """Number of partners of each node by the level of the tie; the levels add up to the degree.

    A pair of actors has one level, as each has one country: no partner is counted under two.

    Returns
    -------
    dict
        For each node, level to number of partners, without zeros; ``unknown`` where a country is.
    """
    return {
        node: dict(sorted(Counter(level for _, _, level in graph.edges(node, data="level")).items()))
        for node in graph
    }


def betweenness(
    graph: Graph, *, exact_up_to: int = EXACT_UP_TO, pivots: int = PIVOTS, seed: int = SEED
) -> Betweenness:
    """Share of the shortest paths between all other pairs that lead through each node.

    Parameters
    ----------
    graph : as made by `cooperation_graph`
    exact_up_to : number of nodes beyond which paths are counted from a sample of nodes only
    pivots : size of the sample, drawn in four independent parts
    seed : of the draw

    Returns
    -------
    Betweenness
        Between 0 and 1. Sampled values are unbiased; `error` comes from the spread of the four parts.
        Where it is of the size of the values, the order of the nodes is not known.

    References
    ----------
    L. C. Freeman, "A set of measures of centrality based on betweenness", Sociometry 40, 1977.
    U. Brandes, "A faster algorithm for betweenness centrality", Journal of Mathematical Sociology 25, 2001.
    U. Brandes, C. Pich, "Centrality estimation in large networks", International Journal of Bifurcation
    and Chaos 17, 2007.
    """
    size = len(graph)
    if size <= exact_up_to:
        return Betweenness(nx.betweenness_centrality(graph))
    each = max(1, pivots // BATCHES)
    batches = [nx.betweenness_centrality(graph, k=each, seed=seed + n) for n in range(BATCHES)]
    mean, error = _mean_and_error(graph, batches)
    return Betweenness(mean, each * BATCHES, max(error.values()))


def _mean_and_error(
    graph: Graph, batches: Sequence[Mapping[str, float]]
) -> tuple[dict[str, float], dict[str, float]]:
    """Mean of independent estimates of each node, and its standard error."""
    values = np.array([[batch.get(node, 0.0) for node in graph] for batch in batches])
    spread = values.std(axis=0, ddof=1) / sqrt(len(batches))
    mean = values.mean(axis=0)
    return dict(zip(graph, mean.tolist(), strict=True)), dict(zip(graph, spread.tolist(), strict=True))


def communities(graph: Graph, *, seed: int = SEED) -> Communities:
    """Groups of actors tied among themselves more than with others, by the Louvain method.

    Ties weigh what their strength is. Nodes without a tie belong to no community. The method draws an
    order of the nodes: another seed may give another partition of nearly the same modularity.

    Parameters
    ----------
    graph : as made by `cooperation_graph`
    seed : of the draw

    Returns
    -------
    Communities
        The largest first, ties of size by the first id. Modularity is nothing without any tie.

    References
    ----------
    V. D. Blondel, J.-L. Guillaume, R. Lambiotte, E. Lefebvre, "Fast unfolding of communities in large
    networks", Journal of Statistical Mechanics P10008, 2008.
    """
    tied = graph.subgraph(node for node, degree in graph.degree() if degree)
    weight = "strength" if any(value for *_, value in tied.edges(data="strength")) else None
    if not tied.number_of_edges():
        return Communities((), None, seed)
    # The copy has a fixed order of nodes; that of a view follows the hashes of its filter.
    ordered = nx.Graph()
    ordered.add_nodes_from(sorted(tied))
    ordered.add_edges_from(sorted(tied.edges(data=True), key=lambda edge: edge[:2]))
    found = nx.community.louvain_communities(ordered, weight=weight, seed=seed)
    members = sorted((tuple(sorted(one)) for one in found), key=lambda one: (-len(one), one))
    return Communities(tuple(members), float(nx.community.modularity(ordered, members, weight=weight)), seed)


def components(graph: Graph) -> list[tuple[str, ...]]:
    """Parts between which no path leads, the largest first; nodes without a tie are none."""
    found = (tuple(sorted(one)) for one in nx.connected_components(graph) if len(one) > 1)
    return sorted(found, key=lambda one: (-len(one), one))


def brokers(
    graph: Graph, *, exact_up_to: int = EXACT_UP_TO, pivots: int = BROKER_PIVOTS, seed: int = SEED
) -> list[Brokerage]:
    """Who brings the North, the Maghreb and sub-Saharan Africa together.

    For two groups, take every connected pair of an actor of the one and an actor of the other. The
    share of a node is the mean, over these pairs, of the share of their shortest paths that lead
    through it. It is one for a node that every such path needs; the ends of a path are no brokers.

    Parameters
    ----------
    graph : as made by `cooperation_graph`, whose nodes know their group
    exact_up_to : number of nodes beyond which paths start from a sample of the smaller group
    pivots : size of the sample
    seed : of the draw

    Returns
    -------
    list of Brokerage
        One for each pair of groups, in a fixed order; `shares` without zeros, the largest first.

    References
    ----------
    R. V. Gould, R. M. Fernandez, "Structures of mediation: a formal approach to brokerage in
    transaction networks", Sociological Methodology 19, 1989: the idea of brokerage between groups.
    U. Brandes, "On variants of shortest-path betweenness centrality and their generic computation",
    Social Networks 30, 2008: the measure between two sets of nodes.
    """
    # On a graph with directions each pair is counted once, from the first group to the second.
    directed = graph.to_directed()
    return [_between(graph, directed, pair, exact_up_to, pivots, seed) for pair in BETWEEN]


def _between(
    graph: Graph, directed: Graph, pair: tuple[Group, Group], exact_up_to: int, pivots: int, seed: int
) -> Brokerage:
    sides = [[node for node, group in graph.nodes(data="group") if group is side] for side in pair]
    sources, targets = sorted(sides, key=len)
    parts = [set(part) for part in nx.connected_components(graph)]
    pairs = _pairs(parts, sources, targets)
    if not pairs:
        return Brokerage(pair, 0, {})
    each = max(1, pivots // BATCHES)
    if len(graph) <= exact_up_to or len(sources) <= each * BATCHES:
        shares = _shares(directed, parts, sources, targets)
        return Brokerage(pair, pairs, _descending(shares))
    drawn = np.random.default_rng(seed).permutation(len(sources))[: each * BATCHES].reshape(BATCHES, each)
    batches = [_shares(directed, parts, [sources[n] for n in sorted(one)], targets) for one in drawn.tolist()]
    mean, error = _mean_and_error(graph, batches)
    sure = {node: share for node, share in mean.items() if share > SURE * error[node]}
    return Brokerage(pair, pairs, _descending(sure), each * BATCHES, max(error.values()))


def _pairs(parts: Iterable[set[str]], sources: Iterable[str], targets: Iterable[str]) -> int:
    """Number of pairs of a source and a target between which a path leads."""
    ends = set(sources), set(targets)
    return sum(len(ends[0] & part) * len(ends[1] & part) for part in parts)


def _shares(
    directed: Graph, parts: Iterable[set[str]], sources: Sequence[str], targets: Sequence[str]
) -> dict[str, float]:
    pairs = _pairs(parts, sources, targets)
    if not pairs:
        return {}
    found = nx.betweenness_centrality_subset(directed, sources, targets)
    return {node: value / pairs for node, value in found.items() if value > 0}


def _descending(shares: Mapping[str, float]) -> dict[str, float]:
    ordered = sorted(shares.items(), key=lambda item: (-item[1], item[0]))
    return {node: share for node, share in ordered if share > 0}
