"""Propose to renew a contract, with the rule and its findings, and decide on the proposal."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from grappe.actions.contract_record import (
    change_contract,
    check_state,
    contract_to_change,
    reason,
    record,
)
from grappe.actions.sign_contract import make_due
from grappe.domain.actor import Actor
from grappe.domain.errors import Refused
from grappe.domain.transitions import check_follows
from grappe.policy.contract_clauses import Clauses, clauses_for_renewal
from grappe.policy.contract_states import IN_FORCE, ContractState
from grappe.policy.contract_targets import target_terms
from grappe.policy.contract_terms import PhaseTerms, phase_terms
from grappe.policy.finding import Finding
from grappe.policy.lateness import Side
from grappe.policy.renewal import RenewalFindings, audit_profile
from grappe.policy.renewal_states import RENEWAL_MOVES, RenewalState
from grappe.store.contract_renewals import findings_now
from grappe.store.contract_values import (
    clauses_of,
    indicators_of,
    latest_audit,
    packed_cites,
    packed_clauses,
    packed_finding,
    scheme_of,
    store_phase,
)
from grappe.store.models import Contract, RenewalProposal, Target


def propose_renewal(
    contract: str,
    amount: Decimal,
    clauses: Clauses | None = None,
    *,
    by: Actor,
    at: datetime,
    seen: int | None = None,
) -> RenewalProposal:
    """Propose the next phase of a contract; one that cannot be granted yet says what is missing.

    Parameters
    ----------
    amount : what would be granted over the phase, in the currency of the contract
    clauses : what changes in the clauses: length, shares, targets; lengths of periods stay by default

    Raises
    ------
    UnknownThing, Forbidden
        If there is no such contract, or somebody does not act for the state.
    Refused
        If the contract is not in force, has no further phase, or was changed since version `seen`.
    InputRefused
        With everything wrong in the clauses.
    """
    with transaction.atomic():
        row = contract_to_change(contract, by, Side.STATE, seen)
        check_state(row, IN_FORCE)
        found = findings_now(row, at.date())
        agreed = _agreed(row, clauses)
        if found.phase is None or found.allowed:
            _terms(row, amount, agreed)
        if found.phase is None:
            raise Refused("no_further_phase", scheme=row.scheme, count=0, cites="")
        row.renewals.filter(state=str(RenewalState.PROPOSED)).update(state=str(RenewalState.WITHDRAWN))
        proposal = RenewalProposal.objects.create(
            contract=row,
            phase=found.phase.id,
            amount=amount,
            clauses=packed_clauses(agreed) | {"targets": _packed_targets(agreed)},
            allowed=found.allowed,
            rules=[packed_finding(one) for one in found.rules],
            context=[packed_finding(one) for one in found.context],
            cites=packed_cites(found.cites),
            proposed_by=str(by),
            proposed_on=at.date(),
        )
        record("propose_renewal", row, by, at, phase=found.phase.id, allowed=found.allowed)
    return proposal


def decide_renewal(
    contract: str,
    granted: bool,
    why: str,
    *,
    by: Actor,
    at: datetime,
    seen: int | None = None,
) -> RenewalProposal:
    """Grant or refuse the renewal that was proposed; the rule is asked again on this day.

    Raises
    ------
    UnknownThing, Forbidden
        As `propose_renewal`.
    Refused
        If nothing is proposed, there is no reason, a rule is not met or cannot be told, or somebody
        else changed the contract.
    """
    with transaction.atomic():
        row = contract_to_change(contract, by, Side.STATE, seen)
        check_state(row, IN_FORCE)
        proposal: RenewalProposal | None = (
            row.renewals.select_for_update().filter(state=str(RenewalState.PROPOSED)).last()
        )
        if proposal is None:
            raise Refused("no_renewal_proposed", contract=row.id)
        wanted = RenewalState.GRANTED if granted else RenewalState.REFUSED
        check_follows(RENEWAL_MOVES, RenewalState(proposal.state), wanted, "renewal_cannot", contract=row.id)
        if granted:
            _grant(row, proposal, by, at)
        proposal.state = str(wanted)
        proposal.why = reason(why, row.id)
        proposal.decided_by, proposal.decided_on = str(by), at.date()
        proposal.save()
        record("decide_renewal", row, by, at, granted=granted, phase=proposal.phase)
    return proposal


def _grant(contract: Contract, proposal: RenewalProposal, by: Actor, at: datetime) -> None:
    found = findings_now(contract, at.date())
    _check_allowed(found)
    agreed = clauses_of(proposal.clauses)
    terms = _terms(contract, proposal.amount, agreed)
    change_contract(contract, ContractState.RENEWED)
    store_phase(contract, terms, at)
    contract.end = terms.end
    last = terms.periods[-1].number
    targets = {
        id: {int(period): Decimal(value) for period, value in values.items()}
        for id, values in proposal.clauses.get("targets", {}).items()
    }
    Target.objects.bulk_create(
        Target(
            contract=contract,
            indicator=one.indicator,
            period=one.period,
            value=one.value,
            unit=one.unit,
            cites=packed_cites(one.cites),
            by=str(by),
            at=at,
        )
        for one in target_terms(contract.id, indicators_of(contract), last, targets)
    )
    make_due(contract, at)


def _check_allowed(found: RenewalFindings) -> None:
    if found.allowed:
        return
    decisive: Finding = next(one for one in found.rules if one.met is found.allowed)
    if found.allowed is None:
        raise Refused(
            "renewal_cannot_tell",
            phase=found.phase.id if found.phase else "",
            rule=decisive.rule,
            missing=", ".join(decisive.missing),
            cites=", ".join(one.short for one in decisive.cites),
        )
    needed = decisive.needed
    raise Refused(
        "renewal_not_allowed",
        phase=found.phase.id if found.phase else "",
        rule=decisive.rule,
        seen=decisive.seen,
        needed=", ".join(str(one) for one in needed) if isinstance(needed, tuple) else needed,
        cites=", ".join(one.short for one in decisive.cites),
    )


def _agreed(contract: Contract, clauses: Clauses | None) -> Clauses:
    before = clauses_of(contract.clauses)
    if clauses is None:
        return clauses_for_renewal(before)
    return clauses_for_renewal(
        before,
        months=clauses.months,
        shares=clauses.shares,
        targets=clauses.targets,
        denominator=clauses.denominator or before.denominator,
    )


def _terms(contract: Contract, amount: Decimal, clauses: Clauses) -> PhaseTerms:
    return phase_terms(
        scheme_of(contract),
        contract_start=contract.start,
        position=contract.phases.count(),
        amount=amount,
        currency=contract.currency,
        clauses=clauses,
        reading=contract.reading,
        profile=audit_profile(latest_audit(contract)),
        tranches_before=contract.tranches.count(),
        periods_before=contract.reports.count(),
    )


def _packed_targets(clauses: Clauses) -> dict[str, dict[str, str]]:
    return {
        id: {str(period): str(value) for period, value in values.items()}
        for id, values in clauses.targets.items()
    }
