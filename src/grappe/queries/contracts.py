"""Which contracts are there, and what does one look like to somebody who asks?

Cluster and funder read everything; everybody else what the publication clause says.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet

from grappe.domain.actor import Actor
from grappe.domain.errors import BadChoice, Forbidden, UnknownThing
from grappe.domain.roles import Grant
from grappe.policy.autonomy import autonomy_path
from grappe.policy.contract_rights import Clause, Part, parts_for
from grappe.policy.contract_states import CONTRACT_MOVES, ContractState
from grappe.policy.label_register import label_state
from grappe.policy.scoreboard import scoreboard
from grappe.present.contracts import (
    against_plain,
    autonomy_plain,
    day,
    obligation_plain,
    scoreboard_plain,
    tidy,
)
from grappe.present.plain import Plain
from grappe.present.policies import cites_plain
from grappe.store.contract_values import (
    CHECKED,
    cites_of,
    indicator_values,
    latest_values,
    obligations_of,
    results_of,
    state_of,
    values_by_period,
)
from grappe.store.grants import held_by
from grappe.store.models import AuditEvent, Contract

NOBODY = Actor("visitor", "visitor")
"""Somebody who has not signed in."""
_RATE = "self_financing_rate"


def contracts_with_rows(**filters: Any) -> QuerySet[Contract]:
    """Rows of contracts with all that hangs on them, in a handful of questions to the database."""
    return Contract.objects.filter(**filters).prefetch_related(
        "phases", "tranches", "commitments", "targets", "reports", "reports__values", "audits", "renewals"
    )


def find_contract(contract: str) -> Contract:
    """The row of a contract.

    Raises
    ------
    UnknownThing
        If there is none.
    """
    row = contracts_with_rows(id=contract).first()
    if row is None:
        raise UnknownThing(kind="contract", id=contract)
    return row


def parts_of(row: Contract, by: Actor | None) -> frozenset[Part]:
    """Parts of a contract that somebody may read."""
    return parts_by(row, held_by(by or NOBODY))


def parts_by(row: Contract, grants: Iterable[Grant]) -> frozenset[Part]:
    """Parts of a contract that grants allow to read."""
    return parts_for(grants, row.cluster, row.country, Clause(row.publication))


def check_reads(row: Contract, by: Actor | None, part: Part) -> None:
    """Refuse a part of a contract to somebody who may not read it.

    Raises
    ------
    Forbidden
        With the contract.
    """
    if part not in parts_of(row, by):
        raise Forbidden("nothing_to_read", contract=row.id)


def list_contracts(
    *,
    by: Actor | None = None,
    country: str | None = None,
    cluster: str | None = None,
    scheme: str | None = None,
    state: str | None = None,
) -> list[Plain]:
    """Contracts, by name of cluster; amounts of those alone that somebody may read.

    Raises
    ------
    BadChoice
        If there is no such state.
    """
    if state is not None and state not in tuple(ContractState):
        raise BadChoice(name="state", value=state, accepted=", ".join(ContractState))
    wanted = {"country": country, "cluster": cluster, "scheme": scheme, "state": state}
    held = held_by(by or NOBODY)
    rows = contracts_with_rows(**{name: value for name, value in wanted.items() if value is not None})
    return [contract_line(row, parts_by(row, held)) for row in rows if _listed(row, held)]


def _listed(row: Contract, held: Iterable[Grant]) -> bool:
    """A contract that is not signed by both is the business of its two sides alone."""
    unsigned = row.signed_by_state_on is None or row.signed_by_cluster_on is None
    return not unsigned or Part.FILES in parts_by(row, held)


def contract_line(row: Contract, parts: frozenset[Part]) -> Plain:
    """A contract in a line; what may not be read is null."""
    terms = Part.TERMS in parts
    phases = list(row.phases.all())
    return {
        "id": row.id,
        "cluster": row.cluster,
        "cluster_name": row.cluster_name,
        "scheme": row.scheme,
        "call": row.call,
        "country": row.country,
        "sector": row.sector,
        "region": row.region,
        "state": row.state,
        "start": row.start.isoformat(),
        "end": row.end.isoformat(),
        "phases": len(phases),
        "amount": tidy(sum(one.amount for one in phases)) if terms else None,
        "currency": row.currency if terms else None,
        "publication": row.publication,
    }


def show_contract(contract: str, on: date, *, by: Actor | None = None) -> Plain:
    """Everything that somebody may read of a contract, as it stands on a day.

    Raises
    ------
    UnknownThing
        If there is no such contract.
    Forbidden
        If it is not signed and somebody is on neither side of it.
    """
    row = find_contract(contract)
    held = held_by(by or NOBODY)
    if not _listed(row, held):
        raise Forbidden("nothing_to_read", contract=row.id)
    parts = parts_by(row, held)
    found = contract_line(row, parts) | {"on": on.isoformat(), "parts": sorted(parts)}
    if Part.SCOREBOARD in parts:
        found["scoreboard"] = scoreboard_plain(scoreboard(obligations_of(row), results_of(row), on))
    if Part.TERMS in parts:
        found |= terms_plain(row, on)
    if Part.REPORTS in parts:
        found |= reports_plain(row, files=Part.FILES in parts)
    if Part.FILES in parts:
        found |= files_plain(row)
    return found


def terms_plain(row: Contract, on: date) -> Plain:
    """Phases, tranches, targets, clauses and what both sides owe each other."""
    return {
        "reading": row.reading,
        "indicator_version": row.indicator_version,
        "clauses": row.clauses,
        "open": row.terms.get("open", []),
        "findings": row.findings,
        "signed_by_state_on": day(row.signed_by_state_on),
        "signed_by_cluster_on": day(row.signed_by_cluster_on),
        "schedule": [
            {
                "phase": one.phase,
                "start": one.start.isoformat(),
                "end": one.end.isoformat(),
                "months": one.months,
                "amount": tidy(one.amount),
                "currency": row.currency,
                "degressive": one.degressive,
                "conditions": one.findings,
                "cites": cites_plain(cites_of(one.cites)),
            }
            for one in row.phases.all()
        ],
        "tranches": [
            {
                "number": one.number,
                "amount": tidy(one.amount),
                "currency": row.currency,
                "waits_for": one.waits_for,
                "period": one.period,
                "planned_on": one.planned_on.isoformat(),
                "state": one.state,
                "due_on": day(one.due_on),
                "paid_on": day(one.paid_on),
                "why": one.why or None,
            }
            for one in row.tranches.all()
        ],
        "targets": [
            {
                "indicator": one.indicator,
                "period": one.period,
                "value": tidy(one.value),
                "unit": one.unit,
                "cites": cites_plain(cites_of(one.cites)),
            }
            for one in row.targets.all()
        ],
        "commitments": [
            {
                "code": one.code,
                "side": one.side,
                "name": one.name,
                "due_on": day(one.due_on),
                "kept_on": day(one.kept_on),
                "proof": one.proof or None,
                "cites": cites_plain(cites_of(one.cites)),
            }
            for one in row.commitments.all()
        ],
        "obligations": [obligation_plain(one, on) for one in obligations_of(row)],
    }


def reports_plain(row: Contract, *, files: bool) -> Plain:
    """Reports with their verified values, results, the path to autonomy, audits and renewals."""
    targets = {one.period: one.value for one in row.targets.all() if one.indicator == _RATE}
    verified = values_by_period(row, CHECKED)
    verified.pop(0, None)
    return {
        "reports": [
            {
                "number": one.number,
                "start": one.start.isoformat(),
                "end": one.end.isoformat(),
                "due_on": one.due_on.isoformat(),
                "state": one.state,
                "submitted_on": day(one.submitted_on),
                "decided_on": day(one.decided_on),
                "version": one.version,
                "why": (one.why or None) if files else None,
                "values": {name: tidy(value) for name, value in latest_values(one).items()}
                if files or one.state == "verified"
                else None,
            }
            for one in row.reports.all()
        ],
        "results": [against_plain(one) for one in results_of(row)],
        "autonomy": [
            autonomy_plain(one) for one in autonomy_path(verified, targets, row.clauses.get("denominator"))
        ],
        "audits": [
            {
                "state": one.state,
                "ordered_on": one.ordered_on.isoformat(),
                "recorded_on": day(one.recorded_on),
                "auditor": one.auditor or None,
                "summary": (one.summary or None) if files else None,
            }
            for one in row.audits.all()
        ],
        "renewals": [
            {
                "phase": one.phase,
                "amount": tidy(one.amount),
                "state": one.state,
                "allowed": one.allowed,
                "rules": one.rules,
                "context": one.context,
                "proposed_on": one.proposed_on.isoformat(),
                "decided_on": day(one.decided_on),
                "why": (one.why or None) if files else None,
                "cites": cites_plain(cites_of(one.cites)),
            }
            for one in row.renewals.all()
        ],
    }


def files_plain(row: Contract) -> Plain:
    """Proofs, mergers, exit, labels and the trail of changes: what the two sides alone read."""
    exit_ = getattr(row, "exit", None)
    return {
        "version": row.version,
        "may_become": [str(one) for one in ContractState if one in CONTRACT_MOVES[state_of(row)]],
        "proofs": [
            {
                "report": report.number,
                "id": proof.pk,
                "indicator": proof.indicator,
                "name": proof.name,
                "size": proof.size,
                "sha256": proof.sha256,
            }
            for report in row.reports.all()
            for proof in report.proofs.defer("content")
        ],
        "mergers": [
            {
                "outcome": one.outcome,
                "from": one.from_name,
                "into": one.into_name,
                "other": one.other_id,
                "why": one.why,
                "on": one.on.isoformat(),
            }
            for one in row.mergers.all()
        ],
        "exit": None
        if exit_ is None
        else {
            "how": exit_.how,
            "why": exit_.why or None,
            "may_return": exit_.may_return,
            "on": exit_.on.isoformat(),
        },
        "labels": [
            {
                "id": one.pk,
                "kind": one.kind,
                "receiver": one.receiver_name,
                "start": one.start.isoformat(),
                "end": day(one.end),
            }
            for one in row.labels.all()
        ],
        "trail": trail(row.id),
    }


def trail(contract: str) -> list[Plain]:
    """What was done to a contract and its reports, by whom and when, the earliest first."""
    rows = AuditEvent.objects.filter(subject=contract) | AuditEvent.objects.filter(
        subject__startswith=f"{contract}/report-"
    )
    return [
        {"verb": one.verb, "subject": one.subject, "by": one.by, "at": one.at.isoformat()}
        for one in rows.order_by("at", "id")
    ]


def contract_indicators(contract: str, *, by: Actor | None = None) -> list[Plain]:
    """Every indicator of a contract at the end of every verified period.

    Raises
    ------
    UnknownThing, Forbidden
        If there is no such contract, or somebody may not read its reports.
    """
    row = find_contract(contract)
    check_reads(row, by, Part.REPORTS)
    return [
        {
            "indicator": id,
            "period": period,
            "value": tidy(value.low),
            "value_high": tidy(value.high) if value.high != value.low else None,
            "unit": value.unit or None,
            "missing": list(value.missing),
            "cites": cites_plain(value.cites),
        }
        for id, period, value in indicator_values(row)
    ]


def label_line(row: Any, on: date) -> Plain:
    """A label in a line, as it stands on a day."""
    return {
        "id": row.pk,
        "kind": row.kind,
        "giver": row.giver,
        "giver_name": row.giver_name,
        "receiver": row.receiver,
        "receiver_name": row.receiver_name,
        "receiver_kind": row.receiver_kind,
        "country": row.country,
        "start": row.start.isoformat(),
        "end": day(row.end),
        "state": str(label_state(row.start, row.end, on)),
        "why": row.why or None,
        "ended_why": row.ended_why or None,
        "version": row.version,
    }
