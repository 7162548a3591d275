"""Jobs that run in the background: where one stands, and which state may follow which."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class JobState(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    """Its files are whole and in place; no worker has taken it yet."""
    RUNNING = "running"
    """A worker is at it."""
    DONE = "done"
    """It has a result."""
    FAILED = "failed"
    """Its input was refused, with the reason; there is no result."""
    CANCELLED = "cancelled"
    """Its owner stopped it; there is no result."""
    LOST = "lost"
    """Its worker ended without a word, as when the machine stops; there is no result."""


JOB_MOVES: Mapping[JobState, frozenset[JobState]] = MappingProxyType(
    {
        JobState.QUEUED: frozenset({JobState.RUNNING, JobState.CANCELLED}),
        JobState.RUNNING: frozenset({JobState.DONE, JobState.FAILED, JobState.CANCELLED, JobState.LOST}),
        JobState.DONE: frozenset(),
        JobState.FAILED: frozenset({JobState.QUEUED}),
        JobState.CANCELLED: frozenset({JobState.QUEUED}),
        JobState.LOST: frozenset({JobState.QUEUED}),
    }
)
"""States that may follow each state of a job; what ended without a result may be tried again."""

ENDED = frozenset({JobState.DONE, JobState.FAILED, JobState.CANCELLED, JobState.LOST})
"""States in which nothing more happens by itself."""
