from grappe.census.row import row_of
from grappe.present.clusters import KEYS, cluster_plain, potential_plain
from tests.worlds import MARCH, facts

A = "cluster-a"


def plain(*rows: tuple) -> dict:
    world = facts((A, "name", "Cuir", 5), *rows)
    row = row_of(world, A, MARCH)
    assert row is not None
    return cluster_plain(world, row)


def test_a_cluster_has_the_keys_that_the_issue_lists_in_their_order():
    assert KEYS == (
        "id", "name", "acronym", "country", "state", "sector", "partner_north", "partner_south",
        "anchoring", "places",
        "provisional_location", "created", "website", "members_total", "jobs", "has_sheet", "creative",
        "legal_form",
        "emergence_mode",
    )  # fmt: skip
    assert tuple(plain()) == KEYS


def test_what_is_unknown_is_null_and_a_flag_is_true_or_null():
    found = plain()
    assert found.pop("id") == A
    assert found.pop("name") == "Cuir"
    assert found.pop("places") == []
    assert set(found.values()) == {None}
    assert plain((A, "created", "2010", 50))["has_sheet"] is True


def test_places_are_names_and_a_place_without_one_keeps_its_id():
    found = plain((A, "place", "pl-x pl-y", 5), ("pl-x", "name", "Sfax"))
    assert found["places"] == ["Sfax", "pl-y"]


def test_the_sector_is_a_number_and_a_date_is_text_at_its_precision():
    found = plain((A, "sector", 4, 5), (A, "created", "2010-12", 50))
    assert (found["sector"], found["created"]) == (4, "2010-12")


def test_a_potential_cluster_is_its_craft_its_place_and_its_lines():
    world = facts(
        (A, "name", "Cuir à Fès", 950), (A, "craft", "cuir", 950), (A, "country", "MA", 950),
        (A, "place", "pl-x pl-y", 950),
        ("pl-x", "name", "Fès"), ("pl-y", "name", "Meknès"),
    )  # fmt: skip
    row = row_of(world, A, MARCH)
    assert row is not None
    assert potential_plain(world, row) == {
        "id": A,
        "craft": "cuir",
        "place": "Fès, Meknès",
        "country": "MA",
        "cites": [{"source": "book", "line": 950}],
    }
