"""Filters of clusters: one declaration for every face."""

import pytest

from grappe.domain.errors import BadChoice
from grappe.queries.clusters import list_clusters
from grappe.queries.filters import ClusterFilter, accepted, cluster_filter
from grappe.queries.moment import moment


def ids(**given: object) -> set[str]:
    return {row["id"] for row in list_clusters(cluster_filter(given), moment())}


def test_no_filter_takes_the_clusters_of_the_country_tables(orchard):
    assert ids() == {"ma-oak", "ma-ash", "dz-elm", "tn-fig"}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"country": "MA"}, {"ma-oak", "ma-ash"}),
        ({"country": ["MA", "DZ"]}, {"ma-oak", "ma-ash", "dz-elm"}),
        ({"country": "ma"}, {"ma-oak", "ma-ash"}),
        ({"country": "LY"}, set()),
        ({"sector": "1"}, {"ma-oak", "dz-elm"}),
        ({"sector": ["1", 7]}, {"ma-oak", "dz-elm", "tn-fig"}),
        ({"state": "emerging"}, {"ma-ash", "tn-fig"}),
        ({"state": ["expected", "constituted"]}, {"dz-elm", "ma-oak"}),
        ({"anchoring": "rooted"}, {"ma-oak"}),
        ({"anchoring": "none"}, {"dz-elm"}),
        ({"north": True}, {"ma-oak"}),
        ({"north": "true"}, {"ma-oak"}),
        ({"south": "1"}, {"ma-oak", "dz-elm"}),
        ({"creative": "on"}, {"tn-fig"}),
        ({"scope": "mentioned"}, {"tn-sun"}),
        ({"scope": "all"}, {"ma-oak", "ma-ash", "dz-elm", "tn-fig", "tn-sun"}),
        ({"q": "casablanca"}, {"ma-oak"}),
    ],
    ids=repr,
)
def test_each_filter_alone(orchard, given, expected):
    assert ids(**given) == expected


def test_filters_together_must_all_hold(orchard):
    assert ids(country="MA", sector="1") == {"ma-oak"}
    assert ids(sector="1", south=True, state="expected") == {"dz-elm"}
    assert ids(country="TN", scope="all", state="expected") == {"tn-sun"}
    assert ids(q="oak", country="DZ") == set()


@pytest.mark.parametrize("unset", [None, "", [], [""], ()])
def test_a_filter_left_empty_is_no_filter(orchard, unset):
    everything = {"ma-oak", "ma-ash", "dz-elm", "tn-fig"}
    for name in ("country", "sector", "state", "anchoring", "north", "south", "creative", "q", "scope"):
        assert ids(**{name: unset}) == everything, name


def test_a_flag_that_is_off_keeps_those_that_have_it_and_those_that_have_not(orchard):
    assert len(ids(north="false")) == 4


def test_parameters_that_are_no_filters_are_left_alone():
    assert cluster_filter({"page": "2", "sort": "name", "layer": ["forms"]}) == ClusterFilter()


@pytest.mark.parametrize(
    ("name", "value", "some"),
    [
        ("country", "FR", {"MA", "DZ", "TN"}),
        ("sector", "8", {"1", "7"}),
        ("sector", "textile", {"1", "7"}),
        ("state", "attendu", {"potential", "expected", "emerging", "constituted"}),
        ("anchoring", "deep", {"rooted", "constructed", "none"}),
        ("scope", "every", {"tables", "mentioned", "all"}),
        ("north", "maybe", {"true", "false"}),
    ],
)
def test_a_value_outside_its_list_is_refused_with_the_values_accepted(name, value, some):
    with pytest.raises(BadChoice) as refused:
        cluster_filter({name: value})
    error = refused.value
    assert (error.params["name"], error.params["value"]) == (name, value)
    assert set(error.params["accepted"].split(", ")) >= some


def test_one_bad_value_among_good_ones_is_refused():
    with pytest.raises(BadChoice):
        cluster_filter({"country": ["MA", "XX"]})


def test_every_closed_filter_lists_what_it_accepts():
    lists = accepted()
    assert lists["sector"] == ["1", "2", "3", "4", "5", "6", "7"]
    for name, values in lists.items():
        for value in values:
            cluster_filter({name: value})


@pytest.mark.parametrize("q", ["sale", "Salé", "fes", "FÈS"])
def test_a_place_that_a_source_gives_twice_is_matched_by_either_name(orchard, q):
    (row,) = list_clusters(cluster_filter({"q": q}), moment())
    assert (row["id"], row["places"]) == ("ma-ash", ["Salé", "Fès"])
