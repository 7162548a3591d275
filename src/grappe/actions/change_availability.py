"""Change when a participant of a matchmaking event is available, or at which table it stays."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from grappe.actions.event_record import check_state, event_to_change, participation_to_change, record
from grappe.actions.register_participant import check_slots
from grappe.actions.trail import trace
from grappe.domain.actor import Actor
from grappe.domain.errors import Refused
from grappe.network.event_states import ACCEPTS_LATE, ACCEPTS_REGISTRATION
from grappe.store.models import Participation


def change_availability(
    participation: int, slots: Sequence[str] | None, *, by: Actor, at: datetime
) -> Participation:
    """Say in which slots a participant is available; nothing means all of them.

    Meetings already planned stay where they are: the agenda of the event shows those that no longer fit.

    Raises
    ------
    UnknownThing
        If there is no such participant.
    Forbidden
        If somebody does not speak for it.
    Refused
        If the event is over.
    BadChoice
        If there is no such slot.
    """
    with transaction.atomic():
        row = participation_to_change(participation, by)
        check_state(row.event, ACCEPTS_REGISTRATION | ACCEPTS_LATE)
        check_slots(row.event, slots)
        row.availability = None if slots is None else sorted(set(slots))
        row.save()
        trace("change_availability", row.event_id, by, at, participation=row.pk)
    return row


def give_host_table(participation: int, table: int | None, *, by: Actor, at: datetime) -> Participation:
    """Let a participant stay at one table while the others come to it, or no longer.

    Raises
    ------
    UnknownThing
        If there is no such participant.
    Forbidden
        If somebody may not run the event.
    Refused
        If the event is over, has no such table, or the table is another host's.
    """
    with transaction.atomic():
        row = participation_to_change(participation, by)
        event = event_to_change(row.event_id, by)
        check_state(event, ACCEPTS_REGISTRATION | ACCEPTS_LATE)
        if table is not None:
            if not 1 <= table <= event.tables:
                raise Refused("table_beyond", table=table, tables=event.tables)
            other = event.participations.filter(host_table=table).exclude(pk=row.pk).first()
            if other is not None:
                raise Refused("table_of_host", table=table, name=other.name)
        row.host_table = table
        row.save()
        record("give_host_table", event, by, at, participation=row.pk, table=table)
    return row
