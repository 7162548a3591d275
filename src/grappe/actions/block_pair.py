"""Keep two participants of a matchmaking event apart, or no longer."""

from datetime import datetime

from django.db import transaction

from grappe.actions.event_record import event_to_change, participation_to_change, record
from grappe.domain.actor import Actor
from grappe.domain.errors import Refused
from grappe.store.models import BlockedPair


def block_pair(one: int, other: int, *, blocked: bool = True, why: str = "", by: Actor, at: datetime) -> None:
    """Say that two participants must not meet, or may again; a meeting they have shows as a conflict.

    Raises
    ------
    UnknownThing
        If there is no such participant.
    Forbidden
        If somebody may not run the event.
    Refused
        If the two are one, or of two events.
    """
    with transaction.atomic():
        first, second = (participation_to_change(pk, by) for pk in sorted((one, other)))
        if first.pk == second.pk or first.event_id != second.event_id:
            raise Refused("no_pair", name=first.name, other=second.name)
        event = event_to_change(first.event_id, by)
        if blocked:
            BlockedPair.objects.get_or_create(
                event=event, one=first, other=second, defaults={"why": why.strip()}
            )
        else:
            BlockedPair.objects.filter(one=first, other=second).delete()
        record("block_pair", event, by, at, pair=[first.pk, second.pk], blocked=blocked)
