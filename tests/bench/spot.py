"""``python -m tests.bench.spot``: how the cost of `spot` grows, and how often it errs where nothing is.

Each size runs in a process of its own, compiled and warm; import and compilation are told apart.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from math import sqrt
from typing import Any

import numpy as np

from grappe.agglomeration.lattice import build_lattice
from grappe.agglomeration.made_up_country import made_up_country
from grappe.agglomeration.points import read_points
from grappe.agglomeration.scan import Floors, build_frame
from grappe.agglomeration.scan_null import draw_null
from grappe.agglomeration.spot import LOWEST_QUOTIENT, RADII, spot

SIZES = ((125_000, 500), (250_000, 500), (500_000, 500), (1_000_000, 500))


def once(establishments: int, industries: int, **settings: Any) -> dict[str, Any]:
    """CPU and wall seconds, and peak memory of the process, of one search with all defaults."""
    country = made_up_country(establishments, industries, seed=1)
    started = time.process_time()
    spot(made_up_country(2_000, 10).points, simulations=19)
    compiled = time.process_time() - started
    cpu, wall = time.process_time(), time.perf_counter()
    found = spot(country.points, weight="jobs", **settings)
    return {
        "establishments": establishments,
        "industries": industries,
        "found": len(found),
        "cpu": time.process_time() - cpu,
        "wall": time.perf_counter() - wall,
        "compilation_cpu": compiled,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def false_positives(
    sizes: tuple[int, ...] = (20, 50, 200, 3_000), bands: int = 20, fresh: int = 250
) -> list[dict[str, Any]]:
    """Share of industries without concentration in which one is found at 5 %, with a 95 % interval.

    Each of `bands` nulls is drawn anew and judges `fresh` draws of its own: 5,000 a size.
    """
    points, _ = read_points(made_up_country(30_000, 60, seed=1).points)
    lattice = build_lattice(points.x, points.y, np.asarray(RADII))
    frame = build_frame(lattice, Floors(5, LOWEST_QUOTIENT))
    rows = []
    for size in sizes:
        wrong = 0
        for band in range(bands):
            null = draw_null(frame, [size], draws=499, seed=band)
            held_out = draw_null(frame, [size], draws=fresh, seed=1_000 + band).maxima[0]
            wrong += sum(null.p_value(float(ratio), size) <= 0.05 for ratio in held_out)
        low, high = wilson(wrong, bands * fresh)
        rows.append({"establishments": size, "rate": wrong / (bands * fresh), "low": low, "high": high})
    return rows


def wilson(successes: int, trials: int, z: float = 1.96) -> tuple[float, float]:
    """Wilson's interval of a share."""
    share = successes / trials
    middle = share + z * z / (2 * trials)
    half = z * sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials))
    return (middle - half) / (1 + z * z / trials), (middle + half) / (1 + z * z / trials)


def main() -> None:
    """Print a row of JSON per size, and per size of industry."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.spot")
    parser.add_argument("--one", type=int, nargs=2, metavar=("ESTABLISHMENTS", "INDUSTRIES"))
    parser.add_argument("--levels", action="store_true")
    chosen = parser.parse_args()
    if chosen.one:
        print(json.dumps(once(*chosen.one)))
        return
    if not chosen.levels:
        for size in SIZES:
            command = [sys.executable, "-m", "tests.bench.spot", "--one", *map(str, size)]
            print(
                subprocess.run(command, check=True, capture_output=True, text=True).stdout, end="", flush=True
            )
    for row in false_positives():
        print(json.dumps(row), flush=True)


if __name__ == "__main__":
    main()
