"""Confidence bands of a curve under its null hypothesis, from simulated curves.

Local bands hold at each distance taken alone; global bands hold over the whole range at once
(Duranton and Overman, "Testing for localization using micro-geographic data", Review of Economic
Studies 72, 2005, section 3.3).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from grappe.agglomeration.compiled import compiled

Curves = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Bands:
    """Bands of one curve, each of shape (distances,), in the unit of the curve.

    `local_low` and `local_high` hold at each distance alone; `low` and `high` over the whole range.
    `low_level` and `high_level` are the shares of simulated curves that leave each global band;
    they exceed the level asked only when there are too few simulations to go that far out.
    """

    local_low: Curves
    local_high: Curves
    low: Curves
    high: Curves
    low_level: float
    high_level: float


def bands(simulated: Curves, level: float = 0.05) -> Bands:
    """Local and global bands from curves simulated under the null.

    Each side is tested at `level`. Locally, the bands are the quantiles `level` and ``1 - level`` at
    each distance. Globally, one local level serves all distances and is chosen, with interpolation
    between order statistics, so that a share `level` of the simulations leaves the band anywhere.
    A simulation counts as leaving the k-th order statistic when it is that one or beyond: this is how
    often a further curve drawn from the same null would leave it, whereas counting strictly beyond
    would make the test reject too often.

    Parameters
    ----------
    simulated : array of shape (simulations, distances)
        Curves under the null. NaN, a curve not defined at a distance, is never extreme there.
    level : float
        Level of each side, between 0 and 1.

    Returns
    -------
    Bands

    Raises
    ------
    ValueError
        If there is no simulation or the level is not between 0 and 1.
    """
    simulated = np.asarray(simulated, np.float64)
    if simulated.ndim != 2 or not len(simulated):
        raise ValueError(f"Simulated curves have the shape (simulations, distances), not {simulated.shape}.")
    if not 0 < level < 1:
        raise ValueError(f"A level lies between 0 and 1; {level} does not.")
    order = np.argsort(simulated, axis=0)
    large, small = extreme_ranks(simulated, order)
    increasing = np.take_along_axis(simulated, order, axis=0)
    # NaN stands last: put beyond everything on either side, it is never extreme.
    missing = np.isnan(increasing)
    from_top = np.where(missing, -np.inf, increasing)
    from_top = (np.sort(from_top, axis=0) if missing.any() else from_top)[::-1]
    high, high_level = _global_upper(from_top, large, level)
    low, low_level = _global_upper(-np.where(missing, np.inf, increasing), small, level)
    with np.errstate(invalid="ignore"):
        local = _quantiles(simulated, (level, 1 - level))
    return Bands(local[0], local[1], -low, high, low_level, high_level)


def p_values(observed: Curves, simulated: Curves) -> tuple[float, float]:
    """Global p-values of one curve against simulated ones, on the side of large and of small values.

    The most extreme rank of a curve over all distances is compared with those of the simulations:
    ``(1 + number at least as extreme) / (1 + simulations)``, exact whatever the dependence between
    distances, as all curves are exchangeable under the null.

    Parameters
    ----------
    observed : array of shape (distances,)
    simulated : array of shape (simulations, distances)

    Returns
    -------
    tuple of float
        First for large values, then for small ones.
    """
    everything = np.vstack([np.asarray(observed, np.float64), np.asarray(simulated, np.float64)])
    sides = extreme_ranks(everything, np.argsort(everything, axis=0))
    large, small = (float(np.count_nonzero(side <= side[0]) / len(side)) for side in sides)
    return large, small


def extreme_ranks(curves: Curves, order: NDArray[np.intp]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Smallest rank of each curve over all distances, 1 for a curve that is extreme somewhere.

    The rank at a distance is the number of curves at least as large, or at least as small, itself
    included; a curve that is not defined at a distance has the last rank there.

    Parameters
    ----------
    curves : array of shape (curves, distances)
    order : array of shape (curves, distances)
        Curves in increasing order at each distance, NaN last, as `numpy.argsort` gives them.

    Returns
    -------
    tuple of array of shape (curves,)
        Ranks among large values, then among small ones.
    """
    ranks = np.full((2, len(curves)), len(curves), np.int64)
    _lower_ranks(curves, order, ranks)
    return ranks[0], ranks[1]


@compiled()
def _lower_ranks(curves: Curves, order: NDArray[np.intp], ranks: NDArray[np.int64]) -> None:
    """Bring the ranks down to those of each distance; equal values share the rank of the whole run."""
    for column in range(curves.shape[1]):
        defined = len(curves)
        while defined and np.isnan(curves[order[defined - 1, column], column]):
            defined -= 1
        start = 0
        while start < defined:
            value = curves[order[start, column], column]
            end = start + 1
            while end < defined and curves[order[end, column], column] == value:
                end += 1
            for place in range(start, end):
                one = order[place, column]
                ranks[0, one] = min(ranks[0, one], defined - start)
                ranks[1, one] = min(ranks[1, one], end)
            start = end


def _global_upper(ordered: Curves, extreme: NDArray[np.int64], level: float) -> tuple[Curves, float]:
    """The upper global band of curves given in decreasing order, and the share of them that leave it."""
    count = len(ordered)
    leaving = np.cumsum(np.bincount(extreme, minlength=count + 2))[1:] / count
    # leaving[k - 1] is the share of simulations at or beyond the k-th largest value somewhere.
    rank = int(np.searchsorted(leaving, level, side="right"))
    defined = np.isfinite(ordered[0])
    if rank == 0:
        return np.where(defined, ordered[0], np.nan), float(leaving[0])
    inner, outer = ordered[min(rank, count - 1)], ordered[rank - 1]
    step = leaving[min(rank, count - 1)] - leaving[rank - 1]
    part = (level - leaving[rank - 1]) / step if step > 0 else 0.0
    inner = np.where(np.isfinite(inner), inner, outer)
    with np.errstate(invalid="ignore"):
        band = outer + part * (inner - outer)
    return np.where(defined, band, np.nan), float(level if step > 0 else leaving[rank - 1])


def _quantiles(simulated: Curves, levels: tuple[float, float]) -> Curves:
    if not np.isnan(simulated).any():
        return np.quantile(simulated, levels, axis=0)
    empty = np.isnan(simulated).all(axis=0)
    found = np.nanquantile(np.where(empty, 0.0, simulated), levels, axis=0)
    found[:, empty] = np.nan
    return found
