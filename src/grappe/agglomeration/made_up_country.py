"""A made-up country whose concentrations are known: a yardstick for tests, benchmarks and lessons.

Sites come first, labels second. Neutral industries are drawn from all sites before any other, so each
is exactly a draw without replacement from the whole register: the null hypothesis of every test of
localisation. Localised and dispersed industries share what is left.
"""

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from scipy.spatial import cKDTree
from shapely.geometry import mapping

from grappe.agglomeration.made_up_sites import (
    Cities,
    Island,
    Numbers,
    draw_cities,
    draw_disc,
    draw_island,
    draw_land,
    draw_regions,
    draw_sites,
)
from grappe.domain.errors import InputRefused

PLANNED = 15
"""Establishments planned for a planted concentration, at least."""

SMALLEST_PLANTED = 10
"""Establishments of a planted concentration, at least: where fewer sites are free, none is planted."""

APART = 5.0
"""Land between two planted concentrations of an industry, in km, at least."""

SMALLEST_SHAPED = 60
"""Establishments of a localised or dispersed industry, at least; smaller ones are neutral."""

MOST_TAKEN = 0.8
"""Share of the free sites inside a planted concentration that its members take, at most."""

INDUSTRY_SPREAD = 1.3
"""Standard deviation of the logarithm of the sizes of industries."""

LONGITUDE, LATITUDE = -32.0, 38.0
"""The island lies in the North Atlantic, where no country is."""

MOST_ESTATES = 0.3
"""Share of all sites that stand in estates, at most."""

DISPERSED_ROOM = 0.03
"""Share of all sites that dispersed industries take, at most: the countryside has no more to spread over."""

ROUNDS = 10
"""Rounds of places drawn for a dispersed industry before it takes any free site."""

FREE = -1


class Kind(StrEnum):
    """How an industry of a made-up country was placed."""

    NEUTRAL = "neutral"
    """A draw without replacement from all sites of the country."""
    LOCALISED = "localised"
    """Part in planted concentrations, the rest a draw from the sites left."""
    DISPERSED = "dispersed"
    """The sites nearest to places drawn evenly over the land: it shuns the crowds of the others."""


@dataclass(frozen=True, slots=True)
class MadeUpCountry:
    """A register and the truth about it.

    `points` has a row per establishment: ``x``, ``y`` (km), ``lon``, ``lat`` where asked, ``industry``,
    ``jobs`` where asked, ``region``. `industries` has the columns ``industry``, ``kind``,
    ``establishments``, ``planted`` (how many stand in planted concentrations); `planted` has a row per
    planted concentration: ``industry``, ``x``, ``y``, ``radius`` (km), ``members``; `member_of`, shape
    (establishments,), is the row of `planted` an establishment belongs to, -1 for none. `regions` has
    ``region``, ``area`` (km²), ``population``, ``polygon`` (GeoJSON geometry on the plane, in km).
    """

    points: pa.Table
    industries: pa.Table
    planted: pa.Table
    member_of: NDArray[np.int32]
    regions: pa.Table
    seed: int

    def kind_of(self) -> dict[str, str]:
        """The kind of each industry."""
        names, kinds = self.industries["industry"], self.industries["kind"]
        return dict(zip(names.to_pylist(), kinds.to_pylist(), strict=True))


def made_up_country(
    establishments: int = 10_000,
    industries: int = 50,
    *,
    seed: int = 0,
    width: float = 400.0,
    localised: float = 0.4,
    dispersed: float = 0.15,
    planted_share: tuple[float, float] = (0.05, 0.25),
    radius: tuple[float, float] = (2.0, 10.0),
    cities: int = 60,
    regions: int = 12,
    weights: bool = True,
    lonlat: bool = False,
) -> MadeUpCountry:
    """A register of a made-up island: cities, countryside, industries placed in known ways.

    Cities follow the rank-size rule; buildings hold several establishments; sizes of industries and of
    establishments have heavy tails. The same arguments give the same country on every machine.

    Parameters
    ----------
    establishments, industries : int
        How many of each; every industry has at least one establishment.
    seed : int
        Seed of all draws.
    width : float
        Width of the island in km.
    localised, dispersed : float
        Shares of the industries of each kind, at most; the others are neutral. Industries of fewer than
        60 establishments are always neutral, and dispersed ones share 3 % of all establishments.
    planted_share : (float, float)
        Range of the share of a localised industry that is planted.
    radius : (float, float)
        Range of the radii of planted concentrations, in km.
    cities, regions : int
        Number of cities, and of regions: the land nearest to each of the largest cities.
    weights : bool
        Whether establishments have ``jobs``.
    lonlat : bool
        Whether they have ``lon`` and ``lat``, in degrees of WGS 84.

    Returns
    -------
    MadeUpCountry

    Raises
    ------
    InputRefused
        If there are fewer establishments than industries, or no industry.
    ValueError
        If the shares of kinds add up to more than one.

    Examples
    --------
    >>> country = made_up_country(3_000, 20, seed=1)
    >>> country.points.num_rows, country.points.column_names
    (3000, ['x', 'y', 'industry', 'jobs', 'region'])
    >>> sorted(set(country.kind_of().values()))
    ['dispersed', 'localised', 'neutral']
    """
    if industries < 1 or establishments < industries:
        raise InputRefused("too_few_to_make_up", establishments=establishments, industries=industries)
    if localised + dispersed > 1 or min(localised, dispersed) < 0:
        raise ValueError("The shares of localised and dispersed industries lie between 0 and 1 in all.")
    rng = np.random.default_rng(seed)
    island = draw_island(width, rng)
    towns = draw_cities(island, cities, rng)
    sizes = _industry_sizes(establishments, industries, rng)
    kinds = _kinds(sizes, localised, dispersed, rng)
    plants = _plan_plants(island, towns, sizes, kinds, planted_share, radius, rng)
    free = 1 - sum(sizes[at] for at, kind in enumerate(kinds) if kind is Kind.NEUTRAL) / establishments
    x, y = _sites(island, towns, establishments, plants, float(free), rng)
    labels, member_of = _label(x, y, sizes, kinds, plants, island, rng)
    # An industry for whose concentrations no site was free has none: all of it is background.
    unplanted = set(range(industries)) - set(labels[member_of >= 0].tolist())
    kinds = [
        Kind.NEUTRAL if kind is Kind.LOCALISED and at in unplanted else kind for at, kind in enumerate(kinds)
    ]
    names = np.array([f"{one + 1:0{len(str(industries))}d}" for one in range(industries)])
    tree, polygons = draw_regions(island, towns, regions)
    region = tree.query(np.column_stack([x, y]))[1]
    region_names = np.array([f"R{one + 1:02d}" for one in range(len(polygons))])
    columns: dict[str, Any] = {"x": x, "y": y}
    if lonlat:
        columns["lon"], columns["lat"] = _degrees(x, y)
    columns["industry"] = _texts(labels, names)
    jobs = _jobs(labels, industries, rng)
    if weights:
        columns["jobs"] = jobs
    columns["region"] = _texts(region, region_names)
    inside = member_of >= 0
    kept, members = np.unique(member_of[inside], return_counts=True)
    member_of[inside] = np.searchsorted(kept, member_of[inside])
    return MadeUpCountry(
        points=pa.table(columns),
        industries=pa.table(
            {
                "industry": names,
                "kind": [str(one) for one in kinds],
                "establishments": sizes,
                "planted": np.bincount(labels[inside], minlength=industries),
            }
        ),
        planted=pa.table(
            {
                "industry": pa.array(names[plants.industry[kept]].tolist(), pa.string()),
                "x": plants.x[kept],
                "y": plants.y[kept],
                "radius": plants.radius[kept],
                "members": members,
            }
        ),
        member_of=member_of,
        regions=_region_table(region, region_names, jobs, polygons, rng),
        seed=seed,
    )


@dataclass(frozen=True, slots=True)
class _Plants:
    """Planted concentrations: position of the industry, centre and radius in km, members wanted."""

    industry: NDArray[np.int64]
    x: Numbers
    y: Numbers
    radius: Numbers
    members: NDArray[np.int64]


def _industry_sizes(establishments: int, industries: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Sizes with a lognormal spread, at least one each, that add up; the largest come first."""
    share = np.sort(rng.lognormal(0.0, INDUSTRY_SPREAD, industries))[::-1]
    spare = (establishments - industries) * share / share.sum()
    sizes: NDArray[np.int64] = 1 + np.floor(spare).astype(np.int64)
    sizes[: establishments - int(sizes.sum())] += 1
    return sizes


def _kinds(
    sizes: NDArray[np.int64], localised: float, dispersed: float, rng: np.random.Generator
) -> list[Kind]:
    """A kind for each industry: the shares asked, among those large enough to have a shape."""
    large = rng.permutation(np.flatnonzero(sizes >= SMALLEST_SHAPED))
    first = min(round(localised * len(sizes)), len(large))
    wanted, room = round(dispersed * len(sizes)), DISPERSED_ROOM * sizes.sum()
    kinds = [Kind.NEUTRAL] * len(sizes)
    for position in large[:first].tolist():
        kinds[position] = Kind.LOCALISED
    for position in large[first:].tolist():
        if wanted and sizes[position] <= room:
            kinds[position] = Kind.DISPERSED
            wanted, room = wanted - 1, room - sizes[position]
    return kinds


def _plan_plants(
    island: Island,
    towns: Cities,
    sizes: NDArray[np.int64],
    kinds: list[Kind],
    planted_share: tuple[float, float],
    radius: tuple[float, float],
    rng: np.random.Generator,
) -> _Plants:
    """One to four concentrations for each localised industry, half of them near a city."""
    rows: list[tuple[float, ...]] = []
    for position, kind in enumerate(kinds):
        if kind is not Kind.LOCALISED:
            continue
        wanted = int(rng.uniform(*planted_share) * sizes[position])
        parts = min(int(rng.integers(1, 5)), max(wanted // PLANNED, 1))
        spare = max(wanted - parts * PLANNED, 0) * rng.dirichlet(np.full(parts, 3.0))
        own: list[tuple[float, float, float]] = []
        for count in (PLANNED + np.floor(spare)).tolist():
            size = float(np.exp(rng.uniform(*np.log(radius))))
            own.append((*_centre(island, towns, size, own, rng), size))
            rows.append((position, *own[-1], count))
    table = np.array(rows, np.float64).reshape(-1, 5)
    return _Plants(
        table[:, 0].astype(np.int64), table[:, 1], table[:, 2], table[:, 3], table[:, 4].astype(np.int64)
    )


def _centre(
    island: Island,
    towns: Cities,
    radius: float,
    others: list[tuple[float, float, float]],
    rng: np.random.Generator,
) -> tuple[float, float]:
    """A place whose disc is on land and apart from the others: near a city, small ones included, or not."""
    half = island.width / 2
    angle = np.linspace(0, 2 * np.pi, 16, endpoint=False)
    while True:
        x, y = rng.uniform(-half, half, 2)
        if rng.random() < 0.5:
            town = rng.integers(len(towns.x))
            spread = 3 * towns.radius[town]
            x, y = rng.normal(towns.x[town], spread), rng.normal(towns.y[town], spread)
        on_land = island.holds(x + radius * np.cos(angle), y + radius * np.sin(angle)).all()
        if on_land and all(np.hypot(x - a, y - b) > radius + c + APART for a, b, c in others):
            return float(x), float(y)


def _sites(
    island: Island,
    towns: Cities,
    establishments: int,
    plants: _Plants,
    free: float,
    rng: np.random.Generator,
) -> tuple[Numbers, Numbers]:
    """All sites in random order: those of the country, and an industrial estate for each planted one.

    `free` is the share of sites that neutral industries leave.
    """
    wanted = plants.members / (MOST_TAKEN * max(free, 0.1))
    # A country is not made of estates alone.
    room = min(1.0, MOST_ESTATES * establishments / max(float(wanted.sum()), 1.0))
    estates = np.floor(room * wanted).astype(np.int64)
    x, y = draw_sites(island, towns, establishments - int(estates.sum()), rng)
    across, above = [x], [y]
    for row, count in enumerate(estates.tolist()):
        new = draw_disc(float(plants.x[row]), float(plants.y[row]), float(plants.radius[row]), count, rng)
        across.append(new[0])
        above.append(new[1])
    order = rng.permutation(establishments)
    return np.concatenate(across)[order], np.concatenate(above)[order]


def _label(
    x: Numbers,
    y: Numbers,
    sizes: NDArray[np.int64],
    kinds: list[Kind],
    plants: _Plants,
    island: Island,
    rng: np.random.Generator,
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """The industry of each site, and the planted concentration it belongs to."""
    labels = np.full(len(x), FREE, np.int32)
    member_of = np.full(len(x), FREE, np.int32)
    # Sites are in random order: the next free ones are a draw without replacement from all.
    start = 0
    for position, kind in enumerate(kinds):
        if kind is Kind.NEUTRAL:
            labels[start : start + sizes[position]] = position
            start += int(sizes[position])
    grid = _Grid(x, y, island.width)
    for row, position in enumerate(plants.industry.tolist()):
        near = grid.within(float(plants.x[row]), float(plants.y[row]), float(plants.radius[row]))
        near = near[labels[near] == FREE]
        most = max(int(MOST_TAKEN * len(near)), SMALLEST_PLANTED)
        taken = rng.permutation(near)[: min(int(plants.members[row]), most)]
        if len(taken) >= SMALLEST_PLANTED:
            labels[taken] = position
            member_of[taken] = row
    if Kind.DISPERSED in kinds:
        tree = cKDTree(np.column_stack([x, y]))
        for position, kind in enumerate(kinds):
            if kind is Kind.DISPERSED:
                spread = _spread_evenly(tree, labels == FREE, int(sizes[position]), island, rng)
                labels[spread] = position
    shaped = np.bincount(labels[labels != FREE], minlength=len(sizes))
    labels[labels == FREE] = rng.permutation(np.repeat(np.arange(len(sizes)), sizes - shaped))
    return labels, member_of


class _Grid:
    """Sites by cell of the plane, to find those near a place without searching all."""

    def __init__(self, x: Numbers, y: Numbers, width: float) -> None:
        self.x, self.y, self.half = x, y, width / 2
        # About 400 columns: a disc then covers few cells, and a cell few sites.
        self.cell = width / 400
        self.columns = 400 + 2
        self.key = self._of(y) * self.columns + self._of(x)
        self.order = np.argsort(self.key, kind="stable")
        self.start = np.concatenate(([0], np.cumsum(np.bincount(self.key, minlength=self.columns**2))))

    def _of(self, values: Numbers | float) -> NDArray[np.int64]:
        inside = np.floor((np.asarray(values) + self.half) / self.cell)
        return np.asarray(np.clip(inside, 0, self.columns - 1), np.int64)

    def within(self, x: float, y: float, radius: float) -> NDArray[np.int64]:
        """Positions of the sites at most `radius` away."""
        first, last = (int(self._of(x + step)) for step in (-radius, radius))
        low, high = (int(self._of(y + step)) for step in (-radius, radius))
        rows = [
            self.order[self.start[row * self.columns + first] : self.start[row * self.columns + last + 1]]
            for row in range(low, high + 1)
        ]
        found = np.concatenate(rows)
        near: NDArray[np.int64] = found[np.hypot(self.x[found] - x, self.y[found] - y) <= radius]
        return near


def _spread_evenly(
    tree: cKDTree, free: NDArray[np.bool_], count: int, island: Island, rng: np.random.Generator
) -> NDArray[np.int64]:
    """The free sites nearest to places drawn evenly over the land, each once."""
    chosen = np.empty(0, np.int64)
    # Towards the end most of the nearest sites are taken: after some rounds, others do.
    for _ in range(ROUNDS):
        places = np.column_stack(draw_land(island, count, rng))
        nearest = tree.query(places)[1]
        nearest = nearest[free[nearest]]
        first = np.sort(np.unique(nearest, return_index=True)[1])
        chosen = np.concatenate([chosen, nearest[first][: count - len(chosen)]])
        free[chosen] = False
        if len(chosen) == count:
            return chosen
    return np.concatenate([chosen, rng.permutation(np.flatnonzero(free))[: count - len(chosen)]])


def _jobs(labels: NDArray[np.int32], industries: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Jobs of each establishment: lognormal around the scale of its industry, at least one."""
    scale = rng.lognormal(1.2, 0.5, industries)
    return np.ceil(scale[labels] * rng.lognormal(0.0, 1.2, len(labels))).astype(np.int64)


def _region_table(
    region: NDArray[np.int64],
    names: NDArray[np.str_],
    jobs: NDArray[np.int64],
    polygons: list[Any],
    rng: np.random.Generator,
) -> pa.Table:
    """Regions with inhabitants in proportion to their jobs, some more and some less."""
    working = np.bincount(region, weights=jobs, minlength=len(names))
    population = np.rint(working * rng.uniform(2.0, 4.0, len(names))).astype(np.int64)
    return pa.table(
        {
            "region": names,
            "area": [float(polygon.area) for polygon in polygons],
            "population": population,
            "polygon": [_geometry(polygon) for polygon in polygons],
        }
    )


def _geometry(polygon: Any) -> str:
    return json.dumps(mapping(polygon))


def _degrees(x: Numbers, y: Numbers) -> tuple[Numbers, Numbers]:
    plane = CRS(f"+proj=laea +lat_0={LATITUDE} +lon_0={LONGITUDE} +datum=WGS84 +units=km")
    lon, lat = Transformer.from_crs(plane, CRS("EPSG:4326"), always_xy=True).transform(x, y)
    return np.asarray(lon), np.asarray(lat)


def _texts(codes: NDArray[Any], names: NDArray[np.str_]) -> pa.Array:
    return pa.DictionaryArray.from_arrays(codes.astype(np.int32), pa.array(names.tolist())).cast(pa.string())
