"""Indicators: growth between dated counts, the self-financing rate, versions set against each other."""

from decimal import Decimal
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grappe.domain.dates import PartialDate
from grappe.domain.interval import Interval
from grappe.policy.indicators import DENOMINATORS, Comparison, Counted, compare, growth, self_financing_rate
from grappe.policy.scheme import Indicator, IndicatorSet


def counted(day, low, high=None):
    return Counted(PartialDate(day), Interval(low, low if high is None else high))


def test_growth_of_ce3m_from_six_to_eighty_five():
    # l. 458: 6 firms in 2008; sheet: 85. 85 / 6 - 1.
    found = growth([counted("2008", 6), counted("2019-03", 85)])
    assert found.low == found.high == pytest.approx(85 / 6 - 1)


def test_growth_takes_the_first_and_the_last_of_several_counts_in_any_order():
    found = growth([counted("2015", 50), counted("2019", 80), counted("2010", 20)])
    assert found.low == pytest.approx(80 / 20 - 1)


def test_a_vague_count_makes_a_vague_growth():
    # at least 80 after 50: at least 60 % more.
    found = growth([counted("2014", 50), counted("2019", 80, inf)])
    assert (found.low, found.high) == (pytest.approx(0.6), inf)


def test_shrinking_is_a_negative_growth():
    assert growth([counted("2014", 50), counted("2019", 40)]).low == pytest.approx(-0.2)


@pytest.mark.parametrize(
    ("counts", "missing"),
    [
        ([], ("second_count",)),
        ([counted("2014", 5)], ("second_count",)),
        ([counted("2014", 5), counted("2014-06", 6)], ("second_count",)),  # the same year: no two dates
        ([counted("2014", 0), counted("2019", 6)], ("first_count",)),
    ],
)
def test_growth_needs_two_dates_and_a_first_count_above_zero(counts, missing):
    found = growth(counts)
    assert (found.low, found.high, found.missing) == (None, None, missing)


@given(st.integers(1, 500), st.integers(0, 60), st.integers(0, 500), st.integers(0, 60), st.data())
def test_the_true_growth_lies_within_the_bounds(first, wide, last, wider, data):
    before = data.draw(st.integers(first, first + wide))
    after = data.draw(st.integers(last, last + wider))
    found = growth([counted("2010", first, first + wide), counted("2019", last, last + wider)])
    assert found.low - 1e-9 <= after / before - 1 <= found.high + 1e-9


def test_the_rate_hangs_on_its_denominator():
    totals = {
        "total_income": Decimal(1200),
        "total_expenditure": Decimal(1000),
        "animation_cost": Decimal(400),
    }
    rates = [self_financing_rate(Decimal(300), totals, name).low for name in DENOMINATORS]
    assert rates == [Decimal("0.25"), Decimal("0.3"), Decimal("0.75")]


@pytest.mark.parametrize(
    ("own", "totals", "denominator", "missing"),
    [
        (Decimal(1), {"total_income": Decimal(2)}, None, ("parameter:self_financing_denominator",)),
        (None, {"total_income": Decimal(2)}, "total_income", ("own_income",)),
        (Decimal(1), {}, "total_income", ("total_income",)),
        (Decimal(1), {"total_income": Decimal(0)}, "total_income", ("total_income",)),
    ],
)
def test_the_rate_names_what_it_lacks(own, totals, denominator, missing):
    found = self_financing_rate(own, totals, denominator)
    assert (found.low, found.missing) == (None, missing)


def test_no_own_income_is_a_rate_of_zero():
    assert self_financing_rate(Decimal(0), {"total_income": Decimal(5)}, "total_income").low == 0


def test_an_unknown_denominator_is_an_error_of_the_caller():
    with pytest.raises(KeyError):
        self_financing_rate(Decimal(1), {}, "turnover")


def version(name, count, *indicators):
    return IndicatorSet(name, {}, count, indicators, ())


def indicator(id, definition="d", unit="u"):
    return Indicator(id, {}, (), {"en": definition} if definition else None, unit)


@pytest.mark.parametrize(
    ("before", "after", "answer"),
    [
        (version("1", 1, indicator("a")), version("2", 1, indicator("a")), Comparison.SAME),
        (version("1", 1, indicator("a")), version("2", 1, indicator("a", "e")), Comparison.CHANGED),
        (version("1", 1, indicator("a")), version("2", 1, indicator("a", unit="v")), Comparison.CHANGED),
        (version("1", 1, indicator("a", None)), version("2", 1, indicator("a")), Comparison.CANNOT_TELL),
        (version("1", 0), version("2", 1, indicator("a")), Comparison.ONLY_ONE),
        (version("1", 13), version("2", 1, indicator("a")), Comparison.NOT_LISTED),
        (version("1", 1, indicator("a")), version("2", 0), Comparison.ONLY_ONE),
    ],
)
def test_two_versions_are_compared_only_where_they_can_be(before, after, answer):
    assert compare(before, after) == {"a": answer}
