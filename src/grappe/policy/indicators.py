"""Indicators: what can be computed of them, and whether two versions of a list can be compared."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from grappe.domain.dates import PartialDate
from grappe.domain.interval import Interval
from grappe.policy.cite import Cite
from grappe.policy.scheme import IndicatorSet

FORMULAS = {
    "growth": "last / first - 1, of dated counts",
    "count": "number of things declared, each with its proof",
    "own_share": "own income / a total named as a parameter",
    "score": "points given by experts, on a scale named as a parameter",
}
"""How an indicator is computed, by code."""

DENOMINATORS = ("total_income", "total_expenditure", "animation_cost")
"""Totals that the self-financing rate can be a share of; the source gives none."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A dated count: its day, its number as an interval, where it stands."""

    on: PartialDate
    number: Interval
    cites: tuple[Cite, ...] = ()


@dataclass(frozen=True, slots=True)
class IndicatorValue:
    """A computed indicator between two bounds; no value where something is missing, which is named."""

    low: float | Decimal | None
    high: float | Decimal | None
    unit: str
    cites: tuple[Cite, ...] = ()
    missing: tuple[str, ...] = ()


class Comparison(StrEnum):
    """Whether an indicator of one version can be set against one of another."""

    SAME = "same"  # in both, and the definitions given are the same
    CANNOT_TELL = "cannot_tell"  # in both by name, and a definition is not given
    CHANGED = "changed"  # in both, under two definitions
    ONLY_ONE = "only_one"  # in one of the two lists
    NOT_LISTED = "not_listed"  # in one, and the other list is not given in full


def growth(counts: list[Counted]) -> IndicatorValue:
    """Growth between the first and the last of some dated counts, as a share of the first.

    ``growth = last / first - 1``. A printed figure is an interval, so the growth is one too: its low
    end sets the least last count against the greatest first one.

    Parameters
    ----------
    counts : dated counts of the same thing, of at least two days, in any order

    Returns
    -------
    IndicatorValue
        A share without unit: 0.5 is half as many again. Missing are a second date, or a first count
        above zero.

    Examples
    --------
    >>> six = Counted(PartialDate("2008"), Interval(6, 6))
    >>> fifty = Counted(PartialDate("2014"), Interval(50, 50))
    >>> round(growth([fifty, six]).low, 3)
    7.333
    >>> growth([six]).missing
    ('second_count',)
    """
    ordered = sorted(counts, key=lambda one: (one.on.first, one.on.end))
    cites = tuple(cite for one in ordered[:1] + ordered[1:][-1:] for cite in one.cites)
    if len(ordered) < 2 or ordered[0].on.meets(ordered[-1].on):
        return IndicatorValue(None, None, "share", cites, ("second_count",))
    first, last = ordered[0].number, ordered[-1].number
    if first.low <= 0:
        return IndicatorValue(None, None, "share", cites, ("first_count",))
    return IndicatorValue(last.low / first.high - 1, last.high / first.low - 1, "share", cites)


def self_financing_rate(
    own: Decimal | None, totals: Mapping[str, Decimal], denominator: str | None
) -> IndicatorValue:
    """Own income as a share of a total that must be named: the source does not say which.

    Parameters
    ----------
    own : own income of a year, in money
    totals : totals of the same year in the same currency, by the codes of `DENOMINATORS`
    denominator : which total; None as long as nobody has named it

    Returns
    -------
    IndicatorValue
        An exact share. Missing are the name of the denominator (a parameter), the own income, or that
        total (facts). A total of zero gives no rate.

    Raises
    ------
    KeyError
        If `denominator` is none of `DENOMINATORS`.

    Examples
    --------
    >>> self_financing_rate(Decimal(300), {"total_income": Decimal(1200)}, "total_income").low
    Decimal('0.25')
    >>> self_financing_rate(Decimal(300), {"total_income": Decimal(1200)}, None).missing
    ('parameter:self_financing_denominator',)
    """
    if denominator is None:
        return IndicatorValue(None, None, "share", (), ("parameter:self_financing_denominator",))
    if denominator not in DENOMINATORS:
        raise KeyError(denominator)
    missing = tuple(
        name
        for name, value in (("own_income", own), (denominator, totals.get(denominator)))
        if not _known(name, value)
    )
    if missing:
        return IndicatorValue(None, None, "share", (), missing)
    assert own is not None
    rate = own / totals[denominator]
    return IndicatorValue(rate, rate, "share")


def compare(before: IndicatorSet, after: IndicatorSet) -> dict[str, Comparison]:
    """Whether each indicator of two versions can be compared, by id, those of the later version first.

    A list of which the source names fewer indicators than it counts is not given in full: what stands
    only in the other may be among those it does not name.

    Examples
    --------
    >>> old = IndicatorSet("v1", {}, 2, (), ())
    >>> new = IndicatorSet("v2", {}, 0, (), ())
    >>> compare(old, new)
    {}
    """
    old = {one.id: one for one in before.indicators}
    new = {one.id: one for one in after.indicators}
    found: dict[str, Comparison] = {}
    for id in [*new, *(id for id in old if id not in new)]:
        if id in old and id in new:
            first, second = old[id], new[id]
            if first.definition is None or second.definition is None:
                found[id] = Comparison.CANNOT_TELL
            else:
                same = (first.definition, first.unit, first.formula) == (
                    second.definition,
                    second.unit,
                    second.formula,
                )
                found[id] = Comparison.SAME if same else Comparison.CHANGED
            continue
        other = before if id in new else after
        whole = len(other.indicators) == other.count
        found[id] = Comparison.ONLY_ONE if whole else Comparison.NOT_LISTED
    return found


def _known(name: str, value: Decimal | None) -> bool:
    return value is not None and (name == "own_income" or value > 0)
