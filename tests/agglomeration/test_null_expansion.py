"""The null by formula: ring profiles against plain counts, curves against simulation."""

import numpy as np
import pytest

from grappe.agglomeration import ring_profiles as module
from grappe.agglomeration.bands import bands
from grappe.agglomeration.kd_curve import kd_curve
from grappe.agglomeration.null_draws import key_of
from grappe.agglomeration.null_expansion import expanded_curves
from grappe.agglomeration.ring_profiles import BINS, ring_profiles
from grappe.agglomeration.simulated_null import Simulation, simulated_curves
from grappe.agglomeration.site_grid import close_gaps, site_grid
from grappe.agglomeration.smoothing import smoothing_matrix
from tests.agglomeration.towns import towns

DISTANCES = np.linspace(0, 120, 41)
SITES = towns(6000)


@pytest.fixture(scope="module")
def population():
    with pytest.MonkeyPatch.context() as patch:
        # A smaller grid than by default: cells of 0.6 km.
        patch.setattr(module, "SIDE", 900)
        return ring_profiles(*SITES, DISTANCES, seed=0)


def test_rings_are_counted_between_the_middles_of_cells():
    # Sites in the middle of cells of 1 km, so that nothing is moved; rings of 240/800 = 0.3 km.
    x, y = np.floor(towns(300, width=60))
    found = ring_profiles(x, y, DISTANCES, seed=0, cell=1.0)
    assert found.cell == 1.0
    pairs = np.zeros(BINS)
    profiles = np.zeros((300, BINS))
    for a in range(300):
        for b in range(300):
            place = int(np.hypot(x[a] - x[b], y[a] - y[b]) / 0.3 + 1e-9)
            if a != b and place < BINS:
                profiles[a, place] += 1
    pairs = profiles.sum(axis=0)
    # A distance on the edge of a ring may fall on either side.
    np.testing.assert_allclose(np.cumsum(found.pairs)[::50], np.cumsum(pairs)[::50], atol=pairs.max())
    assert found.pairs.sum() == pytest.approx(pairs.sum())
    smooth = smoothing_matrix(found.shape, found.width, DISTANCES, 5.0)
    deviations = profiles - pairs / 300
    expected = smooth @ (deviations.T @ deviations) @ smooth.T
    np.testing.assert_allclose(smooth @ found.around @ smooth.T, expected, atol=2e-2 * expected.max())


def test_scores_have_mean_zero_covariance_one_and_hold_most_of_the_profiles(population):
    scores = population.scores[population.of_site].astype(float)
    np.testing.assert_allclose(scores.mean(axis=0), 0, atol=1e-5)
    np.testing.assert_allclose(np.cov(scores.T, bias=True), np.eye(scores.shape[1]), atol=1e-4)
    assert population.explained > 0.95


def test_the_density_of_the_population_is_that_of_its_pairs(population):
    smooth = smoothing_matrix(population.shape, population.width, DISTANCES, 4.0)
    found = smooth @ population.pairs / (6000 * 5999)
    exact = kd_curve(*SITES, DISTANCES, bandwidth=4.0)
    np.testing.assert_allclose(found, exact, atol=1e-3 * exact.max())


@pytest.mark.parametrize("weighted", [True, False])
@pytest.mark.parametrize("bandwidth", [None, 6.0])
def test_expanded_curves_vary_as_simulated_ones(population, weighted, bandwidth):
    n, draws = 900, 1500
    weights = np.random.default_rng(5).lognormal(0, 1.2, n) if weighted else np.ones(n)
    key = key_of(3, "oil")
    expanded = expanded_curves(population, weights, DISTANCES, bandwidth, key, draws)
    what = Simulation(SITES, weights, DISTANCES, bandwidth or 0.0, key_of(4, "oil"))
    simulated = simulated_curves(what, 0, draws)
    deviation = simulated.std(axis=0)
    # Means of 1,500 draws differ by 0.037 deviations of one draw, deviations by 2.6 %.
    assert (np.abs(expanded.mean(axis=0) - simulated.mean(axis=0)) / deviation).max() < 0.2
    assert np.abs(expanded.std(axis=0) / deviation - 1).max() < 0.12
    inside = bands(expanded)
    for beyond in ((simulated > inside.high).any(axis=1), (simulated < inside.low).any(axis=1)):
        # 5 %, with the noise of both samples: 0.8 % at one standard error.
        assert 0.02 < beyond.mean() < 0.085


@pytest.mark.parametrize("weighted", [True, False])
def test_small_plants_may_be_drawn_together(population, weighted, monkeypatch):
    weights = np.random.default_rng(5).lognormal(0, 1, 2500) if weighted else np.ones(2500)
    apart = expanded_curves(population, weights, DISTANCES, None, key_of(3, "oil"), 1000)
    monkeypatch.setattr("grappe.agglomeration.null_expansion.DRAWN", 800)
    together = expanded_curves(population, weights, DISTANCES, None, key_of(4, "oil"), 1000)
    # Standard errors of 1,000 draws: 0.045 deviations of a mean of differences, 3.2 % of a deviation's ratio.
    assert (np.abs(apart.mean(axis=0) - together.mean(axis=0)) / apart.std(axis=0)).max() < 0.18
    assert np.abs(together.std(axis=0) / apart.std(axis=0) - 1).max() < 0.13


def test_far_islands_cost_no_cells_and_change_no_distance_in_range():
    x = np.array([0.0, 1.0, 5000.0, 5002.0, 20_000.0])
    closed = close_gaps(x, 10.0)
    assert closed.max() < 30
    near = np.abs(np.subtract.outer(x, x)) <= 10
    np.testing.assert_allclose(np.subtract.outer(closed, closed)[near], np.subtract.outer(x, x)[near])
    assert (np.abs(np.subtract.outer(closed, closed))[~near] > 10).all()


def test_middles_of_cells_fall_in_their_own_cell():
    x = np.arange(50) * 0.1 + 0.05
    grid = site_grid(x, x[::-1].copy(), 0.1)
    assert grid.shape == (50, 50)
    assert len(set(grid.place.tolist())) == 50
