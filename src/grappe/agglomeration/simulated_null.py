"""Kd under the null hypothesis, by drawing sites at random and computing the curve anew."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from grappe.agglomeration.bandwidth import FACTOR, POWER
from grappe.agglomeration.binned_density import REACH, binned_bandwidth, binned_density
from grappe.agglomeration.compiled import compiled
from grappe.agglomeration.kd_curve import pair_weight
from grappe.agglomeration.null_draws import draw_sites, drawn, start_of
from grappe.agglomeration.workers import SHARES, in_threads

Floats = NDArray[np.float64]

BINS_PER_BANDWIDTH = 8
"""With the moments of each bin up to the second, 4e-5 of the largest value is the worst remainder."""

OWN_MOMENTS = 300
"""Establishments up to which each simulation keeps the moments of its own bins.

With more, pairs are so many (over 45,000) that those of the whole population serve, in finer bins, and only
counts are kept: the loop over pairs is four times as fast.
"""

FINER = 4
"""Bins in place of one where the moments of the population serve.

The worst difference of a curve is then 7e-4 of its largest value with very unequal weights, 3e-4 without
(60 draws each of 400, 1,000 and 2,000 establishments); with plain bins it was 3e-3. It costs nothing that
can be measured: the pairs take the time, not the bins.
"""

MOST_BINS = 20_000
"""Bins of a histogram at most; a bandwidth tiny beside the range is resolved less finely."""

PILOT = 32
"""Simulations that tell the bandwidths to expect, hence the width of a bin."""

SAMPLE = 2048
"""Sites whose pairs give the moments of the population's bins."""


@dataclass(frozen=True, slots=True)
class Simulation:
    """What every draw of an industry shares: sites, weights, distances, bins.

    `sites`, shape (2, sites), in km; `weights`, shape (establishments,), of the industry's plants, which
    are shuffled by the random order of the draw; `bandwidth` is zero where each draw chooses its own.
    """

    sites: Floats
    weights: Floats
    distances: Floats
    bandwidth: float
    key: np.uint64

    @property
    def n(self) -> int:
        """Establishments of each draw."""
        return len(self.weights)


def simulated_curves(what: Simulation, first: int, count: int) -> Floats:
    """Curves of the draws numbered from `first`.

    Parameters
    ----------
    what : Simulation
    first, count : int
        Any two calls that share a number share that curve.

    Returns
    -------
    array of shape (count, distances), per km
        Zero where no two sites of a draw are within twice the range: there is then no bandwidth.
    """
    largest = float(what.distances.max())
    # Bandwidths are chosen from distances up to twice the range; the kernels of some reach farther.
    reach = 2 * largest
    inner = int(np.ceil(reach / _bin_width(what, reach)))
    width = reach / inner
    bins = max(inner, int((largest + REACH * _widest(what, largest)) / width) + 1)
    own = what.n <= OWN_MOMENTS
    shape = np.zeros((2, bins)) if own else _shape_within_bins(what, width, bins)
    shares = min(SHARES, count)
    weighted = bool(np.any(what.weights != what.weights[0]))
    parts = in_threads(
        lambda share: _curves(
            what.sites, what.weights, weighted, what.distances, what.bandwidth, what.key,
            first + share, first + count, shares, width, bins, inner, own, shape,
        ),
        range(shares),
    )  # fmt: skip
    curves = np.empty((count, len(what.distances)))
    for share, part in enumerate(parts):
        curves[share::shares] = part
    return curves / pair_weight(what.weights)


def _bin_width(what: Simulation, reach: float) -> float:
    """Width of a bin, from the smallest bandwidth of a few draws of at most 200 sites, scaled to n."""
    finest = reach / MOST_BINS
    bins = BINS_PER_BANDWIDTH * (1 if what.n <= OWN_MOMENTS else FINER)
    if what.bandwidth > 0:
        return max(what.bandwidth / bins, finest)
    few = min(what.n, 200)
    coarse = reach / 2000
    found = _pilot(what.sites, few, what.key, PILOT, coarse, 2000)
    # The rule's spread is that of the population; its power of the number of pairs is known.
    scale = (what.n * (what.n - 1) / (few * (few - 1))) ** -0.2
    found = found[found > 0] * scale
    smallest = float(found.min()) if len(found) else reach / 100
    return max(smallest / bins, finest)


def _widest(what: Simulation, largest: float) -> float:
    """No bandwidth is larger: distances up to twice the largest deviate by that one at most."""
    pairs = what.n * (what.n - 1) / 2
    return what.bandwidth or FACTOR * largest * np.sqrt(pairs / max(pairs - 1, 1)) * pairs**POWER


@compiled()
def _pilot(sites: Floats, n: int, key: np.uint64, draws: int, width: float, bins: int) -> Floats:
    population = sites.shape[1]
    chosen = np.empty(n, np.int32)
    found = np.empty(draws)
    for draw in range(draws):
        draw_sites(population, n, start_of(key, draw), chosen)
        counts = np.zeros(bins)
        for i in range(n):
            for j in range(i):
                dx = sites[0, chosen[i]] - sites[0, chosen[j]]
                dy = sites[1, chosen[i]] - sites[1, chosen[j]]
                k = int(np.sqrt(dx * dx + dy * dy) / width)
                if k < bins:
                    counts[k] += 1.0
        found[draw] = binned_bandwidth(counts, width)
    return found


def _shape_within_bins(what: Simulation, width: float, bins: int) -> Floats:
    """Means of t and t squared of the pairs in each bin, over the whole population."""
    sites = what.sites
    if sites.shape[1] > SAMPLE:
        # A draw number that no simulation has.
        sites = np.ascontiguousarray(sites[:, drawn(sites.shape[1], SAMPLE, what.key, -1)])
    moments = np.zeros((3, bins))
    _add_moments(sites, np.ones(sites.shape[1]), 1.0 / width, moments, np.zeros(bins))
    held = moments[0] > 0
    even = np.array([[0.0], [1 / 12]])
    return np.where(held, moments[1:] / np.where(held, moments[0], 1.0), even)


@compiled()
def _curves(
    sites: Floats, weights: Floats, weighted: bool, distances: Floats, bandwidth: float, key: np.uint64,
    first: int, stop: int, step: int, width: float, bins: int, inner: int, own: bool, shape: Floats,
) -> Floats:  # fmt: skip
    n = len(weights)
    population = sites.shape[1]
    chosen = np.empty(n, np.int32)
    here = np.empty((2, n))
    near = np.empty((2, n), np.float32)
    curves = np.zeros(((stop - first + step - 1) // step, len(distances)))
    moments = np.empty((3, bins))
    counts = np.empty(bins)
    for row in range(len(curves)):
        draw_sites(population, n, start_of(key, first + row * step), chosen)
        for i in range(n):
            here[0, i], here[1, i] = sites[0, chosen[i]], sites[1, chosen[i]]
        moments[:] = 0.0
        counts[:] = 0.0
        if own:
            _add_moments(here, weights, 1.0 / width, moments, counts)
        else:
            near[:] = here
            if weighted:
                _add_weights(near, weights, np.float32(1.0 / width), moments[0], counts)
            else:
                _add_counts(near, np.float32(1.0 / width), counts)
                moments[0] = counts * weights[0] * weights[0]
            moments[1] = moments[0] * shape[0]
            moments[2] = moments[0] * shape[1]
        h = bandwidth if bandwidth > 0.0 else binned_bandwidth(counts[:inner], width)
        if h > 0.0:
            binned_density(moments, width, distances, h, curves[row])
    return curves


@compiled()
def _add_moments(at: Floats, weights: Floats, scale: float, moments: Floats, counts: Floats) -> None:
    n, bins = at.shape[1], moments.shape[1]
    found = np.empty(n)
    for a in range(n):
        xa, ya, wa = at[0, a], at[1, a], weights[a]
        for b in range(a):
            dx, dy = at[0, b] - xa, at[1, b] - ya
            found[b] = np.sqrt(dx * dx + dy * dy) * scale
        for b in range(a):
            if found[b] < bins:
                k = int(found[b])
                t = found[b] - k - 0.5
                weight = wa * weights[b]
                counts[k] += 1.0
                moments[0, k] += weight
                moments[1, k] += weight * t
                moments[2, k] += weight * t * t


@compiled()
def _add_counts(at: NDArray[np.float32], scale: np.float32, counts: Floats) -> None:
    n, bins = at.shape[1], len(counts)
    place = np.empty(n, np.int32)
    held = np.zeros((2, bins + 1), np.int64)
    for a in range(n):
        _bins_of(at, a, scale, bins, place)
        # Two histograms in turn: a bin hit twice running does not wait for itself.
        for b in range(a // 2):
            held[0, place[2 * b]] += 1
            held[1, place[2 * b + 1]] += 1
        if a % 2:
            held[0, place[a - 1]] += 1
    for k in range(bins):
        counts[k] += held[0, k] + held[1, k]


@compiled()
def _add_weights(
    at: NDArray[np.float32], weights: Floats, scale: np.float32, sums: Floats, counts: Floats
) -> None:
    n, bins = at.shape[1], len(counts)
    place = np.empty(n, np.int32)
    held = np.zeros((bins + 1, 2))
    for a in range(n):
        _bins_of(at, a, scale, bins, place)
        for b in range(a):
            held[place[b], 0] += 1.0
            held[place[b], 1] += weights[a] * weights[b]
    for k in range(bins):
        counts[k] += held[k, 0]
        sums[k] += held[k, 1]


@compiled()
def _bins_of(at: NDArray[np.float32], a: int, scale: np.float32, bins: int, place: NDArray[np.int32]) -> None:
    """Bins of the distances from `a` to all before it; those out of range share one more bin."""
    xa, ya = at[0, a], at[1, a]
    most = np.float32(bins)
    for b in range(a):
        dx = at[0, b] - xa
        dy = at[1, b] - ya
        place[b] = np.int32(min(np.sqrt(dx * dx + dy * dy) * scale, most))
