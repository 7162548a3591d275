"""Weight within given distances: the fast count equals the obvious one, ties included."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grappe.agglomeration.points import EARTH_RADIUS
from grappe.agglomeration.rings import BLOCK, curve_order, rings, weight_within


def slow(axes, targets, sources, weight, distances):
    """The definition, pair by pair."""
    return [
        [
            sum(weight[b] for b in sources if b != a and math.dist(axes[:, a], axes[:, b]) <= r)
            for r in distances
        ]
        for a in targets
    ]


def ring_of(squared: float, wanted) -> int:
    """The ring of one squared distance, looked up as the compiled loop does."""
    bits = int(np.array([squared]).view(np.int64)[0])
    ring = int(wanted.table[min(max((bits >> wanted.shift) - wanted.base, 0), len(wanted.table) - 1)])
    for _ in range(wanted.steps):
        ring += squared > wanted.limits[ring]
    return ring


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=30, unique=True), st.floats(0, 2e6))
def test_the_ring_of_a_distance_is_the_first_that_reaches_it(distances, d):
    distances = sorted(distances)
    expected = sum(math.sqrt(d * d) > r for r in distances)
    assert ring_of(d * d, rings(distances)) == expected


@given(st.lists(st.floats(1e-3, 1e6), min_size=1, max_size=10, unique=True))
def test_a_distance_equal_to_a_limit_is_within_it_and_the_next_number_is_not(distances):
    distances = sorted(distances)
    limits = rings(distances).limits
    for r, limit in zip(distances, limits[:-1], strict=True):
        assert np.sqrt(limit) <= r < np.sqrt(np.nextafter(limit, np.inf))


@pytest.mark.parametrize("distances", [[0.0], [0.0, 5.0], [5.0], [1e-300, 1.0], [1.0, 1.0000001, 1e9]])
@pytest.mark.parametrize("d", [0.0, 1e-200, 0.5, 1.0, 1.00000005, 5.0, 7.0, 1e12])
def test_zero_and_crowded_limits_are_told_apart(distances, d):
    assert ring_of(d * d, rings(distances)) == sum(math.sqrt(d * d) > r for r in distances)


lattice = st.integers(0, 6)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(lattice, lattice, st.integers(0, 3)), min_size=1, max_size=3 * BLOCK),
    st.lists(st.sampled_from([0.0, 1.0, math.sqrt(2), 2.0, 3.0, 5.0, 9.0]), min_size=1, unique=True),
    st.randoms(use_true_random=False),
)
def test_the_fast_count_is_the_slow_one(points, distances, random):
    table = np.array(points, np.float64)
    axes, weight = np.ascontiguousarray(table[:, :2].T), table[:, 2]
    distances = sorted(distances)
    everyone = list(range(len(points)))
    targets = np.array(random.sample(everyone, random.randint(1, len(points))))
    sources = np.array(random.sample(everyone, random.randint(1, len(points))))
    found = weight_within(axes, targets, sources, weight, rings(distances))
    assert found.tolist() == slow(axes, targets, sources, weight, distances)


def test_a_large_weight_of_its_own_takes_no_digit_from_its_neighbours():
    axes = np.zeros((2, 2))
    found = weight_within(axes, np.array([0]), np.array([0, 1]), np.array([1e17, 0.1]), rings([0.0]))
    assert found.tolist() == [[0.1]]


def test_weights_are_given_back_unaltered():
    weight = np.array([1.0, 2.0, 3.0])
    weight_within(np.zeros((2, 3)), np.arange(3), np.arange(3), weight, rings([1.0]))
    assert weight.tolist() == [1.0, 2.0, 3.0]


def test_on_the_earth_the_limits_are_chords():
    # Two points of the equator, 90 degrees apart: a quarter of a great circle.
    axes = np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]])
    quarter = math.pi / 2 * EARTH_RADIUS
    wanted = rings([quarter - 1, quarter + 1, 4 * quarter], sphere=True)
    found = weight_within(axes, np.array([0]), np.array([0, 1]), np.ones(2), wanted)
    assert found.tolist() == [[0.0, 1.0, 1.0]]


def test_the_order_of_the_curve_holds_every_point_once_and_keeps_neighbours_together():
    rng = np.random.default_rng(0)
    x, y = rng.random((2, 4096))
    order = curve_order(x, y)
    assert sorted(order.tolist()) == list(range(4096))
    steps = np.hypot(np.diff(x[order]), np.diff(y[order]))
    # A step along the curve is about the distance to a neighbour, 1 / 64; at random it would be about 0.5.
    assert steps.mean() < 2 / 64


def test_points_at_one_place_and_no_points_have_an_order():
    assert sorted(curve_order([3.0, 3.0], [4.0, 4.0]).tolist()) == [0, 1]
    assert curve_order([], []).tolist() == []


def test_no_target_no_source_and_no_distance_give_nothing():
    axes = np.zeros((2, 2))
    none = np.array([], np.int64)
    both = np.arange(2)
    assert weight_within(axes, none, both, np.ones(2), rings([1.0])).shape == (0, 1)
    assert weight_within(axes, both, none, np.ones(2), rings([1.0])).tolist() == [[0.0], [0.0]]
    assert weight_within(axes, both, both, np.ones(2), rings([])).shape == (2, 0)
