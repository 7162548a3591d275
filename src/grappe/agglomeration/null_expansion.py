"""Curves of an industry under the null, from the scores of its sites instead of the distances of its pairs.

A draw of n sites costs n times a dozen operations. Its pair counts are those of Hoeffding's decomposition,
``T = mean + linear + quadratic + remainder``: the linear part is a sum over sites of their ring profiles,
which their scores hold; the quadratic part, where the skewness of small industries comes from, is held as
far as the scores of neighbours go together; what is left is Gaussian, with the covariance that makes the
whole agree with the closed form of `null_moments`.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from grappe.agglomeration.binned_density import binned_bandwidth
from grappe.agglomeration.compiled import compiled
from grappe.agglomeration.null_draws import draw_sites, start_of
from grappe.agglomeration.null_moments import null_moments, weight_sums
from grappe.agglomeration.ring_profiles import RingProfiles, Scores
from grappe.agglomeration.smoothing import smoothing_matrix
from grappe.agglomeration.workers import SHARES, in_threads

Floats = NDArray[np.float64]

LARGEST = 400
"""Plants, the largest, whose pairs are counted one by one in each draw where weights differ.

A few large plants carry most of a weighted curve, and whether two of them are neighbours is far from
Gaussian.
"""

DRAWN = 20_000
"""Plants, the largest, whose sites are drawn one by one: the sums over all others are Gaussian."""

NODES = 5
"""Bandwidths at which curves are computed; between them they are interpolated."""


@dataclass(frozen=True, slots=True)
class _Draws:
    """Sums over the sites of each draw, u being the scores of a site and e the weight of its plant.

    `plain` of u, `once` of e u, `linear` of e (E - e) u, each of shape (draws, scores); `large_once` and
    `large_linear` the same within the largest plants, whose `pairs`, shape (draws, rings), are the products
    of their weights.
    """

    plain: Floats
    once: Floats
    linear: Floats
    large_once: Floats
    large_linear: Floats
    pairs: Floats


def expanded_curves(
    population: RingProfiles,
    weights: Floats,
    distances: Floats,
    bandwidth: float | None,
    key: np.uint64,
    draws: int,
) -> Floats:
    """Curves under the null of an industry with these weights.

    Parameters
    ----------
    population : RingProfiles
    weights : array of shape (establishments,)
    distances : array of shape (distances,), in km
    bandwidth : float, optional
        In km; by default each draw chooses its own, by Silverman's rule on its pair counts.
    key : numpy.uint64
        Of the industry's draws, see `key_of`.
    draws : int

    Returns
    -------
    array of shape (draws, distances), per km
    """
    weights = np.sort(weights / weights.mean())[::-1].copy()
    large = 0 if weights[0] == weights[-1] else min(LARGEST, len(weights))
    rng = np.random.Generator(np.random.Philox(key=int(key)))
    sums = _draws(population, weights, large, key, draws)
    if len(weights) > DRAWN:
        sums = _with_the_others(population, weights, sums, rng)
    chosen = np.full(draws, bandwidth or 0.0)
    if bandwidth is None:
        chosen = _bandwidths(_pair_counts(population, sums.plain, len(weights)), population.width)
    curves = _smoothed(population, _shares(population, weights, large, sums), distances, chosen)
    typical = smoothing_matrix(population.shape, population.width, distances, float(np.median(chosen)))
    root = _remainder(population, weights, large, typical)
    return np.asarray(curves + rng.standard_normal(curves.shape) @ root.T)


def _draws(population: RingProfiles, weights: Floats, large: int, key: np.uint64, draws: int) -> _Draws:
    shares = min(SHARES, draws)
    scale = population.grid.cell / population.width
    parts = in_threads(
        lambda share: _sum_scores(
            population.scores, population.of_site, population.middles, scale, weights[:DRAWN],
            float(weights.sum()), large, key, share, draws, shares, len(population.pairs),
        ),
        range(shares),
    )  # fmt: skip
    found = []
    for which in range(len(parts[0])):
        whole = np.empty((draws, parts[0][which].shape[1]))
        for share, part in enumerate(parts):
            whole[share::shares] = part[which]
        found.append(whole)
    return _Draws(*found)


def _with_the_others(
    population: RingProfiles, weights: Floats, sums: _Draws, rng: np.random.Generator
) -> _Draws:
    """The sums with those of the smaller plants, drawn from the sites that the larger ones left."""
    rest, left = weights[DRAWN:], population.sites - DRAWN
    kinds = np.array([np.ones(len(rest)), rest, rest * (weights.sum() - rest)])
    totals = kinds.sum(axis=1)
    # Scores have covariance one; the sites left have, on average, what the sites drawn lack of zero.
    covariance = (kinds @ kinds.T * left - np.outer(totals, totals)) / (left - 1)
    values, vectors = np.linalg.eigh(covariance)
    root = vectors * np.sqrt(np.maximum(values, 0.0))
    chance = np.einsum("kl,dsl->kds", root, rng.standard_normal((*sums.plain.shape, 3)))
    added = chance - totals[:, None, None] * sums.plain / left
    return replace(
        sums, plain=sums.plain + added[0], once=sums.once + added[1], linear=sums.linear + added[2]
    )


@compiled()
def _sum_scores(
    scores: Scores, of_site: NDArray[np.int32], middles: Floats, scale: float, weights: Floats,
    total: float, large: int, key: np.uint64, first: int, stop: int, step: int, bins: int,
) -> tuple[Floats, Floats, Floats, Floats, Floats, Floats]:  # fmt: skip
    n, size = len(weights), scores.shape[1]
    total_large = weights[:large].sum()
    population = len(of_site)
    chosen = np.empty(n, np.int32)
    rows = (stop - first + step - 1) // step
    plain, once, linear = np.zeros((rows, size)), np.zeros((rows, size)), np.zeros((rows, size))
    large_once, large_linear = np.zeros((rows, size)), np.zeros((rows, size))
    pairs = np.zeros((rows, bins if large else 1))
    for row in range(rows):
        draw_sites(population, n, start_of(key, first + row * step), chosen)
        for i in range(n):
            chosen[i] = of_site[chosen[i]]
        for i in range(n):
            cell, e = chosen[i], weights[i]
            if large == 0:
                for s in range(size):
                    plain[row, s] += scores[cell, s]
                continue
            for s in range(size):
                u = scores[cell, s]
                plain[row, s] += u
                once[row, s] += e * u
                linear[row, s] += e * (total - e) * u
                if i < large:
                    large_once[row, s] += e * u
                    large_linear[row, s] += e * (total_large - e) * u
        for i in range(large):
            for j in range(i):
                down = middles[0, chosen[i]] - middles[0, chosen[j]]
                across = middles[1, chosen[i]] - middles[1, chosen[j]]
                k = int(np.sqrt(down * down + across * across) * scale)
                if k < bins:
                    pairs[row, k] += weights[i] * weights[j]
    if large == 0:
        once[:] = plain
        linear[:] = plain * (total - 1.0)
    return plain, once, linear, large_once, large_linear, pairs


def _shares(population: RingProfiles, weights: Floats, large: int, sums: _Draws) -> Floats:
    """Share of weighted pairs in each ring, shape (draws, rings)."""
    whole, part = weight_sums(weights), weights[:large]
    found = _expanded(
        population,
        sums.linear - sums.large_linear,
        _products(sums.once) - _products(sums.large_once),
        _mean_product(weights, population.sites) - _mean_product(part, population.sites),
    )
    mean = population.pairs / (population.sites * (population.sites - 1.0))
    # The pairs of the largest plants are counted as they are: the expansion is left to the others.
    others = whole.pairs - (part.sum() ** 2 - (part**2).sum())
    found += others * mean
    if large:
        found += 2 * sums.pairs
    return found / whole.pairs


def _pair_counts(population: RingProfiles, plain: Floats, n: int) -> Floats:
    """Pairs in each ring, each plant counting as one; shape (draws, rings)."""
    even = np.ones(n)
    found = _expanded(population, (n - 1) * plain, _products(plain), _mean_product(even, population.sites))
    found += n * (n - 1) * population.pairs / (population.sites * (population.sites - 1.0))
    return np.maximum(found / 2, 0.0)


def _expanded(population: RingProfiles, linear: Floats, products: Floats, mean_square: float) -> Floats:
    """Linear and quadratic parts of the sum over ordered pairs, by ring."""
    i, j = np.triu_indices(linear.shape[1])
    # Less its expectation, as scores have covariance one.
    centred = products - np.where(i == j, mean_square, 0.0)
    found = (2 / (population.sites - 2.0) * linear) @ population.lift.T + centred @ population.together.T
    return np.asarray(found)


def _products(once: Floats) -> Floats:
    i, j = np.triu_indices(once.shape[1])
    return np.asarray(once[:, i] * once[:, j])


def _mean_product(weights: Floats, sites: int) -> float:
    """Expected square of a sum of weighted scores, sites being drawn without replacement."""
    return float(((weights**2).sum() * sites - weights.sum() ** 2) / (sites - 1))


@compiled()
def _bandwidths(counts: Floats, width: float) -> Floats:
    found = np.empty(len(counts))
    for row in range(len(counts)):
        found[row] = binned_bandwidth(counts[row], width)
    return found


def _smoothed(population: RingProfiles, shares: Floats, distances: Floats, chosen: Floats) -> Floats:
    """Curve of each draw at its own bandwidth, by polynomials through a few bandwidths."""
    low, high = float(chosen.min()), float(chosen.max())

    def at(bandwidth: float) -> Floats:
        matrix = smoothing_matrix(population.shape, population.width, distances, bandwidth)
        return np.asarray(shares @ matrix.T)

    if high - low < 1e-9 * high:
        return at(high)
    nodes = np.cos(np.pi * (2 * np.arange(NODES) + 1) / (2 * NODES))
    place = (2 * chosen - low - high) / (high - low)
    curves = np.zeros((len(chosen), len(distances)))
    for node in nodes:
        others = nodes[nodes != node]
        part = np.prod((place[:, None] - others) / (node - others), axis=1)
        curves += part[:, None] * at((low + high + node * (high - low)) / 2)
    return curves


def _remainder(population: RingProfiles, weights: Floats, large: int, smooth: Floats) -> Floats:
    """A root of the covariance that the parts held lack of the closed form, shape (distances, distances)."""
    sites, w, part = population.sites, weight_sums(weights), weights[:large]
    sums = smooth @ population.pairs
    products = (smooth * population.pairs) @ smooth.T
    around = smooth @ population.around @ smooth.T
    _, whole = null_moments(sums, products, around + np.outer(sums, sums) / sites, sites, weights)
    coefficients = 2 / (w.pairs * (sites - 2.0)) * weights * (w.first - weights)
    scale = _mean_product(coefficients, sites)
    lift = smooth @ population.lift
    i, j = np.triu_indices(population.scores.shape[1])
    together = (smooth @ population.together) / np.sqrt(np.where(i == j, 1.0, 2.0))
    drawn = (sites - len(weights)) / (sites - 1)
    held = 2 * w.squares / w.pairs**2 * drawn**2 * together @ together.T
    # What single pairs add beyond their ends, and the share of it that is not counted pair by pair.
    quadratic = whole - scale * around / sites - held
    counted = ((part**2).sum() ** 2 - (part**4).sum()) / w.squares
    missing = scale * (around / sites - lift @ lift.T) + (1 - counted) * quadratic
    values, vectors = np.linalg.eigh(missing)
    return np.asarray(vectors * np.sqrt(np.maximum(values, 0.0)))
