"""Which proposals belong together, and which cannot stand without others."""

from tests.census.reading.invented import FRENCH_SHEET

from grappe.census.reading import Proposal, Reason, document_of, read
from grappe.census.reading.reading_states import READING_MOVES, ReadingState
from grappe.census.reading.sheets_of import needed_by, sheets_of
from grappe.domain.entity import Kind
from grappe.domain.source import Part


def proposal(id: str, entity: str, kind: Kind, field: str, value: object, known: bool = False) -> Proposal:
    return Proposal(id, entity, kind, field, value, "", Part.TEXT, 1.0, Reason("label"), known=known)


WOOL = (
    proposal("p1", "xx-wool", Kind.CLUSTER, "name", "Wool"),
    proposal("p2", "xx-wool", Kind.CLUSTER, "member", "org-mill"),
    proposal("p3", "org-mill", Kind.ORGANISATION, "name", "Mill"),
    proposal("p4", "org-mill", Kind.ORGANISATION, "place", ("pl-salt",)),
    proposal("p5", "pl-salt", Kind.PLACE, "name", "Salt"),
    proposal("p6", "lk-1", Kind.LINK, "kind", "partnership"),
    proposal("p7", "lk-1", Kind.LINK, "from", "org-mill"),
    proposal("p8", "lk-1", Kind.LINK, "to", "xx-wool"),
    proposal("p9", "lk-1", Kind.LINK, "level", "national"),
    proposal("p10", "xx-silk", Kind.CLUSTER, "jobs", 4, known=True),
)
"""A new cluster, its member in a new place, a link between the two; and a cluster that the census has."""


def test_what_a_sheet_names_stands_on_it_however_far_down():
    assert sheets_of(WOOL) == {
        "xx-wool": "xx-wool",
        "org-mill": "xx-wool",
        "pl-salt": "xx-wool",  # wool → mill → salt
        "lk-1": "xx-wool",  # the end that has a sheet, though it comes second
        "xx-silk": "xx-silk",
    }


def test_what_nobody_refers_to_is_a_sheet_of_its_own():
    alone = (proposal("p1", "org-inn", Kind.ORGANISATION, "name", "Inn"),)
    assert sheets_of(alone) == {"org-inn": "org-inn"}


def test_a_proposal_needs_the_names_of_what_it_speaks_of_and_refers_to():
    assert needed_by({"p2"}, WOOL) == {"p1", "p3"}


def test_a_field_of_a_link_needs_its_kind_its_ends_and_their_names():
    assert needed_by({"p9"}, WOOL) == {"p6", "p7", "p8", "p1", "p3"}


def test_what_the_census_has_needs_nothing():
    assert needed_by({"p10"}, WOOL) == set()


def test_an_invented_sheet_is_one_sheet():
    found = read(document_of(FRENCH_SHEET.splitlines()), source="xx-study")
    assert set(sheets_of(found.proposals).values()) == {"gh-cct"}


def test_a_reading_that_was_given_up_stays_so_and_a_stored_one_can_be_opened():
    assert READING_MOVES[ReadingState.DROPPED] == frozenset()
    assert ReadingState.OPEN in READING_MOVES[ReadingState.STORED]
