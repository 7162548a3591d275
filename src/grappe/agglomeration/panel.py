"""A region × industry table as one matrix, with its location quotients and its presences.

Relatedness and complexity multiply whole matrices, so the cells come to memory; adding up rows stays
with the engine that holds them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from grappe.agglomeration.cells import read_cells

Matrix = NDArray[np.float64]
Presences = NDArray[np.float32]
Codes = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """A whole region × industry table.

    `values` has the shape (regions, industries), in the unit of the table; a pair that the table lacks is
    zero, a withheld cell stands at the middle of its interval. `regions` and `industries` hold the labels,
    sorted, in their own type; `names` the caller's names of the two columns.
    """

    values: Matrix
    regions: pa.Array
    industries: pa.Array
    names: tuple[str, str] = ("region", "industry")

    def of_regions(self, columns: Mapping[str, Any]) -> ir.Table:
        """A lazy table of one row per region, under the caller's column name."""
        return ibis.memtable(pa.table({self.names[0]: self.regions, **columns}))

    def of_industries(self, columns: Mapping[str, Any]) -> ir.Table:
        """A lazy table of one row per industry, under the caller's column name."""
        return ibis.memtable(pa.table({self.names[1]: self.industries, **columns}))

    def of_cells(self, columns: Mapping[str, Any]) -> ir.Table:
        """A lazy table of one row per pair, region after region, under the caller's column names."""
        rows, industries = self.values.shape
        row = np.repeat(np.arange(rows, dtype=np.int32), industries)
        column = np.tile(np.arange(industries, dtype=np.int32), rows)
        labels = {
            # Codes and a list of labels take a fraction of the room of as many labels.
            self.names[0]: pa.DictionaryArray.from_arrays(pa.array(row), self.regions),
            self.names[1]: pa.DictionaryArray.from_arrays(pa.array(column), self.industries),
        }
        return ibis.memtable(pa.table({**labels, **columns}))


def read_panel(
    table: Any, *, region: str = "region", industry: str = "industry", value: str | tuple[str, str] = "value"
) -> Panel:
    """The matrix of a table in long form; rows of one pair are added up.

    Parameters
    ----------
    table : Ibis table, or pandas, polars, Arrow
        One row per region and industry, or several.
    region, industry : str
        Names of the columns that hold the region and the industry.
    value : str, or pair of str
        Column of the count, or columns of its lower and upper bound, as in `read_cells`.

    Returns
    -------
    Panel

    Raises
    ------
    InputRefused
        As `read_cells` does.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"region": ["s", "n"], "industry": ["oil", "wool"], "value": [3, 5]})
    >>> panel = read_panel(table)
    >>> panel.regions.to_pylist(), panel.industries.to_pylist(), panel.values.tolist()
    (['n', 's'], ['oil', 'wool'], [[0.0, 5.0], [3.0, 0.0]])
    """
    columns = _clean_columns(table, region, industry, value)
    if columns is None:
        # The engine adds up where the rows are, reads intervals, and words what is wrong.
        cells = read_cells(table, region=region, industry=industry, value=value)
        rows = cells.table.select("region", "industry", "value").to_pyarrow()
        columns = (*(_encoded(rows[name]) for name in ("region", "industry")), rows["value"].to_numpy())
    (regions, row), (industries, column), counts = columns
    shape = len(regions), len(industries)
    place = row.astype(np.int64)
    place *= shape[1]
    place += column
    values = np.bincount(place, counts, shape[0] * shape[1]).astype(np.float64, copy=False)
    return Panel(values.reshape(shape), regions, industries, (region, industry))


Columns = tuple[tuple[pa.Array, Codes], tuple[pa.Array, Codes], Matrix]


def _clean_columns(table: Any, region: str, industry: str, value: str | tuple[str, str]) -> Columns | None:
    """Columns already in memory, encoded one by one; None where they must be read with care."""
    if not isinstance(table, pa.Table | pd.DataFrame) or isinstance(value, tuple):
        return None
    names = table.column_names if isinstance(table, pa.Table) else list(table.columns)
    if not len(table) or not {region, industry, value} <= set(names):
        return None
    counts = _in_arrow(table, value)
    if counts is None or not (pa.types.is_integer(counts.type) or pa.types.is_floating(counts.type)):
        return None
    numbers = counts.to_numpy().astype(np.float64, copy=False)
    if counts.null_count or not (numbers.min() >= 0 and numbers.max() < np.inf):
        return None
    labels = []
    for name in (region, industry):
        column = _in_arrow(table, name)
        if column is None or column.null_count:
            return None
        labels.append(_encoded(column))
    return labels[0], labels[1], numbers


def _in_arrow(table: pa.Table | pd.DataFrame, name: str) -> pa.ChunkedArray | None:
    if isinstance(table, pa.Table):
        return table[name]
    try:
        column = pa.Array.from_pandas(table[name])
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        return None
    return column if isinstance(column, pa.ChunkedArray) else pa.chunked_array([column])


def location_quotients(values: Matrix) -> Matrix:
    """Location quotient of every cell, also called revealed comparative advantage.

    ``LQ[r, i] = (values[r, i] / values[r].sum()) / (values[:, i].sum() / values.sum())``. Both shares are
    rounded once, so that a region with exactly the share of the whole gets exactly 1.

    Parameters
    ----------
    values : array of shape (regions, industries)

    Returns
    -------
    array of shape (regions, industries), without unit
        NaN where the region, or the industry, is empty.

    Raises
    ------
    ValueError
        If `values` has not two axes.

    Examples
    --------
    >>> location_quotients([[30, 10], [10, 30]]).tolist()
    [[1.5, 0.5], [0.5, 1.5]]
    """
    values = np.asarray(values, np.float64)
    if values.ndim != 2:
        raise ValueError(f"Values have the shape (regions, industries), not {values.shape}.")
    with np.errstate(invalid="ignore", divide="ignore"):
        quotients: Matrix = values / values.sum(axis=1, keepdims=True)
        quotients /= values.sum(axis=0) / values.sum()
    return quotients


def presences(quotients: Matrix, threshold: float = 1.0) -> Presences:
    """One where the location quotient reaches the threshold, zero elsewhere and where it is undefined.

    Single precision holds counts exactly up to 2**24 regions, and halves the cost of products.

    Raises
    ------
    ValueError
        If the threshold is not positive: every pair would be present.
    """
    if not threshold > 0:
        raise ValueError(f"A threshold of presence is positive; {threshold} is not.")
    with np.errstate(invalid="ignore"):
        return (quotients >= threshold).astype(np.float32)


def _encoded(column: pa.ChunkedArray) -> tuple[pa.Array, Codes]:
    """Sorted labels of a column, and the position of each row among them."""
    if pa.types.is_dictionary(column.type):
        # A dictionary may hold labels of no row.
        column = column.cast(column.type.value_type)
    encoded = column.dictionary_encode()
    labels = encoded.chunk(0).dictionary if encoded.num_chunks else pa.array([], column.type)
    order = pc.sort_indices(labels).to_numpy()
    rank = np.empty(len(order), np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    codes = [rank[chunk.indices.to_numpy()] for chunk in encoded.chunks]
    return labels.take(pa.array(order)), np.concatenate([*codes, np.empty(0, np.int32)])
