"""The network page in a browser: read without script, graph and map of one selection, all by keyboard."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.access import faint_text, faults, too_wide

READY = "#graph[data-ready]"
TIES = "#links tbody tr"


@pytest.fixture
def graph(visit):
    """Opens the page and waits for its graph: ``graph("?focus=…")``."""

    def open_graph(query="", language="en", **how):
        page = visit(f"/{language}/network/{query}", **how)
        page.locator(READY).wait_for()
        return page

    return open_graph


def drawn(page):
    """How many actors and links the graph holds now."""
    held = page.locator("#graph").evaluate("e => [e.dataset.nodes, e.dataset.links]")
    return tuple(int(n) for n in held)


def asked(page):
    """The question in the address, first values alone."""
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def test_without_script_every_link_can_be_read_with_both_ends(visit, site):
    page = visit("/en/network/", script=False)
    answer = page.request.get(f"{site}/api/network.json?others=false").json()
    assert f"{len(answer['links'])} links between {len(answer['nodes'])} actors" in page.inner_text("main")
    assert page.locator(TIES).count() == min(100, len(answer["links"]))
    row = page.locator("#tie-lk-de-giz-dz-cba")
    if row.count() == 0:
        page.locator("#links .pagination a").last.click()
    cells = row.locator("th, td").all_inner_texts()
    assert cells[0] == "GIZ"
    assert cells[1].splitlines()[0] == "Cluster Boisson Algérie"
    assert "Euro-Mediterranean" in cells[4]
    assert row.locator("a.cite").count() >= 1
    expect(page.locator(".graph noscript p")).to_be_visible()


def test_without_script_the_form_filters_and_cuts_out_a_neighbourhood(visit):
    page = visit("/en/network/", script=False)
    page.get_by_role("checkbox", name="intra-Maghreb").check()
    page.locator("#filters button[type=submit]").click()
    assert asked(page)["level"] == "intra_maghreb"
    levels = page.locator(f"{TIES} td:nth-child(5)").all_inner_texts()
    assert levels
    assert set(levels) == {"intra-Maghreb"}
    page.locator("#results a", has_text="show").first.click()
    assert "focus" in asked(page)
    assert (
        page.locator("#filters select[name=focus] option:checked").get_attribute("value")
        == asked(page)["focus"]
    )


def test_the_graph_holds_what_the_interface_answers(graph, site):
    page = graph()
    answer = page.request.get(f"{site}/api/network.json?others=false").json()
    assert drawn(page) == (len(answer["nodes"]), len(answer["links"]))
    assert int(page.locator("#graph").get_attribute("data-names")) > 10
    assert page.locator("#graph canvas").count() >= 3


def test_what_is_no_cooperation_is_drawn_only_when_asked_for(graph):
    page = graph()
    before = drawn(page)
    page.get_by_role("link", name="Show them too").click()
    page.locator(READY).wait_for()
    assert asked(page)["others"] == "true"
    assert drawn(page)[1] > before[1]
    assert page.locator("#links tr.is-none").count() > 0


def test_a_filter_changes_address_graph_map_tables_and_files(graph):
    page = graph()
    before = drawn(page)
    page.get_by_role("checkbox", name="Euro-Mediterranean").check()
    expect(page).to_have_url(re.compile("level=euromed"))
    expect(page.locator("#graph")).not_to_have_attribute("data-links", str(before[1]))
    assert drawn(page)[1] == page.locator(TIES).count()
    for part, attribute in (
        ("#graph", "data-graph"),
        ("#map", "data-features"),
        ("[data-file=gexf]", "href"),
    ):
        assert "level=euromed" in page.locator(part).get_attribute(attribute)
    expect(page.locator("#status")).to_contain_text(f"{drawn(page)[1]} links")
    page.go_back()
    expect(page.locator("#graph")).to_have_attribute("data-links", str(before[1]))


def test_map_and_graph_draw_the_same_selection(graph):
    page = graph("?focus=ma-mnc", maps=True)
    page.locator("#map[data-ready]").wait_for()
    features = page.request.get(page.locator("#map").get_attribute("data-features")).json()["features"]
    lines = {f["properties"]["id"] for f in features if f["properties"]["kind"] == "link"}
    answer = page.request.get(page.locator("#graph").get_attribute("data-graph")).json()
    assert lines <= {link["id"] for link in answer["links"]}
    assert "ma-mnc" in {f["properties"]["id"] for f in features} <= lines | {n["id"] for n in answer["nodes"]}


def test_colour_and_size_follow_the_form_with_their_legend(graph):
    page = graph()
    page.locator("select[name=colour]").select_option("community")
    expect(page.locator("#legend")).to_contain_text("around ")
    page.locator("select[name=size]").select_option("members")
    expect(page.locator("#legend")).to_contain_text("number of members")
    assert asked(page) == {"colour": "community", "size": "members"}


def test_a_neighbourhood_is_asked_for_from_the_card_of_an_actor(graph):
    page = graph("?sel=ma-mnc")
    before = drawn(page)
    card = page.locator(".graph__card")
    expect(card.get_by_role("link", name="Maroc Numeric Cluster")).to_have_attribute(
        "href", "/en/clusters/ma-mnc/"
    )
    card.get_by_role("button", name="Show its neighbourhood").click()
    expect(page).to_have_url(re.compile("focus=ma-mnc"))
    expect(page.locator("#graph")).not_to_have_attribute("data-nodes", str(before[0]))
    near = drawn(page)
    assert 1 < near[0] < before[0]
    page.locator("select[name=depth]").select_option("2")
    expect(page).to_have_url(re.compile("depth=2"))
    expect(page.locator("#graph")).not_to_have_attribute("data-nodes", str(near[0]))
    assert drawn(page)[0] > near[0]


def test_a_click_chooses_an_actor(graph):
    # One link alone lies level across the middle of the view, and a name stands beside either end.
    page = graph("?focus=cn-foton")
    assert drawn(page) == (2, 1)
    page.locator("#graph").scroll_into_view_if_needed()
    box = page.locator(".graph__stage").bounding_box()
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    away = 45 * (min(box["width"], box["height"]) - 2 * 34) / 300
    card = page.locator(".graph__card")
    page.mouse.click(middle[0] + away, middle[1])
    expect(card).to_be_visible()
    first = asked(page)["sel"]
    page.mouse.click(middle[0] - away, middle[1])
    expect(page).not_to_have_url(re.compile(f"sel={first}"))
    assert {first, asked(page)["sel"]} == set(
        page.locator("#results [data-id]").evaluate_all("rows => rows.map(r => r.dataset.id)")
    )
    page.mouse.click(*middle)
    expect(card).to_contain_text("Foton")
    expect(card).to_contain_text("KIV")
    expect(card.get_by_role("link")).to_have_attribute("href", re.compile("#tie-"))


def test_the_keyboard_does_what_the_pointer_does(graph):
    page = graph()
    page.locator("#graph").focus()
    page.keyboard.press("n")
    first = asked(page)["sel"]
    card = page.locator(".graph__card")
    expect(card).to_be_visible()
    page.keyboard.press("n")
    assert asked(page)["sel"] != first
    page.keyboard.press("p")
    assert asked(page)["sel"] == first
    page.keyboard.press("Enter")
    assert card.locator("a, button").first.evaluate("e => e === document.activeElement")
    page.locator("#graph").focus()
    page.keyboard.press("Escape")
    assert "sel" not in asked(page)
    expect(card).to_be_hidden()
    page.keyboard.press("+")
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile(r"#graph=0\.5[89]\d*/0\.500/0\.71"))
    page.reload()
    page.locator(READY).wait_for()
    page.locator("#graph").focus()
    page.keyboard.press("0")
    expect(page).not_to_have_url(re.compile("graph="))


def test_the_wheel_scrolls_the_page_until_the_graph_is_entered(graph):
    page = graph()
    page.locator("#graph").scroll_into_view_if_needed()
    page.locator("#graph").hover()
    before = page.evaluate("scrollY")
    page.mouse.wheel(0, 200)
    page.wait_for_function("before => scrollY > before", arg=before)


def test_the_graph_in_view_is_taken_away_as_svg_and_png(graph):
    page = graph("?focus=ma-mnc")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="SVG").click()
    text = waiting.value.path().read_text("utf-8")
    assert text.startswith("<svg ")
    assert "Maroc Numeric Cluster" in text
    assert "The network of the clusters" in text
    assert "has not endorsed" in text
    with page.expect_download() as waiting:
        page.get_by_role("button", name="PNG").click()
    assert waiting.value.path().read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("kind", "starts"), [("gexf", b"<?xml"), ("graphml", b"<?xml"), ("csv", b""), ("json", b"{")]
)
def test_files_hold_the_selection_of_the_page(visit, kind, starts):
    page = visit("/en/network/?level=intra_maghreb", script=False)
    answer = page.request.get(page.locator(f"[data-file={kind}]").get_attribute("href"))
    assert answer.ok
    assert answer.body().lstrip(b"\xef\xbb\xbf").startswith(starts)
    ids = page.locator(TIES).evaluate_all("rows => rows.map(row => row.id.slice(4))")
    assert ids
    assert all(one.encode() in answer.body() for one in ids)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_everybody_can_read_the_page(graph, language):
    page = graph("?others=true", language=language)
    found = {"built badly": faults(page), "faint in light": faint_text(page)}
    page.emulate_media(color_scheme="dark")
    found["faint in dark"] = faint_text(page)
    page.set_viewport_size({"width": 390, "height": 860})
    found["wider than a phone"] = too_wide(page)
    assert found == {rule: [] for rule in found}


def test_the_arabic_page_runs_from_right_to_left(graph):
    page = graph("?sel=ma-mnc", language="ar")
    assert page.locator("html").get_attribute("dir") == "rtl"
    graph_box, map_box = (page.locator(part).bounding_box() for part in ("#graph", "#map"))
    assert graph_box["x"] > map_box["x"]
    assert page.locator(".graph__card").evaluate("e => getComputedStyle(e).direction") == "rtl"


def test_an_unknown_actor_or_level_is_refused_with_a_page(visit):
    page = visit("/en/network/?level=galactic")
    assert "galactic" in page.inner_text("main")
    page = visit("/en/network/?focus=zz-nobody")
    assert "zz-nobody" in page.inner_text("main")
