"""Flows between two editions: bands as high as their counts, the same in words."""

import re

from grappe.present.report.content import Day, FlowsDrawing
from grappe.present.report.flows import flows_svg, flows_words
from grappe.present.report.sentences import Wording

DRAWING = FlowsDrawing(
    Day("2014"),
    Day("2019"),
    (("unknown", "constituted", 3), ("not_yet", "constituted", 2), ("unknown", "merged", 1)),
)


def test_every_situation_bears_the_number_of_its_clusters():
    numbers = re.findall(r'font-weight="600">(\d+)<', flows_svg(DRAWING, Wording("fr", "MA")))
    # 3 + 1 unknown and 2 not yet there; 3 + 2 constituted and 1 merged; and the two editions.
    assert sorted(map(int, numbers)) == [1, 2, 4, 5, 2014, 2019]


def test_there_is_a_band_per_pair_of_situations():
    assert flows_svg(DRAWING, Wording("fr", "MA")).count('fill-opacity="0.28"') == 3


def test_the_words_say_what_the_bands_show():
    assert flows_words(DRAWING, Wording("en", "MA")).startswith("existence not established → constituted (3)")


def test_arabic_runs_from_right_to_left():
    french, arabic = (flows_svg(DRAWING, Wording(one, "MA")) for one in ("fr", "ar"))
    first = [float(re.search(r'<text x="([\d.]+)"', one)[1]) for one in (french, arabic)]
    assert first[0] + first[1] == 720
