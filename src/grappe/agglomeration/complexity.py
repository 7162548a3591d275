"""Economic complexity of regions and industries, and the density of relatedness around every pair.

C. A. Hidalgo and R. Hausmann, "The building blocks of economic complexity", Proceedings of the National
Academy of Sciences 106, 2009; in the eigenvector form of R. Hausmann, C. A. Hidalgo et al., "The atlas
of economic complexity", MIT Press, 2014.
"""

import warnings
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.linalg import eigh
from scipy.sparse.linalg import LinearOperator, eigsh

from grappe.agglomeration.panel import Matrix, Panel, Presences, location_quotients, presences, read_panel
from grappe.agglomeration.relatedness import cooccurrence_relatedness

Vector = NDArray[np.float64]

SMALL_GAP = 0.1
"""Gap between the second and third eigenvalues, relative to the second, under which a warning is given.

A change of the presences turns the second eigenvector by about its size over the gap (Davis and Kahan,
"The rotation of eigenvectors by a perturbation", SIAM Journal on Numerical Analysis 7, 1970), so a
small gap means that a few cells decide the ranking. The tenth is our choice, not theirs.
"""

NOTHING = 1e-12
"""Eigenvalue, of a matrix whose largest is 1, that rounding cannot tell from zero."""

BLOCKS = 1e-9
"""Distance from 1 under which the second eigenvalue is taken for a second 1."""

WHOLE_SPECTRUM = 256
"""Size up to which all eigenvalues are computed at once; above it Lanczos iterations find the first three."""

ROWS_AT_ONCE = 512
"""Regions whose density is computed in one product, which bounds the memory of its operands."""


class SmallEigenGap(UserWarning):
    """The second and third eigenvalues are close: the complexity indices are poorly determined."""


@dataclass(frozen=True, eq=False)
class Complexity:
    """Complexity of a region × industry table.

    `regions`, `industries` and `cells` are lazy Ibis tables; `eigenvalues` holds the first three of the
    matrix that links regions to regions through industries, the first being 1 by construction, and
    NaN where there are fewer; `eigen_gap` is the second minus the third, over the second.
    """

    panel: Panel
    present: Presences
    density: Matrix
    eci: Vector
    pci: Vector
    eigenvalues: Vector

    @property
    def eigen_gap(self) -> float:
        """Distance between the second and third eigenvalues, over the second; NaN when undefined."""
        _, second, third = self.eigenvalues
        return float((second - third) / second) if second > NOTHING else float("nan")

    @cached_property
    def regions(self) -> ir.Table:
        """Per region: ``eci``, ``diversity`` (industries present), ``why`` (code, where ``eci`` is NULL)."""
        diversity = self.present.sum(axis=1, dtype=np.int64)
        return self.panel.of_regions(
            {"eci": _nullable(self.eci), "diversity": diversity, "why": _reasons(self.eci, diversity)}
        )

    @cached_property
    def industries(self) -> ir.Table:
        """Per industry: ``pci``, ``ubiquity`` (regions where present), ``why`` (where ``pci`` is NULL)."""
        ubiquity = self.present.sum(axis=0, dtype=np.int64)
        return self.panel.of_industries(
            {"pci": _nullable(self.pci), "ubiquity": ubiquity, "why": _reasons(self.pci, ubiquity)}
        )

    @cached_property
    def cells(self) -> ir.Table:
        """Per region and industry, zeros included: ``lq``, ``present``, ``density``.

        ``lq`` is NULL where the region or the industry is empty, ``density`` where the industry is
        related to none.
        """
        return self.panel.of_cells(
            {
                "lq": _nullable(location_quotients(self.panel.values).ravel()),
                "present": self.present.ravel() > 0,
                "density": _nullable(self.density.ravel()),
            }
        )


def complexity(
    table: Any,
    *,
    region: str = "region",
    industry: str = "industry",
    value: str | tuple[str, str] = "value",
    presence: float = 1.0,
    diagonal: bool = True,
) -> Complexity:
    """Economic complexity index of regions, its twin for industries, and density of every pair.

    With M the presences (location quotient at least `presence`), D the diversity of regions and U the
    ubiquity of industries, both diagonal, ECI is the second eigenvector of ``D^-1 M U^-1 M'`` and PCI
    that of ``U^-1 M' D^-1 M``, computed from the symmetric matrix ``D^-1/2 M U^-1 M' D^-1/2`` on the
    smaller side. Both are shifted and divided by the mean and the population standard deviation of ECI,
    so that the ECI of a region is the mean PCI of its industries. The sign makes ECI correlate
    positively with diversity; where it does not correlate, the first region in order that differs from
    the mean is positive. Density is ``sum_b M[r, b] phi[a, b] / sum_b phi[a, b]``, phi the proximity.

    Parameters
    ----------
    table : Ibis table, or pandas, polars, Arrow
        One row per region and industry, or several, which are added up. A withheld cell counts with the
        middle of its interval.
    region, industry : str
        Names of the columns that hold the region and the industry.
    value : str, or pair of str
        Column of the count, or columns of its lower and upper bound.
    presence : float
        Location quotient from which an industry is present.
    diagonal : bool
        Count an industry among its own neighbours in the density, as ecomplexity does; EconGeo does not.

    Returns
    -------
    Complexity
        Regions and industries without any presence get NULL, and the others what they would get without
        them (``why`` is ``no_presence``). Everything is NULL where there is no second dimension: fewer
        than two regions or industries, or all alike (``no_second_dimension``).

    Raises
    ------
    InputRefused
        As `read_cells` does.
    ValueError
        If `presence` is not positive.

    Warns
    -----
    SmallEigenGap
        If the gap is under `SMALL_GAP`, or the second eigenvalue is 1: the table then falls into
        blocks without any industry in common, and the index tells the blocks apart.

    References
    ----------
    R. Hausmann, C. A. Hidalgo et al., "The atlas of economic complexity", MIT Press, 2014, box 1.
    P. Mealy, J. D. Farmer and A. Teytelboym, "Interpreting economic complexity", Science Advances 5, 2019.

    Examples
    --------
    Films and chips are found in the city, chips and oil in the port, oil in the hills.

    >>> import pandas as pd
    >>> table = pd.DataFrame([("city", "films", 4), ("city", "chips", 4), ("city", "oil", 2),
    ...     ("port", "chips", 2), ("port", "oil", 4), ("hills", "oil", 5)],
    ...     columns=["region", "industry", "value"])
    >>> found = complexity(table)
    >>> rows = found.regions.order_by("region").to_pyarrow().to_pylist()
    >>> [(row["region"], row["diversity"], round(row["eci"], 4)) for row in rows]
    [('city', 2, 1.309), ('hills', 1, -1.118), ('port', 2, -0.191)]
    >>> found.eigenvalues.round(4).tolist(), round(found.eigen_gap, 4)
    ([1.0, 0.6545, 0.0955], 0.8541)
    """
    panel = read_panel(table, region=region, industry=industry, value=value)
    present = presences(location_quotients(panel.values), presence)
    eci, pci, eigenvalues = complexity_indices(present)
    near = density(present, cooccurrence_relatedness(present, "proximity"), diagonal=diagonal)
    found = Complexity(panel, present, near, eci, pci, eigenvalues)
    _warn_of_gap(found)
    return found


def complexity_indices(present: Presences) -> tuple[Vector, Vector, Vector]:
    """ECI, PCI and the first three eigenvalues, from presences.

    Parameters
    ----------
    present : array of shape (regions, industries)
        Ones and zeros.

    Returns
    -------
    eci : array of shape (regions,)
    pci : array of shape (industries,)
        Standardised as `complexity` says; NaN for a row or column of zeros, and everywhere if there is
        no second dimension.
    eigenvalues : array of shape (3,)
        In decreasing order; NaN where there are fewer.

    Examples
    --------
    >>> eci, pci, eigenvalues = complexity_indices(np.array([[1, 1], [1, 0]]))
    >>> eci.round(6).tolist(), pci.round(6).tolist()
    ([1.0, -1.0], [-1.0, 3.0])
    >>> eigenvalues.round(6).tolist()
    [1.0, 0.25, nan]
    """
    rows, columns = np.asarray(present.any(axis=1)), np.asarray(present.any(axis=0))
    eci, pci = np.full(len(rows), np.nan), np.full(len(columns), np.nan)
    whole = bool(rows.all() and columns.all())
    held = np.asarray(present if whole else present[np.ix_(rows, columns)], np.float64)
    if min(held.shape) < 2:
        return eci, pci, np.full(3, np.nan)
    diversity, ubiquity = held.sum(axis=1), held.sum(axis=0)
    # One array serves as operand of all products, in place of the copy each scaling would make.
    held /= np.sqrt(diversity)[:, None]
    held /= np.sqrt(ubiquity)
    eigenvalues, industries = _second_on_industries(held)
    if not eigenvalues[1] > NOTHING:
        return eci, pci, eigenvalues
    raw_regions = (held @ industries) / np.sqrt(diversity)
    raw_industries = industries / np.sqrt(ubiquity)
    mean, spread = raw_regions.mean(), raw_regions.std()
    sign = _sign(raw_regions - mean, diversity)
    eci[rows] = sign * (raw_regions - mean) / spread
    pci[columns] = sign * raw_industries / spread - sign * mean / spread
    return eci, pci, eigenvalues


def density(present: Presences, related: Matrix, *, diagonal: bool = True) -> Matrix:
    """Share of the relatedness around each industry that a region has: ``sum_b M phi / sum_b phi``.

    Parameters
    ----------
    present : array of shape (regions, industries)
        Ones and zeros.
    related : array of shape (industries, industries)
        Relatedness, NaN counting as none.
    diagonal : bool
        Whether an industry counts among its own neighbours.

    Returns
    -------
    array of shape (regions, industries), between 0 and 1 where relatedness is not negative
        NaN for an industry related to none.
    """
    phi = np.nan_to_num(related)
    if not diagonal:
        np.fill_diagonal(phi, 0.0)
    with np.errstate(invalid="ignore"):
        weights = (phi / phi.sum(axis=1, keepdims=True)).T.copy()
    found = np.empty(present.shape)
    for start in range(0, len(present), ROWS_AT_ONCE):
        block = slice(start, start + ROWS_AT_ONCE)
        np.matmul(present[block].astype(np.float64), weights, out=found[block])
    # A column of NaN meets only its own column of the product.
    return found


def _second_on_industries(scaled: Matrix) -> tuple[Vector, Vector]:
    """First three eigenvalues of ``scaled' scaled`` and its second eigenvector, from the smaller side."""
    tall = scaled.shape[0] >= scaled.shape[1]
    gram = scaled.T @ scaled if tall else scaled @ scaled.T
    size = len(gram)
    if size <= WHOLE_SPECTRUM:
        values, vectors = eigh(gram)
    else:
        # Started from a fixed vector, the iterations give the same digits on every run.
        start = np.linspace(1.0, 2.0, size)
        # A product by one vector is too short to share: the threads of BLAS would wait more than work.
        step = LinearOperator(gram.shape, lambda v: np.einsum("ij,j->i", gram, v.ravel()), dtype=gram.dtype)
        values, vectors = eigsh(step, k=3, which="LA", v0=start)
    order = np.argsort(values)[::-1]
    eigenvalues = np.full(3, np.nan)
    eigenvalues[: min(3, size)] = values[order[:3]]
    second = vectors[:, order[1]]
    return eigenvalues, second if tall else scaled.T @ second


def _sign(centred: Vector, diversity: Vector) -> float:
    """The sign that makes the index go with diversity, or the first region positive."""
    towards = float(centred @ (diversity - diversity.mean()))
    if abs(towards) <= NOTHING * float(np.linalg.norm(centred) * np.linalg.norm(diversity)):
        towards = float(centred[np.flatnonzero(np.abs(centred) > NOTHING * np.abs(centred).max())[0]])
    return 1.0 if towards > 0 else -1.0


def _warn_of_gap(found: Complexity) -> None:
    _, second, third = found.eigenvalues
    if second > 1 - BLOCKS:
        said = "The table falls into blocks without any industry in common: the index tells them apart"
    elif found.eigen_gap < SMALL_GAP:
        said = (
            f"The second and third eigenvalues, {second:.4f} and {third:.4f}, are close: "
            "a few cells decide the ranking"
        )
    else:
        return
    warnings.warn(said, SmallEigenGap, stacklevel=3)


def _nullable(values: Vector) -> pa.Array:
    return pa.array(values, mask=np.isnan(values))


def _reasons(index: Vector, count: NDArray[np.int64]) -> pa.Array:
    """Why an index is missing: its region or industry has nothing, or nothing sets the others apart."""
    why = np.where(count == 0, "no_presence", "no_second_dimension")
    return pa.array(why, pa.string(), mask=~np.isnan(index))
