"""Ask local witnesses about a signal."""

from datetime import datetime

from django.db import transaction

from grappe.actions.signal_record import move, own_signal, trace
from grappe.domain.actor import Actor
from grappe.domain.signal import SignalState


def ask_witnesses(signal: int, *, by: Actor, at: datetime) -> None:
    """Show a signal to those who hold a role in its country, so that they can tell what they know.

    Raises
    ------
    UnknownThing
        If the account has no such signal.
    Refused
        If it was asked about before, confirmed or withdrawn.
    """
    with transaction.atomic():
        row = own_signal(signal, by)
        move(row, SignalState.ASKED)
        row.save()
        trace("ask_witnesses", row, by, at)
