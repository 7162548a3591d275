"""Take a signal back."""

from datetime import datetime

from django.db import transaction

from grappe.actions.signal_record import move, own_signal, trace
from grappe.domain.actor import Actor
from grappe.domain.signal import SignalState


def withdraw_signal(signal: int, *, by: Actor, at: datetime) -> None:
    """Show a signal to nobody but its author any more, for good.

    Raises
    ------
    UnknownThing
        If the account has no such signal.
    Refused
        If it is withdrawn already.
    """
    with transaction.atomic():
        row = own_signal(signal, by)
        move(row, SignalState.WITHDRAWN)
        row.save()
        trace("withdraw_signal", row, by, at)
