"""Cancel one meeting by hand."""

from datetime import datetime

from django.db import transaction

from grappe.actions.event_record import check_state, meeting_to_change, record
from grappe.domain.actor import Actor
from grappe.domain.transitions import check_follows
from grappe.network.event_states import AGENDA_IS_EDITED
from grappe.network.meeting_states import ANNOUNCED, MEETING_MOVES, MeetingState
from grappe.store.models import Meeting

WHY = ("by_hand", "called_off", "participant_cancelled", "no_show", "wish_declined", "wish_withdrawn")
"""Codes of why a meeting was cancelled; one cancelled by hand is not put back by the scheduler."""


def cancel_meeting(meeting: int, *, by: Actor, at: datetime, seen: int | None = None) -> Meeting:
    """Cancel a meeting; both see it in their agendas at once if it was published.

    Raises
    ------
    UnknownThing
        If there is no such meeting.
    Forbidden
        If somebody may not run the event.
    Refused
        If it cannot be cancelled now, or the event was changed meanwhile.
    """
    with transaction.atomic():
        row, event = meeting_to_change(meeting, by, seen)
        check_state(event, AGENDA_IS_EDITED)
        cancel(row, at, "by_hand")
        record("cancel_meeting", event, by, at, meeting=meeting)
    return row


def cancel(meeting: Meeting, at: datetime, why: str) -> None:
    """Cancel the row of a meeting, for one of the reasons in `WHY`.

    Raises
    ------
    Refused
        If it was held or missed.
    """
    present = MeetingState(meeting.state)
    check_follows(MEETING_MOVES, present, MeetingState.CANCELLED, "meeting_cannot", meeting=meeting.pk)
    if present in ANNOUNCED:
        # Calendars take a change for newer by its number.
        meeting.sequence += 1
    meeting.state = str(MeetingState.CANCELLED)
    meeting.changed_at = at
    meeting.why = why
    meeting.save()
