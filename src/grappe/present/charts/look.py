"""The look of charts, that of the atlas: its colours, its fonts, the direction of its languages."""

import textwrap
from collections.abc import Sequence
from typing import Any, Literal

import altair as alt

from grappe.present.catalogue import say

# The light colours of frontend/src/css/tokens.css.
PAPER = "#fbfaf6"
INK = "#1b2632"
SOFT = "#55606b"
RULE = "#d9d4c7"
STRONG_RULE = "#8b8777"
AMBER = "#8a5a00"
ACCENT = "#9a2f1d"
WASH = "#efd9cf"
COOL = "#1f5fa8"
MUTED = "#6d6a63"
LAND = "#f4f1e8"
COAST = "#a5aca9"

VERDICT_COLOURS = {"localised": ACCENT, "dispersed": COOL, "neutral": MUTED, "untestable": RULE}
"""A colour per verdict; the word stands beside, so that colour is never alone to say it."""

# A name with a digit is quoted, or the whole list is dropped.
FONT = "'Source Sans 3', Noto Sans, Segoe UI, DejaVu Sans, Liberation Sans, sans-serif"
ARABIC_FONT = "IBM Plex Sans Arabic, Noto Sans Arabic, Segoe UI, DejaVu Sans, sans-serif"

WIDTH, HEIGHT = 640, 360
"""Size of the drawing in pixels, its titles and axes apart."""
CAPTION_WIDTH = 100
"""Letters of a line of the caption."""
_LINE = 15
"""Pixels from one line of the caption to the next."""


def right_to_left(language: str) -> bool:
    """Whether the language is written from right to left."""
    return language == "ar"


def phrase(language: str, message: str, /, **params: object) -> str:
    """Words of a chart, marked with the direction of their language: a drawing has none by itself."""
    return directed(say(language, message, **params), language)


def directed(text: str, language: str) -> str:
    """A text with the marks that make it run from right to left, where its language does."""
    return f"\u202b{text}\u202c" if right_to_left(language) else text


def finished(chart: Any, title: str, subtitle: str, caption: Sequence[str], language: str) -> Any:
    """A chart with its title above, its caption below and the look of the atlas.

    Parameters
    ----------
    chart : Altair chart
    title, subtitle : str
    caption : sequence of str
        Sentences; they are laid out in lines.
    language : str
    """
    anchor: Literal["start", "end"] = "end" if right_to_left(language) else "start"
    above = alt.TitleParams(
        directed(title, language), subtitle=directed(subtitle, language), anchor=anchor, fontSize=17,
        fontWeight=600, color=INK, subtitleColor=SOFT, subtitleFontSize=12.5, subtitlePadding=5, offset=14,
    )  # fmt: skip
    return (
        alt.vconcat(chart, _caption(caption, language), title=above, spacing=10)
        .configure(background=PAPER, padding=18, font=ARABIC_FONT if right_to_left(language) else FONT)
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=SOFT, titleColor=INK, gridColor=RULE, domainColor=STRONG_RULE, tickColor=STRONG_RULE,
            labelFontSize=11, titleFontSize=12, titleFontWeight="normal", titlePadding=8, gridOpacity=0.7,
        )
        .configure_legend(
            labelColor=INK, titleColor=SOFT, labelFontSize=11.5, titleFontSize=11.5, orient="top",
            direction="horizontal", symbolStrokeWidth=2.5, offset=8, title=None, labelLimit=320, columns=4,
            titleFontWeight="normal",
        )
    )  # fmt: skip


def _caption(sentences: Sequence[str], language: str) -> Any:
    """Lines of small text below a chart; each is a text of its own, or right-to-left lines would mix."""
    lines = textwrap.wrap(" ".join(one for one in sentences if one), CAPTION_WIDTH)
    rows = [{"text": directed(line, language), "y": _LINE * n} for n, line in enumerate(lines)]
    aside = right_to_left(language)
    drawn = alt.Chart(values(rows), width=WIDTH, height=_LINE * len(lines))
    text = drawn.mark_text(
        align="right" if aside else "left", baseline="top", fontSize=11, color=SOFT, clip=False
    )
    return text.encode(
        x=alt.value(WIDTH if aside else 0), y=alt.Y("y:Q", scale=None, axis=None), text="text:N"
    )


def values(rows: Sequence[dict[str, Any]]) -> Any:
    """Rows as the data of a chart, written into it."""
    return alt.Data(values=list(rows))  # type: ignore[no-untyped-call]


def apart(
    rows: Sequence[dict[str, Any]], places: Sequence[tuple[float, float]], width: float, height: float
) -> list[dict[str, Any]]:
    """The rows whose names do not cover one another, the first served first.

    Parameters
    ----------
    rows : sequence of dict
        In order of importance.
    places : sequence of (float, float)
        Where each name stands, in pixels.
    width, height : float
        Room of one name, in pixels.
    """
    kept: list[tuple[float, float]] = []
    found = []
    for row, (x, y) in zip(rows, places, strict=True):
        if all(abs(x - other) >= width or abs(y - above) >= height for other, above in kept):
            kept.append((x, y))
            found.append(row)
    return found
