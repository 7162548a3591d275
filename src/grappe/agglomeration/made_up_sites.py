"""Where the establishments of a made-up country stand: an island, its cities, its shared addresses."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree
from shapely import MultiPoint, Point, Polygon, voronoi_polygons
from shapely.geometry.base import BaseGeometry

Numbers = NDArray[np.float64]

URBAN_SHARE = 0.8
"""Addresses drawn around a city; the others are spread over the country."""

LARGEST_CITY_RADIUS = 0.03
"""Radius at which the density of the largest city falls by e, as a share of the width of the country."""

SHARED_ADDRESS = 2.2
"""Pareto exponent of the establishments at one address: about one address in four has more than one."""

LARGEST_ADDRESS = 200
"""Establishments at one address, at most."""


@dataclass(frozen=True, slots=True)
class Island:
    """The outline of a country: its radius in each direction is a smooth closed wave.

    `amplitudes` and `phases`, shape (waves,), belong to 1, 2, … turns of the wave; `width` is in km.
    """

    width: float
    amplitudes: Numbers
    phases: Numbers

    def radius(self, angle: Numbers) -> Numbers:
        """Distance from the middle to the coast in each direction, in km."""
        turns = np.arange(1, len(self.amplitudes) + 1)
        wave = np.cos(np.multiply.outer(angle, turns) + self.phases) @ self.amplitudes
        return np.asarray(self.width / 2 * (1 - self.amplitudes.sum() + wave))

    def holds(self, x: Numbers, y: Numbers) -> NDArray[np.bool_]:
        """Whether points are on land; the middle of the island is the origin."""
        inside: NDArray[np.bool_] = np.hypot(x, y) < self.width / 2 * (1 - 2 * self.amplitudes.sum())
        far = np.flatnonzero(~inside)
        inside[far] = np.hypot(x[far], y[far]) <= self.radius(np.arctan2(y[far], x[far]))
        return inside

    def outline(self, corners: int = 360) -> Polygon:
        """The coast as a polygon."""
        angle = np.linspace(-np.pi, np.pi, corners, endpoint=False)
        radius = self.radius(angle)
        return Polygon(np.column_stack([radius * np.cos(angle), radius * np.sin(angle)]))


@dataclass(frozen=True, slots=True)
class Cities:
    """Cities by rank: `x`, `y` in km, `share` of the urban addresses, `radius` in km; shape (cities,)."""

    x: Numbers
    y: Numbers
    share: Numbers
    radius: Numbers


def draw_island(width: float, rng: np.random.Generator) -> Island:
    """An island that fits in a square of the given width."""
    amplitudes = 0.06 * rng.random(5) / np.arange(1, 6)
    return Island(width, amplitudes, rng.uniform(0, 2 * np.pi, 5))


def draw_cities(island: Island, count: int, rng: np.random.Generator) -> Cities:
    """Cities whose sizes follow Zipf's rank-size rule, the largest ones far from each other.

    Each city takes, of ten places on land, the one farthest from the cities already there.
    """
    places = np.empty((count, 2))
    for rank in range(count):
        candidates = np.column_stack(draw_land(island, 10, rng))
        if rank:
            distance, _ = cKDTree(places[:rank]).query(candidates)
            candidates = candidates[np.argsort(distance)[::-1]]
        places[rank] = candidates[0]
    share = 1 / np.arange(1, count + 1)
    radius = LARGEST_CITY_RADIUS * island.width * np.sqrt(share)
    return Cities(places[:, 0], places[:, 1], share / share.sum(), radius)


def draw_sites(
    island: Island, cities: Cities, count: int, rng: np.random.Generator
) -> tuple[Numbers, Numbers]:
    """Sites of `count` establishments, x and y in km, in random order; some share an address.

    The density of a city falls exponentially with the distance from its centre.
    """
    crowd = np.minimum(1 + (rng.pareto(SHARED_ADDRESS, count)).astype(np.int64), LARGEST_ADDRESS)
    addresses = int(np.searchsorted(np.cumsum(crowd), count)) + 1
    city = rng.choice(len(cities.share), addresses, p=cities.share)
    urban = rng.random(addresses) < URBAN_SHARE
    x, y = np.empty(addresses), np.empty(addresses)
    waiting = np.arange(addresses)
    while len(waiting):
        x[waiting], y[waiting] = _anywhere(island, len(waiting), rng)
        town = waiting[urban[waiting]]
        # In the plane, an exponential density is a distance drawn from a gamma law of shape two.
        distance = rng.gamma(2.0, cities.radius[city[town]])
        angle = rng.uniform(0, 2 * np.pi, len(town))
        x[town] = cities.x[city[town]] + distance * np.cos(angle)
        y[town] = cities.y[city[town]] + distance * np.sin(angle)
        waiting = waiting[~island.holds(x[waiting], y[waiting])]
    at = rng.permutation(np.repeat(np.arange(addresses), crowd[:addresses])[:count])
    return x[at], y[at]


def draw_land(island: Island, count: int, rng: np.random.Generator) -> tuple[Numbers, Numbers]:
    """Places spread evenly over the land."""
    x, y = _anywhere(island, 2 * count + 20, rng)
    kept = np.flatnonzero(island.holds(x, y))
    if len(kept) < count:
        return draw_land(island, count, rng)
    return x[kept[:count]], y[kept[:count]]


def draw_disc(
    x: float, y: float, radius: float, count: int, rng: np.random.Generator
) -> tuple[Numbers, Numbers]:
    """Points spread evenly over a disc."""
    distance = radius * np.sqrt(rng.random(count))
    angle = rng.uniform(0, 2 * np.pi, count)
    return x + distance * np.cos(angle), y + distance * np.sin(angle)


def draw_regions(island: Island, cities: Cities, count: int) -> tuple[cKDTree, list[BaseGeometry]]:
    """Regions around the largest cities: a tree that finds the nearest capital, and their polygons."""
    count = min(count, len(cities.x))
    capitals = np.column_stack([cities.x[:count], cities.y[:count]])
    outline = island.outline()
    tree = cKDTree(capitals)
    if count == 1:
        return tree, [outline]
    cells = list(voronoi_polygons(MultiPoint(capitals), extend_to=outline).geoms)
    polygons = [
        next(cell for cell in cells if cell.covers(Point(capital))).intersection(outline)
        for capital in capitals
    ]
    return tree, polygons


def _anywhere(island: Island, count: int, rng: np.random.Generator) -> tuple[Numbers, Numbers]:
    half = island.width / 2
    return rng.uniform(-half, half, count), rng.uniform(-half, half, count)
