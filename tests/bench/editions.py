"""Two editions of twenty thousand clusters compared, first and repeated; prints one JSON object.

Run as ``python -m tests.bench.editions``. The census is made up and seeded: that of the other benchmarks,
and for some of its clusters a state, a place and a name of 2014. It is loaded into a folder of its own, or
into that of ``GRAPPE_DATA`` if it holds such a census already.
"""

import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from tests.bench.synthetic import SEED, generate

CLUSTERS, STATEMENTS = 20_000, 600_000
TOLD_BEFORE = 0.3
"""Share of the clusters of which the earlier edition tells."""


def write_earlier_edition(folder: Path, clusters: int, seed: int = SEED) -> int:
    """Add what an edition of 2014 says to the synthetic census; returns the number of statements."""
    rng = random.Random(seed)
    count = 0
    with (folder / "statements.jsonl").open("ab") as out:
        for n in range(clusters):
            if rng.random() > TOLD_BEFORE:
                continue
            told = {
                "state": rng.choice(("constituted", "emerging", "expected")),
                "place": [f"pl-{rng.randrange(max(20, clusters // 20))}"],
                "name": f"Cluster {n} of before",
            }
            for field, value in told.items():
                count += 1
                row = {"entity": f"cl-{n}", "kind": "cluster", "field": field, "value": value}
                row |= {"source": "made-up", "as_of": "2014", "line": 2_000_000 + count, "printed": "then"}
                out.write(orjson.dumps(row) + b"\n")
    return count


def load(clusters: int, statements: int) -> None:
    """Make the census and load it."""
    from grappe.actions.load_dataset import load_dataset
    from grappe.domain.actor import LOADER

    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "synthetic"
        generate(folder, clusters, statements)
        write_earlier_edition(folder, clusters)
        load_dataset(folder, by=LOADER, at=datetime.now(UTC))


def timed(call: Callable[[], Any]) -> tuple[Any, float, float]:
    """What a call answers, its seconds by the clock and by the processor."""
    start, started = time.perf_counter(), time.process_time()
    found = call()
    return found, time.perf_counter() - start, time.process_time() - started


def figures(clusters: int = CLUSTERS, statements: int = STATEMENTS) -> dict[str, Any]:
    """Seconds of the first comparison, and of another and the same one after it."""
    from grappe.cli.ready import set_up

    set_up()
    from grappe.queries.editions import diff
    from grappe.store.models import Dataset, Entity

    if not Dataset.objects.filter(id="synthetic").exists():
        load(clusters, statements)
    answer, first, first_cpu = timed(lambda: diff("2014", "2019"))
    _, other, other_cpu = timed(lambda: diff("2016", "2019"))
    _, again, _ = timed(lambda: diff("2014", "2019"))
    return {
        "clusters": Entity.objects.filter(kind="cluster").count(),
        "changes": sum(len(rows) for rows in answer["changes"].values()),
        "first_s": first,
        "first_cpu_s": first_cpu,
        "another_pair_s": other,
        "another_pair_cpu_s": other_cpu,
        "the_same_again_s": again,
    }


if __name__ == "__main__":
    if len(sys.argv) > 1:
        os.environ["GRAPPE_DATA"] = sys.argv[1]
        print(json.dumps(figures(), indent=2))
    else:
        with tempfile.TemporaryDirectory() as data:
            os.environ["GRAPPE_DATA"] = data
            print(json.dumps(figures(), indent=2))
