"""The table of clusters: the tables of the study, and one list in any order."""

import re

from tests.web.html import Page


def rows(text: str) -> list[str]:
    """Ids of the clusters in the order of the table."""
    return re.findall(r'<th scope="row">.*?/clusters/([a-z0-9-]+)/', text, re.DOTALL)


def test_the_tables_keep_the_order_of_the_study(get):
    found = rows(get("/fr/clusters/").content.decode())
    assert found[0] == "ma-ce3m"
    assert [id[:2] for id in found] == sorted((id[:2] for id in found), key=["ma", "dz", "tn"].index)


def test_a_list_sorts_both_ways_with_unknowns_last(get):
    up = rows(get("/fr/clusters/?view=list&sort=jobs").content.decode())
    down = rows(get("/fr/clusters/?view=list&sort=-jobs").content.decode())
    known = {row["id"] for row in get("/api/clusters").json() if row["jobs"] is not None}
    assert len(known) > 2
    assert set(up[: len(known)]) == set(down[: len(known)]) == known
    assert up[: len(known)] != down[: len(known)]


def test_filters_narrow_and_the_downloads_follow(get):
    page = Page(get("/fr/clusters/?country=TN&sector=1").content.decode())
    assert "/api/clusters.csv?country=TN&sector=1" in page.links
    assert all("/clusters/tn-" in a for a in page.links if re.search(r"/clusters/[a-z]{2}-", a))


def test_nothing_found_says_so_and_shows_the_way_back(get):
    page = Page(get("/en/clusters/?q=zzzzzz").content.decode())
    assert "No cluster matches these filters." in page.text
    assert "/en/clusters/" in page.links
