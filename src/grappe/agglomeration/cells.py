"""Cells of a region × industry table, read from whatever holds one, withheld cells as intervals."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa

from grappe.domain.errors import InputRefused, Problem

_DASH = r"^\s*(\d+(?:\.\d+)?)\s*(?:-|–|—|to|à|a|bis)\s*(\d+(?:\.\d+)?)\s*$"
_AT_LEAST = r"^\s*(?:>=|≥)?\s*(\d+(?:\.\d+)?)\s*(?:\+|et plus|or more|y más)?\s*$"
_BELOW = r"^\s*<\s*(\d+(?:\.\d+)?)\s*$"
_PLAIN = r"^\s*\d+(?:\.\d+)?\s*$"
_WHOLE = "the whole reference"
"""Name given to the column of regions of a table of totals, which has none."""


@dataclass(frozen=True, slots=True)
class Cells:
    """A region × industry table in long form, one row per pair.

    `table` is lazy and has the columns ``region``, ``industry``, ``value``, ``low``, ``high``. `value` is
    what was printed, or the middle of the printed interval, or its lower end when it is open; `low` and
    `high` bound it, equal to it where the cell is exact, `high` infinite where it is open. A pair absent
    from the table is zero. `region` and `industry` are the caller's names, given back by `named`.
    """

    table: ir.Table
    region: str
    industry: str
    withheld: bool

    def named(self, result: ir.Table) -> ir.Table:
        """A result with the caller's own column names."""
        names = {self.region: "region", self.industry: "industry"}
        return result.rename({new: old for new, old in names.items() if old in result.columns and new != old})


def as_table(table: Any) -> ir.Table:
    """An Ibis table of whatever holds one: Ibis, pandas, polars or Arrow.

    Raises
    ------
    InputRefused
        If it is none of these.
    """
    if isinstance(table, ir.Table):
        return table
    if isinstance(table, pd.DataFrame):
        table = _arrow(table)
    try:
        return ibis.memtable(table)
    except (TypeError, NotImplementedError, ValueError, ibis.common.exceptions.IbisError) as error:
        raise InputRefused("not_a_table", found=type(table).__name__) from error


def _arrow(frame: pd.DataFrame) -> pa.Table:
    """An Arrow table of a data frame; a column of mixed types becomes text: its bad cells can be named."""
    columns = {}
    for name in frame.columns:
        try:
            columns[str(name)] = pa.Array.from_pandas(frame[name])
        except (pa.ArrowInvalid, pa.ArrowTypeError):
            columns[str(name)] = pa.array(
                [None if one is None else str(one) for one in frame[name]], pa.string()
            )
    return pa.table(columns)


def check_columns(table: ir.Table, wanted: Mapping[str, str]) -> None:
    """Refuse a table that lacks a column; `wanted` maps the role of each column to its name.

    Raises
    ------
    InputRefused
        With a problem per missing column, and the columns there are.
    """
    present = ", ".join(table.columns)
    problems = [
        Problem("unknown_column", "table", field=role, value=name, params={"accepted": present})
        for role, name in wanted.items()
        if name not in table.columns
    ]
    if problems:
        raise InputRefused("table_refused", count=len(problems), problems=problems)


def read_cells(
    table: Any, *, region: str = "region", industry: str = "industry", value: str | tuple[str, str] = "value"
) -> Cells:
    """Cells of a table in long form; rows of one pair are added up.

    Parameters
    ----------
    table : Ibis table, or pandas, polars, Arrow
        One row per region and industry, or several.
    region, industry : str
        Names of the columns that hold the region and the industry.
    value : str, or pair of str
        Name of the column that holds the count (jobs, establishments): numbers, or text in which a
        withheld cell is an interval such as ``10-19``, ``<10`` or ``500+``. A pair names the columns
        of the lower and the upper bound.

    Returns
    -------
    Cells

    Raises
    ------
    InputRefused
        If a column is missing, the table is empty, or a cell is negative, missing, not a number, or has
        its bounds the wrong way round. The message quotes up to twenty cells.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"region": ["n", "s"], "industry": ["oil", "oil"], "value": ["7", "10-19"]})
    >>> read_cells(table).table.order_by("region").to_pyarrow().to_pylist()
    [{'region': 'n', 'industry': 'oil', 'value': 7.0, 'low': 7.0, 'high': 7.0},
     {'region': 's', 'industry': 'oil', 'value': 14.5, 'low': 10.0, 'high': 19.0}]
    """
    rows, withheld = _read_rows(table, region, industry, value)
    cells = rows.group_by("region", "industry").aggregate(
        value=ibis._.value.sum(), low=ibis._.low.sum(), high=ibis._.high.sum()
    )
    return Cells(cells, region, industry, withheld)


def read_establishments(
    table: Any, *, region: str = "region", industry: str = "industry", size: str | tuple[str, str] = "size"
) -> Cells:
    """Establishments, one row each: as `read_cells`, without adding up the rows of a pair.

    Parameters
    ----------
    table : Ibis table, or pandas, polars, Arrow
        One row per establishment.
    region, industry : str
        Names of the columns that hold the region and the industry.
    size : str, or pair of str
        Name of the column that holds the size, such as jobs, or of those that hold its bounds.

    Returns
    -------
    Cells
        With a row per establishment.

    Raises
    ------
    InputRefused
        As `read_cells` does.

    Examples
    --------
    >>> import pandas as pd
    >>> plants = pd.DataFrame({"region": ["n", "n"], "industry": ["oil", "oil"], "size": ["7", "10-19"]})
    >>> read_establishments(plants).table.order_by("value").to_pyarrow().to_pylist()
    [{'region': 'n', 'industry': 'oil', 'value': 7.0, 'low': 7.0, 'high': 7.0},
     {'region': 'n', 'industry': 'oil', 'value': 14.5, 'low': 10.0, 'high': 19.0}]
    """
    rows, withheld = _read_rows(table, region, industry, size)
    return Cells(rows, region, industry, withheld)


def read_totals(table: Any, *, key: str, value: str | tuple[str, str] = "value") -> tuple[ir.Table, bool]:
    """Totals of a reference (a nation, an earlier census), and whether any may be withheld.

    The table has the columns ``key``, ``value``, ``low``, ``high``; rows of one key are added up.

    Parameters
    ----------
    table : Ibis table, or pandas, polars, Arrow
    key : str
        Name of the column that holds the region, or the industry.
    value : str, or pair of str
        As in `read_cells`.

    Raises
    ------
    InputRefused
        As `read_cells` does.
    """
    table = as_table(table)
    check_columns(table, {"key": key})
    whole = table.mutate(**{_WHOLE: ibis.literal("reference")})
    cells = read_cells(whole, region=_WHOLE, industry=key, value=value)
    return cells.table.drop("region").rename(key="industry"), cells.withheld


def _read_rows(table: Any, region: str, industry: str, value: str | tuple[str, str]) -> tuple[ir.Table, bool]:
    """Checked rows with the columns of `Cells.table`; whether cells may be withheld."""
    table = as_table(table)
    bounds = value if isinstance(value, tuple) else (value, value)
    check_columns(table, {"region": region, "industry": industry, "value": bounds[0], "high": bounds[1]})
    if isinstance(value, tuple):
        low, high = (table[name].cast("float64") for name in value)
        withheld, shown = True, table[bounds[0]].cast("string")
    elif table[value].type().is_string():
        low, high = _interval(table[value])
        withheld, shown = True, table[value]
    else:
        low = high = table[value].cast("float64")
        withheld, shown = False, table[value].cast("string")
    rows = table.select(region=table[region], industry=table[industry], low=low, high=high, shown=shown)
    _check_cells(rows, region=region, industry=industry, value=bounds[0])
    middle = ibis.ifelse(rows.high == float("inf"), rows.low, (rows.low + rows.high) / 2)
    return rows.select("region", "industry", value=middle, low=rows.low, high=rows.high), withheld


def _interval(text: ir.Column) -> tuple[Any, Any]:
    """Bounds of a printed count; NULL where it cannot be read."""
    text = text.cast("string")
    dash, at_least, below, plain = (text.re_search(p) for p in (_DASH, _AT_LEAST, _BELOW, _PLAIN))
    one = text.re_extract(_AT_LEAST, 1).nullif("").try_cast("float64")
    low = ibis.cases(
        (dash, text.re_extract(_DASH, 1).nullif("").try_cast("float64")),
        (below, ibis.literal(0.0)),
        (plain | at_least, one),
        else_=ibis.null(dt.float64),
    )
    high = ibis.cases(
        (dash, text.re_extract(_DASH, 2).nullif("").try_cast("float64")),
        # Below ten jobs is nine at most.
        (below, text.re_extract(_BELOW, 1).nullif("").try_cast("float64") - 1),
        (plain, one),
        (at_least, ibis.literal(float("inf"))),
        else_=ibis.null(dt.float64),
    )
    return low, high


def _check_cells(rows: ir.Table, *, region: str, industry: str, value: str) -> None:
    wrong = ibis.cases(
        (rows.region.isnull(), "missing_region"),
        (rows.industry.isnull(), "missing_industry"),
        (rows.low.isnull() | rows.high.isnull() | rows.low.isnan() | rows.high.isnan(), "bad_count"),
        (rows.low == float("inf"), "bad_count"),
        (rows.low < 0, "negative_count"),
        (rows.high < rows.low, "bad_range"),
        else_=ibis.null(dt.string),
    )
    rows = rows.mutate(wrong=wrong)
    summary = rows.aggregate(rows=rows.count(), wrong=rows.wrong.count()).to_pyarrow().to_pylist()[0]
    if not summary["rows"]:
        raise InputRefused("empty_table")
    if summary["wrong"]:
        bad = rows.filter(rows.wrong.notnull()).limit(20).to_pyarrow().to_pylist()
        columns = {"missing_region": region, "missing_industry": industry}
        problems = [
            Problem(
                row["wrong"],
                f"{row['region']} × {row['industry']}",
                field=columns.get(row["wrong"], value),
                value=row["shown"],
            )
            for row in bad
        ]
        raise InputRefused("table_refused", count=summary["wrong"], problems=problems)
