"""Local Moran's I and G* of 100,000 cells with 999 permutations, beside esda.

``python -m tests.bench.local_statistics`` runs each package in a process of its own on the same grid and
prints seconds, memory and the largest difference between their answers.
"""

import json
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path
from typing import Any

import numpy as np

SIDE = (250, 400)
PERMUTATIONS, SEED = 999, 20190301
MEASURES = ("moran", "getis")
PACKAGES = ("grappe", "esda", "esda_lean")
"""Ours, esda as it comes (all simulations kept), and esda told not to keep them."""


def values(rows: int, columns: int) -> np.ndarray:
    """Made-up jobs per cell: gradients, a few centres, noise; whole numbers, with ties and zeros."""
    rng = np.random.default_rng(SEED)
    y, x = np.mgrid[:rows, :columns]
    centres = rng.uniform(size=(12, 2)) * (rows, columns)
    near = sum(np.exp(-((y - a) ** 2 + (x - b) ** 2) / 200) for a, b in centres)
    return rng.poisson(1 + 8 * near).astype(np.float64).ravel()


def run_grappe(measure: str, jobs: np.ndarray, side: tuple[int, int]) -> Any:
    """Statistic, pseudo p-values and false-discovery control, neighbours included."""
    from grappe.agglomeration.getis_ord import getis_ord
    from grappe.agglomeration.local_moran import local_moran
    from grappe.agglomeration.neighbours import contiguity_grid

    run = local_moran if measure == "moran" else getis_ord
    return run(jobs, contiguity_grid(*side), permutations=PERMUTATIONS, seed=SEED).to_pyarrow()


def run_esda(measure: str, jobs: np.ndarray, weights: Any, *, keep: bool) -> Any:
    """The same with the package; weights made beforehand, in its favour."""
    from esda import G_Local, Moran_Local

    options = {"permutations": PERMUTATIONS, "keep_simulations": keep, "n_jobs": 1, "seed": SEED}
    if measure == "moran":
        return Moran_Local(jobs, weights, **options)
    return G_Local(jobs, weights, transform="B", star=True, **options)


def measure(package: str, measured: str, answers: Path) -> dict[str, float]:
    """One package and measure, warm, in this process; its answers go to a file."""
    seconds: dict[str, float] = {}
    for side in ((12, 12), SIDE):
        jobs, weights = values(*side), _weights(package, side)
        start, started = time.perf_counter(), time.process_time()
        if package == "grappe":
            found = run_grappe(measured, jobs, side)
        else:
            found = run_esda(measured, jobs, weights, keep=package == "esda")
        seconds = {"cpu_s": time.process_time() - started, "wall_s": time.perf_counter() - start}
    np.savez(answers, **_answers(package, measured, found))
    return seconds | {"peak_mb": _peak_mb()}


def figures() -> dict[str, Any]:
    """Both packages on both measures, their ratios and the largest difference between their answers."""
    found: dict[str, Any] = {}
    for measured in MEASURES:
        with tempfile.TemporaryDirectory() as scratch:
            files = {name: Path(scratch) / f"{name}.npz" for name in PACKAGES}
            by: dict[str, Any] = {name: _child(name, measured, file) for name, file in files.items()}
            ours, theirs = (dict(np.load(files[name])) for name in ("grappe", "esda"))
        for name in PACKAGES[1:]:
            by[name]["cpu_ratio"] = by[name]["cpu_s"] / by["grappe"]["cpu_s"]
            by[name]["memory_ratio"] = by[name]["peak_mb"] / by["grappe"]["peak_mb"]
        by["largest_difference"] = float(np.max(np.abs(ours["statistic"] - theirs["statistic"])))
        by["mean_difference_of_p"] = float(np.mean(ours["p"] - theirs["p"]))
        found[measured] = by
    return found


def _weights(package: str, side: tuple[int, int]) -> Any:
    if package == "grappe":
        return None
    from libpysal.weights import lat2W

    return lat2W(*side, rook=False, silence_warnings=True)


def _answers(package: str, measured: str, found: Any) -> dict[str, np.ndarray]:
    if package == "grappe":
        name = "moran" if measured == "moran" else "z"
        return {"statistic": found[name].to_numpy(), "p": found["p"].to_numpy()}
    return {"statistic": found.Is if measured == "moran" else found.Zs, "p": found.p_sim}


def _peak_mb() -> float:
    """Highest resident memory of this process, from Linux; `getrusage` would count its parent's before."""
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1024


def _child(package: str, measured: str, answers: Path) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.local_statistics", package, measured, str(answers)],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    read: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return read


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    if len(sys.argv) > 1:
        print(json.dumps(measure(sys.argv[1], sys.argv[2], Path(sys.argv[3]))))
    else:
        print(json.dumps(figures(), indent=2))
