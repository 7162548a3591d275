"""The Ellison-Glaeser index: concentration of an industry beyond that of its plants."""

from typing import Any

import ibis
import ibis.expr.types as ir

from grappe.agglomeration.cells import read_establishments
from grappe.agglomeration.margins import add_margin, add_whole, cell_columns, read_reference, totals
from grappe.agglomeration.withheld import INFINITE, Bounds, Number, around, gap, ratio, share, sum_of


def ellison_glaeser(
    establishments: Any,
    *,
    region: str = "region",
    industry: str = "industry",
    size: str | tuple[str, str] = "size",
    reference: Any = None,
) -> ir.Table:
    """Concentration of each industry over the regions, corrected for the size of its plants.

    With s_j the share of the industry's jobs in region j, x_j the share of all jobs, z_k the share of plant
    k in the industry, X the sum of x_j²:

    - ``g = sum_j (s_j - x_j)²``, raw concentration, and ``h = sum_k z_k²``, the Herfindahl index of plants;
    - ``gamma = (g - (1 - X) h) / ((1 - X) (1 - h))``: 0 when plants choose regions as if by lot, each with
      probability x_j; above 0.05 is often called high, below 0.02 low;
    - ``z = (g - (1 - X) h) / sd``, with the standard deviation of g under that lottery;
    - ``maurel_sedillot = ((sum_j s_j² - X) / (1 - X) - h) / (1 - h)``, the same idea from the probability
      that two plants, drawn by size, share a region.

    Parameters
    ----------
    establishments : Ibis table, or pandas, polars, Arrow
        One row per plant.
    region, industry : str
        Names of the columns that hold the region and the industry.
    size : str, or pair of str
        Name of the column that holds the size of the plant, usually its jobs; size classes such as
        ``10-19`` are intervals as in `read_cells`.
    reference : Ibis table, or pandas, polars, Arrow; optional
        All jobs of each region, in columns of the same names: what x is made of instead of the
        establishments given. Give it where these are one industry, or a sample. It must contain the
        industry, or plants could not have chosen as x says.

    Returns
    -------
    Ibis table, lazy
        A row per industry, under the caller's name: ``plants``, those with a size above zero, ``g``, ``h``,
        ``gamma``, ``z``, ``maurel_sedillot``, without unit, and ``undefined``, which says why the last three
        are NULL: ``no_jobs``; ``one_plant`` (h is 1: nothing tells location from size); ``one_region``
        (X is 1: there was no choice). It is NULL where they are defined. ``z`` alone is also NULL where the
        lottery leaves nothing to chance. With size classes there are ``…_low`` and ``…_high`` for ``g``,
        ``h``, ``gamma`` and ``maurel_sedillot``: those of every completion lie between them, but not every
        value between need be attained; ``z`` takes the middle of each class and has no bounds.

    Raises
    ------
    InputRefused
        As `read_cells`; if the reference lacks a region of the establishments.

    References
    ----------
    G. Ellison and E. L. Glaeser, "Geographic concentration in U.S. manufacturing industries: a dartboard
    approach", Journal of Political Economy 105, 1997.
    F. Maurel and B. Sédillot, "A measure of the geographic concentration in French manufacturing
    industries", Regional Science and Urban Economics 29, 1999.

    Examples
    --------
    >>> import pandas as pd
    >>> plants = pd.DataFrame({
    ...     "region": ["north", "north", "south", "south", "south"],
    ...     "industry": ["tannery", "tannery", "tannery", "bakery", "bakery"],
    ...     "size": [40, 40, 20, 50, 50],
    ... })
    >>> found = ellison_glaeser(plants).order_by("industry").to_pandas()
    >>> found[["plants", "g", "h", "gamma", "maurel_sedillot"]].round(4).values.tolist()
    [[2.0, 0.32, 0.5, 0.3333, 1.0], [3.0, 0.32, 0.36, 0.4792, -0.0417]]
    """
    plants = read_establishments(establishments, region=region, industry=industry, size=size)
    compared = None
    if reference is not None:
        plants, compared = read_reference(plants, reference, key="region", value=size)
    withheld = plants.withheld
    own = cell_columns(plants.table, withheld=withheld)
    regions = _region_shares(own if compared is None else compared, withheld=withheld)
    found = (
        _locations(own, regions, withheld=withheld)
        .join(_plants(own, withheld=withheld), "industry")
        .cross_join(_moments(regions, withheld=withheld))
    )
    found = _raw(found, withheld=withheld)
    columns = _indices(found)
    if withheld:
        for name, bounds in _bounds(found).items():
            held = around(columns[name], bounds)
            columns |= {f"{name}_low": held.low, f"{name}_high": held.high}
    return plants.named(found.select("industry", "plants", **columns))


def _region_shares(table: ir.Table, *, withheld: bool) -> ir.Table:
    """The share of each region in all jobs: ``x``, and ``x_low``, ``x_high``."""
    found = add_whole(totals(table, "region"), table)
    columns = {"x": ratio(found.value, found.all_value)}
    if withheld:
        region, everything = sum_of(found), sum_of(found, "all_")
        bounds = share(region, everything - region)
        columns |= {"x_low": bounds.low, "x_high": bounds.high}
    return found.select("region", **columns)


def _moments(regions: ir.Table, *, withheld: bool) -> ir.Table:
    """Sums of powers of the shares of regions, as a table of one row."""
    sums = {"x2": (regions.x**2).sum(), "x3": (regions.x**3).sum(), "inhabited": (regions.x > 0).sum()}
    if withheld:
        sums |= _squares(Bounds(regions.x_low, regions.x_high), "x2")
    return regions.aggregate(**sums)


def _plants(own: ir.Table, *, withheld: bool) -> ir.Table:
    """Of each industry: ``plants``, sums of powers of their shares, and how many may have any job."""
    found = add_margin(own, own, "industry")
    z = ratio(found.value, found.industry_value)
    columns = {"industry": found.industry, "value": found.value, "z": z}
    if withheld:
        plant, whole = sum_of(found), sum_of(found, "industry_")
        bounds = share(plant, whole - plant)
        columns |= {"z_low": bounds.low, "z_high": bounds.high}
    found = found.select(**columns)
    sums = {"plants": (found.value > 0).sum(), "h": (found.z**2).sum(), "z4": (found.z**4).sum()}
    if withheld:
        sums |= _squares(Bounds(found.z_low, found.z_high), "h")
    return found.group_by("industry").aggregate(**sums)


def _locations(own: ir.Table, regions: ir.Table, *, withheld: bool) -> ir.Table:
    """Of each industry, sums over the regions where it has plants, of squares of s, of x and of s - x."""
    pairs = totals(own, "industry", "region")
    found = add_margin(pairs, own, "industry").join(regions, "region")
    columns = {"industry": found.industry, "x": found.x, "s": ratio(found.value, found.industry_value)}
    if withheld:
        pair, whole = sum_of(found), sum_of(found, "industry_")
        bounds = share(pair, whole - pair)
        columns |= {"s_low": bounds.low, "s_high": bounds.high, "x_low": found.x_low, "x_high": found.x_high}
    found = found.select(**columns)
    sums = {"near": ((found.s - found.x) ** 2).sum(), "x2_here": (found.x**2).sum(), "s2": (found.s**2).sum()}
    if withheld:
        s, x = Bounds(found.s_low, found.s_high), Bounds(found.x_low, found.x_high)
        apart = gap(s, x)
        sums |= {"near_low": (apart.low**2).sum(), "near_high": (apart.high**2).sum()}
        sums |= {"x2_here_low": (x.low**2).sum(), "x2_here_high": (x.high**2).sum()}
        sums |= _squares(s, "s2")
    return found.group_by("industry").aggregate(**sums)


def _squares(shares: Bounds, name: str) -> dict[str, Number]:
    """Bounds of the sum of squares of shares that add up to one, with the plain sums of squares beside.

    Over n shares it is 1/n at least, and it never exceeds the largest share.
    """
    squares = (shares.low**2).sum(), (shares.high**2).sum()
    possible = (shares.high > 0).sum().cast("float64").nullif(0.0)
    return {
        f"{name}_sum_low": squares[0], f"{name}_sum_high": squares[1],
        f"{name}_low": ibis.greatest(squares[0], 1.0 / possible),
        f"{name}_high": ibis.least(squares[1], shares.high.max(), 1.0),
    }  # fmt: skip


def _raw(found: ir.Table, *, withheld: bool) -> ir.Table:
    """With ``g``: regions without a plant of the industry add the square of their own share."""
    columns = {"g": found.near + ibis.greatest(found.x2 - found.x2_here, 0.0)}
    if withheld:
        columns["g_low"] = found.near_low + ibis.greatest(found.x2_sum_low - found.x2_here_low, 0.0)
        columns["g_high"] = found.near_high + ibis.greatest(found.x2_sum_high - found.x2_here_high, 0.0)
    return found.mutate(**columns)


def _indices(found: ir.Table) -> dict[str, Number]:
    nothing = ibis.null("float64")
    undefined = ibis.cases(
        (found.plants == 0, "no_jobs"),
        (found.inhabited == 1, "one_region"),
        (found.plants == 1, "one_plant"),
        else_=ibis.null("string"),
    )
    left, spare = (1.0 - found.x2).nullif(0.0), (1.0 - found.h).nullif(0.0)
    by_lot = (1.0 - found.x2) * found.h
    squared, cubed = found.x2**2, found.x3
    variance = 2.0 * (
        found.h**2 * (found.x2 - 2.0 * cubed + squared) - found.z4 * (found.x2 - 4.0 * cubed + 3.0 * squared)
    )
    deviation = ibis.ifelse(variance > 0.0, variance, nothing).sqrt()
    measured = {
        "gamma": (found.g - by_lot) / (left * spare),
        "z": (found.g - by_lot) / deviation,
        "maurel_sedillot": ((found.s2 - found.x2) / left - found.h) / spare,
    }
    some = found.plants > 0
    return {
        "g": ibis.ifelse(some, found.g, nothing),
        "h": ibis.ifelse(some, found.h, nothing),
        **{name: ibis.ifelse(undefined.isnull(), one, nothing) for name, one in measured.items()},
        "undefined": undefined,
    }


def _bounds(found: ir.Table) -> dict[str, Bounds]:
    h = Bounds(found.h_low, found.h_high)
    # g / (1 - X) rises with both; (S - X) / (1 - X) rises with S and falls with X.
    plain = Bounds(_over(found.g_low, 1.0 - found.x2_low), _over(found.g_high, 1.0 - found.x2_high))
    drawn = Bounds(
        1.0 - _over(1.0 - found.s2_low, 1.0 - found.x2_high),
        1.0 - _over(1.0 - found.s2_high, 1.0 - found.x2_low),
    )
    return {
        "g": Bounds(found.g_low, found.g_high),
        "h": h,
        "gamma": _corrected(plain, h),
        "maurel_sedillot": _corrected(drawn, h),
    }


def _over(numerator: Number, denominator: Number) -> Number:
    """A quotient of numbers that are not negative, infinite where the denominator alone is zero."""
    endless = ibis.ifelse(numerator > 0.0, INFINITE, 0.0)
    return ibis.ifelse(denominator <= 0.0, endless, numerator / denominator.nullif(0.0))


def _corrected(raw: Bounds, h: Bounds) -> Bounds:
    """Bounds of ``(raw - h) / (1 - h) = 1 - (1 - raw) / (1 - h)``, which is monotonic in each."""

    def corner(one: Number, plants: Number) -> Number:
        part = _over((1.0 - one).abs(), 1.0 - plants)
        return ibis.ifelse(one > 1.0, 1.0 + part, 1.0 - part)

    return Bounds(
        ibis.least(corner(raw.low, h.low), corner(raw.low, h.high)),
        ibis.greatest(corner(raw.high, h.low), corner(raw.high, h.high)),
    )
