"""Sign a contract, for the state or for the cluster; with both signatures it runs."""

from datetime import datetime, timedelta

from django.db import transaction

from grappe.actions.contract_record import change_contract, change_tranche, contract_to_change, record
from grappe.actions.state_contract import state_contract
from grappe.domain.actor import Actor
from grappe.domain.errors import Refused
from grappe.policy.contract_states import ContractState
from grappe.policy.contract_terms import SIGNATURE
from grappe.policy.lateness import Side
from grappe.policy.tranche_states import TrancheState
from grappe.store.contract_values import clauses_of, state_of
from grappe.store.models import Contract

_SIGNED = {
    Side.STATE: ContractState.SIGNED_BY_STATE,
    Side.BENEFICIARY: ContractState.SIGNED_BY_CLUSTER,
}
_DAY = {Side.STATE: "signed_by_state_on", Side.BENEFICIARY: "signed_by_cluster_on"}


def sign_contract(contract: str, side: Side, *, by: Actor, at: datetime, seen: int | None = None) -> Contract:
    """Sign a contract for one side; the second signature starts it, and makes the first tranche due.

    The census then says that the cluster is under contract, where it knows cluster and authority.

    Raises
    ------
    UnknownThing
        If there is no such contract.
    Forbidden
        If somebody does not sign for that side.
    Refused
        If that side has signed, the contract is past signing, or it was changed since version `seen`.
    """
    with transaction.atomic():
        row = contract_to_change(contract, by, side, seen)
        if getattr(row, _DAY[side]) is not None:
            raise Refused("signed_already", contract=row.id, side=side, on=getattr(row, _DAY[side]))
        first = state_of(row) is ContractState.PREPARED
        change_contract(row, _SIGNED[side] if first else ContractState.RUNNING)
        setattr(row, _DAY[side], at.date())
        if not first:
            make_due(row, at)
        record("sign_contract", row, by, at, side=str(side))
        if not first:
            state_contract(row, by=by, at=at)
    return row


def make_due(contract: Contract, at: datetime) -> None:
    """Make due the tranche that waits for the signature: from that day, or from the first of its phase."""
    days = timedelta(days=clauses_of(contract.clauses).number("payment_days"))
    waiting = contract.tranches.select_for_update().filter(
        waits_for=SIGNATURE, state=str(TrancheState.PLANNED)
    )
    for tranche in waiting:
        change_tranche(tranche, TrancheState.DUE)
        tranche.due_on = max(at.date(), tranche.planned_on) + days
        tranche.save()
