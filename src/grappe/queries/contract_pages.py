"""What does somebody see of a contract on its page, and what can they do there?"""

from collections.abc import Iterable
from datetime import date

from grappe.domain.actor import Actor
from grappe.domain.errors import Forbidden, UnknownThing
from grappe.domain.roles import Capability, Grant, Role
from grappe.policy.contract_deeds import Deed, deeds_for
from grappe.policy.contract_rights import Part, check_acts_for
from grappe.policy.contract_states import ALIVE
from grappe.policy.finding import Finding
from grappe.policy.lateness import Side
from grappe.policy.report_states import WRITABLE, ReportState
from grappe.policy.reported import inputs_of
from grappe.policy.scheme import Phase
from grappe.present.contracts import tidy
from grappe.present.plain import Plain
from grappe.present.policies import cites_plain, finding_plain
from grappe.queries.contracts import (
    NOBODY,
    check_reads,
    contract_line,
    find_contract,
    list_contracts,
    parts_by,
    parts_of,
    show_contract,
    trail,
)
from grappe.store.contract_renewals import findings_now
from grappe.store.contract_values import cites_of, indicators_of, latest_values, state_of
from grappe.store.grants import held_by
from grappe.store.models import Contract, ContractReport, ReportProof

_HIDDEN = frozenset({ReportState.DUE, ReportState.DRAFT})
"""States of a report that its cluster alone reads: the officer sees that it writes, not what."""


def sides_of(row: Contract, by: Actor | None) -> tuple[Side, ...]:
    """Sides of a contract that somebody acts for."""
    return _sides(row, held_by(by or NOBODY))


def _sides(row: Contract, held: Iterable[Grant]) -> tuple[Side, ...]:
    grants = tuple(held)
    return tuple(side for side in Side if _acts(side, grants, row))


def _acts(side: Side, held: Iterable[Grant], row: Contract) -> bool:
    try:
        check_acts_for(side, held, Capability.SIGN, row.cluster, row.country)
    except Forbidden:
        return False
    return True


def follows_for_state(by: Actor | None) -> bool:
    """Whether somebody follows contracts for a State: the portfolio is theirs."""
    return any(one.role is Role.OFFICER for one in held_by(by or NOBODY))


def clusters_followed(by: Actor | None) -> frozenset[str]:
    """Clusters whose contracts somebody manages."""
    held = held_by(by or NOBODY)
    return frozenset(one.scope for one in held if one.role is Role.MANAGER and one.scope)


def listed_contracts(by: Actor | None) -> tuple[list[Plain], list[Plain]]:
    """Contracts of the clusters that somebody manages, and all others that they may know of."""
    mine = clusters_followed(by)
    rows = list_contracts(by=by)
    return (
        [one for one in rows if one["cluster"] in mine],
        [one for one in rows if one["cluster"] not in mine],
    )


def contract_page(contract: str, on: date, *, by: Actor | None = None) -> Plain:
    """Everything that somebody may read of a contract, with what they can do there.

    Raises
    ------
    UnknownThing, Forbidden
        As `show_contract`.
    """
    found = show_contract(contract, on, by=by)
    row = find_contract(contract)
    sides = sides_of(row, by)
    return found | {
        "sides": [str(one) for one in sides],
        "deeds": sorted(str(one) for one in deeds_for(state_of(row), sides)),
        "terms": row.terms,
        "resumes": row.resumes,
        "application": row.application,
    }


def renewal_page(contract: str, on: date, *, by: Actor) -> Plain:
    """A contract with the rule of its next phase and the findings of a day, for who decides on it.

    Raises
    ------
    UnknownThing, Forbidden
        If there is no such contract, or somebody is on neither side of it.
    """
    row = find_contract(contract)
    check_reads(row, by, Part.FILES)
    found = findings_now(row, on)
    periods = [one.number for one in row.reports.all()]
    return contract_page(contract, on, by=by) | {
        "next": {
            "phase": _phase_plain(found.phase),
            "allowed": found.allowed,
            "rules": _findings(found.rules),
            "context": _findings(found.context),
            "cites": cites_plain(found.cites),
            "start": row.end.isoformat(),
            "first_period": max(periods, default=0) + 1,
        },
        "proposal": next((one for one in _renewals(row) if one["state"] == "proposed"), None),
    }


def _phase_plain(phase: Phase | None) -> Plain | None:
    if phase is None:
        return None
    return {
        "id": phase.id,
        "months": phase.months,
        "degressive": phase.degressive,
        "cites": cites_plain(phase.cites),
    }


def _findings(all_: Iterable[Finding]) -> list[Plain]:
    return [finding_plain(one) for one in all_]


def _renewals(row: Contract) -> list[Plain]:
    return [
        {
            "phase": one.phase,
            "amount": tidy(one.amount),
            "clauses": one.clauses,
            "state": one.state,
            "allowed": one.allowed,
            "rules": one.rules,
            "context": one.context,
            "proposed_by": one.proposed_by,
            "proposed_on": one.proposed_on.isoformat(),
            "cites": cites_plain(cites_of(one.cites)),
        }
        for one in row.renewals.all()
    ]


def report_page(contract: str, number: int, on: date, *, by: Actor) -> Plain:
    """A report with its fields, values, proofs and what somebody can do with it.

    Raises
    ------
    UnknownThing
        If there is no such contract or period.
    Forbidden
        If somebody is on neither side of the contract.
    """
    row = find_contract(contract)
    check_reads(row, by, Part.FILES)
    report = next((one for one in row.reports.all() if one.number == number), None)
    if report is None:
        raise UnknownThing(kind="report", id=f"{contract}/{number}")
    sides = sides_of(row, by)
    deeds = deeds_for(state_of(row), sides)
    state = ReportState(report.state)
    shown = _shown(row, report, by)
    return {
        "contract": contract_line(row, parts_of(row, by)),
        "terms": row.terms,
        "number": report.number,
        "start": report.start.isoformat(),
        "end": report.end.isoformat(),
        "due_on": report.due_on.isoformat(),
        "days_late": max(0, ((report.submitted_on or on) - report.due_on).days),
        "state": report.state,
        "submitted_on": report.submitted_on.isoformat() if report.submitted_on else None,
        "decided_on": report.decided_on.isoformat() if report.decided_on else None,
        "why": report.why or None,
        "version": report.version,
        "on": on.isoformat(),
        "over": on >= report.end,
        "writes": Deed.REPORT in deeds and state in WRITABLE and on >= report.start,
        "decides": Deed.DECIDE_REPORT in deeds and state is ReportState.SUBMITTED,
        "closes": Deed.DECIDE_REPORT in deeds and state in WRITABLE and on > report.due_on,
        "shown": shown,
        "fields": _fields(row, report, shown=shown),
        "proofs": [
            {"id": one.pk, "indicator": one.indicator, "name": one.name, "size": one.size}
            for one in report.proofs.defer("content")
        ]
        if shown
        else [],
        "trail": [one for one in trail(row.id) if one["subject"] == f"{row.id}/report-{number}"],
    }


def _shown(row: Contract, report: ContractReport, by: Actor | None) -> bool:
    return ReportState(report.state) not in _HIDDEN or Side.BENEFICIARY in sides_of(row, by)


def _fields(row: Contract, report: ContractReport, *, shown: bool) -> list[Plain]:
    """What a report is asked for: each indicator, or the counts and incomes it is computed from."""
    indicators = indicators_of(row)
    items = indicators.indicators if indicators else ()
    targets = {one.indicator: one for one in row.targets.all() if one.period == report.number}
    values = latest_values(report) if shown else {}
    notes = {one.name: one.note for one in report.values.all() if one.note} if shown else {}
    kinds = inputs_of(items)
    added = sorted({one.indicator for one in row.targets.all()} - {one.id for one in items})
    of = {one.id: one for one in items}
    return [
        {
            "name": name,
            "kind": kind,
            "indicator": name in of or name in added,
            "counted": (of[name].formula if name in of else None) == "count",
            "value": tidy(values[name]) if name in values else None,
            "note": notes.get(name),
            "target": tidy(targets[name].value) if name in targets else None,
            "unit": of[name].unit if name in of else None,
            "cites": cites_plain(of[name].cites) if name in of else [],
            "needed": name in targets,
        }
        for name, kind in (kinds | dict.fromkeys(added, "number")).items()
    ]


def find_proof(number: int, by: Actor) -> ReportProof:
    """A proof, for the two sides of its contract.

    Raises
    ------
    UnknownThing
        If there is none.
    Forbidden
        If somebody is on neither side, or its cluster is still writing.
    """
    proof = ReportProof.objects.select_related("report__contract").filter(pk=number).first()
    if proof is None:
        raise UnknownThing(kind="proof", id=number)
    row = proof.report.contract
    check_reads(row, by, Part.FILES)
    if not _shown(row, proof.report, by):
        raise Forbidden("nothing_to_read", contract=row.id)
    return proof


def merging(clusters: Iterable[str], by: Actor) -> list[Plain]:
    """Contracts alive of clusters that merge, those that somebody decides on."""
    wanted = [one for one in clusters if one]
    rows = Contract.objects.filter(
        cluster__in=wanted, state__in=[str(one) for one in ALIVE]
    ).prefetch_related("phases")
    held = held_by(by)
    return [
        contract_line(row, parts_by(row, held)) | {"version": row.version}
        for row in rows
        if Side.STATE in _sides(row, held)
    ]


def mergeable(by: Actor) -> dict[str, str]:
    """Clusters with a contract alive that somebody decides on, by id."""
    rows = Contract.objects.filter(state__in=[str(one) for one in ALIVE]).exclude(cluster=None)
    held = held_by(by)
    return {str(row.cluster): row.cluster_name for row in rows if Side.STATE in _sides(row, held)}
