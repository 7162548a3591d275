"""Places where establishments stand close together, by DBSCAN or HDBSCAN: a description, not a test."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal

import ibis
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from grappe.agglomeration.cells import as_table, check_columns
from grappe.agglomeration.dbscan import NOISE, dbscan
from grappe.agglomeration.points import Points, read_points
from grappe.domain.errors import BadChoice, InputRefused, Problem

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]

MIN_ESTABLISHMENTS = 10
"""Establishments that make a place dense, where nothing else is asked (United Kingdom, DSIT clusters)."""

EVERYONE = "all industries together"
"""Name given to the industry where no column holds one."""


class DensityMethod(StrEnum):
    """How dense places are found."""

    DBSCAN = "dbscan"
    """One radius and one number of establishments for the whole area."""
    HDBSCAN = "hdbscan"
    """Any radius: groups that stay together longest while it shrinks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DensityClusters:
    """Groups of establishments that stand close together.

    `labels` and `row`, shape (establishments,): the group of each, -1 for noise, and the row of the table
    it came from, counted from 1. `clusters` has a row per group: ``cluster``, ``industry``,
    ``establishments``, ``core`` (those in dense surroundings; NULL with HDBSCAN, which has none),
    ``weight``, ``x``, ``y`` (mean place, km), ``spread`` (root of the mean squared distance to it, km), and
    ``lon``, ``lat`` where the points came with them. `industries` has a row per industry: ``industry``,
    ``establishments``, ``clusters``, ``noise``, ``noise_share``. `set_aside` lists bad rows left out.
    """

    labels: Labels
    row: NDArray[np.int64]
    clusters: pa.Table
    industries: pa.Table
    settings: Mapping[str, Any] = field(default_factory=dict)
    set_aside: tuple[Problem, ...] = ()

    @property
    def noise_share(self) -> float:
        """Share of the establishments that belong to no group."""
        return float(np.mean(self.labels == NOISE))


def density_clusters(
    points: Any,
    *,
    method: Literal["dbscan", "hdbscan"] = "dbscan",
    radius: float | None = None,
    min_establishments: int = MIN_ESTABLISHMENTS,
    x: str = "x",
    y: str = "y",
    lon: str | None = None,
    lat: str | None = None,
    industry: str | None = None,
    weight: str | None = None,
    unit: Literal["km", "m"] = "km",
    coverage: str | None = None,
    skip_bad_rows: bool = False,
) -> DensityClusters:
    """Groups of establishments that stand close together.

    They are found where establishments are many, of whatever industry or of one: no comparison is made
    with where firms stand in general, so that every city shows. This is no test; see `localise`,
    `m_test` and `spot` for those.

    Parameters
    ----------
    points : Ibis table, pandas, polars, Arrow, or Points
        One row per establishment, see `read_points`.
    method : {"dbscan", "hdbscan"}
        `dbscan`: an establishment with at least `min_establishments` within `radius`, itself included, is
        core; core ones within `radius` of each other are one group, others within `radius` of a core one
        are at its border. `hdbscan`: groups of at least `min_establishments` at whatever radius they hold
        together best.
    radius : float, optional
        In km. Needed for `dbscan`; for `hdbscan`, groups nearer than this are not told apart.
    min_establishments : int
        At least two.
    x, y, lon, lat, weight : str
        Names of columns, see `read_points`. Weights are added up by group; they do not make it.
    industry : str, optional
        Name of the column of the industry: each is then looked at alone. Without it, all together. With
        `Points`, which know their industries, any name will do.
    unit : {"km", "m"}
        Unit of `x` and `y`.
    coverage : str, optional
        What the register holds and what it leaves out, kept with the answer.
    skip_bad_rows : bool
        Set bad rows aside and go on; they are listed in the answer.

    Returns
    -------
    DensityClusters
        Groups are numbered from 0, industry by industry in alphabetical order. With `dbscan`, a border
        establishment near several groups belongs to the first of them, the one whose first core
        establishment comes first in the table; labels of an industry are those of scikit-learn.

    Raises
    ------
    InputRefused
        As `read_points` does; ``no_radius`` if `dbscan` has none, ``bad_radius`` if it is not a positive
        number, ``too_few_to_group`` if `min_establishments` is below two.
    BadChoice
        ``bad_choice`` for any other `method`.

    References
    ----------
    M. Ester, H.-P. Kriegel, J. Sander and X. Xu, "A density-based algorithm for discovering clusters in
    large spatial databases with noise", KDD 1996.
    R. Campello, D. Moulavi and J. Sander, "Density-based clustering based on hierarchical density
    estimates", PAKDD 2013.

    Examples
    --------
    >>> mills = {"x": [0, 0.1, 0.2, 5, 5.1, 5.2, 9], "y": [0.0] * 7}
    >>> found = density_clusters(mills, radius=0.15, min_establishments=2)
    >>> found.labels.tolist()
    [0, 0, 0, 1, 1, 1, -1]
    >>> found.clusters.select(["cluster", "establishments"]).to_pylist()
    [{'cluster': 0, 'establishments': 3}, {'cluster': 1, 'establishments': 3}]
    """
    chosen = _checked_method(method, radius, min_establishments)
    register, set_aside = _read(
        points, industry, x=x, y=y, lon=lon, lat=lat, weight=weight, unit=unit, skip_bad_rows=skip_bad_rows
    )
    labels, core = np.full(len(register), NOISE), np.zeros(len(register), bool)
    count = 0
    for members in _groups(register, apart=industry is not None):
        found, dense = _labels(chosen, register.x[members], register.y[members], radius, min_establishments)
        labels[members] = np.where(found == NOISE, NOISE, found + count)
        core[members] = dense
        count = max(count, int(labels[members].max()) + 1)
    settings = {
        "method": str(chosen), "radius": radius, "min_establishments": min_establishments,
        "by_industry": industry is not None, "population": len(register), "coverage": coverage,
        "crs": register.crs, "distortion": register.distortion,
    }  # fmt: skip
    names = np.array(register.industries)[register.industry]
    if industry is None:
        names = np.full(len(register), EVERYONE)
    clusters = _cluster_table(register, names, labels, core if chosen is DensityMethod.DBSCAN else None)
    return DensityClusters(
        labels=labels, row=register.row, clusters=clusters, industries=_industry_table(names, labels),
        settings=settings, set_aside=tuple(set_aside),
    )  # fmt: skip


def _checked_method(method: str, radius: float | None, least: int) -> DensityMethod:
    if method not in list(DensityMethod):
        raise BadChoice("bad_choice", name="method", value=method, accepted=", ".join(DensityMethod))
    chosen = DensityMethod(method)
    if least < 2:
        raise InputRefused("too_few_to_group", count=least, needed=2)
    if radius is None and chosen is DensityMethod.DBSCAN:
        raise InputRefused("no_radius")
    if radius is not None and not 0 < radius < np.inf:
        raise InputRefused("bad_radius", radius=radius)
    return chosen


def _read(points: Any, industry: str | None, **columns: Any) -> tuple[Points, list[Problem]]:
    """Points of a table; those of a table without industries all belong to one."""
    if isinstance(points, Points) or industry is not None:
        return read_points(points, industry=industry or "industry", **columns)
    table = as_table(points)
    if not table.columns:
        check_columns(table, {"x": columns["x"]})
    name = _free_name(table.columns)
    return read_points(table.mutate(**{name: ibis.literal(EVERYONE)}), industry=name, **columns)


def _free_name(taken: tuple[str, ...]) -> str:
    name = "industry"
    while name in taken:
        name += "_"
    return name


def _groups(register: Points, *, apart: bool) -> Iterator[NDArray[np.int64]]:
    """Positions of the establishments that are looked at together, in the order of the table."""
    if not apart:
        yield np.arange(len(register))
        return
    order = np.argsort(register.industry, kind="stable")
    yield from np.split(order, np.cumsum(register.counts())[:-1])


def _labels(
    method: DensityMethod, x: Floats, y: Floats, radius: float | None, least: int
) -> tuple[Labels, NDArray[np.bool_]]:
    if len(x) < least:
        return np.full(len(x), NOISE), np.zeros(len(x), bool)
    if method is DensityMethod.DBSCAN:
        assert radius is not None
        return dbscan(x, y, radius, least)
    return _hdbscan(x, y, radius or 0.0, least), np.zeros(len(x), bool)


def _hdbscan(x: Floats, y: Floats, radius: float, least: int) -> Labels:
    """Labels of fast_hdbscan, numbered by the first establishment of each group."""
    from fast_hdbscan import HDBSCAN

    # Fewer points than neighbours asked make its search fail.
    model = HDBSCAN(
        min_cluster_size=least,
        min_samples=min(least, len(x) - 1),
        cluster_selection_epsilon=np.float64(radius),
    )
    return _renumbered(np.asarray(model.fit_predict(np.column_stack([x, y])), np.int64))


def _renumbered(labels: Labels) -> Labels:
    """Groups in the order in which they first appear."""
    found, first, place = np.unique(labels, return_index=True, return_inverse=True)
    kept = found != NOISE
    number = np.full(len(found), NOISE, np.int64)
    number[np.flatnonzero(kept)[np.argsort(first[kept])]] = np.arange(np.count_nonzero(kept))
    return number[place]


def _cluster_table(
    register: Points, names: NDArray[np.str_], labels: Labels, core: NDArray[np.bool_] | None
) -> pa.Table:
    inside = labels != NOISE
    group = labels[inside]
    count = int(group.max(initial=NOISE)) + 1
    members = np.bincount(group, minlength=count)

    def total(values: Floats) -> Floats:
        return np.bincount(group, weights=values[inside], minlength=count).astype(np.float64)

    x, y = total(register.x) / members, total(register.y) / members
    squares = np.zeros(len(labels))
    squares[inside] = (register.x[inside] - x[group]) ** 2 + (register.y[inside] - y[group]) ** 2
    first = np.full(count, -1)
    first[group[::-1]] = np.flatnonzero(inside)[::-1]
    weight = np.ones(len(labels)) if register.weight is None else register.weight
    columns: dict[str, Any] = {
        "cluster": np.arange(count),
        "industry": pa.array(names[first].tolist(), pa.string()),
        "establishments": members,
        "core": pa.nulls(count, pa.int64()) if core is None else total(core.astype(float)).astype(np.int64),
        "weight": total(weight),
        "x": x,
        "y": y,
        "spread": np.sqrt(total(squares) / members),
    }
    if register.crs is not None:
        columns["lon"], columns["lat"] = register.lonlat(x, y)
    return pa.table(columns)


def _industry_table(names: NDArray[np.str_], labels: Labels) -> pa.Table:
    found, place = np.unique(names, return_inverse=True)
    count = np.bincount(place)
    noise = np.bincount(place, weights=labels == NOISE).astype(np.int64)
    pairs = np.unique(np.column_stack([place, labels])[labels != NOISE], axis=0)
    return pa.table(
        {
            "industry": pa.array(found.tolist(), pa.string()),
            "establishments": count,
            "clusters": np.bincount(pairs[:, 0], minlength=len(found)),
            "noise": noise,
            "noise_share": noise / count,
        }
    )
