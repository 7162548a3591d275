"""Do suggestions find links that were taken away? Our score against three of the structure alone, and chance.

Run as ``python -m tests.bench.suggestions``; prints one JSON object. A share of the linked pairs is
taken away, everything is scored anew, and the pairs taken away are looked for among those never linked:

- AUC: the chance that a pair taken away scores higher than one never linked, ties counting half;
- precision at 5 and 10: of the first k suggestions to each cluster that lost a partner, the share that
  it had; the best that could be had is told beside it, as most lost but one.

Nothing of a pair taken away stays behind: all links between the two go, those that are over or planned
too, and with them every link of either to what its links stood in the frame of (programme, agreement).
Repeated over seeds; intervals are mean ± t × standard deviation / √seeds at 95 %. They tell the spread of
the draw on one graph, not what would be found on another.
"""

import json
import random
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import networkx as nx
from scipy import stats

from grappe.census.census import open_census
from grappe.domain.cooperation import is_cooperation
from grappe.network.suggestion_activities import activity_codes
from grappe.network.suggestion_parts import Context
from grappe.network.suggestion_profile import Actor, Count, KnownLink, Profile, Said, field_of, with_links
from grappe.network.suggestion_score import grounds_of, question, scored, total

ON = date(2019, 3, 1)
SHARE = 0.2
"""Linked pairs taken away."""
SEEDS = 20
GENERATED_SEEDS = 5
NEVER = 4000
"""Pairs never linked that AUC is counted against, on a graph with more of them."""
ASKERS = 60
"""Clusters that precision is counted over, where more lost a partner."""
KS = (5, 10)
Pair = tuple[str, str]


@dataclass(frozen=True)
class World:
    """Profiles without bonds, all links, what the actors are, and which ids are clusters at home."""

    profiles: dict[str, Profile]
    links: list[KnownLink]
    actors: dict[str, Actor]
    home: frozenset[str]


def census_world(profiles: Iterable[Profile], links: Iterable[KnownLink], actors: dict[str, Actor]) -> World:
    """The census as suggestions see it."""
    known = {one.id: one for one in profiles if not one.gone}
    return World(
        known, list(links), actors, frozenset(i for i, one in known.items() if one.kind == "cluster")
    )


def at_home(world: World) -> World:
    """The same with pairs of clusters of the census alone: of those abroad no niche is known."""
    return replace(world, profiles={id: one for id, one in world.profiles.items() if id in world.home})


def generated(clusters: int = 1000, seed: int = 20190301) -> World:
    """A made-up world: clusters link by niche, by common partner, by programme, by country, and by chance.

    Each cluster has a division of ISIC and one to three of its niches, a country, a size and a year of
    creation; two programmes at most, of its division three times in four. Of its links, 35 in a hundred
    go to a cluster of its niche, 25 to a partner of a partner, 15 to one of its programme, 10 to one of
    its country, 15 anywhere. What the score looks for is in there by construction: the figures tell
    that it finds it, and nothing about the world.
    """
    rng = random.Random(seed)
    divisions: dict[str, list[str]] = {}
    for tag, codes in activity_codes()["niche"].items():
        for code in codes[:1]:
            divisions.setdefault(code[:2], []).append(tag)
    of = {f"cl-{n}": rng.choice(sorted(divisions)) for n in range(clusters)}
    programmes = {f"prog-{n}": rng.choice(sorted(divisions)) for n in range(clusters // 15)}
    niches = {
        one: rng.sample(divisions[d], min(len(divisions[d]), rng.randint(1, 3))) for one, d in of.items()
    }
    country = {one: rng.choice(("MA", "DZ", "TN", "FR")) for one in of}
    profiles = {
        one: Profile(
            one,
            country=Said(country[one]),
            niches=tuple(map(Said, niches[one])),
            state=Said(rng.choice(("emerging", "constituted"))),
            created=Said(str(rng.randint(2004, 2019))),
            members=Count(size, size) if (size := rng.randint(5, 120)) else None,
        )
        for one in of
    }
    links = [
        KnownLink(f"in-{one}-{programme}", programme, one, "support", counts=True)
        for one, division in of.items()
        for programme in sorted({_programme(rng, programmes, division) for _ in range(rng.randint(0, 2))})
    ]
    links += _partnerships(rng, niches, country, links, clusters * 2)
    return World(profiles, links, dict.fromkeys(programmes, Actor("programme")), frozenset(profiles))


def _programme(rng: random.Random, programmes: dict[str, str], division: str) -> str:
    own = sorted(one for one, theirs in programmes.items() if theirs == division)
    return rng.choice(own if own and rng.random() < 0.75 else sorted(programmes))


def _partnerships(
    rng: random.Random,
    niches: dict[str, list[str]],
    country: dict[str, str],
    support: Sequence[KnownLink],
    count: int,
) -> list[KnownLink]:
    groups: dict[str, dict[str, list[str]]] = {"niche": {}, "country": {}, "programme": {}}
    programmes: dict[str, list[str]] = {}
    for one, tags in niches.items():
        for tag in tags:
            groups["niche"].setdefault(tag, []).append(one)
        groups["country"].setdefault(country[one], []).append(one)
    for link in support:
        groups["programme"].setdefault(link.source, []).append(link.target)
        programmes.setdefault(link.target, []).append(link.source)
    everybody, partners = sorted(niches), {one: [] for one in niches}
    pairs: set[Pair] = set()
    while len(pairs) < count:
        one = rng.choice(everybody)
        kind = rng.choices(("niche", "partner", "programme", "country", "any"), (35, 25, 15, 10, 15))[0]
        pool = everybody
        if kind == "niche":
            pool = groups["niche"][rng.choice(niches[one])]
        elif kind == "country":
            pool = groups["country"][country[one]]
        elif kind == "programme" and one in programmes:
            pool = groups["programme"][rng.choice(programmes[one])]
        elif kind == "partner" and partners[one]:
            pool = partners[rng.choice(partners[one])]
        other = rng.choice(pool)
        if other != one and ordered(one, other) not in pairs:
            pairs.add(ordered(one, other))
            partners[one].append(other)
            partners[other].append(one)
    return [KnownLink(f"lk-{a}-{b}", a, b, "partnership", counts=True) for a, b in sorted(pairs)]


def ordered(one: str, other: str) -> Pair:
    """Two ids in alphabetical order."""
    return (one, other) if one <= other else (other, one)


def linked_pairs(world: World) -> list[Pair]:
    """Pairs of clusters that a cooperation joins which counts and stands, one of them at home."""
    found = {
        ordered(link.source, link.target)
        for link in world.links
        if link.stands and {link.source, link.target} <= world.profiles.keys()
    }
    return sorted(pair for pair in found if set(pair) & world.home)


def without(world: World, gone: Iterable[Pair]) -> list[KnownLink]:
    """Links that stay when some pairs are taken away, with everything that would betray them."""
    taken = set(gone)
    frames: dict[str, set[str]] = {}
    for link in world.links:
        if ordered(link.source, link.target) in taken:
            for end in (link.source, link.target):
                frames.setdefault(end, set()).update(link.via)
    return [
        link
        for link in world.links
        if ordered(link.source, link.target) not in taken
        and link.target not in frames.get(link.source, ())
        and link.source not in frames.get(link.target, ())
    ]


Score = Callable[[str, str], float]


def scores_of(world: World, links: Sequence[KnownLink], rng: random.Random) -> dict[str, Score]:
    """Scores of a pair: ours, three of the structure of the graph, chance."""
    by_end: dict[str, list[KnownLink]] = {}
    graph = nx.Graph()
    graph.add_nodes_from(world.profiles)
    for link in links:
        for end in {link.source, link.target}:
            by_end.setdefault(end, []).append(link)
        if link.stands:
            graph.add_edge(link.source, link.target)
    field = field_of(with_links(one, by_end.get(one.id, ()), world.actors) for one in world.profiles.values())
    asked = question(ON)
    context = Context(field, ON, asked.supplies)

    def ours(a: str, b: str) -> float:
        found = grounds_of(field.profiles[a], field.profiles[b], context)
        return float(total(scored(found, asked.weights)))

    def index(measure: Callable[..., Iterable[tuple[str, str, float]]]) -> Score:
        return lambda a, b: next(iter(measure(graph, [(a, b)])))[2]

    return {
        "ours": ours,
        "common_neighbours": lambda a, b: len(set(graph[a]) & set(graph[b])),
        "adamic_adar": index(nx.adamic_adar_index),
        "resource_allocation": index(nx.resource_allocation_index),
        "random": lambda _a, _b: rng.random(),
    }


def auc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Chance that one of the first is larger than one of the second, ties counting half."""
    ranks = stats.rankdata([*positive, *negative])
    n, m = len(positive), len(negative)
    return float((ranks[:n].sum() - n * (n + 1) / 2) / (n * m))


def trial(world: World, seed: int) -> dict[str, dict[str, float]]:
    """One draw: each score with its measures."""
    rng = random.Random(seed)
    linked = linked_pairs(world)
    gone = sorted(rng.sample(linked, max(1, round(SHARE * len(linked)))))
    links = without(world, gone)
    joined = {ordered(link.source, link.target) for link in world.links}
    ids = sorted(world.profiles)
    never = _never(rng, ids, world.home, joined)
    lost: dict[str, set[str]] = {}
    for a, b in gone:
        for one, other in ((a, b), (b, a)):
            if one in world.home:
                lost.setdefault(one, set()).add(other)
    askers = sorted(lost) if len(lost) <= ASKERS else sorted(rng.sample(sorted(lost), ASKERS))
    kept = joined - set(gone)
    found: dict[str, dict[str, float]] = {}
    for name, score in scores_of(world, links, rng).items():
        measures = {"auc": auc([score(*pair) for pair in gone], [score(*pair) for pair in never])}
        orders = {one: _order(one, ids, kept, score, rng) for one in askers}
        for k in KS:
            hits = [len(set(orders[one][:k]) & lost[one]) / k for one in askers]
            measures[f"precision_at_{k}"] = statistics.fmean(hits)
        found[name] = measures
    best = {f"precision_at_{k}": statistics.fmean(min(k, len(lost[one])) / k for one in askers) for k in KS}
    return found | {"best_possible": {"auc": 1.0} | best}


def _never(rng: random.Random, ids: Sequence[str], home: frozenset[str], joined: set[Pair]) -> list[Pair]:
    if len(ids) ** 2 / 2 <= NEVER * 2:
        pairs = [(a, b) for a in ids for b in ids if a < b]
    else:
        pairs = sorted({ordered(*rng.sample(ids, 2)) for _ in range(NEVER)})
    return [pair for pair in pairs if pair not in joined and set(pair) & home]


def _order(one: str, ids: Sequence[str], kept: set[Pair], score: Score, rng: random.Random) -> list[str]:
    """Candidates of a cluster from the best to the worst; ties in an order drawn at random."""
    others = [other for other in ids if other != one and ordered(one, other) not in kept]
    rng.shuffle(others)
    values = {other: score(one, other) for other in others}
    return sorted(others, key=lambda other: -values[other])


def summary(trials: Sequence[dict[str, dict[str, float]]]) -> dict[str, Any]:
    """Mean of each measure over the trials with its 95 % interval."""
    factor = stats.t.ppf(0.975, len(trials) - 1) / len(trials) ** 0.5
    found: dict[str, Any] = {}
    for name in trials[0]:
        for measure in trials[0][name]:
            values = [one[name][measure] for one in trials]
            mean, half = statistics.fmean(values), factor * statistics.stdev(values)
            row = {"mean": round(mean, 3), "low": round(mean - half, 3), "high": round(mean + half, 3)}
            found.setdefault(name, {})[measure] = row
    return found


def read_census() -> World:
    """The shipped census, loaded into a store of its own and read as the query reads it."""
    import os
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        os.environ["GRAPPE_DATA"] = folder
        from grappe.cli.ready import ready

        ready()
        from grappe.queries.moment import moment
        from grappe.queries.suggestion_profiles import known_profiles

        known = known_profiles(moment())
        links = {link.id: link for one in known.field.profiles.values() for link in one.links}
        # Links between others bind nobody but tell the structure: all of the census are taken.
        census = open_census("maghreb-2019")
        for link in census.links():
            counts = is_cooperation(link.kind, link.status, facilitated=link.facilitated)
            row = KnownLink(link.id, link.source, link.target, link.kind, counts, link.status, link.via)
            links.setdefault(link.id, row)
        types = {
            one: str(s.value) for one in census.facts.entities for s in census.facts.statements(one, "type")
        }
        actors = {
            one: Actor(str(entity.kind), types.get(one)) for one, entity in census.facts.entities.items()
        }
        bare = (replace(one, links=()) for one in known.field.profiles.values())
        return census_world(bare, links.values(), actors)


def figures(seeds: int = SEEDS, few: int = GENERATED_SEEDS, clusters: int = 1000) -> dict[str, Any]:
    """Quality on the census, on its own clusters alone, and on a generated world."""
    found: dict[str, Any] = {}
    census = read_census()
    for name, world, count in (
        ("census", census, seeds),
        ("census_at_home", at_home(census), seeds),
        ("generated", generated(clusters), few),
    ):
        linked = linked_pairs(world)
        found[name] = {
            "clusters": len(world.profiles),
            "linked_pairs": len(linked),
            "taken_away": max(1, round(SHARE * len(linked))),
            "seeds": count,
            "scores": summary([trial(world, seed) for seed in range(count)]),
        }
    return found


if __name__ == "__main__":
    print(json.dumps(figures(), indent=2))
