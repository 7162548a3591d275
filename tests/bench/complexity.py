"""Complexity of a panel of 3,000 regions and 1,000 industries, beside ecomplexity.

``python -m tests.bench.complexity`` runs each package in a process of its own on the same made-up panel
and prints seconds, memory and the largest difference between their answers.
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
import pandas as pd

REGIONS, INDUSTRIES, SEED = 3000, 1000, 20190301
WARM_UP = 40
"""Regions and industries of the small panel that each package sees first, so that imports do not count."""


def panel(regions: int, industries: int) -> pd.DataFrame:
    """Jobs per region and industry; capable regions hold demanding industries, half the pairs are empty."""
    rng = np.random.default_rng(SEED)
    capable, demanding = rng.normal(size=(regions, 1)), rng.normal(size=industries)
    size = np.exp(capable + rng.normal(size=industries) + rng.normal(size=(regions, industries)))
    jobs = np.round(20 * size * (capable - demanding + rng.normal(size=(regions, industries)) > 0))
    region, industry = np.nonzero(jobs)
    return pd.DataFrame(
        {
            "region": np.array([f"r{n:04d}" for n in range(regions)])[region],
            "industry": np.array([f"i{n:04d}" for n in range(industries)])[industry],
            "value": jobs[region, industry],
        }
    )


def run_grappe(table: pd.DataFrame) -> Any:
    """Everything that the object can give, computed: indices, and the table of cells."""
    from grappe.agglomeration.complexity import complexity

    found = complexity(table)
    return found, found.regions, found.industries, found.cells


def run_ecomplexity(table: pd.DataFrame) -> Any:
    """The same with the package; its check of log-supermodularity is switched off."""
    from ecomplexity import ecomplexity

    names = {"time": "year", "loc": "region", "prod": "industry", "val": "value"}
    return ecomplexity(table.assign(year=2000), names, check_logsupermodularity=False, verbose=False)


def measure(package: str, made: Path, answers: Path) -> dict[str, float]:
    """One package, warm, in this process, on a panel made by another; its answers go to a file."""
    run = {"grappe": run_grappe, "ecomplexity": run_ecomplexity}[package]
    run(panel(WARM_UP, WARM_UP))
    table = pd.read_feather(made)
    before = _peak_mb()
    start, started = time.perf_counter(), time.process_time()
    found = run(table)
    seconds = {"cpu_s": time.process_time() - started, "wall_s": time.perf_counter() - start}
    figures = seconds | {"peak_mb": _peak_mb(), "before_mb": before, "rows": len(table)}
    np.savez(answers, **_answers(package, found))
    return figures


def figures() -> dict[str, Any]:
    """Both packages, their ratios and the largest difference between their answers."""
    with tempfile.TemporaryDirectory() as scratch:
        made = Path(scratch) / "panel.feather"
        panel(REGIONS, INDUSTRIES).to_feather(made, compression="uncompressed")
        files = {name: Path(scratch) / f"{name}.npz" for name in ("grappe", "ecomplexity")}
        by = {name: _child(name, made, file) for name, file in files.items()}
        ours, theirs = (dict(np.load(file)) for file in files.values())
    return by | {
        "cpu_ratio": by["ecomplexity"]["cpu_s"] / by["grappe"]["cpu_s"],
        "memory_ratio": by["ecomplexity"]["peak_mb"] / by["grappe"]["peak_mb"],
        "largest_difference": {
            name: float(np.nanmax(np.abs(ours[name] - theirs[name]))) for name in ("eci", "pci", "density")
        },
    }


def _answers(package: str, found: Any) -> dict[str, np.ndarray]:
    """ECI and PCI in the order of labels, density as a matrix."""
    if package == "grappe":
        return {"eci": found[0].eci, "pci": found[0].pci, "density": found[0].density}
    ordered = found.dropna(subset=["density"]).sort_values(["region", "industry"])
    return {
        "eci": ordered.groupby("region")["eci"].first().to_numpy(),
        "pci": ordered.groupby("industry")["pci"].first().to_numpy(),
        "density": ordered["density"].to_numpy().reshape(ordered["region"].nunique(), -1),
    }


def _peak_mb() -> float:
    """Highest resident memory of this process, from Linux; `getrusage` would count its parent's before."""
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1024


def _child(package: str, made: Path, answers: Path) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.complexity", package, str(made), str(answers)],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    read: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return read


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    if len(sys.argv) > 1:
        print(json.dumps(measure(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))))
    else:
        print(json.dumps(figures(), indent=2))
