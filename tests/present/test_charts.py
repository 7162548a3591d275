"""Charts: what they show, in three languages, and that a reader finds what is needed to judge them."""

import json
import re

import numpy as np
import pandas as pd
import pytest

from grappe.agglomeration.industry_space import industry_space
from grappe.domain.errors import InputRefused
from grappe.domain.vocabulary import LANGUAGES
from grappe.present.charts.distance import distance_chart
from grappe.present.charts.look import apart, directed
from grappe.present.charts.places import COLOURS, places_chart
from grappe.present.charts.ranking import SHOWN, ranking_chart
from grappe.present.charts.saving import save
from grappe.present.charts.size import size_chart
from grappe.present.charts.space import space_chart
from tests.present.made_up_results import a_test, footprints

CELLS = [
    {"region": "north", "industry": "leather", "lq": 2.0, "value": 20.0},
    {"region": "south", "industry": "leather", "lq": 0.5, "value": 80.0},
    {"region": "west", "industry": "leather", "lq": None, "value": 0.0},
]


def drawn(tmp_path, chart, language="en"):
    """A chart as SVG."""
    path = tmp_path / "chart.svg"
    save(chart, path, language)
    return path.read_text("utf-8")


def words_of(svg):
    """The words of a drawing, its lines joined; names of parts that are read aloud left out."""
    return " ".join(re.findall(r">([^<>]+)</text>", svg))


def layers(chart):
    """The layers of the drawing, each with its own data; the caption is the drawing below."""
    whole = json.loads(chart.to_json())["vconcat"][0]
    return [layer | {"data": layer.get("data", whole.get("data"))} for layer in whole["layer"]]


def space():
    pairs = [(f"{a}", f"{b}", 0.9 - 0.1 * abs(a - b)) for a in range(6) for b in range(a)]
    return industry_space(pd.DataFrame(pairs, columns=["industry_i", "industry_j", "relatedness"]))


def every_chart(language):
    return {
        "distance": distance_chart(a_test(), "weaving", language),
        "m": distance_chart(a_test("m"), "schools", language),
        "ranking": ranking_chart(a_test(), language),
        "size": size_chart(CELLS, language, industry="leather", coverage="Made up"),
        "places": places_chart(footprints(), language),
        "space": space_chart(space(), language, measure="proximity"),
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chart_is_drawn_in_every_language_with_what_the_register_lacks(tmp_path, language):
    informal = {"en": "Informal units", "fr": "unités informelles", "ar": "المهيكلة"}[language]
    for name, chart in every_chart(language).items():
        svg = drawn(tmp_path, chart, language)
        assert informal in words_of(svg), name
        assert f'xml:lang="{language}"' in svg
        assert "{" not in words_of(svg), name


def test_a_curve_says_its_verdict_number_null_level_seed_coverage_and_caution(tmp_path):
    svg = words_of(drawn(tmp_path, distance_chart(a_test(), "weaving", "en")))
    for words in (
        "Industry weaving: localised", "Establishments: 40", "p 0.002",
        "Null: the establishments of the industry",
        "Level 5 % on each side", "seed 3", "Firms of a made-up country", "a cluster also cooperates",
    ):  # fmt: skip
        assert words in svg, words


def test_the_curve_its_mean_and_its_bands_are_named(tmp_path):
    svg = drawn(tmp_path, distance_chart(a_test(), "weaving", "fr"))
    for words in ("observé", "moyenne au hasard", "bande globale", "bande locale", "distance, km"):
        assert words in svg, words


def test_the_stretch_beyond_the_band_is_filled_for_the_verdict_alone():
    def fills(industry):
        marks = [layer["mark"] for layer in layers(distance_chart(a_test(), industry, "en"))]
        return [mark["color"] for mark in marks if mark["type"] == "area" and "color" in mark]

    assert fills("weaving") == ["#9a2f1d"]
    assert fills("schools") == ["#1f5fa8"]
    assert fills("shops") == []


def test_a_curve_not_defined_somewhere_is_drawn_where_it_is(tmp_path):
    test = a_test("m")
    for name in ("curve", "low", "high"):
        getattr(test["weaving"], name)[:3] = np.nan
    assert "<svg" in drawn(tmp_path, distance_chart(test, "weaving", "en"))


def test_an_industry_that_could_not_be_tested_has_no_curve_and_says_why():
    with pytest.raises(InputRefused) as error:
        distance_chart(a_test(), "alone", "en")
    assert error.value.code == "not_tested"


def test_a_ranking_puts_the_most_localised_first_and_counts_those_it_leaves_out():
    chart = ranking_chart(a_test(more=60), "en")
    rows = layers(chart)[0]["data"]["values"]
    indices = [row["index"] for row in rows]
    assert len(rows) == SHOWN
    assert indices == sorted(indices, reverse=True)
    assert (rows[0]["industry"], rows[-1]["industry"]) == ("weaving", "schools")
    # 63 industries could be tested.
    assert f"Industries in between, not drawn: {63 - SHOWN}." in chart.to_json()


def test_cells_without_jobs_are_counted_and_not_drawn(tmp_path):
    svg = drawn(tmp_path, size_chart(CELLS, "en", industry="leather"))
    assert "Cells with jobs: 2; without, not drawn: 1." in svg
    assert ">north</text>" in svg
    # Below its share of the whole, a region is not named.
    assert ">south</text>" not in svg


def test_a_table_without_any_cell_of_jobs_is_drawn_empty(tmp_path):
    assert "Cells with jobs: 0;" in drawn(tmp_path, size_chart(CELLS[2:], "en", industry="leather"))


def test_industries_beyond_the_colours_share_one_grey():
    names = tuple(f"i{n}" for n in range(len(COLOURS) + 3))
    fill = layers(places_chart(footprints(names), "en"))[-1]["encoding"]["fill"]["scale"]
    assert len(fill["domain"]) == len(fill["range"]) == len(COLOURS)
    assert fill["domain"][-1] == "other industries"


def test_a_footprint_is_filled_inside_and_not_all_round_the_globe(tmp_path):
    (shape,) = layers(places_chart(footprints(("weaving",)), "en"))[-1]["data"]["values"]
    ring = np.array(shape["geometry"]["coordinates"][0][0])
    x, y = ring[:-1].T
    twice = np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y)
    assert twice < 0  # clockwise


def test_a_map_without_concentrations_says_so(tmp_path):
    svg = drawn(tmp_path, places_chart({"type": "FeatureCollection", "features": []}, "en"))
    assert "Concentrations: 0" in svg


def test_an_industry_is_marked_in_the_space(tmp_path):
    assert "#9a2f1d" in drawn(tmp_path, space_chart(space(), "en", measure="proximity", industry="3"))
    assert "#9a2f1d" not in drawn(tmp_path, space_chart(space(), "en", measure="proximity"))


def test_html_needs_no_network(tmp_path):
    path = tmp_path / "chart.html"
    save(ranking_chart(a_test(), "ar"), path, "ar")
    page = path.read_text("utf-8")
    assert '<html lang="ar">' in page
    assert 'src="http' not in page


def test_another_kind_of_file_is_refused(tmp_path):
    with pytest.raises(ValueError, match=r"\.svg, \.png, \.html"):
        save(ranking_chart(a_test(), "en"), tmp_path / "chart.gif", "en")


def test_arabic_lines_run_from_right_to_left_whatever_they_begin_with():
    assert directed("p 0,05", "ar") == "\u202bp 0,05\u202c"
    assert directed("p 0.05", "en") == "p 0.05"


def test_names_that_would_cover_one_another_give_way_to_the_first():
    rows = [{"n": 1}, {"n": 2}, {"n": 3}]
    assert apart(rows, [(0, 0), (5, 5), (50, 0)], width=20, height=10) == [{"n": 1}, {"n": 3}]
