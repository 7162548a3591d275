"""The shortest way from one actor to another over ties that count."""

from dataclasses import dataclass
from itertools import islice, pairwise
from math import prod

import networkx as nx  # type: ignore[import-untyped]

from grappe.network.graph_measures import Graph

MOST_OTHERS = 9
"""Other ways of the same length that are told."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: from one actor to the next, with the ids of the links that join them."""

    source: str
    target: str
    ties: tuple[str, ...]
    level: str
    strength: float


@dataclass(frozen=True, slots=True)
class AlliancePath:
    """A way: its steps, the product of their strengths, and other ways with as few steps."""

    steps: tuple[Step, ...]
    strength: float
    others: tuple[tuple[str, ...], ...] = ()

    @property
    def nodes(self) -> tuple[str, ...]:
        """Actors on the way, both ends included."""
        return (self.steps[0].source, *(step.target for step in self.steps)) if self.steps else ()


def alliance_path(graph: Graph, source: str, target: str) -> AlliancePath | None:
    """Way of fewest steps between two actors; among equals, the one whose ties have faded least.

    Parameters
    ----------
    graph : as made by `grappe.network.graph_measures.cooperation_graph`
    source, target : ids of two nodes

    Returns
    -------
    AlliancePath or None
        Nothing if no way leads from one to the other, or one of them is no node. No step from an
        actor to itself.

    References
    ----------
    E. W. Dijkstra, "A note on two problems in connexion with graphs", Numerische Mathematik 1, 1959.

    Examples
    --------
    >>> from grappe.network.cooperation import Node, Tie
    >>> from grappe.network.graph_measures import cooperation_graph
    >>> actors = [Node(one, "cluster") for one in "abc"]
    >>> ties = [Tie("1", "a", "b", "partnership", True), Tie("2", "c", "b", "convention", True)]
    >>> [step.ties for step in alliance_path(cooperation_graph(actors, ties), "a", "c").steps]
    [('1',), ('2',)]
    """
    if source not in graph or target not in graph or not nx.has_path(graph, source, target):
        return None
    size = len(graph)

    def length(one: str, other: str, edge: dict[str, float]) -> float:
        # Faded parts of all steps together weigh less than one step more.
        return 1 + (1 - edge["strength"]) / size

    nodes = nx.shortest_path(graph, source, target, weight=length)
    steps = tuple(
        Step(
            one,
            other,
            graph.edges[one, other]["ties"],
            graph.edges[one, other]["level"],
            graph.edges[one, other]["strength"],
        )
        for one, other in pairwise(nodes)
    )
    equals = islice(nx.all_shortest_paths(graph, source, target), MOST_OTHERS + 1)
    others = sorted(tuple(way) for way in equals if way != nodes)
    return AlliancePath(steps, prod(step.strength for step in steps), tuple(others[:MOST_OTHERS]))
