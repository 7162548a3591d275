"""Concentrations on a map, over boundaries where they are given."""

from collections.abc import Iterator, Mapping, Sequence
from math import log, pi, radians, tan
from typing import Any

import altair as alt
from shapely.geometry import mapping, shape
from shapely.geometry.polygon import orient

from grappe.present.catalogue import N_, say
from grappe.present.charts.look import ACCENT, COAST, COOL, INK, LAND, MUTED, WIDTH, finished, phrase, values
from grappe.present.concentrations import caption_of, is_planar
from grappe.present.words import number

Box = tuple[float, float, float, float]

HEIGHT = 520
MARGIN = 0.12
"""Room left round the concentrations, as a share of their extent."""
SMALLEST = 0.05
"""Degrees below which a map would show one street: a lone footprint keeps its surroundings."""
OTHERS = N_("other industries")
COLOURS = (ACCENT, COOL, "#1c6e4a", "#7a3d8f", "#8a5a00", "#2c857f", "#872956", "#5e379e")
"""Colours of the industries with most establishments; the others share one grey."""


def places_chart(
    concentrations: Mapping[str, Any],
    language: str,
    *,
    boundaries: Mapping[str, Any] | None = None,
    industry: str | None = None,
) -> Any:
    """A map of concentrations, coloured by industry.

    Parameters
    ----------
    concentrations : mapping
        A FeatureCollection as `grappe spot` writes it.
    language : str
    boundaries : mapping, optional
        A FeatureCollection of polygons to draw below, in degrees.
    industry : str, optional
        Only the concentrations of this industry.
    """
    features = [f for f in concentrations["features"] if industry in (None, str(f["properties"]["industry"]))]
    # The largest first, so that none hides a smaller one.
    features.sort(key=lambda one: -shape(one["geometry"]).area)
    words = _words(features, language)
    box = _box(features) if features else (-180.0, -60.0, 180.0, 75.0)
    planar = is_planar(concentrations)
    projection, height = _projection(box, planar=planar)
    shapes = [] if boundaries is None or planar else [_rewound(one) for one in boundaries["features"]]
    layers = [
        alt.Chart(values(shapes)).mark_geoshape(fill=LAND, stroke=COAST, strokeWidth=0.7, clip=True)
    ] if shapes else []  # fmt: skip
    drawn = [_rewound(f) | {"industry": w} for f, w in zip(features, words, strict=True)]
    others = phrase(language, OTHERS)
    order = sorted(dict.fromkeys(words), key=lambda word: word == others)
    colours = [*COLOURS[: len(order) - 1], MUTED] if others in order else list(COLOURS[: len(order)])
    scale = alt.Scale(domain=order, range=colours)
    footprints = alt.Chart(values(drawn)).mark_geoshape(
        fillOpacity=0.45, strokeWidth=0.9, stroke=INK, clip=True
    )
    layers.append(
        footprints.encode(fill=alt.Fill("industry:N", scale=scale, legend=alt.Legend(symbolType="square")))
    )
    chart = alt.layer(*layers).project(**projection).properties(width=WIDTH, height=height)
    chart = chart.properties(view=alt.ViewBackground(stroke=COAST))
    title = say(language, N_("Concentrations of establishments"))
    if industry is not None:
        title = say(language, N_("Concentrations of industry {industry}"), industry=industry)
    establishments = sum(int(f["properties"].get("establishments") or 0) for f in features)
    subtitle = say(
        language, N_("Concentrations: {count}, with {establishments} establishments"),
        count=number(len(features), language),
        establishments=number(establishments, language),
    )  # fmt: skip
    return finished(chart, title, subtitle, caption_of(concentrations, language), language)


def _words(features: Sequence[Mapping[str, Any]], language: str) -> list[str]:
    """The industry of each footprint, or “others” beyond the colours there are."""
    sizes: dict[str, int] = {}
    for one in features:
        name = str(one["properties"]["industry"])
        sizes[name] = sizes.get(name, 0) + int(one["properties"].get("establishments") or 0)
    ranked = sorted(sizes, key=lambda name: -sizes[name])
    shown = set(ranked if len(ranked) <= len(COLOURS) else ranked[: len(COLOURS) - 1])
    other = phrase(language, OTHERS)
    return [name if name in shown else other for name in (str(f["properties"]["industry"]) for f in features)]


def _box(features: Sequence[Mapping[str, Any]]) -> Box:
    bounds = [shape(one["geometry"]).bounds for one in features]
    west, south = min(b[0] for b in bounds), min(b[1] for b in bounds)
    east, north = max(b[2] for b in bounds), max(b[3] for b in bounds)
    across, up = max(east - west, SMALLEST) * MARGIN, max(north - south, SMALLEST) * MARGIN
    return west - across, south - up, east + across, north + up


def _projection(box: Box, *, planar: bool) -> tuple[dict[str, Any], int]:
    """A projection that fits a box, and the height of the map it then has."""
    west, south, east, north = box
    if planar:
        scale = WIDTH / (east - west)
        height = round(scale * (north - south))
        offset = [-west * scale, north * scale]
        return {"type": "identity", "reflectY": True, "scale": scale, "translate": offset}, max(height, 120)
    top, bottom = _mercator(north), _mercator(south)
    scale = min(WIDTH / radians(east - west), HEIGHT / (top - bottom))
    height = round(scale * (top - bottom))
    offset = [WIDTH / 2 - scale * radians((west + east) / 2), height / 2 + scale * (top + bottom) / 2]
    return {"type": "mercator", "scale": scale, "translate": offset}, max(height, 120)


def _mercator(latitude: float) -> float:
    return log(tan(pi / 4 + radians(latitude) / 2))


def _rewound(feature: Mapping[str, Any]) -> dict[str, Any]:
    """A feature whose rings run clockwise: on a globe, the drawing fills what lies to their right."""
    geometry = shape(feature["geometry"])
    parts = [orient(part, -1.0) for part in _polygons(geometry)]
    whole = [mapping(part)["coordinates"] for part in parts]
    return {"type": "Feature", "properties": {}, "geometry": {"type": "MultiPolygon", "coordinates": whole}}


def _polygons(geometry: Any) -> Iterator[Any]:
    if geometry.geom_type == "Polygon":
        yield geometry
    for part in getattr(geometry, "geoms", ()):
        yield from _polygons(part)
