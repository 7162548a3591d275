import pytest

from grappe.census.links import links
from grappe.census.row import row_of
from grappe.domain.entity import Kind
from grappe.present.entities import form_plain, organisation_plain, programme_plain
from grappe.present.geojson import cluster_features, end_point, form_features, link_feature, page_of, point_of
from tests.worlds import MARCH, facts

A = "cluster-a"
RABAT = [
    ("pl-x", "name", "Rabat"),
    ("pl-x", "name_ar", "الرباط"),
    ("pl-x", "lon", -6.8),
    ("pl-x", "lat", 34.0),
]
CASA = [("pl-y", "name", "Casablanca"), ("pl-y", "lon", -7.6), ("pl-y", "lat", 33.6)]
FRANCE = [("pl-country-fr", "name", "France"), ("pl-country-fr", "lon", 2.3), ("pl-country-fr", "lat", 48.9)]


def features(*rows: tuple) -> list[dict]:
    world = facts((A, "name", "Cluster du cuir", 5), *rows)
    row = row_of(world, A, MARCH)
    assert row is not None
    return cluster_features(world, row)


def test_a_cluster_is_a_point_with_longitude_first():
    (found,) = features((A, "acronym", "CDC", 5), (A, "place", "pl-x", 5), (A, "sector", 4, 5), *RABAT)
    assert found["geometry"] == {"type": "Point", "coordinates": [-6.8, 34.0]}
    shown = {
        key: found["properties"][key]
        for key in ("id", "name", "title", "place", "place_ar", "sector", "rival", "url")
    }
    assert shown == {
        "id": A, "name": "CDC", "title": "Cluster du cuir", "place": "Rabat", "place_ar": "الرباط",
        "sector": 4, "rival": False,
        "url": "@/clusters/cluster-a/",
    }  # fmt: skip


def test_two_places_of_one_source_are_two_points_marked_as_rivals():
    found = features((A, "place", "pl-x", 5), (A, "place", "pl-y", 50), *RABAT, *CASA)
    assert sorted(f["properties"]["place"] for f in found) == ["Casablanca", "Rabat"]
    assert all(f["properties"]["rival"] for f in found)


def test_two_places_of_one_cell_are_two_points_and_no_rivals():
    found = features((A, "place", "pl-x pl-y", 5), *RABAT, *CASA)
    assert [f["properties"]["rival"] for f in found] == [False, False]


def test_a_place_without_coordinates_is_no_point_and_not_the_origin():
    assert features((A, "place", "pl-z", 5), ("pl-z", "name", "Nulle part")) == []
    assert features() == []
    assert point_of(facts(("pl-z", "lon", 3.0)), "pl-z") is None


def test_no_anchoring_at_all_is_no_shape_of_the_legend():
    (found,) = features((A, "place", "pl-x", 5), (A, "anchoring", "none", 5), *RABAT)
    assert found["properties"]["anchoring"] is None


def link(*rows: tuple, source: str = A, target: str = "organisation-o"):
    world = facts(
        ("link-1", "kind", "partnership"), ("link-1", "from", source), ("link-1", "to", target), *rows
    )
    (one,) = links(world, MARCH)
    return link_feature(world, one, MARCH)


def test_a_cooperation_is_a_line_to_the_country_of_a_partner_without_a_place():
    found = link((A, "place", "pl-x", 5), ("organisation-o", "country", "FR"), *RABAT, *FRANCE)
    assert found is not None
    assert found["geometry"]["coordinates"] == [[-6.8, 34.0], [2.3, 48.9]]
    assert (found["properties"]["a"], found["properties"]["b"]) == (A, "organisation-o")


@pytest.mark.parametrize(
    "rows",
    [
        [(A, "place", "pl-x", 5)],  # nobody knows where the other end is
        [(A, "place", "pl-x", 5), ("organisation-o", "place", "pl-x")],  # both ends at one point
    ],
)
def test_a_link_that_cannot_be_drawn_is_no_line(rows: list[tuple]):
    assert link(*rows, *RABAT) is None


def test_a_link_between_two_organisations_is_not_on_the_map_of_clusters():
    rows = [("organisation-p", "place", "pl-x"), ("organisation-o", "place", "pl-y"), *RABAT, *CASA]
    assert link(*rows, source="organisation-p") is None


def test_the_first_place_that_can_be_placed_is_the_end_of_a_line():
    world = facts((A, "place", "pl-z pl-y", 5), *CASA)
    assert end_point(world, A, MARCH, by_country=False) == (-7.6, 33.6)


def test_at_home_the_point_of_the_country_is_nobodys_place():
    morocco = [("pl-country-ma", "lon", -6.0), ("pl-country-ma", "lat", 32.0)]
    rows = [
        (A, "place", "pl-x", 5),
        (A, "country", "MA"),
        ("organisation-o", "country", "MA"),
        *RABAT,
        *morocco,
    ]
    assert link(*rows) is None
    assert link(*rows, ("organisation-o", "place", "pl-y"), *CASA) is not None


@pytest.mark.parametrize("kind", Kind)
def test_people_and_links_have_no_page_of_their_own(kind: Kind):
    world = facts((f"{kind}-1", "name" if kind is not Kind.LINK else "kind", "x"))
    page = page_of(world, f"{kind}-1")
    assert (page is None) == (kind in (Kind.PERSON, Kind.LINK))
    assert page is None or page.startswith("@/")


def test_a_form_says_where_it_is_and_whom_it_hosts():
    world = facts(
        ("form-f", "name", "Pôle", 500), ("form-f", "form_kind", "technopole", 500),
        ("form-f", "country", "MA", 500),
        ("form-f", "place", "pl-x", 500), ("form-f", "speciality", "milk", 500), (A, "name", "Cuir"),
        ("link-1", "kind", "hosting", 501), ("link-1", "from", "form-f", 501), ("link-1", "to", A, 501),
        ("link-1", "role", "seat", 501),
        *RABAT,
    )  # fmt: skip
    found = form_plain(world, "form-f", MARCH)
    assert (found["kind"], found["place"], found["specialities"]) == ("technopole", "Rabat", ["milk"])
    assert [(h["cluster"], h["name"], h["role"]) for h in found["hosts"]] == [(A, "Cuir", "seat")]
    (point,) = form_features(world, "form-f", found)
    assert (point["properties"]["kind"], point["properties"]["form_kind"]) == ("form", "technopole")


def test_an_organisation_and_a_programme_have_the_keys_that_the_issue_lists():
    world = facts(
        ("organisation-o", "name", "Tannerie", 500), ("organisation-o", "type", "company", 500),
        ("programme-p", "name", "Appui", 501), ("programme-p", "start", "2013", 501),
        ("programme-p", "place", "pl-x", 501),
        ("programme-p", "figure", 5, 501, {"of": "budget", "unit": "EUR", "perimeter": "programme"}), *RABAT,
    )  # fmt: skip
    organisation = organisation_plain(world, "organisation-o", MARCH, [A])
    assert tuple(organisation) == ("id", "name", "acronym", "type", "country", "clusters", "cites")
    assert organisation["clusters"] == [A]
    programme = programme_plain(world, "programme-p", MARCH)
    assert {"id", "kind", "name", "start", "end", "place", "figures", "cites"} <= programme.keys()
    assert (programme["start"], programme["end"], programme["place"]) == ("2013", None, "Rabat")
    (figure,) = programme["figures"]
    assert (figure["value"], figure["of"], figure["unit"], figure["perimeter"]) == (
        5,
        "budget",
        "EUR",
        "programme",
    )
