"""The chapter as one HTML file: fonts, drawings and style within it, nothing fetched from elsewhere."""

import base64
import re
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, Template
from markupsafe import Markup, escape

from grappe.present.report.assets import ARABIC_SANS, ARABIC_SERIF, SANS, SERIF, assets_folder

_LATIN = "U+0000-058F, U+1E00-20FF, U+2100-26FF"
_ARABIC = "U+0600-06FF, U+0750-077F, U+FB50-FDFF, U+FE70-FEFF"
_FACES = (
    (SANS, 400, "source-sans-3-latin-400-normal", _LATIN),
    (SANS, 600, "source-sans-3-latin-600-normal", _LATIN),
    (SERIF, 600, "source-serif-4-latin-600-normal", _LATIN),
    (ARABIC_SANS, 400, "ibm-plex-sans-arabic-arabic-400-normal", _ARABIC),
    (ARABIC_SANS, 600, "ibm-plex-sans-arabic-arabic-600-normal", _ARABIC),
    (ARABIC_SERIF, 700, "amiri-arabic-700-normal", _ARABIC),
)
"""Family, weight, file and letters of each face."""


def html_of(document: dict[str, Any]) -> str:
    """A worded chapter as a page that stands alone.

    Raises
    ------
    Refused
        If the fonts of the chapter were not made.
    """
    arabic = document["direction"] == "rtl"
    return _template().render(d=document, faces=[one for one in _faces() if arabic or one["range"] == _LATIN])


@cache
def _template() -> Template:
    text = (files("grappe.present.report") / "chapter.html").read_text("utf-8")
    made = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    made.filters.update(marked=_marked, drawn=_drawn)
    return made.from_string(text)


def _marked(svg: str) -> Markup:
    """A symbol in a line of text, passed over by screen readers: words beside it say the same."""
    return Markup(_bare(svg).replace("<svg ", '<svg class="mark" aria-hidden="true" ', 1))


def _drawn(svg: str, words: str) -> Markup:
    """A drawing that is one image to screen readers, described in words."""
    return Markup(
        _bare(svg).replace("<svg ", f'<svg role="img" aria-label="{escape(words)}" style="direction:ltr" ', 1)
    )


def _bare(svg: str) -> str:
    """A drawing as HTML wants it: roles inside it would be read one by one."""
    inside = re.sub(r' (?:aria-[a-z]+|role)="[^"]*"', "", svg)
    return re.sub(r' (?:xmlns(?::xlink)?|version|xml:lang)="[^"]*"', "", inside)


@cache
def _faces() -> list[dict[str, Any]]:
    return [
        {
            "family": family,
            "weight": weight,
            "range": letters,
            "data": base64.b64encode((assets_folder() / f"{file}.ttf").read_bytes()).decode(),
        }
        for family, weight, file, letters in _FACES
    ]
