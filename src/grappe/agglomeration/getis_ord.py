"""Getis and Ord's G: where high, or low, values gather."""

from typing import Any

import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.special import ndtr

from grappe.agglomeration.conditional_permutation import one_sided
from grappe.agglomeration.local_moran import FEWEST, regions_and_neighbours, significance
from grappe.agglomeration.neighbours import Neighbours, Weights
from grappe.agglomeration.region_values import region_table

Vector = NDArray[np.float64]

NEARLY_NONE = 1e-3
"""Share of the variation under which a difference of sums would keep too few digits of it."""


def getis_ord(
    table: Any,
    neighbours: Any,
    *,
    region: str = "region",
    value: str = "value",
    star: bool = True,
    weights: Weights = "binary",
    self_weight: float | None = None,
    permutations: int = 999,
    seed: int = 0,
) -> ir.Table:
    """G* (or G) of every region, standardised, with its significance under conditional permutation.

    With W the sum of a region's weights and S1 that of their squares, itself included,
    ``G* = (sum_j w_j x_j - mean W) / (sd sqrt((n S1 - W^2) / (n - 1)))``. G leaves the region out of the
    sums, of the mean and of the standard deviation, and has n - 1 in the place of n. The variance is the
    one of the weights actually used, so that G* does not change when a row is scaled.

    Parameters
    ----------
    table : Ibis table, or pandas, polars, Arrow; or an array of shape (regions,)
        One row per region, or cell. An array goes with `Neighbours`, in their order.
    neighbours : Neighbours, table, mapping, or weights of libpysal
        As `read_neighbours` takes them, without the region itself; see `contiguity_grid`, `within`,
        `nearest`.
    region, value : str
        Names of the columns that hold the region and its number.
    star : bool
        G* counts the region among its own neighbours; G does not.
    weights : {"binary", "row", "given"}
        All weights 1, made to sum to 1 (the region itself included), or as given.
    self_weight : float, optional
        Weight of the region itself in G*, beside the weights given (1 if they are binary); by default
        the largest of its neighbours' weights.
    permutations : int
        Draws of other regions for the neighbours; none leaves out ``p`` and ``p_two_sided``, and ``q``
        then comes from the normal approximation.
    seed : int
        Of the draws.

    Returns
    -------
    Ibis table, lazy, a row per region in the order of the table
        The region; ``value``; ``g``, the share of the total that lies around, ``sum w x / sum x`` (NULL
        if the total is not positive); ``z``, the statistic above; ``kind``, ``hot`` or ``cold`` by the
        sign of z (NULL at zero); ``p_normal``, one-sided; ``p``, one-sided, from the draws, as in esda;
        ``p_two_sided``; ``q``, adjusted for the false-discovery rate; ``why``, where all of these are
        NULL: ``no_neighbour``, ``no_variation`` (all values counted are equal), ``whole_map`` (every
        region weighs the same, whatever the values), ``too_few_regions`` (under 3).

    Raises
    ------
    InputRefused
        As `read_region_values` and `read_neighbours` do.
    BadChoice
        If `weights` is not in its list.
    ValueError
        If `permutations` or `self_weight` is negative, or an array does not fit the neighbours.

    References
    ----------
    J. K. Ord and A. Getis, "Local spatial autocorrelation statistics: distributional issues and an
    application", Geographical Analysis 27, 1995.

    Examples
    --------
    >>> import pandas as pd
    >>> coast = pd.DataFrame({"region": ["a", "b", "c", "d"], "value": [9, 7, 1, 3]})
    >>> chain = {"a": ["b"], "b": ["a", "c"], "c": ["b", "d"], "d": ["c"]}
    >>> rows = getis_ord(coast, chain).to_pyarrow().to_pylist()
    >>> [(row["region"], row["kind"], row["g"], round(row["z"], 3)) for row in rows]
    [('a', 'hot', 0.8, 1.643), ('b', 'hot', 0.85, 0.632), ('c', 'cold', 0.55, -1.265),
     ('d', 'cold', 0.2, -1.643)]
    """
    if self_weight is not None and self_weight < 0:
        raise ValueError(f"A weight is zero or more, not {self_weight}.")
    read, given = regions_and_neighbours(
        table, neighbours, region, value, "binary" if weights == "binary" else "given", permutations
    )
    x, n = read.values, len(given)
    near, own = _with_own_weight(given, star=star, row=weights == "row", self_weight=self_weight)
    around = near.summed(x) + own * x
    reach = near.summed(np.ones(n)) + own
    squares = Neighbours(near.regions, near.starts, near.others, near.weights**2).summed(np.ones(n)) + own**2
    counted = n if star else n - 1
    mean, spread = _moments(x, star=star)
    room = (counted * squares - reach**2) / max(counted - 1, 1)
    why = np.select(
        [
            np.full(n, n < FEWEST),
            near.counts == 0,
            spread == 0,
            # What rounding leaves of nothing is nothing.
            room <= np.finfo(np.float64).eps * counted * squares,
        ],
        ["too_few_regions", "no_neighbour", "no_variation", "whole_map"],
        "",
    )
    defined = why == ""
    with np.errstate(invalid="ignore", divide="ignore"):
        z = np.where(defined, (around - mean * reach) / (spread * np.sqrt(room)), np.nan)
        total = x.sum() - (0.0 if star else x)
        g = np.where(defined & (total > 0), around / total, np.nan)
    tested = bool(defined.any() and permutations)
    p = np.where(defined, one_sided(near, x, permutations, seed) if tested else np.nan, np.nan)
    normal = ndtr(-np.abs(z))
    return region_table(
        read,
        {
            "g": g,
            "z": z,
            "kind": pa.array(np.where(z > 0, "hot", "cold"), pa.string(), mask=~(np.abs(z) > 0)),
            "p_normal": normal,
            **significance(p) | ({} if tested else {"q": significance(normal)["q"]}),
            "why": pa.array(why, pa.string(), mask=defined),
        },
    )


def _with_own_weight(
    near: Neighbours, *, star: bool, row: bool, self_weight: float | None
) -> tuple[Neighbours, Vector]:
    """Weights of the neighbours and of the region itself, summing to 1 if asked."""
    own = np.zeros(len(near))
    if star and self_weight is not None:
        own[:] = self_weight
    elif star:
        np.maximum.at(own, np.repeat(np.arange(len(near)), near.counts), near.weights)
    if not row:
        return near, own
    reach = near.summed(np.ones(len(near))) + own
    scale = np.divide(1.0, reach, out=np.ones(len(near)), where=reach > 0)
    weights = near.weights * np.repeat(scale, near.counts)
    return Neighbours(near.regions, near.starts, near.others, weights), own * scale


def _moments(x: Vector, *, star: bool) -> tuple[Vector, Vector]:
    """Mean and population standard deviation of all regions, or of all but each."""
    n = len(x)
    if star or n < FEWEST or np.ptp(x) == 0:
        return np.full(n, x.mean()), np.full(n, x.std() if np.ptp(x) else 0.0)
    # Centred first: the difference of two large sums of squares would lose the digits that count.
    centred = x - x.mean()
    squares = centred @ centred
    mean = -centred / (n - 1)
    left = squares - centred**2 * n / (n - 1)
    variance = left / (n - 1)
    # Where one region holds nearly all the variation, what the others have is computed by itself.
    for alone in np.flatnonzero(left < NEARLY_NONE * squares):
        others = np.delete(x, alone)
        variance[alone] = others.var() if np.ptp(others) else 0.0
    return mean + x.mean(), np.sqrt(np.maximum(variance, 0.0))
