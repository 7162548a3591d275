"""Range of distances of a test: from zero to the median distance between all pairs of establishments."""

import numpy as np
from numpy.typing import NDArray

from grappe.agglomeration.pair_distances import Places, order_statistics, spread
from grappe.agglomeration.site_grid import site_grid

Floats = NDArray[np.float64]

EXACT = 10_000
"""Sites up to which the median is exact; beyond, it is read from a grid."""

GRID = 500
"""Cells along the longer side of that grid: the median is within a cell, 0.2 % of that side."""

STEPS = 100
"""Distances above zero at which a curve is computed."""


def default_distances(x: Floats, y: Floats) -> tuple[Floats, str]:
    """Evenly spaced distances from zero to the median distance between sites, and how it was found.

    Duranton and Overman (2005, section 3) take the median distance between all pairs of establishments
    of the reference population, not those of one industry.
    """
    exact = len(x) <= EXACT
    median = _exact_median(x, y) if exact else _grid_median(x, y)
    # Where most establishments share one address, the median says nothing of the others.
    median = median or float(np.hypot(np.ptp(x), np.ptp(y)))
    return np.linspace(0.0, median, STEPS + 1), "median" if exact else "median on a grid"


def _exact_median(x: Floats, y: Floats) -> float:
    if len(x) < 2:
        return 0.0
    points = Places(np.array([x, y]))
    seen = spread(points, float(np.hypot(np.ptp(x), np.ptp(y))) * (1 + 1e-12))
    return float(order_statistics(points, seen, [(seen.count - 1) // 2, seen.count // 2]).mean())


def _grid_median(x: Floats, y: Floats) -> float:
    side = max(float(np.ptp(x)), float(np.ptp(y)))
    grid = site_grid(x, y, side / GRID)
    lags = grid.lags(2 * side)
    pairs = lags.pairs(grid.counted())
    pairs[0, 0] -= len(x)
    order = np.argsort(lags.steps, axis=None)
    reached = np.cumsum(pairs.ravel()[order])
    return float(lags.steps.ravel()[order[np.searchsorted(reached, reached[-1] / 2)]] * grid.cell)
