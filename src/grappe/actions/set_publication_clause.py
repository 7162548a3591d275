"""Set the publication clause of a contract, and record that a commitment was kept."""

from datetime import date, datetime

from django.db import transaction

from grappe.actions.contract_record import check_side, check_state, contract_to_change, reason, record
from grappe.domain.actor import Actor
from grappe.domain.errors import Refused, UnknownThing
from grappe.domain.roles import Capability
from grappe.policy.contract_rights import Clause
from grappe.policy.contract_states import ALIVE
from grappe.policy.lateness import Side
from grappe.store.models import Commitment, Contract


def set_publication_clause(
    contract: str, clause: Clause, *, by: Actor, at: datetime, seen: int | None = None
) -> Contract:
    """Say who may read a contract beside its two sides; the state sets it, the cluster reads it there.

    Raises
    ------
    UnknownThing, Forbidden
        If there is no such contract, or somebody does not act for the state.
    Refused
        If somebody else changed the contract since version `seen`.
    """
    with transaction.atomic():
        row = contract_to_change(contract, by, Side.STATE, seen)
        before, row.publication = row.publication, str(clause)
        record("set_publication_clause", row, by, at, before=before, after=str(clause))
    return row


def keep_commitment(
    contract: str,
    code: str,
    proof: str,
    *,
    kept_on: date | None = None,
    by: Actor,
    at: datetime,
    seen: int | None = None,
) -> Commitment:
    """Record that a commitment of the scheme was kept: the side to which it was owed says so.

    Raises
    ------
    UnknownThing
        If the contract has no such commitment.
    Forbidden
        If somebody does not act for the side to which it was owed.
    Refused
        If it was kept already, nothing proves it, or the contract is not alive.
    """
    with transaction.atomic():
        known = Contract.objects.select_for_update().filter(id=contract).first()
        if known is None:
            raise UnknownThing(kind="contract", id=contract)
        commitment: Commitment | None = known.commitments.filter(code=code).first()
        if commitment is None:
            raise UnknownThing(kind="commitment", id=code)
        owed_to = Side.BENEFICIARY if commitment.side == Side.STATE else Side.STATE
        check_side(known, by, owed_to, Capability.FOLLOW_CONTRACTS)
        row = contract_to_change(contract, by, owed_to, seen, Capability.FOLLOW_CONTRACTS)
        check_state(row, ALIVE)
        if commitment.kept_on is not None:
            raise Refused("commitment_kept", code=code, on=commitment.kept_on)
        commitment.kept_on = kept_on or at.date()
        commitment.proof = reason(proof, code)
        commitment.save()
        record("keep_commitment", row, by, at, code=code)
    return commitment
