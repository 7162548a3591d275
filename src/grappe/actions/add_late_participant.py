"""Add somebody who comes after registration is over."""

from datetime import datetime

from django.db import transaction

from grappe.actions.event_record import check_state, event_to_change, record
from grappe.actions.register_participant import Profile, enter
from grappe.domain.actor import Actor
from grappe.network.event_states import ACCEPTS_LATE
from grappe.store.models import Participation


def add_late_participant(
    event: str, profile: Profile, *, by: Actor, at: datetime, seen: int | None = None
) -> Participation:
    """Register a late arrival; they may still send wishes, and be sent some, until the event is held.

    Raises
    ------
    UnknownThing
        If there is no such event or entity.
    Forbidden
        If somebody may not run the event.
    Refused
        If registration is still open or the event is over, if the body is registered already, or if
        the event was changed meanwhile.
    BadChoice
        If the profile names what does not exist.
    """
    with transaction.atomic():
        row = event_to_change(event, by, seen)
        check_state(row, ACCEPTS_LATE)
        participation = enter(row, profile, by, late=True)
        record("add_late_participant", row, by, at, participation=participation.pk)
    return participation
