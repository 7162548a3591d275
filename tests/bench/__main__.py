"""``make bench``: load rate, memory, server times and script sizes, for the census and a large one."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from grappe.census.census import find_dataset
from tests.bench.sizes import script_sizes
from tests.bench.synthetic import generate


def main() -> None:
    """Print every figure; everything is made in a temporary folder."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--clusters", type=int, default=20_000)
    parser.add_argument("--statements", type=int, default=1_000_000)
    chosen = parser.parse_args()
    for name, size in script_sizes().items():
        print(f"script, {name}: {size / 1024:.1f} KB brotli")
    with tempfile.TemporaryDirectory() as scratch:
        large = Path(scratch) / "synthetic"
        count = generate(large, chosen.clusters, chosen.statements)
        print(f"synthetic census: {chosen.clusters:,} clusters, {count:,} statements")
        for label, folder in (("census", find_dataset("maghreb-2019")), ("synthetic", large)):
            data = Path(scratch) / f"data-{label}"
            environment = os.environ | {"GRAPPE_DATA": str(data)}
            result = _run(["tests.bench.load", str(folder)], environment)
            print(f"{label:>10}  load {json.loads(result)}", flush=True)
            subprocess.run([sys.executable, "-m", "tests.bench.requests", label], env=environment, check=True)


def _run(arguments: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "-m", *arguments], env=environment, check=True, capture_output=True, text=True
    )
    return done.stdout.splitlines()[-1]


if __name__ == "__main__":
    main()
