"""The chapter as content: every number answers a query, every sentence has one, on the shipped census."""

import pytest

from grappe.census.census import open_census
from grappe.census.edition_changes import Outcome, Unplaced
from grappe.census.life_events import EventKind
from grappe.domain.dates import PartialDate
from grappe.domain.errors import BadChoice
from grappe.domain.vocabulary import vocabulary
from grappe.policy.scheme import Boundary, Validity
from grappe.present.report.content import (
    Count,
    Day,
    Heading,
    Paragraph,
    Sentence,
    Sheet,
    Table,
    Word,
    parts_of,
)
from grappe.queries.chapter_answers import Answers
from grappe.queries.chapter_claims import VERDICTS
from grappe.queries.chapter_events import span
from grappe.queries.chapter_schemes import period
from grappe.queries.chapters import chapter, edition_moment, study
from grappe.queries.editions import diff
from tests.cli.conftest import census

__all__ = ["census"]


@pytest.fixture(scope="module")
def book():
    """The census recomputed from its files, without the store."""
    return open_census("maghreb-2019")


def recomputed(book, asked):
    """The answer to a question about clusters, straight from the files."""
    where = dict(asked.where)
    listed = asked.what == "clusters"
    rows = [
        row for row in book.clusters(listed=None)
        if row.country == where["country"] and row.listed == listed
        and not (row.state == "potential" and row.craft)
    ]  # fmt: skip
    for key, value in where.items():
        name = {"north": "partner_north", "south": "partner_south"}.get(key, key)
        rows = [row for row in rows if getattr(row, name) == (None if value == "unknown" else value)]
    if not asked.of:
        return len(rows)
    values = [getattr(row, asked.of) for row in rows if getattr(row, asked.of) not in (None, (), [])]
    match asked.measure:
        case "known":
            return len(values)
        case "values":
            return len(set(values))
    return min(values) if asked.measure == "min" else max(values)


@pytest.mark.parametrize("country", ["MA", "DZ", "TN"])
def test_every_count_of_clusters_is_that_of_the_files(census, book, country):
    counts = [
        part
        for block in chapter(country, "2019").blocks
        if not isinstance(block, Table)
        for part in parts_of(block)
        if isinstance(part, Count) and part.ask and part.ask.what in ("clusters", "mentioned")
    ]
    assert len(counts) > 10
    for count in counts:
        assert count.value == recomputed(book, count.ask), count


@pytest.mark.parametrize("country", ["MA", "DZ", "TN"])
def test_counts_of_links_are_those_of_the_files(census, book, country):
    ours = {row.id for row in book.clusters(listed=None) if row.country == country and not row.craft}
    links = [link for link in book.links() if {link.source, link.target} & ours]
    for part in parts_of(chapter(country, "2019")):
        if isinstance(part, Count) and part.ask and part.ask.what == "links":
            where = dict(part.ask.where)
            level = where.get("level", "any")
            kept = [
                one for one in links
                if ("counts" not in where or one.counts)
                and (level == "any" or (one.level or "unknown") == level)
            ]  # fmt: skip
            assert part.value == len(kept), part.ask


@pytest.mark.parametrize("country", ["MA", "DZ", "TN", "MR", "LY"])
def test_every_sentence_has_a_query_or_statements_behind_it(census, country):
    content = chapter(country, "2019")
    sentences = [part for part in parts_of(content) if isinstance(part, Sentence)]
    assert sentences
    for one in sentences:
        counted = [part for part in parts_of(one.params) if isinstance(part, Count) and part.ask]
        assert one.cites or one.asks or counted, one.key
        assert set(one.cites) <= content.citations.keys()


def test_a_number_in_a_sentence_has_a_question_or_a_statement(census):
    for sentence in (part for part in parts_of(chapter("MA", "2019")) if isinstance(part, Sentence)):
        for count in (part for part in parts_of(sentence.params) if isinstance(part, Count)):
            assert count.ask or sentence.cites, sentence.key


@pytest.mark.parametrize("country", ["MA", "DZ", "TN"])
def test_every_cluster_of_the_table_has_its_sheet(census, book, country):
    content = chapter(country, "2019")
    listed = {row.id for row in book.clusters() if row.country == country}
    assert {block.entity for block in content.blocks if isinstance(block, Sheet)} == listed
    table = next(block for block in content.blocks if isinstance(block, Table) and block.key == "table")
    assert len(table.rows) == len(listed)


def test_sections_come_in_the_order_of_the_study_and_beyond(census):
    heads = [
        block.key for block in chapter("MA", "2019").blocks if isinstance(block, Heading) and block.level == 1
    ]
    assert heads == [
        "introduction", "policy", "by_sector", "table", "map", "changes", "cooperation", "claims", "open",
        "sheets", "method", "sources",
    ]  # fmt: skip


def test_a_country_without_a_table_says_so(census):
    first = next(block for block in chapter("MR", "2019").blocks if isinstance(block, Paragraph))
    assert first.sentences[0].key == "no_table"


def test_two_clusters_of_one_name_are_told_apart_by_their_places(census):
    answers = Answers("MA", edition_moment("2019"))
    assert answers.name("ma-automobile-tanger").text == "Cluster Automobile (Tanger)"


def test_an_edition_is_a_named_one_or_a_date(census):
    assert edition_moment("2014").on.text == "2014-06"
    assert edition_moment("2019").on.text == "2019-03"
    assert edition_moment("today").on.text == "2019-03"
    assert edition_moment("2018-01").on.text == "2018-01"
    with pytest.raises(BadChoice) as found:
        edition_moment("last")
    assert "2019" in found.value.params["accepted"]


def test_an_unknown_country_is_refused_with_those_there_are(census):
    with pytest.raises(BadChoice) as found:
        chapter("FR", "2019")
    assert found.value.params["accepted"] == "MA, DZ, TN, MR, LY, ALL"


@pytest.mark.parametrize("country", ["MA", "DZ", "TN"])
def test_what_changed_is_what_the_comparison_of_editions_tells(census, country):
    told = [
        row for rows in diff("2014", "2019")["changes"].values() for row in rows if row["country"] == country
    ]
    answers = Answers(country, edition_moment("2019"))
    ours, told = (
        {(row["kind"], row["entity"], row["when"]) for row in rows}
        for rows in (answers.rows("changes"), told)
    )
    assert told <= ours
    # The page of editions does not read the countries of organisations; the chapter tells their new names.
    assert {kind for kind, _, _ in ours - told} <= {"renamed"}
    table = next(one for one in tables(chapter(country, "2019")) if one.key == "changes")
    assert len(table.rows) == len(answers.rows("changes"))


def test_a_future_end_is_no_event_of_the_chapter(census):
    rows = Answers("MA", edition_moment("2019")).rows("timeline")
    assert not [row for row in rows if (row["earliest"] or "") >= "2019-04"]


def test_an_event_without_a_date_is_told_by_its_bounds():
    told = {"printed": None, "earliest": None, "latest": "2019-03-31"}
    assert span(told) == Word("by_month", {"day": Day("2019-03")})
    bounded = told | {"earliest": "2014-01-01"}
    assert span(bounded) == Word("between_months", {"first": Day("2014-01"), "last": Day("2019-03")})
    exact = told | {"latest": "2019-03-12"}
    assert span(exact) == Word("by_day", {"day": Day("2019-03-12")})


def test_a_day_without_a_list_is_told_as_far_as_sources_go(census):
    content = chapter("TN", "2014")
    first = next(block for block in content.blocks if isinstance(block, Paragraph))
    assert [one.key for one in first.sentences] == ["as_told", "told"]
    assert "claims" not in {block.key for block in content.blocks if isinstance(block, Heading)}
    assert next(one for one in tables(content) if one.key == "told").rows


@pytest.mark.parametrize("country", ["MA", "DZ", "TN"])
def test_claims_on_another_country_are_left_out(census, country):
    rows = Answers(country, edition_moment("2019")).rows("claims")
    assert {row["params"].get("country") for row in rows} <= {None, country}
    assert any(row["own"] for row in rows)


def test_a_scheme_that_began_later_is_left_out(census):
    assert Answers("TN", edition_moment("2017")).rows("schemes") == [
        {"id": "tn-poles", "country": "TN", "in_force": True},
        {"id": "tn-pilot-afd", "country": "TN", "in_force": None},
    ]


def test_the_last_day_of_a_scheme_is_the_day_before_its_end():
    validity = Validity(Boundary(PartialDate("2014")), Boundary(PartialDate("2021-01-01")))
    told = period(None, validity)
    assert told == Word("from_to", {"start": Day("2014"), "end": Day("2020-12-31")})


def test_legal_texts_bear_the_numbers_of_the_last_table(census):
    content = chapter("TN", "2019")
    numbers = [one.number for one in content.citations.values() if one.number is not None]
    table = next(one for one in tables(content) if one.key == "documents")
    assert sorted(numbers) == [row[0].values[0].value for row in table.rows] == [1, 2, 3]


def test_the_study_sets_the_countries_side_by_side_and_cites_once(census):
    found = study("2019")
    assert [one.country for one in found.chapters] == ["ALL", "MA", "DZ", "TN", "MR", "LY"]
    heads = [block.key for one in found.chapters for block in one.blocks if isinstance(block, Heading)]
    assert "sources" not in heads
    assert [block.key for block in found.last.blocks if isinstance(block, Heading)] == ["method", "sources"]
    states = next(one for one in tables(found.chapters[0]) if one.key == "compared")
    # 7 + 13 + 11 constituted clusters of 9 + 15 + 14, of Algeria, Morocco, Tunisia.
    counts = [cell.values[0].params["count"].value for cell in states.rows[0][1:]]
    assert counts == [7, 13, 11]


def tables(content):
    return [block for block in content.blocks if isinstance(block, Table)]


def test_every_word_a_chapter_can_use_is_in_the_files():
    from grappe.present.findings import WHY_WORDS
    from grappe.present.report.sentences import templates

    words, nouns = templates("fr")["words"], templates("fr")["nouns"]
    assert {f"why_{why}" for why in WHY_WORDS} - words.keys() <= {"why_unknown", "why_withheld"}
    assert {f"unit_{unit}" for unit in vocabulary("unit")} - {"unit_count"} <= nouns.keys()
    assert {f"event_{kind}" for kind in EventKind} <= words.keys()
    assert {f"outcome_{one}" for one in Outcome} | {f"standing_{one}" for one in Unplaced} <= words.keys()
    assert {f"claims_{one}" for one in VERDICTS} <= nouns.keys()
    assert {f"verdict_{one}" for one in VERDICTS} <= words.keys()
    assert {f"precision_{one}" for one in vocabulary("precision")} - {"precision_exact"} <= words.keys()
