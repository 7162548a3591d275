"""Every text printed stands where its locator says; where the study is not at hand, the tests say so."""

import re

import pytest

from grappe.census import Census
from grappe.census.proof import unproved
from grappe.domain.source import Part
from grappe.domain.statement import Statement

LONGEST = 140
"""Characters of a text as printed: enough to recognise it, too few to be the study's prose."""


@pytest.fixture(scope="module")
def cited(maghreb: Census) -> list[Statement]:
    """Statements of the study."""
    return [s for s in maghreb.dataset.statements if s.source == "ipemed-2019"]


def test_every_text_printed_stands_on_the_line_or_in_the_cell_it_cites(maghreb: Census, study: list[str]):
    source = maghreb.dataset.card.sources["ipemed-2019"]
    lost = unproved(maghreb.dataset.statements, source, study)
    assert [f"{s.entity}.{s.field} {s.locator} {s.printed!r}" for s in lost] == []


def test_every_statement_of_the_study_cites_a_line_and_quotes_it(cited: list[Statement]):
    assert [f"{s.entity}.{s.field}" for s in cited if not s.redacted and not (s.lines and s.printed)] == []


def test_what_is_cited_from_a_table_names_its_column(maghreb: Census, cited: list[Statement]):
    clusters = {row.id for row in maghreb.clusters()}
    bare = [
        f"{s.entity}.{s.field} {s.locator}"
        for s in cited
        if s.part is Part.TABLE and not s.column and s.entity in clusters
    ]
    assert bare == []


def test_no_long_piece_of_the_study_is_copied(cited: list[Statement]):
    pieces = [(s, piece) for s in cited for piece in (s.printed or "").split(" … ")]
    assert [f"{s.entity}.{s.field}: {piece}" for s, piece in pieces if len(piece) > LONGEST] == []


def test_no_note_or_remark_is_a_sentence_of_the_study(maghreb: Census, study: list[str]):
    flat = re.sub(r"\s+", " ", " ".join(study)).replace("’", "'")
    notes = [
        words.removeprefix("fr:")
        for s in maghreb.dataset.statements
        for words in (s.attributes.get("note") or ())
        if isinstance(words, str) and words.startswith("fr:")
    ]
    notes += [remark.message["fr"] for remark in maghreb.dataset.remarks]
    assert [note for note in notes if len(note) > 40 and note.replace("’", "'").rstrip(".") in flat] == []


def test_a_remark_cites_lines_of_the_study(maghreb: Census, study: list[str]):
    for remark in maghreb.dataset.remarks:
        assert remark.lines, remark.id
        assert all(study[line - 1].strip() for line in remark.lines), remark.id


def test_all_that_the_study_says_is_as_of_its_own_time(maghreb: Census, cited: list[Statement]):
    assert [
        f"{s.entity}.{s.field} {s.as_of}" for s in cited if s.as_of > "2019-03" and s.as_of != "2019"
    ] == []
