"""How a contract rests or ends: suspended, ended, terminated by the state, left by the cluster."""

from datetime import datetime

from django.db import transaction

from grappe.actions.contract_record import (
    bring_to_end,
    change_contract,
    check_state,
    contract_to_change,
    reason,
    record,
)
from grappe.domain.actor import Actor
from grappe.domain.errors import Refused
from grappe.policy.contract_states import ALIVE, ContractState
from grappe.policy.lateness import Side
from grappe.policy.report_states import ReportState
from grappe.store.contract_values import state_of
from grappe.store.models import Contract


def suspend_contract(
    contract: str, why: str, *, by: Actor, at: datetime, seen: int | None = None
) -> Contract:
    """Let a contract rest, with a reason: nothing is paid and no report is taken.

    Raises
    ------
    UnknownThing, Forbidden
        If there is no such contract, or somebody does not act for the state.
    Refused
        If it is not in force, there is no reason, or somebody else changed it.
    """
    with transaction.atomic():
        row = contract_to_change(contract, by, Side.STATE, seen)
        row.resumes = str(state_of(row))
        change_contract(row, ContractState.SUSPENDED)
        record("suspend_contract", row, by, at, why=reason(why, row.id))
    return row


def resume_contract(contract: str, *, by: Actor, at: datetime, seen: int | None = None) -> Contract:
    """Lift a suspension: the contract goes on as before it.

    Raises
    ------
    UnknownThing, Forbidden, Refused
        As `suspend_contract`.
    """
    with transaction.atomic():
        row = contract_to_change(contract, by, Side.STATE, seen)
        check_state(row, frozenset({ContractState.SUSPENDED}))
        change_contract(row, ContractState(row.resumes))
        record("resume_contract", row, by, at)
    return row


def end_contract(contract: str, *, by: Actor, at: datetime, seen: int | None = None) -> Contract:
    """End a contract that has run to its last day.

    Raises
    ------
    UnknownThing, Forbidden
        As `suspend_contract`.
    Refused
        Before that day, while a report is with the officer, or if somebody else changed the contract.
    """
    with transaction.atomic():
        row = contract_to_change(contract, by, Side.STATE, seen)
        check_state(row, ALIVE)
        if at.date() < row.end:
            raise Refused("contract_not_over", contract=row.id, end=row.end)
        waiting = row.reports.filter(state=str(ReportState.SUBMITTED))
        if waiting.exists():
            raise Refused("reports_undecided", contract=row.id, count=waiting.count())
        bring_to_end("end_contract", row, ContractState.ENDED, "", by, at)
    return row


def terminate_contract(
    contract: str,
    why: str,
    *,
    may_return: bool = True,
    by: Actor,
    at: datetime,
    seen: int | None = None,
) -> Contract:
    """End a contract for the state before its last day, with a reason.

    Raises
    ------
    UnknownThing, Forbidden, Refused
        As `suspend_contract`.
    """
    with transaction.atomic():
        row = contract_to_change(contract, by, Side.STATE, seen)
        text = reason(why, row.id)
        bring_to_end("terminate_contract", row, ContractState.TERMINATED, text, by, at, may_return=may_return)
    return row


def leave_contract(contract: str, why: str, *, by: Actor, at: datetime, seen: int | None = None) -> Contract:
    """Leave a contract for the cluster, with a reason; it may answer a later call.

    Raises
    ------
    UnknownThing, Forbidden
        If there is no such contract, or somebody does not act for the cluster.
    Refused
        If it is over or under way to it, there is no reason, or somebody else changed it.
    """
    with transaction.atomic():
        row = contract_to_change(contract, by, Side.BENEFICIARY, seen)
        bring_to_end("leave_contract", row, ContractState.LEFT, reason(why, row.id), by, at)
    return row
