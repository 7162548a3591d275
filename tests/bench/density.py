"""``python -m tests.bench.density``: DBSCAN beside scikit-learn, HDBSCAN beside fast_hdbscan."""

import argparse
import gc
import json
import resource
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from typing import Any

import numpy as np

from grappe.agglomeration.made_up_country import made_up_country

SIZES = (125_000, 250_000, 500_000, 1_000_000)
RADIUS, LEAST = 0.2, 10
"""In km, and establishments: addresses that touch, in the densest tenth of the country."""


def ours(points: int, radius: float = RADIUS, least: int = LEAST) -> dict[str, Any]:
    """CPU and wall seconds, and peak memory, of `dbscan`."""
    from grappe.agglomeration.dbscan import dbscan

    x, y = _places(points)
    dbscan(x[:100], y[:100], radius, least)
    labels, spent = _timed(lambda: dbscan(x, y, radius, least)[0])
    return spent | _summary(labels)


def scikit_learn(points: int, radius: float = RADIUS, least: int = LEAST) -> dict[str, Any]:
    """The same of scikit-learn's DBSCAN."""
    from sklearn.cluster import DBSCAN

    places = np.column_stack(_places(points))
    DBSCAN(eps=radius, min_samples=least).fit(places[:100])
    labels, spent = _timed(lambda: DBSCAN(eps=radius, min_samples=least).fit(places).labels_)
    return spent | _summary(labels)


def wrapped_hdbscan(points: int, least: int = 100) -> dict[str, Any]:
    """CPU and wall seconds, and peak memory, of `density_clusters` with HDBSCAN."""
    from grappe.agglomeration.density_clusters import density_clusters

    x, y = _places(points)
    density_clusters({"x": x[:2000], "y": y[:2000]}, method="hdbscan", min_establishments=least)
    labels, spent = _timed(
        lambda: density_clusters({"x": x, "y": y}, method="hdbscan", min_establishments=least).labels
    )
    return spent | _summary(labels)


def plain_hdbscan(points: int, least: int = 100) -> dict[str, Any]:
    """The same of fast_hdbscan itself."""
    from fast_hdbscan import HDBSCAN

    places = np.column_stack(_places(points))
    HDBSCAN(min_cluster_size=least, min_samples=least).fit(places[:2000])
    labels, spent = _timed(lambda: HDBSCAN(min_cluster_size=least, min_samples=least).fit(places).labels_)
    return spent | _summary(labels)


def comparison(points: int, *, radius: float = RADIUS, least: int = LEAST) -> dict[str, Any]:
    """DBSCAN of both, each in a process of its own: seconds, memory, ratios, whether labels are the same."""
    arguments = f"{points}, {radius}, {least}"
    mine, theirs = _alone(f"ours({arguments})"), _alone(f"scikit_learn({arguments})")
    return {
        "points": points,
        "radius_km": radius,
        "min_establishments": least,
        "ours": mine,
        "scikit_learn": theirs,
        "times_faster_cpu": theirs["cpu_s"] / mine["cpu_s"],
        "same_labels": mine["fingerprint"] == theirs["fingerprint"],
    }


def hdbscan_comparison(points: int) -> dict[str, Any]:
    """HDBSCAN, wrapped and plain, each in a process of its own."""
    mine, theirs = _alone(f"wrapped_hdbscan({points})"), _alone(f"plain_hdbscan({points})")
    return {
        "points": points,
        "wrapped": mine,
        "fast_hdbscan": theirs,
        "ratio_cpu": mine["cpu_s"] / theirs["cpu_s"],
    }


def growth(sizes: tuple[int, ...] = SIZES) -> dict[str, Any]:
    """CPU seconds of ours at several sizes, and the power of the size they grow with."""
    seconds = [_alone(f"ours({size})")["cpu_s"] for size in sizes]
    power = float(np.polyfit(np.log(sizes), np.log(seconds), 1)[0])
    return {"points": list(sizes), "cpu_s": seconds, "power": power}


def _places(points: int) -> tuple[Any, Any]:
    table = made_up_country(points, 50, seed=1).points
    return table["x"].to_numpy(), table["y"].to_numpy()


def _summary(labels: Any) -> dict[str, Any]:
    return {
        "clusters": int(labels.max()) + 1,
        "noise_share": float(np.mean(labels == -1)),
        "fingerprint": zlib.crc32(np.ascontiguousarray(labels, np.int64).tobytes()),
    }


def _timed(work: Callable[[], Any]) -> tuple[Any, dict[str, float]]:
    gc.collect()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    wall, cpu = time.perf_counter(), time.process_time()
    done = work()
    spent = {"wall_s": time.perf_counter() - wall, "cpu_s": time.process_time() - cpu}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return done, spent | {"peak_mb": peak / 1024, "peak_before_mb": before / 1024}


def _alone(call: str) -> dict[str, Any]:
    program = f"import json; from tests.bench.density import *; print(json.dumps({call}))"
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def figures(*, quick: bool = False) -> list[dict[str, Any]]:
    """All figures."""
    size = 100_000 if quick else 1_000_000
    settings = ((RADIUS, LEAST), (0.5, 50)) if not quick else ((RADIUS, LEAST),)
    found = [comparison(size, radius=radius, least=least) for radius, least in settings]
    return [*found, growth((25_000, 50_000, 100_000) if quick else SIZES), hdbscan_comparison(size)]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.bench.density")
    parser.add_argument("--quick", action="store_true", help="a tenth of the points")
    for figure in figures(quick=parser.parse_args().quick):
        print(json.dumps(figure), flush=True)
