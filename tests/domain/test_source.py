from tests.worlds import BOOK

from grappe.domain.source import Part, Source, SourceKind


def test_a_line_tells_the_part():
    assert [BOOK.part_of(line) for line in (1, 9, 10, 99, 950)] == [
        Part.TABLE,
        Part.TABLE,
        Part.SHEET,
        Part.SHEET,
        Part.FOOTNOTE,
    ]


def test_a_line_outside_every_entry_is_running_text():
    assert BOOK.part_of(100) is Part.TEXT
    assert Source("bare", SourceKind.WEBSITE, "Bare", "2019").part_of(1) is Part.TEXT


def test_the_narrower_entry_wins_so_a_footnote_may_stand_among_sheets():
    nested = Source(
        "book", SourceKind.STUDY, "A book", "2019", parts=((10, 99, Part.SHEET), (50, 51, Part.FOOTNOTE))
    )
    assert [nested.part_of(line) for line in (49, 50, 51, 52)] == [
        Part.SHEET,
        Part.FOOTNOTE,
        Part.FOOTNOTE,
        Part.SHEET,
    ]
