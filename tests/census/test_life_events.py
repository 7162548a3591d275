"""Life events: between which days a thing happened, and whether that lies between two editions."""

from datetime import date

import pytest
from tests.worlds import MARCH, facts

from grappe.census.asked import Asked
from grappe.census.disputes import shown_field
from grappe.census.life_events import During, EventKind, LifeEvent, during, life_events
from grappe.domain.dates import PartialDate

A = "cluster-a"
SUMMER = PartialDate("2014-06")


def events(*rows):
    return {event.kind: event for event in life_events(Asked(facts(*rows)), A, MARCH)}


def happened(first: str | None, end: str) -> LifeEvent:
    start = date.fromisoformat(first) if first else None
    return LifeEvent(A, EventKind.BORN, start, date.fromisoformat(end), ())


def test_a_year_is_all_its_days():
    born = events((A, "created", "2015"))[EventKind.BORN]
    assert (born.earliest, born.end) == (date(2015, 1, 1), date(2016, 1, 1))


def test_a_source_of_march_leaves_no_day_after_march():
    born = events((A, "created", "2019"))[EventKind.BORN]
    assert (born.earliest, born.end) == (date(2019, 1, 1), date(2019, 4, 1))


def test_what_is_announced_for_later_keeps_its_days():
    launch = events((A, "launched", "2020"))[EventKind.ANNOUNCED]
    assert (launch.earliest, launch.end) == (date(2020, 1, 1), date(2021, 1, 1))


def test_dates_that_agree_leave_the_days_they_share():
    born = events((A, "created", "2010", 10), (A, "created", "2010-12", 500))[EventKind.BORN]
    assert (born.earliest, born.end) == (date(2010, 12, 1), date(2011, 1, 1))
    assert not born.disputed


def test_dates_that_contradict_one_another_leave_all_their_days():
    born = events((A, "created", "2010", 10), (A, "created", "2008", 500))[EventKind.BORN]
    assert (born.earliest, born.end) == (date(2008, 1, 1), date(2011, 1, 1))
    assert born.disputed
    assert born.printed == "2010 / 2008"


def test_a_merger_without_a_date_happened_by_the_day_it_is_told():
    merged = events((A, "life", "merged"), (A, "merged_into", "cluster-b"))[EventKind.MERGED]
    assert (merged.earliest, merged.end, merged.other) == (None, date(2019, 4, 1), "cluster-b")


def test_what_was_active_on_a_day_was_dissolved_after_it():
    gone = events((A, "life", "active", 500, {"as_of": "2016"}), (A, "life", "dissolved"))[
        EventKind.DISSOLVED
    ]
    assert gone.earliest == date(2016, 1, 1)


def test_support_with_a_validity_begins_and_ends():
    found = events(
        (
            A,
            "recognition",
            "supported",
            500,
            {"by": "organisation-x", "valid_from": "2016", "valid_to": "2018"},
        )
    )
    assert found[EventKind.RECOGNISED].earliest == date(2016, 1, 1)
    assert found[EventKind.RECOGNITION_ENDED].end == date(2019, 1, 1)
    assert found[EventKind.RECOGNISED].other == "organisation-x"


LINK = [("link-1", "from", A), ("link-1", "to", "cluster-b"), (A, "name", "A"), ("cluster-b", "name", "B")]


def test_a_partnership_with_a_start_is_a_partner_gained_by_each_cluster():
    known = facts(*LINK, ("link-1", "kind", "partnership"), ("link-1", "start", "2016"))
    for one, other in ((A, "cluster-b"), ("cluster-b", A)):
        [event] = life_events(Asked(known), one, MARCH)
        assert (event.kind, event.other) == (EventKind.PARTNER_GAINED, other)


def test_an_event_attended_is_no_partner():
    known = facts(*LINK, ("link-1", "kind", "event"), ("link-1", "start", "2016"))
    [event] = life_events(Asked(known), A, MARCH)
    assert event.kind is EventKind.LINK_BEGAN


def test_a_link_that_has_ended_is_a_partner_lost_on_a_day_nobody_tells():
    known = facts(*LINK, ("link-1", "kind", "support"), ("link-1", "status", "ended"))
    [event] = life_events(Asked(known), A, MARCH)
    assert (event.kind, event.earliest, event.printed) == (EventKind.PARTNER_LOST, None, None)


@pytest.mark.parametrize(
    ("first", "end", "when"),
    [
        ("2014-07-01", "2014-08-01", During.CERTAIN),
        ("2014-01-01", "2015-01-01", During.POSSIBLE),  # June lies within the year
        ("2013-01-01", "2014-01-01", During.NO),
        ("2014-06-01", "2014-07-01", During.NO),  # the edition itself
        ("2019-03-01", "2019-04-01", During.CERTAIN),
        ("2019-04-01", "2019-05-01", During.NO),
        (None, "2019-04-01", During.POSSIBLE),
        (None, "2014-01-01", During.NO),
    ],
)
def test_an_event_lies_between_two_editions_surely_perhaps_or_not(first, end, when):
    assert during(happened(first, end), SUMMER, MARCH) is when


def test_nothing_lies_between_a_day_and_itself():
    assert during(happened("2014-01-01", "2015-01-01"), SUMMER, SUMMER) is During.NO


def test_what_is_asked_twice_is_answered_as_it_was_reconciled():
    known = facts(
        (A, "state", "expected", 500, {"as_of": "2014"}),
        (A, "state", "constituted", 3),
        (A, "created", "2015"),
    )
    asked = Asked(known)
    for name in ("state", "created", "life"):
        for day in (SUMMER, MARCH):
            assert asked.shown(A, name, day) == shown_field(known, A, name, day) == asked.shown(A, name, day)
