"""Does the map of clusters follow the map of large cities? Seats and production territories against towns.

A cluster is *in a large city* if one of its places lies within `NEAR_KM` of a town of at least `LARGE`
inhabitants. The yardstick is the share of the towns' population that lives in large cities: were clusters
spread as the townspeople are, that share of them would be there.
"""

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import asin, cos, radians, sin, sqrt

from grappe.census.disputes import shown_field
from grappe.census.facts import Facts
from grappe.census.intervals import Share, wilson
from grappe.census.row import ClusterRow, place_ids
from grappe.domain.dates import PartialDate

LARGE = 250_000
"""Inhabitants from which a town is a large city; others are in `THRESHOLDS`."""
THRESHOLDS = (100_000, 250_000, 500_000)
NEAR_KM = 20.0
"""Distance up to which a place is of a city; others are in `RADII`."""
RADII = (10.0, 20.0, 40.0)
_EARTH_KM = 6371.0088
_POINTS = ("town", "site")
"""Kinds of place whose point tells where they are; a region or a valley has no such point."""


@dataclass(frozen=True, slots=True)
class City:
    """A town of the gazetteer; population in inhabitants."""

    id: str
    country: str
    name: str
    lat: float
    lon: float
    population: int


@dataclass(frozen=True, slots=True)
class UrbanShares:
    """Clusters of one group that are in a large city, with the lists of ids behind the counts.

    `unknown` are clusters of which no place with a point is told: they are in no denominator.
    """

    group: str
    share: Share
    inside: tuple[str, ...]
    outside: tuple[str, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UrbanMap:
    """The map of clusters against that of large cities, for one kind of place and one pair of thresholds."""

    by: str
    large: int
    near_km: float
    groups: tuple[UrbanShares, ...]
    population_share: float
    population: int

    def group(self, name: str) -> UrbanShares:
        """The shares of one group."""
        return next(one for one in self.groups if one.group == name)

    @property
    def verdict(self) -> str:
        """What the shares say of the claim: clusters follow the large cities, agri-food apart.

        ``supported`` if the clusters other than agri-food are in large cities no less often than the
        townspeople, and agri-food clusters so much less often that the two intervals do not meet;
        ``contradicted`` if the others are surely there less often than the townspeople, or agri-food
        clusters surely more often than the others; else ``cannot_tell``.
        """
        others, agri = self.group("others").share, self.group("agri_food").share
        if others.value is None or agri.value is None:
            return "cannot_tell"
        assert others.low is not None
        assert others.high is not None
        assert agri.low is not None
        assert agri.high is not None
        if others.high < self.population_share or agri.low > others.high:
            return "contradicted"
        return "supported" if agri.high < others.low else "cannot_tell"


@cache
def cities() -> tuple[City, ...]:
    """Towns of 50,000 inhabitants and more of Morocco, Algeria and Tunisia, by country and size."""
    text = (files("grappe.census") / "cities.csv").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return tuple(
        City(r["geonames"], r["country"], r["name"], float(r["lat"]), float(r["lon"]), int(r["population"]))
        for r in csv.DictReader(lines)
    )


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Great-circle distance of two points ``(lat, lon)`` in degrees, in kilometres.

    >>> round(kilometres((33.59, -7.61), (34.01, -6.83)))
    86
    """
    (lat1, lon1), (lat2, lon2) = (tuple(map(radians, point)) for point in (one, other))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(half))


def urban_map(
    facts: Facts,
    rows: Iterable[ClusterRow],
    on: PartialDate,
    *,
    by: str = "place",
    large: int = LARGE,
    near_km: float = NEAR_KM,
    towns: Sequence[City] | None = None,
) -> UrbanMap:
    """The share of clusters in large cities, by group, against the share of townspeople there.

    Parameters
    ----------
    facts : clusters and their places, with points
    rows : the clusters counted; those of countries without a town in `towns` are left out
    on : day asked
    by : ``place`` for seats, ``territory`` for production territories
    large : inhabitants from which a town is a large city
    near_km : kilometres up to which a place is of a city
    towns : towns; by default those of the gazetteer

    Returns
    -------
    UrbanMap
        With the groups ``others``, ``agri_food`` and ``creative``.
    """
    known = cities() if towns is None else tuple(towns)
    countries = {town.country for town in known}
    big = [town for town in known if town.population >= large]
    found: dict[str, dict[bool | None, list[str]]] = {
        name: {True: [], False: [], None: []} for name in ("others", "agri_food", "creative")
    }
    near: dict[str, bool | None] = {}
    for row in rows:
        if row.country in countries:
            inside = _inside(facts, row, on, by, near, lambda point: _near_any(point, big, near_km))
            found[group_of(row)][inside].append(row.id)
    people = sum(town.population for town in known)
    return UrbanMap(
        by=by,
        large=large,
        near_km=near_km,
        groups=tuple(_shares(name, ids) for name, ids in found.items()),
        population_share=sum(town.population for town in big) / people if people else 0.0,
        population=people,
    )


def group_of(row: ClusterRow) -> str:
    """Group in which a cluster is compared: creative, agri-food (sector 1), or any other."""
    if row.creative or row.sector == 7:
        return "creative"
    return "agri_food" if row.sector == 1 else "others"


def _shares(name: str, ids: Mapping[bool | None, Sequence[str]]) -> UrbanShares:
    inside, outside = ids[True], ids[False]
    share = wilson(len(inside), len(inside) + len(outside))
    return UrbanShares(name, share, tuple(inside), tuple(outside), tuple(ids[None]))


def _inside(
    facts: Facts,
    row: ClusterRow,
    on: PartialDate,
    by: str,
    near: dict[str, bool | None],
    is_near: Callable[[tuple[float, float]], bool],
) -> bool | None:
    """Whether one of a cluster's places is in a large city; `near` keeps what is known of each place."""
    places = place_ids({"place": shown_field(facts, row.id, by, on)})
    for place in places:
        if place not in near:
            point = _point(facts, place)
            near[place] = None if point is None else is_near(point)
    known = [found for place in places if (found := near[place]) is not None]
    return any(known) if known else None


def _near_any(point: tuple[float, float], towns: Sequence[City], near_km: float) -> bool:
    return any(kilometres(point, (town.lat, town.lon)) <= near_km for town in towns)


def _point(facts: Facts, place: str) -> tuple[float, float] | None:
    kind = [s.value for s in facts.statements(place, "place_kind")]
    if not kind or kind[0] not in _POINTS:
        return None
    found = [facts.statements(place, name) for name in ("lat", "lon")]
    if not all(found):
        return None
    lat, lon = (float(str(rows[0].value)) for rows in found)
    return lat, lon
