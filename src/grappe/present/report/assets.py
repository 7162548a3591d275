"""Fonts and boundaries that a chapter is drawn with: made by `make install`, shipped with the package."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import orjson

from grappe.domain.errors import Refused

SANS, SERIF = "Source Sans 3", "Source Serif 4"
ARABIC_SANS, ARABIC_SERIF = "IBM Plex Sans Arabic", "Amiri"


def assets_folder() -> Path:
    """Folder of the fonts and boundaries.

    Raises
    ------
    Refused
        If they were not made: the package is run from a source tree that `make install` has not built.
    """
    folder = Path(str(files("grappe.present.report") / "assets"))
    if not (folder / "boundaries.json").is_file() or not any(folder.glob("*.ttf")):
        raise Refused("missing_chapter_assets", path=folder)
    return folder


@cache
def boundaries() -> Mapping[str, Any]:
    """The boundaries of the atlas, a TopoJSON."""
    read: dict[str, Any] = orjson.loads((assets_folder() / "boundaries.json").read_bytes())
    return read


@cache
def arcs() -> list[list[tuple[float, float]]]:
    """Arcs of the boundaries in degrees."""
    topology = boundaries()
    (across, up), (west, south) = topology["transform"]["scale"], topology["transform"]["translate"]
    found = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * across + west, y * up + south))
        found.append(line)
    return found


def polygons(code: str) -> list[list[tuple[float, float]]]:
    """Rings of the areas of a country, in degrees."""
    found = []
    for area in boundaries()["objects"]["countries"]["geometries"]:
        if area.get("id") == code:
            parts = area["arcs"] if area["type"] == "MultiPolygon" else [area["arcs"]]
            found += [joined(ring) for part in parts for ring in part]
    return found


def countries() -> list[str]:
    """Codes of the areas that the boundaries hold."""
    return [area["id"] for area in boundaries()["objects"]["countries"]["geometries"] if area.get("id")]


def lines(name: str) -> list[list[tuple[float, float]]]:
    """Lines of a layer of the boundaries, in degrees."""
    layer = boundaries()["objects"][name]
    parts = layer["arcs"] if layer["type"] == "MultiLineString" else [layer["arcs"]]
    return [joined(part) for part in parts]


def labels() -> list[dict[str, Any]]:
    """Names of countries with the point where each is written."""
    topology = boundaries()
    (across, up), (west, south) = topology["transform"]["scale"], topology["transform"]["translate"]
    found = []
    for one in topology["objects"]["labels"]["geometries"]:
        x, y = one["coordinates"]
        found.append({"lon": x * across + west, "lat": y * up + south, **one["properties"]})
    return found


def joined(indices: list[int]) -> list[tuple[float, float]]:
    """Arcs one after another; a negative index takes an arc from its end."""
    line: list[tuple[float, float]] = []
    for index in indices:
        arc = arcs()[index] if index >= 0 else arcs()[~index][::-1]
        line += arc[1:] if line else arc
    return line
