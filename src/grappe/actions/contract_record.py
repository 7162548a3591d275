"""What every action on a contract begins and ends with: the row to change, the right to, the trace of it."""

from datetime import datetime
from typing import Any

from grappe.actions.state_contract import state_contract
from grappe.actions.trail import check_unchanged, trace
from grappe.domain.actor import Actor
from grappe.domain.errors import Refused, UnknownThing
from grappe.domain.roles import Capability
from grappe.domain.transitions import check_follows
from grappe.policy.audit_states import AuditState
from grappe.policy.contract_rights import check_acts_for
from grappe.policy.contract_states import CONTRACT_MOVES, FINAL, ContractState
from grappe.policy.lateness import Side
from grappe.policy.renewal_states import RenewalState
from grappe.policy.report_states import REPORT_MOVES, ReportState
from grappe.policy.tranche_states import TRANCHE_MOVES, UNPAID, TrancheState
from grappe.store.contract_values import state_of
from grappe.store.grants import held_by
from grappe.store.models import Contract, ContractExit, ContractReport, Tranche


def check_side(contract: Contract, by: Actor, side: Side, capability: Capability) -> None:
    """Refuse somebody who does not act for a side of a contract.

    Raises
    ------
    Forbidden
        With what is lacking.
    """
    check_acts_for(side, held_by(by), capability, contract.cluster, contract.country)


def contract_to_change(
    contract: str, by: Actor, side: Side, seen: int | None = None, capability: Capability = Capability.SIGN
) -> Contract:
    """The row of a contract that a side is about to change, locked until the transaction ends.

    Raises
    ------
    UnknownThing
        If there is no such contract.
    Forbidden
        If somebody does not act for that side.
    Refused
        If it was changed since version `seen`: with the verbs of the changes and who did the last.
    """
    row = Contract.objects.select_for_update().filter(id=contract).first()
    if row is None:
        raise UnknownThing(kind="contract", id=contract)
    check_side(row, by, side, capability)
    check_unchanged(row.id, row.version, seen, row.drafted_at)
    return row


def change_contract(contract: Contract, wanted: ContractState) -> None:
    """Give a contract another state; the row is saved by `record`.

    Raises
    ------
    Refused
        If that state may not follow the present one.
    """
    check_follows(CONTRACT_MOVES, state_of(contract), wanted, "contract_cannot", contract=contract.id)
    contract.state = str(wanted)


def check_state(contract: Contract, accepted: frozenset[ContractState]) -> None:
    """Refuse what a contract does not take in its present state.

    Raises
    ------
    Refused
        With the states in which it would.
    """
    if state_of(contract) not in accepted:
        states = ",".join(state for state in ContractState if state in accepted)
        raise Refused("contract_not_now", contract=contract.id, present=contract.state, accepted=states)


def record(verb: str, contract: Contract, by: Actor, at: datetime, **detail: Any) -> None:
    """Count a change of a contract, and keep its trace."""
    contract.version += 1
    contract.save()
    trace(verb, contract.id, by, at, version=contract.version, **detail)


def report_subject(report: ContractReport) -> str:
    """How the trace names a report."""
    return f"{report.contract_id}/report-{report.number}"


def report_of(contract: Contract, number: int, seen: int | None = None) -> ContractReport:
    """The row of a report that is about to change; its contract is locked already.

    Raises
    ------
    UnknownThing
        If the contract has no such period.
    Refused
        If it was changed since version `seen`.
    """
    row: ContractReport | None = contract.reports.select_for_update().filter(number=number).first()
    if row is None:
        raise UnknownThing(kind="report", id=f"{contract.id}/{number}")
    check_unchanged(report_subject(row), row.version, seen, row.opened_at)
    return row


def change_report(report: ContractReport, wanted: ReportState) -> None:
    """Give a report another state; the row is saved by `record_report`.

    Raises
    ------
    Refused
        If that state may not follow the present one; a closed period says so.
    """
    present = ReportState(report.state)
    if present is ReportState.CLOSED:
        raise Refused("period_closed", contract=report.contract_id, number=report.number, end=report.end)
    check_follows(
        REPORT_MOVES, present, wanted, "report_cannot", contract=report.contract_id, number=report.number
    )
    report.state = str(wanted)


def record_report(verb: str, report: ContractReport, by: Actor, at: datetime, **detail: Any) -> None:
    """Count a change of a report, and keep its trace."""
    report.version += 1
    report.save()
    trace(verb, report_subject(report), by, at, version=report.version, **detail)


def tranche_of(contract: Contract, number: int) -> Tranche:
    """The row of a tranche that is about to change; its contract is locked already.

    Raises
    ------
    UnknownThing
        If the contract has no such tranche.
    """
    row: Tranche | None = contract.tranches.select_for_update().filter(number=number).first()
    if row is None:
        raise UnknownThing(kind="tranche", id=f"{contract.id}/{number}")
    return row


def change_tranche(tranche: Tranche, wanted: TrancheState) -> None:
    """Give a tranche another state; the row is not saved.

    Raises
    ------
    Refused
        If that state may not follow the present one.
    """
    check_follows(
        TRANCHE_MOVES,
        TrancheState(tranche.state),
        wanted,
        "tranche_cannot",
        contract=tranche.contract_id,
        number=tranche.number,
    )
    tranche.state = str(wanted)


def reason(text: str, subject: str) -> str:
    """A reason without blanks around it.

    Raises
    ------
    Refused
        If there is none.
    """
    if not text.strip():
        raise Refused("reason_missing", id=subject)
    return text.strip()


def bring_to_end(
    verb: str,
    contract: Contract,
    how: ContractState,
    why: str,
    by: Actor,
    at: datetime,
    *,
    may_return: bool = True,
    **detail: Any,
) -> None:
    """End a contract in one of the ways there are: unpaid money is cancelled, open matters are closed."""
    assert how in FINAL
    change_contract(contract, how)
    on = at.date()
    contract.over_on = on
    for tranche in contract.tranches.select_for_update().filter(state__in=[str(one) for one in UNPAID]):
        change_tranche(tranche, TrancheState.CANCELLED)
        tranche.why = why
        tranche.save()
    for report in contract.reports.select_for_update().exclude(state=str(ReportState.CLOSED)):
        # What was verified stays so; a report still with the officer is closed undecided.
        if report.state != ReportState.VERIFIED:
            report.state = str(ReportState.CLOSED)
            report.version += 1
            report.save()
    contract.audits.filter(state=str(AuditState.ORDERED)).update(state=str(AuditState.CALLED_OFF))
    contract.renewals.filter(state=str(RenewalState.PROPOSED)).update(state=str(RenewalState.WITHDRAWN))
    ContractExit.objects.create(
        contract=contract, how=str(how), why=why, may_return=may_return, by=str(by), on=on
    )
    record(verb, contract, by, at, **detail)
    if contract.signed_by_state_on and contract.signed_by_cluster_on:
        state_contract(contract, by=by, at=at)
