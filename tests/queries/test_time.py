"""Time: the day spoken of (`on`), and the decisions known by then (`known`)."""

from datetime import UTC, datetime

import pytest

from grappe.domain.errors import BadChoice, GrappeError, UnknownThing
from grappe.queries.clusters import SORTS, list_clusters, page_of_clusters
from grappe.queries.disputes import list_disputes, list_findings
from grappe.queries.filters import ClusterFilter, cluster_filter
from grappe.queries.lists import list_kind, list_links, list_potential
from grappe.queries.map_features import map_features
from grappe.queries.moment import Moment, moment
from grappe.queries.overview import counts
from grappe.queries.sheets import sheet
from tests.actions.stored import load

EVERY = ClusterFilter(scope="all")
BEFORE = "2026-03-01"  # the orchard was loaded on 2 March 2026
AFTER = "2026-03-02"
KINDS = ("organisation", "form", "programme")


def ids(when: Moment) -> list[str]:
    return sorted(row["id"] for row in list_clusters(EVERY, when))


def state(on: str) -> tuple[object, object]:
    """State of the fig, in the list and on its sheet."""
    (row,) = [row for row in list_clusters(EVERY, moment(on)) if row["id"] == "tn-fig"]
    return row["state"], sheet("tn-fig", moment(on))["fields"]["state"]["value"]


def test_by_default_the_day_is_that_of_the_newest_data_set(orchard):
    assert (moment().on.text, moment().known, moment().default) == ("2019-03", None, True)


@pytest.mark.parametrize("bad", ["2019-3", "last year", "2019-02-30", ""])
def test_a_day_that_is_none_is_refused_with_the_forms_accepted(orchard, bad):
    for asked in ({"on": bad}, {"known": bad}):
        with pytest.raises(BadChoice) as refused:
            moment(**asked)
        assert refused.value.params["accepted"] == "YYYY, YYYY-MM, YYYY-MM-DD"


def test_nothing_loaded_says_so(store):
    with pytest.raises(UnknownThing) as refused:
        moment()
    assert refused.value.code == "nothing_loaded"


def test_before_the_source_speaks_only_what_it_dates_earlier_is_there(orchard):
    assert ids(moment("2011")) == []
    assert ids(moment("2012")) == ["tn-fig"]
    assert ids(moment("2019-02")) == ["tn-fig"]
    assert ids(moment("2019-03")) == ["dz-elm", "ma-ash", "ma-oak", "tn-fig", "tn-sun"]


def test_a_state_holds_for_its_validity(orchard):
    assert state("2014") == ("expected", "expected")
    assert state("2016-05") == ("expected", "expected")
    assert state("2016-06") == ("emerging", "emerging")
    assert state("2019-03") == ("emerging", "emerging")


def test_list_and_sheet_agree_on_a_year_within_which_something_changes(orchard):
    in_list, on_sheet = state("2016")
    assert in_list == on_sheet


def test_links_and_lists_follow_the_day(orchard):
    assert list_links(moment("2018")) == []
    assert list_kind(moment("2018"), KINDS) == []
    assert list_potential(moment("2018")) == []
    assert len(list_links(moment("2019"))) == 2


def test_the_map_follows_the_day(orchard):
    drawn = map_features(EVERY, moment("2018"), ("clusters", "forms", "links"), "fr")
    assert drawn == b'{"type":"FeatureCollection","features":[]}'


def test_disputes_follow_the_day(orchard):
    assert list_disputes(moment("2018")) == []
    assert list_disputes(moment("2019-03")) == list_disputes(moment())


def test_findings_asked_of_the_data_sets_own_day_are_those_of_no_day(orchard):
    assert list_findings(moment("2019-03")) == list_findings(moment())


def test_nothing_is_known_before_the_load(orchard):
    assert list_clusters(EVERY, moment(known=BEFORE)) == []
    assert page_of_clusters(EVERY, moment(known=BEFORE)).total == 0
    assert list_disputes(moment(known=BEFORE)) == []
    assert list_findings(moment(known=BEFORE)) == []


def test_no_link_or_organisation_is_known_before_the_load(orchard):
    assert list_links(moment(known=BEFORE)) == []
    assert list_kind(moment(known=BEFORE), KINDS) == []
    assert list_potential(moment(known=BEFORE)) == []


def test_nothing_is_counted_or_drawn_before_the_load(orchard):
    assert counts(moment(known=BEFORE))["country"] == {}
    drawn = map_features(EVERY, moment(known=BEFORE), ("clusters", "forms", "links"), "fr")
    assert drawn == b'{"type":"FeatureCollection","features":[]}'


def test_no_sheet_says_anything_before_the_load(orchard):
    try:
        page = sheet("tn-sun", moment(known=BEFORE))
    except GrappeError:
        return  # not to know the cluster at all is an answer too
    assert (page["fields"], page["links"], page["findings"]) == ({}, [], [])


@pytest.mark.parametrize("sort", [*SORTS, "-name", "-members", "-created"])
def test_what_is_known_by_now_is_what_is_listed_in_the_same_order(orchard, sort):
    assert list_clusters(EVERY, moment(known=AFTER), sort) == list_clusters(EVERY, moment(), sort)


@pytest.mark.parametrize(
    "given",
    [
        {"country": "MA"}, {"sector": "1"}, {"state": "emerging"}, {"anchoring": "none"}, {"north": "1"},
        {"south": "1"}, {"creative": "1"}, {"scope": "mentioned"}, {"q": "oak"}, {"q": "quercus"},
        {"q": "innovation"}, {"q": "الدار البيضاء"}, {"q": "moulin"},
    ],
    ids=repr,
)  # fmt: skip
def test_filters_mean_the_same_with_known(orchard, given):
    wanted = cluster_filter(given)
    known = list_clusters(wanted, moment(known=AFTER))
    assert sorted(row["id"] for row in known) == sorted(row["id"] for row in list_clusters(wanted, moment()))
    assert known


def test_known_sees_the_census_as_it_stood_between_two_loads(store, world):
    oak = """
        kind: cluster
        source: book
        as_of: 2019-03
        entities:
          ma-oak:
            name: {value: Oak, line: 1, column: name, printed: Oak}
            created: {value: "2010", line: 10, printed: "2010"}
    """
    load(world(oak), datetime(2026, 3, 2, tzinfo=UTC))
    load(world(oak.replace("2010", "2012")), datetime(2026, 3, 9, tzinfo=UTC))

    def created(known: str | None) -> object:
        (row,) = list_clusters(EVERY, moment(known=known))
        return row["created"], sheet("ma-oak", moment(known=known))["fields"]["created"]["value"]

    assert created("2026-03-05") == ("2010", "2010")
    assert created("2026-03-10") == ("2012", "2012")
    assert created(None) == ("2012", "2012")


def test_known_knows_a_ruling_only_from_the_day_it_was_recorded(store, world):
    oak = """
kind: cluster
source: book
as_of: 2019-03
entities:
  ma-oak:
    name: {value: Oak, line: 1, column: name, printed: Oak}
    created:
      - {value: "2010", line: 10, printed: "2010"}
      - {value: "2012", line: 500, printed: "2012"}
"""
    ruling = """== rulings.yml
rulings:
  - {entity: ma-oak, field: created, value: "2012", line: 500, why: {fr: Vu, en: Seen, ar: شوهد}}
"""
    load(world(oak), datetime(2026, 3, 2, tzinfo=UTC))
    load(world(oak + ruling), datetime(2026, 3, 9, tzinfo=UTC))
    assert sheet("ma-oak", moment(known="2026-03-05"))["fields"]["created"]["value"] == "2010"
    assert sheet("ma-oak", moment(known="2026-03-09"))["fields"]["created"]["value"] == "2012"
