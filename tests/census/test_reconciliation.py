"""Reconciliation: each criterion decides in its turn, and says so."""

from collections.abc import Iterable
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.worlds import MARCH, SOURCES, field_of, said

from grappe.census.agreement import agree
from grappe.census.reconciliation import Shown, Why, holding, reconcile
from grappe.domain.dates import PartialDate
from grappe.domain.finding import Severity
from grappe.domain.statement import Statement

A = "cluster-a"
TABLE, SHEET, TEXT, FOOTNOTE = 5, 50, 500, 950


def shown(*statements: Statement, on: str = "2019-03", prefer: tuple[Statement, ...] = ()) -> list[Shown]:
    field = field_of(statements[0].entity, statements[0].field)
    return reconcile(field, statements, SOURCES, PartialDate(on), frozenset(s.id for s in prefer))


def one(*statements: Statement, **options: Any) -> Shown:
    (found,) = shown(*statements, **options)
    return found


def ids(statements: Iterable[Statement]) -> frozenset[str]:
    return frozenset(s.id for s in statements)


def test_one_statement_leaves_nothing_to_decide():
    found = one(said(A, "name", "Cuir", SHEET))
    assert (found.statement.value, found.why, found.disputed) == ("Cuir", Why.ONLY, False)


def test_statements_that_can_all_be_true_agree_and_the_trusted_one_is_shown():
    text, sheet = said(A, "created", "2010-12", TEXT), said(A, "created", "2010", SHEET)
    found = one(text, sheet)
    assert (found.why, found.statement, found.confirmed_by, found.rivals) == (Why.AGREE, sheet, (text,), ())


# --- each criterion in its turn -------------------------------------------------------------------


def test_a_ruling_comes_before_everything():
    sheet, footnote = said(A, "created", "2015", SHEET), said(A, "created", "2018", FOOTNOTE)
    found = one(sheet, footnote, prefer=(footnote,))
    assert (found.statement, found.why, found.rivals) == (footnote, Why.RULING, (sheet,))


def test_a_ruling_settles_but_the_dispute_stays_visible():
    sheet, footnote = said(A, "created", "2015", SHEET), said(A, "created", "2018", FOOTNOTE)
    assert one(sheet, footnote, prefer=(footnote,)).disputed


@pytest.mark.parametrize(("better", "worse"), [(SHEET, TABLE), (TABLE, TEXT), (TEXT, FOOTNOTE)])
def test_the_part_trusted_for_the_field_decides(better: int, worse: int):
    trusted, other = said(A, "created", "2015", better), said(A, "created", "2018", worse)
    assert (one(other, trusted).statement, one(other, trusted).why) == (trusted, Why.PART)


def test_for_the_sector_the_table_is_trusted_before_the_sheet():
    table, sheet = said(A, "sector", 6, TABLE), said(A, "sector", 1, SHEET)
    assert (one(sheet, table).statement, one(sheet, table).why) == (table, Why.PART)


def test_the_part_comes_before_a_later_day():
    sheet = said(A, "created", "2015", SHEET, as_of="2019")
    text = said(A, "created", "2018", TEXT, as_of="2019-03")
    assert (one(text, sheet).statement, one(text, sheet).why) == (sheet, Why.PART)


def test_of_one_part_the_kind_of_source_decides():
    register = said(A, "created", "2015", source="register", as_of="2019-03")
    site = said(A, "created", "2018", source="web", as_of="2019-03")
    assert (one(site, register).statement, one(site, register).why) == (register, Why.SOURCE)


def test_a_study_is_trusted_before_a_register_of_the_same_part():
    study = said(A, "created", "2015", TABLE)
    register = said(A, "created", "2018", source="register", as_of="2019-03")
    assert (one(register, study).statement, one(register, study).why) == (study, Why.SOURCE)


def test_of_one_source_and_part_the_later_day_spoken_of_decides():
    # Both days overlap (March 2019 is in 2019), so neither replaces the other: they are rivals.
    year, month = (
        said(A, "created", "2015", 12, as_of="2019"),
        said(A, "created", "2018", 13, as_of="2019-03"),
    )
    assert (one(year, month).statement, one(year, month).why) == (month, Why.LATER)


def test_of_one_day_the_more_precise_value_decides():
    year, month = said(A, "created", "2015", 12), said(A, "created", "2018-04", 13)
    assert (one(year, month).statement, one(year, month).why) == (month, Why.PRECISE)


def test_of_two_figures_the_exact_one_is_the_more_precise():
    about, exact = said(A, "jobs", 500, 12, precision="about"), said(A, "jobs", 900, 13)
    assert (one(about, exact).statement, one(about, exact).why) == (exact, Why.PRECISE)


def test_when_nothing_but_the_id_decides_it_is_called_a_tie():
    first, second = said(A, "created", "2015", 12), said(A, "created", "2018", 13)
    found = one(first, second)
    assert found.why is Why.TIE
    assert found.statement.id == min(first.id, second.id)


def test_why_is_told_against_the_closest_rival():
    # The footnote loses by its part, but the other line of the sheet only by the order of ids.
    rows = (
        said(A, "created", "2015", 12),
        said(A, "created", "2018", 13),
        said(A, "created", "2009", FOOTNOTE),
    )
    assert one(*rows).why is Why.TIE


# --- places, that can lack a winner ---------------------------------------------------------------


def test_two_places_of_one_source_have_no_winner():
    table, sheet = said(A, "place", "place-a", TABLE), said(A, "place", "place-b", SHEET)
    found = one(table, sheet)
    assert found.why is Why.NO_WINNER
    assert ids(found.statements) == ids([table, sheet])
    assert found.severity is Severity.MAJOR


def test_a_place_said_thrice_is_shown_once():
    rows = [said(A, "place", "place-a", 5), said(A, "place", "place-a", 500), said(A, "place", "place-b", 50)]
    found = one(*rows)
    assert sorted(s.value for s in found.statements) == [("place-a",), ("place-b",)]
    assert len(found.confirmed_by) == 1


def test_places_of_two_sources_have_a_winner():
    table, site = (
        said(A, "place", "place-a", TABLE),
        said(A, "place", "place-b", source="web", as_of="2019-03"),
    )
    found = one(site, table)
    assert (found.statements, found.why, found.rivals) == ((table,), Why.SOURCE, (site,))


def test_a_ruling_gives_a_place_a_winner():
    table, sheet = said(A, "place", "place-a", TABLE), said(A, "place", "place-b", SHEET)
    found = one(table, sheet, prefer=(sheet,))
    assert (found.statements, found.why) == ((sheet,), Why.RULING)


# --- slots: what stands apart cannot be a rival ---------------------------------------------------


def test_figures_of_other_perimeters_and_targets_stand_apart():
    own = said(A, "jobs", 300, 12)
    sector = said(A, "jobs", 22_000, 13, perimeter="sector_in_territory")
    target = said(A, "jobs", 500, 14, modality="target")
    found = {s.slot: s.statement for s in shown(own, sector, target)}
    assert found == {
        ("members", "observed"): own,
        ("sector_in_territory", "observed"): sector,
        ("members", "target"): target,
    }


def test_an_announced_number_is_no_more_a_fact_than_a_target():
    assert [s.slot for s in shown(said(A, "jobs", 500, 14, modality="announced"))] == [("members", "target")]


def test_an_estimate_is_a_rival_of_what_was_observed():
    found = one(said(A, "jobs", 300, 12), said(A, "jobs", 500, 13, modality="estimated"))
    assert found.disputed


def test_counts_of_two_categories_are_no_rivals_and_two_counts_of_one_are():
    firms, schools = (
        said(A, "members_count", 60, 12, of="companies"),
        said(A, "members_count", 8, 12, of="universities_schools"),
    )
    other = said(A, "members_count", 70, 500, of="companies")
    found = {s.slot[0]: s for s in shown(firms, schools, other)}
    assert not found["universities_schools"].disputed
    assert (found["companies"].statement, found["companies"].rivals) == (firms, (other,))


def test_a_result_of_another_period_is_another_result():
    early = said(A, "result", 12, 12, of="startups_supported", unit="count", period="2013")
    late = said(A, "result", 20, 13, of="startups_supported", unit="count", period="2016")
    assert [s.disputed for s in shown(early, late)] == [False, False]


def test_items_of_a_list_deny_nothing():
    found = shown(said(A, "niche", "milk", 12), said(A, "niche", "beverages", 500))
    assert [s.why for s in found] == [Why.ONLY, Why.ONLY]


def test_an_item_said_twice_is_one_item_with_a_confirmation():
    found = one(said(A, "niche", "milk", 12), said(A, "niche", "milk", 500))
    assert (found.why, len(found.confirmed_by)) == (Why.AGREE, 1)


def test_an_activity_planned_and_the_same_activity_at_work_are_two_items():
    planned, active = (
        said(A, "facility", "fablab", 12, status="planned"),
        said(A, "facility", "fablab", 13, status="active"),
    )
    assert len(shown(planned, active)) == 2


def test_a_redacted_statement_is_neither_shown_nor_a_rival():
    erased = said(A, "president", None, 12, personal=True, redacted="asked")
    assert shown(erased) == []
    assert one(erased, said(A, "president", "person-b", 500)).why is Why.ONLY


# --- time -----------------------------------------------------------------------------------------


def test_nothing_holds_before_the_day_it_is_spoken_of():
    row = said(A, "name", "Cuir", as_of="2019-03")
    assert shown(row, on="2019-02-28") == []
    assert shown(row, on="2019-03-01") != []
    assert shown(row, on="2019") != []  # the day asked is a year in which it is said


def test_a_later_statement_replaces_an_earlier_one():
    old, new = said(A, "members_total", 40, 12, as_of="2014"), said(A, "members_total", 85, 13, as_of="2019")
    assert (one(old, new, on="2019-03").statement, one(old, new, on="2019-03").why) == (new, Why.ONLY)
    assert (one(old, new, on="2016").statement, one(old, new, on="2016").why) == (old, Why.ONLY)


def test_a_later_statement_replaces_even_one_of_a_more_trusted_part():
    sheet, footnote = (
        said(A, "members_total", 40, SHEET, as_of="2014"),
        said(A, "members_total", 85, FOOTNOTE, as_of="2019"),
    )
    assert one(sheet, footnote).statement == footnote


def test_a_value_with_a_validity_holds_within_it_and_its_end_is_the_first_day_out():
    row = said(A, "legal_form", "association", valid_from="2010-06", valid_to="2015-01-01")
    days = ["2010-05-31", "2010-06-01", "2014-12-31", "2015-01-01"]
    assert [bool(shown(row, on=day)) for day in days] == [False, True, True, False]


def test_an_open_validity_has_one_end_only():
    since = said(A, "legal_form", "association", valid_from="2010")
    until = said(A, "legal_form", "association", valid_to="2010")
    assert [bool(shown(since, on=year)) for year in ("2009", "2010", "2100")] == [False, True, True]
    assert [bool(shown(until, on=year)) for year in ("1950", "2009", "2010")] == [True, True, False]


def test_what_is_replaced_is_no_rival():
    old, new = said(A, "created", "2015", 12, as_of="2014"), said(A, "created", "2018", 13, as_of="2019")
    assert not one(old, new).disputed


# --- laws -----------------------------------------------------------------------------------------

YEARS = st.sampled_from(["2009", "2010", "2010-12", "2018"])
TOWNS = st.sampled_from(["place-a", "place-b", "place-a place-b"])
DAYS = st.sampled_from(["2014", "2019", "2019-03"])
LINES = st.sampled_from([5, 6, 50, 51, 500, 950])
STATEMENTS = st.lists(
    st.builds(lambda v, line, day: said(A, "created", v, line, as_of=day), YEARS, LINES, DAYS),
    min_size=1,
    max_size=5,
    unique_by=lambda s: s.id,
)  # fmt: skip
PLACES = st.lists(
    st.builds(lambda v, line: said(A, "place", v, line), TOWNS, LINES),
    min_size=1,
    max_size=5,
    unique_by=lambda s: s.id,
)  # fmt: skip


def as_seen(rows: list[Shown]) -> set[tuple[object, ...]]:
    return {
        (s.slot, tuple(x.id for x in s.statements), ids(s.confirmed_by), ids(s.rivals), s.why, s.severity)
        for s in rows
    }


@given(st.one_of(STATEMENTS, PLACES), st.randoms())
def test_the_order_in_which_things_are_said_does_not_matter(rows: list[Statement], random: Any):
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert as_seen(shown(*rows)) == as_seen(shown(*shuffled))


def test_every_order_of_three_rivals_gives_one_result():
    rows = [said(A, "created", "2015", 12), said(A, "created", "2018", 500), said(A, "created", "2009", 950)]
    assert len({frozenset(as_seen(shown(*order))) for order in permutations(rows)}) == 1


@given(st.one_of(STATEMENTS, PLACES))
def test_every_statement_that_holds_is_shown_confirms_or_is_a_rival(rows: list[Statement]):
    for found in shown(*rows):
        told = [*found.statements, *found.confirmed_by, *found.rivals]
        assert sorted(s.id for s in told) == sorted(s.id for s in holding(rows, MARCH))


@given(st.one_of(STATEMENTS, PLACES))
def test_no_statement_that_agrees_with_the_winner_is_a_rival(rows: list[Statement]):
    for found in shown(*rows):
        assert not any(agree(found.field, found.statement, s) for s in found.rivals)
        assert found.disputed == bool(found.rivals or len(found.statements) > 1)


@given(st.one_of(STATEMENTS, PLACES))
def test_without_its_rivals_a_value_is_no_longer_disputed(rows: list[Statement]):
    for found in shown(*rows):
        others = {s.id for s in (*found.rivals, *found.statements[1:])}
        kept = [s for s in rows if s.id not in others and agree(found.field, found.statement, s)]
        assert not any(s.disputed for s in shown(*kept))


@given(st.one_of(STATEMENTS, PLACES))
def test_the_winner_of_a_ruling_is_the_statement_preferred(rows: list[Statement]):
    chosen = holding(rows, MARCH)[0]
    (found,) = shown(*rows, prefer=(chosen,))
    assert (found.statement, found.statements[0]) == (chosen, chosen)
