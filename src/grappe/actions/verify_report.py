"""What an officer does with a report: verify it, return it, refuse it, close its period."""

from datetime import datetime, timedelta

from django.db import transaction

from grappe.actions.contract_record import (
    change_report,
    change_tranche,
    check_state,
    contract_to_change,
    reason,
    record,
    record_report,
    report_of,
)
from grappe.domain.actor import Actor
from grappe.domain.errors import Refused
from grappe.policy.contract_states import ALIVE
from grappe.policy.contract_terms import REPORT
from grappe.policy.lateness import Side
from grappe.policy.report_states import ReportState
from grappe.policy.tranche_states import TrancheState
from grappe.store.contract_values import clauses_of
from grappe.store.models import Contract, ContractReport


def verify_report(
    contract: str, number: int, *, by: Actor, at: datetime, seen: int | None = None
) -> ContractReport:
    """Find a report right: the tranche that waits for it is due from this day.

    Raises
    ------
    UnknownThing, Forbidden
        If there is no such report, or somebody does not act for the state.
    Refused
        If it was not submitted, or somebody else changed it since version `seen`.
    """
    with transaction.atomic():
        row, report = _decided(contract, number, ReportState.VERIFIED, "", by, at, seen)
        days = timedelta(days=clauses_of(row.clauses).number("payment_days"))
        waiting = row.tranches.select_for_update().filter(
            waits_for=REPORT, period=number, state=str(TrancheState.PLANNED)
        )
        for tranche in waiting:
            change_tranche(tranche, TrancheState.DUE)
            tranche.due_on = max(at.date(), tranche.planned_on) + days
            tranche.save()
        record_report("verify_report", report, by, at)
        record("verify_report", row, by, at, number=number)
    return report


def return_report(
    contract: str, number: int, why: str, *, by: Actor, at: datetime, seen: int | None = None
) -> ContractReport:
    """Give a report back to be completed, with a reason.

    Raises
    ------
    UnknownThing, Forbidden, Refused
        As `verify_report`; also without a reason.
    """
    with transaction.atomic():
        _, report = _decided(contract, number, ReportState.RETURNED, why, by, at, seen)
        record_report("return_report", report, by, at)
    return report


def refuse_report(
    contract: str, number: int, why: str, *, by: Actor, at: datetime, seen: int | None = None
) -> ContractReport:
    """Find a report wrong, with a reason; the cluster may write it anew while the period is open.

    Raises
    ------
    UnknownThing, Forbidden, Refused
        As `verify_report`; also without a reason.
    """
    with transaction.atomic():
        _, report = _decided(contract, number, ReportState.REFUSED, why, by, at, seen)
        record_report("refuse_report", report, by, at)
    return report


def close_period(
    contract: str, number: int, *, by: Actor, at: datetime, seen: int | None = None
) -> ContractReport:
    """Close a period: no report on it is taken any more; only after the day on which it was due.

    Raises
    ------
    UnknownThing, Forbidden
        As `verify_report`.
    Refused
        If its report is with the officer, or its day has not passed.
    """
    with transaction.atomic():
        row = contract_to_change(contract, by, Side.STATE)
        check_state(row, ALIVE)
        report = report_of(row, number, seen)
        if at.date() <= report.due_on:
            raise Refused("report_not_late", contract=row.id, number=number, due=report.due_on)
        change_report(report, ReportState.CLOSED)
        record_report("close_period", report, by, at)
    return report


def _decided(
    contract: str, number: int, wanted: ReportState, why: str, by: Actor, at: datetime, seen: int | None
) -> tuple[Contract, ContractReport]:
    row = contract_to_change(contract, by, Side.STATE)
    check_state(row, ALIVE)
    report = report_of(row, number, seen)
    change_report(report, wanted)
    if wanted is not ReportState.VERIFIED:
        report.why = reason(why, f"{row.id}/{number}")
    report.decided_on = at.date()
    return row, report
