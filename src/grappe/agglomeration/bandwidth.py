"""Bandwidth of a density of distances by Silverman's rule of thumb."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from grappe.agglomeration.pair_distances import Places, order_statistics, places, spread
from grappe.domain.errors import InputRefused

FACTOR = 0.9
"""Silverman 1986, equation 3.31."""

NORMAL_IQR = 1.34
"""Interquartile range of the standard normal distribution, as Silverman rounds it."""

POWER = -0.2
"""Rate at which the best bandwidth shrinks as distances become more numerous."""

LAST_RESORT = 1.0
"""Bandwidth before the power, in the unit of distance, when all distances are zero; as in R's ``bw.nrd0``."""


def silverman_bandwidth(x: ArrayLike, y: ArrayLike, *, limit: float = np.inf, lonlat: bool = False) -> float:
    """Bandwidth for the density of the distances between all pairs of points.

    ``h = 0.9 min(sd, IQR / 1.34) m^(-1/5)``, over the m distances that are at most `limit`, zero distances
    included, weights left aside. `sd` divides by m - 1 and quartiles interpolate linearly (type 7), as in
    R's ``bw.nrd0``, whose steps down are taken as well: the standard deviation where the interquartile
    range is zero, the distance itself where all are equal, 1 where all are zero.

    Parameters
    ----------
    x, y : array of shape (points,)
        Coordinates in one unit of length; with `lonlat`, degrees.
    limit : float
        Largest distance counted, in the unit of `x`, or km with `lonlat`.
    lonlat : bool
        Great-circle distances, in km.

    Returns
    -------
    float
        In the unit of `x`, or km with `lonlat`. Exact: quartiles are order statistics, not estimates.

    Raises
    ------
    InputRefused
        ``too_few_points`` below two points, ``no_pair_in_range`` if all distances exceed `limit`,
        ``bad_coordinates`` if a coordinate is not a finite number.

    References
    ----------
    B. W. Silverman, "Density Estimation for Statistics and Data Analysis", 1986, section 3.4.2.

    Examples
    --------
    Three points on a line: distances 3, 4 and 7, sd = sqrt(13/3) = 2.08, quartiles 3.5 and 5.5, so that
    h = 0.9 (2 / 1.34) 3^(-1/5).

    >>> round(silverman_bandwidth([0, 3, 7], [0, 0, 0]), 6)
    1.07831
    """
    return bandwidth_of(places(x, y, lonlat=lonlat), limit)


def bandwidth_of(points: Places, limit: float = np.inf) -> float:
    """The same, of `Places`; see `silverman_bandwidth`."""
    if len(points) < 2:
        raise InputRefused("too_few_points", count=len(points), needed=2)
    seen = spread(points, min(limit, _diameter(points)))
    if not seen.count:
        raise InputRefused("no_pair_in_range", range=limit)
    ranks, parts = _quartile_ranks(seen.count)
    values = order_statistics(points, seen, ranks)
    first, third = values[0::2] + parts * (values[1::2] - values[0::2])
    return rule_of_thumb(seen.count, seen.deviation, float(third - first), seen.smallest)


def rule_of_thumb(count: int, deviation: float, iqr: float, smallest: float) -> float:
    """Silverman's rule from the number, deviation and interquartile range of the distances."""
    width = min(deviation, iqr / NORMAL_IQR) or deviation or abs(smallest) or LAST_RESORT
    return float(FACTOR * width * count**POWER)


def _diameter(points: Places) -> float:
    """No two points are farther apart than this."""
    if points.axes.shape[0] == 3:
        from grappe.agglomeration.points import EARTH_RADIUS

        return float(np.nextafter(np.pi * EARTH_RADIUS, np.inf))
    return float(np.nextafter(np.hypot(*np.ptp(points.axes, axis=1)), np.inf))


def _quartile_ranks(count: int) -> tuple[list[int], NDArray[np.float64]]:
    """Ranks around the two quartiles of type 7, and how far each lies between its two."""
    ranks: list[int] = []
    parts = []
    for share in (0.25, 0.75):
        place = (count - 1) * share
        low = int(place)
        ranks += [low, min(low + 1, count - 1)]
        parts.append(place - low)
    return ranks, np.array(parts)
