"""A static map of footprints and declared places, as paths that a page draws without script."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any

WIDTH = 720.0
"""Width of the drawing, in its own units."""

MARGIN = 0.08
"""Ground around what is shown, as a share of its extent."""

_SPOT = ("verdict", "name", "place")

Ring = Sequence[Sequence[float]]


@dataclass(frozen=True, slots=True)
class Area:
    """A footprint as a path; `declared` tells whether a declared cluster matches it."""

    id: str
    path: str
    declared: bool
    industry: str
    establishments: int


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of a declared cluster; `verdict` is that of the register."""

    x: float
    y: float
    verdict: str
    name: str
    place: str


@dataclass(frozen=True, slots=True)
class FootprintMap:
    """What a page draws: its size, coasts as paths, footprints, places."""

    width: float
    height: float
    coasts: tuple[str, ...]
    areas: tuple[Area, ...]
    spots: tuple[Spot, ...]


def footprint_map(collection: Mapping[str, Any], coasts: Iterable[Ring] = ()) -> FootprintMap | None:
    """A drawing of the map of a result; nothing where it has no footprint.

    It is framed by the footprints: a cluster far from all of them lies outside. Limits between countries
    are not drawn, only coasts.

    Parameters
    ----------
    collection : mapping
        The GeoJSON collection of `grappe.present.declared_seen.comparison_plain`.
    coasts : iterable of lines of (longitude, latitude)
        In degrees.
    """
    ground = [one for one in collection["features"] if one["geometry"]["type"] != "Point"]
    if not ground:
        return None
    degrees = str(collection.get("coordinate_unit", "")).startswith("degrees")
    frame = _Frame([pair for one in ground for ring in _rings(one["geometry"]) for pair in ring], degrees)
    areas = tuple(
        Area(
            str(one["id"]), "".join(frame.path(ring) + "z" for ring in _rings(one["geometry"])),
            bool(one["properties"]["declared"]), str(one["properties"]["industry"]),
            int(one["properties"]["establishments"]),
        )
        for one in ground
    )  # fmt: skip
    spots = tuple(
        Spot(
            *frame.at(one["geometry"]["coordinates"]),
            *(one["properties"][k] for k in ("verdict", "name", "place")),
        )
        for one in collection["features"]
        if one["geometry"]["type"] == "Point" and frame.holds(one["geometry"]["coordinates"])
    )
    lines = tuple(frame.path(part) for line in coasts for part in frame.inside(line)) if degrees else ()
    return FootprintMap(WIDTH, frame.height, lines, areas, spots)


class _Frame:
    """The part of the world that is drawn, and where its points fall on paper."""

    def __init__(self, pairs: Sequence[Sequence[float]], degrees: bool) -> None:
        xs, ys = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
        spare = max(max(xs) - min(xs), max(ys) - min(ys), 0.05 if degrees else 5.0) * MARGIN
        self.west, self.east = min(xs) - spare, max(xs) + spare
        self.south, self.north = min(ys) - spare, max(ys) + spare
        self.squeeze = cos(radians((self.south + self.north) / 2)) if degrees else 1.0
        self.scale = WIDTH / ((self.east - self.west) * self.squeeze)
        if (self.north - self.south) * self.scale > WIDTH:
            # A tall country is drawn as wide as it is high, with sea on both sides.
            self.scale = WIDTH / (self.north - self.south)
            wider = WIDTH / self.scale / self.squeeze - (self.east - self.west)
            self.west, self.east = self.west - wider / 2, self.east + wider / 2
        self.height = round((self.north - self.south) * self.scale, 1)

    def at(self, pair: Sequence[float]) -> tuple[float, float]:
        x = (pair[0] - self.west) * self.squeeze * self.scale
        return round(x, 1), round((self.north - pair[1]) * self.scale, 1)

    def holds(self, pair: Sequence[float]) -> bool:
        return self.west <= pair[0] <= self.east and self.south <= pair[1] <= self.north

    def path(self, line: Ring) -> str:
        return "M" + "L".join(f"{x:g},{y:g}" for x, y in map(self.at, line))

    def inside(self, line: Ring) -> Iterator[Ring]:
        """Stretches of a line that touch the frame, with a point beyond it at each end."""
        part: list[Sequence[float]] = []
        before: Sequence[float] | None = None
        for pair in line:
            if self.holds(pair):
                if not part and before is not None:
                    part.append(before)
                part.append(pair)
            elif part:
                yield [*part, pair]
                part = []
            before = pair
        if len(part) > 1:
            yield part


def _rings(geometry: Mapping[str, Any]) -> Iterator[Ring]:
    if geometry["type"] == "GeometryCollection":
        for one in geometry["geometries"]:
            yield from _rings(one)
        return
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    for polygon in polygons:
        yield from polygon


def coasts_of(topology: Mapping[str, Any]) -> list[Ring]:
    """Lines of a TopoJSON topology that belong to one country only, in degrees: coasts, no limits.

    Parameters
    ----------
    topology : mapping
        With an object ``countries``.
    """
    uses: dict[int, int] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        for arc in _arcs(geometry.get("arcs", [])):
            uses[arc] = uses.get(arc, 0) + 1
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    found: list[Ring] = []
    for arc, times in uses.items():
        if times > 1:
            continue
        x = y = 0
        line = []
        for dx, dy in (step[:2] for step in topology["arcs"][arc]):
            x, y = x + dx, y + dy
            line.append((x * sx + tx, y * sy + ty))
        found.append(line)
    return found


def _arcs(nested: Any) -> Iterator[int]:
    for one in nested:
        if isinstance(one, int):
            yield one if one >= 0 else ~one
        else:
            yield from _arcs(one)
