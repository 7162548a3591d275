"""Write a report on a period of a contract, attach its proofs, submit it: what a cluster does."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from grappe.actions.contract_record import (
    change_report,
    check_state,
    contract_to_change,
    record_report,
    report_of,
)
from grappe.domain.actor import Actor
from grappe.domain.document import media_type_of, plain_name
from grappe.domain.errors import InputRefused, Problem, Refused
from grappe.domain.roles import Capability
from grappe.policy.contract_states import REPORTING
from grappe.policy.lateness import Side
from grappe.policy.report_states import WRITABLE, ReportState
from grappe.policy.reported import OWN_INCOME, value_problems
from grappe.store.contract_values import indicators_of, latest_values
from grappe.store.models import Contract, ContractReport, ReportedValue, ReportProof

MOST_PROOFS = 60


def save_report(
    contract: str,
    number: int,
    values: Mapping[str, Decimal | None],
    notes: Mapping[str, str] | None = None,
    *,
    by: Actor,
    at: datetime,
    seen: int | None = None,
) -> ContractReport:
    """Save values of a report; earlier ones stay. A value left out is as before, None takes it back.

    Raises
    ------
    UnknownThing, Forbidden
        If there is no such period, or somebody does not report for the cluster.
    Refused
        If the period is closed or has not begun, the report is with the officer or verified, the
        contract takes none, or somebody else changed it since version `seen`.
    InputRefused
        With every value that cannot be taken: below zero, not whole, of no indicator.
    """
    with transaction.atomic():
        row, report = _writable(contract, number, by, at, seen)
        given = {name: value for name, value in values.items() if value is not None}
        merged = {name: one for name, one in latest_values(report).items() if name not in values} | given
        extra = _extra(row)
        if problems := value_problems(indicators_of(row), merged, report_name(report), extra):
            raise InputRefused(
                "report_refused",
                contract=row.id,
                number=number,
                count=len(problems),
                problems=problems,
            )
        last = report.values.order_by("-saving").first()
        saving = last.saving + 1 if last else 1
        ReportedValue.objects.bulk_create(
            ReportedValue(
                report=report,
                saving=saving,
                name=name,
                value=value,
                note=(notes or {}).get(name, "").strip(),
                by=str(by),
                at=at,
            )
            for name, value in values.items()
        )
        if report.state != ReportState.DRAFT:
            change_report(report, ReportState.DRAFT)
        record_report("save_report", report, by, at, saving=saving)
    return report


def attach_proof(
    contract: str,
    number: int,
    indicator: str,
    name: str,
    content: bytes,
    *,
    by: Actor,
    at: datetime,
) -> ReportProof:
    """Attach a document that proves what a report says of an indicator.

    Raises
    ------
    UnknownThing, Forbidden
        As `save_report`.
    Refused
        As `save_report`; also if the document is empty, too large, of no kind that is taken, or one
        too many.
    """
    with transaction.atomic():
        _, report = _writable(contract, number, by, at, None)
        media_type = media_type_of(name, content)
        if report.proofs.count() >= MOST_PROOFS:
            raise Refused("too_many_documents", most=MOST_PROOFS)
        proof = ReportProof.objects.create(
            report=report,
            indicator=indicator,
            name=plain_name(name),
            media_type=media_type,
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            content=content,
            by=str(by),
            at=at,
        )
        if report.state != ReportState.DRAFT:
            change_report(report, ReportState.DRAFT)
        record_report("attach_proof", report, by, at, sha256=proof.sha256)
    return proof


def submit_report(
    contract: str, number: int, *, by: Actor, at: datetime, seen: int | None = None
) -> ContractReport:
    """Submit a report once its period is over; every target of the period needs its value and proof.

    A late report is taken as long as the period is open: how many days late stays on record.

    Raises
    ------
    UnknownThing, Forbidden
        As `save_report`.
    Refused
        If the period is closed or not over, or somebody else changed the report.
    InputRefused
        With every value and proof that is missing.
    """
    with transaction.atomic():
        row, report = _writable(contract, number, by, at, seen)
        if at.date() < report.end:
            raise Refused("period_not_over", contract=row.id, number=number, end=report.end)
        if problems := lacking(row, report):
            raise InputRefused(
                "report_refused", contract=row.id, number=number, count=len(problems), problems=problems
            )
        change_report(report, ReportState.SUBMITTED)
        # The day on which it came first counts: a return by the officer makes nobody late.
        report.submitted_on = report.submitted_on or at.date()
        record_report("submit_report", report, by, at)
    return report


def lacking(contract: Contract, report: ContractReport) -> list[Problem]:
    """Values and proofs that a report still lacks, by the targets of its period."""
    indicators = indicators_of(contract)
    formulas = {one.id: one.formula for one in indicators.indicators} if indicators else {}
    values = latest_values(report)
    proven = set(report.proofs.values_list("indicator", flat=True))
    found: list[Problem] = []
    for target in contract.targets.filter(period=report.number):
        id, formula = target.indicator, formulas.get(target.indicator)
        names = (OWN_INCOME, contract.clauses.get("denominator")) if formula == "own_share" else (id,)
        absent = [name for name in names if name is not None and name not in values]
        found += [Problem("value_missing", report_name(report), field=name) for name in absent]
        # Only what is counted is proven thing by thing; none of it needs no proof.
        if formula == "count" and values.get(id) and id not in proven:
            found.append(Problem("proof_missing", report_name(report), field=id))
    return found


def report_name(report: ContractReport) -> str:
    """How messages name a report."""
    return f"{report.contract_id}/{report.number}"


def _writable(
    contract: str, number: int, by: Actor, at: datetime, seen: int | None
) -> tuple[Contract, ContractReport]:
    """The contract and a report that its cluster may write on, both locked."""
    row = contract_to_change(contract, by, Side.BENEFICIARY, capability=Capability.REPORT)
    report = report_of(row, number, seen)
    state = ReportState(report.state)
    if state is ReportState.CLOSED:
        raise Refused("period_closed", contract=row.id, number=number, end=report.end)
    check_state(row, REPORTING)
    if state not in WRITABLE:
        accepted = ",".join(one for one in ReportState if one in WRITABLE)
        raise Refused("report_not_now", contract=row.id, number=number, present=state, accepted=accepted)
    if at.date() < report.start:
        raise Refused("period_not_begun", contract=row.id, number=number, start=report.start)
    return row, report


def _extra(contract: Contract) -> list[str]:
    """Indicators that the contract adds to those that the scheme names."""
    indicators = indicators_of(contract)
    named = {one.id for one in indicators.indicators} if indicators else set()
    targets = contract.targets.values_list("indicator", flat=True)
    return sorted(set(targets) - named)
