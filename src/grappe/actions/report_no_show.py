"""Report that a participant did not come."""

from datetime import datetime

from django.db import transaction

from grappe.actions.cancel_meeting import cancel
from grappe.actions.event_record import check_state, event_to_change, participation_to_change, record
from grappe.domain.actor import Actor
from grappe.domain.transitions import check_follows
from grappe.network.event_states import PARTICIPANT_MOVES, EventState, ParticipantState
from grappe.network.meeting_states import ANNOUNCED, MeetingState
from grappe.store.event_values import meetings_with
from grappe.store.models import Participation


def report_no_show(participation: int, *, by: Actor, at: datetime, seen: int | None = None) -> Participation:
    """Report somebody missing: meetings that have begun were missed, those to come are cancelled.

    Raises
    ------
    UnknownThing
        If there is no such participant.
    Forbidden
        If somebody may not run the event.
    Refused
        If the agenda is not published or the event is over, if the participant was not to come, or
        if the event was changed meanwhile.
    """
    with transaction.atomic():
        row = participation_to_change(participation, by)
        event = event_to_change(row.event_id, by, seen)
        check_state(event, frozenset({EventState.PUBLISHED, EventState.HELD}))
        present, wanted = ParticipantState(row.state), ParticipantState.NO_SHOW
        check_follows(PARTICIPANT_MOVES, present, wanted, "participant_cannot", name=row.name)
        row.state = str(wanted)
        row.save()
        missed = off = 0
        for meeting in meetings_with(row):
            state = MeetingState(meeting.state)
            begun = meeting.slot.start <= at
            if state is MeetingState.HELD or (state in ANNOUNCED and begun):
                meeting.state = str(MeetingState.MISSED)
                meeting.changed_at = at
                meeting.save()
                missed += 1
            elif state in ANNOUNCED or state is MeetingState.PLANNED:
                cancel(meeting, at, "no_show")
                off += 1
        record("report_no_show", event, by, at, participation=row.pk, missed=missed, cancelled=off)
    return row
