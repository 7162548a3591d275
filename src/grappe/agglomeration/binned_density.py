"""Bandwidth and density of many distances from a histogram of them, as each simulation needs them."""

import numpy as np
from numpy.typing import NDArray

from grappe.agglomeration.bandwidth import FACTOR, LAST_RESORT, NORMAL_IQR, POWER
from grappe.agglomeration.compiled import compiled

Floats = NDArray[np.float64]

REACH = 6.0
"""Bandwidths beyond which a kernel is left out: f(6) / f(0) is 1.5e-8."""

_NORM = 1.0 / np.sqrt(2.0 * np.pi)


@compiled()
def binned_bandwidth(counts: Floats, width: float) -> float:
    """Silverman's rule from a histogram, distances spread evenly within a bin; zero if it is empty."""
    total = mean = 0.0
    for k in range(len(counts)):
        total += counts[k]
        mean += counts[k] * (k + 0.5)
    if total <= 0.0:
        return 0.0
    mean /= total
    square = 0.0
    for k in range(len(counts)):
        square += counts[k] * (k + 0.5 - mean) ** 2
    deviation = width * np.sqrt(square / (total - 1.0)) if total > 1.0 else 0.0
    iqr = width * (_quantile(counts, total, 0.75) - _quantile(counts, total, 0.25)) if total > 1.0 else 0.0
    h = min(deviation, iqr / NORMAL_IQR)
    if h <= 0.0:
        h = deviation
    if h <= 0.0:
        # One bin holds them all: their common distance, as the exact rule has it.
        h = mean * width if mean > 0.5 else LAST_RESORT
    return float(FACTOR * h * total**POWER)


@compiled()
def _quantile(counts: Floats, total: float, share: float) -> float:
    """Quantile of type 7 of binned distances, in bins: order statistic number ``(total - 1) share``."""
    wanted, before = (total - 1.0) * share + 0.5, 0.0
    for k in range(len(counts)):
        if before + counts[k] >= wanted:
            return float(k + (wanted - before) / counts[k])
        before += counts[k]
    return float(len(counts))


@compiled()
def binned_density(moments: Floats, width: float, distances: Floats, bandwidth: float, found: Floats) -> None:
    """Write the sum of reflected kernels at each distance, over the bandwidth, into `found`.

    `moments`, shape (3, bins), holds the sums over each bin of ``weight``, ``weight t`` and ``weight t^2``
    with ``t = d / width - bin - 1/2``: the kernel is expanded to second order about the middle of the bin.
    """
    bins = moments.shape[1]
    step = width / bandwidth
    for i in range(len(distances)):
        r = distances[i]
        low = max(0, int((r - REACH * bandwidth) / width))
        high = min(bins, int((r + REACH * bandwidth) / width) + 1)
        total = _run(moments, low, high, ((low + 0.5) * width - r) / bandwidth, step)
        mirrored = min(bins, int((REACH * bandwidth - r) / width) + 1)
        if r < REACH * bandwidth:
            total += _run(moments, 0, mirrored, (0.5 * width + r) / bandwidth, step)
        found[i] = total * _NORM / bandwidth


@compiled()
def _run(moments: Floats, low: int, high: int, u: float, step: float) -> float:
    """Kernels of consecutive bins, the first at `u` and `step` apart, without an exponential for each."""
    value = np.exp(-0.5 * u * u)
    ratio = np.exp(-step * (u + 0.5 * step))
    shrink = np.exp(-step * step)
    half = 0.5 * step * step
    total = 0.0
    for k in range(low, high):
        total += value * (moments[0, k] - moments[1, k] * step * u + moments[2, k] * half * (u * u - 1.0))
        value *= ratio
        ratio *= shrink
        u += step
    return total
