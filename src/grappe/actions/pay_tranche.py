"""Pay a tranche of a contract, withhold it, or release it."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction

from grappe.actions.contract_record import (
    change_tranche,
    check_state,
    contract_to_change,
    reason,
    record,
    tranche_of,
)
from grappe.domain.actor import Actor
from grappe.domain.errors import Refused
from grappe.policy.contract_states import ALIVE, IN_FORCE
from grappe.policy.contract_terms import SIGNATURE
from grappe.policy.lateness import Side
from grappe.policy.report_states import ReportState
from grappe.policy.tranche_states import TrancheState
from grappe.store.contract_values import clauses_of
from grappe.store.models import Contract, Tranche


def pay_tranche(
    contract: str,
    number: int,
    *,
    amount: Decimal,
    paid_on: date | None = None,
    by: Actor,
    at: datetime,
    seen: int | None = None,
) -> Tranche:
    """Record that a tranche that is due was paid, in full.

    Parameters
    ----------
    amount : what was paid, in the currency of the contract; more or less than the tranche is refused
    paid_on : day of the payment, by default that of `at`

    Raises
    ------
    UnknownThing, Forbidden
        If there is no such tranche, or somebody does not act for the state.
    Refused
        If the tranche is not due, the amount is another, the day lies in the future, the contract is
        not in force, or it was changed since version `seen`.
    """
    day = paid_on or at.date()
    with transaction.atomic():
        row = contract_to_change(contract, by, Side.STATE, seen)
        check_state(row, IN_FORCE)
        tranche = tranche_of(row, number)
        change_tranche(tranche, TrancheState.PAID)
        if amount != tranche.amount:
            raise Refused(
                "payment_differs",
                contract=row.id,
                number=number,
                amount=amount,
                due=tranche.amount,
                currency=row.currency,
                cites=", ".join(one["short"] for one in tranche.phase.cites),
            )
        if day > at.date():
            raise Refused("payment_in_future", on=day)
        tranche.paid_on = day
        tranche.save()
        record("pay_tranche", row, by, at, number=number, amount=str(amount), paid_on=day.isoformat())
    return tranche


def withhold_tranche(
    contract: str, number: int, why: str, *, by: Actor, at: datetime, seen: int | None = None
) -> Tranche:
    """Keep back a tranche, with a reason that the cluster reads.

    Raises
    ------
    UnknownThing, Forbidden
        As `pay_tranche`.
    Refused
        If there is no reason, it is paid or cancelled, or the contract was changed meanwhile.
    """
    with transaction.atomic():
        row = contract_to_change(contract, by, Side.STATE, seen)
        check_state(row, ALIVE)
        tranche = tranche_of(row, number)
        change_tranche(tranche, TrancheState.WITHHELD)
        tranche.why = reason(why, f"{row.id}/{number}")
        tranche.save()
        record("withhold_tranche", row, by, at, number=number)
    return tranche


def release_tranche(
    contract: str, number: int, *, by: Actor, at: datetime, seen: int | None = None
) -> Tranche:
    """Release a tranche that was withheld: due if its condition is met meanwhile, else planned again.

    Raises
    ------
    UnknownThing, Forbidden, Refused
        As `withhold_tranche`.
    """
    with transaction.atomic():
        row = contract_to_change(contract, by, Side.STATE, seen)
        check_state(row, ALIVE)
        tranche = tranche_of(row, number)
        if _condition_met(row, tranche):
            change_tranche(tranche, TrancheState.DUE)
            days = clauses_of(row.clauses).number("payment_days")
            tranche.due_on = at.date() + timedelta(days=days)
        else:
            change_tranche(tranche, TrancheState.PLANNED)
        tranche.save()
        record("release_tranche", row, by, at, number=number)
    return tranche


def _condition_met(contract: Contract, tranche: Tranche) -> bool:
    if tranche.waits_for == SIGNATURE or tranche.period is None:
        return True
    verified = contract.reports.filter(number=tranche.period, state=str(ReportState.VERIFIED))
    return bool(verified.exists())
