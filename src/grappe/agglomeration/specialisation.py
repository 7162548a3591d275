"""How far the industries of each region differ from those of the whole."""

from typing import Any

import ibis.expr.types as ir

from grappe.agglomeration.cells import read_cells
from grappe.agglomeration.margins import with_margins, with_reference
from grappe.agglomeration.spread import spread, with_shares


def specialisation(
    table: Any,
    *,
    region: str = "region",
    industry: str = "industry",
    value: str | tuple[str, str] = "value",
    reference: Any = None,
) -> ir.Table:
    """Specialisation of each region, by five indices.

    With s_i the share of industry i in the region and x_i its share in the whole, the region included,

    - ``krugman = sum_i |s_i - x_i|``: 0 when the region is made as the whole is, 2 when they have no
      industry in common;
    - ``hoover``: half of it, the part of the region's jobs that would have to change industry; 0 to 1;
    - ``herfindahl = sum_i s_i²``: 1 with one industry, 1/n with n even ones; it compares with nothing;
    - ``theil = sum_i s_i ln(s_i / x_i)``: Theil's T relative to the whole, the relative entropy; 0 and up;
    - ``entropy = -sum_i s_i ln s_i``: Shannon's diversity in natural units, 0 with one industry and ln n
      with n even ones. Divide by ln 2 for bits. It is large where the others are small.

    Parameters
    ----------
    table : Ibis table, or pandas, polars, Arrow
        One row per region and industry; a pair without a row is zero.
    region, industry : str
        Names of the columns that hold the region and the industry.
    value : str, or pair of str
        Name of the column that holds the count; withheld cells as in `read_cells`.
    reference : Ibis table, or pandas, polars, Arrow; optional
        What x is made of instead of the whole table: a row per industry, in columns of the same names.

    Returns
    -------
    Ibis table, lazy
        A row per region, under the caller's name: ``industries``, how many it has, and ``krugman``,
        ``hoover``, ``herfindahl``, ``theil``, ``entropy``, without unit (the last two in nats). The five are
        NULL where the region has no job at all; ``theil`` is infinite where it has an industry that the
        reference counts as zero. Where cells may be withheld, each index also has ``…_low`` and ``…_high``:
        the index of every completion lies between them, but not every value between need be attained.

    Raises
    ------
    InputRefused
        As `read_cells`; if the reference lacks an industry of the table.

    References
    ----------
    P. Krugman, Geography and Trade, MIT Press, 1991, p. 76.
    C. E. Shannon, "A mathematical theory of communication", Bell System Technical Journal 27, 1948.
    H. Theil, Economics and Information Theory, North-Holland, 1967.

    Examples
    --------
    >>> import pandas as pd
    >>> jobs = pd.DataFrame({
    ...     "region": ["north", "north", "south", "south"],
    ...     "industry": ["leather", "other", "leather", "other"],
    ...     "value": [50, 50, 100, 300],
    ... })
    >>> found = specialisation(jobs).order_by("region").to_pandas()
    >>> found[["industries", "krugman", "hoover", "herfindahl"]].round(4).values.tolist()
    [[2.0, 0.4, 0.2, 0.5], [2.0, 0.1, 0.05, 0.625]]
    >>> found[["theil", "entropy"]].round(4).values.tolist()
    [[0.0872, 0.6931], [0.0062, 0.5623]]
    """
    cells = read_cells(table, region=region, industry=industry, value=value)
    if reference is None:
        found, withheld = with_margins(cells), cells.withheld
    else:
        found, withheld = with_reference(cells, reference, key="industry", value=value)
    shares = with_shares(found, of="region", against="industry", withheld=withheld, own=reference is None)
    measured = spread(shares, by="region", withheld=withheld)
    ends = ("", "_low", "_high") if withheld else ("",)
    measured = measured.mutate(**{f"krugman{end}": 2.0 * measured[f"hoover{end}"] for end in ends})
    names = [f"{one}{end}" for one in ("krugman", "hoover", "herfindahl", "theil", "entropy") for end in ends]
    return cells.named(measured.rename(industries="present").select("region", "industries", *names))
