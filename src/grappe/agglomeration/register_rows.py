"""Rows of a register made into points or cells: numbers read as printed, bad rows set aside with reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from grappe.agglomeration.cells import _interval
from grappe.agglomeration.points import Points, read_points
from grappe.agglomeration.register_files import QUOTED, Read, RegisterFile
from grappe.agglomeration.registers import Interval, Preset
from grappe.domain.errors import InputRefused, Problem

Box = tuple[float, float, float, float]
"""West, south, east, north, in degrees."""

HALF_EARTH = 20_038.0
"""Half the circumference of the earth in kilometres: no two places are farther apart."""

_DIGITS = "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫٬−"
_WESTERN = "01234567890123456789.,-"
_BLANKS = "[\\s\u00a0\u202f\u2009']"
_GROUPED = r"^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$"
_EUROPEAN = r"^[+-]?\d{1,3}(\.\d{3})+,\d+$"
_LETTERED = r"^\s*[A-Za-z]\s*[.)]\s*(.*)$"


@dataclass(frozen=True, slots=True, kw_only=True)
class PointRegister:
    """Establishments read of a register, and the rows set aside."""

    points: Points
    problems: tuple[Problem, ...]
    rows: int
    left_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CellRegister:
    """Cells read of a register, and the rows set aside.

    `table` has the columns ``region``, ``industry`` and ``value``, or ``low`` and ``high`` in the place of
    ``value`` when some counts are withheld: `value` names them as the measures want it.
    """

    table: ir.Table
    value: str | tuple[str, str]
    problems: tuple[Problem, ...]
    rows: int
    left_out: int


def read_point_register(
    file: RegisterFile,
    columns: Mapping[str, str],
    *,
    preset: Preset | None = None,
    where: Mapping[str, Sequence[str]] | None = None,
    unit: Literal["km", "m"] = "km",
    box: Box | None = None,
) -> PointRegister:
    """Establishments of a register; every bad row is set aside, with its place in the file.

    Parameters
    ----------
    file : RegisterFile
    columns : mapping of str to str
        Columns of ``lon`` and ``lat``, or ``x`` and ``y``, of ``industry``, and of ``weight`` if any.
    preset : Preset, optional
        Register it is: its classes of size, the rows it keeps.
    where : mapping of str to sequence of str, optional
        Rows to keep: those whose column holds one of the values.
    unit : {"km", "m"}
        Unit of `x` and `y`.
    box : (west, south, east, north), optional
        Where the register lies, in degrees; rows outside are set aside.

    Returns
    -------
    PointRegister

    Raises
    ------
    InputRefused
        If there is no row, all are bad, longitudes and latitudes are exchanged, or the unit is impossible.
    """
    axes = ("lon", "lat") if "lon" in columns else ("x", "y")
    wanted: dict[str, ir.Value] = {"industry": _code(file, columns["industry"], preset)}
    for role in axes:
        wanted |= _number(file.column(columns[role]), role, coordinate=True)
    if "weight" in columns:
        wanted |= _sized(file.column(columns["weight"]), preset)
    read = file.read(wanted, _kept(file, preset, where))
    if not read.rows.num_rows:
        _refuse_empty(file, read)
    if axes == ("x", "y"):
        _refuse_unit(read.rows, unit)
    outside = _outside(read.rows, box) if box is not None and "lon" in columns else None
    return _points(file, read, columns, unit, outside)


def read_cell_register(
    file: RegisterFile,
    columns: Mapping[str, str],
    *,
    preset: Preset | None = None,
    where: Mapping[str, Sequence[str]] | None = None,
    lazily: bool = False,
) -> CellRegister:
    """Counts per region and industry of a register; every bad row is set aside, with its place in the file.

    Parameters
    ----------
    file : RegisterFile
    columns : mapping of str to str
        Columns of ``region`` and ``industry``, and of ``value``; without it each row counts as one.
    preset : Preset, optional
        Register it is: its classes of size, its withheld cells, the rows it keeps.
    where : mapping of str to sequence of str, optional
        Rows to keep: those whose column holds one of the values.
    lazily : bool
        Leave the good rows in the engine, for tables that outgrow memory; bad rows then have no line.

    Returns
    -------
    CellRegister

    Raises
    ------
    InputRefused
        If there is no row, or all are bad.
    """
    low, high, shown = _bounds(file, columns, preset)
    region = _code(file, columns["region"], preset)
    industry = _code(file, columns["industry"], preset)
    wrong = ibis.cases(
        (region.isnull(), "missing_region"),
        (industry.isnull(), "missing_industry"),
        (low.isnull() | low.isnan(), "bad_count"),
        (low < 0, "negative_count"),
        (high < low, "bad_range"),
        else_=ibis.null(dt.string),
    )
    wanted = {
        "region": region, "industry": industry, "low": low, "high": high,
        "shown": ibis.ifelse(wrong.notnull(), shown, ibis.null(dt.string)), "wrong": wrong,
    }  # fmt: skip
    keep = _kept(file, preset, where)
    if lazily:
        return _lazy_cells(file, wanted, keep, columns)
    read = file.read(wanted, keep)
    if not read.rows.num_rows:
        _refuse_empty(file, read)
    good = pc.is_null(read.rows["wrong"])
    problems = _cell_problems(file, read, columns)
    rows = read.rows.filter(good).select(["region", "industry", "low", "high"])
    if not rows.num_rows:
        raise InputRefused("rows_refused", file=file.path, count=len(problems), problems=problems[:QUOTED])
    exact = bool(pc.all(pc.equal(rows["low"], rows["high"])).as_py())
    table = ibis.memtable(_plain(rows) if exact else rows)
    return CellRegister(
        table=table, value="value" if exact else ("low", "high"), problems=tuple(problems),
        rows=read.rows.num_rows + len(read.problems), left_out=read.left_out,
    )  # fmt: skip


def choices(file: RegisterFile, column: str) -> list[tuple[str, int]]:
    """Values of a column with their number of rows, the most frequent first."""
    text = _text(file.column(column))
    counts = file.table.select(value=text).group_by("value").aggregate(rows=ibis._.count())
    rows = counts.order_by(ibis.desc("rows"), "value").limit(QUOTED).to_pyarrow().to_pylist()
    return [(str(row["value"]), int(row["rows"])) for row in rows]


def _lazy_cells(
    file: RegisterFile,
    wanted: Mapping[str, ir.Value],
    keep: ir.BooleanValue | None,
    columns: Mapping[str, str],
) -> CellRegister:
    kept = file.table if keep is None else file.table.filter(keep.fill_null(False))
    rows = kept.select(**wanted)
    value: str | tuple[str, str]
    bad = rows.filter(rows.wrong.notnull())
    counts = rows.aggregate(rows=rows.count(), bad=rows.wrong.count(), withheld=(rows.low != rows.high).any())
    counted = counts.to_pyarrow().to_pylist()[0]
    if not counted["rows"]:
        raise InputRefused("empty_table")
    problems = []
    for one in bad.to_pyarrow().to_pylist() if counted["bad"] else []:
        code = one["wrong"]
        field = columns.get(_ROLES.get(code, "value"))
        problems.append(Problem(code, file.path.name, field=field, value=one["shown"]))
    good = rows.filter(rows.wrong.isnull())
    if counted["withheld"]:
        table, value = good.select("region", "industry", "low", "high"), ("low", "high")
    else:
        table, value = good.select("region", "industry", value="low"), "value"
    return CellRegister(
        table=table, value=value, problems=tuple(problems), rows=int(counted["rows"]), left_out=0
    )


def _plain(rows: pa.Table) -> pa.Table:
    return pa.table({"region": rows["region"], "industry": rows["industry"], "value": rows["low"]})


_ROLES = {"missing_region": "region", "missing_industry": "industry"}


def _cell_problems(file: RegisterFile, read: Read, columns: Mapping[str, str]) -> list[Problem]:
    wrong = read.rows["wrong"]
    bad = np.flatnonzero(pc.is_valid(wrong).to_numpy(zero_copy_only=False))
    lines = file.line_numbers(read.position[bad].tolist()) if len(bad) else []
    found = list(read.problems)
    for index, line in zip(bad.tolist(), lines, strict=True):
        code = wrong[index].as_py()
        role = _ROLES.get(code, "value")
        value = read.rows["shown"][index].as_py() if role == "value" else None
        found.append(Problem(code, file.path.name, line=line, field=columns.get(role), value=value))
    return sorted(found, key=lambda one: one.line or 0)


def _points(
    file: RegisterFile,
    read: Read,
    columns: Mapping[str, str],
    unit: Literal["km", "m"],
    outside: NDArray[np.bool_] | None,
) -> PointRegister:
    """Points of the rows read, their problems told by line, column and text of the file."""
    here = np.arange(read.rows.num_rows) if outside is None else np.flatnonzero(~outside)
    table = read.rows if outside is None else read.rows.filter(pa.array(~outside))
    roles = {role: role for role in ("lon", "lat", "x", "y", "weight") if role in columns}
    bad: list[tuple[int, str, str]] = []
    if outside is not None:
        bad += [(int(i), "outside_box", "lon") for i in np.flatnonzero(outside)]
    points: Points | None = None
    if table.num_rows:
        try:
            points, problems = read_points(table, **roles, unit=unit, skip_bad_rows=True)
        except InputRefused as error:
            if error.code != "table_refused":
                raise
            # Every row is bad: all of them are told below, by their place in the file.
            problems = _all_bad(table, roles, unit)
        bad += [(int(here[(one.line or 1) - 1]), one.code, str(one.field)) for one in problems]
    bad.sort()
    lines = file.line_numbers([int(read.position[index]) for index, _, _ in bad])
    told = [
        Problem(code, file.path.name, line=line, field=columns[role], value=_printed(read.rows, role, index))
        for (index, code, role), line in zip(bad, lines, strict=True)
    ]
    told = sorted([*read.problems, *told], key=lambda one: one.line or 0)
    if points is None:
        raise InputRefused("rows_refused", file=file.path, count=len(told), problems=told[:QUOTED])
    row = np.asarray(read.position[here[points.row - 1]] + 1, np.int64)
    return PointRegister(
        points=replace(points, row=row), problems=tuple(told),
        rows=read.rows.num_rows + len(read.problems), left_out=read.left_out,
    )  # fmt: skip


def _all_bad(table: pa.Table, roles: Mapping[str, str], unit: Literal["km", "m"]) -> list[Problem]:
    """Problems of rows that are all bad: read beside one good row, which lets the reader go on."""
    good: dict[str, Any] = {name: [0.0] for name in roles} | {"industry": ["-"]}
    filled = {name: [None] for name in table.column_names if name not in good}
    row = pa.table(good | filled).select(table.column_names).cast(table.schema)
    _, problems = read_points(pa.concat_tables([table, row]), **roles, unit=unit, skip_bad_rows=True)
    return problems


def _printed(rows: pa.Table, role: str, index: int) -> str | None:
    """What stands in the file: the text that is no number, else the number."""
    texts = f"{role}_text"
    text = rows[texts][index].as_py() if texts in rows.column_names else None
    if text is not None or role not in rows.column_names:
        return None if text is None else str(text)
    value = rows[role][index].as_py()
    return None if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def _outside(rows: pa.Table, box: Box) -> NDArray[np.bool_]:
    """Rows whose place is outside the box, refusing a register whose places fit it once exchanged."""
    west, south, east, north = box
    lon, lat = (rows[name].to_numpy() for name in ("lon", "lat"))

    def inside(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.bool_]:
        with np.errstate(invalid="ignore"):
            return np.asarray((x >= west) & (x <= east) & (y >= south) & (y <= north))

    known = np.isfinite(lon) & np.isfinite(lat)
    outside: NDArray[np.bool_] = np.asarray(known & ~inside(lon, lat))
    exchanged = int(np.count_nonzero(outside & inside(lat, lon)))
    if exchanged * 2 > np.count_nonzero(known):
        raise InputRefused("swapped_coordinates", count=exchanged)
    return outside


def _refuse_unit(rows: pa.Table, unit: str) -> None:
    for role in ("x", "y"):
        low, high = (value.as_py() for value in pc.min_max(rows[role]).values())
        extent = (high - low) / (1000 if unit == "m" else 1) if low is not None else 0.0
        if extent > HALF_EARTH:
            raise InputRefused("impossible_unit", role=role, extent=f"{extent:,.0f}", unit=unit)


def _refuse_empty(file: RegisterFile, read: Read) -> None:
    if read.problems:
        problems = read.problems
        raise InputRefused("rows_refused", file=file.path, count=len(problems), problems=problems[:QUOTED])
    if read.left_out:
        raise InputRefused("all_left_out", file=file.path, count=read.left_out)
    raise InputRefused("empty_table")


def _kept(
    file: RegisterFile, preset: Preset | None, where: Mapping[str, Sequence[str]] | None
) -> ir.BooleanValue | None:
    """Condition on the rows to keep, by the preset and by the user, who goes first."""
    asked = dict(where or {})
    conditions: list[ir.BooleanValue] = []
    if preset is not None:
        for column, values in preset.keep.items():
            if column in file.columns and column not in asked:
                conditions.append(_text(file.column(column)).isin(values))
        for column, pattern in preset.match.items():
            if column in file.columns and column not in asked:
                conditions.append(_text(file.column(column)).re_search(pattern))
    conditions += [_text(file.column(column)).isin(list(values)) for column, values in asked.items()]
    if not conditions:
        return None
    together = conditions[0]
    for one in conditions[1:]:
        together = together & one
    return together


def _text(column: ir.Column) -> ir.StringValue:
    """A column as text, blanks as NULL; a whole number kept as a float loses its ``.0``."""
    if column.type().is_floating():
        whole = column.cast("int64").cast("string")
        return ibis.ifelse(column == column.floor(), whole, column.cast("string"))
    return column.cast("string").strip().nullif("")


def _code(file: RegisterFile, name: str, preset: Preset | None) -> ir.StringValue:
    """A code as text, put together of several columns where the register parts it."""
    parts = preset.join.get(name, ()) if preset is not None else ()
    parts = parts if all(part in file.columns for part in parts) else ()
    if not parts:
        return _text(file.column(name))
    together = _text(file.column(parts[0]))
    for part in parts[1:]:
        together = together + _text(file.column(part))
    return together


def _number(column: ir.Column, role: str, *, coordinate: bool) -> dict[str, ir.Value]:
    """A column as numbers, and its text where it is none."""
    if column.type().is_numeric():
        return {role: column.cast("float64")}
    value = _parsed(column.cast("string"), coordinate=coordinate)
    return {
        role: value,
        f"{role}_text": ibis.ifelse(value.isnull(), column.cast("string"), ibis.null(dt.string)),
    }


def _parsed(text: ir.StringValue, *, coordinate: bool) -> ir.FloatingValue:
    """Text as a number: western or Arabic digits, comma or point for decimals, blanks between thousands.

    In a count, a comma before each group of three digits parts thousands; in a coordinate it never does.
    """
    bare = text.translate(_DIGITS, _WESTERN).re_replace(_BLANKS, "")
    pointed = bare.replace(",", ".")
    if not coordinate:
        pointed = ibis.cases(
            (bare.re_search(_GROUPED), bare.replace(",", "")),
            (bare.re_search(_EUROPEAN), bare.replace(".", "").replace(",", ".")),
            else_=pointed,
        )
    return pointed.nullif("").try_cast("float64")


def _bounds(
    file: RegisterFile, columns: Mapping[str, str], preset: Preset | None
) -> tuple[ir.FloatingValue, ir.FloatingValue, ir.StringValue]:
    """Lower and upper bound of the count of each row, and how it is printed."""
    if "value" not in columns:
        one = ibis.literal(1.0)
        return one, one, ibis.literal("1")
    column = file.column(columns["value"])
    shown = column.cast("string")
    low, high = _read_interval(column, preset.sizes if preset else {})
    withheld = preset.withheld if preset else None
    if withheld is None or withheld.column not in file.columns or columns["value"] in withheld.unless:
        return low, high, shown
    mark = _text(file.column(withheld.column))
    if withheld.codes:
        hidden = mark.isin(list(withheld.codes)).fill_null(False)
        return ibis.ifelse(hidden, 0.0, low), ibis.ifelse(hidden, float("inf"), high), shown
    floor, ceiling = _classes(mark, withheld.classes)
    return floor.coalesce(low), ceiling.coalesce(high), shown


def _read_interval(column: ir.Column, sizes: Mapping[str, Interval]) -> tuple[ir.Value, ir.Value]:
    """Bounds of a printed count: a number, a class of the register, or an interval such as ``10-19``."""
    if column.type().is_numeric() and not sizes:
        number = column.cast("float64")
        return number, number
    text = column.cast("string")
    number = _parsed(text, coordinate=False)
    printed = text.re_extract(_LETTERED, 1).nullif("").coalesce(text)
    low, high = _interval(printed.re_replace(_BLANKS, ""))
    low, high = number.coalesce(low), number.coalesce(high)
    if sizes:
        # A class goes before a number: the code 11 of a class is no count of eleven.
        floor, ceiling = _classes(text.strip().fill_null(""), sizes)
        low, high = floor.coalesce(low), ceiling.coalesce(high)
    return low, high


def _classes(text: ir.StringValue, classes: Mapping[str, Interval]) -> tuple[ir.Value, ir.Value]:
    lows = [(text == code, low) for code, (low, _) in classes.items()]
    highs = [(text == code, float("inf") if high is None else high) for code, (_, high) in classes.items()]
    null = ibis.null(dt.float64)
    return ibis.cases(*lows, else_=null), ibis.cases(*highs, else_=null)


def _sized(column: ir.Column, preset: Preset | None) -> dict[str, ir.Value]:
    """Weights: a number as printed, the middle of a class, the lower end of an open one."""
    if column.type().is_numeric() and not (preset and preset.sizes):
        return {"weight": column.cast("float64")}
    low, high = _read_interval(column, preset.sizes if preset else {})
    weight = ibis.ifelse(high == float("inf"), low, (low + high) / 2)
    shown = ibis.ifelse(weight.isnull(), column.cast("string"), ibis.null(dt.string))
    return {"weight": weight, "weight_text": shown}
