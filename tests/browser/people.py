"""People who sign in with a browser, each in a window and a language of their own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, Page

from tests.actions.accounts import GOOD
from tests.browser.conftest import PATIENCE_MS, Watch


@contextmanager
def entering(
    site: str, chromium: Browser, language_of: Callable[[str], str]
) -> Iterator[Callable[..., Page]]:
    """Signs somebody in: ``enter("amel")`` is their page; ``script=False`` for a browser without.

    At the end no page may have asked anything outside the server, or complained of anything.
    """
    watch, contexts = Watch(), list[BrowserContext]()

    def signed_in(name: str, *, script: bool = True) -> Page:
        language = language_of(name)
        context = chromium.new_context(
            base_url=site, viewport={"width": 1280, "height": 860}, reduced_motion="reduce",
            java_script_enabled=script, locale=language,
        )  # fmt: skip
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        watch.follow(page, site)
        page.goto(f"/{language}/accounts/sign-in/")
        page.fill("#address", f"{name}@example.org")
        page.fill("#password", GOOD)
        send(page)
        page.wait_for_url("**/accounts/me/")
        return page

    yield signed_in
    for context in contexts:
        context.close()
    assert watch.outside == []
    assert watch.complaints == []


def send(page: Page, button: str = "") -> None:
    """Press a button of the content: the first that sends a form, or the one so described."""
    page.locator(f"main {button or 'form button[type=submit]'}").first.click()
    page.wait_for_load_state()
