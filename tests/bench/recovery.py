"""``python -m tests.bench.recovery``: planted concentrations found by `spot`, DBSCAN and HDBSCAN.

A found group matches a planted concentration when their establishments have a Jaccard similarity of at
least one half. Precision is the share of found groups that match one, recall the share of planted
ones that are matched; establishments are also compared one by one, all industries together. Groups of
fewer than ten establishments count for no method. The density methods run on each industry alone, with
the parameters of their grid that have the best F1 on training countries of the same kind; `spot` runs
with its defaults.
"""

import argparse
import itertools
import json
import time
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from fast_hdbscan import HDBSCAN
from numpy.typing import NDArray
from sklearn.cluster import DBSCAN

from grappe.agglomeration.made_up_country import MadeUpCountry, made_up_country
from grappe.agglomeration.spot import spot

Groups = dict[str, list[NDArray[np.int64]]]
Finder = Callable[[NDArray[np.float64]], NDArray[np.int64]]

LEAST = 10
MATCH = 0.5
WORLDS: dict[str, dict[str, Any]] = {
    "compact": {},
    "wide": {"radius": (6.0, 20.0)},
    "faint": {"planted_share": (0.02, 0.06)},
    "no concentration": {"localised": 0.0, "dispersed": 0.0},
}
TRAINING, TESTING = (101, 102), (1, 2, 3)
SHARES = (0.0, 0.02, 0.05, 0.1, 0.15)
"""Smallest group as a share of its industry: fixed numbers alone would suit one size of industry."""


def recovery(establishments: int = 30_000, industries: int = 60) -> list[dict[str, Any]]:
    """A row of figures per kind of country and method, summed over the test countries."""
    rows = []
    for world, settings in WORLDS.items():

        def country(seed: int, settings: dict[str, Any] = settings) -> MadeUpCountry:
            return made_up_country(establishments, industries, seed=seed, **settings)

        training = [country(seed) for seed in TRAINING]
        testing = [country(seed) for seed in TESTING]
        for method, grid in (("DBSCAN", _dbscan_grid()), ("HDBSCAN", _hdbscan_grid())):
            # Where nothing is planted no parameter is better: those of the compact world are kept.
            chosen = _best(grid, training) if world != "no concentration" else _chosen(rows, method)
            rows.append(_scored(world, method, chosen, testing, grid[chosen]))
        rows.append(_scored(world, "spot", "defaults", testing, None))
    return rows


def _scored(
    world: str,
    method: str,
    chosen: str,
    countries: list[MadeUpCountry],
    finder: Callable[[int], Finder] | None,
) -> dict[str, Any]:
    started = time.process_time()
    groups = [_spotted(one) if finder is None else _clustered(one, finder) for one in countries]
    spent = time.process_time() - started
    figures = score(zip(countries, groups, strict=True))
    return {"world": world, "method": method, "parameters": chosen} | figures | {"cpu": spent}


def score(answers: Iterable[tuple[MadeUpCountry, Groups]]) -> dict[str, Any]:
    """Counts, precision and recall of groups, and of establishments, over several countries."""
    planted = found = matched = recovered = 0
    both = flagged = true = neutral = alarmed = 0
    for country, groups in answers:
        inside = np.zeros(country.points.num_rows, bool)
        names = country.planted["industry"].to_pylist()
        truth: Groups = {}
        for row, name in enumerate(names):
            truth.setdefault(name, []).append(np.flatnonzero(country.member_of == row))
        for name in set(truth) | set(groups):
            own, others = truth.get(name, []), groups.get(name, [])
            alike = np.array([[_jaccard(a, b) >= MATCH for b in others] for a in own], bool)
            alike = alike.reshape(len(own), len(others))
            recovered += int(alike.any(axis=1).sum())
            matched += int(alike.any(axis=0).sum())
            planted, found = planted + len(own), found + len(others)
            for group in others:
                inside[group] = True
        member = country.member_of >= 0
        both += int((inside & member).sum())
        flagged, true = flagged + int(inside.sum()), true + int(member.sum())
        for row in country.industries.to_pylist():
            if row["kind"] == "neutral" and row["establishments"] >= LEAST:
                neutral += 1
                alarmed += bool(groups.get(row["industry"]))
    return {
        "planted": planted,
        "found": found,
        "precision": matched / found if found else None,
        "recall": recovered / planted if planted else None,
        "establishment_precision": both / flagged if flagged else None,
        "establishment_recall": both / true if true else None,
        "false_alarms": alarmed / neutral,
        "neutral": neutral,
    }


def _best(grid: dict[str, Callable[[int], Finder]], countries: list[MadeUpCountry]) -> str:
    """The parameters with the best F1 of groups."""

    def quality(name: str) -> float:
        figures = score((one, _clustered(one, grid[name])) for one in countries)
        precision, recall = figures["precision"] or 0.0, figures["recall"] or 0.0
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    return max(grid, key=quality)


def _chosen(rows: list[dict[str, Any]], method: str) -> str:
    return str(next(row["parameters"] for row in rows if row["method"] == method))


def _dbscan_grid() -> dict[str, Callable[[int], Finder]]:
    def maker(radius: float, share: float) -> Callable[[int], Finder]:
        return lambda size: (
            lambda places: DBSCAN(eps=radius, min_samples=max(LEAST, round(share * size))).fit(places).labels_
        )

    return {
        f"radius {radius} km, neighbours {LEAST} or {share:.0%}": maker(radius, share)
        for radius, share in itertools.product((0.5, 1.0, 2.0, 3.0, 5.0, 8.0, 12.0, 16.0), SHARES)
    }


def _hdbscan_grid() -> dict[str, Callable[[int], Finder]]:
    def maker(share: float, method: str, neighbours: int) -> Callable[[int], Finder]:
        return lambda size: (
            lambda places: (
                HDBSCAN(
                    min_cluster_size=max(LEAST, round(share * size)),
                    min_samples=neighbours,
                    cluster_selection_method=method,
                )
                .fit(places)
                .labels_
            )
        )

    return {
        f"smallest {LEAST} or {share:.0%}, {method}, neighbours {neighbours}": maker(
            share, method, neighbours
        )
        for share, method, neighbours in itertools.product(SHARES, ("eom", "leaf"), (5, 10))
    }


def _clustered(country: MadeUpCountry, finder: Callable[[int], Finder]) -> Groups:
    places = np.column_stack([country.points["x"].to_numpy(), country.points["y"].to_numpy()])
    industry = np.asarray(country.points["industry"].to_pylist())
    groups: Groups = {}
    for name in np.unique(industry).tolist():
        own = np.flatnonzero(industry == name)
        if len(own) < 2 * LEAST:
            continue
        labels = finder(len(own))(places[own])
        members = [own[labels == label] for label in range(int(labels.max()) + 1)]
        groups[name] = [one for one in members if len(one) >= LEAST]
    return groups


def _spotted(country: MadeUpCountry) -> Groups:
    groups: Groups = {}
    for one in spot(country.points, resamples=0):
        groups.setdefault(one.industry, []).append(one.members)
    return groups


def _jaccard(one: NDArray[np.int64], other: NDArray[np.int64]) -> float:
    both = len(np.intersect1d(one, other, assume_unique=True))
    return both / (len(one) + len(other) - both)


def main() -> None:
    """Print a row of JSON per kind of country and method."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.recovery")
    parser.add_argument("--establishments", type=int, default=30_000)
    parser.add_argument("--industries", type=int, default=60)
    chosen = parser.parse_args()
    for row in recovery(chosen.establishments, chosen.industries):
        print(json.dumps(row), flush=True)


if __name__ == "__main__":
    main()
