"""Mean and covariance of the null by formula, against every possible draw of tiny populations."""

from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grappe.agglomeration.null_moments import null_moments, weight_sums


def every_draw(kernel, weights):
    """Weighted mean of a kernel over the pairs of plants, for every way to place them; (draws, distances)."""
    sites, plants = kernel.shape[1], range(len(weights))
    total = sum(weights[i] * weights[j] for i, j in combinations(plants, 2))
    return np.array([
        sum(weights[i] * weights[j] * kernel[:, at[i], at[j]] for i, j in combinations(plants, 2)) / total
        for at in permutations(range(sites), len(weights))
    ])  # fmt: skip


def by_formula(kernel, weights):
    """The three sums over ordered pairs of different sites, by plain loops, then the formula."""
    width, sites = len(kernel), kernel.shape[1]
    sums, products, chains = np.zeros(width), np.zeros((width, width)), np.zeros((width, width))
    for a in range(sites):
        around = np.zeros(width)
        for b in range(sites):
            if b != a:
                sums += kernel[:, a, b]
                products += np.outer(kernel[:, a, b], kernel[:, a, b])
                around += kernel[:, a, b]
        chains += np.outer(around, around)
    return null_moments(sums, products, chains, sites, np.array(weights, float))


def kernels(sites, seed=0, width=3):
    half = np.random.default_rng(seed).exponential(size=(width, sites, sites))
    return half + half.transpose(0, 2, 1)


@pytest.mark.parametrize(
    ("sites", "weights"),
    [(3, (1, 1)), (4, (1, 1)), (5, (1, 1, 1)), (4, (1, 1, 1, 1)), (5, (3, 1, 1)), (6, (5, 2, 1, 0.5))],
)
def test_mean_and_covariance_are_those_of_all_draws(sites, weights):
    kernel = kernels(sites)
    draws = every_draw(kernel, weights)
    mean, covariance = by_formula(kernel, weights)
    np.testing.assert_allclose(mean, draws.mean(axis=0), rtol=1e-12)
    np.testing.assert_allclose(covariance, np.cov(draws.T, bias=True), rtol=1e-9, atol=1e-12)


@given(st.lists(st.integers(1, 9), min_size=2, max_size=4), st.integers(0, 99))
@settings(max_examples=25, deadline=None)
def test_they_are_so_for_any_weights(weights, seed):
    kernel = kernels(5, seed, width=2)
    draws = every_draw(kernel, weights)
    mean, covariance = by_formula(kernel, weights)
    np.testing.assert_allclose(mean, draws.mean(axis=0), rtol=1e-12)
    np.testing.assert_allclose(covariance, np.cov(draws.T, bias=True), rtol=1e-8, atol=1e-10)


def test_the_whole_population_without_weights_does_not_vary():
    _, covariance = by_formula(kernels(5), [1] * 5)
    np.testing.assert_allclose(covariance, 0, atol=1e-12)


@given(st.lists(st.integers(0, 5), min_size=2, max_size=6).filter(any))
def test_sums_over_different_plants_are_those_of_loops(weights):
    e = np.array(weights, float)
    unit = e / e.mean()
    n, found = range(len(e)), weight_sums(e)
    pairs = sum(unit[i] * unit[j] for i, j in permutations(n, 2))
    squares = sum((unit[i] * unit[j]) ** 2 for i, j in permutations(n, 2))
    chains = sum(unit[i] ** 2 * unit[j] * unit[k] for i, j, k in permutations(n, 3))
    fours = sum(np.prod(unit[list(at)]) for at in permutations(n, 4))
    np.testing.assert_allclose(
        [found.pairs, found.squares, found.chains, found.fours], [pairs, squares, chains, fours], atol=1e-7
    )
