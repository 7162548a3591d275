"""Timing of requests in one process, warm, one client: wall and processor time."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Timing:
    """Percentiles of a number of calls, in milliseconds.

    Processor time leaves out what a shared machine gives to others: where the two differ much,
    the machine was busy.
    """

    calls: int
    p50: float
    p99: float
    cpu_p50: float
    cpu_p99: float


def time_calls(call: Callable[[str], object], arguments: Sequence[str], warm_up: int = 20) -> Timing:
    """Time one call per argument after some that do not count."""
    for argument in arguments[:warm_up]:
        call(argument)
    wall, cpu = [], []
    for argument in arguments:
        start, started = time.perf_counter(), time.process_time()
        call(argument)
        cpu.append((time.process_time() - started) * 1000)
        wall.append((time.perf_counter() - start) * 1000)
    wall.sort()
    cpu.sort()
    middle, late = len(wall) // 2, int(len(wall) * 0.99) - 1
    return Timing(len(wall), wall[middle], wall[late], cpu[middle], cpu[late])
