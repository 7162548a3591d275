"""Cancel a participation: the meetings to come are off, their slots are free again."""

from datetime import datetime

from django.db import transaction

from grappe.actions.cancel_meeting import cancel
from grappe.actions.event_record import check_state, participation_to_change, record
from grappe.domain.actor import Actor
from grappe.domain.transitions import check_follows
from grappe.network.event_states import (
    ACCEPTS_LATE,
    ACCEPTS_REGISTRATION,
    PARTICIPANT_MOVES,
    ParticipantState,
)
from grappe.network.meeting_states import TO_COME
from grappe.store.event_values import meetings_with
from grappe.store.models import MatchEvent, Participation


def cancel_participation(participation: int, *, by: Actor, at: datetime) -> Participation:
    """Take a participant out; the organiser may then run the scheduler again to use what is free.

    The partners see at once that their meetings are off. Wishes stay, and count again should the
    participant come back.

    Raises
    ------
    UnknownThing
        If there is no such participant.
    Forbidden
        If somebody does not speak for it.
    Refused
        If it is cancelled already, or the event is over.
    """
    with transaction.atomic():
        row = participation_to_change(participation, by)
        event = MatchEvent.objects.select_for_update().get(id=row.event_id)
        check_state(event, ACCEPTS_REGISTRATION | ACCEPTS_LATE)
        present, wanted = ParticipantState(row.state), ParticipantState.CANCELLED
        check_follows(PARTICIPANT_MOVES, present, wanted, "participant_cannot", name=row.name)
        row.state = str(wanted)
        row.save()
        off = list(meetings_with(row).filter(state__in=[str(state) for state in TO_COME]))
        for meeting in off:
            cancel(meeting, at, "participant_cancelled")
        record("cancel_participation", event, by, at, participation=row.pk, meetings=len(off))
    return row
