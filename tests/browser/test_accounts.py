"""From an invitation to an account, out and in again, in a browser, in two languages and without script."""

import os
import subprocess
import sys

import pytest

from tests.browser.access import sound

GOOD = "correct horse battery"
ADDRESSES = {"fr": "claire@example.org", "ar": "omar@example.org", "en": "amel@example.org"}
NAMES = {"fr": "Claire Fontaine", "ar": "عمر", "en": "Amel"}
COMMAND = """
import sys
from grappe.cli.accounts import account
account.main(sys.argv[1:], standalone_mode=False, obj="en")
"""


@pytest.fixture
def operator(site, served):
    """Runs ``grappe account`` on the store that is being served."""

    def run(*arguments: str, typed: str = "") -> str:
        done = subprocess.run(
            [sys.executable, "-c", COMMAND, *arguments],
            env={**os.environ, "GRAPPE_DATA": str(served), "PYTHONPATH": "src"},
            input=typed, capture_output=True, text=True, check=True,
        )  # fmt: skip
        return done.stdout

    return run


def link_for(operator, language: str, address: str, *role: str) -> str:
    text = operator("invite", address, "--language", language, "--site", "http://here", *role)
    return text[text.index("http://here") :].split()[0].removeprefix("http://here")


@pytest.mark.parametrize(("language", "script"), [("fr", True), ("ar", True), ("en", False)])
def test_an_invitation_becomes_an_account_that_is_left_and_entered_again(visit, operator, language, script):
    address, name = ADDRESSES[language], NAMES[language]
    page = visit(
        link_for(operator, language, address, "--role", "manager", "--scope", "ma-ce3m"), script=script
    )
    assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    assert address in page.locator("main").inner_text()
    if script:
        sound(page)
    page.fill("#name", name)
    page.fill("#password", "12345")
    page.click("main form button[type=submit]")
    assert page.locator("[role=alert]").is_visible()
    assert page.input_value("#name") == name
    page.fill("#password", GOOD)
    page.click("main form button[type=submit]")

    page.wait_for_url(f"**/{language}/accounts/me/")
    assert name in page.locator(".masthead__reader").inner_text()
    assert "Mécatronique" in page.locator("main").inner_text()
    if script:
        sound(page)
    page.click("form[action$='/sign-out/'] button")
    page.wait_for_url(f"**/{language}/")
    assert name not in page.locator(".masthead").inner_text()
    assert page.context.cookies() == []

    page.goto(f"/{language}/clusters/?country=MA")
    page.click(".masthead__reader")
    page.fill("#address", address)
    page.fill("#password", GOOD)
    page.click("main form button[type=submit]")
    page.wait_for_url(f"**/{language}/clusters/?country=MA")
    assert name in page.locator(".masthead__reader").inner_text()


def test_an_administrator_invites_and_copies_the_text_to_send(visit, operator):
    operator("create", "ada@example.org", "--name", "Ada", "--role", "administrator", typed=f"{GOOD}\n")
    page = visit("/fr/invitations/")
    page.fill("#address", "ada@example.org")
    page.fill("#password", GOOD)
    page.click("main form button[type=submit]")
    page.wait_for_url("**/fr/invitations/")
    sound(page)
    page.fill("#address", "yasmine@example.org")
    page.check("input[value=reviewer]")
    page.select_option("#language", "ar")
    page.click("main form button[type=submit]")
    link = page.input_value("#link")
    assert "/ar/invitations/" in link
    assert link in page.input_value("#letter")
    assert page.locator("#letter").get_attribute("dir") == "rtl"
    sound(page)
    page.goto("/fr/accounts/")
    assert "yasmine@example.org" in page.locator("main").inner_text()
    sound(page)


def test_a_stale_or_unknown_link_gets_a_page_with_a_way_out(visit):
    page = visit("/ar/invitations/nobody-made-this/")
    assert page.locator("h1").inner_text().strip()
    assert page.locator("main a[href]").count() > 0
