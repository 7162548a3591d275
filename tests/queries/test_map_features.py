"""What the map draws: GeoJSON of clusters, forms and cooperation lines."""

import json

import pytest

from grappe.queries.filters import ClusterFilter, cluster_filter
from grappe.queries.map_features import LAYERS, map_features
from grappe.queries.moment import moment


def drawn(layers: tuple[str, ...] = LAYERS, language: str = "fr", **given: object) -> list[dict]:
    body = json.loads(map_features(cluster_filter(given), moment(), layers, language))
    assert body["type"] == "FeatureCollection"
    return body["features"]


def test_a_cluster_is_a_point_where_its_place_is(orchard):
    (oak,) = [f for f in drawn(("clusters",)) if f["properties"]["id"] == "ma-oak"]
    assert oak["geometry"] == {"type": "Point", "coordinates": [-7.6, 33.6]}
    told = oak["properties"]
    assert (told["sector"], told["state"], told["anchoring"], told["place"], told["rival"]) == (
        1, "constituted", "rooted", "Casablanca", False,
    )  # fmt: skip


def test_a_disputed_place_is_drawn_at_both_and_marked(orchard):
    ash = [f for f in drawn(("clusters",)) if f["properties"]["id"] == "ma-ash"]
    assert sorted(f["properties"]["place"] for f in ash) == ["Fès", "Salé"]
    assert all(f["properties"]["rival"] for f in ash)


@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_addresses_are_in_the_language_asked(orchard, language):
    for feature in drawn(("clusters", "forms"), language):
        assert feature["properties"]["url"].startswith(f"/{language}/")


def test_layers_are_those_asked(orchard):
    assert {f["properties"]["kind"] for f in drawn(("forms",))} == {"form"}
    assert {f["properties"]["kind"] for f in drawn(("links",))} <= {"link"}
    assert drawn(()) == []


def test_a_line_joins_two_places(orchard):
    lines = {f["properties"]["id"]: f["geometry"] for f in drawn(("links",))}
    # the mill stands in Casablanca like the oak, and the elm has no place: neither can be drawn
    assert lines == {}


def test_filters_keep_what_matches(orchard):
    assert {f["properties"]["id"] for f in drawn(("clusters",), country="MA", sector="1")} == {"ma-oak"}
    assert drawn(("clusters",), country="LY") == []


def test_lines_are_those_of_the_clusters_that_match(store, world):
    from tests.actions.stored import load

    load(world(TWO_TOWNS))
    assert [f["properties"]["id"] for f in drawn(("links",))] == ["lk-1"]
    assert [f["geometry"]["coordinates"] for f in drawn(("links",))] == [[[1, 2], [3, 4]]]
    assert [f["properties"]["id"] for f in drawn(("links",), sector="1")] == ["lk-1"]
    assert drawn(("links",), sector="3") == []


def test_the_answer_kept_is_that_of_the_present_load(store, world):
    from tests.actions.stored import TUESDAY, load

    load(world(TWO_TOWNS))
    assert len(drawn(("clusters",))) == 2
    load(world(TWO_TOWNS.replace("lon: {value: 3, ", "lon: {value: 5, ")), TUESDAY)
    assert sorted(f["geometry"]["coordinates"][0] for f in drawn(("clusters",))) == [1, 5]


def test_the_scope_of_the_tables_is_the_default(orchard):
    everything = json.loads(map_features(ClusterFilter(scope="all"), moment(), ("clusters",), "fr"))
    assert len(everything["features"]) >= len(drawn(("clusters",)))


TWO_TOWNS = """
kind: cluster
source: book
as_of: 2019-03
entities:
  ma-a:
    name: {value: A, line: 1, column: name, printed: A}
    listed: {value: true, line: 1, column: name, printed: A}
    sector: {value: 1, line: 10, printed: "1"}
    place: {value: [pl-a], line: 10, printed: A}
  ma-b:
    name: {value: B, line: 2, column: name, printed: B}
    listed: {value: true, line: 2, column: name, printed: B}
    sector: {value: 2, line: 10, printed: "2"}
    place: {value: [pl-b], line: 10, printed: B}
== places.yml
kind: place
source: web
as_of: 2019-03
entities:
  pl-a: {name: {value: A, key: "1"}, lon: {value: 1, key: "1"}, lat: {value: 2, key: "1"}}
  pl-b: {name: {value: B, key: "2"}, lon: {value: 3, key: "2"}, lat: {value: 4, key: "2"}}
== links.yml
kind: link
source: book
as_of: 2019-03
entities:
  lk-1: {line: 15, printed: x, kind: convention, from: ma-a, to: ma-b}
"""
