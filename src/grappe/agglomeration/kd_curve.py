"""Duranton and Overman's Kd: density of the distances between the establishments of an industry."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from grappe.agglomeration.bandwidth import bandwidth_of
from grappe.agglomeration.compiled import compiled
from grappe.agglomeration.kernel import ORDERS, REACH, add_direct, smooth_moments
from grappe.agglomeration.pair_distances import Places, distances_from, places
from grappe.agglomeration.workers import SHARES, in_threads
from grappe.domain.errors import InputRefused

Floats = NDArray[np.float64]

BINS_PER_BANDWIDTH = 24
"""With eight moments, the remainder of the expansion is below 1e-12 of the largest value."""

MOST_BINS = 200_000
"""More bins than this, of a bandwidth tiny beside the range, cost more than summing kernels directly."""

DIRECT = 4_000_000
"""Pairs times distances up to which kernels are simply summed."""


def kd_curve(
    x: ArrayLike,
    y: ArrayLike,
    distances: ArrayLike,
    *,
    weights: ArrayLike | None = None,
    bandwidth: float | None = None,
    lonlat: bool = False,
) -> Floats:
    """Density of the distances between all pairs of points, at given distances.

    ``Kd(r) = sum_{a<b} w_a w_b [f((r - d_ab) / h) + f((r + d_ab) / h)] / (h sum_{a<b} w_a w_b)``, f the
    standard normal density. The second term reflects at zero the mass that the kernel would put below,
    so that Kd integrates to one over all distances. All pairs are in the denominator, those beyond the
    largest of `distances` too.

    Parameters
    ----------
    x, y : array of shape (points,)
        Coordinates in one unit of length; with `lonlat`, longitudes and latitudes in degrees.
    distances : array of shape (distances,)
        Where the density is wanted, in the unit of `x`, or km with `lonlat`; in any order, none negative.
    weights : array of shape (points,), optional
        Weight of each point, such as its jobs, none negative; without it each counts as one.
    bandwidth : float, optional
        h, in the unit of `distances`. By default `silverman_bandwidth` of all pair distances up to twice
        the largest of `distances`.
    lonlat : bool
        Great-circle distances in km, on a sphere of radius 6371.0088 km.

    Returns
    -------
    array of shape (distances,)
        Per unit of distance. Within 1e-9, relative, of the sum over pairs as written above, wherever that
        is more than 1e-15 / h.

    Raises
    ------
    InputRefused
        ``too_few_points`` below two points; ``bad_coordinates``, ``bad_weights``, ``bad_distances``,
        ``bad_bandwidth`` if one is not a finite number, or is negative (the bandwidth: or zero);
        ``shapes_differ`` if lengths differ; ``no_weight`` if fewer than two points have weight;
        ``no_pair_in_range`` if a bandwidth is to be chosen and no two points are near enough.

    References
    ----------
    G. Duranton and H. G. Overman, "Testing for localization using micro-geographic data", Review of
    Economic Studies 72, 2005.
    B. W. Silverman, "Density Estimation for Statistics and Data Analysis", 1986, sections 2.10 and 3.4.2.

    Examples
    --------
    Two points 3 km apart, bandwidth 1: at 3 km, (f(0) + f(6)) / 1 = 0.398942.

    >>> kd_curve([0, 3], [0, 0], [3.0], bandwidth=1.0).round(6).tolist()
    [0.398942]
    """
    points = places(x, y, lonlat=lonlat)
    if len(points) < 2:
        raise InputRefused("too_few_points", count=len(points), needed=2)
    wanted = checked_distances(distances)
    weight = checked_weights(weights, len(points))
    total = pair_weight(weight)
    if not total > 0:
        raise InputRefused("no_weight")
    if not len(wanted):
        return np.empty(0)
    if bandwidth is None:
        bandwidth = bandwidth_of(points, 2 * float(wanted.max()))
    elif not 0 < bandwidth < np.inf:
        raise InputRefused("bad_bandwidth", bandwidth=bandwidth)
    return kernel_sums(points, weight, wanted, bandwidth) / total


def kernel_sums(points: Places, weight: Floats, distances: Floats, bandwidth: float) -> Floats:
    """Numerator of Kd over the bandwidth: kernels summed over pairs, at each distance."""
    width = bandwidth / BINS_PER_BANDWIDTH
    reach = float(distances.max()) + REACH * bandwidth
    shares = range(min(SHARES, len(points)))
    if points.pairs * len(distances) <= DIRECT or reach / width > MOST_BINS:
        parts = in_threads(
            lambda share: _direct(points.axes, weight, share, SHARES, distances, bandwidth), shares
        )
        return np.asarray(np.sum(parts, axis=0) / bandwidth)
    bins = int(reach / width) + 1
    moments = np.sum(
        in_threads(lambda share: _moments(points.axes, weight, share, SHARES, bins, width), shares), axis=0
    )
    return smooth_moments(moments, width, distances, bandwidth)


def pair_weight(weight: Floats) -> float:
    """Sum over pairs of the product of their weights, without the cancellation of a difference of squares."""
    return float(np.dot(weight[1:], np.cumsum(weight)[:-1]))


def checked_distances(distances: ArrayLike) -> Floats:
    """Distances as numbers.

    Raises
    ------
    InputRefused
        If one is negative or not a finite number.
    """
    found = np.atleast_1d(np.asarray(distances, np.float64))
    bad = ~(np.isfinite(found) & (found >= 0))
    if found.ndim != 1 or bad.any():
        raise InputRefused("bad_distances", count=np.count_nonzero(bad), value=found[bad][:1])
    return found


def checked_weights(weights: ArrayLike | None, count: int) -> Floats:
    """Weights as numbers; ones where none are given.

    Raises
    ------
    InputRefused
        If there is not one per point, or one is negative or not a finite number.
    """
    if weights is None:
        return np.ones(count)
    found = np.asarray(weights, np.float64)
    if found.shape != (count,):
        raise InputRefused("shapes_differ", x=(count,), y=found.shape)
    bad = ~(np.isfinite(found) & (found >= 0))
    if bad.any():
        first = int(np.flatnonzero(bad)[0])
        raise InputRefused("bad_weights", count=np.count_nonzero(bad), row=first + 1, value=found[first])
    return found


@compiled()
def _direct(
    axes: Floats, weight: Floats, share: int, shares: int, distances: Floats, bandwidth: float
) -> Floats:
    n = axes.shape[1]
    row = np.empty(n)
    found = np.zeros(len(distances))
    for a in range(share, n, shares):
        for i in range(distances_from(axes, a, row)):
            add_direct(row[i], weight[a] * weight[a + 1 + i], distances, bandwidth, found)
    return found


@compiled()
def _moments(axes: Floats, weight: Floats, share: int, shares: int, bins: int, width: float) -> Floats:
    n = axes.shape[1]
    row = np.empty(n)
    moments = np.zeros((bins, ORDERS))
    scale = 1.0 / width
    for a in range(share, n, shares):
        for i in range(distances_from(axes, a, row)):
            place = row[i] * scale
            if place < bins:
                k = int(place)
                t = place - k - 0.5
                power = weight[a] * weight[a + 1 + i]
                for order in range(ORDERS):
                    moments[k, order] += power
                    power *= t
    return moments
