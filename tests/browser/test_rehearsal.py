"""The excellence label rehearsed in a browser: in Arabic with script, in English without."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from grappe.domain.roles import Role
from tests.actions.accounts import GOOD, account
from tests.actions.stored import load, store_in, tables_alone
from tests.browser.access import sound
from tests.browser.conftest import PATIENCE_MS, Watch, apart, serving
from tests.queries.conftest import ORCHARD
from tests.worlds import write_world

REHEARSAL = "labels/rehearsal/ma-oak/"


@pytest.fixture
def orchard_site(tmp_path: Path, tmp_path_factory, django_db_blocker) -> Iterator[str]:
    """An atlas of the orchard, with a manager of Oak."""
    data = tmp_path / "data"
    data.mkdir()

    def fill() -> None:
        shutil.copy(tables_alone(tmp_path_factory.getbasetemp()), data / "grappe.sqlite3")
        with store_in(data / "grappe.sqlite3"):
            load(write_world(tmp_path, ORCHARD))
            account("amel", Role.MANAGER, "ma-oak", "en")

    with django_db_blocker.unblock():
        apart(fill)
    with serving(data) as address:
        yield address


@pytest.fixture
def enter(orchard_site: str, chromium: Browser) -> Iterator:
    """Signs the manager in: ``enter("en")`` is her rehearsal in that language."""
    watch, contexts = Watch(), []

    def signed_in(language: str, *, script: bool = True) -> Page:
        context = chromium.new_context(
            base_url=orchard_site, viewport={"width": 1280, "height": 860}, reduced_motion="reduce",
            java_script_enabled=script, locale=language,
        )  # fmt: skip
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        watch.follow(page, orchard_site)
        page.goto(f"/{language}/{REHEARSAL}")
        page.fill("[name=address]", "amel@example.org")
        page.fill("[name=password]", GOOD)
        page.click("main button[type=submit]")
        return page

    yield signed_in
    for context in contexts:
        context.close()
    assert watch.outside == []
    assert watch.complaints == []


@pytest.mark.parametrize(("language", "script"), [("ar", True), ("en", False)])
def test_a_cluster_rehearses_the_label_and_prints_its_report(enter, language, script, tmp_path):
    page = enter(language, script=script)
    assert page.url.endswith(f"/{language}/{REHEARSAL}")
    expect(page.locator("fieldset.assessed")).to_have_count(31)
    page.select_option("[name=points-services]", "4")
    page.fill("[name=evidence-services]", "Minutes of three fairs")
    page.select_option("[name=points-press]", "2")
    page.fill("[name=fact-benchmark_interviews]", "1")
    page.select_option("[name=fact-platform_profile]", "yes")
    page.click("#rehearsal .form__actions button")
    # (4 + 2) points of 31 x 4: 4.8 of 100.
    expect(page.locator("aside dl.facts")).to_contain_text(["4.8", "4,8"][language == "ar"])
    expect(page.locator("aside .badge--done").first).to_be_visible()
    page.select_option("[name=indicator]", "services")
    page.set_input_files(
        "[name=file]", {"name": "fairs.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 fairs"}
    )
    page.click("aside form button")
    expect(page.locator("#services a", has_text="fairs.pdf")).to_be_visible()
    if script:
        sound(page)
    page.click("aside a.button")
    expect(page.locator("main table")).to_contain_text("Minutes of three fairs")
    page.emulate_media(media="print")
    assert page.locator(".masthead nav").is_hidden()
    page.emulate_media(media="screen")
    if script:
        sound(page)
