"""Lists of clusters: orders, pages, what is in a row."""

import json

import pytest

from grappe.domain.errors import BadChoice
from grappe.present.clusters import KEYS
from grappe.queries.clusters import SORTS, list_clusters, page_of_clusters
from grappe.queries.filters import ClusterFilter
from grappe.queries.moment import moment
from grappe.queries.overview import counts, datasets, list_sources
from tests.actions.stored import load

NOBODY = ClusterFilter(q="nobody is called so")


def order(sort: str) -> list[str]:
    return [row["id"] for row in list_clusters(ClusterFilter(), moment(), sort)]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        # Morocco, Algeria, Tunisia, and in each the order of the table's lines
        ("source", ["ma-ash", "ma-oak", "dz-elm", "tn-fig"]),
        ("name", ["ma-ash", "dz-elm", "tn-fig", "ma-oak"]),  # élan, elm, fig, oak: accents do not count
        ("-name", ["ma-oak", "tn-fig", "dz-elm", "ma-ash"]),
        ("country", ["dz-elm", "ma-ash", "ma-oak", "tn-fig"]),
        ("sector", ["dz-elm", "ma-oak", "ma-ash", "tn-fig"]),
        ("created", ["ma-oak", "ma-ash", "dz-elm", "tn-fig"]),  # 2010, 2015-06, unknown, unknown
        ("-created", ["ma-ash", "ma-oak", "dz-elm", "tn-fig"]),
        ("members", ["tn-fig", "ma-oak", "ma-ash", "dz-elm"]),  # 9, 30; a target of 80 is none
        ("-members", ["ma-oak", "tn-fig", "ma-ash", "dz-elm"]),
        ("-jobs", ["ma-oak", "ma-ash", "dz-elm", "tn-fig"]),  # a whole sector's jobs are not Elm's
    ],
)
def test_orders_put_the_unknown_last_both_ways(orchard, sort, expected):
    assert order(sort) == expected


def test_every_order_holds_every_row_both_ways(orchard):
    for sort in SORTS:
        assert sorted(order(sort)) == sorted(order(f"-{sort}")) == ["dz-elm", "ma-ash", "ma-oak", "tn-fig"]


def test_an_unknown_order_is_refused_with_those_there_are(orchard):
    with pytest.raises(BadChoice) as refused:
        order("beauty")
    assert refused.value.params["accepted"] == ", ".join(SORTS)


def test_a_row_has_the_published_keys_in_order(orchard):
    for row in list_clusters(ClusterFilter(scope="all"), moment()):
        assert tuple(row) == KEYS


def test_a_target_and_a_sector_are_never_a_clusters_own(orchard):
    (elm,) = list_clusters(ClusterFilter(country=("DZ",)), moment())
    assert (elm["members_total"], elm["jobs"]) == (None, None)


def test_unknown_is_null_and_a_flag_is_true_or_null(orchard):
    for row in list_clusters(ClusterFilter(), moment()):
        for flag in ("partner_north", "partner_south", "provisional_location", "has_sheet", "creative"):
            assert row[flag] in (True, None)


def test_the_creative_sector_makes_a_cluster_creative(orchard):
    assert [row["id"] for row in list_clusters(ClusterFilter(creative=True), moment())] == ["tn-fig"]


def test_a_page_of_nothing_is_one_empty_page(orchard):
    page = page_of_clusters(NOBODY, moment())
    assert (page.rows, page.total, page.page, page.pages) == ([], 0, 1, 1)


def test_pages_say_what_is_disputed(orchard):
    rows = {row["id"]: row for row in page_of_clusters(ClusterFilter(), moment()).rows}
    assert rows["ma-ash"]["disputed"] == ["place"]
    assert rows["ma-oak"]["disputed"] == []


@pytest.fixture
def forest(store, world):
    """205 clusters, c000 to c204."""
    folder = world("== notes.txt\n205 clusters")
    lines = []
    for number in range(205):
        one = {"entity": f"c{number:03}", "kind": "cluster", "source": "book", "as_of": "2019-03", "line": 1}
        one |= {"column": "name", "printed": "x"}
        lines += [
            one | {"field": "name", "value": f"C {number:03}"},
            one | {"field": "listed", "value": True},
        ]
    (folder / "statements.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    load(folder)


@pytest.mark.parametrize(
    ("asked", "page", "first", "rows"),
    [
        (1, 1, "c000", 100),
        (2, 2, "c100", 100),
        (3, 3, "c200", 5),
        (4, 3, "c200", 5),  # past the end is the last page
        (0, 1, "c000", 100),
        (-1, 1, "c000", 100),
    ],
)
def test_pages_hold_a_hundred_rows(forest, asked, page, first, rows):
    found = page_of_clusters(ClusterFilter(), moment(), "name", asked)
    assert (found.total, found.pages, found.page) == (205, 3, page)
    assert (found.rows[0]["id"], len(found.rows)) == (first, rows)


def test_counts_know_the_unknown_and_only_the_country_tables(orchard):
    found = counts(moment())
    assert found["country"] == {"MA": 2, "DZ": 1, "TN": 1}
    assert found["sector"] == {1: 2, 5: 1, 7: 1}
    assert found["state"] == {"constituted": 1, "emerging": 2, "expected": 1}
    assert found["anchoring"] == {"rooted": 1, "constructed": 1, "none": 1, None: 1}
    assert found["partner_north"] == {True: 1, None: 3}


def test_counts_of_one_country(orchard):
    assert counts(moment(), "MA")["sector"] == {1: 1, 5: 1}


def test_sources_say_how_many_statements_cite_them(orchard):
    cited = {row["id"]: row["statements"] for row in list_sources()}
    # the site gives an Arabic name and the coordinates of three places
    assert cited["web"] == 1 + 3 * 2
    assert [row["id"] for row in datasets()] == ["tiny"]
