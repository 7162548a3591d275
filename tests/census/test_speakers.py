"""Whose sheet a line belongs to: lines 10 to 99 of the book are sheets, all else its author's words."""

from tests.worlds import facts, said

from grappe.census.speakers import AUTHOR, headings, refers_to, speakers


def speaking(*lines, world=None):
    world = world or facts(("cluster-a", "name", "A", 10), ("cluster-b", "name", "B", 30))
    return speakers(world, [said("link-1", "kind", "partnership", lines)], headings(world))


def test_a_sheet_begins_where_its_cluster_is_named_in_it():
    world = facts(
        ("cluster-a", "name", "A", 10), ("cluster-a", "name", "A", 12), ("cluster-c", "name", "C", 500)
    )
    assert headings(world) == {"book": [(10, "cluster-a")]}


def test_a_line_belongs_to_the_last_heading_before_it():
    assert [speaking(line) for line in (10, 29, 30, 99)] == [
        {"cluster-a"}, {"cluster-a"}, {"cluster-b"}, {"cluster-b"},
    ]  # fmt: skip


def test_in_tables_text_and_footnotes_the_author_speaks():
    assert [speaking(line) for line in (5, 500, 950)] == [{AUTHOR}] * 3


def test_a_statement_of_two_lines_may_have_two_speakers():
    assert speaking(12, 500) == {"cluster-a", AUTHOR}


def test_before_the_first_heading_nobody_can_tell():
    world = facts(("cluster-b", "name", "B", 30))
    assert speaking(12, world=world) == {None}


def test_what_is_cited_by_a_key_says_nothing_of_the_hand_that_wrote_it():
    world = facts(("cluster-a", "name", "A", 10))
    by_key = said("link-1", "kind", "partnership", source="web")
    assert speakers(world, [by_key], headings(world)) == {None}


def test_a_cluster_refers_to_another_in_its_own_sheet_alone():
    world = facts(
        ("cluster-a", "name", "A", 10),
        ("cluster-b", "name", "B", 30),
        ("cluster-a", "merged_into", "cluster-b", 12),
        ("cluster-b", "merged_into", "cluster-a", 500),
    )
    sheets = headings(world)
    assert refers_to(world, "cluster-a", "cluster-b", sheets)
    assert not refers_to(world, "cluster-b", "cluster-a", sheets)
