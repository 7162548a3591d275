"""Publish a call, appoint its reviewers, close it at its deadline, or call it off."""

from datetime import datetime

from django.db import transaction

from grappe.actions.call_record import call_to_change, change_state, check_state, record
from grappe.domain.actor import Actor
from grappe.domain.errors import Refused, UnknownThing
from grappe.domain.roles import Capability, may
from grappe.policy.call_states import CallState
from grappe.store.call_values import local, packed_terms, scheme_of
from grappe.store.grants import call_scopes, grants_of
from grappe.store.models import Call, CallReviewer, User


def publish_call(call: str, *, by: Actor, at: datetime, seen: int | None = None) -> Call:
    """Show a call to everybody; its terms stand from now on, whatever becomes of the scheme.

    Raises
    ------
    UnknownThing, Forbidden
        If there is no such call, or somebody may not run it.
    Refused
        If it is no draft, its deadline has passed, or somebody else changed it.
    """
    with transaction.atomic():
        row = call_to_change(call, by, seen)
        change_state(row, CallState.PUBLISHED)
        if at >= row.closes_at:
            raise Refused("deadline_passed", call=row.id, closes=local(row, row.closes_at))
        row.terms = packed_terms(scheme_of(row))
        record("publish_call", row, by, at)
    return row


def close_call(call: str, *, by: Actor, at: datetime, seen: int | None = None) -> Call:
    """Close a call whose deadline has passed.

    Raises
    ------
    UnknownThing, Forbidden
        If there is no such call, or somebody may not run it.
    Refused
        If it is not open, or its deadline is still to come.
    """
    with transaction.atomic():
        row = call_to_change(call, by, seen)
        if at < row.closes_at:
            raise Refused("deadline_to_come", call=row.id, closes=local(row, row.closes_at))
        change_state(row, CallState.CLOSED)
        record("close_call", row, by, at)
    return row


def cancel_call(call: str, *, why: str, by: Actor, at: datetime, seen: int | None = None) -> Call:
    """Call a call off, with a reason that everybody reads.

    Raises
    ------
    UnknownThing, Forbidden
        If there is no such call, or somebody may not run it.
    Refused
        If no reason is given, or its results are announced.
    """
    if not why.strip():
        raise Refused("reason_missing", id=call)
    with transaction.atomic():
        row = call_to_change(call, by, seen)
        change_state(row, CallState.CANCELLED)
        row.why = why.strip()
        record("cancel_call", row, by, at)
    return row


def appoint_reviewer(call: str, account: int, *, by: Actor, at: datetime) -> CallReviewer:
    """Appoint somebody to give opinions on the applications of a call.

    The role of reviewer is given with an invitation; the appointment says for which call.

    Raises
    ------
    UnknownThing, Forbidden
        If there is no such call or account, or somebody may not run the call.
    Refused
        If reviews are over, the account was appointed already, holds no role of reviewer for the call, or
        runs it.
    """
    with transaction.atomic():
        row = call_to_change(call, by)
        check_state(row, CallState.DRAFT, CallState.PUBLISHED, CallState.CLOSED, CallState.UNDER_REVIEW)
        if not User.objects.filter(pk=account, is_active=True).exists():
            raise UnknownThing(kind="account", id=account)
        if row.reviewers.filter(account_id=account).exists():
            raise Refused("reviewer_twice", call=row.id)
        grants, here = grants_of(account), call_scopes(row.id, row.country)
        if not may(grants, Capability.REVIEW, *here):
            raise Refused("reviewer_without_role", call=row.id)
        if may(grants, Capability.RUN_CALL, *here):
            raise Refused("reviewer_runs_call", call=row.id)
        made = CallReviewer.objects.create(
            call=row, account_id=account, appointed_by=str(by), appointed_at=at
        )
        record("appoint_reviewer", row, by, at, account=account)
    return made
