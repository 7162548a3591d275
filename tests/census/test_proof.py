import pytest
from tests.worlds import said

from grappe.census.proof import read_lines, stands, unproved
from grappe.domain.source import Source, SourceKind

LINES = [
    "Cluster du cuir (CDC)\toui\t\t\t4\toui",  # line 1: cells parted by tabulators
    "Date de création :  décembre 2010",
    "siège à l’hôtel d'entreprises",
    "une vingtaine de PME",
]
COLUMNS = ("name", "constituted", "emerging", "expected", "sector", "north")
A = "cluster-a"


def proved(printed: str | None, line: int | tuple[int, ...], column: str | None = None) -> bool:
    return stands(said(A, "name", "Cuir", line, printed=printed, column=column), LINES, COLUMNS)


def test_the_text_printed_stands_on_the_line_cited():
    assert proved("Date de création", 2)
    assert not proved("Date de création", 3)


def test_white_space_and_the_shape_of_the_apostrophe_do_not_matter():
    assert proved("Date de création : décembre 2010", 2)
    assert proved("à l'hôtel d’entreprises", 3)


def test_case_and_accents_do_matter_since_the_text_is_as_printed():
    assert not proved("date de création", 2)
    assert not proved("Date de creation", 2)


def test_a_cell_must_equal_the_text_and_not_merely_hold_it():
    assert proved("Cluster du cuir (CDC)", 1, "name")
    assert not proved("Cluster du cuir", 1, "name")
    assert proved("oui", 1, "constituted")
    assert proved("4", 1, "sector")


def test_the_cell_is_that_of_the_column_and_no_other():
    assert not proved("oui", 1, "emerging")
    assert not proved("oui", 1, "sector")
    assert proved("oui", 1, "north")


def test_a_line_with_fewer_cells_than_columns_has_no_such_cell():
    assert not proved("oui", 2, "north")


@pytest.mark.parametrize(
    ("lines", "proof"), [((2, 4), True), ((4, 2), True), ((1, 3), False), ((2,), False), ((2, 9), False)]
)
def test_pieces_parted_by_an_ellipsis_stand_on_any_of_the_lines_cited(lines: tuple[int, ...], proof: bool):
    assert proved("décembre 2010 … une vingtaine", lines) is proof


def test_a_line_that_the_document_lacks_proves_nothing():
    assert not proved("une vingtaine", 5)


def test_what_is_cited_by_key_or_quotes_nothing_is_not_for_this_proof():
    assert proved(None, 4)
    assert stands(said(A, "name", "Cuir", source="web", printed="anything"), LINES, COLUMNS)


def test_the_unproved_statements_of_one_source_are_listed():
    book = Source("book", SourceKind.STUDY, "A book", "2019", columns=COLUMNS)
    good = said(A, "name", "Cuir", 1, column="name", printed="Cluster du cuir (CDC)")
    bad = said(A, "created", "2011", 2, printed="2011")
    other = said(A, "created", "2012", source="web", printed="2012")
    assert unproved([good, bad, other], book, LINES) == [bad]


def test_line_one_is_the_first_line_and_only_line_feeds_part_lines(tmp_path):
    path = tmp_path / "book.txt"
    path.write_text("one\ntwo\u2028still two\n\x0cthree", "utf-8")
    assert read_lines(path) == ["one", "two\u2028still two", "\x0cthree"]
