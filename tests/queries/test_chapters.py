"""The chapter as content: every number answers a query, every sentence has one, on the shipped census."""

import pytest

from grappe.census.census import open_census
from grappe.domain.errors import BadChoice
from grappe.domain.vocabulary import vocabulary
from grappe.present.report.content import Count, Heading, Paragraph, Sentence, Sheet, Table, parts_of
from grappe.queries.chapters import chapter, edition_moment
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
        "introduction", "policy", "by_sector", "table", "map", "changes", "cooperation", "open", "sheets",
        "method", "sources",
    ]  # fmt: skip


def test_a_country_without_a_table_says_so(census):
    first = next(block for block in chapter("MR", "2019").blocks if isinstance(block, Paragraph))
    assert first.sentences[0].key == "no_table"


def test_two_clusters_of_one_name_are_told_apart_by_their_places(census):
    from grappe.queries.chapter_answers import Answers

    answers = Answers("MA", edition_moment("2019"))
    assert answers.name("ma-automobile-tanger").text == "Cluster Automobile (Tanger)"


def test_an_edition_is_a_year_of_a_data_set_today_or_a_date(census):
    assert edition_moment("2019").on.text == "2019-03"
    assert edition_moment("today").on.text == "2019-03"
    assert edition_moment("2018-01").on.text == "2018-01"
    with pytest.raises(BadChoice) as found:
        edition_moment("last")
    assert "2019" in found.value.params["accepted"]


def test_an_unknown_country_is_refused_with_those_there_are(census):
    with pytest.raises(BadChoice) as found:
        chapter("FR", "2019")
    assert found.value.params["accepted"] == "MA, DZ, TN, MR, LY"


def test_every_word_a_chapter_can_use_is_in_the_files():
    from grappe.present.findings import WHY_WORDS
    from grappe.present.report.sentences import templates

    words, nouns = templates("fr")["words"], templates("fr")["nouns"]
    assert {f"why_{why}" for why in WHY_WORDS} - words.keys() <= {"why_unknown", "why_withheld"}
    assert {f"unit_{unit}" for unit in vocabulary("unit")} - {"unit_count"} <= nouns.keys()
    assert {f"precision_{one}" for one in vocabulary("precision")} - {"precision_exact"} <= words.keys()
