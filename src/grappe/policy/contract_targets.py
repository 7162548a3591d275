"""Targets of a contract: which version of the indicators holds, and what may be committed to."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from grappe.domain.errors import BadChoice, InputRefused, Problem
from grappe.policy.cite import Cite
from grappe.policy.contract_clauses import Targets
from grappe.policy.finding import PARAMETER, Finding
from grappe.policy.scheme import IndicatorSet, Scheme


@dataclass(frozen=True, slots=True)
class TargetTerms:
    """A value that the cluster commits itself to, for one period; period 0 is the count at the start."""

    indicator: str
    period: int
    value: Decimal
    unit: str | None
    cites: tuple[Cite, ...]


def indicators_on(
    scheme: Scheme, on: date, version: str | None = None
) -> tuple[IndicatorSet | None, tuple[Finding, ...]]:
    """Indicators in force on a day: those asked for, those that surely hold, else the earliest that may.

    Returns
    -------
    tuple
        The version, none if the scheme has no indicators, and a finding where the source does not
        say whether it was in force.

    Raises
    ------
    BadChoice
        If the version does not exist, or was surely not in force.
    """
    holding = [(one, scheme.holds(on, one.validity)) for one in scheme.indicator_sets]
    possible = {one.version: (one, sure) for one, sure in holding if sure is not False}
    if version is not None:
        if version not in possible:
            raise BadChoice(name="indicator_version", value=version, accepted=", ".join(possible))
        chosen, sure = possible[version]
    else:
        ordered = sorted(possible.values(), key=lambda pair: pair[1] is not True)
        if not ordered:
            return None, ()
        chosen, sure = ordered[0]
    if sure:
        return chosen, ()
    edge = chosen.validity.end or chosen.validity.start
    missing = (f"{PARAMETER}{edge.parameter}",) if edge and edge.parameter else ()
    return chosen, (
        Finding("indicators_in_force", None, seen=chosen.version, cites=chosen.cites, missing=missing),
    )


def target_terms(
    subject: str, indicators: IndicatorSet | None, periods: int, targets: Targets
) -> tuple[TargetTerms, ...]:
    """The targets of a contract, checked against its indicators and its periods.

    A list of which the source names fewer indicators than it counts takes others beside those named.

    Raises
    ------
    InputRefused
        With every target of no indicator or no period, below zero, or not whole where things are counted.
    """
    named = {one.id: one for one in indicators.indicators} if indicators else {}
    whole_list = indicators is not None and len(named) == indicators.count
    problems: list[Problem] = []
    found: list[TargetTerms] = []
    for id, values in targets.items():
        if id not in named and (whole_list or indicators is None):
            accepted = ", ".join(named) or "-"
            problems.append(
                Problem(
                    "no_such_indicator", subject, field="targets", value=id, params={"accepted": accepted}
                )
            )
            continue
        known = named.get(id)
        for period, value in sorted(values.items()):
            if problem := _target_problem(id, period, value, periods, known.formula if known else None):
                code, params = problem
                problems.append(Problem(code, subject, field=id, value=str(value), params=params))
                continue
            found.append(
                TargetTerms(id, period, value, known.unit if known else None, known.cites if known else ())
            )
    if problems:
        raise InputRefused("terms_refused", subject=subject, count=len(problems), problems=problems)
    return tuple(found)


def _target_problem(
    id: str, period: int, value: Decimal, periods: int, formula: str | None
) -> tuple[str, dict[str, str]] | None:
    if not 0 <= period <= periods:
        return "target_of_no_period", {"period": str(period), "last": str(periods)}
    if value < 0:
        return "value_negative", {}
    counted = formula == "count" or (formula == "growth" and period == 0)
    if counted and value != value.to_integral_value():
        return "value_not_whole", {}
    return None
