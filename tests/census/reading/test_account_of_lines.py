"""Every line of a document is accounted for, whatever the document."""

from hypothesis import given
from hypothesis import strategies as st
from tests.census.reading.invented import ARABIC_SHEET, ENGLISH_SHEET, FRENCH_SHEET, TABLE, TEXT

from grappe.census.reading import Reading, Use, document_of, read

LINES = [
    line for text in (TABLE, FRENCH_SHEET, ENGLISH_SHEET, ARABIC_SHEET, TEXT) for line in text.splitlines()
]


def check(found: Reading) -> None:
    """Every line has a use; what is left over is told; a fact is cited; a citation is a fact."""
    numbers = {line.number for line in found.document.lines}
    assert set(found.uses) == numbers
    told = {one.line for one in found.leftovers}
    cited = {number for p in found.proposals for number in p.lines}
    for number, use in found.uses.items():
        if use is Use.LEFTOVER:
            assert number in told, found.document.text(number)
        if number in cited:
            assert use in (Use.FACT, Use.HEADING, Use.LEGEND), (number, use)
    assert told <= numbers
    assert all(0 <= p.confidence <= 1 for p in found.proposals)


def test_every_line_of_an_invented_study_is_accounted_for():
    check(
        read(document_of("\n\n".join([TABLE, TEXT, FRENCH_SHEET, ENGLISH_SHEET, ARABIC_SHEET]).split("\n")))
    )


def test_every_line_of_the_study_is_accounted_for(study: list[str]):
    check(read(document_of(study)))


@given(st.lists(st.sampled_from(LINES), max_size=40))
def test_lines_torn_out_of_their_order_are_accounted_for(lines: list[str]):
    check(read(document_of(lines)))


@given(st.lists(st.text(max_size=80).filter(lambda text: "\n" not in text), max_size=15))
def test_any_text_at_all_is_accounted_for(lines: list[str]):
    check(read(document_of(lines)))
