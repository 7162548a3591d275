"""The curve of one industry with its bands: K-density or M against distance."""

from typing import Any

import altair as alt
import numpy as np

from grappe.agglomeration.distance_test import DistanceTest, IndustryTest, Verdict
from grappe.domain.errors import InputRefused
from grappe.present.catalogue import N_, say
from grappe.present.charts.look import (
    ACCENT,
    AMBER,
    COOL,
    HEIGHT,
    INK,
    MUTED,
    WASH,
    WIDTH,
    finished,
    phrase,
    values,
)
from grappe.present.verdicts import caption_words, function_title, verdict_sentence

_AXES = {"kd": N_("K-density, per km"), "m": N_("M (1: as all establishments)")}


def distance_chart(test: DistanceTest, industry: str, language: str) -> Any:
    """Curve of an industry, its mean under the null, local and global bands.

    Parameters
    ----------
    test : DistanceTest
    industry : str
    language : str

    Raises
    ------
    InputRefused
        If the register has no such industry, or it could not be tested.
    """
    one = test[industry]
    verdict = verdict_sentence(one, language)
    title = say(language, N_("Industry {industry}: {verdict}"), industry=industry, verdict=verdict)
    subtitle = function_title(test.function, language)
    caption = caption_words(test, one, language)
    if one.curve is None:
        raise InputRefused("not_tested", industry=industry, why=one.why)
    return finished(_drawing(test, one, language), title, subtitle, caption, language)


def _drawing(test: DistanceTest, one: IndustryTest, language: str) -> Any:
    words = {
        "observed": phrase(language, N_("observed")),
        "mean": phrase(language, N_("mean at random")),
        "global": phrase(language, N_("global band")),
        "local": phrase(language, N_("local band")),
    }
    scale = alt.Scale(domain=list(words.values()), range=[INK, MUTED, AMBER, WASH])
    legend = alt.Legend(symbolType="stroke", symbolSize=260, symbolStrokeWidth=3.5)
    distance = phrase(language, N_("distance, km"))
    x = alt.X("distance:Q", title=distance, scale=alt.Scale(nice=False))
    axis = alt.Axis(title=phrase(language, _AXES[test.function]), format="~g")
    rows = [row | {f"is_{name}": word for name, word in words.items()} for row in _rows(test, one)]
    base = alt.Chart(values(rows)).properties(width=WIDTH, height=HEIGHT)

    def line(column: str, name: str, **mark: Any) -> Any:
        colour = alt.Color(f"is_{name}:N", scale=scale, legend=legend)
        return base.mark_line(**mark).encode(x=x, y=alt.Y(f"{column}:Q", axis=axis), color=colour)

    band = base.mark_area(opacity=0.8).encode(
        x=x,
        y=alt.Y("local_low:Q", axis=axis),
        y2="local_high:Q",
        color=alt.Color("is_local:N", scale=scale, legend=legend),
    )
    return alt.layer(
        band,
        line("low", "global", strokeDash=[5, 3], strokeWidth=1.5),
        line("high", "global", strokeDash=[5, 3], strokeWidth=1.5),
        line("mean", "mean", strokeWidth=1.2),
        *_beyond(base, x, one),
        line("curve", "observed", strokeWidth=2.4),
    )


def _beyond(base: Any, x: Any, one: IndustryTest) -> list[Any]:
    """The stretch of distances at which the curve leaves its global band, filled."""
    match one.verdict:
        case Verdict.LOCALISED:
            column, edge, colour = "above", "high", ACCENT
        case Verdict.DISPERSED:
            column, edge, colour = "below", "low", COOL
        case _:
            return []
    return [base.mark_area(color=colour, opacity=0.45).encode(x=x, y=alt.Y(f"{column}:Q"), y2=f"{edge}:Q")]


def _rows(test: DistanceTest, one: IndustryTest) -> list[dict[str, Any]]:
    names = ("curve", "mean", "local_low", "local_high", "low", "high")
    columns: dict[str, Any] = {name: getattr(one, name) for name in names}
    columns["distance"] = test.distances
    columns["above"] = np.fmax(columns["curve"], columns["high"])
    columns["below"] = np.fmin(columns["curve"], columns["low"])
    count = len(test.distances)
    return [{name: _plain(column[i]) for name, column in columns.items()} for i in range(count)]


def _plain(value: Any) -> float | None:
    return float(value) if np.isfinite(value) else None
