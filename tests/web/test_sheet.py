"""The identity sheet: each value leads to its statement, and what contradicts it stands beside it."""

import re

from tests.web.html import Page


def test_every_mark_of_a_sheet_leads_to_a_statement_with_the_words_printed(get):
    page = Page(get("/en/clusters/ma-ce3m/").content.decode())
    marks = [mark for mark in page.cites if "/statements/" in str(mark["href"])]
    assert len(marks) > 40
    for mark in marks:
        assert re.fullmatch(r"/en/statements/[0-9a-f]{20}/", str(mark["href"]))
        assert mark["data-source"]
        assert mark["data-locator"]
    jobs = next(mark for mark in marks if "11 000" in str(mark.get("data-printed")))
    statement = Page(get(str(jobs["href"])).content.decode())
    assert "Nombre d'emplois représentés : environ 11 000" in statement.text
    assert "about 11,000" in statement.text
    assert "/en/sources/ipemed-2019/?line=1122" in statement.links


def test_two_places_of_one_source_stand_side_by_side(get):
    text = get("/en/clusters/dz-adc/").content.decode()
    row = text[text.index('id="f-place"') : text.index("</dd>", text.index('id="f-place"'))]
    assert "dispute" in row
    assert "/en/places/pl-alger/" in row
    assert "/en/places/pl-sidi-abdellah/" in row


def test_two_counts_of_members_stand_side_by_side_with_their_lines(get):
    text = get("/en/clusters/dz-adc/").content.decode()
    row = text[text.index('id="f-members_total"') :]
    row = row[: row.index("</dd>")]
    assert 'class="dispute"' in row
    assert {"l. 1284", "l. 588"} <= set(re.findall(r"l\. \d+", row))


def test_what_no_source_says_is_a_dash_that_says_so(get):
    text = get("/en/clusters/tn-mosaique/").content.decode()
    row = text[text.index('id="f-jobs"') :][:400]
    assert "—" in row
    assert 'aria-label="unknown"' in row


def test_pages_that_name_people_stay_out_of_search_engines(get):
    for address in ("clusters/ma-ce3m/", "search/?q=benahajjou", "sources/ipemed-2019/"):
        assert '<meta name="robots" content="noindex">' in get(f"/fr/{address}").content.decode(), address


def test_a_person_is_found_by_the_cluster_of_her_office(get):
    assert "/fr/clusters/ma-ce3m/" in Page(get("/fr/search/?q=BENAHAJJOU").content.decode()).links


def test_names_keep_their_language_in_pages_of_another(get):
    assert '<bdi lang="fr" dir="ltr">Maroc Numeric Cluster</bdi>' in get("/ar/clusters/").content.decode()


def test_the_small_map_has_the_places_of_its_cluster_alone(get):
    answer = get("/en/features/ma-ce3m.geojson")
    points = [f["properties"] for f in answer.json()["features"] if f["geometry"]["type"] == "Point"]
    assert {point["id"] for point in points} == {"ma-ce3m"}
    assert {point["url"] for point in points} == {"/en/clusters/ma-ce3m/"}
    assert get("/en/features/nobody.geojson").status_code == 404
