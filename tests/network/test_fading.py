"""A tie fades from its last confirmation on; what is over was last confirmed at its end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grappe.domain.dates import PartialDate
from grappe.network.fading import default_half_life, last_confirmation, strength

MARCH = PartialDate("2019-03")
YEARS = st.integers(1990, 2060)


def confirmed(*said, on=MARCH, **more):
    found = last_confirmation(said, on, **more)
    return found.text if found else None


def test_the_half_life_is_named_in_a_file():
    assert default_half_life() == 5


def test_a_tie_without_a_date_is_confirmed_by_its_source():
    assert confirmed("2019-03") == "2019-03"


def test_the_latest_of_several_sources_confirms():
    assert confirmed("2014", "2019-03", "2016") == "2019-03"


def test_a_source_later_than_the_day_asked_confirms_nothing():
    assert confirmed("2014", "2019-03", on=PartialDate("2016")) == "2014"
    assert confirmed("2019-03", on=PartialDate("2016")) is None


def test_what_ended_was_last_confirmed_at_its_end_however_late_it_is_told():
    assert confirmed("2019-03", start="2012", end="2014", status="ended") == "2014"


def test_what_is_over_without_an_end_was_last_confirmed_at_its_start():
    assert confirmed("2019-03", start="2012", status="done") == "2012"


def test_what_is_over_without_a_date_is_confirmed_by_its_source():
    assert confirmed("2019-03", status="done") == "2019-03"


def test_a_contract_confirms_until_its_term():
    inside, after = PartialDate("2020-06"), PartialDate("2024")
    assert confirmed("2017", start="2017", end="2020", on=inside) == "2020-06"
    assert confirmed("2017", start="2017", end="2020", on=after) == "2020"


def test_a_plan_with_a_term_to_come_is_confirmed_by_its_source_alone():
    assert confirmed("2017", end="2020", status="planned") == "2017"


def test_a_start_still_to_come_confirms_nothing():
    assert confirmed("2019-03", start="2019-11", status="planned") == "2019-03"


def test_strength_halves_with_each_half_life():
    asked = PartialDate("2019-03")
    assert strength(asked, asked, 5) == 1
    assert strength(PartialDate("2014-03"), asked, 5) == pytest.approx(
        0.5, abs=1e-3
    )  # 5 years, one half-life
    assert strength(PartialDate("2009-03"), asked, 5) == pytest.approx(0.25, abs=1e-3)  # 10 years, two
    assert strength(PartialDate("2009-03"), asked, 10) == pytest.approx(0.5, abs=1e-3)


def test_a_year_counts_to_its_last_day():
    # From the end of 2012 to the end of March 2019 are 2281 days: 6.245 years.
    assert strength(PartialDate("2012"), MARCH, 5) == pytest.approx(0.5 ** (2281 / 365.25 / 5))


def test_what_was_never_confirmed_has_no_strength():
    assert strength(None, MARCH, 5) == 0


@pytest.mark.parametrize("years", [0, -1, float("nan")])
def test_a_half_life_is_above_zero(years):
    with pytest.raises(ValueError, match="above zero"):
        strength(MARCH, MARCH, years)


@given(YEARS, YEARS, YEARS)
def test_the_longer_the_silence_the_weaker(one, other, asked):
    early, late = sorted((one, other))
    on = PartialDate(str(asked))
    weak, strong = (strength(PartialDate(str(year)), on, 5) for year in (early, late))
    assert 0 < weak <= strong <= 1


@given(st.lists(YEARS), YEARS, st.sampled_from([None, "active", "done", "ended", "planned"]), YEARS, YEARS)
def test_nothing_later_than_the_day_asked_confirms(said, asked, status, start, end):
    on = PartialDate(str(asked))
    found = last_confirmation(map(str, said), on, start=str(start), end=str(end), status=status)
    assert found is None or found.first < on.end
