from math import inf, isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grappe.domain.interval import Interval, Precision, interval_of

NUMBERS = st.integers(0, 10**9)
FIGURES = st.one_of(
    st.builds(interval_of, NUMBERS, st.sampled_from(["exact", "about", "at_least", "at_most"])),
    st.builds(lambda a, b: interval_of(a, "range", min(a, b), max(a, b)), NUMBERS, NUMBERS),
)


def test_an_exact_figure_is_one_number():
    assert interval_of(85) == Interval(85, 85)


def test_about_is_ten_per_cent_either_way():
    found = interval_of(11_000, "about")
    assert isclose(found.low, 11_000 - 1_100)
    assert isclose(found.high, 11_000 + 1_100)


def test_at_least_is_open_above_and_at_most_begins_at_nothing():
    assert interval_of(80, "at_least") == Interval(80, inf)
    assert interval_of(80, "at_most") == Interval(0, 80)


def test_a_range_is_its_two_ends_whatever_figure_is_shown_for_it():
    assert interval_of(120, "range", 120, 130) == Interval(120, 130)


@pytest.mark.parametrize(("low", "high"), [(None, None), (120, None), (None, 130), (130, 120)])
def test_a_range_needs_both_ends_in_order(low: float | None, high: float | None):
    with pytest.raises(ValueError, match="range"):
        interval_of(120, "range", low, high)


def test_a_word_that_is_no_precision_is_refused():
    with pytest.raises(ValueError, match="perhaps"):
        interval_of(120, "perhaps")


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ((85, "exact"), (80, "at_least"), True),  # 85 is in [80, inf)
        ((79, "exact"), (80, "at_least"), False),
        ((109, "exact"), (100, "about"), True),  # 109 is in [90, 110]
        ((110, "exact"), (100, "about"), True),  # the end belongs to it: 100 + 10 % of 100
        ((111, "exact"), (100, "about"), False),
        ((90, "exact"), (100, "about"), True),
        ((60, "exact"), (80, "at_most"), True),
        ((0, "exact"), (0, "about"), True),
    ],
)
def test_two_figures_agree_when_their_intervals_share_a_number(one: tuple, other: tuple, agree: bool):
    assert interval_of(*one).meets(interval_of(*other)) is agree


def test_ten_per_cent_of_a_figure_is_not_lost_to_binary_fractions():
    # 30 * 1.1 is 33.000000000000004 in binary: 33 must still be "about 30", and 34 must not.
    assert interval_of(30, "about").meets(interval_of(33))
    assert not interval_of(30, "about").meets(interval_of(34))


def test_a_loss_of_about_ten_is_an_interval_like_any_other():
    loss = interval_of(-10, "about")
    assert loss.low <= -10 <= loss.high
    assert loss.meets(loss)


@given(FIGURES, FIGURES)
def test_meeting_of_figures_is_symmetric(one: Interval, other: Interval):
    assert one.meets(other) == other.meets(one)


@given(FIGURES)
def test_a_figure_meets_itself_and_has_no_negative_width(one: Interval):
    assert one.meets(one)
    assert one.width >= 0


@given(NUMBERS, st.sampled_from([p for p in Precision if p is not Precision.RANGE]))
def test_every_precision_contains_the_figure_printed(value: int, precision: Precision):
    found = interval_of(value, precision)
    assert found.low <= value <= found.high


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40), st.integers(0, 40))
def test_ranges_meet_exactly_when_some_whole_number_is_in_both(a: int, b: int, c: int, d: int):
    one, other = sorted((a, b)), sorted((c, d))
    shared = set(range(one[0], one[1] + 1)) & set(range(other[0], other[1] + 1))
    assert interval_of(a, "range", *one).meets(interval_of(c, "range", *other)) == bool(shared)
