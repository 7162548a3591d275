"""One number per region, read from whatever holds it and checked."""

from dataclasses import dataclass
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from grappe.agglomeration.cells import as_table, check_columns
from grappe.domain.errors import InputRefused, Problem

SHOWN = 20
"""Bad rows quoted in a message; their number is always given in full."""


@dataclass(frozen=True, slots=True, eq=False)
class RegionValues:
    """Values of regions in the order of the table; `name` is the caller's name of the region column."""

    regions: pa.Array
    values: NDArray[np.float64]
    name: str = "region"


def read_region_values(table: Any, *, region: str = "region", value: str = "value") -> RegionValues:
    """Values of a table with one row per region (or cell of a grid).

    Parameters
    ----------
    table : Ibis table, or pandas, polars, Arrow
        One row per region.
    region, value : str
        Names of the columns that hold the region and its number, of any sign.

    Returns
    -------
    RegionValues

    Raises
    ------
    InputRefused
        If a column is missing, the table is empty, a region is missing or stands twice, or a value is
        missing or no finite number.

    Examples
    --------
    >>> import pandas as pd
    >>> read_region_values(pd.DataFrame({"region": ["n", "s"], "value": [3, -1]})).values.tolist()
    [3.0, -1.0]
    """
    rows = as_table(table)
    check_columns(rows, {"region": region, "value": value})
    kind = rows[value].type()
    number = (
        rows[value].cast("float64") if kind.is_numeric() else rows[value].cast("string").try_cast("float64")
    )
    read = rows.select(region=rows[region], value=number, shown=rows[value].cast("string")).to_pyarrow()
    if not len(read):
        raise InputRefused("empty_table")
    regions, values = pa.array(read["region"].combine_chunks()), read["value"].to_numpy()
    _check(regions, values, read["shown"], region, value)
    return RegionValues(regions, values, region)


def _check(
    regions: pa.Array, values: NDArray[np.float64], shown: pa.ChunkedArray, region: str, value: str
) -> None:
    missing = regions.is_null().to_numpy(zero_copy_only=False)
    first = np.zeros(len(regions), bool)
    first[np.unique(regions.dictionary_encode().indices.fill_null(-1).to_numpy(), return_index=True)[1]] = (
        True
    )
    wrong = {
        "missing_region": missing,
        "repeated_region": ~first & ~missing,
        "bad_value": ~np.isfinite(values),
    }
    count = int(sum(np.count_nonzero(rows) for rows in wrong.values()))
    if not count:
        return
    problems = [
        Problem(
            code,
            "table",
            line=int(row) + 1,
            field=value if code == "bad_value" else region,
            value=None if code == "missing_region" else _text(shown if code == "bad_value" else regions, row),
        )
        for code, rows in wrong.items()
        for row in np.flatnonzero(rows)[:SHOWN]
    ]
    raise InputRefused("table_refused", count=count, problems=problems[:SHOWN])


def _text(column: pa.Array | pa.ChunkedArray, row: int) -> str | None:
    found = column[int(row)].as_py()
    return None if found is None else str(found)


def positions(labels: pa.Array, among: pa.Array) -> NDArray[np.int64]:
    """Position of each label among others, -1 where it is not one of them.

    Labels of another type are compared as text if they cannot be converted.
    """
    if labels.type != among.type:
        try:
            labels = labels.cast(among.type)
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
            labels, among = labels.cast(pa.string()), among.cast(pa.string())
    return np.asarray(pc.index_in(labels, among).fill_null(-1).to_numpy(zero_copy_only=False), np.int64)


def region_table(read: RegionValues, columns: dict[str, Any]) -> Any:
    """A lazy Ibis table of results, one row per region, after the region and its value."""
    made: dict[str, Any] = {read.name: read.regions, "value": read.values}
    for name, column in columns.items():
        is_number = isinstance(column, np.ndarray) and column.dtype.kind == "f"
        made[name] = pa.array(column, mask=np.isnan(column)) if is_number else column
    return ibis.memtable(pa.table(made))
