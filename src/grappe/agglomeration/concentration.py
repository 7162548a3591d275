"""How unevenly each industry is spread over the regions."""

from typing import Any

import ibis.expr.types as ir

from grappe.agglomeration.cells import read_cells
from grappe.agglomeration.margins import with_margins, with_reference
from grappe.agglomeration.spread import spread, with_shares


def concentration(
    table: Any,
    *,
    region: str = "region",
    industry: str = "industry",
    value: str | tuple[str, str] = "value",
    reference: Any = None,
) -> ir.Table:
    """Concentration of each industry over the regions, by four indices.

    With s_j the share of the industry that is in region j and x_j the share of all jobs that is there,

    - ``hoover = 1/2 sum_j |s_j - x_j|``: the part of the industry that would have to move for it to be
      spread as all jobs are; 0 to 1;
    - ``gini``: the locational Gini, the area between the Lorenz curve of s against x (regions in order of
      s_j / x_j) and the diagonal, over the area under the diagonal; 0 to 1;
    - ``theil = sum_j s_j ln(s_j / x_j)``: Theil's T relative to x, the generalised entropy GE(1); 0 and up;
    - ``herfindahl = sum_j s_j²``: 1 in one region, 1/n evenly over n; it compares with nothing.

    None of them corrects for the size of plants: an industry of three plants is concentrated by chance. For
    that see `ellison_glaeser`.

    Parameters
    ----------
    table : Ibis table, or pandas, polars, Arrow
        One row per region and industry; a pair without a row is zero. All industries belong in it, as they
        make x; or give `reference`.
    region, industry : str
        Names of the columns that hold the region and the industry.
    value : str, or pair of str
        Name of the column that holds the count; withheld cells as in `read_cells`.
    reference : Ibis table, or pandas, polars, Arrow; optional
        What x is made of instead of the jobs of the table: a row per region, in columns of the same names
        (population, area, all employment). A value of 1 everywhere compares with an even spread; `gini` is
        then the ordinary Gini coefficient.

    Returns
    -------
    Ibis table, lazy
        A row per industry, under the caller's name: ``regions``, how many have any of it, and ``hoover``,
        ``gini``, ``theil``, ``herfindahl``, without unit. The four are NULL where the industry has no job
        at all; ``theil`` is infinite where it is present in a region that the reference counts as zero.
        Where cells may be withheld, each index also has ``…_low`` and ``…_high``: the index of every
        completion lies between them, but not every value between them need be attained.

    Raises
    ------
    InputRefused
        As `read_cells`; if the reference lacks a region of the table.

    References
    ----------
    E. M. Hoover, "The measurement of industrial localization", Review of Economics and Statistics 18, 1936.
    P. Krugman, Geography and Trade, MIT Press, 1991 (locational Gini).
    H. Theil, Economics and Information Theory, North-Holland, 1967.

    Examples
    --------
    >>> import pandas as pd
    >>> jobs = pd.DataFrame({
    ...     "region": ["north", "north", "south", "south"],
    ...     "industry": ["leather", "other", "leather", "other"],
    ...     "value": [20, 80, 80, 820],
    ... })
    >>> found = concentration(jobs).order_by("industry").to_pandas()
    >>> found[["regions", "hoover", "gini", "theil", "herfindahl"]].round(4).values.tolist()
    [[2.0, 0.1, 0.1, 0.0444, 0.68], [2.0, 0.0111, 0.0111, 0.0007, 0.838]]
    """
    cells = read_cells(table, region=region, industry=industry, value=value)
    if reference is None:
        found, withheld = with_margins(cells), cells.withheld
    else:
        found, withheld = with_reference(cells, reference, key="region", value=value)
    shares = with_shares(found, of="industry", against="region", withheld=withheld, own=reference is None)
    measured = spread(shares, by="industry", withheld=withheld)
    ends = ("", "_low", "_high") if withheld else ("",)
    names = [f"{one}{end}" for one in ("hoover", "gini", "theil", "herfindahl") for end in ends]
    return cells.named(measured.rename(regions="present").select("industry", "regions", *names))
