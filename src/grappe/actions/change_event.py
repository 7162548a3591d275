"""Change the terms of a matchmaking event, as long as no meeting rests on them."""

from datetime import datetime

from django.db import transaction

from grappe.actions.create_event import EventTerms, check_terms, write_slots
from grappe.actions.event_record import check_state, event_to_change, record
from grappe.domain.actor import Actor
from grappe.domain.errors import Refused
from grappe.network.event_states import ACCEPTS_REGISTRATION
from grappe.store.event_values import grid_of
from grappe.store.models import MatchEvent


def change_event(
    event: str, terms: EventTerms, *, by: Actor, at: datetime, seen: int | None = None
) -> MatchEvent:
    """Give an event in draft, or open, other terms; availability in slots that vanish is forgotten.

    Raises
    ------
    UnknownThing
        If there is no such event.
    Forbidden
        If somebody may not run it.
    Refused
        If it is past registration, was changed meanwhile, or has meetings that rest on its slots or sides.
    InputRefused
        With everything impossible in the new terms.
    """
    check_terms(event, terms)
    with transaction.atomic():
        row = event_to_change(event, by, seen)
        check_state(row, ACCEPTS_REGISTRATION)
        regrid = grid_of(row) != terms.grid
        sides = [code for code, _ in terms.sides] != [side["code"] for side in row.sides]
        if (regrid or sides) and row.meetings.exists():
            raise Refused("event_has_meetings", event=row.title)
        for name, value in terms.columns().items():
            setattr(row, name, value)
        row.save()
        if regrid:
            write_slots(row, terms.grid)
            _forget_lost_slots(row)
        if sides:
            row.participations.update(side=None)
        record("change_event", row, by, at)
    return row


def _forget_lost_slots(event: MatchEvent) -> None:
    codes = set(event.slots.values_list("code", flat=True))
    for one in event.participations.exclude(availability=None):
        one.availability = [code for code in one.availability or [] if code in codes]
        one.save(update_fields=["availability"])
