"""Duranton and Overman's test of localisation, for every industry of a register at once."""

from collections.abc import Callable
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from grappe.agglomeration.counted_sites import count_cells, points_from_cells
from grappe.agglomeration.distance_range import default_distances
from grappe.agglomeration.distance_test import DistanceTest, IndustryTest, Verdict
from grappe.agglomeration.industry_null import Null, NullSettings
from grappe.agglomeration.kd_curve import checked_distances
from grappe.agglomeration.points import Points, read_points
from grappe.domain.errors import InputRefused

Floats = NDArray[np.float64]

MIN_ESTABLISHMENTS = 10
"""Establishments below which an industry is not tested unless asked: the bands are then too wide to tell."""


def localise(
    points: Any,
    *,
    distances: ArrayLike | None = None,
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
    bandwidth: float | None = None,
    method: Literal["auto", "simulated", "closed form"] = "auto",
    cell: float | None = None,
    coverage: str | None = None,
    skip_bad_rows: bool = False,
    progress: Callable[[int, int], object] | None = None,
) -> DistanceTest:
    """Test of localisation, or of dispersion, of every industry of a register.

    The curve of an industry is `kd_curve` of its establishments. It is compared with the curves of as many
    sites drawn without replacement from all sites of the register, the weights of the industry's plants
    shuffled over them; each draw chooses its bandwidth anew, as the industry does. The bands are those of
    `bands` and hold over the whole range of distances at once. Nothing depends on the order of the rows.

    Parameters
    ----------
    points : Ibis table, pandas, polars, Arrow, or Points
        One row per establishment, see `read_points`.
    distances : array of shape (distances,), optional
        In km, none negative. By default 101 of them, evenly spaced from zero to the median distance
        between all pairs of establishments: exact up to 10,000 of them, else read from a grid, within
        0.2 % of the width of the country; ``settings["range"]`` says which.
    x, y, lon, lat, industry, weight : str
        Names of columns, see `read_points`.
    unit : {"km", "m"}
        Unit of `x` and `y`.
    simulations : int
        Draws behind the bands.
    level : float
        Level of the test on each side, localisation and dispersion.
    min_establishments : int
        Industries with fewer establishments are not tested; at least 2.
    seed : int
        Seed of the draws. The same seed gives the same verdicts, on any number of processors.
    bandwidth : float, optional
        In km, for every industry and draw; by default `silverman_bandwidth` up to twice the range.
    method : {"auto", "simulated", "closed form"}
        How bands are made. ``simulated`` computes the curve of every draw from its pairs. ``closed form``
        has the mean and covariance of the null by formula, its shape from an expansion (see
        docs/methods/localise.md). ``auto`` simulates industries of up to 1,000 establishments, and all
        where that takes some ten seconds; it has the others by formula, and simulates again those of up
        to 4,000 whose curve comes near a band, until their verdict is settled.
    cell : float, optional
        In km: establishments are first counted per square cell by the engine that holds the table, and
        moved to the middle of theirs. For tables that outgrow memory.
    coverage : str, optional
        What the register holds and what it leaves out, kept with the answer.
    skip_bad_rows : bool
        Set bad rows aside and go on; they are listed in the answer.
    progress : callable, optional
        Called with the number of industries done and their total.

    Returns
    -------
    DistanceTest
        With `function` ``kd``. Curves are per km: exact up to 30,000 establishments (5,000 where `cell` is
        given), within 1e-3 of the largest value beyond. An industry that cannot be tested says why:
        ``one_establishment``, ``too_few_establishments``, ``no_weight`` (fewer than two of its
        establishments have weight), ``whole_population`` (no site is left to compare with),
        ``population_at_one_place``, ``too_few_simulations`` (it leaves a band that so few draws could not
        bring to the level).
        ``settings["decided"]`` counts the industries by how they were decided, and
        ``settings["monte_carlo_error"]`` is the standard error of a p-value at the level.

    Raises
    ------
    InputRefused
        As `read_points` does; ``bad_distances``, ``bad_bandwidth``, ``bad_cell``; ``too_few_simulations``
        if they cannot reach the level.
    ValueError
        If the level is not between 0 and 1, `min_establishments` is below two, or the method is unknown.

    References
    ----------
    G. Duranton and H. G. Overman, "Testing for localization using micro-geographic data", Review of
    Economic Studies 72, 2005.

    Examples
    --------
    Twelve wool mills in one valley, and sixty oil mills on a square of 40 km.

    >>> rng = np.random.default_rng(1)
    >>> valley, square = rng.uniform(0, 2, (2, 12)), rng.uniform(0, 40, (2, 60))
    >>> x, y = np.hstack([valley, square])
    >>> test = localise({"x": x, "y": y, "industry": ["wool"] * 12 + ["oil"] * 60}, simulations=200)
    >>> str(test["wool"].verdict), str(test["wool"].method), test["wool"].simulations
    ('localised', 'simulated', 200)
    """
    _check(level, min_establishments, simulations, bandwidth, method)
    if cell is None:
        register, set_aside = read_points(
            points, x=x, y=y, lon=lon, lat=lat, industry=industry, weight=weight, unit=unit,
            skip_bad_rows=skip_bad_rows,
        )  # fmt: skip
    else:
        counts, set_aside = count_cells(
            points, x=x, y=y, lon=lon, lat=lat, industry=industry, weight=weight, unit=unit, cell=cell,
            skip_bad_rows=skip_bad_rows,
        )  # fmt: skip
        register = points_from_cells(counts)
    register = in_order(register)
    wanted, range_ = (
        default_distances(register.x, register.y) if distances is None else (_given(distances), "given")
    )
    null = Null(register, wanted, NullSettings(simulations, level, seed, bandwidth, method, cell))
    tests = _tests(register, null, min_establishments, progress)
    return DistanceTest(
        function="kd",
        distances=wanted,
        industries=tuple(tests),
        settings={
            "null": "sites without replacement, weights shuffled", "range": range_, "level": level,
            "simulations": simulations, "seed": seed, "bandwidth": bandwidth, "method": method, "cell": cell,
            "population": len(register), "weighted": register.weight is not None,
            "min_establishments": min_establishments, "coverage": coverage, "crs": register.crs,
            "distortion": register.distortion, "decided": null.decided,
            "monte_carlo_error": float(np.sqrt(level * (1 - level) / simulations)),
        },
        set_aside=tuple(set_aside),
    )  # fmt: skip


def _check(
    level: float, min_establishments: int, simulations: int, bandwidth: float | None, method: str
) -> None:
    if not 0 < level < 1:
        raise ValueError(f"A level lies between 0 and 1; {level} does not.")
    if min_establishments < 2:
        raise ValueError("Kd is a density of distances: an industry has at least two establishments.")
    if method not in ("auto", "simulated", "closed form"):
        raise ValueError(f"Methods are 'auto', 'simulated' and 'closed form', not {method!r}.")
    if simulations * level < 1:
        raise InputRefused("too_few_simulations", simulations=simulations, needed=int(np.ceil(1 / level)))
    if bandwidth is not None and not 0 < bandwidth < np.inf:
        raise InputRefused("bad_bandwidth", bandwidth=bandwidth)


def _given(distances: ArrayLike) -> Floats:
    """Distances in order, each once; one at least is not zero, or there is no range to test over."""
    wanted = np.unique(checked_distances(distances))
    if not wanted.any():
        raise InputRefused("bad_distances", count=len(wanted), value=wanted[:1])
    return wanted


def in_order(points: Points) -> Points:
    """The same establishments in an order of their own, so that draws do not depend on that of the rows."""
    weight = np.zeros(len(points)) if points.weight is None else points.weight
    order = np.lexsort((weight, points.industry, points.x, points.y))
    return Points(
        points.x[order], points.y[order], points.industry[order], points.industries,
        None if points.weight is None else points.weight[order], points.row[order], points.crs,
        points.distortion,
    )  # fmt: skip


def _tests(
    register: Points, null: Null, least: int, progress: Callable[[int, int], object] | None
) -> list[IndustryTest]:
    """Tests in the order of the industries' names, made in that of their sizes: equal sizes share draws."""
    members = np.split(np.argsort(register.industry, kind="stable"), np.cumsum(register.counts())[:-1])
    one_place = bool(np.ptp(register.x) == 0 and np.ptp(register.y) == 0)
    found: dict[int, IndustryTest] = {}
    for code in sorted(range(len(members)), key=lambda code: len(members[code])):
        own = members[code]
        weights = np.ones(len(own)) if register.weight is None else register.weight[own]
        why = "population_at_one_place" if one_place else _why_not(len(register), weights, least)
        name = register.industries[code]
        if why is not None:
            found[code] = IndustryTest(
                industry=name, establishments=len(own), weight=float(weights.sum()),
                verdict=Verdict.UNTESTABLE, why=why,
            )  # fmt: skip
        else:
            found[code] = null.test(name, own, weights)
        if progress is not None:
            progress(len(found), len(members))
    return [found[code] for code in range(len(members))]


def _why_not(population: int, weights: Floats, least: int) -> str | None:
    """Why an industry cannot be tested, None where it can."""
    if len(weights) == 1:
        return "one_establishment"
    if len(weights) < least:
        return "too_few_establishments"
    if len(weights) == population:
        return "whole_population"
    if np.count_nonzero(weights) < 2:
        return "no_weight"
    return None
