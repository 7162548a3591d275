"""Shares of one loop given to threads; what each returns is added in a fixed order."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")
S = TypeVar("S")

SHARES = 16
"""Parts a loop over pairs is cut into: a constant, so that sums do not depend on the machine."""


def processors() -> int:
    """Processors this process may use; ``NUMBA_NUM_THREADS`` sets fewer."""
    free = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    given = os.environ.get("NUMBA_NUM_THREADS", "")
    return max(1, min(free, int(given))) if given.isdigit() else free


def in_threads(work: Callable[[S], T], parts: Sequence[S]) -> list[T]:
    """Results of `work` on each part, in the order of the parts.

    Threads run at the same time only in code that lets go of the interpreter, as compiled loops do.
    """
    count = min(processors(), len(parts))
    if count < 2:
        return [work(part) for part in parts]
    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(work, parts))
