"""Location quotients against size: a high quotient in a small place is not a strong one."""

from collections.abc import Mapping, Sequence
from math import ceil, floor, log10
from typing import Any

import altair as alt

from grappe.present.catalogue import N_, say
from grappe.present.charts.look import (
    ACCENT,
    HEIGHT,
    INK,
    MUTED,
    STRONG_RULE,
    WIDTH,
    apart,
    finished,
    phrase,
    values,
)
from grappe.present.registers import coverage_words
from grappe.present.verdicts import CONCENTRATION
from grappe.present.words import number

NAMED = 25
"""Points that may bear their name, where there is room: those with most weight beyond their share."""


def size_chart(
    cells: Sequence[Mapping[str, Any]],
    language: str,
    *,
    industry: str | None = None,
    region: str | None = None,
    coverage: str | None = None,
) -> Any:
    """Location quotient of cells against their size, both on scales of powers of ten.

    Parameters
    ----------
    cells : sequence of mappings
        With ``region``, ``industry``, ``lq`` and ``value``; those of one industry, or of one region.
    language : str
    industry, region : str, optional
        What the cells have in common; the other names the points.
    coverage : str, optional
        What the register holds.
    """
    varies = "region" if industry is not None else "industry"
    known = [dict(cell) for cell in cells if (cell.get("lq") or 0) > 0 and (cell.get("value") or 0) > 0]
    rows = [
        {"name": str(cell[varies]), "lq": cell["lq"], "value": cell["value"], "above": cell["lq"] >= 1}
        for cell in known
    ]
    # Weight beyond what the share of the whole would give: it makes a point worth naming.
    rows.sort(key=lambda row: -row["value"] * (1 - 1 / max(row["lq"], 1)))
    worth = [row for row in rows[:NAMED] if row["above"]]
    chart = _drawing(rows, worth, language)
    what = industry if industry is not None else region
    title = (
        say(language, N_("Specialisation and size: {what}"), what=what)
        if what
        else say(language, N_("Specialisation and size"))
    )
    caption = [
        say(language, N_("Cells with jobs: {count}; without, not drawn: {missing}."),
            count=number(len(rows), language),
            missing=number(len(cells) - len(rows), language)),
        say(language, N_("A quotient of 1 is the share found in the whole table.")),
        coverage_words(coverage, language), say(language, CONCENTRATION),
    ]  # fmt: skip
    subtitle = say(language, N_("Location quotient against the count of each cell"))
    return finished(chart, title, subtitle, caption, language)


def _drawing(rows: list[dict[str, Any]], worth: list[dict[str, Any]], language: str) -> Any:
    across, up = (_powers([row[name] for row in rows]) for name in ("value", "lq"))
    x, y = (
        alt.X("value:Q", **_axis(across, phrase(language, N_("count")), "~s")),
        alt.Y("lq:Q", **_axis(up, phrase(language, N_("location quotient")), "~g")),
    )
    places = [(_share(row["value"], across) * WIDTH, _share(row["lq"], up) * HEIGHT) for row in worth]
    longest = max((len(row["name"]) for row in worth), default=1)
    named = apart(worth, places, 6.5 * min(longest, 30), 14)
    colour = alt.condition("datum.above", alt.value(ACCENT), alt.value(MUTED))
    base = alt.Chart(values(rows)).properties(width=WIDTH, height=HEIGHT)
    names = alt.Chart(values(named)).mark_text(align="right", dx=-7, dy=-5, fontSize=11, color=INK)
    one = alt.Chart(values([{"lq": 1}])).mark_rule(color=STRONG_RULE, strokeDash=[5, 3]).encode(y=y)
    return alt.layer(
        one,
        base.mark_circle(size=46, opacity=0.6).encode(x=x, y=y, color=colour),
        names.encode(x=x, y=y, text="name:N"),
    )


def _powers(numbers: list[float]) -> tuple[int, int]:
    """The powers of ten between which numbers lie."""
    if not numbers:
        return 0, 1
    low, high = floor(log10(min(numbers))), ceil(log10(max(numbers)))
    return low, max(high, low + 1)


def _axis(powers: tuple[int, int], title: str, form: str) -> dict[str, Any]:
    """An axis of powers of ten, without the lines in between that would hide the points."""
    low, high = powers
    scale = alt.Scale(type="log", domain=[10.0**low, 10.0**high], nice=False)
    ticks = [10.0**power for power in range(low, high + 1)]
    return {"title": title, "scale": scale, "axis": alt.Axis(values=ticks, format=form)}


def _share(number: float, powers: tuple[int, int]) -> float:
    """Where a number stands between two powers of ten, from 0 to 1."""
    low, high = powers
    return (log10(number) - low) / (high - low)
