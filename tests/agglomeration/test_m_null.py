"""Curves of M under random labelling: the fast null is m_curve on drawn labels, and nothing else."""

import itertools

import numpy as np
import pytest

from grappe.agglomeration.m_curve import m_curve
from grappe.agglomeration.m_null import (
    curves_around,
    curves_of,
    draw_sites,
    shares_around,
    simulated,
    surroundings,
)

DISTANCES = np.array([0.0, 0.1, 0.3, 1.0])


def sites(count: int, seed: int = 0):
    """Sites of which some share an address, with weights of which some are zero."""
    rng = np.random.default_rng(seed)
    x, y = rng.random((2, count)).round(1)
    return x, y, rng.integers(0, 4, count).astype(float)


@pytest.mark.parametrize("weighted", [False, True])
def test_the_curve_of_drawn_sites_is_m_curve_with_their_label(weighted):
    x, y, weight = sites(70)
    weights = weight if weighted else None
    register = surroundings(x, y, weights, DISTANCES)
    for seed in range(20):
        drawn = draw_sites(np.random.default_rng(seed), 70, 12, 1)
        labels = np.full(70, "other", object)
        labels[register.order[drawn[0]]] = "drawn"
        expected = m_curve(x, y, labels, "drawn", "drawn", DISTANCES, weights)
        assert curves_of(register, drawn)[0] == pytest.approx(expected, rel=1e-12, nan_ok=True)


def test_beside_another_industry_too():
    x, y, weight = sites(70)
    register = surroundings(x, y, weight, DISTANCES)
    neighbours, candidates = np.arange(0, 70, 3), np.setdiff1d(np.arange(70), np.arange(0, 70, 3))
    shares, expected = shares_around(register, neighbours, candidates)
    for seed in range(20):
        drawn = draw_sites(np.random.default_rng(seed), len(candidates), 12, 1)
        labels = np.full(70, "other", object)
        labels[register.order[candidates[drawn[0]]]] = "drawn"
        labels[register.order[neighbours]] = "neighbour"
        found = curves_around(shares, expected, drawn)[0]
        wanted = m_curve(x, y, labels, "drawn", "neighbour", DISTANCES, weight)
        assert found == pytest.approx(wanted, rel=1e-12, nan_ok=True)


def test_every_group_of_sites_is_drawn_about_as_often_as_any_other():
    drawn = draw_sites(np.random.default_rng(0), 5, 2, 20_000)
    groups, times = np.unique(drawn, axis=0, return_counts=True)
    # 10 pairs of 5 sites, 2,000 times each; the standard deviation of a count is 42.
    assert groups.tolist() == [list(pair) for pair in itertools.combinations(range(5), 2)]
    assert np.abs(times - 2_000).max() < 5 * 42


def test_the_mean_under_the_null_is_the_mean_over_all_groups():
    # Five sites on a line; the exact null of two of them: all 10 pairs.
    x = np.array([0.0, 1.0, 1.5, 4.0, 5.0])
    register = surroundings(x, np.zeros(5), None, np.array([2.0, 6.0]))
    everything = np.array(list(itertools.combinations(range(5), 2)))
    exact = np.nanmean(curves_of(register, everything), axis=0)
    drawn = simulated(lambda groups: curves_of(register, groups), 5, 2, 20_000, seed=1)
    assert np.nanmean(drawn, axis=0) == pytest.approx(exact, rel=0.03)


def test_the_same_seed_gives_the_same_curves_on_any_number_of_processors(monkeypatch):
    x, y, weight = sites(200)
    register = surroundings(x, y, weight, DISTANCES)
    made = []
    for processors in ("1", "2"):
        monkeypatch.setenv("NUMBA_NUM_THREADS", processors)
        made.append(simulated(lambda groups: curves_of(register, groups), 200, 30, 50, seed=4))
    assert np.array_equal(made[0], made[1], equal_nan=True)
    other = simulated(lambda groups: curves_of(register, groups), 200, 30, 50, seed=5)
    assert not np.array_equal(made[0], other, equal_nan=True)


def test_as_many_curves_are_made_as_asked():
    register = surroundings(*sites(30)[:2], None, DISTANCES)
    for simulations in (1, 7, 16, 50):
        made = simulated(lambda groups: curves_of(register, groups), 30, 5, simulations, seed=0)
        assert made.shape == (simulations, len(DISTANCES))
