"""Terms of a contract, made from an award, its scheme and a first day: phases, tranches, reports, targets.

What the scheme leaves open is a **clause**: both sides agree on it when they sign. A clause that nobody
has named takes the editors' working value, and is said to be one; it never passes for what a source says.
"""

import itertools
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from grappe.domain.errors import BadChoice, InputRefused, Problem, Refused
from grappe.policy.award import Award
from grappe.policy.cite import Cite
from grappe.policy.contract_clauses import Clauses, check_at_least
from grappe.policy.contract_schedule import ScheduledPhase, contract_schedule, reading_of
from grappe.policy.contract_targets import TargetTerms, indicators_on, target_terms
from grappe.policy.finding import Finding
from grappe.policy.money_parts import even_shares, split
from grappe.policy.months import add_months
from grappe.policy.profile import Profile
from grappe.policy.scheme import Commitment, IndicatorSet, ParameterValue, Phase, Scheme

SIGNATURE, REPORT = "signature", "report"
"""What a tranche waits for: the signature of both sides, or the verified report on the period before."""


@dataclass(frozen=True, slots=True)
class TrancheTerms:
    """A part of the money: what it waits for, and the day on which that is expected at the earliest."""

    number: int
    amount: Decimal
    waits_for: str
    period: int | None
    planned_on: date


@dataclass(frozen=True, slots=True)
class PeriodTerms:
    """A reporting period; `end` is the first day after it."""

    number: int
    start: date
    end: date
    due_on: date


@dataclass(frozen=True, slots=True)
class PhaseTerms:
    """A phase with its money and its periods; `end` is the first day after it."""

    number: int
    phase: str
    start: date
    end: date
    months: int
    amount: Decimal
    currency: str
    degressive: bool
    findings: tuple[Finding, ...]
    cites: tuple[Cite, ...]
    tranches: tuple[TrancheTerms, ...]
    periods: tuple[PeriodTerms, ...]


@dataclass(frozen=True, slots=True)
class ContractTerms:
    """All that a contract says on the day it is drafted."""

    scheme: str
    reading: str
    phase: PhaseTerms
    indicators: IndicatorSet | None
    targets: tuple[TargetTerms, ...]
    commitments: tuple[tuple[Commitment, date | None], ...]
    clauses: Clauses
    findings: tuple[Finding, ...]


def contract_terms(
    award: Award, scheme: Scheme, start: date, clauses: Clauses | None = None
) -> ContractTerms:
    """Terms of the first phase of a contract.

    Parameters
    ----------
    award : what the call decided
    scheme : of that award; parameters assumed beforehand by `Scheme.assuming`
    start : first day of the contract
    clauses : what was agreed where the scheme is silent

    Returns
    -------
    ContractTerms
        The tranches add up to the amount; the periods follow each other without gap. Where the source
        does not say which rule was in force on that day, a finding says so.

    Raises
    ------
    Refused
        If the scheme has no phases, was surely not in force, its ceiling is surely passed, or the
        length of the phase or the shape of its degression is given by nobody.
    InputRefused
        With everything wrong in the clauses.
    BadChoice
        If there is no such version of the indicators, or the award is in another currency.
    """
    agreed = clauses or Clauses()
    phase = phase_terms(
        scheme,
        contract_start=start,
        position=0,
        amount=award.amount,
        currency=award.currency,
        clauses=agreed,
        reading=award.reading,
    )
    chosen, found = indicators_on(scheme, start, agreed.indicator_version)
    targets = target_terms(award.id, chosen, len(phase.periods), agreed.targets)
    return ContractTerms(
        scheme=scheme.id,
        reading=reading_of(scheme, award.reading).id,
        phase=phase,
        indicators=chosen,
        targets=targets,
        commitments=tuple((one, agreed.due.get(one.id)) for one in scheme.commitments),
        clauses=agreed,
        findings=(*phase.findings, *found),
    )


def phase_terms(
    scheme: Scheme,
    *,
    contract_start: date,
    position: int,
    amount: Decimal,
    currency: str,
    clauses: Clauses,
    reading: str | None = None,
    profile: Profile | None = None,
    tranches_before: int = 0,
    periods_before: int = 0,
) -> PhaseTerms:
    """Terms of one phase of a contract: the first, or a renewal.

    Parameters
    ----------
    contract_start : first day of the contract, from which every phase is counted
    position : 0 for the first phase, 1 for the first renewal and so on
    amount, currency : what is granted over the phase
    clauses : what was agreed for it
    profile : facts that the conditions of the phase look at, such as ``audit``
    tranches_before, periods_before : how many earlier phases have, so that numbers run on

    Raises
    ------
    Refused, InputRefused, BadChoice
        As `contract_terms`; also if a condition of the phase is not met, or there is no such renewal.
    """
    chosen = reading_of(scheme, reading)
    if position >= len(chosen.phases):
        raise Refused(
            "no_further_phase", scheme=scheme.id, count=len(chosen.phases) - 1, cites=_shorts(chosen.cites)
        )
    if amount < 0:
        raise InputRefused(
            "terms_refused",
            count=1,
            problems=[Problem("amount_negative", scheme.id, field="amount", value=str(amount))],
        )
    phase = chosen.phases[position]
    known = scheme.assuming(_agreed(phase, amount, clauses))
    scheduled = contract_schedule(
        known, contract_start, renewals=position, profile=profile, reading=chosen.id
    )[position]
    if scheduled.start is None or scheduled.end is None or scheduled.months is None:
        raise Refused("phase_without_length", phase=phase.id, cites=_shorts(phase.cites))
    if scheduled.currency is not None and scheduled.currency != currency:
        raise BadChoice(name="currency", value=currency, accepted=scheduled.currency)
    ceiling = _ceiling(scheme, contract_start, position, chosen.id, profile, amount, currency)
    periods = _periods(scheduled, clauses, periods_before)
    shares = _shares(scheme, phase, clauses, len(periods))
    parts = split(amount, shares, currency)
    return PhaseTerms(
        number=position + 1,
        phase=phase.id,
        start=scheduled.start,
        end=scheduled.end,
        months=scheduled.months,
        amount=amount,
        currency=currency,
        degressive=scheduled.degressive,
        findings=(*scheduled.conditions, *ceiling),
        cites=scheduled.cites,
        tranches=_tranches(parts, periods, tranches_before),
        periods=periods,
    )


def _agreed(phase: Phase, amount: Decimal, clauses: Clauses) -> dict[str, ParameterValue]:
    """Parameters of the scheme that the clauses and the amount settle for this phase."""
    found: dict[str, ParameterValue] = {}
    if phase.months_parameter and clauses.months is not None:
        found[phase.months_parameter] = Decimal(clauses.months)
    if phase.degression and clauses.shares:
        found[phase.degression] = clauses.shares
    for one in phase.amounts:
        if one.parameter is not None:
            found[one.parameter] = amount
    return found


def _ceiling(
    scheme: Scheme,
    start: date,
    position: int,
    reading: str,
    profile: Profile | None,
    amount: Decimal,
    currency: str,
) -> tuple[Finding, ...]:
    """Whether the amount keeps to the ceiling; refused if it surely does not."""
    phase = contract_schedule(scheme, start, renewals=position, profile=profile, reading=reading)[position]
    if phase.basis != "cap" or phase.amount is None:
        return ()
    open_ = next((one for one in phase.conditions if one.rule == "amount_in_force"), None)
    met: bool | None = amount <= phase.amount
    if not met:
        if open_ is None:
            raise Refused(
                "amount_over_ceiling",
                amount=amount,
                cap=phase.amount,
                currency=currency,
                cites=_shorts(phase.cites),
            )
        met = None
    missing = open_.missing if open_ is not None and met is None else ()
    return (Finding("ceiling", met, amount, phase.amount, currency.lower(), phase.cites, missing),)


def _periods(scheduled: ScheduledPhase, clauses: Clauses, before: int) -> tuple[PeriodTerms, ...]:
    """Reporting periods of a phase; the last is shorter where months do not divide."""
    assert scheduled.start is not None
    assert scheduled.end is not None
    length, days = clauses.number("report_months"), clauses.number("report_days")
    check_at_least(1, report_months=length)
    check_at_least(0, report_days=days, payment_days=clauses.number("payment_days"))
    edges = [scheduled.start]
    for count in itertools.count(1):
        edge = add_months(scheduled.start, count * length)
        if edge >= scheduled.end:
            break
        edges.append(edge)
    edges.append(scheduled.end)
    return tuple(
        PeriodTerms(before + n, first, last, date.fromordinal(last.toordinal() + days))
        for n, (first, last) in enumerate(itertools.pairwise(edges), start=1)
    )


def _shares(
    scheme: Scheme, phase: Phase, clauses: Clauses, periods: int
) -> tuple[Decimal, ...] | tuple[Fraction, ...]:
    given = clauses.shares
    if not given and phase.degression:
        value = scheme.parameters[phase.degression].value
        given = tuple(one for one in value if isinstance(one, Decimal)) if isinstance(value, tuple) else ()
    if not given and phase.degressive:
        raise Refused("degression_not_given", phase=phase.id, cites=_shorts(phase.cites))
    if not given:
        return even_shares(periods)
    falling = all(later <= earlier for earlier, later in itertools.pairwise(given))
    fits = len(given) <= periods + 1 and sum(given) == 1 and min(given) >= 0
    if not fits or (phase.degressive and not falling):
        text = ", ".join(str(one) for one in given)
        code = "shares_not_falling" if fits else "shares_do_not_fit"
        problem = Problem(code, phase.id, field="shares", value=text, params={"most": str(periods + 1)})
        raise InputRefused("terms_refused", count=1, problems=[problem])
    return given


def _tranches(
    parts: tuple[Decimal, ...], periods: tuple[PeriodTerms, ...], before: int
) -> tuple[TrancheTerms, ...]:
    """The first tranche waits for the signature, each other for the report on the period before it."""
    first = TrancheTerms(before + 1, parts[0], SIGNATURE, None, periods[0].start)
    return (
        first,
        *(
            TrancheTerms(before + n, part, REPORT, period.number, period.end)
            for n, (part, period) in enumerate(zip(parts[1:], periods, strict=False), start=2)
        ),
    )


def _shorts(cites: tuple[Cite, ...]) -> str:
    return ", ".join(cite.short for cite in cites)
