"""Marcon and Puech's M of every industry at once, each tested against labels drawn at random."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.spatial.distance import pdist

from grappe.agglomeration.bands import bands, p_values
from grappe.agglomeration.distance_test import DistanceTest, IndustryTest, Method, Verdict, judged
from grappe.agglomeration.kd_curve import checked_distances
from grappe.agglomeration.localise import MIN_ESTABLISHMENTS, in_order
from grappe.agglomeration.m_null import (
    curves_around,
    curves_of,
    shares_around,
    simulated,
    surroundings,
)
from grappe.agglomeration.points import Points, read_points
from grappe.agglomeration.rings import curve_order
from grappe.domain.errors import InputRefused

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

DISTANCES = 60
"""Distances of a test beside zero, where none are given."""

SAMPLED = 2_000
"""Sites whose pairs are looked at to choose the range of distances."""


def m_test(
    points: Any,
    *,
    distances: ArrayLike | None = None,
    neighbour: str | None = None,
    x: str = "x",
    y: str = "y",
    lon: str | None = None,
    lat: str | None = None,
    industry: str = "industry",
    weight: str | None = None,
    unit: Literal["km", "m"] = "km",
    simulations: int = 1000,
    level: float = 0.05,
    min_establishments: int = MIN_ESTABLISHMENTS,
    seed: int = 0,
    coverage: str | None = None,
    skip_bad_rows: bool = False,
    progress: Callable[[int, int], object] | None = None,
) -> DistanceTest:
    """Test of relative concentration, or of dispersion, of every industry of a register.

    The curve of an industry is `m_curve` of its establishments around one another. It is compared with
    curves of as many establishments drawn without replacement from the whole register (random
    labelling): sites and weights stay where they are, labels move. The bands are those of `bands`, and
    hold over the whole range of distances at once.

    With `neighbour`, the curve is M of that industry around each other industry. Under the null its
    establishments stay in place, and those of the other industry are drawn from the rest of the
    register. The industry itself is tested as without `neighbour`.

    Parameters
    ----------
    points : Ibis table, pandas, polars, Arrow, or Points
        One row per establishment, see `read_points`.
    distances : array of shape (distances,), optional
        In km, none negative. By default 61 of them, from 0 to the median distance between two
        establishments (of 2,000 of them, evenly spread, in a larger register), the k-th at the share
        ``(k / 60)²`` of it: M is read at short distances first, and is 1 where it holds everything.
    neighbour : str, optional
        Industry looked for around every other.
    x, y, lon, lat, industry, weight : str
        Names of columns, see `read_points`.
    unit : {"km", "m"}
        Unit of `x` and `y`.
    simulations : int
        Curves behind the bands. Industries of one size share them. With the default distances, fewer than
        some 600 may not go far enough out for a level of 5 %: a curve that leaves such a band is untestable.
    level : float
        Level of the test on each side, localisation and dispersion.
    min_establishments : int
        Industries with fewer establishments are not tested.
    seed : int
        Seed of the draws. The same seed gives the same verdicts, on any number of processors and in any
        order of the rows.
    coverage : str, optional
        What the register holds and what it leaves out, kept with the answer.
    skip_bad_rows : bool
        Set bad rows aside and go on; they are listed in the answer.
    progress : callable, optional
        Called with the number of industries done and their total.

    Returns
    -------
    DistanceTest
        With `function` ``m``. An industry that cannot be tested says why: ``one_establishment``,
        ``too_few_establishments``, ``too_few_simulations`` (it leaves a band that so few draws could not
        bring to the level), ``no_weight`` (all its establishments have weight zero, or all those of
        `neighbour`), ``whole_population`` (no site is left to draw another sample from),
        ``population_at_one_place``, ``no_neighbour_in_range`` (no establishment has one at any of the
        distances).

    Raises
    ------
    InputRefused
        As `read_points` does; ``unknown_industry`` for a `neighbour` that no row has; ``bad_distances``;
        ``too_few_simulations`` if they cannot reach the level.
    ValueError
        If the level is not between 0 and 1, or `min_establishments` is below two.

    References
    ----------
    E. Marcon and F. Puech, "Measures of the geographic concentration of industries: improving
    distance-based methods", Journal of Economic Geography 10, 2010.
    G. Duranton and H. G. Overman, "Testing for localization using micro-geographic data", Review of
    Economic Studies 72, 2005, section 3.3 (global bands).

    Examples
    --------
    Twelve wool mills in one valley, and sixty oil mills on a square of 40 km.

    >>> rng = np.random.default_rng(1)
    >>> valley, square = rng.uniform(0, 2, (2, 12)), rng.uniform(0, 40, (2, 60))
    >>> x, y = np.hstack([valley, square])
    >>> test = m_test({"x": x, "y": y, "industry": ["wool"] * 12 + ["oil"] * 60})
    >>> str(test["wool"].verdict), test["wool"].simulations
    ('localised', 1000)
    """
    if not 0 < level < 1:
        raise ValueError(f"A level lies between 0 and 1; {level} does not.")
    if min_establishments < 2:
        raise ValueError("M compares an establishment with others: an industry has at least two.")
    if simulations * level < 1:
        raise InputRefused("too_few_simulations", simulations=simulations, needed=int(np.ceil(1 / level)))
    register, set_aside = read_points(
        points, x=x, y=y, lon=lon, lat=lat, industry=industry, weight=weight, unit=unit,
        skip_bad_rows=skip_bad_rows,
    )  # fmt: skip
    register = in_order(register)
    wanted = _default_distances(register) if distances is None else np.unique(checked_distances(distances))
    plan = _Plan(register, neighbour, simulations, level, seed)
    reasons = _why_not(register, neighbour, min_establishments)
    found = {
        name: _untestable(plan, name, why)
        for name, why in zip(register.industries, reasons, strict=True)
        if why
    }
    tests = _tested(plan, wanted, [name for name in register.industries if name not in found])
    for one in tests:
        found[one.industry] = one
        if progress is not None:
            progress(len(found), len(register.industries))
    settings = {
        "null": "random labelling", "neighbour": neighbour, "level": level, "simulations": simulations,
        "seed": seed, "population": len(register), "weighted": register.weight is not None,
        "min_establishments": min_establishments, "coverage": coverage, "crs": register.crs,
        "distortion": register.distortion,
    }  # fmt: skip
    return DistanceTest(
        function="m", distances=wanted, industries=tuple(found[name] for name in register.industries),
        settings=settings, set_aside=tuple(set_aside),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Plan:
    """What every industry is tested with."""

    register: Points
    neighbour: str | None
    simulations: int
    level: float
    seed: int

    def weight_of(self, industry: str) -> float:
        """Weight of an industry; its establishments where each counts as one."""
        return float(_weights(self.register)[self.register.industry == self.code(industry)].sum())

    def code(self, industry: str) -> int:
        """Position of an industry."""
        return self.register.industries.index(industry)


def _weights(register: Points) -> Floats:
    return np.ones(len(register)) if register.weight is None else register.weight


def _default_distances(register: Points) -> Floats:
    """Distances from zero to the median distance between two establishments, the shortest ones densest."""
    order = curve_order(register.x, register.y)[:: -(-len(register) // SAMPLED)]
    pairs = pdist(np.column_stack([register.x[order], register.y[order]]))
    largest = float(np.median(pairs)) if len(pairs) else 0.0
    # Where most establishments share one address, the median says nothing of the others.
    largest = largest or float(pairs.max(initial=0.0))
    return np.unique(largest * np.linspace(0, 1, DISTANCES + 1) ** 2)


def _why_not(register: Points, neighbour: str | None, least: int) -> list[str | None]:
    """The reason why each industry cannot be tested, None where it can."""
    counts = register.counts()
    weights = np.bincount(register.industry, weights=register.weight, minlength=len(counts))
    beside = len(register.of(neighbour)) if neighbour is not None else 0
    weightless = neighbour is not None and weights[register.industries.index(neighbour)] == 0
    one_place = bool(np.ptp(register.x) == 0 and np.ptp(register.y) == 0)
    reasons: list[str | None] = []
    for name, count, weight in zip(register.industries, counts.tolist(), weights.tolist(), strict=True):
        left = len(register) - (beside if name != neighbour else 0)
        checks = {
            "one_establishment": count == 1,
            "too_few_establishments": count < least,
            "population_at_one_place": one_place,
            "whole_population": count == left,
            "no_weight": weightless if neighbour is not None else weight == 0,
        }
        reasons.append(next((why for why, met in checks.items() if met), None))
    return reasons


def _untestable(plan: _Plan, industry: str, why: str) -> IndustryTest:
    return IndustryTest(
        industry=industry, establishments=len(plan.register.of(industry)), weight=plan.weight_of(industry),
        verdict=Verdict.UNTESTABLE, why=why,
    )  # fmt: skip


def _tested(plan: _Plan, distances: Floats, industries: Sequence[str]) -> Iterator[IndustryTest]:
    """The test of each industry that can be tested; the null is made once for each size."""
    if not industries:
        return
    register = plan.register
    around = surroundings(register.x, register.y, register.weight, distances)
    labels = register.industry[around.order]
    own = [name for name in industries if plan.neighbour in (None, name)]
    yield from _by_size(plan, own, lambda drawn: curves_of(around, drawn), labels)
    if plan.neighbour is not None:
        beside = labels == plan.code(plan.neighbour)
        candidates = np.flatnonzero(~beside)
        shares, expected = shares_around(around, np.flatnonzero(beside), candidates)
        others = [name for name in industries if name != plan.neighbour]
        yield from _by_size(
            plan, others, lambda drawn: curves_around(shares, expected, drawn), labels[candidates]
        )


def _by_size(
    plan: _Plan, industries: Sequence[str], curves: Callable[[Indices], Floats], labels: NDArray[np.int32]
) -> Iterator[IndustryTest]:
    """Tests of industries, those of one size against the same curves; `labels` are those of the sites."""
    places = {name: np.flatnonzero(labels == plan.code(name)) for name in industries}
    for size in sorted({len(place) for place in places.values()}):
        drawn = simulated(curves, len(labels), size, plan.simulations, plan.seed)
        for name, place in places.items():
            if len(place) == size:
                yield _judged(plan, name, curves(place[None])[0], drawn)


def _judged(plan: _Plan, industry: str, curve: Floats, drawn: Floats) -> IndustryTest:
    if np.isnan(curve).all():
        return _untestable(plan, industry, "no_neighbour_in_range")
    defined = ~np.isnan(drawn)
    mean = np.where(defined, drawn, 0.0).sum(axis=0) / np.maximum(defined.sum(axis=0), 1)
    large, small = p_values(curve, drawn)
    return judged(
        industry=industry, establishments=len(plan.register.of(industry)), weight=plan.weight_of(industry),
        curve=curve, mean=np.where(defined.any(axis=0), mean, np.nan), bands=bands(drawn, plan.level),
        level=plan.level, method=Method.SIMULATED, simulations=len(drawn),
        p_localised=large, p_dispersed=small,
    )  # fmt: skip
