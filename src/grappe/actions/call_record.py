"""What every action on a call begins and ends with: the row to change, the right to, the trace of it."""

from datetime import datetime
from typing import Any

from grappe.actions.trail import check_unchanged, trace
from grappe.domain.actor import Actor
from grappe.domain.errors import Refused, UnknownThing
from grappe.domain.roles import Capability, Scope, ScopeKind, check_may
from grappe.domain.transitions import check_follows
from grappe.policy.call_states import APPLICATION_MOVES, CALL_MOVES, ApplicationState, CallState
from grappe.store.grants import call_scopes, held_by
from grappe.store.models import Application, Call, CallReviewer


def check_may_run(call: Call, by: Actor, capability: Capability = Capability.RUN_CALL) -> None:
    """Refuse somebody who does not run a call for its country.

    Raises
    ------
    Forbidden
        With what is lacking.
    """
    check_may(held_by(by), capability, *call_scopes(call.id, call.country))


def call_to_change(
    call: str, by: Actor, seen: int | None = None, capability: Capability = Capability.RUN_CALL
) -> Call:
    """The row of a call that an officer is about to change, locked until the transaction ends.

    Raises
    ------
    UnknownThing
        If there is no such call.
    Forbidden
        If somebody may not run it.
    Refused
        If it was changed since the officer saw version `seen`.
    """
    row = Call.objects.select_for_update().filter(id=call).first()
    if row is None:
        raise UnknownThing(kind="call", id=call)
    check_may_run(row, by, capability)
    check_unchanged(row.id, row.version, seen, row.created_at)
    return row


def change_state(call: Call, wanted: CallState) -> None:
    """Give a call another state; the row is saved by `record`.

    Raises
    ------
    Refused
        If that state may not follow the present one.
    """
    check_follows(CALL_MOVES, CallState(call.state), wanted, "call_cannot", call=call.id)
    call.state = str(wanted)


def check_state(call: Call, *accepted: CallState) -> None:
    """Refuse what a call does not take in its present state.

    Raises
    ------
    Refused
        With the states in which it would.
    """
    if CallState(call.state) not in accepted:
        raise Refused("call_not_now", call=call.id, present=call.state, accepted=",".join(accepted))


def record(verb: str, call: Call, by: Actor, at: datetime, **detail: Any) -> None:
    """Count a change of a call by its officers, and keep its trace."""
    call.version += 1
    call.save()
    trace(verb, call.id, by, at, version=call.version, **detail)


def application_to_change(application: str, by: Actor) -> Application:
    """The row of an application that its cluster is about to change, locked until the transaction ends.

    Raises
    ------
    UnknownThing
        If there is no such application.
    Forbidden
        If somebody does not speak for the cluster.
    """
    rows = Application.objects.select_for_update(of=("self",)).select_related("call")
    row = rows.filter(id=application).first()
    if row is None:
        raise UnknownThing(kind="application", id=application)
    check_may_apply(row.cluster or "", by)
    return row


def check_may_apply(cluster: str, by: Actor) -> None:
    """Refuse somebody who does not speak for a cluster.

    Raises
    ------
    Forbidden
        With what is lacking.
    """
    check_may(held_by(by), Capability.APPLY, Scope(ScopeKind.CLUSTER, cluster))


def change_application(application: Application, wanted: ApplicationState) -> None:
    """Give an application another state; the row is not saved.

    Raises
    ------
    Refused
        If that state may not follow the present one.
    """
    check_follows(
        APPLICATION_MOVES,
        ApplicationState(application.state),
        wanted,
        "application_cannot",
        application=application.cluster_name,
    )
    application.state = str(wanted)


def record_application(verb: str, application: Application, by: Actor, at: datetime, **detail: Any) -> None:
    """Count a change of an application, and keep its trace."""
    application.version += 1
    application.save()
    trace(verb, application.id, by, at, version=application.version, **detail)


def reviewer_of(call: Call, by: Actor) -> CallReviewer:
    """The appointment by which somebody reviews a call.

    Raises
    ------
    Forbidden
        If somebody holds no role of reviewer over it.
    Refused
        If they were not appointed.
    """
    check_may(held_by(by), Capability.REVIEW, *call_scopes(call.id, call.country))
    row = call.reviewers.filter(account_id=by.account).first()
    if row is None:
        raise Refused("not_a_reviewer", call=call.id)
    return row
