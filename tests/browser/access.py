"""What a page must offer to those who do not see it, or see it badly: a few rules of our own.

They are scripts run in the page, in ``rules/``. They do not replace a full audit; they hold the faults that
are easy to make: a control without a name, an id given twice, a heading level skipped, text too faint.
"""

from pathlib import Path

from playwright.sync_api import Page

_RULES = Path(__file__).parent / "rules"


def faults(page: Page) -> list[str]:
    """Names missing, ids given twice, headings out of order, lists and tables badly built."""
    return _ask(page, "built.js")


def faint_text(page: Page) -> list[str]:
    """Text whose contrast with its ground is below 4.5 (3 where it is large), with the ratio found."""
    return _ask(page, "contrast.js")


def too_wide(page: Page) -> list[str]:
    """What makes a page wider than its window, so that one would have to scroll sideways."""
    return _ask(page, "width.js")


def _ask(page: Page, rule: str) -> list[str]:
    return list(page.evaluate((_RULES / rule).read_text("utf-8")))


def sound(page: Page) -> None:
    """Nothing is built badly, too faint or too wide, in light, in dark and on a phone."""
    found = {"built badly": faults(page), "faint in light": faint_text(page)}
    page.emulate_media(color_scheme="dark")
    found["faint in dark"] = faint_text(page)
    size = page.viewport_size or {"width": 1280, "height": 860}
    page.set_viewport_size({"width": 390, "height": 860})
    found["wider than a phone"] = too_wide(page)
    page.set_viewport_size(size)
    page.emulate_media(color_scheme="light")
    assert found == {rule: [] for rule in found}, page.url
