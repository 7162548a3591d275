"""The cluster index of Litzenberger and Sternberg: jobs and plants against area and people."""

from typing import Any

import ibis
import ibis.expr.types as ir

from grappe.agglomeration.cells import as_table, check_columns, read_cells
from grappe.agglomeration.margins import QUOTED, add_margin, cell_columns
from grappe.agglomeration.withheld import Bounds, Number, ratio, share, sum_of
from grappe.domain.errors import InputRefused, Problem

Column = str | tuple[str, str]


def litzenberger_sternberg(
    table: Any,
    *,
    region: str = "region",
    industry: str = "industry",
    jobs: Column = "jobs",
    firms: Column = "firms",
    area: str = "area",
    population: str = "population",
) -> ir.Table:
    """Cluster index of each region and industry, from jobs, firms, area and population.

    Relative density of jobs, times relative jobs a head, over relative size of firms:
    ``ci = [(e_ij / a_j) / (e_i / a)] [(e_ij / p_j) / (e_i / p)] / [(e_ij / b_ij) / (e_i / b_i)]``. That is
    the share of the industry's jobs times the share of its firms that the region has, over its shares of
    area and of population. 1 is the average. It has no upper limit, and small regions reach high values:
    compare regions of one table only.

    Parameters
    ----------
    table : Ibis table, or pandas, polars, Arrow
        One row per region and industry; a pair without a row is zero. Area and population are repeated on
        every row of a region.
    region, industry : str
        Names of the columns that hold the region and the industry.
    jobs, firms : str, or pair of str
        Names of the columns that hold the counts; withheld cells as in `read_cells`.
    area, population : str
        Names of the columns that hold the size of the region, in any one unit, above zero. The whole is the
        sum over the regions of the table.

    Returns
    -------
    Ibis table, lazy
        A row per pair of the table: `region` and `industry` under the caller's names and ``ci``, without
        unit: 0 where the region has no job or no firm of the industry, NULL where nobody has. Where cells
        may be withheld, ``ci_low`` and ``ci_high``, sharp when jobs and firms may vary apart.

    Raises
    ------
    InputRefused
        As `read_cells`; if the area or the population of a region is missing, not above zero, or not the
        same on all its rows.

    References
    ----------
    T. Litzenberger and R. Sternberg, "Der Clusterindex: eine Methodik zur Identifizierung regionaler
    Cluster am Beispiel deutscher Industriebranchen", Geographische Zeitschrift 94, 2006.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({
    ...     "region": ["here", "there"], "industry": ["optics", "optics"], "jobs": [30, 70],
    ...     "firms": [4, 16], "area": [10, 90], "population": [20, 80],
    ... })
    >>> litzenberger_sternberg(table).order_by("region").to_pandas()["ci"].round(4).tolist()
    [3.0, 0.7778]
    """
    table = as_table(table)
    check_columns(table, {"area": area, "population": population})
    cells = read_cells(table, region=region, industry=industry, value=jobs)
    plants = read_cells(table, region=region, industry=industry, value=firms)
    places = _read_places(table, region=region, area=area, population=population)
    job, plant = _shares(cells.table, cells.withheld), _shares(plants.table, plants.withheld)
    found = job.join(
        plant.rename("plant_{name}"), [("region", "plant_region"), ("industry", "plant_industry")]
    )
    found = found.join(places, "region")
    spread = found.area_share * found.population_share
    columns = {"ci": found.share * found.plant_share / spread}
    if cells.withheld or plants.withheld:
        columns["ci_low"] = found.low * found.plant_low / spread
        columns["ci_high"] = found.high * found.plant_high / spread
    return cells.named(found.select("region", "industry", **columns))


def _shares(cells: ir.Table, withheld: bool) -> ir.Table:
    """The share of each cell in its industry, and its bounds."""
    own = cell_columns(cells, withheld=withheld)
    found = add_margin(own, own, "industry")
    known = ratio(found.value, found.industry_value)
    bounds = Bounds(known, known)
    if withheld:
        cell = sum_of(found)
        bounds = share(cell, sum_of(found, "industry_") - cell)
    return found.select("region", "industry", share=known, low=bounds.low, high=bounds.high)


def _read_places(table: ir.Table, *, region: str, area: str, population: str) -> ir.Table:
    """The shares of each region in area and population; one size per region, or the table is refused."""
    measured = {"area": table[area].cast("float64"), "population": table[population].cast("float64")}
    rows = table.select(region=table[region], **measured)
    ends = {
        f"{name}_{end}": getattr(rows[name], end)() for name in measured for end in ("min", "max", "count")
    }
    places = rows.group_by("region").aggregate(rows=rows.count(), **ends)
    for name, column in (("area", area), ("population", population)):
        _check_sizes(places, name, column)
    totals = places.select(area_value=places.area_max, population_value=places.population_max)
    whole = totals.aggregate(area_all=totals.area_value.sum(), population_all=totals.population_value.sum())
    found = places.cross_join(whole)
    return found.select(
        "region",
        area_share=found.area_max / found.area_all,
        population_share=found.population_max / found.population_all,
    )


def _check_sizes(places: ir.Table, name: str, column: str) -> None:
    least, most = places[f"{name}_min"], places[f"{name}_max"]
    wrong: Number = ibis.cases(
        (places[f"{name}_count"] < places.rows, "missing_size"),
        ((least <= 0) | least.isnan() | most.isinf(), "bad_size"),
        (least < most, "two_sizes"),
        else_=ibis.null("string"),
    )
    found = places.select("region", wrong=wrong, least=least)
    bad = found.filter(found.wrong.notnull()).order_by("region").limit(QUOTED).to_pyarrow().to_pylist()
    if bad:
        problems = [
            Problem(row["wrong"], str(row["region"]), field=column, value=str(row["least"])) for row in bad
        ]
        raise InputRefused("table_refused", count=len(problems), problems=problems)
