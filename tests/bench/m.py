"""``python -m tests.bench.m``: speed of the test of M beside dbmss, and the level it keeps."""

import argparse
import gc
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from grappe.agglomeration.bands import bands
from grappe.agglomeration.m_null import Surroundings, curves_of, simulated, surroundings
from grappe.agglomeration.m_test import m_test
from grappe.agglomeration.made_up_country import made_up_country

RECORDED = {20_000: 576.0, 100_000: 14_200.0}
"""CPU seconds of dbmss 2.11 for M with its band, a tenth of the sites in the industry, 1,000 simulations."""

LEVEL = 0.05
RANGE = 130.0
"""Largest distance of the timings in km: about the median distance between two sites of the country."""


def speed(sites: int, simulations: int = 1000) -> dict[str, Any]:
    """CPU and wall seconds of curve and bands for an industry of a tenth of the sites.

    Fewer simulations than 1,000 are scaled up; the weight around each site, made once, is not.
    """
    _warm()
    x, y, _ = _country(sites)
    size = sites // 10
    distances = RANGE * np.linspace(0, 1, 61) ** 2
    register, once = _timed(partial(surroundings, x, y, None, distances))
    made, each = _timed(partial(_null, register, size, simulations, 0))
    _, band = _timed(partial(bands, made))
    factor = 1000 / simulations
    cpu = once["cpu"] + each["cpu"] * factor + band["cpu"]
    return {
        "sites": sites,
        "establishments": size,
        "simulations_timed": simulations,
        "cpu_s": cpu,
        "wall_s": once["wall"] + each["wall"] * factor + band["wall"],
        "cpu_s_weights_around": once["cpu"],
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "dbmss_cpu_s_recorded": RECORDED.get(sites),
        "times_faster": RECORDED[sites] / cpu if sites in RECORDED else None,
    }


def whole_register(sites: int, industries: int, simulations: int = 1000) -> dict[str, Any]:
    """CPU and wall seconds of `m_test` for every industry of a made-up country, jobs as weights."""
    _warm()
    points = made_up_country(sites, industries, seed=1).points
    test, spent = _timed(partial(m_test, points, weight="jobs", simulations=simulations))
    verdicts = [str(one.verdict) for one in test]
    return {
        "sites": sites,
        "industries": industries,
        "simulations": simulations,
        "cpu_s": spent["cpu"],
        "wall_s": spent["wall"],
        "verdicts": {one: verdicts.count(one) for one in sorted(set(verdicts))},
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def level(
    size: int, *, weighted: bool, sites: int = 20_000, repeats: int = 50, held_out: int = 200, seed: int = 0
) -> dict[str, Any]:
    """Share of neutral industries that each side declares, with a 95 % interval.

    Bands are made `repeats` times from 1,000 curves each, and each time judge `held_out` curves of the
    same null that had no part in them. The interval is that of the mean over repeats, which holds the
    chance of the bands as well as that of the curves.
    """
    x, y, jobs = _country(sites)
    register = surroundings(x, y, jobs if weighted else None, RANGE * np.linspace(0, 1, 61) ** 2)
    above, below = [], []
    for repeat in range(repeats):
        made = _null(register, size, 1000 + held_out, seed + repeat)
        limits = bands(made[:1000], LEVEL)
        with np.errstate(invalid="ignore"):
            above.append(np.mean((made[1000:] > limits.high).any(axis=1)))
            below.append(np.mean((made[1000:] < limits.low).any(axis=1)))
    return {
        "establishments": size,
        "weighted": weighted,
        "sites": sites,
        "replications": repeats * held_out,
        "localised": _interval(above),
        "dispersed": _interval(below),
    }


def _interval(shares: list[Any]) -> dict[str, float]:
    mean, error = float(np.mean(shares)), float(np.std(shares, ddof=1) / np.sqrt(len(shares)))
    return {"share": mean, "low": mean - 1.96 * error, "high": mean + 1.96 * error}


def _null(register: Surroundings, size: int, simulations: int, seed: int) -> Any:
    return simulated(partial(curves_of, register), len(register), size, simulations, seed)


def _country(sites: int) -> tuple[Any, Any, Any]:
    points = made_up_country(sites, 50, seed=1).points
    return tuple(points[name].to_numpy().astype(float) for name in ("x", "y", "jobs"))


def _warm() -> None:
    """Compile, so that no time of it is counted."""
    x, y, _ = _country(200)
    _null(surroundings(x, y, None, np.array([0.0, 1.0])), 10, 20, 0)


def _timed(work: Callable[[], Any]) -> tuple[Any, dict[str, float]]:
    gc.collect()
    wall, cpu = time.perf_counter(), time.process_time()
    done = work()
    return done, {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}


def figures(*, quick: bool = False) -> list[dict[str, Any]]:
    """All figures, each from a process of its own, so that peaks of memory are apart."""
    calls = [
        "speed(20_000, 100)" if quick else "speed(20_000)",
        "speed(100_000, 10)" if quick else "speed(100_000, 100)",
        "whole_register(20_000, 50, 200)" if quick else "whole_register(20_000, 50)",
    ]
    for weighted in (False, True):
        for size in (20, 50, 200):
            repeats = 10 if quick else 50
            calls.append(f"level({size}, weighted={weighted}, repeats={repeats})")
        if not quick:
            calls.append(f"level(3_000, weighted={weighted}, repeats=10, held_out=500)")
    return [_alone(call) for call in calls]


def _alone(call: str) -> dict[str, Any]:
    program = f"import json; from tests.bench.m import *; print(json.dumps({call}))"
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    answer: dict[str, Any] = json.loads(done.stdout)
    return {"figure": call} | answer


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.bench.m")
    parser.add_argument("--quick", action="store_true", help="fewer simulations, about a minute")
    for figure in figures(quick=parser.parse_args().quick):
        print(json.dumps(figure), flush=True)
