"""Bounds of sums, shares and products: what intervals leave, with open cells and empty parts."""

import math

import ibis
import pandas as pd
import pytest

from grappe.agglomeration.withheld import (
    Bounds,
    Sum,
    around,
    bounds_columns,
    excess,
    gap,
    share,
    sum_of,
    times,
)


def world(**columns) -> ibis.Table:
    return ibis.memtable(pd.DataFrame({name: [value] for name, value in columns.items()}))


def ends(table: ibis.Table, bounds: Bounds) -> tuple[float, float]:
    (row,) = table.select(low=bounds.low, high=bounds.high).to_pyarrow().to_pylist()
    return row["low"], row["high"]


def two(low: float, high: float, other_low: float, other_high: float) -> tuple[ibis.Table, Sum, Sum]:
    """Two sums of one cell each."""
    sides = []
    for prefix, least, most in (("a_", low, high), ("b_", other_low, other_high)):
        frame = bounds_columns(ibis.memtable(pd.DataFrame({"low": [float(least)], "high": [float(most)]})))
        sides.append(frame.rename(f"{prefix}{{name}}"))
    made = sides[0].cross_join(sides[1])
    return made, sum_of(made, "a_"), sum_of(made, "b_")


@pytest.mark.parametrize(
    ("part", "rest", "expected"),
    [
        ((10, 20), (30, 90), (10 / 100, 20 / 50)),
        ((10, math.inf), (30, 90), (10 / 100, 1)),
        ((10, 20), (30, math.inf), (0, 20 / 50)),
        ((0, 0), (0, 5), (0, 0)),
        ((0, 5), (0, 0), (1, 1)),
        ((0, 5), (0, 5), (0, 1)),
        ((3, 3), (0, 0), (1, 1)),
    ],
)
def test_a_share_is_lowest_with_the_least_part_and_the_most_of_the_rest(part, rest, expected):
    made, one, other = two(*part, *rest)
    assert ends(made, share(one, other)) == pytest.approx(expected)


def test_what_is_left_of_an_open_sum_is_closed_again_without_its_open_cell():
    made, whole, part = two(30, math.inf, 10, math.inf)
    left = whole - part
    assert ends(made, Bounds(left.low, left.high)) == (20, 0)
    both = part + part
    assert ends(made, Bounds(both.low, both.high)) == (20, math.inf)


@pytest.mark.parametrize(
    ("count", "factor", "expected"),
    [
        ((2, 5), (-3, 4), (-15, 20)),
        ((2, 5), (1, 4), (2, 20)),
        ((2, 5), (-4, -1), (-20, -2)),
        ((0, 5), (-1, math.inf), (-5, math.inf)),
        ((0, 0), (-math.inf, math.inf), (0, 0)),
    ],
)
def test_a_product_takes_the_end_of_the_count_that_the_sign_asks_for(count, factor, expected):
    made = world(a=float(count[0]), b=float(count[1]), c=float(factor[0]), d=float(factor[1]))
    assert ends(made, times(Bounds(made.a, made.b), Bounds(made.c, made.d))) == expected


def test_values_that_may_meet_may_be_no_distance_apart():
    made = world(a=1.0, b=3.0, c=2.0, d=6.0)
    one, other = Bounds(made.a, made.b), Bounds(made.c, made.d)
    assert ends(made, gap(one, other)) == (0, 5)
    assert ends(made, excess(one, other)) == (0, 1)
    assert ends(made, excess(other, one)) == (0, 5)


def test_bounds_never_leave_out_the_value_they_hold():
    made = world(value=2.0, a=2.0 + 1e-15, b=2.0 + 1e-15)
    assert ends(made, around(made.value, Bounds(made.a, made.b)))[0] == 2
    unknown = ibis.null("float64")
    assert ends(made, around(unknown, Bounds(made.a, made.b))) == (2 + 1e-15, 2 + 1e-15)
