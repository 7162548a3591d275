"""Shift-share: how much of the growth of a region its nation, its industries and itself account for."""

from typing import Any, Literal

import ibis
import ibis.expr.types as ir

from grappe.agglomeration.cells import Cells, as_table, read_cells
from grappe.agglomeration.margins import add_margin, add_whole, cell_columns, read_reference
from grappe.agglomeration.withheld import INFINITE, Bounds, Number, ratio, sum_of, times
from grappe.domain.errors import BadChoice

BY = {"region": ("region",), "industry": ("industry",), "cell": ("region", "industry")}
"""What the rows of the result are, by the name of the choice."""


def shift_share(
    table: Any,
    *,
    region: str = "region",
    industry: str = "industry",
    start: str | tuple[str, str] = "start",
    end: str | tuple[str, str] = "end",
    by: Literal["region", "industry", "cell"] = "region",
    reference: Any = None,
) -> ir.Table:
    """Growth of each region between two dates, in three parts that add up to it (Dunn).

    With e the jobs at the start, e' those at the end, for region j and industry i:

    - ``growth = e'_ij - e_ij``
    - ``national_share = e_ij g``: had it grown at the rate g of the nation;
    - ``industrial_mix = e_ij (g_i - g)``: more, or less, because its industries grow fast, or slowly, in the
      nation;
    - ``regional_share = e'_ij - e_ij (1 + g_i)``: what is left, the advantage of the region itself. An
      industry that the region did not have is all of it here.

    It describes; the third part is a remainder and names no cause.

    Parameters
    ----------
    table : Ibis table, or pandas, polars, Arrow
        One row per region and industry; a pair without a row is zero at both dates.
    region, industry : str
        Names of the columns that hold the region and the industry.
    start, end : str, or pair of str
        Names of the columns that hold the counts at the two dates; withheld cells as in `read_cells`.
    by : {"region", "industry", "cell"}
        What each row of the result is; parts of cells are added up.
    reference : Ibis table, or pandas, polars, Arrow; optional
        The nation, a row per industry, in columns of the same names, where the regions of the table are
        not the whole of it.

    Returns
    -------
    Ibis table, lazy
        The keys under the caller's names, ``start``, ``end`` and the four numbers above, in the unit of the
        counts. ``industrial_mix`` and ``regional_share`` are NULL where a cell has jobs at the start in an
        industry that the reference counts as zero there. Where cells may be withheld, each of the four has
        ``…_low`` and ``…_high``: those of every completion lie between them, but not every value between
        need be attained, nor do bounds add up as the parts do.

    Raises
    ------
    InputRefused
        As `read_cells`; if the reference lacks an industry of the table.
    BadChoice
        If `by` is none of these.

    References
    ----------
    E. S. Dunn, "A statistical and analytical technique for regional analysis", Papers of the Regional
    Science Association 6, 1960.

    Examples
    --------
    >>> import pandas as pd
    >>> jobs = pd.DataFrame({
    ...     "region": ["north", "north", "south", "south"],
    ...     "industry": ["leather", "other", "leather", "other"],
    ...     "start": [100, 100, 100, 200], "end": [150, 90, 100, 260],
    ... })
    >>> found = shift_share(jobs).order_by("region").to_pandas()
    >>> found[["growth", "national_share", "industrial_mix", "regional_share"]].round(4).values.tolist()
    [[40.0, 40.0, 1.6667, -1.6667], [60.0, 60.0, -1.6667, 1.6667]]
    """
    if by not in BY:
        raise BadChoice(name="by", value=by, accepted=", ".join(BY))
    table = as_table(table)
    first = read_cells(table, region=region, industry=industry, value=start)
    last = read_cells(table, region=region, industry=industry, value=end)
    withheld = first.withheld or last.withheld
    bases: tuple[ir.Table | None, ir.Table | None] = (None, None)
    if reference is not None:
        reference = as_table(reference)
        first, before = read_reference(first, reference, key="industry", value=start)
        last, after = read_reference(last, reference, key="industry", value=end)
        bases = before, after
        withheld = first.withheld or last.withheld
    rows = _two_dates(first, last, bases, withheld=withheld)
    columns = _parts(rows)
    if withheld:
        for name, bounds in _bounds(rows).items():
            columns |= {f"{name}_low": bounds.low, f"{name}_high": bounds.high}
    return first.named(_added_up(rows.select("region", "industry", **columns), BY[by]))


def _two_dates(
    first: Cells, last: Cells, bases: tuple[ir.Table | None, ir.Table | None], *, withheld: bool
) -> ir.Table:
    """Each cell beside its industry and the whole, after ``start_`` and after ``end_``."""
    sides = []
    for cells, base in zip((first, last), bases, strict=True):
        own = cell_columns(cells.table, withheld=withheld)
        source = own if base is None else base
        sides.append(add_whole(add_margin(own, source, "industry"), source))
    start, end = sides[0].rename("start_{name}"), sides[1].rename("end_{name}")
    keys = [("start_region", "end_region"), ("start_industry", "end_industry")]
    return start.join(end, keys).rename(region="start_region", industry="start_industry")


def _parts(rows: ir.Table) -> dict[str, Number]:
    start, end = rows.start_value, rows.end_value
    nation = ratio(rows.end_all_value, rows.start_all_value)
    industry = ratio(rows.end_industry_value, rows.start_industry_value)
    none = start == 0.0
    return {
        "start": start,
        "end": end,
        "growth": end - start,
        "national_share": ibis.ifelse(none, 0.0, start * (nation - 1.0)),
        "industrial_mix": ibis.ifelse(none, 0.0, start * (industry - nation)),
        "regional_share": ibis.ifelse(none, end, end - start * industry),
    }


def _bounds(rows: ir.Table) -> dict[str, Bounds]:
    start, end = (_ends(rows, one) for one in ("start_", "end_"))
    nation = _growth(_ends(rows, "end_all_"), _ends(rows, "start_all_"))
    industry = _growth(_ends(rows, "end_industry_"), _ends(rows, "start_industry_"))
    expected = times(start, industry)
    return {
        "growth": Bounds(end.low - start.high, end.high - start.low),
        "national_share": times(start, Bounds(nation.low - 1.0, nation.high - 1.0)),
        "industrial_mix": times(start, Bounds(industry.low - nation.high, industry.high - nation.low)),
        "regional_share": Bounds(end.low - expected.high, end.high - expected.low),
    }


def _ends(rows: ir.Table, margin: str) -> Bounds:
    found = sum_of(rows, margin)
    return Bounds(found.low, found.high)


def _growth(end: Bounds, start: Bounds) -> Bounds:
    """Bounds of the end over the start, of which it is no part."""
    low = ibis.ifelse(start.high == INFINITE, 0.0, ratio(end.low, start.high))
    endless = (start.low == 0.0) & (end.high > 0.0)
    return Bounds(low, ibis.ifelse(endless, INFINITE, ratio(end.high, start.low)))


def _added_up(rows: ir.Table, keys: tuple[str, ...]) -> ir.Table:
    """The sums of all columns; one that is unknown in a row is unknown in the sum."""
    names = [name for name in rows.columns if name not in ("region", "industry")]
    sums = {name: rows[name].sum() for name in names}
    unknown = {name: rows[name].isnull().any() for name in names}
    nothing = ibis.null("float64")
    return rows.group_by(*keys).aggregate(
        **{name: ibis.ifelse(unknown[name], nothing, sums[name]) for name in names}
    )
