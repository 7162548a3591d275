"""Say again that a participant comes to a matchmaking event."""

from datetime import datetime

from django.db import transaction

from grappe.actions.event_record import participation_to_change
from grappe.actions.trail import trace
from grappe.domain.actor import Actor
from grappe.domain.transitions import check_follows
from grappe.network.event_states import PARTICIPANT_MOVES, ParticipantState
from grappe.store.models import Participation


def confirm_participation(participation: int, *, by: Actor, at: datetime) -> Participation:
    """Confirm that a registered participant comes, or that one reported missing has turned up.

    Raises
    ------
    UnknownThing
        If there is no such participant.
    Forbidden
        If somebody does not speak for it.
    Refused
        If it is not registered, or cancelled.
    """
    with transaction.atomic():
        row = participation_to_change(participation, by)
        present, wanted = ParticipantState(row.state), ParticipantState.CONFIRMED
        check_follows(PARTICIPANT_MOVES, present, wanted, "participant_cannot", name=row.name)
        row.state = str(wanted)
        row.save()
        trace("confirm_participation", row.event_id, by, at, participation=row.pk)
    return row
