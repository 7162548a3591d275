"""Which regions are neighbours, and with what weight."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
from numpy.typing import ArrayLike, NDArray
from scipy.spatial import cKDTree

from grappe.agglomeration.cells import as_table, check_columns
from grappe.agglomeration.region_values import positions
from grappe.domain.errors import InputRefused, Problem

Weights = Literal["binary", "row", "given"]
SHOWN = 20
"""Bad rows quoted in a message; their number is always given in full."""


@dataclass(frozen=True, slots=True, eq=False)
class Neighbours:
    """Neighbours of every region, none its own.

    The neighbours of region number i, in the order of `regions`, are
    ``others[starts[i]:starts[i + 1]]``, numbers of regions too, and have as many `weights`, all positive.
    """

    regions: pa.Array
    starts: NDArray[np.int64]
    others: NDArray[np.int32]
    weights: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.regions)

    @property
    def counts(self) -> NDArray[np.int64]:
        """Neighbours of each region, shape (regions,)."""
        return np.diff(self.starts)

    @property
    def table(self) -> ir.Table:
        """A lazy table with the columns ``region``, ``neighbour``, ``weight``."""
        numbers = np.repeat(np.arange(len(self)), self.counts)
        return ibis.memtable(
            pa.table(
                {
                    "region": self.regions.take(pa.array(numbers)),
                    "neighbour": self.regions.take(pa.array(self.others)),
                    "weight": self.weights,
                }
            )
        )

    def summed(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Weighted sum of a value over the neighbours of each region, shape (regions,)."""
        numbers = np.repeat(np.arange(len(self)), self.counts)
        return np.bincount(numbers, self.weights * values[self.others], len(self)).astype(np.float64)

    def weighted(self, weights: Weights) -> "Neighbours":
        """The same neighbours with all weights 1 (``binary``), summing to 1 (``row``), or as given."""
        if weights == "given":
            return self
        made = np.ones_like(self.weights)
        if weights == "row":
            made = self.weights / np.repeat(self.summed(np.ones(len(self))), self.counts)
        return Neighbours(self.regions, self.starts, self.others, made)


def contiguity_grid(rows: int, columns: int, *, corners: bool = True) -> Neighbours:
    """Neighbours on a grid of cells, numbered row after row from 0.

    Parameters
    ----------
    rows, columns : int
        Size of the grid.
    corners : bool
        Whether cells that touch at a corner are neighbours (the queen's move) or only those that share a
        side (the rook's).

    Returns
    -------
    Neighbours
        With weights of 1.

    Raises
    ------
    ValueError
        If the grid has no cell.

    Examples
    --------
    >>> contiguity_grid(3, 3, corners=False).counts.tolist()
    [2, 3, 2, 3, 4, 3, 2, 3, 2]
    """
    if rows < 1 or columns < 1:
        raise ValueError(f"A grid has rows and columns, not {rows} × {columns}.")
    number = np.arange(rows * columns).reshape(rows, columns)
    pairs = [(number[:-1], number[1:]), (number[:, :-1], number[:, 1:])]
    if corners:
        pairs += [(number[:-1, :-1], number[1:, 1:]), (number[:-1, 1:], number[1:, :-1])]
    one = np.concatenate([first.ravel() for first, _ in pairs])
    other = np.concatenate([second.ravel() for _, second in pairs])
    return _assembled(pa.array(number.ravel()), np.append(one, other), np.append(other, one))


def within(points: Any, distance: float, *, region: str = "region", x: str = "x", y: str = "y") -> Neighbours:
    """Neighbours at most a distance apart.

    Parameters
    ----------
    points : Ibis table, or pandas, polars, Arrow
        One row per region, with the place of its centre on a plane.
    distance : float
        In the unit of `x` and `y`; a region exactly that far is a neighbour.
    region, x, y : str
        Names of the columns.

    Returns
    -------
    Neighbours
        With weights of 1.

    Raises
    ------
    InputRefused
        If a column is missing, the table is empty, or a coordinate is missing or no number.

    Examples
    --------
    >>> import pandas as pd
    >>> places = pd.DataFrame({"region": ["a", "b", "c"], "x": [0, 3, 9], "y": [0, 4, 0]})
    >>> within(places, 5).table.to_pyarrow().to_pylist()
    [{'region': 'a', 'neighbour': 'b', 'weight': 1.0}, {'region': 'b', 'neighbour': 'a', 'weight': 1.0}]
    """
    regions, places = _places(points, region, x, y)
    pairs = cKDTree(places).query_pairs(distance, output_type="ndarray")
    one, other = pairs[:, 0], pairs[:, 1]
    return _assembled(regions, np.append(one, other), np.append(other, one))


def nearest(points: Any, count: int, *, region: str = "region", x: str = "x", y: str = "y") -> Neighbours:
    """The nearest regions of each; a region may be a neighbour of one that is not its neighbour.

    Parameters
    ----------
    points : Ibis table, or pandas, polars, Arrow
        One row per region, with the place of its centre on a plane.
    count : int
        Neighbours of each region. Among several equally far, those first in the table are taken.
    region, x, y : str
        Names of the columns.

    Returns
    -------
    Neighbours
        With weights of 1.

    Raises
    ------
    InputRefused
        If a column is missing, the table is empty, or a coordinate is missing or no number.
    ValueError
        If `count` is not between 1 and the number of other regions.

    Examples
    --------
    >>> import pandas as pd
    >>> places = pd.DataFrame({"region": ["a", "b", "c"], "x": [0, 3, 9], "y": [0, 4, 0]})
    >>> [row["neighbour"] for row in nearest(places, 1).table.to_pyarrow().to_pylist()]
    ['b', 'a', 'b']
    """
    regions, places = _places(points, region, x, y)
    if not 1 <= count < len(regions):
        raise ValueError(f"Of {len(regions)} regions each has 1 to {len(regions) - 1} others, not {count}.")
    tree = cKDTree(places)
    # The distance of the last neighbour wanted (the region itself comes first, at zero), then all within
    # it: the tree alone would break ties in no order a reader could repeat.
    reach = tree.query(places, k=[count + 1])[0][:, 0]
    one, other = np.repeat(np.arange(len(regions)), count), np.empty(len(regions) * count, np.int64)
    for number, found in enumerate(tree.query_ball_point(places, reach * (1 + 1e-12), return_sorted=True)):
        others = np.array(found)[np.array(found) != number]
        far = np.hypot(*(places[others] - places[number]).T)
        other[number * count : (number + 1) * count] = others[np.argsort(far, kind="stable")[:count]]
    return _assembled(regions, one, other)


def read_neighbours(source: Any, regions: pa.Array) -> Neighbours:
    """Neighbours of given regions, from whatever lists them.

    Parameters
    ----------
    source : Neighbours, table, mapping, or object with `neighbors` and `weights`
        A table has the columns ``region``, ``neighbour`` and, unless all weigh 1, ``weight``; a mapping
        gives each region a list of neighbours, or a mapping of neighbours to weights; the weights of
        libpysal are such an object.
    regions : array of labels
        The regions wanted, in their order; one that `source` does not list has no neighbour.

    Returns
    -------
    Neighbours
        In the order of `regions`. Pairs of weight zero are left out.

    Raises
    ------
    InputRefused
        If a region is not one of `regions`, is its own neighbour, has a neighbour twice, or a weight is
        missing or negative.

    Examples
    --------
    >>> read_neighbours({"a": ["b"], "b": {"a": 0.5}}, pa.array(["a", "b", "c"])).counts.tolist()
    [1, 1, 0]
    """
    one, other, weights = _pairs(source)
    first, second = positions(one, regions), positions(other, regions)
    _check_pairs(one, other, first, second, weights)
    kept = weights > 0
    return _assembled(regions, first[kept], second[kept], weights[kept])


def _pairs(source: Any) -> tuple[pa.Array, pa.Array, NDArray[np.float64]]:
    """Regions, their neighbours and the weights, a row per pair."""
    if isinstance(source, Neighbours):
        numbers = np.repeat(np.arange(len(source)), source.counts)
        return (
            source.regions.take(pa.array(numbers)),
            source.regions.take(pa.array(source.others)),
            source.weights,
        )
    if hasattr(source, "neighbors") and hasattr(source, "weights"):
        source = {
            one: dict(zip(others, source.weights[one], strict=True))
            for one, others in source.neighbors.items()
        }
    if isinstance(source, Mapping):
        listed = [
            (one, other, weight)
            for one, others in source.items()
            for other, weight in (
                others.items() if isinstance(others, Mapping) else ((other, 1.0) for other in others)
            )
        ]
        columns = list(zip(*listed, strict=True)) or [(), (), ()]
        return pa.array(columns[0]), pa.array(columns[1]), np.array(columns[2], np.float64)
    table = as_table(source)
    check_columns(table, {"region": "region", "neighbour": "neighbour"})
    weight = table["weight"].cast("float64") if "weight" in table.columns else ibis.literal(1.0)
    read = table.select(region=table["region"], neighbour=table["neighbour"], weight=weight).to_pyarrow()
    return (
        pa.array(read["region"].combine_chunks()),
        pa.array(read["neighbour"].combine_chunks()),
        read["weight"].to_numpy(),
    )


def _check_pairs(
    one: pa.Array,
    other: pa.Array,
    first: NDArray[np.int64],
    second: NDArray[np.int64],
    weights: NDArray[np.float64],
) -> None:
    known = (first >= 0) & (second >= 0)
    order = np.lexsort((second, first))
    twice = np.zeros(len(first), bool)
    twice[order[1:]] = (np.diff(first[order]) == 0) & (np.diff(second[order]) == 0)
    wrong = {
        "unknown_region": ~known,
        "self_neighbour": known & (first == second),
        "repeated_neighbour": known & twice,
        "bad_weight": ~np.isfinite(weights),
        "negative_weight": weights < 0,
    }
    count = int(sum(np.count_nonzero(rows) for rows in wrong.values()))
    if count:
        problems = [
            Problem(code, "neighbours", line=int(row) + 1, value=f"{one[int(row)]} → {other[int(row)]}")
            for code, rows in wrong.items()
            for row in np.flatnonzero(rows)[:SHOWN]
        ]
        raise InputRefused("table_refused", count=count, problems=problems[:SHOWN])


def _assembled(
    regions: pa.Array, one: NDArray[Any], other: NDArray[Any], weights: ArrayLike | None = None
) -> Neighbours:
    """Neighbours from pairs of numbers, in the order of both."""
    order = np.lexsort((other, one))
    starts = np.zeros(len(regions) + 1, np.int64)
    np.cumsum(np.bincount(one, minlength=len(regions)), out=starts[1:])
    weighed = np.ones(len(one)) if weights is None else np.asarray(weights, np.float64)
    return Neighbours(regions, starts, other[order].astype(np.int32), weighed[order])


def _places(points: Any, region: str, x: str, y: str) -> tuple[pa.Array, NDArray[np.float64]]:
    table = as_table(points)
    check_columns(table, {"region": region, "x": x, "y": y})
    read = table.select(
        region=table[region], x=table[x].cast("float64"), y=table[y].cast("float64")
    ).to_pyarrow()
    if not len(read):
        raise InputRefused("empty_table")
    places = np.column_stack([read["x"].to_numpy(), read["y"].to_numpy()])
    bad = np.argwhere(~np.isfinite(places))
    if len(bad):
        problems = [
            Problem("bad_coordinate", "table", line=int(row) + 1, field=(x, y)[axis])
            for row, axis in bad[:SHOWN]
        ]
        raise InputRefused("table_refused", count=len(bad), problems=problems)
    return pa.array(read["region"].combine_chunks()), places
