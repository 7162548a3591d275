"""Close a matchmaking event: nothing more is expected of it, or it is called off."""

from datetime import datetime

from django.db import transaction

from grappe.actions.cancel_meeting import cancel
from grappe.actions.event_record import change_state, event_to_change, record
from grappe.domain.actor import Actor
from grappe.network.event_states import EventState
from grappe.network.meeting_states import TO_COME
from grappe.store.models import MatchEvent


def close_event(event: str, *, by: Actor, at: datetime, seen: int | None = None) -> MatchEvent:
    """Close an event; meetings still to come are cancelled in every agenda.

    Raises
    ------
    UnknownThing
        If there is no such event.
    Forbidden
        If somebody may not run it.
    Refused
        If it is closed already, or was changed meanwhile.
    """
    with transaction.atomic():
        row = event_to_change(event, by, seen)
        change_state(row, EventState.CLOSED)
        coming = list(row.meetings.filter(state__in=[str(state) for state in TO_COME]))
        for meeting in coming:
            cancel(meeting, at, "called_off")
        record("close_event", row, by, at, cancelled=len(coming))
    return row
