"""``python -m tests.bench.false_positives``: how often the test of Kd rejects neutral industries.

Bands are made many times, each from draws of its own, and each time judge curves of the same null that had
no part in them. With weights, each time brings its own plants, their sizes lognormal.
"""

import argparse
import json
from typing import Any

import numpy as np
from scipy.stats import binomtest

from grappe.agglomeration.bands import bands
from grappe.agglomeration.distance_range import default_distances
from grappe.agglomeration.made_up_country import made_up_country
from grappe.agglomeration.null_draws import key_of
from grappe.agglomeration.null_expansion import expanded_curves
from grappe.agglomeration.ring_profiles import ring_profiles
from grappe.agglomeration.simulated_null import Simulation, simulated_curves

LEVEL = 0.05
SIMULATIONS = 1000
SPREAD_OF_SIZES = 1.2
"""Standard deviation of the logarithm of the weights of plants."""


def false_positives(
    size: int, *, weighted: bool, method: str = "simulated", sites: int = 20_000, repeats: int = 50,
    held_out: int = 200, seed: int = 0,
) -> dict[str, Any]:  # fmt: skip
    """Share of neutral industries of one size that each side declares, with Wilson's 95 % interval.

    `error` is the standard error over repeats, which holds the chance of the bands as well.
    """
    points = made_up_country(sites, 50, seed=1).points
    at = np.array([points[name].to_numpy() for name in ("x", "y")])
    distances = default_distances(*at)[0]
    profiles = ring_profiles(at[0], at[1], distances, seed) if method == "closed form" else None
    rng = np.random.default_rng(seed)
    above, below = [], []
    for repeat in range(repeats):
        weights = rng.lognormal(0, SPREAD_OF_SIZES, size) if weighted else np.ones(size)
        what = Simulation(at, weights, distances, 0.0, key_of(seed + repeat, "neutral"))
        if profiles is None:
            made = simulated_curves(what, 0, SIMULATIONS)
        else:
            made = expanded_curves(profiles, weights, distances, None, what.key, SIMULATIONS)
        limits, fresh = bands(made, LEVEL), simulated_curves(what, SIMULATIONS, held_out)
        above.append((fresh > limits.high).any(axis=1))
        below.append((fresh < limits.low).any(axis=1))
    return {
        "establishments": size, "weighted": weighted, "method": method, "sites": sites,
        "replications": repeats * held_out, "localised": _level(above), "dispersed": _level(below),
    }  # fmt: skip


def _level(rejected: list[Any]) -> dict[str, float]:
    times, trials = int(np.sum(rejected)), int(np.size(rejected))
    interval = binomtest(times, trials).proportion_ci(0.95, "wilson")
    shares = np.mean(rejected, axis=1)
    return {
        "share": times / trials, "low": interval.low, "high": interval.high,
        "error": float(np.std(shares, ddof=1) / np.sqrt(len(shares))),
    }  # fmt: skip


def table(repeats: int = 50) -> list[dict[str, Any]]:
    """A row per size, weights and method."""
    rows = [(size, "simulated") for size in (20, 50, 200)] + [(3000, "simulated"), (3000, "closed form")]
    return [
        false_positives(size, weighted=weighted, method=method, repeats=repeats)
        for size, method in rows
        for weighted in (False, True)
    ]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.bench.false_positives")
    parser.add_argument("--repeats", type=int, default=50, help="bands made; each judges 200 curves")
    for row in table(parser.parse_args().repeats):
        print(json.dumps(row), flush=True)
