"""Vectors that the drawings of a chapter share: the frame of a drawing, a line of text in the right face."""

import re
from collections.abc import Iterable
from html import escape

from grappe.present.report import assets
from grappe.present.report.marks import INK
from grappe.present.report.sentences import Wording

FONT = "'Source Sans 3', 'IBM Plex Sans Arabic', sans-serif"
_ARABIC = re.compile("[\u0600-\u06ff]")


def svg(width: float, height: float, parts: Iterable[str], words: Wording) -> str:
    """A drawing of a width and height out of its parts."""
    inside = "".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
        f'height="{height:g}" direction="ltr" font-family="{FONT}" xml:lang="{words.language}">{inside}</svg>'
    )


def text_at(
    x: float,
    y: float,
    text: str,
    *,
    size: float = 10.5,
    anchor: str = "start",
    fill: str = INK,
    bold: bool = False,
) -> str:
    """A text at a point; `anchor` is the end of it that stands there."""
    weight = ' font-weight="600"' if bold else ""
    # A text is in one script, and has the face of that script; the Arabic one has no hyphen-minus.
    face = ""
    if _ARABIC.search(text):
        face, text = f' font-family="{assets.ARABIC_SANS}"', text.replace("-", "\u2011")
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" text-anchor="{anchor}" '
        f'fill="{fill}"{weight}{face}>'
        f"{escape(text)}</text>"
    )
