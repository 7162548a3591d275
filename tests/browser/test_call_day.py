"""A call for proposals in the browser: an officer in French, a cluster in English, a reviewer in Arabic."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from grappe.domain.roles import Role
from grappe.store.models import Call
from tests.actions.accounts import account
from tests.actions.proposals import PDF
from tests.actions.stored import load, store_in, tables_alone
from tests.browser.access import sound
from tests.browser.conftest import apart, serving
from tests.browser.people import entering, send
from tests.queries.conftest import ORCHARD
from tests.worlds import write_world

CALL = "vergers-2027"
PEOPLE = {
    "claire": (Role.OFFICER, "MA", "fr"),
    "amel": (Role.MANAGER, "ma-oak", "en"),
    "lina": (Role.MANAGER, "ma-ash", "fr"),
    "omar": (Role.MANAGER, "dz-elm", "ar"),
    "nadia": (Role.REVIEWER, CALL, "ar"),
    "youssef": (Role.REVIEWER, CALL, "fr"),
}
OAK, ASH, ELM = (f"{CALL}.{one}" for one in ("ma-oak", "ma-ash", "dz-elm"))
PAST = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def data(tmp_path: Path, tmp_path_factory, django_db_blocker) -> Path:
    """Data folder with the orchard, six accounts and no call."""
    folder = tmp_path / "data"
    folder.mkdir()

    def fill() -> None:
        shutil.copy(tables_alone(tmp_path_factory.getbasetemp()), folder / "grappe.sqlite3")
        with store_in(folder / "grappe.sqlite3"):
            load(write_world(tmp_path, ORCHARD))
            for name, (role, scope, language) in PEOPLE.items():
                account(name, role, scope, language)

    with django_db_blocker.unblock():
        apart(fill)
    return folder


@pytest.fixture
def pass_deadline(data: Path, django_db_blocker):
    """Lets the deadline of the call pass, without anybody having to wait for it."""

    def passed() -> None:
        def move() -> None:
            with store_in(data / "grappe.sqlite3"):
                Call.objects.filter(id=CALL).update(closes_at=PAST)

        with django_db_blocker.unblock():
            apart(move)

    return passed


@pytest.fixture
def enter(data: Path, chromium: Browser) -> Iterator:
    """Signs somebody in: ``enter("amel")`` is their page, in their language."""
    with serving(data) as site, entering(site, chromium, lambda name: PEOPLE[name][2]) as enter:
        yield enter


def minute(days: int) -> str:
    """A minute some days from now, as a field of day and hour takes it."""
    return (datetime.now(UTC) + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M")


def plan(page: Page, *, closes: int = 30) -> None:
    """Fill the terms of the call: a million, 700,000 each at most; five points, and ten for the plan."""
    page.fill("#title_fr", "Appel des vergers")
    page.fill("#opens_at", minute(-2))
    page.fill("#closes_at", minute(closes))
    page.fill("#budget", "1 000 000")
    page.fill("#cap", "700000")
    for number, (title, most, weight) in enumerate((("Équipe", "5", ""), ("Projet", "5", "2"))):
        page.fill(f"[name=criterion-{number}-title]", title)
        page.fill(f"[name=criterion-{number}-maximum]", most)
        page.fill(f"[name=criterion-{number}-weight]", weight)


def publish(claire: Page) -> None:
    claire.goto("/fr/calls/new_call/")
    claire.fill("#id", CALL)
    claire.select_option("#scheme", "ma-contract-programme")
    plan(claire)
    send(claire, "form.form--narrow button[type=submit]")
    claire.wait_for_url(f"**/{CALL}/desk/")
    for name in ("nadia", "youssef"):
        claire.fill("[name=address]", f"{name}@example.org")
        send(claire, "form[action$='/reviewers/'] button")
    send(claire, "button[value=published]")


def write(page: Page, language: str, cluster: str, amount: str) -> None:
    """Begin an application and save its draft."""
    page.goto(f"/{language}/calls/{CALL}/")
    page.select_option("#cluster", cluster)
    send(page, "form[action$='/apply/'] button")
    page.wait_for_url("**/applications/*/")
    page.fill("#q-project", "A shared laboratory.")
    page.fill("#q-objectives", "Ten members more.")
    page.fill("#q-amount", amount)
    send(page, "button[value=save]")


def hand_in(page: Page) -> None:
    page.set_input_files(
        "#file-application", {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    send(page, "form[action$='/documents/'] button")


def give(page: Page, language: str, name: str, team: str, plan: str) -> None:
    """Give an opinion on the application of somebody."""
    page.goto(f"/{language}/calls/{CALL}/review/")
    page.locator(".grants > li", has_text=name).locator("a").click()
    page.fill("#points-c1", team)
    page.fill("#points-c2", plan)
    page.fill("#comment-c2", "خطة واضحة" if language == "ar" else "Un plan clair.")
    send(page, "button[value=opinion]")
    page.wait_for_url(f"**/{CALL}/review/")


def test_a_call_from_its_creation_to_the_letter(enter, pass_deadline):
    claire, amel, lina, omar = (enter(name) for name in ("claire", "amel", "lina", "omar"))
    desk = f"/fr/calls/{CALL}/desk/"

    # Terms that contradict each other are refused, and what was typed stays.
    claire.goto("/fr/calls/new_call/")
    assert claire.input_value("#country") == "MA"
    claire.fill("#id", CALL)
    claire.select_option("#scheme", "ma-contract-programme")
    plan(claire, closes=-3)
    claire.fill("#currency", "EUR")
    sound(claire)
    send(claire, "form.form--narrow button[type=submit]")
    assert claire.locator("[role=alert] p").count() == 3
    assert claire.input_value("#title_fr") == "Appel des vergers"
    publish(claire)
    sound(claire)
    amel.goto("/en/calls/")
    amel.locator("tbody a", has_text="Appel des vergers").click()
    sound(amel)

    # Eligibility follows what is typed, before anything is saved.
    write(amel, "en", "ma-oak", "600000")
    shown = amel.locator("#eligibility")
    assert "cannot be told yet" in shown.inner_text()
    amel.select_option("#q-collaborative_rd", "no")
    expect(shown).to_contain_text("a condition is not met")
    assert "l. 357" in shown.inner_text()
    sound(amel)
    amel.select_option("#q-collaborative_rd", "yes")
    expect(shown).to_contain_text("cannot be told yet")

    amel.fill("#q-amount", "800 000")
    expect(shown).to_contain_text("above the ceiling")

    # Above the ceiling: refused with the line that sets it; then without the document; then submitted.
    amel.fill("#q-amount", "800 000")
    send(amel, "button[value=submit]")
    assert "l. 377" in amel.locator("[role=alert]").inner_text()
    assert amel.input_value("#q-amount") == "800 000"
    amel.fill("#q-amount", "600 000")
    send(amel, "button[value=submit]")
    assert "Hand it in" in amel.locator("[role=alert]").inner_text()
    sound(amel)
    hand_in(amel)
    send(amel, "button[value=submit]")
    expect(amel.locator("#state")).to_contain_text("submitted")
    sound(amel)
    write(lina, "fr", "ma-ash", "500000")
    hand_in(lina)
    send(lina, "button[value=submit]")
    write(omar, "ar", "dz-elm", "100000")
    assert omar.locator("html").get_attribute("dir") == "rtl"
    hand_in(omar)
    sound(omar)

    # Too late: the page was open, the deadline passed.
    pass_deadline()
    send(omar, "button[value=submit]")
    assert "2020" in omar.locator("[role=alert]").inner_text()
    expect(omar.locator("button[value=submit]")).to_have_count(0)
    sound(omar)
    claire.goto(desk)
    send(claire, "button[value=closed]")
    expect(claire.locator("tbody select")).to_have_count(2)
    sound(claire)
    send(claire, "button[value=under_review]")

    # Two opinions, a conflict of interest, in two languages.
    nadia, youssef = enter("nadia"), enter("youssef")
    nadia.goto(f"/ar/calls/{CALL}/review/")
    sound(nadia)
    nadia.locator(".grants > li", has_text="Oak Valley").locator("a").click()
    sound(nadia)
    nadia.fill("#points-c1", "9")
    nadia.fill("#points-c2", "4,5")
    send(nadia, "button[value=opinion]")
    assert "9" in nadia.locator("[role=alert]").inner_text()
    assert nadia.input_value("#points-c2") == "4,5"
    give(nadia, "ar", "Oak Valley", "4", "4,5")
    nadia.locator(".grants > li", has_text="Élan").locator("a").click()
    nadia.fill("[name=conflict]", "أعمل مع هذا العنقود")
    send(nadia, "button[value=conflict]")
    expect(nadia.locator(".grants a")).to_have_count(1)
    claire.goto(desk)
    expect(claire.locator("main a[href$='/decide/']")).to_have_count(0)
    give(youssef, "fr", "Oak Valley", "5", "4")
    give(youssef, "fr", "Élan", "5", "5")

    # Élan 5 + 2 x 5 = 15, Oak (4 + 5) / 2 + 2 x (4.5 + 4) / 2 = 13 of 15; 1,100,000 do not go into a million.
    claire.goto(desk)
    rows = claire.locator("#applications ~ .tablewrap tbody tr").all_inner_texts()
    assert [("Élan" in row, "15" in row) for row in rows[:1]] == [(True, True)]
    assert "13" in rows[1]
    sound(claire)
    claire.goto(f"{desk}applications/{ASH}/")
    assert "أعمل مع هذا العنقود" in claire.locator("main").inner_text()
    sound(claire)
    claire.goto(f"{desk}decide/")
    sound(claire)
    assert claire.input_value(f"[name='amount-{OAK}']") == "600000"
    claire.check(f"[name='verdict-{OAK}'][value=selected]")
    for one in (OAK, ASH):
        claire.fill(f"[name='reasons-{one}']", "Bon projet.")
    send(claire, "form.form button[type=submit]")
    assert "1100000" in claire.locator("[role=alert]").inner_text()
    assert claire.input_value(f"[name='reasons-{OAK}']") == "Bon projet."
    claire.fill(f"[name='amount-{OAK}']", "450 000,50")
    send(claire, "form.form button[type=submit]")
    claire.wait_for_url(f"**{desk}")

    # The officer reads the letter first; the applicant is told nothing until the announcement.
    claire.goto(f"{desk}applications/{OAK}/")
    assert "Madame, Monsieur" in claire.locator("#letter ~ details[open]").first.inner_text()
    sound(claire)
    amel.goto(f"/en/applications/{OAK}/")
    assert "selected" not in amel.locator("main").inner_text()
    claire.goto(desk)
    send(claire, "button[value=announced]")
    with claire.expect_download() as sheet:
        claire.locator("main a[href$='.xlsx']").click()
    assert sheet.value.suggested_filename == f"{CALL}.xlsx"
    amel.goto(f"/en/applications/{OAK}/")
    letter = amel.locator(".letter").inner_text()
    assert "450,000.5" in letter
    assert "Bon projet." in letter
    sound(amel)
    amel.goto(f"/ar/calls/{CALL}/")
    results = amel.locator("#results ~ .tablewrap").first.inner_text()
    assert "Oak Valley" in results
    assert "Élan" in results
    sound(amel)


def test_without_script_an_application_is_written_and_checked_when_it_is_saved(enter):
    claire, amel = enter("claire", script=False), enter("amel", script=False)
    publish(claire)
    write(amel, "en", "ma-oak", "600000")
    amel.select_option("#q-collaborative_rd", "no")
    send(amel, "button[value=save]")
    assert "a condition is not met" in amel.locator("#eligibility").inner_text()
