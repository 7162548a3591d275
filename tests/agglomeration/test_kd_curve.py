"""Kd and its bandwidth: the fast sums against the sums as written, and by hand."""

import math
from importlib import import_module
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grappe.agglomeration.bandwidth import silverman_bandwidth
from grappe.agglomeration.kd_curve import kd_curve
from grappe.agglomeration.pair_distances import order_statistics, places, spread
from grappe.agglomeration.points import EARTH_RADIUS
from grappe.domain.errors import InputRefused

# The package gives the function of that name.
module = import_module("grappe.agglomeration.kd_curve")


def f(u: float) -> float:
    return math.exp(-u * u / 2) / math.sqrt(2 * math.pi)


def plainly(x, y, distances, weights, h, between=math.dist):
    """Kd as written, pair by pair."""
    total, found = 0.0, [0.0] * len(distances)
    for a, b in combinations(range(len(x)), 2):
        weight, d = weights[a] * weights[b], between((x[a], y[a]), (x[b], y[b]))
        total += weight
        for k, r in enumerate(distances):
            found[k] += weight * (f((r - d) / h) + f((r + d) / h))
    return np.array(found) / (h * total)


def great_circle(one, other):
    (lon, lat), (lon_2, lat_2) = (map(math.radians, point) for point in (one, other))
    half = (
        math.sin((lat_2 - lat) / 2) ** 2 + math.cos(lat) * math.cos(lat_2) * math.sin((lon_2 - lon) / 2) ** 2
    )
    return 2 * EARTH_RADIUS * math.asin(math.sqrt(half))


def rule(distances):
    """Silverman's equation 3.31 on a list of distances, with the steps down of bw.nrd0."""
    iqr = float(np.subtract(*np.quantile(distances, [0.75, 0.25])))
    sd = float(np.std(distances, ddof=1))
    width = min(sd, iqr / 1.34) or sd or abs(distances[0]) or 1.0
    return 0.9 * width * len(distances) ** -0.2


def city(n, seed=0):
    rng = np.random.default_rng(seed)
    x, y = rng.normal(0, 10, (2, n)) * rng.choice([0.1, 1.0, 5.0], n)
    return x, y, rng.lognormal(0, 1.5, n)


def test_two_points_make_one_bell_and_its_reflection():
    # d = 3, h = 2: at 1 km, [f(-1) + f(2)] / 2.
    assert kd_curve([0, 3], [0, 0], [1.0], bandwidth=2.0)[0] == pytest.approx((f(-1) + f(2)) / 2)


def test_weights_count_as_products():
    # Pairs at 1, 3 and 2 km weigh 1 × 2, 1 × 4 and 2 × 4, of 14 in all.
    near = kd_curve([0, 1, 3], [0, 0, 0], [1.0], weights=[1, 2, 4], bandwidth=0.01)
    assert near[0] == pytest.approx(2 / 14 * f(0) / 0.01)


@pytest.mark.parametrize("direct", [True, False])
@pytest.mark.parametrize("weighted", [True, False])
def test_sums_by_bins_equal_sums_by_pairs(monkeypatch, direct, weighted):
    monkeypatch.setattr(module, "DIRECT", 10**9 if direct else 0)
    x, y, weights = city(60)
    weights = weights if weighted else np.ones(60)
    distances = [0.0, 0.5, 3.0, 10.0, 25.0]
    for h in (0.3, 2.0, 40.0):
        expected = plainly(x, y, distances, weights, h)
        np.testing.assert_allclose(
            kd_curve(x, y, distances, weights=weights, bandwidth=h), expected, rtol=1e-10
        )


@given(
    st.lists(
        st.tuples(st.integers(-40, 40), st.integers(-40, 40), st.integers(1, 9)), min_size=2, max_size=12
    ),
    st.floats(1.0, 30.0),
)
@settings(max_examples=60, deadline=None)
def test_bins_equal_pairs_wherever_points_lie(points, h):
    x, y, weights = (np.array(one, float) for one in zip(*points, strict=True))
    distances = [0.0, 7.0, 21.0, 50.0]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "DIRECT", 0)
        found = kd_curve(x, y, distances, weights=weights, bandwidth=h)
    expected = plainly(x, y, distances, weights, h)
    seen = expected > 1e-15 / h
    np.testing.assert_allclose(found[seen], expected[seen], rtol=1e-9)


def test_great_circles_in_kilometres():
    lon, lat = [2.35, 5.37, -4.49, 7.75], [48.86, 43.30, 48.39, 48.57]
    expected = plainly(lon, lat, [0.0, 300.0, 600.0], [1] * 4, 80.0, great_circle)
    np.testing.assert_allclose(
        kd_curve(lon, lat, [0, 300, 600], bandwidth=80.0, lonlat=True), expected, rtol=1e-9
    )


def test_it_integrates_to_one():
    x, y, weights = city(40)
    r = np.linspace(0, 250, 5001)
    curve = kd_curve(x, y, r, weights=weights, bandwidth=1.5)
    assert np.trapezoid(curve, r) == pytest.approx(1, abs=1e-6)


def test_the_bandwidth_is_chosen_from_distances_up_to_twice_the_range():
    x, y, _ = city(50)
    all_ = [math.dist(a, b) for a, b in combinations(zip(x, y, strict=True), 2)]
    h = rule([d for d in all_ if d <= 2 * 8.0])
    assert silverman_bandwidth(x, y, limit=16.0) == pytest.approx(h, rel=1e-12)
    np.testing.assert_allclose(
        kd_curve(x, y, [0, 4, 8.0]), kd_curve(x, y, [0, 4, 8.0], bandwidth=h), rtol=1e-12
    )


@pytest.mark.parametrize(
    ("x", "expected"),
    [
        # One distance, 3: no spread, so the distance itself: 0.9 × 3 × 1.
        ([0, 3], 0.9 * 3),
        # All at one place: three zero distances, the last resort of 1.
        ([5, 5, 5], 0.9 * 3**-0.2),
        # Distances 0 0 0 9 9 9 0 ...: quartiles 0 and 6.75 of nine; see the plain rule.
        ([0, 0, 0, 9], rule([0, 0, 9, 0, 9, 9])),
        # Ten of sixteen at one place, 15 far pairs of 120: an interquartile range of zero.
        ([0] * 15 + [9], rule([0] * 105 + [9] * 15)),
    ],
)
def test_the_rule_steps_down_where_distances_do_not_vary(x, expected):
    assert silverman_bandwidth(x, [0] * len(x)) == pytest.approx(expected, rel=1e-12)


def test_equal_distances_with_a_rounding_of_their_own_do_not_spoil_the_rule():
    # Sides of one triangle, equal but for the last digit.
    x, y = [0.1, 1.1, 0.6], [0.0, 0.0, math.sqrt(3) / 2]
    assert silverman_bandwidth(x, y) == pytest.approx(0.9 * 3**-0.2, rel=1e-6) or (
        silverman_bandwidth(x, y) < 1e-12
    )


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=2, max_size=25), st.data())
@settings(max_examples=60, deadline=None)
def test_order_statistics_are_exact_with_ties(points, data):
    distances = sorted(math.dist(a, b) for a, b in combinations(points, 2))
    rank = data.draw(st.integers(0, len(distances) - 1))
    at = places(*np.array(points, float).T)
    with pytest.MonkeyPatch.context() as patch:
        # Even tiny rooms for sorting find it.
        patch.setattr("grappe.agglomeration.pair_distances.GATHERED", data.draw(st.sampled_from([0, 3, 100])))
        found = order_statistics(at, spread(at, 20.0), [rank])
    assert found[0] == pytest.approx(distances[rank], abs=1e-12)


def test_moving_or_turning_the_map_changes_nothing():
    x, y, weights = city(80)
    r = np.linspace(0, 20, 9)
    turned = x * 0.6 - y * 0.8 + 600_000, x * 0.8 + y * 0.6 - 4_000_000
    np.testing.assert_allclose(
        kd_curve(*turned, r, weights=weights), kd_curve(x, y, r, weights=weights), rtol=1e-6
    )


def test_no_distance_gives_no_value():
    assert kd_curve([0, 1], [0, 0], []).tolist() == []


def test_inputs_stay_as_they_are():
    x, y, weights = city(30)
    before = x.copy(), y.copy(), weights.copy()
    kd_curve(x, y, [3.0, 1.0], weights=weights)
    assert all((a == b).all() for a, b in zip(before, (x, y, weights), strict=True))


@pytest.mark.parametrize(
    ("code", "arguments"),
    [
        ("too_few_points", {"x": [1.0], "y": [2.0]}),
        ("shapes_differ", {"x": [1.0, 2.0, 3.0]}),
        ("shapes_differ", {"weights": [1.0]}),
        ("bad_coordinates", {"x": [0.0, np.nan]}),
        ("bad_coordinates", {"x": [0.0, 200.0], "lonlat": True}),
        ("bad_weights", {"weights": [1.0, -1.0]}),
        ("no_weight", {"weights": [1.0, 0.0]}),
        ("bad_distances", {"distances": [-1.0]}),
        ("bad_distances", {"distances": [np.inf]}),
        ("bad_bandwidth", {"bandwidth": 0.0}),
        ("no_pair_in_range", {"distances": [1.0], "x": [0.0, 99.0]}),
    ],
)
def test_a_bad_input_is_refused_with_its_reason(code, arguments):
    given_ = {"x": [0.0, 1.0], "y": [0.0, 0.0], "distances": [1.0]} | arguments
    with pytest.raises(InputRefused) as refused:
        kd_curve(given_.pop("x"), given_.pop("y"), given_.pop("distances"), **given_)
    assert refused.value.code == code
