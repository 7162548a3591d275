"""Establishments as points on a plane, in kilometres, checked before anything is computed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import ArrayLike, NDArray
from pyproj import CRS, Proj, Transformer

from grappe.agglomeration.cells import as_table, check_columns
from grappe.domain.errors import InputRefused, Problem

EARTH_RADIUS = 6371.0088
"""Mean radius of the earth in kilometres (IUGG)."""

SHOWN = 20
"""Bad rows quoted in a message; their number is always given in full."""


@dataclass(frozen=True, slots=True)
class Points:
    """Establishments of a register.

    `x` and `y`, shape (establishments,), are kilometres on a plane; `industry` is a position in
    `industries`, which is sorted; `weight` is positive or zero, or None when each counts as one; `row`
    is the row each came from, counted from 1. Where longitudes and latitudes were given, `crs` is the
    projection used and `distortion` the largest relative error of a short distance on it.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    industry: NDArray[np.int32]
    industries: tuple[str, ...]
    weight: NDArray[np.float64] | None
    row: NDArray[np.int64]
    crs: str | None = None
    distortion: float = 0.0

    def __len__(self) -> int:
        return len(self.x)

    def counts(self) -> NDArray[np.int64]:
        """Establishments of each industry, shape (industries,)."""
        return np.bincount(self.industry, minlength=len(self.industries))

    def of(self, industry: str) -> NDArray[np.int64]:
        """Positions of the establishments of one industry.

        Raises
        ------
        InputRefused
            If no establishment has it.
        """
        if industry not in self.industries:
            raise InputRefused(
                "unknown_industry", industry=industry, accepted=", ".join(self.industries[:20])
            )
        return np.flatnonzero(self.industry == self.industries.index(industry))

    def lonlat(self, x: ArrayLike, y: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Longitudes and latitudes of points of the plane, in degrees; without projection, the plane."""
        if self.crs is None:
            return np.asarray(x, np.float64), np.asarray(y, np.float64)
        back = Transformer.from_crs(CRS(self.crs), CRS("EPSG:4326"), always_xy=True)
        lon, lat = back.transform(np.asarray(x, np.float64), np.asarray(y, np.float64))
        return np.asarray(lon), np.asarray(lat)


def read_points(
    points: Any,
    *,
    x: str = "x",
    y: str = "y",
    lon: str | None = None,
    lat: str | None = None,
    industry: str = "industry",
    weight: str | None = None,
    unit: Literal["km", "m"] = "km",
    skip_bad_rows: bool = False,
) -> tuple[Points, list[Problem]]:
    """Establishments of a table, with the rows set aside.

    Coordinates are `x` and `y` on a plane, in `unit`, unless `lon` and `lat` are named (or the table has
    the columns ``lon`` and ``lat`` and lacks `x`): degrees of WGS 84, projected on an equal-area plane
    centred on the register (Lambert azimuthal), whose largest distortion is given.

    Parameters
    ----------
    points : Ibis table, pandas, polars, Arrow, or Points
        One row per establishment; `Points` are returned as they are.
    x, y : str
        Columns of the coordinates on a plane.
    lon, lat : str, optional
        Columns of longitude and latitude, in degrees; they take the place of `x` and `y`.
    industry : str
        Column of the industry, read as text: ``0111`` keeps its zero.
    weight : str, optional
        Column of the weight, such as jobs; without it each establishment counts as one.
    unit : {"km", "m"}
        Unit of `x` and `y`.
    skip_bad_rows : bool
        Set bad rows aside and go on, instead of refusing the table.

    Returns
    -------
    (Points, list of Problem)
        The list holds the rows set aside, each with row, column, value and reason.

    Raises
    ------
    InputRefused
        If a column is missing, the table is empty or all its rows are bad, or a row is bad and bad rows
        are not skipped: a coordinate that is missing, not a number or off the globe, a weight that is
        missing or negative, a missing industry; or if longitudes and latitudes look swapped.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"x": [0, 3000], "y": [0, 4000], "industry": ["wool", "oil"]})
    >>> points, set_aside = read_points(table, unit="m")
    >>> points.x.tolist(), points.industries, set_aside
    ([0.0, 3.0], ('oil', 'wool'), [])
    """
    if isinstance(points, Points):
        return points, []
    table = as_table(points)
    if lon is None and lat is None and x not in table.columns and {"lon", "lat"} <= set(table.columns):
        lon, lat = "lon", "lat"
    spherical = lon is not None or lat is not None
    first, second = (lon or "lon", lat or "lat") if spherical else (x, y)
    wanted = {"lon": first, "lat": second} if spherical else {"x": first, "y": second}
    wanted["industry"] = industry
    if weight is not None:
        wanted["weight"] = weight
    check_columns(table, wanted)
    columns = table.select(*dict.fromkeys(wanted.values())).to_pyarrow()
    if not columns.num_rows:
        raise InputRefused("empty_table")
    raw = {role: columns[name] for role, name in wanted.items()}
    axes = list(wanted)[:2]
    across, above = (_numbers(raw[role]) for role in axes)
    names, codes = _coded(raw["industry"])
    weights = _numbers(raw["weight"]) if weight is not None else None
    bad: dict[int, Problem] = {}

    def mark(rows: NDArray[np.bool_], code: str, role: str) -> None:
        for position in np.flatnonzero(rows).tolist():
            bad.setdefault(
                position,
                Problem(
                    code, "table", line=position + 1, field=wanted[role], value=_shown(raw[role][position])
                ),
            )

    for role, values, limit in (
        (axes[0], across, 180.0 if spherical else np.inf),
        (axes[1], above, 90.0 if spherical else np.inf),
    ):
        mark(~np.isfinite(values), "bad_coordinate", role)
        with np.errstate(invalid="ignore"):
            mark(np.abs(values) > limit, "off_the_globe", role)
    mark(codes < 0, "missing_industry", "industry")
    if weights is not None:
        mark(~np.isfinite(weights), "bad_weight", "weight")
        with np.errstate(invalid="ignore"):
            mark(weights < 0, "negative_weight", "weight")
    problems = [bad[position] for position in sorted(bad)]
    if spherical:
        _refuse_swapped(across, above, problems)
    if problems and (not skip_bad_rows or len(problems) == len(codes)):
        raise InputRefused("table_refused", count=len(problems), problems=problems[:SHOWN])
    kept = np.ones(len(codes), bool)
    kept[list(bad)] = False
    across, above = across[kept], above[kept]
    row = np.flatnonzero(kept) + 1
    present, codes = np.unique(codes[kept], return_inverse=True)
    industries = tuple(names[code] for code in present.tolist())
    crs, distortion = None, 0.0
    if spherical:
        across, above, crs, distortion = project(across, above)
    elif unit == "m":
        across, above = across / 1000, above / 1000
    return (
        Points(
            across, above, codes.astype(np.int32), industries,
            None if weights is None else weights[kept], row, crs, distortion,
        ),
        problems,
    )  # fmt: skip


def project(
    lon: NDArray[np.float64], lat: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], str, float]:
    """Points on an equal-area plane centred on them: x and y in km, the projection, its largest distortion.

    The distortion is the largest relative error of a short distance at any corner of the area.
    """
    west, east, south, north = lon.min(), lon.max(), lat.min(), lat.max()
    centre = (west + east) / 2, (south + north) / 2
    crs = f"+proj=laea +lat_0={centre[1]:.4f} +lon_0={centre[0]:.4f} +datum=WGS84 +units=km"
    forward = Transformer.from_crs(CRS("EPSG:4326"), CRS(crs), always_xy=True)
    x, y = forward.transform(lon, lat)
    corners = Proj(crs).get_factors(
        np.array([west, west, east, east, centre[0]]), np.array([south, north, south, north, south])
    )
    scales = np.concatenate([np.ravel(corners.tissot_semimajor), np.ravel(corners.tissot_semiminor)])
    return np.asarray(x), np.asarray(y), crs, float(np.max(np.abs(scales - 1)))


def _refuse_swapped(lon: NDArray[np.float64], lat: NDArray[np.float64], problems: Sequence[Problem]) -> None:
    """Refuse a table in which most latitudes are off the globe and would fit as longitudes."""
    with np.errstate(invalid="ignore"):
        off = np.abs(lat) > 90
        fits = off & (np.abs(lat) <= 180) & (np.abs(lon) <= 90)
    if np.count_nonzero(fits) * 2 > len(lat):
        raise InputRefused(
            "swapped_coordinates", count=int(np.count_nonzero(fits)), problems=problems[:SHOWN]
        )


def _numbers(column: Any) -> NDArray[np.float64]:
    """A column as numbers, NaN where it is none."""
    import pandas as pd

    values = pd.to_numeric(column.to_pandas(), errors="coerce")
    return np.asarray(values, np.float64)


def _coded(column: Any) -> tuple[list[str], NDArray[np.int64]]:
    """The distinct texts of a column in order, and the position of each row's; -1 where it is blank."""
    texts = pc.cast(column, pa.string())
    coded = pc.dictionary_encode(texts).combine_chunks()
    found = coded.dictionary.to_pylist()
    order = sorted(range(len(found)), key=lambda i: found[i])
    names = [found[i] for i in order if found[i].strip()]
    position = np.full(len(found) + 1, -1, np.int64)
    position[[i for i in order if found[i].strip()]] = np.arange(len(names))
    indices = coded.indices.fill_null(len(found)).to_numpy(zero_copy_only=False)
    return names, position[indices]


def _shown(value: Any) -> str | None:
    plain = value.as_py() if hasattr(value, "as_py") else value
    return None if plain is None else str(plain)
