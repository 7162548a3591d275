"""The space of industries: related ones close together, linked, sized by how many links they have."""

from typing import Any

import altair as alt
import numpy as np

from grappe.agglomeration.industry_space import IndustrySpace
from grappe.present.catalogue import N_, say
from grappe.present.charts.look import ACCENT, INK, PAPER, STRONG_RULE, WIDTH, apart, finished, values
from grappe.present.registers import coverage_words
from grappe.present.words import number

HEIGHT = 520
NAMED = 120
"""Industries that may bear their name when there are many: those with most links, where there is room."""
_LETTER, _LINE = 6.2, 13.0
"""Room of a letter and of a line, in pixels."""


def space_chart(
    space: IndustrySpace,
    language: str,
    *,
    measure: str,
    industry: str | None = None,
    coverage: str | None = None,
) -> Any:
    """A network of industries.

    Parameters
    ----------
    space : IndustrySpace
    language : str
    measure : str
        Name of the relatedness, for the caption.
    industry : str, optional
        An industry to mark.
    coverage : str, optional
        What the register holds.
    """
    links = np.bincount(space.links.ravel(), minlength=len(space.industries))
    rows: list[dict[str, Any]] = [
        {"x": float(x), "y": float(y), "name": name, "links": int(n), "marked": name == industry}
        for x, y, name, n in zip(space.x, space.y, space.industries, links, strict=True)
    ]
    ranked = sorted(rows, key=lambda row: (not row["marked"], -row["links"]))[:NAMED]
    places = [(WIDTH * (row["x"] + 1) / 2, HEIGHT * (row["y"] + 1) / 2) for row in ranked]
    longest = max((len(row["name"]) for row in ranked), default=1)
    named = apart(ranked, places, _LETTER * min(longest, 24), _LINE)
    title = say(language, N_("Space of industries"))
    subtitle = say(
        language, N_("Industries: {count}; links by {measure}: {links}"), count=number(len(rows), language),
        links=number(len(space.links), language), measure=measure,
    )  # fmt: skip
    caption = [
        say(
            language,
            N_("Drawn: the strongest tree that joins all industries, and the strongest other links."),
        ),
        say(language, N_("Distances on paper have no unit.")),
        coverage_words(coverage, language),
    ]
    return finished(_drawing(space, rows, named), title, subtitle, caption, language)


def _drawing(space: IndustrySpace, rows: list[dict[str, Any]], named: list[dict[str, Any]]) -> Any:
    lines = [
        {
            "x": float(space.x[i]),
            "y": float(space.y[i]),
            "x2": float(space.x[j]),
            "y2": float(space.y[j]),
            "s": s,
        }
        for (i, j), s in zip(space.links.tolist(), space.strength.tolist(), strict=True)
    ]
    x, y = alt.X("x:Q", axis=None), alt.Y("y:Q", axis=None)
    opacity = alt.Opacity("s:Q", scale=alt.Scale(range=[0.15, 0.75]), legend=None)
    size = alt.Size("links:Q", scale=alt.Scale(range=[30, 320]), legend=None)
    colour = alt.condition("datum.marked", alt.value(ACCENT), alt.value("#2c857f"))
    base = alt.Chart(values(rows)).properties(width=WIDTH, height=HEIGHT)
    words = alt.Chart(values(named)).mark_text(dy=-11, fontSize=10, color=INK, stroke=PAPER, strokeWidth=0)
    return alt.layer(
        alt.Chart(values(lines))
        .mark_rule(color=STRONG_RULE, strokeWidth=0.7)
        .encode(x=x, y=y, x2="x2:Q", y2="y2:Q", opacity=opacity),
        base.mark_circle(opacity=0.95, stroke=PAPER, strokeWidth=1).encode(x=x, y=y, size=size, color=colour),
        words.encode(x=x, y=y, text="name:N"),
    )
