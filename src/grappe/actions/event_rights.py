"""Who may run a matchmaking event, and who may speak for a participant of one."""

from grappe.domain.actor import Actor
from grappe.domain.errors import GrappeError
from grappe.domain.roles import Capability, Scope, ScopeKind, check_may, may
from grappe.store.grants import held_by
from grappe.store.models import Participation


def may_run(event: str, by: Actor) -> bool:
    """Tell whether somebody may run an event."""
    return may(held_by(by), Capability.RUN_EVENT, Scope(ScopeKind.EVENT, event))


def check_may_run(event: str, by: Actor) -> None:
    """Refuse somebody who may not run an event; the twin of `may_run`.

    Raises
    ------
    Forbidden
        With what is lacking.
    """
    check_may(held_by(by), Capability.RUN_EVENT, Scope(ScopeKind.EVENT, event))


def check_may_enter(event: str, entity: str | None, by: Actor, *, invited: bool) -> None:
    """Refuse somebody who may not register a body for an event.

    The organiser registers whom they like; a cluster is registered by whoever speaks for it; any other
    body by somebody who may take part in the event. Somebody `invited` as an entity may register it too.

    Raises
    ------
    Forbidden
        With what is lacking.
    """
    grants = held_by(by)
    here = Scope(ScopeKind.EVENT, event)
    if may(grants, Capability.RUN_EVENT, here):
        return
    scopes = [Scope(ScopeKind.CLUSTER, entity)] if entity else []
    if invited or entity is None:
        scopes.append(here)
    check_may(grants, Capability.TAKE_PART, *scopes)


def check_may_speak_for(participation: Participation, by: Actor) -> None:
    """Refuse somebody who speaks neither for a participant nor for the event.

    Those who speak for a participant: its contact, as long as the role lasts; the manager of the
    cluster that takes part; the organiser.

    Raises
    ------
    Forbidden
        With what is lacking.
    """
    grants = held_by(by)
    here = Scope(ScopeKind.EVENT, participation.event_id)
    if may(grants, Capability.RUN_EVENT, here):
        return
    scopes = [Scope(ScopeKind.CLUSTER, participation.entity)] if participation.entity else []
    if by.account is not None and participation.contact_id == by.account:
        # An invitation to the event lets its holder speak for the body they registered, and no other.
        scopes.append(here)
    # Without any scope, nobody but a role held everywhere would pass; none is.
    check_may(grants, Capability.TAKE_PART, *(scopes or [Scope(ScopeKind.CLUSTER, str(participation.pk))]))


def may_speak_for(participation: Participation, by: Actor) -> bool:
    """Tell whether somebody may speak for a participant; the twin of `check_may_speak_for`."""
    try:
        check_may_speak_for(participation, by)
    except GrappeError:
        return False
    return True
