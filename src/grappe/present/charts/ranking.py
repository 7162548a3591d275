"""Industries ranked by how localised or dispersed they are, each with its verdict."""

from typing import Any

import altair as alt

from grappe.agglomeration.distance_test import DistanceTest
from grappe.present.catalogue import N_, say
from grappe.present.charts.look import (
    INK,
    STRONG_RULE,
    VERDICT_COLOURS,
    WIDTH,
    directed,
    finished,
    phrase,
    values,
)
from grappe.present.verdicts import caption_words, function_title, verdict_words

SHOWN = 40
"""Industries drawn: those that are most localised or dispersed; the caption says how many are not."""
_ROW = 17


def ranking_chart(test: DistanceTest, language: str) -> Any:
    """Industries by their index: localisation to one side, dispersion to the other.

    Parameters
    ----------
    test : DistanceTest
    language : str
    """
    rows = [_row(row, language) for row in test.summary() if row["verdict"] != "untestable"]
    rows.sort(key=lambda row: (-row["index"], row["p"]))
    drawn = rows if len(rows) <= SHOWN else _ends(rows)
    present = list(dict.fromkeys(row["code"] for row in drawn))
    order = [code for code in VERDICT_COLOURS if code in present]
    words = [directed(verdict_words(code, language), language) for code in order]
    scale = alt.Scale(domain=words, range=[VERDICT_COLOURS[code] for code in order])
    base = alt.Chart(values(drawn)).properties(width=WIDTH, height=_ROW * max(len(drawn), 3))
    y = alt.Y("industry:N", sort=None, title=None, axis=alt.Axis(labelLimit=240, grid=False, labelColor=INK))
    below = N_("dispersion (left) and localisation (right), summed over distances; square-root scale")
    # Indices differ by orders of magnitude; the square root keeps the small ones in sight.
    x = alt.X("index:Q", title=phrase(language, below), scale=alt.Scale(type="pow", exponent=0.5))
    colour = alt.Color("verdict:N", scale=scale)
    chart = alt.layer(
        base.mark_bar(height=9).encode(x=x, y=y, color=colour),
        base.mark_point(size=34, filled=True, opacity=1).encode(x=x, y=y, color=colour),
        alt.Chart(values([{"zero": 0}])).mark_rule(color=STRONG_RULE).encode(x="zero:Q"),
    )
    title = say(language, N_("Industries by localisation"))
    caption = caption_words(test, None, language)
    if len(drawn) < len(rows):
        missing = len(rows) - len(drawn)
        between = say(language, N_("Industries in between, not drawn: {count}."), count=missing)
        caption = [between, *caption]
    return finished(chart, title, function_title(test.function, language), caption, language)


def _ends(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The most localised and the most dispersed of many, in order."""
    dispersed = [row for row in rows if row["index"] < 0][-SHOWN // 2 :]
    return rows[: SHOWN - len(dispersed)] + dispersed


def _row(row: dict[str, Any], language: str) -> dict[str, Any]:
    localisation, dispersion = row["localisation"] or 0.0, row["dispersion"] or 0.0
    code = str(row["verdict"])
    name = str(row["industry"])
    return {
        "industry": name,
        "index": localisation if localisation > 0 else -dispersion,
        "code": code,
        "verdict": directed(verdict_words(code, language), language),
        "p": row["p_localised"] if row["p_localised"] is not None else 1.0,
    }
