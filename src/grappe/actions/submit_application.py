"""Submit an application, or withdraw it."""

from datetime import datetime

from django.db import transaction

from grappe.actions.call_record import (
    application_to_change,
    change_application,
    check_state,
    record_application,
)
from grappe.actions.save_application import check_open, check_writable
from grappe.actions.trail import check_unchanged
from grappe.domain.actor import Actor
from grappe.domain.errors import InputRefused, Refused
from grappe.policy.call_states import WITHDRAWABLE_ONCE_TOLD, ApplicationState, CallState
from grappe.store.call_standing import submission_problems
from grappe.store.call_values import answers_of, eligibility_of, packed_finding
from grappe.store.models import Application


def submit_application(application: str, *, by: Actor, at: datetime, seen: int | None = None) -> Application:
    """Submit an application as it was saved last, with what its eligibility looks like.

    An application that looks ineligible is taken all the same: the officer decides, with the findings
    in sight.

    Raises
    ------
    UnknownThing, Forbidden
        If there is no such application, or somebody does not speak for its cluster.
    Refused
        If it was submitted already, the deadline has passed, or somebody else changed it.
    InputRefused
        With every answer and document that is missing or cannot be taken.
    """
    with transaction.atomic():
        row = application_to_change(application, by)
        check_writable(row, at)
        check_unchanged(row.id, row.version, seen, row.started_at)
        problems = submission_problems(row)
        if problems:
            raise InputRefused(
                "application_refused", application=row.cluster_name, count=len(problems), problems=problems
            )
        change_application(row, ApplicationState.SUBMITTED)
        row.submitted_at = at
        row.findings = [
            packed_finding(one) for one in eligibility_of(row.call, answers_of(row), row.cluster).findings
        ]
        record_application("submit_application", row, by, at)
    return row


def withdraw_application(application: str, *, by: Actor, at: datetime) -> Application:
    """Withdraw an application; once results are announced, one that was selected or is in reserve.

    Raises
    ------
    UnknownThing, Forbidden
        If there is no such application, or somebody does not speak for its cluster.
    Refused
        If it was withdrawn already, the call was called off, or it was told that nothing is left to withdraw.
    """
    with transaction.atomic():
        row = application_to_change(application, by)
        if row.state == ApplicationState.DRAFT:
            check_open(row.call, at)
        else:
            check_state(
                row.call,
                CallState.PUBLISHED,
                CallState.CLOSED,
                CallState.UNDER_REVIEW,
                CallState.DECIDED,
                CallState.ANNOUNCED,
            )
        told = row.call.state == CallState.ANNOUNCED
        if told and row.state not in WITHDRAWABLE_ONCE_TOLD:
            raise Refused(
                "application_cannot",
                application=row.cluster_name,
                present=row.state,
                wanted=ApplicationState.WITHDRAWN,
                accepted="",
            )
        change_application(row, ApplicationState.WITHDRAWN)
        record_application("withdraw_application", row, by, at)
    return row
