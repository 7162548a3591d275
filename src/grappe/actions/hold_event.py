"""Say that the meetings of an event took place."""

from datetime import datetime

from django.db import transaction

from grappe.actions.event_record import change_state, event_to_change, record
from grappe.domain.actor import Actor
from grappe.domain.errors import Refused
from grappe.network.event_states import EventState
from grappe.network.meeting_states import ANNOUNCED, MeetingState
from grappe.store.models import MatchEvent


def hold_event(event: str, *, by: Actor, at: datetime, seen: int | None = None) -> MatchEvent:
    """End the meetings: those published and not reported otherwise were held; outcomes are asked for.

    Raises
    ------
    UnknownThing
        If there is no such event.
    Forbidden
        If somebody may not run it.
    Refused
        If its agenda is not published, its first slot has not begun, or it was changed meanwhile.
    """
    with transaction.atomic():
        row = event_to_change(event, by, seen)
        change_state(row, EventState.HELD)
        first = row.slots.order_by("start").first()
        if first is not None and at < first.start:
            raise Refused("event_not_begun", event=row.title, start=f"{first.start:%Y-%m-%d %H:%M} UTC")
        announced = [str(state) for state in ANNOUNCED]
        held = row.meetings.filter(state__in=announced).update(state=str(MeetingState.HELD), changed_at=at)
        # What was planned and never published cannot have taken place.
        row.meetings.filter(state=str(MeetingState.PLANNED)).delete()
        record("hold_event", row, by, at, held=held)
    return row
