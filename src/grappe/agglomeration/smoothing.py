"""Kernel smoothing of a histogram of distances as a matrix."""

import numpy as np
from numpy.typing import NDArray

from grappe.agglomeration.kernel import REACH

Floats = NDArray[np.float64]


def smoothing_matrix(shape: Floats, width: float, distances: Floats, bandwidth: float) -> Floats:
    """Reflected kernels at each distance of the pairs of each bin, over the bandwidth.

    Parameters
    ----------
    shape : array of shape (2, bins)
        Means over the pairs of a bin of t and t^2, ``t = d / width - bin - 1/2``: the kernel is expanded
        to second order about the middle of the bin.
    width, bandwidth : float
        In km.
    distances : array of shape (distances,), in km

    Returns
    -------
    array of shape (distances, bins), per km
    """
    middle = (np.arange(shape.shape[1]) + 0.5) * width
    step = width / bandwidth
    found = np.zeros((len(distances), len(middle)))
    for sign in (-1.0, 1.0):
        u = np.minimum(np.abs((middle + sign * distances[:, None]) / bandwidth), REACH)
        u *= np.sign(middle + sign * distances[:, None])
        slope, curvature = -u * step, (u * u - 1.0) * (step * step / 2)
        found += np.exp(-0.5 * u * u) * (1.0 + slope * shape[0] + curvature * shape[1])
    return np.asarray(found / (np.sqrt(2 * np.pi) * bandwidth))
