"""What every action on a signal begins and ends with: the row, who may bear witness, the trace."""

from datetime import datetime

from grappe.actions import trail
from grappe.domain.actor import Actor
from grappe.domain.errors import Refused, UnknownThing
from grappe.domain.roles import Grant, scope_of
from grappe.domain.signal import SIGNAL_MOVES, SignalState, is_local
from grappe.store.grants import around, grants_of
from grappe.store.models import Signal


def own_signal(signal: int, by: Actor) -> Signal:
    """The row of a signal that its author is about to change.

    Raises
    ------
    UnknownThing
        If the account has no such signal.
    """
    row = Signal.objects.select_for_update().filter(pk=signal).first()
    if row is None or not (by.trusted or row.author_id == by.account):
        raise UnknownThing(kind="signal", id=signal)
    return row


def move(signal: Signal, wanted: SignalState) -> None:
    """Give a signal another state; the caller saves it.

    Raises
    ------
    Refused
        If that state may not follow the present one.
    """
    if wanted not in SIGNAL_MOVES[SignalState(signal.state)]:
        raise Refused("signal_cannot", present=signal.state, wanted=wanted)
    signal.state = str(wanted)


def local_role(account: int | None, country: str) -> Grant | None:
    """The role by which an account is a witness for a country; nothing if it holds none there."""
    if account is None:
        return None
    for grant in grants_of(account):
        if grant.scope and is_local(grant, around(scope_of(grant.role, grant.scope)), country):
            return grant
    return None


def trace(verb: str, signal: Signal, by: Actor, at: datetime, **detail: object) -> None:
    """Keep the trace of a change of a signal."""
    trail.trace(verb, f"signal {signal.pk}", by, at, **detail)
