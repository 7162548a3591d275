"""Open a matchmaking event for registration and wishes, or open it again."""

from datetime import datetime

from django.db import transaction

from grappe.actions.event_record import change_state, event_to_change, record
from grappe.domain.actor import Actor
from grappe.network.event_states import EventState
from grappe.store.models import MatchEvent


def open_event(event: str, *, by: Actor, at: datetime, seen: int | None = None) -> MatchEvent:
    """Let participants register and send wishes; what was scheduled and not published stays as it is.

    Raises
    ------
    UnknownThing
        If there is no such event.
    Forbidden
        If somebody may not run it.
    Refused
        If it cannot be opened from its present state, or was changed meanwhile.
    """
    with transaction.atomic():
        row = event_to_change(event, by, seen)
        change_state(row, EventState.OPEN)
        record("open_event", row, by, at)
    return row
