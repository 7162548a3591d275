"""Local Moran's I: which regions resemble, or differ from, their neighbours."""

from typing import Any, get_args

import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from grappe.agglomeration.conditional_permutation import one_sided
from grappe.agglomeration.false_discovery import false_discovery
from grappe.agglomeration.neighbours import Neighbours, Weights, read_neighbours
from grappe.agglomeration.region_values import RegionValues, read_region_values, region_table
from grappe.domain.errors import BadChoice

Vector = NDArray[np.float64]

FEWEST = 3
"""Regions from which the value of one and the draw of another leave something to vary."""


def local_moran(
    table: Any,
    neighbours: Any,
    *,
    region: str = "region",
    value: str = "value",
    weights: Weights = "row",
    permutations: int = 999,
    seed: int = 0,
) -> ir.Table:
    """Local Moran's I of every region, with its significance under conditional permutation.

    ``I_i = z_i sum_j w_ij z_j (n - 1) / sum_k z_k^2``, z the values less their mean. Its pseudo p-value
    is ``(r + 1) / (permutations + 1)``, r the draws of other regions for the neighbours that give an I at
    least as extreme, on the side where they are fewer.

    Parameters
    ----------
    table : Ibis table, or pandas, polars, Arrow; or an array of shape (regions,)
        One row per region, or cell. An array goes with `Neighbours`, in their order.
    neighbours : Neighbours, table, mapping, or weights of libpysal
        As `read_neighbours` takes them; see `contiguity_grid`, `within`, `nearest`.
    region, value : str
        Names of the columns that hold the region and its number.
    weights : {"row", "binary", "given"}
        Weights of a region's neighbours made to sum to 1, all 1, or as given.
    permutations : int
        Draws; none leaves out ``p``, ``p_two_sided`` and ``q``. As draws are shared, ten times as many
        take little longer where weights are equal.
    seed : int
        Of the draws.

    Returns
    -------
    Ibis table, lazy, a row per region in the order of the table
        The region; ``value``; ``lag``, the weighted sum (mean, by row) over neighbours; ``moran``;
        ``z``, its distance from what conditional permutation gives on average, in standard deviations
        (exact moments, no draws; NULL for a region exactly at the mean, where I is always 0);
        ``quadrant``, ``high-high``, ``low-low``, ``high-low`` or ``low-high``: the region, then its
        neighbours, above the mean or not; ``p``, one-sided as in esda; ``p_two_sided``, twice that and
        at most 1; ``q``, the latter adjusted for the false-discovery rate; ``why``, where all of these
        are NULL: ``no_neighbour``, ``no_variation`` (all values equal), ``too_few_regions`` (under 3).

    Raises
    ------
    InputRefused
        As `read_region_values` and `read_neighbours` do.
    BadChoice
        If `weights` is not in its list.
    ValueError
        If `permutations` is negative, or an array does not fit the neighbours.

    References
    ----------
    L. Anselin, "Local indicators of spatial association: LISA", Geographical Analysis 27, 1995.
    R. R. Sokal, N. L. Oden and B. A. Thomson, "Local spatial autocorrelation in a biological model",
    Geographical Analysis 30, 1998, for the moments.

    Examples
    --------
    >>> import pandas as pd
    >>> coast = pd.DataFrame({"region": ["a", "b", "c", "d"], "value": [9, 7, 2, 2]})
    >>> chain = {"a": ["b"], "b": ["a", "c"], "c": ["b", "d"], "d": ["c"]}
    >>> rows = local_moran(coast, chain).to_pyarrow().to_pylist()
    >>> [(row["region"], row["quadrant"], round(row["moran"], 3)) for row in rows]
    [('a', 'high-high', 0.632), ('b', 'high-high', 0.079), ('c', 'low-low', 0.118), ('d', 'low-low', 0.711)]
    """
    read, near = regions_and_neighbours(table, neighbours, region, value, weights, permutations)
    centred = read.values - read.values.mean()
    total = float(centred @ centred)
    lag = near.summed(centred)
    why = _reasons(read, near)
    defined = why == ""
    with np.errstate(invalid="ignore", divide="ignore"):
        moran = centred * lag * (len(near) - 1) / total
    tested = defined.any() and permutations
    p = one_sided(near, read.values, permutations, seed) if tested else np.full(len(near), np.nan)
    # Alone, the region's value fixes the sign of I: the sides change places, the smaller stays the smaller.
    z = np.sign(centred) * _standardised(near, centred, lag)
    high = np.char.add(np.where(centred > 0, "high-", "low-"), np.where(lag > 0, "high", "low"))
    reach = near.summed(np.ones(len(near)))
    return region_table(
        read,
        {
            "lag": _where(defined, lag + read.values.mean() * reach),
            "moran": _where(defined, moran),
            "z": _where(defined & (centred != 0), z),
            "quadrant": pa.array(high, pa.string(), mask=~defined),
            **significance(_where(defined, p)),
            "why": pa.array(why, pa.string(), mask=defined),
        },
    )


def regions_and_neighbours(
    table: Any, neighbours: Any, region: str, value: str, weights: Weights, permutations: int
) -> tuple[RegionValues, Neighbours]:
    """Checked arguments of a local statistic; `local_moran` says what is refused."""
    if weights not in get_args(Weights):
        raise BadChoice("bad_choice", name="weights", value=weights, accepted=", ".join(get_args(Weights)))
    if permutations < 0:
        raise ValueError(f"Permutations are zero or more, not {permutations}.")
    if isinstance(table, np.ndarray | list | tuple):
        if not isinstance(neighbours, Neighbours) or len(table) != len(neighbours):
            raise ValueError("An array of values goes with the Neighbours of as many regions.")
        table = pa.table({region: neighbours.regions, value: np.asarray(table, np.float64)})
    read = read_region_values(table, region=region, value=value)
    return read, read_neighbours(neighbours, read.regions).weighted(weights)


def significance(p: Vector, two_sided: Vector | None = None) -> dict[str, Vector]:
    """Columns of one-sided p-values, two-sided ones, and the latter adjusted for false discoveries."""
    both = np.minimum(2 * p, 1.0) if two_sided is None else two_sided
    return {"p": p, "p_two_sided": both, "q": false_discovery(both)}


def _standardised(near: Neighbours, centred: Vector, lag: Vector) -> Vector:
    """Lag less its mean, over its standard deviation, when the other regions are drawn for neighbours."""
    n = len(near)
    if n < FEWEST:
        return np.full(n, np.nan)
    reach, squares = near.summed(np.ones(n)), _squares(near)
    mean = -centred / (n - 1)
    variance = (centred @ centred - centred**2) / (n - 1) - mean**2
    spread = (squares - reach**2 / (n - 1)) * variance * (n - 1) / (n - 2)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray((lag - reach * mean) / np.sqrt(np.maximum(spread, 0.0)))


def _squares(near: Neighbours) -> Vector:
    """Sum of squared weights of each region."""
    squared = Neighbours(near.regions, near.starts, near.others, near.weights**2)
    return squared.summed(np.ones(len(near)))


def _reasons(read: RegionValues, near: Neighbours) -> NDArray[np.str_]:
    """Why a region has no statistic, or nothing."""
    if len(near) < FEWEST:
        return np.full(len(near), "too_few_regions")
    if np.ptp(read.values) == 0:
        return np.full(len(near), "no_variation")
    return np.where(near.counts == 0, "no_neighbour", "")


def _where(kept: NDArray[np.bool_], values: Vector) -> Vector:
    """Values with NaN, later NULL, elsewhere; what is not finite goes too."""
    return np.where(kept & np.isfinite(values), values, np.nan)
