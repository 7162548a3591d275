"""Relatedness of industries: how often they are found in the same regions."""

from typing import Any, Literal, get_args

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from grappe.agglomeration.panel import Matrix, Presences, location_quotients, presences, read_panel
from grappe.domain.errors import BadChoice

Method = Literal["proximity", "cosine", "association", "jaccard", "correlation"]
Totals = Literal["presences", "co-occurrences"]


def relatedness(
    table: Any,
    method: Method = "proximity",
    *,
    region: str = "region",
    industry: str = "industry",
    value: str | tuple[str, str] = "value",
    threshold: float = 1.0,
    totals: Totals | None = None,
    steijn: bool = False,
) -> ir.Table:
    """Relatedness of every pair of industries, from the regions in which both are present.

    An industry is present in a region where its location quotient reaches `threshold`. Let c be the
    number of regions in which both are present, s_a and s_b the total of each, T the sum of all totals:

    - ``proximity``: ``c / max(s_a, s_b)``, the smaller of two conditional probabilities;
    - ``cosine``: ``c / sqrt(s_a s_b)``;
    - ``jaccard``: ``c / (s_a + s_b - c)``, regions with both over regions with either;
    - ``association``: ``c T / (s_a s_b)``, how many times more often than by chance;
    - ``correlation``: ``(1 + r) / 2``, r the correlation of the location quotients, without a threshold.

    For the first three a total is a number of regions (`totals` = ``"presences"``); for the association
    it is the sum of the co-occurrences with other industries (``"co-occurrences"``), as van Eck and
    Waltman define it. With ``"presences"`` the T of the association is the number of regions.

    Parameters
    ----------
    table : Ibis table, or pandas, polars, Arrow
        One row per region and industry, or several, which are added up. A withheld cell counts with the
        middle of its interval.
    method : {"proximity", "cosine", "association", "jaccard", "correlation"}
    region, industry : str
        Names of the columns that hold the region and the industry.
    value : str, or pair of str
        Column of the count, or columns of its lower and upper bound.
    threshold : float
        Location quotient from which an industry is present; not used by ``correlation``.
    totals : {"presences", "co-occurrences"}, optional
        What s_a counts; each method has its own by default.
    steijn : bool
        For the association on co-occurrences: divide by the number expected when an industry cannot
        be drawn with itself, ``(s_a/T s_b/(T - s_a) + s_b/T s_a/(T - s_b)) T/2``.

    Returns
    -------
    Ibis table with the columns ``industry_i``, ``industry_j``, ``relatedness``
        Lazy; a row for each ordered pair of different industries, so that each pair stands twice. NULL
        where the measure does not exist: a total is zero (an industry present nowhere, or never with
        another), or, for the correlation, its location quotient is the same everywhere.

    Raises
    ------
    InputRefused
        As `read_cells` does.
    BadChoice
        If `method` or `totals` is not in its list.
    ValueError
        If `threshold` is not positive, or `steijn` is asked of anything but the association on
        co-occurrences.

    References
    ----------
    C. A. Hidalgo, B. Klinger, A.-L. Barabási and R. Hausmann, "The product space conditions the
    development of nations", Science 317, 2007.
    N. J. van Eck and L. Waltman, "How to normalize co-occurrence data?", Journal of the American Society
    for Information Science and Technology 60, 2009.
    M. P. A. Steijn, "Improvement on the association strength: implementing a probabilistic measure based
    on combinations without repetition", Journal of Informetrics 15, 2021.

    Examples
    --------
    Oil and soap are both present in the north and in the east; wool in the south only.

    >>> import pandas as pd
    >>> table = pd.DataFrame([("n", "oil", 5), ("n", "soap", 5), ("e", "oil", 5), ("e", "soap", 5),
    ...     ("s", "wool", 9)], columns=["region", "industry", "value"])
    >>> found = relatedness(table).order_by("industry_i", "industry_j").to_pyarrow().to_pylist()
    >>> [(row["industry_i"], row["industry_j"], row["relatedness"]) for row in found][:2]
    [('oil', 'soap', 1.0), ('oil', 'wool', 0.0)]
    """
    _check_choice("method", method, get_args(Method))
    if totals is not None:
        _check_choice("totals", totals, get_args(Totals))
    panel = read_panel(table, region=region, industry=industry, value=value)
    quotients = location_quotients(panel.values)
    if method == "correlation":
        related = correlation(quotients)
    else:
        related = cooccurrence_relatedness(presences(quotients, threshold), method, totals, steijn=steijn)
    return _pairs(related, panel.industries)


def cooccurrence_relatedness(
    present: Presences, method: Method, totals: Totals | None = None, *, steijn: bool = False
) -> Matrix:
    """Relatedness from presences, as a matrix of shape (industries, industries), in double precision.

    Parameters
    ----------
    present : array of shape (regions, industries)
        Ones and zeros.
    method, totals, steijn
        As in `relatedness`, the correlation apart.

    Returns
    -------
    array of shape (industries, industries)
        The diagonal relates an industry to itself: 1 for ``proximity``, ``cosine`` and ``jaccard`` of
        presences. NaN where the measure does not exist.

    Raises
    ------
    ValueError
        If `steijn` is asked of anything but the association on co-occurrences, or the method is the
        correlation.
    """
    totals = totals or ("co-occurrences" if method == "association" else "presences")
    if steijn and (method, totals) != ("association", "co-occurrences"):
        raise ValueError("Steijn's correction belongs to the association on co-occurrences.")
    shared = (present.T @ present).astype(np.float64)
    of_presences = np.diag(shared).copy()
    s, whole = of_presences, float(len(present))
    if totals == "co-occurrences":
        s = shared.sum(axis=1) - of_presences
        whole = float(s.sum())
    with np.errstate(invalid="ignore", divide="ignore"):
        related = _normalised(shared, s, whole, method, steijn=steijn)
    undefined = s == 0
    related[undefined] = np.nan
    related[:, undefined] = np.nan
    return related


def _normalised(shared: Matrix, s: Matrix, whole: float, method: Method, *, steijn: bool) -> Matrix:
    match method:
        case "proximity":
            return shared / np.maximum.outer(s, s)
        case "cosine":
            return shared / np.sqrt(np.multiply.outer(s, s))
        case "jaccard":
            return shared / (np.add.outer(s, s) - shared)
        case "association" if steijn:
            # One industry is drawn, then another among the rest, in either order.
            ordered = np.multiply.outer(s, s / whole) / (whole - s)[:, None]
            return shared / ((ordered + ordered.T) * whole / 2)
        case "association":
            return shared * whole / np.multiply.outer(s, s)
    raise ValueError(f"{method} is not a measure of presences.")


def correlation(quotients: Matrix) -> Matrix:
    """``(1 + r) / 2`` for every pair of columns, r their correlation over the regions that have anything.

    Parameters
    ----------
    quotients : array of shape (regions, industries)

    Returns
    -------
    array of shape (industries, industries)
        NaN for an industry without value, or whose quotient is the same everywhere.
    """
    rows = quotients[~np.isnan(quotients).all(axis=1)]
    spread = rows - rows.mean(axis=0) if len(rows) else rows
    length = np.sqrt(np.einsum("ri,ri->i", spread, spread))
    # What rounding leaves of a constant column is no variation.
    flat = ~(length > np.finfo(np.float64).eps * len(rows))
    spread = spread / np.where(flat, 1.0, length)
    related = (1 + np.clip(spread.T @ spread, -1, 1)) / 2
    related[flat] = np.nan
    related[:, flat] = np.nan
    return np.asarray(related)


def _pairs(related: Matrix, industries: pa.Array) -> ir.Table:
    """Off-diagonal entries of a matrix as a table of pairs, NaN as NULL."""
    count = len(industries)
    first, second = np.nonzero(~np.eye(count, dtype=bool))
    entries: NDArray[np.float64] = related[first, second]
    return ibis.memtable(
        pa.table(
            {
                "industry_i": industries.take(pa.array(first)),
                "industry_j": industries.take(pa.array(second)),
                "relatedness": pa.array(entries, mask=np.isnan(entries)),
            }
        )
    )


def _check_choice(name: str, chosen: str, accepted: tuple[str, ...]) -> None:
    if chosen not in accepted:
        raise BadChoice("bad_choice", name=name, value=chosen, accepted=", ".join(accepted))
