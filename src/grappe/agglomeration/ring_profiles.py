"""What the sites of a population see around them, ring by ring, and the few numbers that sum it up.

R_a, the ring profile of a site, is the number of other sites at each distance from it. Industries are
random parts of the population, so these profiles rule the null of every industry. They are smooth and much
alike: a dozen scores per site, found by principal components, hold nearly all their variation.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from grappe.agglomeration.bandwidth import POWER
from grappe.agglomeration.binned_density import REACH, binned_bandwidth
from grappe.agglomeration.compiled import compiled
from grappe.agglomeration.null_draws import drawn, key_of
from grappe.agglomeration.site_grid import Lags, SiteGrid, close_gaps, site_grid
from grappe.agglomeration.smoothing import smoothing_matrix
from grappe.agglomeration.workers import SHARES, in_threads

Floats = NDArray[np.float64]
Scores = NDArray[np.float32]

BINS = 800
"""Rings of a profile, up to twice the range."""

SIDE = 2000
"""Cells along the side of the padded grid, about: four million cells in all."""

EXPLAINED = 0.999
"""Share of the variation of smoothed profiles that the scores must hold."""

MOST_SCORES = 16
"""Scores per site, at most."""

SAMPLED = 20_000
"""Sites whose profiles are counted in full, at most."""

COUNTS = 4_000_000_000
"""Sampled sites times occupied cells, at most: a few seconds."""

PAIRED = 3_000
"""Sites whose pairs tell how the scores of neighbours go together."""

REFERENCE = 10_000
"""Establishments of the industry whose bandwidth the scores are made for."""


@dataclass(frozen=True, slots=True)
class RingProfiles:
    """A population as the null of its industries needs it.

    Attributes
    ----------
    sites : int
        N.
    grid, lags : SiteGrid, Lags
        Cells of all sites, and distances between cells.
    width : float
        Width of a ring, in km.
    shape : array of shape (2, rings)
        Means over pairs of t and t^2, t the place of a distance within its ring, from -1/2 to 1/2.
    pairs : array of shape (rings,)
        Ordered pairs of different sites in each ring.
    around : array of shape (rings, rings)
        ``sum_a (R_a - mean R)(R_a - mean R)'``.
    scores : array of shape (occupied cells, scores)
        Scores u of a site in each cell: mean zero, covariance one over all sites.
    of_site : array of shape (sites,)
        Row of `scores` of each site.
    middles : array of shape (2, occupied cells)
        Row and column of each occupied cell.
    lift : array of shape (rings, scores)
        ``R_a - mean R`` is `lift` times the scores, and a remainder.
    together : array of shape (rings, products of scores)
        Mean over all ordered pairs of sites of ``u_i u_j`` in the ring; off-diagonal products twice.
    explained : float
        Share of the variation of smoothed profiles that the scores hold.
    reference : float
        Bandwidth, in km, of `REFERENCE` establishments that lie as all sites do.
    """

    sites: int
    grid: SiteGrid
    lags: Lags
    width: float
    shape: Floats
    pairs: Floats
    around: Floats
    scores: Scores
    of_site: NDArray[np.int32]
    middles: Floats
    lift: Floats
    together: Floats
    explained: float
    reference: float

    @property
    def cell(self) -> float:
        """Side of a cell, in km."""
        return self.grid.cell

    def expected(self, n: int) -> float:
        """Bandwidth to expect of `n` establishments that lie as all sites do, in km."""
        return float(self.reference * (n / REFERENCE) ** (2 * POWER))


def ring_profiles(
    x: Floats,
    y: Floats,
    distances: Floats,
    seed: int,
    cell: float | None = None,
    bandwidth: float | None = None,
) -> RingProfiles:
    """Ring profiles of a population, for tests at `distances`.

    Parameters
    ----------
    x, y : array of shape (sites,), in km
    distances : array of shape (distances,), in km
        Rings reach twice as far, as bandwidths are chosen from distances up to there.
    seed : int
        Of the sample of sites whose profiles are counted in full.
    cell : float, optional
        Sites are known to stand in the middle of cells of this side, in km. Those of the grid are whole
        multiples of it; without it, they are such that the padded grid has some four million.
    bandwidth : float, optional
        Of all industries, in km, if it is given: rings then reach as far as its kernel.
    """
    largest = float(distances.max())
    reach = max(2 * largest, largest + REACH * (bandwidth or 0.0))
    x, y = close_gaps(x, reach), close_gaps(y, reach)
    finest = (max(float(np.ptp(x)), float(np.ptp(y))) + reach) / SIDE
    grid = site_grid(x, y, cell * np.ceil(finest / cell - 1e-9) if cell else finest)
    lags = grid.lags(reach)
    width = reach / BINS
    counts = grid.counted()
    moments = lag_moments(grid, lags, width, counts, float(len(x)))
    held = moments[0] > 0
    shape = np.where(held, moments[1:] / np.where(held, moments[0], 1.0), np.array([[0.0], [1 / 12]]))
    occupied = np.flatnonzero(counts)
    of_site = np.searchsorted(occupied, grid.place).astype(np.int32)
    sample = _sample(len(x), len(occupied), seed)
    cells, times = np.unique(of_site[sample], return_counts=True)
    profiles = _counted(grid, occupied, counts.ravel()[occupied], cells, width)
    profiles -= moments[0] / len(x)
    root = np.sqrt(times)[:, None]
    profiles *= root
    around = len(x) / times.sum() * (profiles.T @ profiles)
    reference = _reference_bandwidth(moments[0], width, len(x))
    smooth = smoothing_matrix(shape, width, distances, reference)
    weights, explained = _loadings(smooth, around)
    raw = _scores(grid, lags, counts, occupied, weights, width, moments[0] / len(x))
    scores = _white(raw, counts.ravel()[occupied])
    own = scores[cells] * root
    lift = np.asarray(np.linalg.solve(own.T @ own, own.T @ profiles).T, np.float64)
    together = _together(grid, occupied, scores, of_site[sample[:PAIRED]], width)
    middles = np.array(np.divmod(occupied, grid.shape[1]), np.float64)
    return RingProfiles(
        len(x), grid, lags, width, shape, moments[0], around, scores, of_site, middles, lift, together,
        explained, reference,
    )  # fmt: skip


def lag_moments(
    grid: SiteGrid, lags: Lags, width: float, cells: Floats, alone: float, bins: int = BINS
) -> Floats:
    """Sums over ordered pairs of sites, by ring, of ``w``, ``w t``, ``w t^2``; shape (3, rings).

    `cells` holds the weight of each cell, `alone` the sum of the squares of the weights of single sites,
    which are no pairs.
    """
    pairs = lags.pairs(cells)
    pairs[0, 0] -= alone
    place = lags.steps * (grid.cell / width)
    within = place < bins
    k = place[within].astype(np.int64)
    t, pairs = place[within] - k - 0.5, pairs[within]
    found = np.array([np.bincount(k, pairs * t**order, minlength=bins) for order in range(3)])
    # Rounding of the transform leaves specks where there is no pair.
    found[:, found[0] < 1e-9 * found[0].max()] = 0.0
    return found


def _sample(sites: int, occupied: int, seed: int) -> NDArray[np.int32]:
    size = min(sites, SAMPLED, max(PAIRED, COUNTS // occupied))
    return drawn(sites, size, key_of(seed, "profiles"), 0)


def _reference_bandwidth(pairs: Floats, width: float, sites: int) -> float:
    """Bandwidth of an industry of `REFERENCE` establishments that lie as all sites do."""
    share = REFERENCE * (REFERENCE - 1) / 2 / (sites * (sites - 1.0))
    return float(binned_bandwidth(pairs * share, width))


def _counted(
    grid: SiteGrid, occupied: NDArray[np.int64], counts: Floats, cells: NDArray[np.int32], width: float
) -> Floats:
    """Ring profiles of a site in each of some occupied cells, itself left out."""
    row, column = (one.astype(np.float64) for one in np.divmod(occupied, grid.shape[1]))
    scale = grid.cell / width
    found = np.empty((len(cells), BINS))

    def count(share: int) -> None:
        _count_rings(row, column, counts, cells[share::SHARES], scale, found[share::SHARES])

    in_threads(count, range(SHARES))
    found[:, 0] -= 1
    return found


@compiled()
def _count_rings(
    row: Floats, column: Floats, counts: Floats, cells: NDArray[np.int32], scale: float, found: Floats
) -> None:
    bins = found.shape[1]
    held = np.empty(bins + 1)
    place = np.empty(len(row), np.int32)
    for i in range(len(cells)):
        held[:] = 0.0
        a, b = row[cells[i]], column[cells[i]]
        for c in range(len(row)):
            place[c] = np.int32(
                min(np.sqrt((row[c] - a) * (row[c] - a) + (column[c] - b) * (column[c] - b)) * scale, bins)
            )
        for c in range(len(row)):
            held[place[c]] += counts[c]
        found[i] = held[:bins]


def _loadings(smooth: Floats, around: Floats) -> tuple[Floats, float]:
    """Weights of rings, shape (scores, rings), of the principal components of smoothed profiles."""
    spread = smooth @ around @ smooth.T
    deviation = np.sqrt(np.maximum(np.diag(spread), 0.0))
    # Every distance counts alike: bands are judged in standard deviations.
    deviation = np.where(deviation > 1e-12 * deviation.max(initial=0.0), deviation, np.inf)
    values, vectors = np.linalg.eigh(spread / np.outer(deviation, deviation))
    values, vectors = np.maximum(values[::-1], 0.0), vectors[:, ::-1]
    share = np.cumsum(values) / max(values.sum(), np.finfo(float).tiny)
    kept = min(int(np.searchsorted(share, EXPLAINED)) + 1, MOST_SCORES, len(values))
    kept = max(1, min(kept, int(np.count_nonzero(values > 1e-12 * values[0]))))
    return (vectors[:, :kept] / deviation[:, None]).T @ smooth, float(share[kept - 1])


def _scores(
    grid: SiteGrid, lags: Lags, counts: Floats, occupied: NDArray[np.int64], weights: Floats, width: float,
    mean: Floats,
) -> Floats:  # fmt: skip
    """Each loading applied to the profile of every occupied cell: a convolution for each."""
    place = lags.steps * (grid.cell / width)
    within = place < BINS
    ring = np.where(within, place, 0).astype(np.int32)
    transformed = lags.transform(counts.astype(np.float32))
    found = np.empty((len(occupied), len(weights)))
    row, column = np.divmod(occupied, grid.shape[1])
    for score, weight in enumerate(weights):
        mask = np.where(within, weight[ring], 0.0).astype(np.float32)
        spread = lags.back(transformed * lags.transform(mask))
        found[:, score] = spread[row, column] - weight[0] - weight @ mean
    return found


def _white(scores: Floats, counts: Floats) -> Scores:
    """Scores turned so that over all sites their mean is zero and their covariance one."""
    scores = scores - (counts @ scores) / counts.sum()
    covariance = scores.T @ (scores * counts[:, None]) / counts.sum()
    values, vectors = np.linalg.eigh(covariance)
    turn = vectors / np.sqrt(np.maximum(values, np.finfo(float).tiny))
    return np.asarray(scores @ turn, np.float32)


def _together(
    grid: SiteGrid, occupied: NDArray[np.int64], scores: Scores, sample: NDArray[np.int32], width: float
) -> Floats:
    """Products of the scores of two sites, by ring, averaged over pairs of sampled sites."""
    row, column = (one.astype(np.float64) for one in np.divmod(occupied[sample], grid.shape[1]))
    own = scores[sample].astype(np.float64)
    parts = in_threads(
        lambda share: _add_products(row, column, own, grid.cell / width, share, SHARES, BINS), range(SHARES)
    )
    return np.asarray(np.sum(parts, axis=0) / (len(sample) * (len(sample) - 1) / 2))


@compiled()
def _add_products(
    row: Floats, column: Floats, scores: Floats, scale: float, share: int, shares: int, bins: int
) -> Floats:
    size = scores.shape[1]
    found = np.zeros((bins, size * (size + 1) // 2))
    for a in range(share, len(row), shares):
        for b in range(a):
            dx, dy = row[b] - row[a], column[b] - column[a]
            place = np.sqrt(dx * dx + dy * dy) * scale
            if place < bins:
                k, at = int(place), 0
                for i in range(size):
                    found[k, at] += scores[a, i] * scores[b, i]
                    at += 1
                    for j in range(i + 1, size):
                        found[k, at] += scores[a, i] * scores[b, j] + scores[a, j] * scores[b, i]
                        at += 1
    return found
