"""A whole matchmaking event in the browser: an organiser in French, participants in English and Arabic."""

import shutil
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from grappe.domain.roles import Role
from tests.actions.accounts import account
from tests.actions.stored import load, store_in, tables_alone
from tests.browser.access import sound
from tests.browser.conftest import apart, serving
from tests.browser.people import entering, send
from tests.queries.conftest import ORCHARD
from tests.worlds import write_world

EVENT = "journees-du-verger"
PEOPLE = {
    "claire": (Role.ORGANISER, "", "fr"),
    "amel": (Role.MANAGER, "ma-oak", "en"),
    "omar": (Role.MANAGER, "dz-elm", "ar"),
}


@pytest.fixture
def orchard_site(tmp_path: Path, tmp_path_factory, django_db_blocker) -> Iterator[str]:
    """An atlas of the orchard, with three accounts and no event."""
    data = tmp_path / "data"
    data.mkdir()

    def fill() -> None:
        shutil.copy(tables_alone(tmp_path_factory.getbasetemp()), data / "grappe.sqlite3")
        with store_in(data / "grappe.sqlite3"):
            load(write_world(tmp_path, ORCHARD))
            for name, (role, scope, language) in PEOPLE.items():
                account(name, role, scope, language)

    with django_db_blocker.unblock():
        apart(fill)
    with serving(data) as address:
        yield address


@pytest.fixture
def enter(orchard_site: str, chromium: Browser) -> Iterator:
    """Signs somebody in: ``enter("amel")`` is their page, in their language."""
    with entering(orchard_site, chromium, lambda name: PEOPLE[name][2]) as enter:
        yield enter


def day(days: int) -> str:
    """A day in the time zone of the event, which is that of the server, some days from now."""
    return (datetime.now(UTC) + timedelta(days=days)).date().isoformat()


def slot(days: int, hour: str) -> str:
    return f"{day(days).replace('-', '')}-{hour}"


def register(page: Page, language: str, offers: str, needs: str, text: str) -> str:
    """Register one's cluster, and give the address of one's place at the event."""
    page.goto(f"/{language}/events/{EVENT}/")
    page.locator(f"main a[href$='/{EVENT}/register/']").click()
    assert page.input_value("#name")
    page.check(f"[name=offers][value={offers}]")
    page.check(f"[name=needs][value={needs}]")
    page.fill("#text", text)
    sound(page)
    send(page)
    page.wait_for_url(f"**/{EVENT}/seats/*/")
    return page.url


def test_an_event_from_its_creation_to_a_link_with_its_source(enter, orchard_site):
    claire, amel, omar = enter("claire"), enter("amel"), enter("omar")
    desk = f"/fr/events/{EVENT}/desk"

    # Created in preparation: seen by nobody else, then opened.
    claire.goto("/fr/events/")
    claire.click("main a[href$='/new_event/']")
    claire.fill("#event", EVENT)
    claire.fill("#title", "Journées du verger")
    claire.fill("#zone", "UTC")
    claire.locator("[name=day_date]").nth(0).fill(day(-1))
    claire.locator("[name=day_from]").nth(0).fill("09:00")
    claire.locator("[name=day_until]").nth(0).fill("09:20")
    claire.locator("[name=day_date]").nth(1).fill(day(2))
    claire.locator("[name=day_from]").nth(1).fill("09:00")
    claire.locator("[name=day_until]").nth(1).fill("08:00")
    claire.locator("[name=break_from]").nth(0).fill("")
    claire.locator("[name=break_until]").nth(0).fill("")
    claire.fill("#tables", "2")
    sound(claire)
    send(claire)
    assert "09:00" in claire.locator("[role=alert]").inner_text()
    assert claire.input_value("#title") == "Journées du verger"
    claire.locator("[name=day_until]").nth(1).fill("10:15")
    send(claire)
    claire.wait_for_url(f"**{desk}/")
    assert amel.goto(f"/en/events/{EVENT}/").status == 404
    sound(claire)
    send(claire, "button[name=state][value=open]")

    # Two register for their clusters; the organiser registers a mill.
    oak = register(amel, "en", "training", "marketing", "We grow oaks.")
    elm = register(omar, "ar", "marketing", "training", "نزرع الدردار.")
    claire.goto(f"{desk}/participants/add/")
    claire.fill("#entity", "org-mill")
    claire.fill("#name", "Moulin")
    send(claire, "button[value=register]")
    expect(claire.locator("tbody tr")).to_have_count(3)
    sound(claire)

    # Wishes, each in its language; one is accepted in Arabic, one by the organiser for the mill.
    amel.goto(f"{oak}others/")
    sound(amel)
    for name, reason in (("Elm", "You offer what we need."), ("Moulin", "Flour.")):
        amel.goto(f"{oak}others/")
        amel.locator(".profiles h3 a", has_text=name).click()
        amel.fill("#reason", reason)
        send(amel)
    expect(amel.locator("#sent ~ .wishes > li")).to_have_count(2)
    omar.goto(f"{elm}wishes/")
    assert omar.locator("html").get_attribute("dir") == "rtl"
    assert "You offer what we need." in omar.locator("main").inner_text()
    sound(omar)
    omar.fill("[name=answer]", "بكل سرور")
    send(omar, "button[value=accept]")
    amel.goto(f"{oak}wishes/")
    assert "بكل سرور" in amel.locator("main").inner_text()
    claire.goto(f"{desk}/participants/")
    claire.locator("tbody th a", has_text="Moulin").click()
    mill = claire.url
    claire.goto(f"{mill}wishes/")
    send(claire, "button[value=accept]")

    # Wishes are closed and the schedule is made.
    claire.goto(f"{desk}/")
    send(claire, "button[name=state][value=closed_for_wishes]")
    claire.goto(f"{desk}/agenda/")
    send(claire, "#schedule button[type=submit]")
    expect(claire.locator(".meeting")).to_have_count(2)
    sound(claire)

    # By hand: Oak and Elm go to the first day; Oak and the mill into the same slot is refused, with why.
    place(claire, "Elm", slot(-1, "0900"), "1")
    place(claire, "Moulin", slot(-1, "0900"), "2")
    assert "Oak Valley" in claire.locator("[role=alert]").inner_text()
    assert claire.locator("button[name=force]").is_visible()
    sound(claire)
    claire.goto(f"{desk}/agenda/")
    place(claire, "Moulin", slot(2, "0925"), "2")
    expect(claire.locator(".meeting--conflict")).to_have_count(0)
    send(claire, "button[name=state][value=published]")

    # Both see their agendas: on the page, on paper, in a calendar.
    for page, seat, with_whom in ((amel, oak, "Elm"), (omar, elm, "Oak Valley")):
        page.goto(seat)
        assert with_whom in page.locator(".agenda-list").inner_text()
        sound(page)
        feed = page.input_value("#feed")
        with urllib.request.urlopen(feed) as answer:
            calendar = answer.read().decode().replace("\r\n ", "")
        assert calendar.count("BEGIN:VEVENT") == (2 if page is amel else 1)
        assert with_whom in calendar
        page.locator("main a[href$='/sheet/']").click()
        page.wait_for_url("**/sheet/")
        assert with_whom in page.locator("table.sheet").inner_text()
        page.emulate_media(media="print")
        assert not page.locator(".masthead").is_visible()
        assert page.locator("table.sheet").is_visible()
        page.emulate_media(media="screen")
        sound(page)

    # The mill cancels; the schedule is made again and what changed is shown before it is published.
    claire.goto(f"{desk}/participants/")
    claire.locator("tr", has_text="Moulin").locator("button[value=cancel]").click()
    amel.goto(oak)
    expect(amel.locator(".agenda-list__off")).to_have_count(1)
    claire.goto(f"{desk}/agenda/")
    send(claire, "#schedule button[type=submit]")
    assert "Moulin" in claire.locator("#diff ~ .tablewrap").first.inner_text()
    sound(claire)
    # The past meeting stays where it is.
    expect(claire.locator(".meeting")).to_have_count(1)
    send(claire, "button[name=state][value=published]")
    expect(claire.locator("button[name=state][value=published]")).to_have_count(0)

    # What came of it: told by Oak, published by the organiser, a link with its source.
    amel.goto(oak)
    send(amel, "button[value=held]")
    amel.locator(".agenda-list a.button").click()
    amel.check("[name=kind][value=agreement]")
    amel.fill("#note", "Signed on the spot.")
    sound(amel)
    send(amel)
    claire.goto(f"{desk}/outcomes/")
    assert "Signed on the spot." in claire.locator("main").inner_text()
    sound(claire)
    send(claire, "form[action$='/publish/'] button")
    claire.locator("li a.badge").click()
    claire.wait_for_url("**/links/?cluster=*")
    row = claire.locator("tbody tr", has_text="Journées du verger")
    assert {"Oak Valley", "Elm"} <= {text for text in ("Oak Valley", "Elm") if text in row.inner_text()}
    row.locator("a.cite").first.click()
    claire.wait_for_url("**/sources/**")
    assert "Oak Valley" in claire.locator("main").inner_text()


def place(page: Page, name: str, slot: str, table: str) -> None:
    """Move the meeting in which somebody takes part to a slot and a table."""
    page.locator(".meeting", has_text=name).click()
    page.wait_for_url("**/meetings/*/")
    page.select_option("#slot", slot)
    page.select_option("#table", table)
    send(page, "button[value=move]")


def test_without_script_an_event_is_created_and_joined(enter):
    claire, amel = enter("claire", script=False), enter("amel", script=False)
    claire.goto("/fr/events/new_event/")
    claire.fill("#event", EVENT)
    claire.fill("#title", "Journées du verger")
    claire.locator("[name=day_date]").nth(0).fill(day(30))
    send(claire)
    send(claire, "button[name=state][value=open]")
    amel.goto(f"/en/events/{EVENT}/register/")
    send(amel)
    amel.wait_for_url(f"**/{EVENT}/seats/*/")
    assert "Oak Valley" in amel.locator("h1").inner_text()
