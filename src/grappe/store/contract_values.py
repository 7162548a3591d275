"""Rows of contracts as values of `grappe.policy`."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from grappe.policy.audit_states import AuditState
from grappe.policy.award import Award
from grappe.policy.cite import Cite, CiteKind, cite_of
from grappe.policy.contract_clauses import Clauses
from grappe.policy.contract_rights import Clause
from grappe.policy.contract_states import ContractState
from grappe.policy.contract_targets import TargetTerms
from grappe.policy.contract_terms import ContractTerms, PhaseTerms
from grappe.policy.finding import Finding
from grappe.policy.indicators import IndicatorValue
from grappe.policy.lateness import Obligation, Side
from grappe.policy.report_states import ReportState
from grappe.policy.reported import Against, Values, against, computed
from grappe.policy.scheme import Indicator, IndicatorSet, Scheme
from grappe.policy.scheme_files import scheme as scheme_of_id
from grappe.policy.tranche_states import TrancheState
from grappe.store.models import Audit, Contract, ContractPhase, ContractReport, Target, Tranche
from grappe.store.scheme_folders import scheme_folders


def scheme_of(contract: Contract) -> Scheme:
    """The scheme under which a contract was made."""
    return scheme_of_id(contract.scheme, scheme_folders())


def state_of(contract: Contract) -> ContractState:
    """Where a contract stands."""
    return ContractState(contract.state)


def publication_of(contract: Contract) -> Clause:
    """What a contract says of its publication."""
    return Clause(contract.publication)


def packed_cites(cites: Iterable[Cite]) -> list[dict[str, Any]]:
    """Citations as JSON, with what leads to them."""
    return [
        {
            key: value
            for key, value in {
                "kind": str(one.kind),
                "short": one.short,
                "title": one.title,
                "article": one.article,
                "href": one.href,
                "published": one.published,
            }.items()
            if value is not None
        }
        for one in cites
    ]


def cites_of(packed: Iterable[Mapping[str, Any]]) -> tuple[Cite, ...]:
    """Citations from JSON."""
    found = []
    for one in packed:
        read = cite_of(one["short"])
        found.append(
            read
            or Cite(
                CiteKind(one["kind"]),
                title=one.get("title"),
                article=one.get("article"),
                href=one.get("href"),
                published=one.get("published"),
            )
        )
    return tuple(found)


def packed_finding(one: Finding) -> dict[str, Any]:
    """A finding as JSON, with what was seen and needed as text."""
    return {
        "rule": one.rule,
        "met": one.met,
        "seen": _text(one.seen),
        "needed": _text(one.needed),
        "unit": one.unit,
        "cites": [cite.short for cite in one.cites],
        "missing": list(one.missing),
        "parts": [packed_finding(part) for part in one.parts],
    }


def _text(value: object) -> Any:
    if value is None or isinstance(value, bool):
        return value
    return [str(one) for one in value] if isinstance(value, tuple) else str(value)


def packed_clauses(one: Clauses) -> dict[str, Any]:
    """Clauses as JSON; numbers as text, so that they stay exact. `assumed` names the working values."""
    return {
        "indicator_version": one.indicator_version,
        "months": one.months,
        "shares": [str(share) for share in one.shares],
        "report_months": one.number("report_months"),
        "report_days": one.number("report_days"),
        "payment_days": one.number("payment_days"),
        "denominator": one.denominator,
        "assumed": list(one.assumed),
    }


def clauses_of(packed: Mapping[str, Any]) -> Clauses:
    """Clauses from JSON; working values are working values again."""
    assumed = packed.get("assumed", ())

    def number(name: str) -> int | None:
        return None if name in assumed or packed.get(name) is None else int(packed[name])

    return Clauses(
        indicator_version=packed.get("indicator_version"),
        months=packed.get("months"),
        shares=tuple(Decimal(one) for one in packed.get("shares", ())),
        report_months=number("report_months"),
        report_days=number("report_days"),
        payment_days=number("payment_days"),
        denominator=packed.get("denominator"),
    )


def packed_terms(terms: ContractTerms, scheme: Scheme) -> dict[str, Any]:
    """What a contract keeps of its scheme: its version of the law, for those who read it later."""
    indicators = terms.indicators
    return {
        "scheme": scheme.id,
        "name": dict(scheme.name),
        "authority": dict(scheme.authority),
        "last_checked": scheme.last_checked.text,
        "indicators": None
        if indicators is None
        else {
            "version": indicators.version,
            "count": indicators.count,
            "cites": packed_cites(indicators.cites),
            "items": [
                {
                    "id": one.id,
                    "name": dict(one.name),
                    "unit": one.unit,
                    "formula": one.formula,
                    "cites": packed_cites(one.cites),
                }
                for one in indicators.indicators
            ],
        },
        "open": [one.id for one in scheme.open_parameters()],
    }


def indicators_of(contract: Contract) -> IndicatorSet | None:
    """The indicators of a contract, as the scheme gave them when it was drafted."""
    packed = contract.terms.get("indicators")
    if packed is None:
        return None
    items = tuple(
        Indicator(
            one["id"],
            one["name"],
            cites_of(one["cites"]),
            unit=one.get("unit"),
            formula=one.get("formula"),
        )
        for one in packed["items"]
    )
    return IndicatorSet(packed["version"], {}, packed["count"], items, cites_of(packed["cites"]))


def store_phase(contract: Contract, terms: PhaseTerms, at: Any) -> ContractPhase:
    """Rows of a phase with its tranches and the reports it asks for."""
    row = ContractPhase.objects.create(
        contract=contract,
        number=terms.number,
        phase=terms.phase,
        start=terms.start,
        end=terms.end,
        months=terms.months,
        amount=terms.amount,
        degressive=terms.degressive,
        findings=[packed_finding(one) for one in terms.findings],
        cites=packed_cites(terms.cites),
    )
    Tranche.objects.bulk_create(
        Tranche(
            contract=contract,
            phase=row,
            number=one.number,
            amount=one.amount,
            waits_for=one.waits_for,
            period=one.period,
            planned_on=one.planned_on,
        )
        for one in terms.tranches
    )
    ContractReport.objects.bulk_create(
        ContractReport(
            contract=contract,
            number=one.number,
            start=one.start,
            end=one.end,
            due_on=one.due_on,
            opened_at=at,
        )
        for one in terms.periods
    )
    return row


def target_of(row: Target) -> TargetTerms:
    """A target."""
    return TargetTerms(row.indicator, row.period, row.value, row.unit, cites_of(row.cites))


def latest_values(report: ContractReport) -> dict[str, Decimal]:
    """What a report says by its latest saving of each value; a value taken back is left out."""
    found: dict[str, Decimal | None] = {}
    for one in report.values.all():
        found[one.name] = one.value
    return {name: value for name, value in found.items() if value is not None}


def values_by_period(contract: Contract, states: Iterable[ReportState]) -> dict[int, Values]:
    """What reports in some states declare, by period; period 0 is what was counted at the start."""
    wanted = {str(one) for one in states}
    start = {one.indicator: one.value for one in contract.targets.all() if one.period == 0}
    found: dict[int, Values] = {0: start} if start else {}
    for report in contract.reports.all():
        if report.state in wanted:
            found[report.number] = latest_values(report)
    return found


HANDED_IN = (ReportState.SUBMITTED, ReportState.VERIFIED)
CHECKED = (ReportState.VERIFIED,)
"""States of reports whose values count against targets: those that an officer verified."""


def results_of(contract: Contract, states: Iterable[ReportState] = CHECKED) -> list[Against]:
    """Each target beside its result, by indicator and period."""
    indicators = indicators_of(contract)
    named = {one.id: one for one in indicators.indicators} if indicators else {}
    values = values_by_period(contract, states)
    ends = {0: contract.start} | {one.number: one.end for one in contract.reports.all()}
    denominator = contract.clauses.get("denominator")
    return [
        against(
            target_of(row),
            computed(named.get(row.indicator), row.indicator, row.period, values, ends, denominator),
        )
        for row in contract.targets.all()
        if row.period > 0
    ]


def indicator_values(contract: Contract) -> list[tuple[str, int, IndicatorValue]]:
    """Every indicator of a contract at the end of every verified period."""
    indicators = indicators_of(contract)
    values = values_by_period(contract, CHECKED)
    ends = {0: contract.start} | {one.number: one.end for one in contract.reports.all()}
    denominator = contract.clauses.get("denominator")
    return [
        (one.id, period, computed(one, one.id, period, values, ends, denominator))
        for one in (indicators.indicators if indicators else ())
        for period in sorted(values)
        if period > 0
    ]


def obligations_of(contract: Contract) -> list[Obligation]:
    """What both sides of a contract owe each other: money, reports, and what the scheme names."""
    found = [
        Obligation(
            Side.STATE, "tranche", str(one.number), one.due_on, one.paid_on, one.amount, contract.currency
        )
        for one in contract.tranches.all()
        if one.state in (TrancheState.PLANNED, TrancheState.DUE, TrancheState.PAID)
    ]
    found += [
        Obligation(Side.BENEFICIARY, "report", str(one.number), one.due_on, one.submitted_on)
        for one in contract.reports.all()
    ]
    found += [
        Obligation(Side(one.side), "commitment", one.code, one.due_on, one.kept_on)
        for one in contract.commitments.all()
    ]
    return found


def latest_audit(contract: Contract) -> str | None:
    """Result of the latest audit that has one."""
    results = (str(AuditState.POSITIVE), str(AuditState.NEGATIVE))
    row: Audit | None = contract.audits.filter(state__in=results).order_by("id").last()
    return row.state if row else None


def award_of_contract(contract: Contract) -> Award:
    """The award from which a contract was drafted."""
    first = contract.phases.all()[0]
    return Award(
        id=contract.award,
        scheme=contract.scheme,
        call=contract.call,
        application=contract.application,
        cluster=contract.cluster,
        cluster_name=contract.cluster_name,
        country=contract.country,
        amount=first.amount,
        currency=contract.currency,
        decided_on=contract.start,
        language=contract.language,
        reading=contract.reading,
    )


def next_phase_start(contract: Contract) -> date:
    """First day of the phase that would follow: the day after the last one's last."""
    return contract.end
