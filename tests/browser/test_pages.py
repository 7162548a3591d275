"""Every page in a browser: no request outside the server, no complaint, readable by everybody."""

import pytest

from tests.browser.access import faint_text, faults, too_wide

PAGES = {
    "map": "",
    "table": "clusters/",
    "sheet": "clusters/ma-ce3m/",
    "sheet with disputes": "clusters/dz-cba/",
    "sheet without identity sheet": "clusters/tn-mosaique/",
    "country": "countries/TN/",
    "organisations": "organisations/",
    "forms": "forms/",
    "programmes": "programmes/",
    "instruments": "instruments/",
    "links": "links/",
    "network": "network/",
    "potential": "potential/",
    "places": "places/",
    "projects": "projects/",
    "sources": "sources/",
    "source": "sources/ipemed-2019/",
    "disputes": "disputes/",
    "search": "search/?q=casablanca",
    "glossary": "glossary/",
    "methods": "methods/",
    "data": "data/",
}
MAIN = ("map", "table", "sheet", "country", "disputes")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_whole_and_everybody_can_read_it(visit, name):
    page = visit(f"/en/{PAGES[name]}")
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("h1").inner_text().strip()
    assert "March 2019" in page.locator("body").inner_text()
    assert "IPEMED has not endorsed" in page.locator("footer").inner_text()

    found = {"built badly": faults(page), "faint in light": faint_text(page)}
    page.emulate_media(color_scheme="dark")
    found["faint in dark"] = faint_text(page)
    page.set_viewport_size({"width": 390, "height": 860})
    found["wider than a phone"] = too_wide(page)
    assert found == {rule: [] for rule in found}


def test_titles_of_pages_differ(visit, site):
    page = visit("/en/methods/")
    texts = {name: page.request.get(f"{site}/en/{path}").text() for name, path in PAGES.items()}
    titles = {name: text.partition("<title>")[2].partition("</title>")[0] for name, text in texts.items()}
    assert len(set(titles.values())) == len(PAGES), titles


@pytest.mark.parametrize("name", MAIN)
def test_an_arabic_page_runs_from_right_to_left(visit, name):
    page = visit(f"/ar/{PAGES[name]}")
    html = page.locator("html")
    assert (html.get_attribute("lang"), html.get_attribute("dir")) == ("ar", "rtl")
    assert page.locator("body").evaluate("e => getComputedStyle(e).direction") == "rtl"
    brand = page.locator(".masthead__title").bounding_box()
    assert brand["x"] > 1280 / 2
    page.set_viewport_size({"width": 390, "height": 860})
    assert {"built badly": faults(page), "wider than a phone": too_wide(page)} == {
        "built badly": [],
        "wider than a phone": [],
    }


def test_french_names_in_an_arabic_sheet_say_that_they_are_french(visit):
    page = visit("/ar/clusters/ma-ce3m/")
    heading = page.locator("h1 [lang=fr]")
    assert "Mécatronique" in heading.first.inner_text()
    assert heading.first.evaluate("e => getComputedStyle(e).direction") == "ltr"


def test_an_arabic_page_speaks_arabic(visit):
    text = visit("/ar/clusters/").locator("main").inner_text()
    arabic = sum("\u0600" <= letter <= "\u06ff" for letter in text)
    assert arabic > 200
    assert "Skip to the content" not in visit("/ar/").locator("body").inner_text()


def test_a_french_page_speaks_french(visit):
    text = visit("/fr/").locator("body").inner_text()
    assert "Skip to the content" not in text
    assert "IPEMED has not endorsed" not in text
    assert "IPEMED" in text


def test_paper_gets_the_sheet_without_the_furniture(visit):
    page = visit("/fr/clusters/dz-cba/")
    page.emulate_media(media="print")
    assert not page.locator(".masthead__nav").is_visible()
    assert not page.locator("[data-theme-toggle]").is_visible()
    assert page.locator("h1").is_visible()
    assert page.locator("a.cite").first.is_visible()


def test_an_unknown_filter_value_gets_a_page_with_the_values_accepted(visit):
    page = visit("/fr/clusters/?country=FR")
    text = page.locator("main").inner_text()
    assert all(code in text for code in ("FR", "MA", "DZ", "TN"))
    assert page.locator("main a").count() > 0
    assert "Traceback" not in page.content()


@pytest.mark.parametrize(
    "path", ["/fr/nowhere/", "/fr/clusters/ma-ce3n/", "/en/countries/ZZ/", "/ar/statements/0/"]
)
def test_an_unknown_address_gets_a_page_with_a_way_out(visit, path):
    page = visit(path)
    assert page.locator("h1").inner_text().strip()
    assert page.locator("main a[href]").count() > 0
    assert "Traceback" not in page.content()


def test_an_unknown_cluster_gets_the_way_to_one_that_looks_alike(visit):
    page = visit("/fr/clusters/ma-ce3n/")
    assert "ma-ce3m" in page.locator("main").inner_html()


def test_words_asked_are_shown_and_not_run(visit):
    page = visit("/fr/search/?q=%3Cimg+src%3Dx+onerror%3D%22document.title%3D1%22%3E%22%27")
    assert page.locator("main img").count() == 0
    assert page.locator("#site-search").input_value().startswith("<img")


def test_pages_with_people_ask_search_engines_to_stay_away(visit):
    robots = visit("/fr/clusters/ma-ce3m/").locator("meta[name=robots]")
    assert "noindex" in (robots.get_attribute("content") or "")
