"""Editions, comparisons and claims asked of a store: the orchard, and the shipped census."""

import pytest

from grappe.domain.errors import BadChoice, UnknownThing
from grappe.queries.comparisons import compare, list_claims, matrix_of_forms, urban_plain
from grappe.queries.editions import (
    census_of,
    diff,
    list_editions,
    timeline_of_cluster,
    timeline_of_country,
)
from grappe.queries.moment import moment
from grappe.queries.navigation import days_of_change
from tests.actions.stored import shipped_census, store_in


@pytest.fixture
def census(tmp_path_factory, django_db_blocker):
    with django_db_blocker.unblock():
        path = shipped_census(tmp_path_factory.getbasetemp())
        with store_in(path):
            yield path


def test_today_names_its_newest_source(orchard):
    *_, today = list_editions()
    assert today["name"] == "today"
    assert today["on"] == "2019-03"
    assert today["newest_source"]["id"] == "book"


def test_the_census_of_a_day_tells_where_each_cluster_stood(orchard):
    standing = {row["id"]: row["standing"] for row in census_of("2012-06")["clusters"]}
    assert standing["ma-oak"] == "existing"  # created in 2010
    assert standing["ma-ash"] == "not_yet"  # created in June 2015
    assert standing["tn-fig"] == "expected"  # told with a validity
    assert standing["dz-elm"] == "unknown"
    assert "ma-pot-rugs" not in standing


def test_a_state_with_a_validity_changes_on_its_day(orchard):
    found = diff("2015", "2018")
    [change] = found["changes"]["state"]
    assert (change["entity"], change["before"], change["after"], change["when"]) == (
        "tn-fig", "expected", "emerging", "certain",
    )  # fmt: skip


def test_no_net_change_is_ever_computed(census):
    for pair in (("2014", "2019"), ("2019", "today"), ("2010", "2018")):
        found = diff(*pair)
        assert found["net_change"] is None
        assert found["growth_rate"] is None
        assert found["refused"] in ("list_not_held", "list_held_apart")


def test_every_change_of_the_study_cites_its_lines(census):
    found = diff("2014", "2019")
    rows = [row for rows in found["changes"].values() for row in rows]
    assert rows
    assert all(row["cites"] for row in rows)
    assert all(row["cites"] for row in found["foreseen"])


def test_flows_count_every_cluster_once(census):
    found = diff("2014", "2019")
    ids = [one for flow in found["flows"] for one in flow["ids"]]
    assert len(ids) == len(set(ids)) == sum(flow["clusters"] for flow in found["flows"])


def test_a_comparison_of_what_is_no_edition_is_refused(census):
    with pytest.raises(BadChoice):
        diff("2014", "soon")


def test_a_timeline_of_a_cluster_is_part_of_that_of_its_country(census):
    own = {(row["kind"], row["printed"]) for row in timeline_of_cluster("ma-agrinova")["events"]}
    country = {
        (row["kind"], row["printed"])
        for row in timeline_of_country("ma")["events"]
        if row["entity"] == "ma-agrinova"
    }
    assert own == country
    assert ("born", "2015-12") in own


def test_what_is_no_cluster_or_country_has_no_timeline(census):
    with pytest.raises(UnknownThing):
        timeline_of_cluster("fr-afd")
    with pytest.raises(UnknownThing):
        timeline_of_country("FR")


def test_one_way_of_comparing_at_a_time(census):
    for asked in ({}, {"countries": ["MA", "TN"], "sectors": ["1", "2"]}, {"countries": ["MA", "XX"]}):
        with pytest.raises(BadChoice):
            compare(moment(), **asked)
    with pytest.raises(UnknownThing):
        compare(moment(), clusters=["ma-ce3m", "fr-afd"])


def test_the_countries_of_the_study_side_by_side(census):
    found = compare(moment(), countries=["tn", "ma", "dz"])
    assert found["subjects"] == ["DZ", "MA", "TN"]
    assert found["clusters"] == {"DZ": 9, "MA": 15, "TN": 14}
    parts = {part["part"]: {row["code"]: row["cells"] for row in part["rows"]} for part in found["parts"]}
    assert parts["state"]["constituted"]["MA"]["count"] == 13
    # A printed flag is never a no: there is a count and no share.
    north = parts["partner_north"]["true"]["MA"]
    assert (north["count"], north["of"], north["share"]) == (5, None, None)


def test_claims_are_the_same_asked_twice(census):
    assert list_claims(moment()) == list_claims(moment())


def test_the_matrix_counts_constituted_clusters_of_the_tables(census):
    assert matrix_of_forms(moment())["clusters"] == 31


def test_the_urban_claim_is_read_for_every_pair_of_thresholds(census):
    found = urban_plain(moment())
    assert len(found) == 2 * 3 * 3
    assert {row["verdict"] for row in found if row["by"] == "territory"} == {"cannot_tell"}


def test_the_slider_stops_on_the_days_on_which_a_cluster_on_the_map_changes(orchard):
    # Fig is told with a validity from 2012 and changes in June 2016; everything else is of March 2019.
    assert days_of_change() == ["2012-01-01", "2016-06-01", "2019-03-01"]
