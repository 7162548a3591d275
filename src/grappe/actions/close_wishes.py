"""Close a matchmaking event for wishes, so that its schedule can be made."""

from datetime import datetime

from django.db import transaction

from grappe.actions.event_record import change_state, event_to_change, record
from grappe.domain.actor import Actor
from grappe.network.event_states import EventState
from grappe.store.models import MatchEvent


def close_wishes(event: str, *, by: Actor, at: datetime, seen: int | None = None) -> MatchEvent:
    """Fix the wishes: from now on only the organiser changes them, or adds somebody who comes late.

    Raises
    ------
    UnknownThing
        If there is no such event.
    Forbidden
        If somebody may not run it.
    Refused
        If it is not open, or was changed meanwhile.
    """
    with transaction.atomic():
        row = event_to_change(event, by, seen)
        change_state(row, EventState.CLOSED_FOR_WISHES)
        record("close_wishes", row, by, at)
    return row
