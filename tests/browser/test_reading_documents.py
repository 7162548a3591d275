"""A small invented study in the browser: uploaded, corrected, rejected, accepted by sheet, stored, seen."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from grappe.domain.roles import Role
from tests.actions.accounts import GOOD, account
from tests.actions.stored import load, store_in, tables_alone
from tests.browser.access import sound
from tests.browser.conftest import PATIENCE_MS, Watch, apart, serving
from tests.census.reading.invented import FRENCH_SHEET, TEXT
from tests.queries.conftest import ORCHARD
from tests.worlds import write_world

OAK = """\
OAK VALLEY (OV-3M)
Date de création : mai 2016
www.oak.example\tPRÉSIDENTE : Ama MENSAH
Secteur d'activité\tTextile et habillement.
Localisation\tSalé (Maroc).
Membres\t40 membres.
"""
STUDY = f"{OAK}\n{FRENCH_SHEET}\n{TEXT}"


@pytest.fixture
def orchard(tmp_path: Path, tmp_path_factory, django_db_blocker) -> Iterator[tuple[str, Path]]:
    """An atlas of the orchard with an analyst: its address and its data folder."""
    data = tmp_path / "data"
    data.mkdir()

    def fill() -> None:
        shutil.copy(tables_alone(tmp_path_factory.getbasetemp()), data / "grappe.sqlite3")
        with store_in(data / "grappe.sqlite3"):
            load(write_world(tmp_path, ORCHARD))
            account("claire", Role.ANALYST)

    with django_db_blocker.unblock():
        apart(fill)
        with serving(data) as address:
            yield address, data


@pytest.fixture
def enter(orchard: tuple[str, Path], chromium: Browser) -> Iterator:
    """Signs the analyst in, with script or without."""
    address, _ = orchard
    watch, contexts = Watch(), []

    def signed_in(*, script: bool = True) -> Page:
        context = chromium.new_context(
            base_url=address, viewport={"width": 1280, "height": 860}, reduced_motion="reduce",
            java_script_enabled=script, locale="en",
        )  # fmt: skip
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        watch.follow(page, address)
        page.goto("/en/accounts/sign-in/?next=/en/reading/")
        page.fill("#address", "claire@example.org")
        page.fill("#password", GOOD)
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_url("**/en/reading/")
        return page

    yield signed_in
    for context in contexts:
        context.close()
    assert watch.outside == []
    # Chromium counts a refused decision that script sent; the test of two people looks at its answer.
    assert [one for one in watch.complaints if not one.startswith("409 ")] == []


def upload(page: Page, folder: Path) -> None:
    path = folder / "study.txt"
    path.write_text(STUDY, "utf-8")
    page.set_input_files("#file", path)
    page.fill("#source", "xx-study-2019")
    page.fill("#title", "A study of nothing")
    page.fill("#edition", "2019-03")
    page.get_by_role("button", name="Read it").click()
    page.wait_for_url("**/reading/1/")


def prop(page: Page, field: str, sheet: str = "ma-oak"):
    return page.locator(f"#sheet-{sheet} .prop", has=page.locator(".prop__field", has_text=field)).first


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_study_becomes_facts_with_their_source(orchard, enter, tmp_path, script):
    page = enter(script=script)
    upload(page, tmp_path)
    sound(page)
    expect(prop(page, "Created")).to_contain_text("contradicted")
    expect(prop(page, "Created")).to_contain_text("The census says: 2010")

    prop(page, "Created").get_by_role("link", name="Correct").click()
    sound(page)
    page.fill("#c-value", "one day")
    page.get_by_role("button", name="Save and accept").click()
    expect(page.get_by_role("alert")).to_contain_text("one day")
    page.fill("#c-value", "2017-05")
    page.get_by_role("button", name="Save and accept").click()
    expect(prop(page, "Created")).to_contain_text("May 2017")
    expect(prop(page, "Created")).to_contain_text("accepted")

    prop(page, "Website").get_by_role("button", name="Reject").click()
    expect(prop(page, "Website")).to_contain_text("rejected")
    page.locator("#sheet-ma-oak").get_by_role("button", name="open ones").click()
    expect(prop(page, "Created")).to_contain_text("accepted")
    expect(page.locator("#sheet-ma-oak .prop--proposed")).to_have_count(0)
    expect(prop(page, "Website")).to_contain_text("rejected")

    page.get_by_role("button", name="Store").click()
    expect(page.get_by_role("status")).to_contain_text("Stored as statements")
    page.goto("/en/clusters/ma-oak/")
    row = page.locator("#f-created")
    expect(row).to_contain_text("May 2017")
    expect(row.locator('[data-source="A study of nothing"]').first).to_be_attached()
    expect(page.locator("main")).not_to_contain_text("www.oak.example")

    said = subprocess.run(
        [sys.executable, "-c", "from grappe.cli.main import main; main()", "disputes"],
        env={**os.environ, "GRAPPE_DATA": str(orchard[1]), "PYTHONPATH": "src"},
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert "ma-oak" in said
    assert "2017-05" in said


def test_keys_go_from_proposal_to_proposal_and_decide(enter, tmp_path):
    page = enter()
    upload(page, tmp_path)
    page.keyboard.press("j")
    expect(page.locator(".prop").first).to_be_focused()
    page.keyboard.press("a")
    expect(page.locator(".prop").first).to_contain_text("accepted")
    expect(page.locator(".prop").nth(1)).to_be_focused()
    page.keyboard.press("r")
    expect(page.locator(".prop").nth(1)).to_contain_text("rejected")
    page.keyboard.press("k")
    page.keyboard.press("u")
    expect(page.locator(".prop").nth(1)).to_contain_text("Accept")
    page.locator("a.line__text").first.click()
    expect(page.locator(".prop.is-shown").first).to_be_visible()


def test_two_people_at_once_the_second_is_told(enter, tmp_path):
    first, second = enter(), enter()
    upload(first, tmp_path)
    second.goto(first.url)
    prop(first, "Website").get_by_role("button", name="Accept").click()
    expect(prop(first, "Website")).to_contain_text("accepted")
    with second.expect_response(lambda answer: answer.request.method == "POST") as answered:
        prop(second, "Website").get_by_role("button", name="Reject").click()
    assert answered.value.status == 409
    expect(second.get_by_role("alert")).to_contain_text("Claire")
