"""Order an audit of a contract, and record its result."""

from datetime import datetime

from django.db import transaction

from grappe.actions.contract_record import change_contract, contract_to_change, reason, record
from grappe.domain.actor import Actor
from grappe.domain.errors import Refused
from grappe.domain.transitions import check_follows
from grappe.policy.audit_states import AUDIT_MOVES, AuditState
from grappe.policy.contract_states import ContractState
from grappe.policy.lateness import Side
from grappe.store.contract_values import state_of
from grappe.store.models import Audit


def order_audit(
    contract: str, why: str, *, auditor: str = "", by: Actor, at: datetime, seen: int | None = None
) -> Audit:
    """Order an audit; until its result the contract is under audit, and nothing is paid.

    Raises
    ------
    UnknownThing, Forbidden
        If there is no such contract, or somebody does not act for the state.
    Refused
        If the contract is not in force, there is no reason, or somebody else changed it.
    """
    with transaction.atomic():
        row = contract_to_change(contract, by, Side.STATE, seen)
        row.resumes = str(state_of(row))
        change_contract(row, ContractState.UNDER_AUDIT)
        audit = Audit.objects.create(
            contract=row,
            why=reason(why, row.id),
            auditor=auditor.strip(),
            ordered_by=str(by),
            ordered_on=at.date(),
        )
        record("order_audit", row, by, at)
    return audit


def record_audit(
    contract: str,
    result: AuditState,
    summary: str,
    *,
    by: Actor,
    at: datetime,
    seen: int | None = None,
) -> Audit:
    """Record the result of the audit that was ordered; the contract goes on as before it.

    Raises
    ------
    UnknownThing, Forbidden
        As `order_audit`.
    Refused
        If no audit is awaited, there is no summary, or somebody else changed the contract.
    """
    with transaction.atomic():
        row = contract_to_change(contract, by, Side.STATE, seen)
        audit: Audit | None = row.audits.select_for_update().filter(state=str(AuditState.ORDERED)).last()
        if audit is None:
            raise Refused("no_audit_awaited", contract=row.id)
        check_follows(AUDIT_MOVES, AuditState(audit.state), result, "audit_cannot", contract=row.id)
        change_contract(row, ContractState(row.resumes))
        audit.state = str(result)
        audit.summary = reason(summary, row.id)
        audit.recorded_by, audit.recorded_on = str(by), at.date()
        audit.save()
        record("record_audit", row, by, at, result=str(result))
    return audit
