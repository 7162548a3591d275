"""Each rule of accessibility finds its fault on a page made for it, and a good page has none."""

import pytest

from tests.browser.access import faint_text, faults, too_wide

GOOD = """<!doctype html><html lang="en"><body><main><h1>Oak</h1><h2>Ash</h2>
<label for="q">Word</label><input id="q"><a href="/">Home</a><button>Go</button>
<table><thead><tr><th scope="col">Tree</th></tr></thead><tbody><tr><td>Elm</td></tr></tbody></table>
<ul><li>Fig</li></ul></main></body></html>"""


@pytest.fixture
def blank(visit):
    return visit("about:blank")


def test_a_good_page_has_no_fault(blank):
    blank.set_content(GOOD)
    assert (faults(blank), faint_text(blank), too_wide(blank)) == ([], [], [])


@pytest.mark.parametrize(
    ("good", "bad", "found"),
    [
        ('<label for="q">Word</label>', "", "no name: input#q"),
        (">Home<", "><", "no name: a"),
        (">Go<", "><svg></svg><", "no name: button"),
        ("<h2>", "<h2 id='q'>", "id given twice: q"),
        ("<h2>Ash</h2>", "<h4>Ash</h4>", "heading of level 4 after 1"),
        ("<h1>Oak</h1>", "", "headings of level 1: 0"),
        ('<th scope="col">', "<th>", "heading cell without scope"),
        ('<th scope="col">Tree</th>', "<td>Tree</td>", "table without headings"),
        ("<li>Fig</li>", "<p>Fig</p>", "list with something else"),
        ('for="q"', 'for="z"', "for names nothing: z"),
        ("<h2>", "<h2 tabindex='2'>", "order of keys forced"),
        ("<h2>", "<img src='data:,'><h2>", "image without words"),
    ],
)
def test_each_rule_finds_its_fault(blank, good, bad, found):
    assert good in GOOD
    blank.set_content(GOOD.replace(good, bad))
    assert any(fault.startswith(found) for fault in faults(blank)), faults(blank)


@pytest.mark.parametrize(
    ("ink", "ground", "faint"),
    [
        ("#767676", "#fff", False),  # 4.54 to 1
        ("#787878", "#fff", True),  # 4.42 to 1
        ("rgb(0 0 0 / 40%)", "#fff", True),  # as #999 on white, 2.85 to 1
        ("#fff", "#000", False),
        ("oklch(0.9 0 0)", "white", True),
    ],
)
def test_faint_text_is_measured_against_its_ground(blank, ink, ground, faint):
    blank.set_content(f'<body style="background: {ground}"><p style="color: {ink}">Oak</p>')
    assert bool(faint_text(blank)) is faint


def test_something_wider_than_the_window_is_named(blank):
    blank.set_content('<div id="long" style="width: 3000px">Oak</div>')
    assert any('id="long"' in fault for fault in too_wide(blank))
