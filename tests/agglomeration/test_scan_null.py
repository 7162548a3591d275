"""The null of the scan: fair draws, exact p-values, the same answer whatever the threads."""

import math
from itertools import combinations

import numpy as np
import pytest

from grappe.agglomeration.lattice import build_lattice
from grappe.agglomeration.scan import Floors, Scan, build_frame
from grappe.agglomeration.scan_null import (
    STEP,
    Null,
    draw_null,
    draw_without_replacement,
    ladder,
    tail,
)


@pytest.fixture(scope="module")
def frame():
    rng = np.random.default_rng(4)
    town = rng.integers(0, 8, 2_000)
    x = rng.normal(np.linspace(0, 70, 8)[town], 2 + town)
    y = rng.normal(10 * (town % 3), 2 + town)
    return build_frame(build_lattice(x, y, np.array([2.0, 5.0, 10.0])), Floors(5, 1.5))


def test_each_set_of_two_among_five_is_drawn_as_often():
    stamps = np.zeros(5, np.int32)
    seen = dict.fromkeys(combinations(range(5), 2), 0)
    for draw in range(5_000):
        sites = draw_without_replacement(5, 2, np.uint64(draw), stamps, draw + 1)
        seen[tuple(sorted(sites.tolist()))] += 1
    # Ten sets: 500 each, with a standard deviation of sqrt(5000 * 0.1 * 0.9) = 21.
    assert all(abs(count - 500) < 5 * 21.3 for count in seen.values())


def test_drawing_all_gives_each_once():
    assert sorted(draw_without_replacement(6, 6, np.uint64(1), np.zeros(6, np.int32), 1)) == list(range(6))


def test_maxima_are_the_best_ratios_of_the_draws(frame):
    null = draw_null(frame, [60], draws=30, seed=9)
    seeds = np.random.SeedSequence([9, 60]).generate_state(30, np.uint64)
    slow = []
    for seed in seeds:
        sites = draw_without_replacement(frame.total, 60, seed, np.zeros(frame.total, np.int32), 1)
        best = Scan(frame, frame.lattice.of_site[sites]).best()
        slow.append(best.ratio if best else 0.0)
    assert null.maxima[0] == pytest.approx(np.sort(slow))


def test_large_draws_take_the_way_of_the_grid_and_find_the_same(frame):
    null = draw_null(frame, [900], draws=5, seed=2)
    seeds = np.random.SeedSequence([2, 900]).generate_state(5, np.uint64)
    slow = []
    for seed in seeds:
        sites = draw_without_replacement(frame.total, 900, seed, np.zeros(frame.total, np.int32), 1)
        best = Scan(frame, frame.lattice.of_site[sites]).best()
        slow.append(best.ratio if best else 0.0)
    assert null.maxima[0] == pytest.approx(np.sort(slow))


def test_the_number_of_threads_changes_nothing(frame, monkeypatch):
    answers = []
    for threads in ("1", "2"):
        monkeypatch.setenv("NUMBA_NUM_THREADS", threads)
        answers.append(draw_null(frame, [20, 50], draws=60, seed=3).maxima)
    assert (answers[0] == answers[1]).all()


def test_a_p_value_counts_itself_among_the_draws():
    # 20 of the 99 draws reach 80: (1 + 20) / (1 + 99).
    assert tail(np.arange(1.0, 100.0), 80.0) == 21 / 100
    assert tail(np.arange(1.0, 100.0), 0.0) == 1


def test_far_out_the_p_value_is_that_of_a_gumbel_law_and_never_zero():
    rng = np.random.default_rng(1)
    maxima = np.sort(rng.gumbel(5.0, 1.0, 4_000))
    # 1 - exp(-exp(-(15 - 5))) = 4.54e-5
    assert tail(maxima, 15.0) == pytest.approx(-math.expm1(-math.exp(-10.0)), rel=0.5)
    assert 0 < tail(maxima, 1e6) < 1e-300


def test_where_all_draws_are_the_same_only_their_number_counts():
    assert tail(np.zeros(19), 3.0) == 1 / 20


def test_between_two_sizes_both_have_a_say():
    null = Null(np.array([10, 40]), np.array([np.arange(1.0, 100.0), np.arange(51.0, 150.0)]))
    # At 60: 40 of 99 draws of size 10, 90 of size 40; 20 is half way in logarithms.
    assert null.p_value(60.0, 20) == pytest.approx((41 / 100 + 91 / 100) / 2)
    assert null.p_value(60.0, 10) == null.p_value(60.0, 3) == 41 / 100
    assert null.p_value(60.0, 99) == 91 / 100


def test_few_sizes_are_all_drawn_and_many_by_steps():
    assert ladder([30, 10, 10]).tolist() == [10, 30]
    many = ladder(range(10, 1_000))
    assert many[0] == 10
    assert many[-1] == 999
    assert (many[1:] / many[:-1]).max() <= STEP * 1.05


@pytest.mark.parametrize("size", [25, 80, 300])
def test_where_nothing_is_concentrated_the_level_holds(frame, size):
    # Sizes between the rungs 20, 50, 150, 500, where p-values are averaged: the hardest case.
    null = draw_null(frame, [20, 50, 150, 500], draws=999, seed=1)
    fresh = draw_null(frame, [size], draws=1_000, seed=77).maxima[0]
    rejected = np.mean([null.p_value(ratio, size) <= 0.05 for ratio in fresh])
    # 3 standard deviations above 5 %: sqrt(0.05 * 0.95 * (1 / 1000 + 1 / 999)) = 0.0098.
    assert rejected <= 0.05 + 3 * 0.0098


def test_progress_ends_at_the_end(frame):
    seen = []
    draw_null(frame, [10, 20], draws=30, seed=0, progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (4, 4)
