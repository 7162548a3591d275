"""The template of the identity sheet: written, filled in, read back; renamed columns and bad cells."""

import csv
import io

import pytest
from tests.census.reading.looking import names, values

from grappe.census.reading import Reading, Use, read
from grappe.census.reading.document import read_bytes
from grappe.census.reading.template import accepted, columns, head_rows, template_bytes
from grappe.domain.vocabulary import LANGUAGES

FILLED = {
    "name": "Cluster de la Laine (CLL)",
    "country": "Jordan",
    "state": "constitué",
    "sector": "4",
    "industry": "textile; sorcery",
    "created": "2016-05",
    "place": "Amman; Zarqa",
    "president": "Rania Haddad, Directrice",
    "members_total": "environ 60",
    "members_count": "12 entreprises; 3 universités",
    "jobs": "1 200",
    "partners.euromed": "Wool Valley (Italie); Espagne",
}


def filled(rows: list[list[str]], **cells: str) -> bytes:
    """A CSV file of head rows and one cluster."""
    given = FILLED | cells
    text = io.StringIO()
    csv.writer(text).writerows([*rows, ["", *(given.get(column.field, "") for column in columns())]])
    return text.getvalue().encode()


def reading(content: bytes, name: str = "sheets.csv") -> Reading:
    return read(read_bytes(content, name), source="jo-2024")


def test_labels_and_help_are_there_in_three_languages_and_lists_too():
    assert all(column.label[one] and column.help[one] for column in columns() for one in LANGUAGES)
    assert (
        accepted(next(c for c in columns() if c.field == "state"))[0]
        == "potential = potentiel / potential / محتمل"
    )


def test_a_filled_template_says_what_its_cells_say():
    said = list(reading(filled(head_rows())).proposals)
    assert values(said, "jo-cll", "state") == ["constituted"]
    assert values(said, "jo-cll", "sector") == [4]
    assert values(said, "jo-cll", "place") == [("pl-amman", "pl-zarqa")]
    assert names(said, "jo-cll", "president") == ["Rania Haddad"]
    assert [(p.value, p.attributes["of"]) for p in said if p.field == "members_count"] == [
        (12, "companies"),
        (3, "universities"),
    ]
    assert [p.value for p in said if p.field == "to"] == ["it-wool-valley"]


def test_a_proposal_has_the_address_of_its_cell():
    (state,) = [p for p in reading(filled(head_rows())).proposals if p.field == "state"]
    assert state.locator == "table!E9"  # name B, acronym C, country D, state E; eight rows above


def test_a_value_that_no_list_has_is_left_over_with_what_would_be_accepted():
    (left,) = reading(filled(head_rows())).leftovers
    assert (left.text, left.why.code) == ("sorcery", "bad_cell")
    assert left.why.params["accepted"].startswith("agri_food")


def test_a_column_renamed_to_its_label_is_known_and_any_other_is_left_over():
    rows = head_rows()
    rows[0] = [{"state": "État", "jobs": "My jobs"}.get(cell, cell) for cell in rows[0]]
    found = reading(filled(rows))
    assert values(list(found.proposals), "jo-cll", "state") == ["constituted"]
    assert sorted(one.text for one in found.leftovers if one.why.code == "unread_column") == [
        "1 200",
        "My jobs",
    ]


def test_a_row_without_a_name_is_left_over():
    found = reading(filled(head_rows(), name=""))
    assert found.proposals == ()
    assert Use.LEFTOVER in found.uses.values()


def test_the_workbook_reads_like_the_csv_file():
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(io.BytesIO(template_bytes(".xlsx")))
    book["sheets"].append(["", *(FILLED.get(column.field, "") for column in columns())])
    content = io.BytesIO()
    book.save(content)
    one = {(p.entity, p.field, p.value) for p in reading(content.getvalue(), "sheets.xlsx").proposals}
    other = {(p.entity, p.field, p.value) for p in reading(filled(head_rows())).proposals}
    assert one == other


def test_the_workbook_offers_the_lists_to_choose_from():
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(io.BytesIO(template_bytes(".xlsx")))
    rules = {str(rule.formula1) for rule in book["sheets"].data_validations.dataValidation}
    assert any(rule.startswith("lists!$A$2") for rule in rules)
