"""Time of one load in a process of its own: ``python -m tests.bench.load FOLDER``; prints JSON."""

import json
import resource
import sys
import time
from datetime import UTC, datetime
from pathlib import Path


def main(folder: Path) -> None:
    """Load a data set into the folder of `GRAPPE_DATA` and print seconds, rate and peak memory."""
    from grappe.cli.ready import set_up

    set_up()
    from grappe.actions.load_dataset import load_dataset
    from grappe.domain.actor import LOADER

    steps: list[tuple[str, float]] = []
    start = time.perf_counter()
    done = load_dataset(
        folder,
        by=LOADER,
        at=datetime.now(UTC),
        progress=lambda step: steps.append((step, time.perf_counter() - start)),
    )
    seconds = time.perf_counter() - start
    print(
        json.dumps(
            {
                "entities": done.entities,
                "statements": done.statements,
                "seconds": round(seconds, 2),
                "rate": round(done.statements / seconds),
                "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
                "steps": {name: round(at, 1) for name, at in steps},
            }
        )
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
