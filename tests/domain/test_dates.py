from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grappe.domain.dates import PartialDate, is_date

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
PARTIAL = st.builds(
    lambda day, length: PartialDate(day.isoformat()[:length]), DAYS, st.sampled_from([4, 7, 10])
)


def days_in(when: PartialDate) -> set[date]:
    """The slow, obvious meaning of a date: the set of its days."""
    return {when.first + timedelta(days=n) for n in range((when.end - when.first).days)}


@pytest.mark.parametrize(
    ("text", "first", "end"),
    [
        ("2010", date(2010, 1, 1), date(2011, 1, 1)),
        ("2010-12", date(2010, 12, 1), date(2011, 1, 1)),
        ("2010-02", date(2010, 2, 1), date(2010, 3, 1)),
        ("2010-12-05", date(2010, 12, 5), date(2010, 12, 6)),
        ("2010-12-31", date(2010, 12, 31), date(2011, 1, 1)),
        ("2012-02-29", date(2012, 2, 29), date(2012, 3, 1)),
    ],
)
def test_a_date_is_the_days_it_may_name_and_its_end_is_the_first_day_out(text: str, first: date, end: date):
    assert (PartialDate(text).first, PartialDate(text).end) == (first, end)


@pytest.mark.parametrize(
    "text",
    [
        "", "10", "2010-", "2010-13", "2010-00", "2010-05-00", "2011-02-29", "2010-2", "2010/12",
        " 2010", "2010\n",
        "12-2010", "2010-12-5", "٢٠١٠", "0000",
    ],
)  # fmt: skip
def test_what_no_calendar_has_is_no_date(text: str):
    assert not is_date(text)
    with pytest.raises(ValueError):
        PartialDate(text)


@pytest.mark.parametrize("thing", [2010, None, 2010.0, ["2010"], date(2010, 1, 1)])
def test_only_text_is_a_date_because_text_keeps_the_precision(thing: object):
    assert not is_date(thing)


def test_a_year_meets_each_of_its_months_and_no_other():
    year = PartialDate("2010")
    assert all(year.meets(PartialDate(f"2010-{month:02}")) for month in range(1, 13))
    assert not year.meets(PartialDate("2009-12"))
    assert not year.meets(PartialDate("2011-01"))


def test_the_smaller_interval_is_the_more_precise_date():
    assert [PartialDate(text).days for text in ("2010", "2012", "2010-02", "2010-02-05")] == [365, 366, 28, 1]


def test_a_date_is_written_back_as_it_was_read():
    assert [str(PartialDate(text)) for text in ("2010", "2010-12", "2010-12-05")] == [
        "2010",
        "2010-12",
        "2010-12-05",
    ]


@given(PARTIAL, PARTIAL)
def test_two_dates_meet_exactly_when_they_share_a_day(one: PartialDate, other: PartialDate):
    assert one.meets(other) == bool(days_in(one) & days_in(other))


@given(PARTIAL, PARTIAL)
def test_meeting_of_dates_is_symmetric(one: PartialDate, other: PartialDate):
    assert one.meets(other) == other.meets(one)


@given(PARTIAL)
def test_a_date_meets_itself_and_counts_its_days(one: PartialDate):
    assert one.meets(one)
    assert one.days == len(days_in(one))
