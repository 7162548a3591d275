"""Establishments counted per cell by the engine that holds them, and made into points again.

A table of any size, on DuckDB or on Spark, becomes one row per cell, industry and weight; all that follows
fits in memory. The same rows give the same counts on either engine, hence the same verdicts.
"""

from typing import Any, Literal

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa

from grappe.agglomeration.cells import as_table, check_columns
from grappe.agglomeration.points import EARTH_RADIUS, SHOWN, Points, project
from grappe.domain.errors import InputRefused, Problem

DEGREE = np.pi / 180 * EARTH_RADIUS
"""Kilometres of one degree of latitude."""


def count_cells(
    table: Any,
    *,
    x: str = "x",
    y: str = "y",
    lon: str | None = None,
    lat: str | None = None,
    industry: str = "industry",
    weight: str | None = None,
    cell: float,
    unit: Literal["km", "m"] = "km",
    skip_bad_rows: bool = False,
) -> tuple[ir.Table, list[Problem]]:
    """Establishments per square cell, industry and weight, as a lazy table.

    Parameters
    ----------
    table : Ibis table, pandas, polars, Arrow
        One row per establishment; it stays where it is.
    x, y, lon, lat, industry, weight : str
        Names of columns, as of `read_points`. With `lon` and `lat`, cells are `cell` high and as wide at
        the middle latitude of the register.
    cell : float
        Side of a cell, in km.
    unit : {"km", "m"}
        Unit of `x` and `y`.
    skip_bad_rows : bool
        Leave bad rows out and go on.

    Returns
    -------
    (Ibis table, list of Problem)
        Columns ``x, y`` in km, or ``lon, lat`` in degrees (the middle of the cell), ``industry``,
        ``weight`` if named, ``establishments``. The list quotes up to twenty of the rows left out, each
        with its column, value and reason; a last one gives their number.

    Raises
    ------
    InputRefused
        ``bad_cell``; ``table_refused`` if a column is missing, or a row is bad and bad rows are not
        skipped; ``empty_table``.

    Examples
    --------
    >>> rows = {"x": [0.2, 0.9, 5.1], "y": [0.1, 0.3, 0.2], "industry": ["oil", "oil", "oil"]}
    >>> counts, _ = count_cells(rows, cell=1)
    >>> counts.order_by("x").to_pyarrow().to_pylist()
    [{'x': 0.5, 'y': 0.5, 'industry': 'oil', 'establishments': 2},
     {'x': 5.5, 'y': 0.5, 'industry': 'oil', 'establishments': 1}]
    """
    if not 0 < cell < np.inf:
        raise InputRefused("bad_cell", cell=cell)
    table = _table(table)
    if lon is None and lat is None and x not in table.columns and {"lon", "lat"} <= set(table.columns):
        lon, lat = "lon", "lat"
    spherical = lon is not None or lat is not None
    wanted = {"lon": lon or "lon", "lat": lat or "lat"} if spherical else {"x": x, "y": y}
    across, above = wanted
    wanted["industry"] = industry
    if weight is not None:
        wanted["weight"] = weight
    check_columns(table, wanted)
    rows = table.select(
        **{role: _number(table[wanted[role]]) for role in wanted if role != "industry"},
        industry=table[industry].cast("string"),
        **{f"{role}_shown": table[name].cast("string") for role, name in wanted.items()},
    )
    rows, problems = _good_rows(rows, wanted, spherical, skip_bad_rows)
    wide, high = _steps(rows, cell, unit, spherical)
    keys = ["column", "row", "industry", *(["weight"] if weight is not None else [])]
    counted = (
        rows.mutate(column=(rows[across] / wide).floor(), row=(rows[above] / high).floor())
        .group_by(keys)
        .aggregate(establishments=ibis._.count())
    )
    factor = 1000 if unit == "m" and not spherical else 1
    middle = {
        across: (counted.column.cast("float64") + 0.5) * wide / factor,
        above: (counted.row.cast("float64") + 0.5) * high / factor,
    }
    return counted.select(**middle, **{k: counted[k] for k in [*keys[2:], "establishments"]}), problems


def points_from_cells(counts: Any) -> Points:
    """Points at the middles of cells, one per establishment, in the order of cell, industry and weight.

    Parameters
    ----------
    counts : Ibis table or Arrow
        What `count_cells` returns, or a table with its columns.

    Returns
    -------
    Points
        `row` counts establishments in the order above: rows of the table are no longer known.

    Raises
    ------
    InputRefused
        ``empty_table`` if it holds no establishment.

    Examples
    --------
    Two establishments in one cell of 1 km come back at its middle.

    >>> register = {"x": [0.1, 0.9], "y": [0.2, 0.3], "industry": ["oil", "oil"]}
    >>> counts, set_aside = count_cells(register, cell=1.0)
    >>> points = points_from_cells(counts)
    >>> points.x.tolist(), points.y.tolist()
    ([0.5, 0.5], [0.5, 0.5])
    """
    table: pa.Table = counts.to_pyarrow() if isinstance(counts, ir.Table) else counts
    if not table.num_rows:
        raise InputRefused("empty_table")
    spherical = "lon" in table.column_names
    across, above = (table[name].to_numpy() for name in (("lon", "lat") if spherical else ("x", "y")))
    industries, codes = np.unique(table["industry"].to_numpy(zero_copy_only=False), return_inverse=True)
    weighted = "weight" in table.column_names
    weights = table["weight"].to_numpy() if weighted else np.ones(table.num_rows)
    order = np.lexsort((weights, codes, across, above))
    order = np.repeat(order, table["establishments"].to_numpy()[order])
    crs, distortion = None, 0.0
    if spherical:
        across, above, crs, distortion = project(across, above)
    return Points(
        across[order], above[order], codes[order].astype(np.int32), tuple(industries.tolist()),
        weights[order] if weighted else None, np.arange(1, len(order) + 1), crs, distortion,
    )  # fmt: skip


def _table(table: Any) -> ir.Table:
    if isinstance(table, Points):
        columns: dict[str, Any] = {"x": table.x, "y": table.y}
        columns["industry"] = np.array(table.industries, object)[table.industry]
        if table.weight is not None:
            columns["weight"] = table.weight
        return ibis.memtable(columns)
    return as_table(table)


def _number(column: Any) -> Any:
    return column.try_cast("float64") if column.type().is_string() else column.cast("float64")


def _good_rows(
    rows: ir.Table, wanted: dict[str, str], spherical: bool, skip: bool
) -> tuple[ir.Table, list[Problem]]:
    """Rows that can be counted, and the problems of the others."""
    limits = {"lon": 180.0, "lat": 90.0}
    tests: list[tuple[str, str, Any]] = []
    for role in list(wanted)[:2]:
        # Infinity is caught by the comparison, as SQL has no name for it on every engine.
        number = rows[role]
        tests.append(("bad_coordinate", role, number.isnull() | number.isnan() | (number.abs() > 1e300)))
        if spherical:
            tests.append(("off_the_globe", role, number.abs() > limits[role]))
    tests.append(("missing_industry", "industry", rows.industry.isnull() | (rows.industry.strip() == "")))
    if "weight" in wanted:
        number = rows["weight"]
        tests.append(("bad_weight", "weight", number.isnull() | number.isnan() | (number.abs() > 1e300)))
        tests.append(("negative_weight", "weight", number < 0))
    found = ibis.cases(*((test, f"{code} {role}") for code, role, test in tests), else_=ibis.null(dt.string))
    rows = rows.mutate(wrong=found)
    summary = rows.aggregate(rows=rows.count(), wrong=rows.wrong.count()).to_pyarrow().to_pylist()[0]
    if not summary["rows"]:
        raise InputRefused("empty_table")
    problems = []
    if summary["wrong"]:
        for row in rows.filter(rows.wrong.notnull()).limit(SHOWN).to_pyarrow().to_pylist():
            code, role = row["wrong"].split()
            problems.append(Problem(code, "table", field=wanted[role], value=row[f"{role}_shown"]))
        if not skip or summary["wrong"] == summary["rows"]:
            raise InputRefused("table_refused", count=summary["wrong"], problems=problems)
        problems.append(Problem("rows_left_out", "table", params={"count": str(summary["wrong"])}))
    return rows.filter(rows.wrong.isnull()), problems


def _steps(rows: ir.Table, cell: float, unit: str, spherical: bool) -> tuple[float, float]:
    """Width and height of a cell in the unit of the coordinates."""
    if not spherical:
        side = cell * 1000 if unit == "m" else cell
        return side, side
    ends = rows.aggregate(low=rows.lat.min(), high=rows.lat.max()).to_pyarrow().to_pylist()[0]
    height = cell / DEGREE
    # A cell on the pole itself would be infinitely wide.
    shrink = max(np.cos(np.radians((ends["low"] + ends["high"]) / 2)), 1e-3)
    return float(height / shrink), float(height)
