"""``python -m tests.bench.kd``: speed of Kd and of its test beside dbmss, and how the cost grows."""

import argparse
import gc
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from grappe.agglomeration.kd_curve import kd_curve
from grappe.agglomeration.localise import localise
from grappe.agglomeration.made_up_country import made_up_country
from grappe.agglomeration.points import Points

RECORDED = {2_000: (None, 5.1), 20_000: (272.0, 745.0), 100_000: (8_500.0, 16_800.0)}
"""CPU seconds of dbmss, exact and as it comes, for an industry of a tenth of the sites, 1,000 simulations."""

ROWS = 500_000
"""Establishments written at a time."""


def speed(sites: int, method: str = "auto") -> dict[str, Any]:
    """CPU and wall seconds of curve and bands, 1,000 simulations, of an industry of a tenth of the sites."""
    _warm()
    country = _register(sites, 2, shares=[0.9, 0.1])
    only = Points(country.x, country.y, country.industry, country.industries, None, country.row)
    _, spent = _timed(partial(_one_industry, only, method))
    exact, default = RECORDED.get(sites, (None, None))
    return {
        "sites": sites, "establishments": sites // 10, "method": method, **spent, "peak_mb": _peak(),
        "dbmss_exact_cpu_s_recorded": exact, "times_faster_than_exact": exact and exact / spent["cpu_s"],
        "dbmss_default_cpu_s_recorded": default, "times_faster": default and default / spent["cpu_s"],
    }  # fmt: skip


def _one_industry(points: Points, method: str) -> Any:
    """The larger industry has too few sites left to be compared; only the smaller one is tested."""
    from grappe.agglomeration.distance_range import default_distances
    from grappe.agglomeration.industry_null import Null, NullSettings

    own = points.of("2")
    distances, _ = default_distances(points.x, points.y)
    alone = Points(
        points.x, points.y, (points.industry == 1).astype(np.int32), points.industries, None, points.row
    )
    null = Null(alone, distances, NullSettings(1000, 0.05, 0, None, method))
    return null.test("2", own, np.ones(len(own)))


def curve(establishments: int) -> dict[str, Any]:
    """CPU and wall seconds of `kd_curve`, its bandwidth chosen, at 101 distances."""
    _warm()
    country = _register(establishments, 1)
    _, spent = _timed(partial(kd_curve, country.x, country.y, np.linspace(0, 130, 101)))
    return {"establishments": establishments, **spent, "peak_mb": _peak()}


def whole_register(
    sites: int, industries: int, *, weighted: bool = False, width: float = 400.0
) -> dict[str, Any]:
    """CPU and wall seconds of `localise` for every industry of a made-up country, sizes heavy-tailed."""
    _warm()
    country = made_up_country(sites, industries, seed=1, width=width).points
    test, spent = _timed(partial(localise, country, weight="jobs" if weighted else None))
    return {"width_km": width, "weighted": weighted, **_told(test, sites, industries, spent)}


def counted(sites: int, industries: int, cell: float) -> dict[str, Any]:
    """The same from a partitioned Parquet, counted per cell by DuckDB first."""
    _warm()
    with tempfile.TemporaryDirectory() as folder:
        _write(Path(folder), sites, industries)
        table = ibis.duckdb.connect().read_parquet(f"{folder}/*.parquet")
        test, spent = _timed(partial(localise, table, cell=cell))
    return {"cell_km": cell, **_told(test, sites, industries, spent)}


def _told(test: Any, sites: int, industries: int, spent: dict[str, float]) -> dict[str, Any]:
    verdicts = [str(one.verdict) for one in test]
    return {
        "sites": sites, "industries": industries, **spent, "peak_mb": _peak(),
        "verdicts": {one: verdicts.count(one) for one in sorted(set(verdicts))},
        "decided": test.settings["decided"],
    }  # fmt: skip


def _register(sites: int, industries: int, shares: list[float] | None = None) -> Points:
    """Towns of Zipf sizes and farms between them, industries drawn from all sites."""
    rng = np.random.default_rng(1)
    rank = np.arange(1, 61)
    centre, town = rng.uniform(0, 400, (2, 60)), rng.choice(60, sites, p=1 / rank / (1 / rank).sum())
    inside = centre[:, town] + rng.normal(size=(2, sites)) * 30 / np.sqrt(rank[town])
    x, y = np.where(rng.random(sites) < 0.7, inside, rng.uniform(0, 400, (2, sites)))
    sizes = rng.lognormal(0, 1.3, industries) if shares is None else np.array(shares)
    whole = np.diff(np.r_[0, np.round(np.cumsum(sizes / sizes.sum()) * sites)]).astype(int)
    labels = rng.permutation(np.repeat(np.arange(industries), whole)).astype(np.int32)
    names = tuple(str(one + 1) for one in range(industries))
    return Points(x, y, labels, names, None, np.arange(1, sites + 1))


def _write(folder: Path, sites: int, industries: int) -> None:
    country = _register(sites, industries)
    for start in range(0, sites, ROWS):
        part = slice(start, start + ROWS)
        columns = {
            "x": country.x[part], "y": country.y[part],
            "industry": pa.array(country.industry[part]).cast(pa.string()),
        }  # fmt: skip
        pq.write_table(pa.table(columns), folder / f"{start}.parquet")


def _warm() -> None:
    """Compile, so that no time of it is counted."""
    country = _register(1500, 2, [0.4, 0.6])
    kd_curve(country.x, country.y, [0.0, 50.0], weights=np.arange(1500.0))
    localise(country, simulations=20)
    localise(country, simulations=20, method="closed form")
    weighted = Points(country.x, country.y, country.industry, country.industries, country.x, country.row)
    localise(weighted, simulations=20)
    localise(weighted, simulations=20, method="closed form")


def _timed(work: Callable[[], Any]) -> tuple[Any, dict[str, float]]:
    gc.collect()
    wall, cpu = time.perf_counter(), time.process_time()
    done = work()
    return done, {"wall_s": time.perf_counter() - wall, "cpu_s": time.process_time() - cpu}


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def figures(*, quick: bool = False) -> list[str]:
    """The figures to make, as calls."""
    calls = ["speed(2_000)", "speed(20_000)", "curve(10_000)"]
    if quick:
        return [*calls, "whole_register(50_000, 50)"]
    calls += ["speed(100_000)", "speed(100_000, 'simulated')", "whole_register(1_000_000, 500)"]
    calls += ["whole_register(1_000_000, 500, weighted=True)", "counted(10_000_000, 500, 1.0)"]
    calls += [f"whole_register({sites}, 200)" for sites in (50_000, 100_000, 200_000, 400_000)]
    calls += [f"whole_register(200_000, {industries})" for industries in (50, 100, 200, 400)]
    calls += [f"whole_register(200_000, 200, width={width})" for width in (200.0, 400.0, 800.0, 1600.0)]
    calls += [f"counted(1_000_000, 200, {cell})" for cell in (0.5, 1.0, 2.0, 4.0)]
    return calls


def alone(call: str) -> dict[str, Any]:
    """A figure from a process of its own, so that peaks of memory are apart."""
    program = f"import json; from tests.bench.kd import *; print(json.dumps({call}))"
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    answer: dict[str, Any] = json.loads(done.stdout)
    return {"figure": call} | answer


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.bench.kd")
    parser.add_argument("--quick", action="store_true", help="small sizes, about a minute")
    for one in figures(quick=parser.parse_args().quick):
        print(json.dumps(alone(one)), flush=True)
