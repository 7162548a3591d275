"""Every page: three languages, well formed, dated, sourced, self-sufficient."""

import pytest

from tests.web.html import Page

PAGES = [
    "",
    "?country=MA&layer=clusters",
    "clusters/",
    "clusters/?view=list&sort=-jobs",
    "clusters/ma-ce3m/",
    "clusters/dz-adc/",
    "clusters/tn-2ts/",
    "clusters/tn-mosaique/",
    "countries/MA/",
    "countries/DZ/",
    "countries/TN/",
    "countries/MR/",
    "countries/LY/",
    "organisations/",
    "forms/",
    "programmes/",
    "instruments/",
    "projects/",
    "places/",
    "places/pl-mohammedia/",
    "links/",
    "links/?level=euromed",
    "potential/",
    "sources/",
    "sources/ipemed-2019/",
    "sources/ipemed-2019/?line=1122",
    "disputes/",
    "search/",
    "search/?q=sfax",
    "search/?q=zzzzzz",
    "glossary/",
    "methods/",
    "data/",
]
DAYS = {"fr": "mars 2019", "en": "March 2019", "ar": "مارس 2019"}


@pytest.mark.parametrize("language", ["fr", "en", "ar"])
@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_well_formed_dated_and_loads_nothing_from_outside(get, language, address):
    answer = get(f"/{language}/{address}")
    assert answer.status_code == 200
    text = answer.content.decode()
    page = Page(text)
    assert page.faults == []
    assert page.root == {"lang": language, "dir": "rtl" if language == "ar" else "ltr"}
    assert len(page.ids) == len(set(page.ids)), sorted({i for i in page.ids if page.ids.count(i) > 1})
    assert DAYS[language] in page.text
    assert "IPEMED" in page.text
    assert page.title.endswith(" · grappe")
    assert [a for a in page.loaded if not a.startswith("/static/")] == []
    assert "style=" not in text
    assert [part for part in ("Undefined", "None", "{{", "%(") if part in page.text] == []


def test_titles_tell_pages_apart(get):
    titles = [Page(get(f"/en/{address}").content.decode()).title for address in PAGES if "?" not in address]
    assert len(set(titles)) == len(titles)


def test_the_language_switch_keeps_path_and_query(get):
    page = Page(get("/fr/clusters/?country=TN&sector=1").content.decode())
    assert {"/en/clusters/?country=TN&sector=1", "/ar/clusters/?country=TN&sector=1"} <= set(page.links)


@pytest.mark.parametrize(
    ("asked", "language"),
    [("", "fr"), ("de", "fr"), ("ar-MA,ar;q=0.9,fr;q=0.8", "ar"), ("en;q=0.5, fr;q=0.1", "en"), ("*", "fr")],
)
def test_the_start_chooses_the_language_of_the_browser(get, asked, language):
    answer = get("/", **{"Accept-Language": asked})
    assert (answer.status_code, answer["Location"]) == (302, f"/{language}/")
    assert "Accept-Language" in answer["Vary"]


def test_permanent_addresses_lead_to_pages(get):
    assert get("/id/ma-ce3m")["Location"] == "/fr/clusters/ma-ce3m/"
    assert get("/id/pl-mohammedia")["Location"] == "/fr/places/pl-mohammedia/"
    assert get("/id/nobody").status_code == 404
    assert get("/statements/abc")["Location"] == "/fr/statements/abc/"


def test_an_entity_asked_under_another_kind_is_led_to_its_page(get):
    assert get("/ar/organisations/ma-ce3m/")["Location"] == "/ar/clusters/ma-ce3m/"


@pytest.mark.parametrize("address", ["clusters/person-ma-01/", "organisations/person-ma-01/"])
def test_people_have_no_page(get, address):
    answer = get(f"/fr/{address}")
    assert answer.status_code == 404
    assert "Benahajjou" not in answer.content.decode()


@pytest.mark.parametrize(
    ("address", "accepted"),
    [
        ("clusters/?sector=9", "7"),
        ("clusters/?country=FR", "TN"),
        ("clusters/?view=x", "tables"),
        ("clusters/?page=x", "1"),
        ("?layer=roads", "links"),
        ("links/?level=x", "euromed"),
        ("disputes/?severity=x", "major"),
        ("sources/ipemed-2019/?line=x", "1"),
        ("clusters/?sort=beauty", "members"),
    ],
)
def test_a_wrong_choice_gets_a_page_with_the_accepted_values(get, address, accepted):
    answer = get(f"/en/{address}")
    page = Page(answer.content.decode())
    assert answer.status_code == 400
    assert page.faults == []
    assert accepted in page.text
    assert "Traceback" not in page.text


@pytest.mark.parametrize(
    "address", ["nothing/", "clusters/nobody/", "countries/FR/", "sources/nothing/", "statements/0/"]
)
def test_an_unknown_address_gets_a_helpful_page_in_its_language(get, address):
    answer = get(f"/ar/{address}")
    page = Page(answer.content.decode())
    assert answer.status_code == 404
    assert page.root["lang"] == "ar"
    assert page.faults == []
    assert {"/ar/", "/ar/clusters/", "/ar/search/"} <= set(page.links)


def test_an_address_without_its_last_slash_is_led_to_it(get):
    assert get("/en/clusters")["Location"] == "/en/clusters/"
