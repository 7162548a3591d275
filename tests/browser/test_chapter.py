"""The chapter as a page that stands alone: readable by everybody, in each language and on a phone."""

import urllib.request

import pytest

from tests.browser.access import faint_text, faults, too_wide


@pytest.fixture
def kept(chromium, site, tmp_path):
    """Opens a chapter as the file that a reader keeps: on the site, its own style would be refused."""
    contexts = []

    def kept(country, language):
        address = f"{site}/api/report.html?country={country}&edition=2019&lang={language}"
        path = tmp_path / "chapter.html"
        with urllib.request.urlopen(address, timeout=30) as answer:
            path.write_bytes(answer.read())
        context = chromium.new_context(viewport={"width": 1280, "height": 860})
        contexts.append(context)
        page = context.new_page()
        page.goto(path.as_uri())
        return page

    yield kept
    for context in contexts:
        context.close()


@pytest.mark.parametrize("language", ["fr", "en", "ar"])
@pytest.mark.parametrize("country", ["MA", "ALL"])
def test_the_chapter_is_whole_and_everybody_can_read_it(kept, country, language):
    page = kept(country, language)
    found = {"built badly": faults(page), "faint": faint_text(page)}
    page.set_viewport_size({"width": 390, "height": 860})
    found["wider than a phone"] = too_wide(page)
    assert found == {rule: [] for rule in found}
    assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")


def test_each_drawing_is_told_in_words(kept):
    page = kept("DZ", "fr")
    told = page.locator("figure > svg[role=img]").evaluate_all("all => all.map(e => e.ariaLabel)")
    assert len(told) == 4
    assert any("existence non établie → constitué (2)" in one for one in told)
