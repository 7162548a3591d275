"""Which industries of which regions the rules of a known observatory would call a cluster, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import Any

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

from grappe.agglomeration.cells import as_table, check_columns, read_cells
from grappe.agglomeration.edition import MODIFIED, Criterion, Edition, read_edition
from grappe.domain.errors import InputRefused, Problem


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one criterion speaks for a cell, or not.

    `met` is None where it could not be evaluated: `seen` or `needed` is then missing. `checked` is False
    where the threshold of the edition is only recalled.
    """

    criterion: str
    met: bool | None
    seen: float | None
    needed: float | None
    unit: str
    cites: str
    checked: bool


def strong_clusters(
    table: Any,
    edition: str = "us-2014",
    *,
    region: str = "region",
    industry: str = "industry",
    value: str | tuple[str, str] = "value",
    establishments: str | None = None,
    wage: str | None = None,
    previous: str | None = None,
    area: str | None = None,
    region_type: str | None = None,
    thresholds: Mapping[str, float] | None = None,
) -> ir.Table:
    """Every pair of region and industry under the rules of one edition, criterion by criterion.

    Parameters
    ----------
    table : Ibis table, or pandas, polars, Arrow
        One row per region and industry, or several, which are added up (wages are averaged by value).
        Location quotients, shares and percentiles are those of this table: it must hold every industry
        and every region of the reference.
    edition : str
        Name of the rules; `read_edition` shows them, and a wrong name is answered with the list.
    region, industry : str
        Names of the columns that hold the region and the industry.
    value : str, or pair of str
        Column of the jobs (or looms), or columns of their lower and upper bound. A withheld cell counts
        with the middle of its interval, and ``exact`` is then false.
    establishments, wage, previous : str, optional
        Columns of establishments, mean wage and earlier value of the pair, for editions that ask for
        them.
    area : str, optional
        Column of the area of the region, the same in all of its rows.
    region_type : str, optional
        Column of the type of the region, the same in all of its rows; without it all regions are of one
        type.
    thresholds : mapping of str to float, optional
        Other limits for criteria of the edition, by name; percentiles from 0 to 100. The column
        ``edition`` then says ``(modified)``.

    Returns
    -------
    Ibis table, lazy, a row per pair with a value above zero
        The region, the industry, ``value``, ``exact``; for each criterion c, ``c_seen``, ``c_needed`` and
        ``c_met``; for each level l, ``is_l``; ``level``, the strongest one met or ``none``; ``stars``
        and ``stars_possible``, the stars that could be evaluated; ``strong``; ``edition``. A criterion
        whose column was not given, or is NULL in that row, is not evaluable: ``c_met`` is NULL, and so
        is whatever depends on it. An edition without levels, or stars, has NULL there.

    Raises
    ------
    InputRefused
        As `read_cells` does; if a column is missing, negative, or differs within a region where it may not.
    BadChoice
        If there is no such edition, or a threshold of no criterion.

    References
    ----------
    Each edition cites its own: ``read_edition(name).cites``.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame([("n", "oil", 90, 9), ("n", "wool", 10, 2), ("s", "oil", 10, 1),
    ...     ("s", "wool", 90, 30)], columns=["region", "industry", "value", "firms"])
    >>> found = strong_clusters(table, "brazil-ipea-2006", establishments="firms",
    ...     thresholds={"local_importance": 1.5}).order_by("region", "industry").to_pyarrow().to_pylist()
    >>> [(row["region"], row["industry"], row["level"]) for row in found]
    [('n', 'oil', 'nucleus'), ('n', 'wool', 'none'), ('s', 'oil', 'none'), ('s', 'wool', 'nucleus')]
    """
    rules = read_edition(edition).with_thresholds(thresholds or {})
    cells = read_cells(table, region=region, industry=industry, value=value)
    named = {
        "establishments": establishments,
        "wage": wage,
        "previous": previous,
        "area": area,
        "type": region_type,
    }
    given = {role: name for role, name in named.items() if name is not None}
    rows = _with_extras(cells.table, as_table(table), given, region, industry, value)
    rows = _measured(rows).filter(ibis._.value > 0)
    for criterion in rules.criteria.values():
        rows = _with_criterion(rows, criterion)
    rows = _with_verdict(rows, rules)
    kept = ["region", "industry", "value", "exact"]
    kept += [f"{name}_{part}" for name in rules.criteria for part in ("seen", "needed", "met")]
    kept += [
        *(f"is_{level}" for level in rules.levels),
        "level",
        "stars",
        "stars_possible",
        "strong",
        "edition",
    ]
    return cells.named(rows.select(*kept))


def reasons(row: Mapping[str, Any]) -> tuple[Reason, ...]:
    """What each criterion says of one row of `strong_clusters`.

    Parameters
    ----------
    row : mapping of column names to values
        The row knows its edition.

    Returns
    -------
    tuple of Reason
        In the order of the edition.

    Raises
    ------
    BadChoice
        If there is no such edition.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"region": ["n"], "industry": ["oil"], "value": [620]})
    >>> (row,) = strong_clusters(table, "india-fmc-handloom").to_pyarrow().to_pylist()
    >>> (why,) = reasons(row)
    >>> why.met, why.seen, why.needed, why.unit
    (True, 620.0, 500.0, 'looms')
    """
    name = row["edition"]
    rules = read_edition(name.removesuffix(MODIFIED))
    return tuple(
        Reason(
            criterion=one.name,
            met=row[f"{one.name}_met"],
            seen=row[f"{one.name}_seen"],
            needed=row[f"{one.name}_needed"],
            unit=one.unit,
            cites=rules.cites,
            checked=one.checked and name == rules.name,
        )
        for one in rules.criteria.values()
    )


def _with_extras(
    cells: ir.Table,
    table: ir.Table,
    given: Mapping[str, str],
    region: str,
    industry: str,
    value: str | tuple[str, str],
) -> ir.Table:
    """Cells with a column per role, NULL for those not given."""
    check_columns(table, given)
    numbers = {role: table[name].cast("float64") for role, name in given.items() if role != "type"}
    weight = _weight(table, value)
    rows = table.select(
        region=table[region], industry=table[industry], weight=weight, **numbers,
        **({"type": table[given["type"]].cast("string")} if "type" in given else {}),
    )  # fmt: skip
    _check_extras(rows, given)
    for role in ("establishments", "wage", "previous", "area", "type"):
        if role not in given:
            rows = rows.mutate(**{role: ibis.null(dt.string if role == "type" else dt.float64)})
    pairs = rows.group_by("region", "industry").aggregate(
        establishments=_whole_sum(rows.establishments),
        previous=_whole_sum(rows.previous),
        wage=_mean_wage(rows),
    )
    places = rows.group_by("region").aggregate(area=ibis._.area.max(), type=ibis._.type.max())
    cells = cells.mutate(exact=ibis._.low == ibis._.high).drop("low", "high")
    return (
        cells.left_join(pairs, ["region", "industry"])
        .drop("region_right", "industry_right")
        .left_join(places, "region")
        .drop("region_right")
    )


def _whole_sum(column: Any, window: Any = None) -> Any:
    """A sum that is NULL when any part of it is: what is missing is not zero."""
    total, missing = column.sum(), column.isnull().cast("int64").sum()
    if window is not None:
        total, missing = total.over(window), missing.over(window)
    return ibis.ifelse(missing > 0, ibis.null(dt.float64), total)


def _weight(table: ir.Table, value: str | tuple[str, str]) -> Any:
    """Weight of a row in the mean wage of its pair: its value where that is a number, else one."""
    name = value[0] if isinstance(value, tuple) else value
    number = table[name].cast("string").try_cast("float64") if table[name].type().is_string() else table[name]
    return number.cast("float64").fill_null(1.0)


def _mean_wage(rows: ir.Table) -> Any:
    """Mean wage of a pair by value; a row without a wage does not count."""
    weight = ibis.ifelse(rows.wage.isnull(), 0.0, rows.weight)
    total = weight.sum()
    return ibis.ifelse(total > 0, (rows.wage * weight).sum() / total, rows.wage.mean())


def _check_extras(rows: ir.Table, given: Mapping[str, str]) -> None:
    problems = []
    numbers = [role for role in given if role != "type"]
    if numbers:
        least = rows.aggregate(**{role: rows[role].min() for role in numbers}).to_pyarrow().to_pylist()[0]
        problems += [
            Problem("negative_count", "table", field=given[role], value=str(low))
            for role, low in least.items()
            if low is not None and low < 0
        ]
    for role in ("area", "type"):
        if role in given:
            counts = rows.group_by("region").aggregate(kinds=rows[role].nunique()).filter(ibis._.kinds > 1)
            problems += [
                Problem("differs_in_region", "table", field=given[role], value=str(row["region"]))
                for row in counts.limit(20).to_pyarrow().to_pylist()
            ]
    if problems:
        raise InputRefused("table_refused", count=len(problems), problems=problems)


def _measured(rows: ir.Table) -> ir.Table:
    """Cells with every measure that a criterion may ask for."""
    whole = ibis.window()
    areas = rows.select("region", "area").distinct().aggregate(whole_area=_whole_sum(ibis._.area))
    rows = rows.cross_join(areas)
    of_region = rows.value.sum().over(ibis.window(group_by="region"))
    of_industry = rows.value.sum().over(ibis.window(group_by="industry"))
    firms = _whole_sum(rows.establishments, ibis.window(group_by="industry"))
    region_share = rows.value / of_region.nullif(0)
    return rows.mutate(
        lq=region_share / (of_industry / rows.value.sum().over(whole)).nullif(0),
        region_share=region_share,
        industry_share=rows.value / of_industry.nullif(0),
        growth=rows.value / rows.previous.nullif(0) - 1,
        establishment_density=(rows.establishments / rows.area.nullif(0))
        / (firms / rows.whole_area.nullif(0)).nullif(0),
    )


def _with_criterion(rows: ir.Table, criterion: Criterion) -> ir.Table:
    """Cells with what one criterion saw, needed and concluded."""
    seen, needed, met = (f"{criterion.name}_{part}" for part in ("seen", "needed", "met"))
    rows = rows.mutate(**{seen: rows[criterion.measure]})
    if not criterion.percentile:
        rows = rows.mutate(**{needed: ibis.literal(criterion.limit)})
    else:
        keys = ["industry", "kind"] if criterion.among == "type" else ["industry"]
        rows = rows.mutate(kind=rows.type.fill_null(""))
        limits = rows.group_by(keys).aggregate(**{needed: rows[seen].quantile(criterion.limit / 100)})
        rows = rows.left_join(limits, keys).drop(*(f"{key}_right" for key in keys), "kind")
    above = rows[seen] > rows[needed] if criterion.strictly else rows[seen] >= rows[needed]
    return rows.mutate(**{met: above})


def _with_verdict(rows: ir.Table, rules: Edition) -> ir.Table:
    """Levels and stars; what depends on a criterion that is not evaluable is NULL unless settled anyway."""
    true, unknown = ibis.literal(True), ibis.null(dt.boolean)

    def all_met(names: tuple[str, ...]) -> Any:
        return reduce(and_, (rows[f"{name}_met"] for name in names), true)

    rows = rows.mutate(**{f"is_{level}": all_met(needs) for level, needs in rules.levels.items()})
    if rules.levels:
        steps: list[tuple[Any, Any]] = []
        for level in rules.levels:
            met = rows[f"is_{level}"]
            steps += [(met, level), (met.isnull(), ibis.null(dt.string))]
        rows = rows.mutate(level=ibis.cases(*steps, else_="none"))
    else:
        rows = rows.mutate(level=ibis.null(dt.string))
    floor = all_met(rules.floor)
    if rules.stars:
        votes = [rows[f"{name}_met"] for name in rules.stars]
        met = sum((one.fill_null(False).cast("int64") for one in votes), ibis.literal(0))
        known = sum((one.notnull().cast("int64") for one in votes), ibis.literal(0))
        rows = rows.mutate(stars=ibis.ifelse(floor, met, 0), stars_possible=known)
        short = len(rules.stars) - rows.stars_possible
        wanted = rules.strong_stars or len(rules.stars)
        strong = ibis.cases(
            (rows.stars >= wanted, True), (floor & (rows.stars + short >= wanted), unknown), else_=False
        )
    else:
        rows = rows.mutate(stars=ibis.null(dt.int64), stars_possible=ibis.null(dt.int64))
        strong = reduce(lambda one, other: one | other, (rows[f"is_{level}"] for level in rules.strong))
    return rows.mutate(strong=strong, edition=ibis.literal(rules.name))
