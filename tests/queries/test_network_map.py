"""What the map draws beside the graph: the selection, and nothing else."""

import json

from grappe.queries.moment import moment
from grappe.queries.network_map import selected_features


def drawn(actors: set[str], ties: set[str], known: str | None = None) -> tuple[set[str], frozenset[str]]:
    body, placed = selected_features(actors, ties, moment(known=known), "ar")
    features = json.loads(body)["features"]
    assert all(
        f["properties"]["url"].startswith("/ar/") for f in features if f["properties"]["kind"] != "link"
    )
    return {f["properties"]["id"] for f in features}, placed


def test_only_what_is_selected_is_drawn(orchard):
    assert drawn({"ma-oak"}, set()) == ({"ma-oak"}, {"ma-oak"})


def test_nothing_selected_is_an_empty_map(orchard):
    assert drawn(set(), set()) == (set(), frozenset())


def test_who_has_no_place_is_not_said_to_have_one(orchard):
    assert drawn({"org-mill", "ma-ash"}, set()) == ({"ma-ash"}, {"ma-ash"})


def test_the_same_is_drawn_from_the_decisions_known_by_a_later_day(orchard):
    assert drawn({"ma-oak", "ma-ash"}, set(), known="2026-04") == drawn({"ma-oak", "ma-ash"}, set())
