from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.worlds import MARCH, facts, facts_from, said

from grappe.census.row import breakpoints, row_of, rows
from grappe.domain.dates import PartialDate

A = "cluster-a"
NAME = (A, "name", "Cuir", 5)


def row(*more: tuple):
    found = row_of(facts(NAME, *more), A, MARCH)
    assert found is not None
    return found


def test_what_nobody_says_is_unknown_and_neither_zero_nor_no():
    found = row()
    assert (found.members_total, found.jobs, found.partner_north, found.creative, found.created) == (
        None,
    ) * 5
    assert found.places == ()
    assert found.listed is False
    assert found.has_sheet is False


def test_there_is_no_row_before_the_name_is_said():
    assert row_of(facts(NAME), A, PartialDate("2018")) is None


# --- own figures ----------------------------------------------------------------------------------


def test_a_figure_of_the_members_is_the_clusters_own():
    assert row((A, "jobs", 300, 12), (A, "members_total", 85, 12)).jobs == 300


@pytest.mark.parametrize("perimeter", ["sector_in_territory", "national_sector", "assisted"])
def test_the_jobs_of_a_whole_sector_are_never_a_clusters_own(perimeter: str):
    assert row((A, "jobs", 22_000, 12, {"perimeter": perimeter})).jobs is None


@pytest.mark.parametrize("modality", ["target", "announced"])
def test_a_target_is_never_shown_as_a_fact(modality: str):
    assert row((A, "members_total", 80, 12, {"modality": modality})).members_total is None


def test_a_target_beside_a_fact_leaves_the_fact():
    assert (
        row((A, "members_total", 80, 12, {"modality": "target"}), (A, "members_total", 32, 500)).members_total
        == 32
    )


def test_an_estimate_is_a_figure_of_its_own():
    assert row((A, "jobs", 300, 12, {"modality": "estimated"})).jobs == 300


def test_no_total_is_ever_a_sum_of_ours():
    counts = [
        (A, "members_count", 60, 12, {"of": "companies"}),
        (A, "members_count", 8, 12, {"of": "universities_schools"}),
    ]
    assert row(*counts).members_total is None


# --- other columns --------------------------------------------------------------------------------


def test_two_places_of_one_source_are_both_in_the_row_once_each():
    found = row((A, "place", "place-a", 5), (A, "place", "place-b place-a", 50))
    assert sorted(found.places) == ["place-a", "place-b"]
    assert found.disputed == ("place",)


def test_a_provisional_place_says_so():
    assert row((A, "place", "place-a", 5, {"provisional": True})).provisional_location is True
    assert row((A, "place", "place-a", 5)).provisional_location is None


def test_sector_seven_is_creative_by_definition():
    assert row((A, "sector", 7, 5)).creative is True
    assert row((A, "sector", 4, 5)).creative is None
    assert row((A, "sector", 4, 5), (A, "creative", True, 12)).creative is True


def test_a_statement_from_a_sheet_is_what_makes_a_sheet():
    assert row((A, "created", "2010", 50)).has_sheet
    assert not row((A, "created", "2010", 500)).has_sheet


def test_rows_come_by_country_then_name_whatever_the_case():
    world = facts(
        ("cluster-1", "name", "Zinc"), ("cluster-1", "country", "DZ"),
        ("cluster-2", "name", "cuir"), ("cluster-2", "country", "MA"),
        ("cluster-3", "name", "Bois"), ("cluster-3", "country", "MA"),
        ("cluster-4", "name", "Denim"), ("cluster-4", "country", "MA"),
        ("organisation-5", "name", "Ministère"),
    )  # fmt: skip
    assert [r.name for r in rows(world, MARCH)] == ["Zinc", "Bois", "cuir", "Denim"]


# --- breakpoints ----------------------------------------------------------------------------------


def test_a_row_may_change_only_where_something_begins_to_be_said_or_to_hold():
    statements = (
        said(A, "name", "Cuir", as_of="2014"),
        said(A, "name", "Cuirs", as_of="2019-03"),
        said(A, "legal_form", "association", as_of="2019", valid_from="2010-06", valid_to="2015-02-01"),
    )
    days = ["2010-06-01", "2014-01-01", "2015-02-01", "2019-03-01"]
    assert [str(day) for day in breakpoints(statements)] == days


def test_the_same_day_is_one_breakpoint_whatever_its_precision():
    statements = (said(A, "name", "a", 1, as_of="2019"), said(A, "name", "b", 2, as_of="2019-01-01"))
    assert [str(day) for day in breakpoints(statements)] == ["2019-01-01"]


DAYS = st.dates(date(2010, 1, 1), date(2013, 12, 31))
PRECISIONS = st.sampled_from([4, 7, 10])
SAID_ON = st.builds(lambda day, length: day.isoformat()[:length], DAYS, PRECISIONS)


@given(st.lists(st.tuples(st.integers(1, 3), SAID_ON), min_size=1, max_size=4), st.lists(DAYS, max_size=6))
def test_between_two_breakpoints_nothing_changes(sectors: list[tuple[int, str]], asked: list[date]):
    statements = [said(A, "name", "Cuir", 1, as_of="2009")]
    statements += [said(A, "sector", value, 10 + n, as_of=day) for n, (value, day) in enumerate(sectors)]
    world = facts_from(statements)
    points = breakpoints(world.statements(A))
    for day in asked:
        start = max(point for point in points if point.first <= day)
        assert row_of(world, A, PartialDate(day.isoformat())) == row_of(world, A, start)
