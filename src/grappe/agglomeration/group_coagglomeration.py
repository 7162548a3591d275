"""Coagglomeration of the industries of a group, such as those of a cluster's definition."""

from collections.abc import Mapping
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from grappe.agglomeration.cells import as_table, check_columns, read_cells
from grappe.agglomeration.margins import QUOTED, add_margin, add_whole, totals
from grappe.agglomeration.withheld import ratio
from grappe.domain.errors import InputRefused, Problem


def group_coagglomeration(
    table: Any,
    groups: Any,
    *,
    region: str = "region",
    industry: str = "industry",
    value: str | tuple[str, str] = "value",
    group: str = "group",
) -> ir.Table:
    """Coagglomeration of each group of industries, as Ellison and Glaeser.

    Their index ``[G / (1 - X) - H - sum_i gamma_i w_i² (1 - H_i)] / (1 - sum_i w_i²)``, with w_i the share of
    industry i in the group, G the raw concentration of the group, gamma_i that of the industry after
    correction and ``H = sum_i w_i² H_i``, is the same number as

    ``gamma_c = (G - sum_i w_i² G_i) / ((1 - X) (1 - sum_i w_i²))``

    with G_i the raw concentration of each industry: the sizes of plants cancel, so none are needed. It is
    the mean of `coagglomeration` over the pairs of the group, each weighted by ``w_i w_k``.

    Parameters
    ----------
    table : Ibis table, or pandas, polars, Arrow
        One row per region and industry; a pair without a row is zero. All industries belong in it, those
        without a group too, as they make the shares of regions in all jobs.
    groups : mapping, or Ibis table, pandas, polars, Arrow
        The group of each industry: a mapping from one to the other, or a table with a row per industry. An
        industry has one group at most.
    region, industry : str
        Names of the columns that hold the region and the industry, here and in `groups`.
    value : str, or pair of str
        Name of the column that holds the count. A withheld cell takes the middle of its interval, as in
        `read_cells`; bounds are not carried.
    group : str
        Name of the column of `groups` that holds the group.

    Returns
    -------
    Ibis table, lazy
        A row per group, under the caller's name: ``industries``, how many have jobs, ``gamma_c``, without
        unit, and ``undefined``, which says why it is NULL: ``no_jobs``, ``one_industry`` or ``one_region``.

    Raises
    ------
    InputRefused
        As `read_cells`; if `groups` lacks a column or gives an industry two groups.

    References
    ----------
    G. Ellison and E. L. Glaeser, "Geographic concentration in U.S. manufacturing industries: a dartboard
    approach", Journal of Political Economy 105, 1997.

    Examples
    --------
    >>> import pandas as pd
    >>> jobs = pd.DataFrame({
    ...     "region": ["north", "north", "south", "south"],
    ...     "industry": ["tannery", "shoes", "bakery", "shoes"],
    ...     "value": [100, 60, 100, 40],
    ... })
    >>> found = group_coagglomeration(jobs, {"tannery": "leather", "shoes": "leather"}).to_pandas()
    >>> found[["group", "industries", "gamma_c"]].round(4).values.tolist()
    [['leather', 2, 0.125]]
    """
    cells = read_cells(table, region=region, industry=industry, value=value)
    members = _read_groups(groups, industry=industry, group=group)
    own = cells.table.select("region", "industry", "value")
    by_region = add_whole(totals(own, "region"), own)
    regions = by_region.select("region", x=ratio(by_region.value, by_region.all_value))
    kept = own.join(members, "industry")
    sizes = totals(kept, "industry", "group")
    weights = add_margin(sizes, sizes, "group")
    of_industries = _raw(kept, regions, "industry").join(weights, "industry")
    of_industries = of_industries.mutate(w2=ratio(of_industries.value, of_industries.group_value) ** 2)
    inside = of_industries.group_by("group").aggregate(
        industries=(of_industries.value > 0).sum(),
        w2=of_industries.w2.sum(),
        parts=(of_industries.w2 * of_industries.raw).sum(),
    )
    found = _raw(kept, regions, "group").join(inside, "group").cross_join(_evenness(regions))
    undefined = ibis.cases(
        (found.industries == 0, "no_jobs"),
        (found.inhabited == 1, "one_region"),
        (found.industries == 1, "one_industry"),
        else_=ibis.null("string"),
    )
    index = ratio(found.raw - found.parts, (1.0 - found.x2) * (1.0 - found.w2))
    known = ibis.ifelse(undefined.isnull(), index, ibis.null("float64"))
    return found.select(found.group.name(group), "industries", gamma_c=known, undefined=undefined)


def _evenness(regions: ir.Table) -> ir.Table:
    """The sum of squares of the shares of regions, and how many have jobs, as a table of one row."""
    return regions.aggregate(x2=(regions.x**2).sum(), inhabited=(regions.x > 0).sum())


def _raw(cells: ir.Table, regions: ir.Table, key: str) -> ir.Table:
    """The raw concentration of each `key`: ``sum_j (s_j - x_j)²``, over regions where it is absent too."""
    pairs = totals(cells, key, "region")
    found = add_margin(pairs, cells, key).join(regions, "region")
    s = ratio(found.value, found[f"{key}_value"])
    sums = found.group_by(key).aggregate(near=((s - found.x) ** 2).sum(), here=(found.x**2).sum())
    found = sums.cross_join(_evenness(regions))
    return found.select(key, raw=found.near + ibis.greatest(found.x2 - found.here, 0.0))


def _read_groups(groups: Any, *, industry: str, group: str) -> ir.Table:
    """The columns ``industry`` and ``group``, an industry once."""
    if isinstance(groups, Mapping):
        groups = pa.table({industry: list(groups), group: list(groups.values())})
    table = as_table(groups)
    check_columns(table, {"industry": industry, "group": group})
    members = table.select(industry=table[industry], group=table[group]).distinct()
    members = members.filter(members.group.notnull())
    counted = members.group_by("industry").aggregate(groups=members.count())
    twice = counted.filter(counted.groups > 1).order_by("industry").limit(QUOTED)
    problems = [
        Problem("two_groups", "groups", field=industry, value=str(one))
        for one in twice.to_pyarrow().column("industry").to_pylist()
    ]
    if problems:
        raise InputRefused("table_refused", count=len(problems), problems=problems)
    return members
