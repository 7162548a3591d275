"""The schedule of a contract: days, amounts, degression, and what is refused."""

from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grappe.domain.dates import PartialDate
from grappe.domain.errors import BadChoice, Refused
from grappe.policy import contract_schedule, scheme, schemes
from grappe.policy.months import add_months
from grappe.policy.profile import Fact
from tests.policy.made_up import orchard

DAYS = st.dates(date(2011, 10, 1), date(2200, 12, 31))


def slow_add(day: date, months: int) -> date:
    """Month by month, the day kept aside: the obvious version."""
    year, month = day.year, day.month
    for _ in range(months):
        month += 1
        if month == 13:
            year, month = year + 1, 1
    for number in range(day.day, 0, -1):
        try:
            return date(year, month, number)
        except ValueError:
            continue
    raise AssertionError


@given(DAYS, st.integers(0, 130))
def test_months_are_counted_as_one_counts_them_on_the_fingers(day, months):
    assert add_months(day, months) == slow_add(day, months)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        ("2016-01-01", 36, "2019-01-01"),
        ("2016-01-31", 1, "2016-02-29"),
        ("2015-01-31", 1, "2015-02-28"),
        ("2016-02-29", 12, "2017-02-28"),
        ("2016-12-15", 1, "2017-01-15"),
        ("2016-05-05", 0, "2016-05-05"),
    ],
)
def test_months_by_hand(day, months, then):
    assert add_months(date.fromisoformat(day), months) == date.fromisoformat(then)


def test_months_do_not_run_backwards_nor_beyond_the_calendar():
    with pytest.raises(ValueError, match="backwards"):
        add_months(date(2016, 1, 1), -1)
    with pytest.raises(ValueError, match="9999"):
        add_months(date(9999, 12, 1), 1)


@given(DAYS, st.integers(0, 2))
def test_phases_follow_each_other_without_gap_or_overlap(start, renewals):
    found = contract_schedule(
        scheme("ma-contract-programme"), start, renewals=renewals, profile={"audit": Fact("positive")}
    )
    assert found[0].start == start
    assert len(found) == renewals + 1
    assert all(before.end == after.start for before, after in pairwise(found))
    assert found[-1].end == add_months(start, sum(one.months for one in found))


@given(DAYS, st.lists(st.integers(1, 1000), min_size=3, max_size=3), st.integers(0, 10**9))
def test_instalments_add_up_to_the_amount_exactly(start, weights, cents):
    ordered = sorted(weights, reverse=True)
    total = sum(ordered)
    shares = [Decimal(n * 10**6 // total) / 10**6 for n in ordered[1:]]
    shares = (1 - sum(shares), *shares)
    amount = Decimal(cents) / 100
    assumed = scheme("ma-contract-programme").assuming(
        {"second_renewal_amount": amount, "degression": tuple(shares)}
    )
    last = contract_schedule(assumed, start, renewals=2, profile={"audit": Fact("positive")})[2]
    assert sum(one.amount for one in last.instalments) == amount
    assert last.instalments[0].start == last.start
    assert last.instalments[-1].end == last.end


def test_a_contract_of_the_31st_does_not_drift():
    found = contract_schedule(scheme("ma-contract-programme"), date(2012, 8, 31), renewals=2)
    assert [one.end.day for one in found] == [31, 31, 31]


def test_an_amount_is_the_one_in_force_on_the_first_day_of_its_phase(tmp_path: Path):
    known = orchard(tmp_path).assuming({"later_rule": PartialDate("2015-01-01")})
    assert contract_schedule(known, date(2014, 12, 31))[0].amount == 1000
    assert contract_schedule(known, date(2015, 1, 1))[0].amount == 800


@pytest.mark.parametrize(
    ("start", "amount", "sure"),
    [("2013-12-31", 1000, True), ("2014-01-01", 1000, False), ("2016-12-31", 800, True)],
)
def test_between_the_bounds_of_an_unknown_change_the_earlier_rule_is_kept(
    tmp_path: Path, start, amount, sure
):
    first = contract_schedule(orchard(tmp_path), date.fromisoformat(start))[0]
    assert first.amount == amount
    assert (first.conditions == ()) is sure


def test_shares_that_do_not_fit_the_years_give_no_instalments(tmp_path: Path):
    assumed = orchard(tmp_path).assuming(
        {"renewal_amount": Decimal(90), "falling": (Decimal("0.5"), Decimal("0.3"), Decimal("0.2"))}
    )
    renewal = contract_schedule(assumed, date(2012, 1, 1), renewals=1)[1]
    assert (renewal.months, renewal.instalments) == (24, ())


@pytest.mark.parametrize("renewals", [-1, 3])
def test_more_renewals_than_the_law_knows_are_refused(renewals):
    with pytest.raises(BadChoice) as refused:
        contract_schedule(scheme("ma-contract-programme"), date(2016, 1, 1), renewals=renewals)
    assert refused.value.params["accepted"] == "0, 1, 2"


def test_a_day_before_the_scheme_is_refused_with_its_text():
    with pytest.raises(Refused) as refused:
        contract_schedule(scheme("ma-contract-programme"), date(2005, 1, 1))
    assert refused.value.code == "not_in_force"
    assert "l. 354" in refused.value.params["cites"]


def test_a_scheme_without_phases_has_no_schedule():
    with pytest.raises(Refused) as refused:
        contract_schedule(scheme("dz-industrial-zones"), date(2018, 1, 1))
    assert refused.value.code == "no_phases"


def test_an_unknown_reading_lists_those_there_are():
    with pytest.raises(BadChoice) as refused:
        contract_schedule(scheme("ma-contract-programme"), date(2016, 1, 1), reading="third")
    assert refused.value.params["accepted"] == "two_renewals, open_extension"


@pytest.mark.parametrize("id", [one.id for one in schemes().values() if one.readings])
def test_every_scheme_with_phases_has_a_schedule(id):
    one = scheme(id)
    for reading in one.readings:
        found = contract_schedule(
            one,
            date(2018, 6, 1),
            renewals=len(reading.phases) - 1,
            profile={"audit": Fact("positive")},
            reading=reading.id,
        )
        assert len(found) == len(reading.phases)
        assert all(phase.cites for phase in found)
