"""States of a meeting, and which may follow which."""

from enum import StrEnum

from grappe.domain.transitions import total


class MeetingState(StrEnum):
    """Where a meeting of two participants stands."""

    PLANNED = "planned"  # in the agenda of the organiser alone
    PUBLISHED = "published"  # in the agendas of both
    MOVED = "moved"  # published, then moved: both will be told by the next publication
    CANCELLED = "cancelled"
    HELD = "held"
    MISSED = "missed"  # one of the two did not come


MEETING_MOVES = total(
    {
        MeetingState.PLANNED: frozenset({MeetingState.PUBLISHED, MeetingState.CANCELLED}),
        MeetingState.PUBLISHED: frozenset(
            {MeetingState.MOVED, MeetingState.CANCELLED, MeetingState.HELD, MeetingState.MISSED}
        ),
        MeetingState.MOVED: frozenset(
            {MeetingState.PUBLISHED, MeetingState.CANCELLED, MeetingState.HELD, MeetingState.MISSED}
        ),
        MeetingState.CANCELLED: frozenset(),
        MeetingState.HELD: frozenset({MeetingState.MISSED}),
        MeetingState.MISSED: frozenset({MeetingState.HELD}),
    },
    MeetingState,
)
"""States that may follow each state of a meeting; a wrong report of held or missed can be put right."""

STANDS = frozenset(set(MeetingState) - {MeetingState.CANCELLED})
"""States of meetings that take up a slot of both participants and a table."""
TO_COME = frozenset({MeetingState.PLANNED, MeetingState.PUBLISHED, MeetingState.MOVED})
"""States of meetings that have not been reported as held or missed."""
ANNOUNCED = frozenset({MeetingState.PUBLISHED, MeetingState.MOVED})
"""States of meetings that both participants were told of: the scheduler leaves them where they are."""
