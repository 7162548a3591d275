"""Report whether a meeting took place, or put such a report right."""

from datetime import datetime

from django.db import transaction

from grappe.actions.event_rights import check_may_speak_for, may_speak_for
from grappe.actions.trail import trace
from grappe.domain.actor import Actor
from grappe.domain.errors import Refused, UnknownThing
from grappe.domain.transitions import check_follows
from grappe.network.meeting_states import MEETING_MOVES, MeetingState
from grappe.store.models import Meeting


def report_meeting(meeting: int, *, held: bool, by: Actor, at: datetime) -> Meeting:
    """Say that a meeting was held, or missed.

    Raises
    ------
    UnknownThing
        If there is no such meeting.
    Forbidden
        If somebody speaks for neither of the two.
    Refused
        If the meeting has not begun, or was cancelled.
    """
    with transaction.atomic():
        rows = Meeting.objects.select_for_update().select_related("slot", "a", "b")
        row = rows.filter(pk=meeting).first()
        if row is None:
            raise UnknownThing(kind="meeting", id=meeting)
        if not may_speak_for(row.a, by):
            check_may_speak_for(row.b, by)
        if at < row.slot.start:
            raise Refused("meeting_not_begun", start=f"{row.slot.start:%Y-%m-%d %H:%M} UTC")
        wanted = MeetingState.HELD if held else MeetingState.MISSED
        if row.state != wanted:
            check_follows(MEETING_MOVES, MeetingState(row.state), wanted, "meeting_cannot", meeting=row.pk)
            row.state = str(wanted)
            row.changed_at = at
            row.save()
            trace("report_meeting", row.event_id, by, at, meeting=row.pk, held=held)
    return row
