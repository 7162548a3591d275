"""Declared clusters beside detected concentrations: declared and seen, not seen, not covered, not declared.

Data show concentrations; a cluster also cooperates. A cluster is *seen* when a concentration of its activity
stands near one of its places. One that is not seen is never said to be absent: either the register covers
its place and activity and shows no concentration there, or it does not cover them, and the reason is given.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from scipy.spatial import cKDTree

from grappe.agglomeration.activities import Closeness, Concordance
from grappe.agglomeration.matching import DeclaredCluster, DeclaredPlace, SectorRule, Thresholds, Verdict
from grappe.agglomeration.points import Points
from grappe.agglomeration.spotted import Concentration, Concentrations

_GRID_KM = (0.5, 1.0, 2.0)
"""Multiples of the distance at which verdicts are asked again."""


@dataclass(frozen=True, slots=True)
class Match:
    """A cluster and a concentration that are one place and one activity, and how nearly."""

    concentration: str
    km: float
    place: str
    place_name: str
    role: str
    closeness: Closeness


@dataclass(frozen=True, slots=True)
class Judged:
    """A declared cluster under the register.

    `matches` come the nearest first. `why` is a code where the register cannot tell: ``no_place``,
    ``place_outside_register``, ``activity_unknown``, ``activity_not_in_register``, ``too_few_to_test``.
    `establishments` counts those of its activity in the register, `near` those of them near its places.
    `industries` are the codes of the register that are its activity. `elsewhere` is the nearest concentration
    of its activity that is too far to match, with its distance. `grid` holds the verdict at other
    thresholds; `steady` tells whether it is the same at all of them.
    """

    cluster: DeclaredCluster
    verdict: Verdict
    matches: tuple[Match, ...]
    why: str | None
    industries: tuple[str, ...]
    establishments: int
    near: int
    elsewhere: Match | None
    grid: tuple[tuple[float, SectorRule, Verdict], ...]

    @property
    def steady(self) -> bool:
        """Whether other thresholds would give the same verdict."""
        return len({verdict for _, _, verdict in self.grid}) <= 1


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A declared or potential cluster near a concentration that it does not match, and what differs."""

    cluster: str
    name: str
    km: float
    closeness: Closeness


@dataclass(frozen=True, slots=True)
class Undeclared:
    """A concentration that no declared cluster matches: its dossier, without any name of a firm.

    `near` names the nearest known place and its distance in km. `neighbours` are declared clusters near by,
    `potential` those that a source names as possible, near by and of this activity. `grid` tells at which
    thresholds of matching a declared cluster would match; `holds` whether it would still be reported at
    stricter thresholds of detection, by the name of the threshold, None where that was not computed.
    """

    id: str
    concentration: Concentration
    isic: tuple[str, ...]
    near: tuple[str, float] | None
    neighbours: tuple[Neighbour, ...]
    potential: tuple[Neighbour, ...]
    grid: tuple[tuple[float, SectorRule, bool], ...]
    holds: Mapping[str, bool | None]

    @property
    def steady(self) -> bool:
        """Whether it stays undeclared at all thresholds of matching."""
        return not any(matched for _, _, matched in self.grid)


@dataclass(frozen=True, slots=True)
class DeclaredAndSeen:
    """The census beside a register: every declared cluster judged, every concentration matched or not.

    `unread` lists codes of industries that the concordance cannot read: concentrations of these stand
    apart, as nothing declared could ever match them.
    """

    found: Concentrations
    clusters: tuple[Judged, ...]
    undeclared: tuple[Undeclared, ...]
    thresholds: Thresholds
    unread: tuple[str, ...]

    def of(self, verdict: Verdict) -> tuple[Judged, ...]:
        """Clusters under one verdict, in alphabetical order."""
        return tuple(one for one in self.clusters if one.verdict is verdict)

    @property
    def matched(self) -> frozenset[str]:
        """Ids of the concentrations that a declared cluster matches."""
        return frozenset(m.concentration for one in self.clusters for m in one.matches)


STRICTER: Mapping[str, tuple[str, float]] = {
    "p_at_most_0.01": ("p_value", 0.01),
    "quotient_at_least_2": ("quotient", 2.0),
    "quotient_at_least_3": ("quotient", 3.0),
    "establishments_at_least_20": ("establishments", 20.0),
    "stability_at_least_0.75": ("stability", 0.75),
    "votes_at_least_2": ("votes_for", 2.0),
}
"""Stricter thresholds of detection, each with the figure it looks at."""


def concentration_id(one: Concentration) -> str:
    """The name of a concentration within a result: its industry and number."""
    return f"{one.industry}/{one.number}"


def declared_and_seen(
    points: Points,
    found: Concentrations,
    clusters: Iterable[DeclaredCluster],
    concordance: Concordance,
    thresholds: Thresholds | None = None,
    *,
    places: Sequence[DeclaredPlace] = (),
) -> DeclaredAndSeen:
    """Match declared clusters with the concentrations of a register, by place and by activity.

    Parameters
    ----------
    points : Points
        The whole register that `found` was made from.
    found : Concentrations
        What `spot` answered.
    clusters : iterable of DeclaredCluster
        Those of the country of the register; potential ones are only a remark.
    concordance : Concordance
        How the codes of the register are read.
    thresholds : Thresholds, optional
        What counts as one place and one activity.
    places : sequence of DeclaredPlace
        Places by whose names concentrations are called.

    Returns
    -------
    DeclaredAndSeen

    Raises
    ------
    pyproj.exceptions.CRSError
        If the projection of the points is none.

    Examples
    --------
    Twenty oil mills within a kilometre, and two hundred shops over a square of 100 km.

    >>> from grappe.agglomeration import Activity, read_points, spot
    >>> rng = np.random.default_rng(1)
    >>> x, y = np.hstack([rng.normal(20, 0.3, (2, 20)), rng.uniform(0, 100, (2, 200))])
    >>> register, _ = read_points({"x": x, "y": y, "industry": ["1040"] * 20 + ["4711"] * 200})
    >>> found = spot(register, resamples=0)
    >>> oil = Activity(narrow=("1040",))
    >>> near, far = (DeclaredPlace(n, n, "seat", *xy) for n, xy in (("A", (20, 20)), ("B", (80, 80))))
    >>> declared = [DeclaredCluster(p.id, p.id, None, None, oil, (p,)) for p in (near, far)]
    >>> answer = declared_and_seen(register, found, declared, Concordance())
    >>> [(one.cluster.id, str(one.verdict)) for one in answer.clusters], len(answer.undeclared)
    ([('A', 'seen'), ('B', 'not_seen')], 0)
    """
    chosen = thresholds or Thresholds()
    known = sorted(clusters, key=lambda one: (one.name.casefold(), one.id))
    return _Comparison(points, found, known, concordance, chosen, places).answer()


class _Comparison:
    """Distances and closenesses once, read at several thresholds."""

    def __init__(
        self,
        points: Points,
        found: Concentrations,
        clusters: Sequence[DeclaredCluster],
        concordance: Concordance,
        thresholds: Thresholds,
        places: Sequence[DeclaredPlace],
    ) -> None:
        self.points, self.found, self.thresholds = points, found, thresholds
        self.clusters = clusters
        self.isic = {code: concordance.isic(code) for code in points.industries}
        self.counts = dict(zip(points.industries, points.counts().tolist(), strict=True))
        self.tested = {one.industry for one in found.industries if one.why is None}
        self.tree = cKDTree(np.column_stack([points.x, points.y]))
        self.spots = tuple(found)
        self.ground = np.array([one.polygon for one in self.spots], dtype=object)
        self.at = {one.id: on_plane(points, one.places) for one in clusters}
        self.km = {one.id: self._distances(self.at[one.id]) for one in clusters}
        self.named = [(place, xy) for place, xy in zip(places, on_plane(points, places), strict=True)]
        self.grid = [
            Thresholds(chosen * thresholds.max_km, rule) for chosen in _GRID_KM for rule in SectorRule
        ]

    def answer(self) -> DeclaredAndSeen:
        declared = [one for one in self.clusters if not one.potential]
        judged = tuple(self._judge(one) for one in declared)
        matched = {m.concentration for one in judged for m in one.matches}
        at_grid = [
            {m.concentration for one in declared for m in self._matches(one, limits)} for limits in self.grid
        ]
        undeclared = tuple(
            self._undeclared(position, one, at_grid)
            for position, one in enumerate(self.spots)
            if concentration_id(one) not in matched
        )
        unread = tuple(code for code, isic in self.isic.items() if not isic)
        return DeclaredAndSeen(self.found, judged, undeclared, self.thresholds, unread)

    def _distances(self, places: NDArray[np.float64]) -> NDArray[np.float64]:
        """Kilometres from each place to each footprint, shape (places, footprints); zero inside."""
        if not len(places) or not len(self.ground):
            return np.zeros((len(places), len(self.ground)))
        spots = shapely.points(places)[:, None]
        distances: NDArray[np.float64] = shapely.distance(spots, self.ground[None, :])
        return distances

    def _matches(self, cluster: DeclaredCluster, limits: Thresholds) -> Iterator[Match]:
        for position, one in enumerate(self.spots):
            match = self._match(cluster, position, one)
            if (
                match is not None
                and match.km <= limits.max_km
                and limits.same_activity(match.closeness, cluster.activity)
            ):
                yield match

    def _match(self, cluster: DeclaredCluster, position: int, one: Concentration) -> Match | None:
        """The nearest place of a cluster to a concentration, whatever the activity."""
        if not cluster.places:
            return None
        kms = self.km[cluster.id][:, position]
        nearest = int(kms.argmin())
        place = cluster.places[nearest]
        return Match(
            concentration_id(one), float(kms[nearest]), place.id, place.name, place.role,
            cluster.activity.closeness(self.isic[one.industry]),
        )  # fmt: skip

    def _codes(self, cluster: DeclaredCluster, limits: Thresholds) -> tuple[str, ...]:
        """Codes of the register that are the activity of a cluster."""
        return tuple(
            code
            for code, isic in self.isic.items()
            if limits.same_activity(cluster.activity.closeness(isic), cluster.activity)
        )

    def _around(self, cluster: DeclaredCluster, km: float) -> NDArray[np.int64]:
        """Positions of the establishments near a place of a cluster."""
        near = [self.tree.query_ball_point(xy, km) for xy in self.at[cluster.id]]
        return np.unique(np.concatenate([np.array(one, np.int64) for one in near] or [np.empty(0, np.int64)]))

    def _why_not(self, cluster: DeclaredCluster, limits: Thresholds, around: int) -> str | None:
        """Why the register cannot tell of a cluster; nothing where it can."""
        if not cluster.places:
            return "no_place"
        if not around:
            return "place_outside_register"
        wide = limits.sector is not SectorRule.NEVER and cluster.activity.sector
        if not cluster.activity.narrow and not wide:
            return "activity_unknown"
        codes = self._codes(cluster, limits)
        if not codes:
            return "activity_not_in_register"
        return None if self.tested.intersection(codes) else "too_few_to_test"

    def _verdict(self, cluster: DeclaredCluster, limits: Thresholds) -> Verdict:
        if next(self._matches(cluster, limits), None) is not None:
            return Verdict.SEEN
        around = len(self._around(cluster, limits.max_km))
        covered = self._why_not(cluster, limits, around) is None
        return Verdict.NOT_SEEN if covered else Verdict.NOT_COVERED

    def _judge(self, cluster: DeclaredCluster) -> Judged:
        limits = self.thresholds
        matches = tuple(sorted(self._matches(cluster, limits), key=lambda one: (one.km, one.concentration)))
        around = self._around(cluster, limits.max_km)
        why = None if matches else self._why_not(cluster, limits, len(around))
        verdict = Verdict.SEEN if matches else Verdict.NOT_SEEN if why is None else Verdict.NOT_COVERED
        codes = self._codes(cluster, limits)
        own = [position for position, code in enumerate(self.points.industries) if code in set(codes)]
        return Judged(
            cluster=cluster,
            verdict=verdict,
            matches=matches,
            why=why,
            industries=codes,
            establishments=sum(self.counts[code] for code in codes),
            near=int(np.isin(self.points.industry[around], own).sum()),
            elsewhere=None if matches else self._elsewhere(cluster),
            grid=tuple(
                (other.max_km, other.sector, self._verdict(cluster, other)) for other in self.grid
            ),
        )  # fmt: skip

    def _elsewhere(self, cluster: DeclaredCluster) -> Match | None:
        """The nearest concentration of the activity of a cluster, too far to match."""
        anywhere = Thresholds(1e6, self.thresholds.sector)
        return min(self._matches(cluster, anywhere), key=lambda one: one.km, default=None)

    def _undeclared(self, position: int, one: Concentration, at_grid: list[set[str]]) -> Undeclared:
        name = concentration_id(one)
        near = sorted(self._neighbours(position, one), key=lambda pair: pair[1].km)
        same = self.thresholds.same_activity
        return Undeclared(
            id=name,
            concentration=one,
            isic=self.isic[one.industry],
            near=self._name(one),
            neighbours=tuple(n for c, n in near if not c.potential)[:5],
            potential=tuple(n for c, n in near if c.potential and same(n.closeness, c.activity)),
            grid=tuple(
                (limits.max_km, limits.sector, name in matched)
                for limits, matched in zip(self.grid, at_grid, strict=True)
            ),
            holds={
                key: _holds(getattr(one, figure), key, needed) for key, (figure, needed) in STRICTER.items()
            },
        )  # fmt: skip

    def _neighbours(self, position: int, one: Concentration) -> Iterator[tuple[DeclaredCluster, Neighbour]]:
        """Clusters within twice the distance of matching."""
        for cluster in self.clusters:
            match = self._match(cluster, position, one)
            if match is not None and match.km <= 2 * self.thresholds.max_km:
                yield cluster, Neighbour(cluster.id, cluster.name, match.km, match.closeness)

    def _name(self, one: Concentration) -> tuple[str, float] | None:
        """The place of the census nearest to the middle of a concentration, within 100 km."""
        middle = np.array([one.x, one.y])
        kms = [(float(np.hypot(*(xy - middle))), place.name) for place, xy in self.named]
        km, name = min(kms, default=(np.inf, ""))
        return (name, km) if km <= 100 else None


def on_plane(points: Points, places: Sequence[DeclaredPlace]) -> NDArray[np.float64]:
    """Places on the plane of a register, in km, shape (places, 2)."""
    if not places:
        return np.empty((0, 2))
    x, y = (np.array([getattr(one, axis) for one in places], np.float64) for axis in ("x", "y"))
    if points.crs is not None:
        x, y = Transformer.from_crs(CRS("EPSG:4326"), CRS(points.crs), always_xy=True).transform(x, y)
    return np.column_stack([x, y])


def _holds(seen: Any, name: str, needed: float) -> bool | None:
    if seen is None:
        return None
    return bool(seen <= needed) if "at_most" in name else bool(seen >= needed)
