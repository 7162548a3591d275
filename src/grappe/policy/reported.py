"""Reported values: what a cluster declares for each indicator, and what is computed from it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from grappe.domain.dates import PartialDate
from grappe.domain.errors import Problem
from grappe.domain.interval import Interval
from grappe.policy.cite import Cite
from grappe.policy.contract_targets import TargetTerms
from grappe.policy.indicators import DENOMINATORS, Counted, IndicatorValue, growth, self_financing_rate
from grappe.policy.scheme import Indicator, IndicatorSet

OWN_INCOME = "own_income"
INCOMES = (OWN_INCOME, "public_income", "donor_income")
"""Incomes of a period by origin: dues, services and other private money; public money; donors."""
MONEY = (*INCOMES, *DENOMINATORS)
"""What is declared in money where a self-financing rate is asked for."""
Values = Mapping[str, Decimal]
"""What a cluster declared for one period, by name."""


@dataclass(frozen=True, slots=True)
class Against:
    """A result set against its target; `met` is None where there is no result."""

    indicator: str
    period: int
    target: Decimal
    low: Decimal | float | None
    high: Decimal | float | None
    unit: str | None
    met: bool | None
    cites: tuple[Cite, ...]
    missing: tuple[str, ...] = ()


def inputs_of(indicators: Iterable[Indicator]) -> dict[str, str]:
    """What is declared for some indicators: name and kind, ``whole``, ``money`` or ``number``.

    Growth is computed from the counts at the end of each period, the self-financing rate from incomes
    and totals; everything else is declared as it stands.

    Examples
    --------
    >>> inputs_of([Indicator("patents", {}, (), formula="count")])
    {'patents': 'whole'}
    """
    found: dict[str, str] = {}
    for one in indicators:
        if one.formula == "own_share":
            found |= dict.fromkeys(MONEY, "money")
        else:
            found[one.id] = "whole" if one.formula in ("count", "growth") else "number"
    return found


def value_problems(
    indicators: IndicatorSet | None, values: Values, subject: str, extra: Iterable[str] = ()
) -> list[Problem]:
    """Everything wrong with what a cluster declares; `extra` are indicators that its contract adds."""
    accepted = inputs_of(indicators.indicators if indicators else ()) | dict.fromkeys(extra, "number")
    problems: list[Problem] = []
    for name, value in values.items():
        if name not in accepted:
            params = {"accepted": ", ".join(accepted)}
            problems.append(Problem("no_such_indicator", subject, field="values", value=name, params=params))
        elif not value.is_finite():
            problems.append(Problem("value_no_number", subject, field=name, value=str(value)))
        elif value < 0:
            problems.append(Problem("value_negative", subject, field=name, value=str(value)))
        elif accepted[name] == "whole" and value != value.to_integral_value():
            problems.append(Problem("value_not_whole", subject, field=name, value=str(value)))
    total = values.get("total_income")
    parts = sum((values[name] for name in INCOMES if name in values), Decimal())
    if total is not None and total >= 0 and parts > total and not problems:
        params = {"total": str(total)}
        problems.append(
            Problem("incomes_exceed_total", subject, field="total_income", value=str(parts), params=params)
        )
    return problems


def computed(
    indicator: Indicator | None,
    id: str,
    period: int,
    values: Mapping[int, Values],
    ends: Mapping[int, date],
    denominator: str | None = None,
) -> IndicatorValue:
    """An indicator at the end of a period, from what was declared up to then.

    Parameters
    ----------
    indicator : as the scheme defines it; None for one that the contract adds
    id : its id
    period : number of the period, one or more
    values : declared values by period; period 0 is what was counted at the start
    ends : day on which each period ended, for period 0 the first day of the contract
    denominator : of the self-financing rate, if somebody has named it

    Returns
    -------
    IndicatorValue
        Without value where something is missing, which is named.

    Examples
    --------
    >>> members = Indicator("member_firms", {}, (), formula="growth")
    >>> counts = {0: {"member_firms": Decimal(20)}, 2: {"member_firms": Decimal(25)}}
    >>> computed(members, "member_firms", 2, counts, {0: date(2016, 1, 1), 2: date(2018, 1, 1)}).low
    0.25
    """
    now = values.get(period, {})
    formula = indicator.formula if indicator else None
    cites = indicator.cites if indicator else ()
    unit = (indicator.unit if indicator else None) or ""
    if formula == "own_share":
        rate = self_financing_rate(now.get(OWN_INCOME), now, denominator)
        return IndicatorValue(rate.low, rate.high, "share", cites, rate.missing)
    if formula == "growth":
        counts = [
            Counted(PartialDate(ends[one].isoformat()), Interval(float(told[id]), float(told[id])))
            for one, told in values.items()
            if one in (0, period) and id in told and one in ends
        ]
        grown = growth(counts)
        return IndicatorValue(grown.low, grown.high, "share", cites, grown.missing)
    value = now.get(id)
    return IndicatorValue(value, value, unit, cites, () if value is not None else (id,))


def against(target: TargetTerms, result: IndicatorValue) -> Against:
    """A result beside its target: reached, not reached, or it cannot be told.

    A result between two bounds reaches the target if its low end does, misses it if its high end does.
    """
    met: bool | None = None
    if result.low is not None and result.high is not None:
        wanted = target.value
        low, high = Decimal(str(result.low)), Decimal(str(result.high))
        met = True if low >= wanted else False if high < wanted else None
    return Against(
        target.indicator,
        target.period,
        target.value,
        result.low,
        result.high,
        target.unit,
        met,
        tuple(dict.fromkeys((*target.cites, *result.cites))),
        result.missing,
    )
