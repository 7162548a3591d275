"""Draft a contract from the decision of a call."""

from datetime import date, datetime

from django.db import transaction

from grappe.actions.contract_record import check_side
from grappe.actions.trail import trace
from grappe.domain.actor import Actor
from grappe.domain.errors import BadChoice, Refused
from grappe.domain.roles import Capability
from grappe.domain.vocabulary import LANGUAGES
from grappe.policy.award import Award
from grappe.policy.contract_clauses import Clauses
from grappe.policy.contract_terms import contract_terms
from grappe.policy.lateness import Side
from grappe.policy.scheme_files import scheme as scheme_of_id
from grappe.store.contract_values import (
    packed_cites,
    packed_clauses,
    packed_finding,
    packed_terms,
    store_phase,
)
from grappe.store.models import ClusterRow, Commitment, Contract, Target
from grappe.store.scheme_folders import scheme_folders


def draft_contract(
    award: Award,
    *,
    start: date,
    clauses: Clauses | None = None,
    sector: str | None = None,
    region: str | None = None,
    by: Actor,
    at: datetime,
) -> Contract:
    """Draft the contract of an award: phases, tranches, reports, targets and commitments of both sides.

    Parameters
    ----------
    award : what the call decided; a contract is drafted of it once
    start : first day of the contract
    clauses : what is agreed where the scheme is silent
    sector, region : for a cluster that the census does not know; else the census tells

    Raises
    ------
    UnknownThing
        If there is no such scheme.
    Forbidden
        If somebody does not sign for that state.
    Refused
        If the award has a contract already, the amount is surely over the ceiling, or the scheme
        leaves open what nobody has agreed on.
    InputRefused
        With everything wrong in the clauses.
    """
    if award.language not in LANGUAGES:
        raise BadChoice(name="language", value=award.language, accepted=", ".join(LANGUAGES))
    scheme = scheme_of_id(award.scheme, scheme_folders())
    known = _known(award.cluster)
    row = Contract(
        id=award.id,
        award=award.id,
        scheme=award.scheme,
        call=award.call,
        application=award.application,
        cluster=award.cluster,
        cluster_name=award.cluster_name,
        country=award.country,
        sector=sector or (str(known.sector) if known and known.sector else None),
        region=region or (known.places.split("|")[0] or None if known else None),
        currency=award.currency,
        language=award.language,
        start=start,
        drafted_by=str(by),
        drafted_at=at,
    )
    check_side(row, by, Side.STATE, Capability.SIGN)
    terms = contract_terms(award, scheme, start, clauses)
    row.reading = terms.reading
    row.end = terms.phase.end
    row.indicator_version = terms.indicators.version if terms.indicators else None
    row.clauses = packed_clauses(terms.clauses)
    row.terms = packed_terms(terms, scheme)
    row.findings = [packed_finding(one) for one in terms.findings]
    with transaction.atomic():
        if Contract.objects.filter(award=award.id).exists():
            raise Refused("contract_exists", award=award.id)
        row.save(force_insert=True)
        store_phase(row, terms.phase, at)
        Target.objects.bulk_create(
            Target(
                contract=row,
                indicator=one.indicator,
                period=one.period,
                value=one.value,
                unit=one.unit,
                cites=packed_cites(one.cites),
                by=str(by),
                at=at,
            )
            for one in terms.targets
        )
        Commitment.objects.bulk_create(
            Commitment(
                contract=row,
                code=one.id,
                side=one.side,
                name=dict(one.name),
                due_on=due,
                cites=packed_cites(one.cites),
            )
            for one, due in terms.commitments
        )
        trace("draft_contract", row.id, by, at, version=row.version, award=award.id)
    return row


def _known(cluster: str | None) -> ClusterRow | None:
    if cluster is None:
        return None
    return ClusterRow.objects.filter(entity=cluster).order_by("-valid_from").first()
