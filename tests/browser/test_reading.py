"""Using the atlas: filters, keyboard, sources in one click, light and dark, without script."""

import re

import pytest
from playwright.sync_api import Page, expect

CLUSTERS = "#results li[data-id] a[href*='/clusters/']"


def ready_map(page: Page) -> None:
    expect(page.locator("#map[data-ready]")).to_have_count(1, timeout=30_000)


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_map_is_drawn_with_its_list_beside_it(visit, language):
    page = visit(f"/{language}/", maps=True)
    ready_map(page)
    assert page.locator("#map canvas").count() >= 1
    assert page.locator(CLUSTERS).count() == 38
    assert page.locator(".atlas__legend .mark").count() >= 7 + 3 + 2


def test_the_small_map_of_a_sheet_is_drawn(visit):
    page = visit("/fr/clusters/ma-ce3m/", maps=True)
    expect(page.locator(".minimap[data-ready]")).to_have_count(1, timeout=30_000)


def test_a_filter_updates_list_count_map_and_address_and_back_undoes_it(visit):
    page = visit("/fr/", maps=True)
    ready_map(page)
    before = page.locator("#status").inner_text()
    page.get_by_role("checkbox", name="Algérie").check()

    expect(page.locator(CLUSTERS)).to_have_count(9)
    expect(page).to_have_url(re.compile(r"[?&]country=DZ"))
    expect(page.locator("#map")).to_have_attribute("data-features", re.compile("country=DZ"))
    expect(page.locator("#status")).to_contain_text("9")

    page.get_by_role("checkbox", name="Tunisie").check()
    expect(page.locator(CLUSTERS)).to_have_count(9 + 14)

    page.go_back()
    expect(page.locator(CLUSTERS)).to_have_count(9)
    expect(page.get_by_role("checkbox", name="Tunisie")).not_to_be_checked()
    page.go_back()
    expect(page.locator(CLUSTERS)).to_have_count(38)
    expect(page.get_by_role("checkbox", name="Algérie")).not_to_be_checked()
    expect(page.locator("#status")).to_have_text(before)


def test_a_word_typed_filters_while_one_types(visit):
    page = visit("/fr/")
    page.locator("#filters input[name=q]").press_sequentially("menara")
    expect(page.locator(CLUSTERS)).to_have_count(1)
    expect(page).to_have_url(re.compile("q=menara"))


def test_an_address_with_filters_can_be_shared(visit):
    page = visit("/fr/?country=MA&sector=4")
    names = page.locator(CLUSTERS).count()
    assert 0 < names < 15
    expect(page.get_by_role("checkbox", name="Maroc")).to_be_checked()


def test_a_filter_that_matches_nothing_says_so(visit):
    page = visit("/en/?q=nothingiscalledso")
    assert page.locator(CLUSTERS).count() == 0
    expect(page.locator("#results")).to_contain_text("No cluster matches")


def test_with_the_keyboard_alone_one_goes_from_the_skip_link_to_a_sheet(visit):
    page = visit("/en/")
    page.keyboard.press("Tab")
    skip = page.locator(".skip-link")
    expect(skip).to_be_focused()
    assert skip.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('#results') !== null"):
            break
    outline = page.evaluate("(s => [s.outlineStyle, s.boxShadow])(getComputedStyle(document.activeElement))")
    assert outline != ["none", "none"]
    name = page.evaluate("document.activeElement.textContent.trim()")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/en/clusters/[a-z0-9-]+/$"))
    assert name.split(" (")[0].split("\n")[0] in page.locator("h1").inner_text()


def test_the_source_of_a_value_opens_in_place_with_the_printed_text(visit):
    page = visit("/en/clusters/ma-ce3m/")
    mark = page.locator("#f-acronym a.cite").first
    printed = mark.get_attribute("data-printed")
    mark.focus()
    page.keyboard.press("Enter")
    box = page.locator("#cite-popover")
    expect(box).to_be_visible()
    expect(box).to_be_focused()
    expect(box.locator("q")).to_have_text(printed)
    assert "Clusters au Maghreb" in box.inner_text()
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect(mark).to_be_focused()


def test_from_the_source_one_goes_on_to_the_page_of_the_statement(visit):
    page = visit("/en/clusters/ma-ce3m/")
    page.locator("#f-acronym a.cite").first.click()
    page.locator("#cite-popover a").click()
    expect(page).to_have_url(re.compile("/en/statements/[0-9a-f]{20}/$"))
    assert "CE3M" in page.locator("main").inner_text()


def test_every_value_of_a_sheet_has_its_source(visit):
    page = visit("/en/clusters/dz-cba/")
    without = page.locator("dl.facts dd").evaluate_all(
        """rows => rows.filter(r => r.textContent.trim() && !r.querySelector('a.cite, .unknown'))
                       .map(r => r.textContent.trim().slice(0, 60))"""
    )
    assert without == []


def test_a_dispute_stands_beside_the_value_shown(visit):
    page = visit("/en/disputes/")
    link = page.locator("main a[href*='/en/clusters/']").first
    link.click()
    expect(page.locator(".dispute .rival, .rival").first).to_be_visible()
    assert page.locator(".rival a.cite").count() >= 1


def test_light_and_dark_are_the_readers_choice_and_kept(visit):
    page = visit("/en/disputes/")
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(ground)
    button = page.locator("[data-theme-toggle]")
    expect(button).to_have_attribute("aria-pressed", "false")
    button.click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(button).to_have_attribute("aria-pressed", "true")
    dark = page.evaluate(ground)
    assert dark != light
    page.goto("/en/methods/")
    assert page.evaluate(ground) == dark
    page.locator("[data-theme-toggle]").click()
    assert page.evaluate(ground) == light


def test_a_reader_whose_system_is_dark_gets_dark_pages(visit):
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    assert visit("/en/methods/", dark=True).evaluate(ground) != visit("/en/methods/").evaluate(ground)


def test_the_language_switch_keeps_page_and_question(visit):
    page = visit("/fr/clusters/?country=DZ&sort=name")
    page.get_by_role("link", name="العربية").click()
    expect(page).to_have_url(re.compile(r"/ar/clusters/\?country=DZ&sort=name$"))
    expect(page.locator("html")).to_have_attribute("dir", "rtl")


@pytest.mark.parametrize(
    ("language", "start"), [("fr", "/fr/"), ("ar", "/ar/"), ("en-GB", "/en/"), ("de", "/fr/")]
)
def test_the_start_page_follows_the_browser(visit, language, start):
    page = visit("/", language=language)
    assert page.url.endswith(start)


def test_the_table_is_sorted_by_its_headings_and_downloaded_as_csv(visit):
    page = visit("/en/clusters/?sort=name")
    page.locator("th a[href*='sort=-name']").first.click()
    expect(page).to_have_url(re.compile("sort=-name"))
    with page.expect_download() as waiting:
        page.locator("a[href*='clusters.csv']").first.click()
    lines = waiting.value.path().read_text("utf-8-sig").splitlines()
    assert len(lines) == 1 + 38
    assert lines[0].startswith("id,name,acronym")


def test_search_finds_whatever_the_accents_and_the_language(visit):
    page = visit("/ar/")
    page.locator("#site-search").fill("الدار البيضاء")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/ar/search/"))
    assert page.locator("main a[href*='/ar/clusters/']").count() >= 1


def test_without_script_a_sheet_shows_values_and_sources(visit):
    page = visit("/en/clusters/ma-ce3m/", script=False)
    text = page.locator("main").inner_text()
    assert "CE3M" in text
    assert "Mohammedia" in text
    mark = page.locator("#f-acronym a.cite").first
    assert mark.inner_text().startswith("l. ")
    mark.click()
    expect(page).to_have_url(re.compile("/en/statements/[0-9a-f]{20}/$"))
    assert "CE3M" in page.locator("main").inner_text()


def test_without_script_the_map_page_is_a_list_with_filters(visit):
    page = visit("/fr/", script=False)
    assert page.locator(CLUSTERS).count() == 38
    page.get_by_role("checkbox", name="Algérie").check()
    page.locator("#filters button[type=submit]").click()
    expect(page).to_have_url(re.compile("country=DZ"))
    assert page.locator(CLUSTERS).count() == 9


def test_without_script_the_menu_opens_on_a_phone(visit):
    page = visit("/fr/", script=False, width=390)
    page.locator(".masthead__nav summary").click()
    page.locator(".masthead__nav ul ul a[href='/fr/clusters/']").click()
    expect(page).to_have_url(re.compile("/fr/clusters/$"))
