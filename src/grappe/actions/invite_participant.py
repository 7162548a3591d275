"""Put somebody on the list of those invited to a matchmaking event."""

from datetime import datetime

from django.db import transaction

from grappe.actions.event_record import check_state, event_to_change
from grappe.actions.register_participant import Profile, check_profile, fill, known_row, new_key, save_once
from grappe.actions.trail import trace
from grappe.domain.actor import Actor
from grappe.domain.errors import Refused
from grappe.network.event_states import ACCEPTS_REGISTRATION, ParticipantState
from grappe.store.models import Participation


def invite_participant(
    event: str, profile: Profile, *, address: str = "", by: Actor, at: datetime
) -> Participation:
    """Invite a body; whoever signs in with `address`, or speaks for the cluster, takes the invitation up.

    Raises
    ------
    UnknownThing
        If there is no such event or entity.
    Forbidden
        If somebody may not run the event.
    Refused
        If registration is over, or the body is on the list already.
    BadChoice
        If the profile names what does not exist.
    """
    with transaction.atomic():
        row = event_to_change(event, by)
        check_state(row, ACCEPTS_REGISTRATION)
        check_profile(row, profile)
        if known_row(row, profile, by) is not None:
            raise Refused("name_taken", name=profile.name)
        invited = Participation(event=row, entity=profile.entity, feed_key=new_key(), address=address.strip())
        invited.state = str(ParticipantState.INVITED)
        fill(invited, profile)
        save_once(invited)
        trace("invite_participant", event, by, at, participation=invited.pk)
    return invited
