"""Change what a participant of a matchmaking event says of itself."""

import dataclasses
from datetime import datetime

from django.db import transaction

from grappe.actions.event_record import check_state, participation_to_change
from grappe.actions.register_participant import Profile, check_profile, fill, save_once
from grappe.actions.trail import trace
from grappe.domain.actor import Actor
from grappe.domain.errors import Refused
from grappe.network.event_states import ACCEPTS_LATE, ACCEPTS_REGISTRATION
from grappe.store.models import Participation


def change_profile(participation: int, profile: Profile, *, by: Actor, at: datetime) -> Participation:
    """Write a profile anew; the entity stays, and the side too once wishes rest on it.

    Raises
    ------
    UnknownThing
        If there is no such participant.
    Forbidden
        If somebody does not speak for it.
    Refused
        If the event is over, or the side cannot change any more.
    BadChoice
        If the profile names what does not exist.
    """
    with transaction.atomic():
        row = participation_to_change(participation, by)
        check_state(row.event, ACCEPTS_REGISTRATION | ACCEPTS_LATE)
        profile = dataclasses.replace(profile, entity=row.entity)
        check_profile(row.event, profile)
        if profile.side != row.side and (row.wishes_sent.exists() or row.wishes_received.exists()):
            raise Refused("side_has_wishes", name=row.name)
        fill(row, profile)
        save_once(row)
        trace("change_profile", row.event_id, by, at, participation=row.pk)
    return row
