"""Location quotients: the weight of an industry in a region, relative to its weight in the whole."""

from typing import Any

import ibis
import ibis.expr.types as ir

from grappe.agglomeration.cells import Cells, read_cells
from grappe.agglomeration.margins import (
    QUOTED,
    add_margin,
    add_whole,
    cell_columns,
    read_reference,
    totals,
)
from grappe.agglomeration.quotient_bounds import bounds_from_parts, with_parts, with_top
from grappe.agglomeration.withheld import INFINITE, Number, ratio
from grappe.domain.errors import InputRefused, Problem

ROUNDING = 1e-12
"""A standard deviation of quotients below this share of one is rounding: no region differs from another."""


def location_quotient(
    table: Any,
    *,
    region: str = "region",
    industry: str = "industry",
    value: str | tuple[str, str] = "value",
    reference: Any = None,
    total: str | None = None,
) -> ir.Table:
    """Location quotient of each region and industry, plain, symmetric and standardised.

    ``lq = (e_ij / e_j) / (e_i / e)`` with e_ij the jobs of industry i in region j: 1 is the share found in
    the whole, 2 is twice that share. It is the same number as Balassa's revealed comparative advantage. It
    says nothing of size: read it beside the counts.

    Parameters
    ----------
    table : Ibis table, or pandas, polars, Arrow
        One row per region and industry; a pair without a row is zero.
    region, industry : str
        Names of the columns that hold the region and the industry.
    value : str, or pair of str
        Name of the column that holds the count, in any unit (jobs, establishments, exports); withheld
        cells as in `read_cells`.
    reference : Ibis table, or pandas, polars, Arrow; optional
        Counts, or shares, of each industry in the base, in columns of the same names, where the regions of
        the table are not the whole of it (counties of one state against the nation).
    total : str, optional
        The code, in the column of industries, of the rows that hold a total (``10`` in the American QCEW,
        ``Insgesamt`` in German tables). Give it where the other industries do not add up to that total,
        because they overlap, or some are missing. These rows then give e_j and, in the reference, e.

    Returns
    -------
    Ibis table, lazy
        A row per pair of the table: `region` and `industry` under the caller's names, ``value``, and

        - ``lq``, without unit: NULL where the region, or the industry, has no job at all;
        - ``slq``, ``(lq - 1) / (lq + 1)``, from -1 to 1;
        - ``zlq``, (lq - mean) / standard deviation (of a sample) over all regions with jobs, those where the
          industry is absent counting as 0: NULL where all quotients are equal, or there is one region;
        - where cells may be withheld (`value` is text, or two columns): ``lq_low``, ``lq_high``, ``slq_low``,
          ``slq_high``. They are sharp: some completion of the table comes as close to them as one wishes.
          With `total` they are valid but need not be sharp, as they do not use that cells add up to it.
          ``lq``, ``slq`` and ``zlq`` then take the middle of each interval (its lower end when open).

    Raises
    ------
    InputRefused
        As `read_cells`; if the reference lacks an industry of the table, or a region its total.

    References
    ----------
    B. Balassa, "Trade liberalisation and 'revealed' comparative advantage", The Manchester School 33, 1965.
    P. O'Donoghue and B. Gleave, "A note on methods for measuring industrial agglomeration", Regional Studies
    38, 2004 (standardised quotient).

    Examples
    --------
    >>> import pandas as pd
    >>> jobs = pd.DataFrame({
    ...     "region": ["north", "north", "south", "south"],
    ...     "industry": ["leather", "other", "leather", "other"],
    ...     "value": [20, 80, 80, 820],
    ... })
    >>> found = location_quotient(jobs).order_by("region", "industry").to_pandas()
    >>> found[["lq", "slq", "zlq"]].round(4).values.tolist()
    [[2.0, 0.3333, 0.7071], [0.8889, -0.0588, -0.7071], [0.8889, -0.0588, -0.7071], [1.0123, 0.0061, 0.7071]]

    A county against its nation:

    >>> county = pd.DataFrame({"region": ["c", "c"], "industry": ["leather", "other"], "value": [20, 80]})
    >>> nation = pd.DataFrame({"industry": ["leather", "other"], "value": [100, 900]})
    >>> location_quotient(county, reference=nation).order_by("industry").to_pandas()["lq"].round(4).tolist()
    [2.0, 0.8889]
    """
    cells = read_cells(table, region=region, industry=industry, value=value)
    base = None
    if reference is not None:
        cells, base = read_reference(cells, reference, key="industry", value=value)
    if total is not None:
        _check_totals(cells, total)
    found = _with_totals(cells, base, total)
    if cells.withheld:
        found = with_parts(found, own_base=base is None, own_regions=total is None)
    found = found.cross_join(_inhabited(cells, total))
    found = _standardised(with_top(found) if cells.withheld else found)
    columns = {"value": found.value, "lq": found.lq, "slq": _symmetric(found.lq), "zlq": found.zlq}
    if cells.withheld:
        bounds = bounds_from_parts(found)
        columns |= {"lq_low": bounds.low, "lq_high": bounds.high}
        columns |= {"slq_low": _symmetric(bounds.low), "slq_high": _symmetric(bounds.high)}
    return cells.named(found.select("region", "industry", **columns))


def _with_totals(cells: Cells, base: ir.Table | None, total: str | None) -> ir.Table:
    """Cells beside the four numbers of a quotient, and the quotient."""
    own = cell_columns(cells.table, withheld=cells.withheld)
    source = own if base is None else base
    parts = own if total is None else own.filter(own.industry != total)
    found = add_margin(add_margin(parts, _heads(own, total), "region"), source, "industry")
    found = add_whole(found, _heads(source, total))
    # Products of whole numbers are exact, so equal shares give exactly one.
    quotient = ratio(found.value * found.all_value, found.region_value * found.industry_value)
    return found.mutate(lq=quotient)


def _heads(rows: ir.Table, total: str | None) -> ir.Table:
    """The rows that add up to the whole: all of them, or those of the total."""
    return rows if total is None else rows.filter(rows.industry == total)


def _inhabited(cells: Cells, total: str | None) -> ir.Table:
    """How many regions have a job, as a table of one row."""
    by_region = totals(_heads(cells.table.drop("low", "high"), total), "region")
    return by_region.aggregate(regions=(by_region.value > 0).sum())


def _standardised(found: ir.Table) -> ir.Table:
    """With ``zlq``: deviations within an industry, where a region without a row is a quotient of zero."""
    within = ibis.window(group_by="industry")
    found = found.mutate(
        mean=found.lq.sum().over(within) / found.regions, present=found.lq.count().over(within)
    )
    squares = ((found.lq - found.mean) ** 2).sum().over(within)
    absent = (found.regions - found.present) * found.mean**2
    deviation = ((squares + absent) / (found.regions - 1).nullif(0)).sqrt()
    differs = deviation > ROUNDING * found.mean
    return found.mutate(
        zlq=ibis.ifelse(differs, (found.lq - found.mean) / deviation.nullif(0.0), ibis.null(float))
    )


def _symmetric(quotient: Number) -> Number:
    """The quotient brought from 0…∞ to -1…1."""
    return ibis.ifelse(quotient == INFINITE, 1.0, (quotient - 1) / (quotient + 1))


def _check_totals(cells: Cells, total: str) -> None:
    """Refuse a table in which a region has no row for the total."""
    named = cells.table.filter(cells.table.industry == total)
    lacking = (
        cells.table.select("region").distinct().anti_join(named, "region").order_by("region").limit(QUOTED)
    )
    missing = lacking.to_pyarrow().column("region").to_pylist()
    if missing:
        problems = [
            Problem(
                "missing_total", "table", field=cells.region, value=str(one), params={"total": str(total)}
            )
            for one in missing
        ]
        raise InputRefused("table_refused", count=len(problems), problems=problems)
