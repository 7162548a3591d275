"""States of a reading that people go through, and which may follow which."""

from enum import StrEnum

from grappe.domain.transitions import total


class ReadingState(StrEnum):
    """Where a reading stands between the document and the census."""

    OPEN = "open"  # its proposals are being decided on
    STORED = "stored"  # what was accepted stands in the census
    DROPPED = "dropped"  # given up: document and proposals are erased, the trace stays


READING_MOVES = total(
    {
        ReadingState.OPEN: frozenset({ReadingState.STORED, ReadingState.DROPPED}),
        ReadingState.STORED: frozenset({ReadingState.OPEN, ReadingState.DROPPED}),
        ReadingState.DROPPED: frozenset(),
    },
    ReadingState,
)
"""States that may follow each state; a reading that was stored may be opened again, to accept more of it."""
