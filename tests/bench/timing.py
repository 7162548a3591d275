"""Timing of requests in one process, warm, one client: p50 and p99 in milliseconds."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Timing:
    """Percentiles of a number of calls, in milliseconds."""

    calls: int
    p50: float
    p99: float
    slowest: float


def time_calls(call: Callable[[str], object], arguments: Sequence[str], warm_up: int = 20) -> Timing:
    """Time one call per argument after some that do not count."""
    for argument in arguments[:warm_up]:
        call(argument)
    taken = []
    for argument in arguments:
        start = time.perf_counter()
        call(argument)
        taken.append((time.perf_counter() - start) * 1000)
    taken.sort()
    return Timing(len(taken), taken[len(taken) // 2], taken[int(len(taken) * 0.99) - 1], taken[-1])
