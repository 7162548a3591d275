"""The cooperation graph at size: twenty thousand clusters, a hundred thousand links, time of each measure.

Run as ``python -m tests.bench.network``; prints one JSON object. The network is made up and seeded:
clusters of the Maghreb, partners of the North and of sub-Saharan Africa; partners are chosen the more
often the more they have, and mostly within a country and a sector.
"""

import json
import random
import time
from collections.abc import Callable
from typing import Any

from grappe.network.alliance_path import alliance_path
from grappe.network.cooperation import Group, Node, Tie
from grappe.network.graph_measures import (
    betweenness,
    brokers,
    communities,
    components,
    cooperation_graph,
    degree_by_level,
)
from grappe.network.removal import without

SEED = 20190301
CLUSTERS, LINKS = 20_000, 100_000
EXACT_SIZE = 2_000
"""Size of the smaller network on which the sample is held against the exact shares."""
GROUPS = ((Group.MAGHREB, 0.7), (Group.NORTH, 0.25), (Group.SUB_SAHARAN, 0.05))


def made_up(clusters: int, links: int, seed: int = SEED) -> tuple[list[Node], list[Tie]]:
    """A seeded network of some size; nine links in ten count."""
    rng = random.Random(seed)
    names, weights = zip(*GROUPS, strict=True)
    groups = rng.choices(names, weights, k=clusters)
    nodes = [Node(f"cl-{n}", "cluster", group) for n, group in enumerate(groups)]
    circles: dict[int, list[int]] = {}
    for n in range(clusters):
        circles.setdefault(rng.randrange(max(1, clusters // 80)), []).append(n)
    of = {n: circle for circle in circles.values() for n in circle}
    often = list(range(clusters))
    ties = []
    for n in range(links):
        one = rng.choice(often)
        other = rng.choice(of[one] if rng.random() < 0.8 else often)
        often += (one, other)
        level = "national" if groups[one] is groups[other] else "euromed"
        ties.append(
            Tie(
                f"lk-{n}",
                f"cl-{one}",
                f"cl-{other}",
                "partnership",
                counts=rng.random() < 0.9,
                level=level,
                via=(f"prog-{rng.randrange(200)}",) if rng.random() < 0.3 else (),
                strength=0.5 ** rng.randrange(4),
            )
        )
    return nodes, ties


def timed(call: Callable[[], Any]) -> tuple[Any, float]:
    """What a call answers, and its processor time in seconds."""
    start = time.process_time()
    return call(), time.process_time() - start


def figures(clusters: int = CLUSTERS, links: int = LINKS) -> dict[str, Any]:
    """Processor time of each measure in seconds, and how far sampled betweenness is off."""
    nodes, ties = made_up(clusters, links)
    found: dict[str, Any] = {"clusters": clusters, "links": links}
    graph, found["graph_s"] = timed(lambda: cooperation_graph(nodes, ties))
    found["pairs"] = graph.number_of_edges()
    _, found["degree_by_level_s"] = timed(lambda: degree_by_level(graph))
    parts, found["components_s"] = timed(lambda: components(graph))
    found["largest_component"] = len(parts[0])
    groups, found["communities_s"] = timed(lambda: communities(graph))
    found["communities"], found["modularity"] = len(groups.members), groups.modularity
    sampled, found["betweenness_s"] = timed(lambda: betweenness(graph))
    found["pivots"], found["standard_error"] = sampled.pivots, sampled.error
    found["largest_betweenness"] = max(sampled.of.values())
    between, found["brokers_s"] = timed(lambda: brokers(graph))
    found["broker_pivots"], found["broker_error"] = between[0].pivots, max(one.error or 0 for one in between)
    found["sure_brokers"] = sum(len(one.shares) for one in between)
    ends = [node for node in parts[0] if node in graph]
    _, found["path_s"] = timed(lambda: alliance_path(graph, ends[0], ends[-1]))
    hub = max(graph, key=graph.degree)
    _, found["without_hub_s"] = timed(lambda: without(nodes, ties, [hub]))
    return found


def trust(clusters: int = EXACT_SIZE) -> dict[str, Any]:
    """Sampled betweenness against the exact one, where both can be had."""
    graph = cooperation_graph(*made_up(clusters, clusters * 5))
    exact, seconds = timed(lambda: betweenness(graph, exact_up_to=clusters))
    sampled, fast = timed(lambda: betweenness(graph, exact_up_to=0))
    off = [abs(sampled.of[node] - exact.of[node]) for node in graph]
    best = set(sorted(graph, key=exact.of.__getitem__)[-20:])
    seen = set(sorted(graph, key=sampled.of.__getitem__)[-20:])
    return {
        "clusters_of_trial": clusters,
        "exact_s": seconds,
        "sampled_s": fast,
        "largest_exact": max(exact.of.values()),
        "largest_deviation": max(off),
        "told_standard_error": sampled.error,
        "first_20_in_common": len(best & seen),
    }


if __name__ == "__main__":
    print(json.dumps(figures(), indent=2), flush=True)
    print(json.dumps(trust(), indent=2))
