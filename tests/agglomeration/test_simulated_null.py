"""Simulated curves: each is the curve of a draw, and draws are what they should be."""

import numpy as np
import pytest

from grappe.agglomeration import simulated_null as module
from grappe.agglomeration.bands import bands
from grappe.agglomeration.kd_curve import kd_curve
from grappe.agglomeration.null_draws import drawn, key_of
from grappe.agglomeration.simulated_null import Simulation, simulated_curves
from tests.agglomeration.towns import towns

DISTANCES = np.linspace(0, 120, 41)


def simulation(sites=3000, n=60, weights=None, bandwidth=0.0, name="oil"):
    weights = np.ones(n) if weights is None else weights
    return Simulation(towns(sites), weights, DISTANCES, bandwidth, key_of(1, name))


def test_a_draw_holds_different_sites_and_each_site_is_as_likely():
    times = np.zeros(12)
    for number in range(6000):
        draw = drawn(12, 4, key_of(0, "oil"), number)
        assert len(set(draw.tolist())) == 4
        times[draw] += 1
    # 6000 × 4 / 12 = 2000 times each, give or take sqrt(6000 × 1/3 × 2/3) = 37.
    assert np.abs(times - 2000).max() < 4 * 37


def test_all_orders_of_a_draw_are_as_likely():
    first = [drawn(5, 5, key_of(0, "oil"), number)[0] for number in range(5000)]
    assert np.abs(np.bincount(first, minlength=5) - 1000).max() < 4 * np.sqrt(5000 * 0.16)


@pytest.mark.parametrize("n", [12, 60, 400])
@pytest.mark.parametrize("weighted", [True, False])
@pytest.mark.parametrize("bandwidth", [0.0, 6.0, 90.0])
def test_a_simulated_curve_is_kd_of_the_sites_drawn(n, weighted, bandwidth):
    weights = np.random.default_rng(3).lognormal(size=n) if weighted else np.ones(n)
    what = simulation(n=n, weights=weights, bandwidth=bandwidth)
    curves = simulated_curves(what, 0, 4)
    for number in (0, 3):
        at = what.sites[:, drawn(3000, n, what.key, number)]
        exact = kd_curve(*at, DISTANCES, weights=weights, bandwidth=bandwidth or None)
        tolerance = 1e-3 if n > module.OWN_MOMENTS else 2e-3 if n == 12 else 3e-4
        # Beyond six bandwidths a kernel is left out: 1.5e-8 of its peak.
        np.testing.assert_allclose(curves[number], exact, rtol=0, atol=tolerance * exact.max() + 1e-8)


def test_a_curve_depends_on_its_number_alone():
    what = simulation()
    whole = simulated_curves(what, 0, 30)
    np.testing.assert_array_equal(whole[20:], simulated_curves(what, 20, 10))


@pytest.mark.parametrize("threads", ["1", "2"])
def test_threads_change_nothing(monkeypatch, threads):
    monkeypatch.setenv("NUMBA_NUM_THREADS", threads)
    curves = simulated_curves(simulation(), 0, 40)
    monkeypatch.setenv("NUMBA_NUM_THREADS", "3")
    np.testing.assert_array_equal(curves, simulated_curves(simulation(), 0, 40))


@pytest.mark.parametrize("weighted", [True, False])
def test_bands_keep_their_level_for_curves_that_had_no_part_in_them(weighted):
    rng = np.random.default_rng(7)
    beyond = []
    for name in "abcdef":
        weights = rng.lognormal(0, 1.2, 20) if weighted else np.ones(20)
        curves = simulated_curves(simulation(n=20, weights=weights, name=name), 0, 1500)
        limits = bands(curves[:1000])
        held_out = curves[1000:]
        beyond.append([(held_out > limits.high).any(axis=1), (held_out < limits.low).any(axis=1)])
    # 3,000 held-out curves: 5 % give or take 0.4 %, and 0.3 % for six pairs of bands.
    assert (np.abs(np.mean(beyond, axis=(0, 2)) - 0.05) < 0.016).all()


def test_a_draw_without_two_sites_in_range_has_a_density_of_zero():
    far = np.array([[0.0, 1000.0, 2000.0], [0.0, 0.0, 0.0]])
    curves = simulated_curves(Simulation(far, np.ones(2), DISTANCES, 0.0, key_of(0, "oil")), 0, 5)
    assert not curves.any()
