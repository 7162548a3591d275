"""Bands under the null: local at each distance, global over the whole range."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from grappe.agglomeration.bands import bands, extreme_ranks, p_values


def wiggly(rng: np.random.Generator, count: int, width: int = 40) -> np.ndarray:
    """Curves whose neighbouring distances depend on each other, as those of a kernel density do."""
    return np.cumsum(rng.normal(size=(count, width)), axis=1)


def slow_ranks(curves: np.ndarray) -> list[int]:
    """Rank of each curve at each distance by counting, then the smallest."""
    count, width = curves.shape
    return [
        min(sum(bool(curves[other, d] >= curves[one, d]) for other in range(count)) for d in range(width))
        for one in range(count)
    ]


@given(arrays(np.float64, (7, 3), elements=st.integers(0, 4)))
def test_the_extreme_rank_is_the_smallest_count_of_curves_at_least_as_large(curves):
    assert [side.tolist() for side in extreme_ranks(curves, np.argsort(curves, axis=0))] == [
        slow_ranks(curves),
        slow_ranks(-curves),
    ]


def test_a_curve_that_is_largest_somewhere_has_rank_one_and_ties_count_against_it():
    curves = np.array([[3.0, 0.0], [2.0, 1.0], [1.0, 1.0]])
    # At the second distance two curves share the top: two are at least as large.
    assert extreme_ranks(curves, np.argsort(curves, axis=0))[0].tolist() == [1, 2, 2]


def test_at_one_distance_the_global_band_is_the_order_statistic_that_leaves_the_level_outside():
    simulated = np.arange(1.0, 101.0)[:, None]
    found = bands(simulated, level=0.05)
    # The fifth largest of 1 … 100 is 96; five of a hundred are that large or larger.
    assert (found.high[0], found.high_level) == (96.0, 0.05)
    assert (found.low[0], found.low_level) == (5.0, 0.05)


def test_between_two_order_statistics_the_band_is_interpolated():
    simulated = np.arange(1.0, 11.0)[:, None]
    # 10 % reach the largest, 20 % the second largest; 15 % lies halfway: 9.5.
    assert bands(simulated, level=0.15).high[0] == pytest.approx(9.5)


def test_the_global_band_is_never_inside_the_local_one():
    rng = np.random.default_rng(3)
    found = bands(wiggly(rng, 500))
    assert np.all(found.high >= found.local_high)
    assert np.all(found.low <= found.local_low)


def test_five_of_a_hundred_new_curves_leave_the_band_on_each_side():
    rng = np.random.default_rng(20190301)
    above = below = fresh = 0
    for _ in range(60):
        found = bands(wiggly(rng, 1000))
        new = wiggly(rng, 100)
        above += int(np.count_nonzero((new > found.high).any(axis=1)))
        below += int(np.count_nonzero((new < found.low).any(axis=1)))
        fresh += len(new)
    # 6,000 curves, but those of one band share its error: between 4 and 6 % is four standard errors.
    assert 0.04 < above / fresh < 0.06
    assert 0.04 < below / fresh < 0.06


def test_too_few_simulations_give_the_widest_band_and_say_at_which_level():
    simulated = np.array([[1.0, 5.0], [2.0, 4.0], [3.0, 3.0]])
    found = bands(simulated, level=0.05)
    # Two of three curves are largest somewhere: no band of 5 % can be had from three.
    assert found.high.tolist() == [3.0, 5.0]
    assert found.high_level == pytest.approx(2 / 3)


def test_the_p_value_counts_the_curves_at_least_as_extreme_and_the_observed_one():
    simulated = np.arange(1.0, 20.0)[:, None]
    assert p_values(np.array([100.0]), simulated)[0] == 1 / 20
    assert p_values(np.array([0.0]), simulated)[0] == 1.0
    assert p_values(np.array([0.0]), simulated)[1] == 1 / 20


def test_where_a_curve_is_not_defined_it_is_not_extreme():
    simulated = np.array([[np.nan, 1.0], [np.nan, 2.0], [np.nan, 3.0]])
    found = bands(simulated, level=0.4)
    assert np.isnan(found.high[0])
    assert np.isnan(found.local_low[0])
    assert found.high[1] <= 3.0
    # The observed curve is largest where it alone is defined, the third where all are: two of four.
    assert p_values(np.array([9.0, 0.0]), simulated)[0] == 2 / 4


@pytest.mark.parametrize(
    ("simulated", "level"), [(np.zeros((0, 3)), 0.05), (np.zeros(3), 0.05), (np.zeros((2, 2)), 0)]
)
def test_nothing_to_learn_from_is_a_mistake_of_the_caller(simulated, level):
    with pytest.raises(ValueError, match=r"shape|level"):
        bands(simulated, level)
