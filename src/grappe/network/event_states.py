"""States of a matchmaking event and of those who take part in it, and which may follow which."""

from enum import StrEnum

from grappe.domain.transitions import total


class EventState(StrEnum):
    """Where a matchmaking event stands."""

    DRAFT = "draft"  # being prepared, seen by its organisers alone
    OPEN = "open"  # participants register, browse and send wishes
    CLOSED_FOR_WISHES = "closed_for_wishes"  # wishes are fixed, the schedule is being made
    SCHEDULED = "scheduled"  # there is an agenda, not yet shown to participants
    PUBLISHED = "published"  # participants have their agendas; from now on few things move
    HELD = "held"  # the meetings are over, outcomes come in
    CLOSED = "closed"  # nothing more is expected, or it was called off


EVENT_MOVES = total(
    {
        EventState.DRAFT: frozenset({EventState.OPEN, EventState.CLOSED}),
        EventState.OPEN: frozenset({EventState.CLOSED_FOR_WISHES, EventState.CLOSED}),
        EventState.CLOSED_FOR_WISHES: frozenset({EventState.OPEN, EventState.SCHEDULED, EventState.CLOSED}),
        EventState.SCHEDULED: frozenset({EventState.OPEN, EventState.PUBLISHED, EventState.CLOSED}),
        EventState.PUBLISHED: frozenset({EventState.HELD, EventState.CLOSED}),
        EventState.HELD: frozenset({EventState.CLOSED}),
        EventState.CLOSED: frozenset(),
    },
    EventState,
)
"""States that may follow each state of an event; a published agenda is never unpublished."""


class ParticipantState(StrEnum):
    """Where a participant of an event stands."""

    INVITED = "invited"  # asked, no answer yet
    REGISTERED = "registered"  # has a profile, may send wishes
    CONFIRMED = "confirmed"  # has said again that they come
    CANCELLED = "cancelled"  # will not come
    NO_SHOW = "no_show"  # did not come


PARTICIPANT_MOVES = total(
    {
        ParticipantState.INVITED: frozenset({ParticipantState.REGISTERED, ParticipantState.CANCELLED}),
        ParticipantState.REGISTERED: frozenset(
            {ParticipantState.CONFIRMED, ParticipantState.CANCELLED, ParticipantState.NO_SHOW}
        ),
        ParticipantState.CONFIRMED: frozenset({ParticipantState.CANCELLED, ParticipantState.NO_SHOW}),
        ParticipantState.CANCELLED: frozenset({ParticipantState.REGISTERED}),
        ParticipantState.NO_SHOW: frozenset({ParticipantState.CONFIRMED}),
    },
    ParticipantState,
)
"""States that may follow each state of a participant; who was reported missing may turn up late."""

PRESENT = frozenset({ParticipantState.REGISTERED, ParticipantState.CONFIRMED})
"""States of participants who can be met."""

ACCEPTS_REGISTRATION = frozenset({EventState.DRAFT, EventState.OPEN})
"""States of an event in which one registers without being a late arrival."""
ACCEPTS_LATE = frozenset({EventState.CLOSED_FOR_WISHES, EventState.SCHEDULED, EventState.PUBLISHED})
"""States of an event in which the organiser may still add a late arrival."""
ACCEPTS_WISHES = frozenset({EventState.OPEN})
"""States of an event in which wishes are sent and answered by participants."""
CAN_BE_SCHEDULED = frozenset({EventState.CLOSED_FOR_WISHES, EventState.SCHEDULED, EventState.PUBLISHED})
"""States of an event in which the scheduler may run; once published it moves only what it must."""
AGENDA_IS_EDITED = frozenset({EventState.OPEN, *CAN_BE_SCHEDULED})
"""States of an event in which single meetings are put, moved or cancelled by hand."""
AGENDA_IS_SEEN = frozenset({EventState.PUBLISHED, EventState.HELD, EventState.CLOSED})
"""States of an event in which participants see their agendas."""
