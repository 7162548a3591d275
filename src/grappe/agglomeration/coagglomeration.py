"""Coagglomeration: which industries locate in the same regions."""

from dataclasses import dataclass
from typing import Any, Literal

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from grappe.agglomeration.cells import read_cells
from grappe.agglomeration.margins import with_margins
from grappe.agglomeration.withheld import ratio, share, sum_of
from grappe.domain.errors import BadChoice

BENCHMARKS = ("employment", "mean")
BLOCK = 4096
"""Regions multiplied at once: 33 MB for 1,000 industries."""

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]


def coagglomeration(
    table: Any,
    *,
    region: str = "region",
    industry: str = "industry",
    value: str | tuple[str, str] = "value",
    benchmark: Literal["employment", "mean"] = "employment",
    both_ways: bool = False,
) -> ir.Table:
    """Pairwise coagglomeration of industries, as Ellison, Glaeser and Kerr.

    ``gamma_c = sum_j (s_1j - x_j) (s_2j - x_j) / (1 - sum_j x_j²)`` with s_ij the share of industry i that
    is in region j: above 0 the two exceed their expected share in the same regions, below 0 where one is
    the other is not. It needs no plants: the correction of `ellison_glaeser` cancels between two industries.

    Parameters
    ----------
    table : Ibis table, or pandas, polars, Arrow
        One row per region and industry, or per establishment: rows of one pair are added up. A pair
        without a row is zero.
    region, industry : str
        Names of the columns that hold the region and the industry.
    value : str, or pair of str
        Name of the column that holds the count; withheld cells as in `read_cells`.
    benchmark : {"employment", "mean"}
        What x_j is: the share of the region in all jobs of the table, or the mean of the shares of its
        industries, each counting once, as in the paper.
    both_ways : bool
        Whether each pair has two rows, one in each order, for a join; by default it has one, the
        industries in their order.

    Returns
    -------
    Ibis table, in memory
        The columns ``industry_i``, ``industry_j``, ``gamma_c`` (without unit), one row per pair. An industry
        without jobs has no shares and no pair. ``gamma_c`` is NULL when the table has one region only. Where
        cells may be withheld, ``gamma_c_low`` and ``gamma_c_high``: the index of every completion lies
        between them, but not every value between need be attained.

    Raises
    ------
    InputRefused
        As `read_cells`.
    BadChoice
        If the benchmark is none of these.

    Notes
    -----
    The engine computes the shares; they are then collected, and all pairs are one matrix product. It takes
    eight bytes per region and industry.

    References
    ----------
    G. Ellison, E. L. Glaeser and W. R. Kerr, "What causes industry agglomeration? Evidence from
    coagglomeration patterns", American Economic Review 100, 2010.

    Examples
    --------
    >>> import pandas as pd
    >>> jobs = pd.DataFrame({
    ...     "region": ["north", "north", "south", "south"],
    ...     "industry": ["tannery", "shoes", "bakery", "shoes"],
    ...     "value": [100, 60, 100, 40],
    ... })
    >>> coagglomeration(jobs).order_by("industry_i", "industry_j").to_pandas().round(4).values.tolist()
    [['bakery', 'shoes', -0.1429], ['bakery', 'tannery', -1.0], ['shoes', 'tannery', 0.125]]
    """
    if benchmark not in BENCHMARKS:
        raise BadChoice(name="benchmark", value=benchmark, accepted=", ".join(BENCHMARKS))
    cells = read_cells(table, region=region, industry=industry, value=value)
    found = with_margins(cells)
    columns = {
        "s": ratio(found.value, found.industry_value).fill_null(0.0),
        "x": ratio(found.region_value, found.all_value).fill_null(0.0),
        "counted": found.industry_value > 0,
    }
    if cells.withheld:
        cell, of_region, of_industry = sum_of(found), sum_of(found, "region_"), sum_of(found, "industry_")
        s, x = share(cell, of_industry - cell), share(of_region, sum_of(found, "all_") - of_region)
        columns |= {"s_low": s.low, "s_high": s.high, "x_low": x.low, "x_high": x.high}
        columns["sure"] = found.industry_low > 0
    shares = found.select("region", "industry", **columns).to_pyarrow()
    return ibis.memtable(_pairs(_Shares.of(shares), benchmark, cells.withheld, both_ways))


@dataclass(frozen=True)
class _Shares:
    """Shares in coordinates: the industries, the number of regions, and where each share stands."""

    industries: pa.Array
    regions: int
    row: NDArray[np.int64]
    column: NDArray[np.int64]
    values: dict[str, Vector]

    @classmethod
    def of(cls, table: pa.Table) -> "_Shares":
        names, column = _coded(table.column("industry"))
        regions, row = _coded(table.column("region"))
        # Rows in the order of regions, so that a block of regions is a slice.
        order = np.argsort(row, kind="stable")
        values = {one: np.asarray(table.column(one), np.float64)[order] for one in table.column_names[2:]}
        return cls(names, len(regions), row[order], column[order], values)

    def having(self, flag: str) -> NDArray[np.bool_]:
        """The industries whose rows bear a flag, of shape (industries,)."""
        return np.bincount(self.column, self.values[flag], len(self.industries)) > 0

    def employment(self, end: str) -> Vector:
        """The share of each region in all jobs, of shape (regions,)."""
        found = np.zeros(self.regions)
        found[self.row] = self.values[f"x{end}"]
        return found

    def mean(self, end: str, over: str, among: NDArray[np.bool_]) -> Vector:
        """Sum of the shares of the industries that bear a flag, over the number of those `among` them."""
        kept = self.having(over)[self.column] if over else np.ones(len(self.column), bool)
        summed = np.bincount(self.row[kept], self.values[f"s{end}"][kept], self.regions)
        return summed / max(int(np.count_nonzero(among)), 1)

    def benchmark(self, name: str) -> Vector:
        """X of each region, of shape (regions,)."""
        return (
            self.employment("") if name == "employment" else self.mean("", "counted", self.having("counted"))
        )

    def benchmark_bounds(self, name: str) -> tuple[Vector, Vector]:
        """Bounds of x of each region: an industry that may be empty may leave the mean."""
        if name == "employment":
            return self.employment("_low"), self.employment("_high")
        everyone = np.ones(len(self.industries), bool)
        high = self.mean("_high", "", self.having("sure"))
        return self.mean("_low", "sure", everyone), np.minimum(high, 1.0)

    def block(self, start: int, stop: int, end: str) -> Matrix:
        """Shares of some regions, of shape (regions, industries)."""
        first, last = np.searchsorted(self.row, [start, stop])
        found = np.zeros((stop - start, len(self.industries)))
        found[self.row[first:last] - start, self.column[first:last]] = self.values[f"s{end}"][first:last]
        return found


def _coded(column: pa.ChunkedArray) -> tuple[pa.Array, NDArray[np.int64]]:
    """The distinct values in order, and the position of each row's."""
    coded = column.combine_chunks().dictionary_encode()
    order = np.asarray(pc.sort_indices(coded.dictionary))
    position = np.empty(len(order), np.int64)
    position[order] = np.arange(len(order))
    return coded.dictionary.take(pa.array(order)), position[coded.indices.to_numpy()]


def _pairs(shares: _Shares, benchmark: str, withheld: bool, both_ways: bool) -> pa.Table:
    """All pairs with their index, from the products of the deviations of their shares."""
    some = np.flatnonzero(shares.having("counted"))
    first, second = (some[one] for one in np.triu_indices(len(some), 1))
    if both_ways:
        first, second = np.concatenate([first, second]), np.concatenate([second, first])
    x = shares.benchmark(benchmark)
    gamma = _over(_product(shares, x), 1 - _squared(x))[first, second]
    columns = {
        "industry_i": shares.industries.take(pa.array(first)),
        "industry_j": shares.industries.take(pa.array(second)),
        "gamma_c": pa.array(gamma, from_pandas=True),
    }
    if withheld:
        low, high = _product_bounds(shares, benchmark)
        columns["gamma_c_low"] = pa.array(np.fmin(low[first, second], gamma))
        columns["gamma_c_high"] = pa.array(np.fmax(high[first, second], gamma))
    return pa.table(columns)


def _squared(x: Vector) -> float:
    return float(x @ x)


def _over(product: Matrix, spare: float) -> Matrix:
    return product / spare if spare > 0 else np.full_like(product, np.nan)


def _product(shares: _Shares, x: Vector) -> Matrix:
    """``sum_j (s_1j - x_j) (s_2j - x_j)`` for all pairs, of shape (industries, industries)."""
    found = np.zeros((len(shares.industries),) * 2)
    for start in range(0, shares.regions, BLOCK):
        stop = min(start + BLOCK, shares.regions)
        deviation = shares.block(start, stop, "") - x[start:stop, None]
        found += deviation.T @ deviation
    return found


def _product_bounds(shares: _Shares, benchmark: str) -> tuple[Matrix, Matrix]:
    """Bounds of the index for all pairs.

    A deviation known as a middle m and a radius r gives ``|m1 m2 - d1 d2| <= |m1| r2 + r1 |m2| + r1 r2``
    (S. M. Rump, "Fast and parallel interval arithmetic", BIT 39, 1999).
    """
    x_low, x_high = shares.benchmark_bounds(benchmark)
    middle, radius = np.zeros((2, *(len(shares.industries),) * 2))
    for start in range(0, shares.regions, BLOCK):
        stop = min(start + BLOCK, shares.regions)
        least = shares.block(start, stop, "_low") - x_high[start:stop, None]
        most = shares.block(start, stop, "_high") - x_low[start:stop, None]
        m, r = (least + most) / 2, (most - least) / 2
        middle += m.T @ m
        size = np.abs(m)
        radius += (size + r).T @ (size + r) - size.T @ size
    # A sum of squares of shares never exceeds the largest of them.
    most_even, least_even = _squared(x_low), min(_squared(x_high), float(np.max(x_high, initial=0.0)), 1.0)
    spare = 1 - least_even, 1 - most_even
    ends = [edge / one if one > 0 else np.sign(edge) * np.inf
            for edge in (middle - radius, middle + radius) for one in spare]  # fmt: skip
    return np.minimum(ends[0], ends[1]), np.maximum(ends[2], ends[3])
