"""Charts written to files: SVG and PNG without a browser, HTML that needs no network."""

import json
import re
from pathlib import Path
from typing import Any

SUFFIXES = (".svg", ".png", ".html")
SCALE = 2.0
"""Pixels of a PNG per unit of the drawing: sharp on dense screens and in print."""

# Numbers are written alike in all three languages, with a comma for decimals in French.
_LOCALES: dict[str, dict[str, Any]] = {
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["", ""]},
    "fr": {"decimal": ",", "thousands": "\u202f", "grouping": [3], "currency": ["", ""]},
    "ar": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", ""]},
}


def save(chart: Any, path: Path, language: str, *, suffix: str | None = None) -> None:
    """Write a chart as its suffix says.

    Parameters
    ----------
    chart : Altair chart
    path : Path
    language : str
        Language of numbers, and of the page.
    suffix : str, optional
        Kind of file, when the name does not say it.

    Raises
    ------
    ValueError
        If the suffix is none of those that can be written.
    """
    import vl_convert as vlc

    spec = json.loads(chart.to_json())
    numbers = _LOCALES[language]
    match suffix or path.suffix.casefold():
        case ".svg":
            path.write_text(_spoken(vlc.vegalite_to_svg(spec, format_locale=numbers), language), "utf-8")
        case ".png":
            path.write_bytes(vlc.vegalite_to_png(spec, scale=SCALE, format_locale=numbers))
        case ".html":
            page = vlc.vegalite_to_html(spec, bundle=True, format_locale=numbers)
            path.write_text(_page(page, language), "utf-8")
        case other:
            raise ValueError(f"A chart is written as {', '.join(SUFFIXES)}, not {other}.")


def _spoken(svg: str, language: str) -> str:
    """A drawing that tells its language, so that it is read aloud and shaped as it must be."""
    return re.sub(r"<svg ", f'<svg xml:lang="{language}" ', svg, count=1)


def _page(page: str, language: str) -> str:
    return re.sub(r"<html[^>]*>", f'<html lang="{language}">', page, count=1)
