"""The Gaussian kernel of distances, reflected at zero, and its expansion about the middle of a bin.

With f the standard normal density and He_k the probabilists' Hermite polynomials,
``f(u - t) = f(u) sum_k He_k(u) t^k / k!``: a bin of distances enters a density through its moments alone.
"""

import numpy as np
from numpy.typing import NDArray

from grappe.agglomeration.compiled import compiled

Floats = NDArray[np.float64]

ORDERS = 8
"""Moments kept of each bin, from 0 to 7."""

REACH = 12.0
"""Bandwidths beyond which a kernel is left out: f(12) is 2e-32, no digit of any sum it would join."""

_NORM = 1.0 / np.sqrt(2.0 * np.pi)


@compiled()
def smooth_moments(moments: Floats, width: float, distances: Floats, bandwidth: float) -> Floats:
    """Sum of reflected kernels at `distances`, divided by the bandwidth.

    Parameters
    ----------
    moments : array of shape (bins, orders)
        Sum over the distances d of each bin of ``weight * t^k``, with ``t = d / width - bin - 1/2``.
    width : float
        Width of a bin; the first begins at zero.
    distances : array of shape (distances,)
    bandwidth : float

    Returns
    -------
    array of shape (distances,)
        ``sum_d weight [f((r - d) / h) + f((r + d) / h)] / h`` at each r.
    """
    bins, orders = moments.shape
    ratio = width / bandwidth
    found = np.zeros(len(distances))
    for i in range(len(distances)):
        r = distances[i]
        low = max(0, int((r - REACH * bandwidth) / width) - 1)
        high = min(bins, int((r + REACH * bandwidth) / width) + 1)
        total = 0.0
        for k in range(low, high):
            if moments[k, 0] == 0.0:
                continue
            middle = (k + 0.5) * width
            total += _expanded(moments[k], (r - middle) / bandwidth, ratio, orders)
            mirrored = (r + middle) / bandwidth
            if mirrored < REACH:
                # Its argument grows with d: the step changes sign.
                total += _expanded(moments[k], mirrored, -ratio, orders)
        found[i] = total / bandwidth
    return found


@compiled()
def _expanded(moments: Floats, u: float, ratio: float, orders: int) -> float:
    before, hermite, factor, total = 0.0, 1.0, 1.0, 0.0
    for k in range(orders):
        total += moments[k] * hermite * factor
        before, hermite = hermite, u * hermite - k * before
        factor *= ratio / (k + 1)
    return float(total * _NORM * np.exp(-0.5 * u * u))


@compiled()
def add_direct(d: float, weight: float, distances: Floats, bandwidth: float, found: Floats) -> None:
    """Add the reflected kernel of one distance, without the division by the bandwidth."""
    for i in range(len(distances)):
        near = (distances[i] - d) / bandwidth
        mirrored = (distances[i] + d) / bandwidth
        found[i] += weight * _NORM * (np.exp(-0.5 * near * near) + np.exp(-0.5 * mirrored * mirrored))
