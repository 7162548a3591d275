"""Neighbours: grids, distances, nearest ones, and every form in which a list of them comes."""

import math
from types import SimpleNamespace

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grappe.agglomeration.neighbours import contiguity_grid, nearest, read_neighbours, within
from grappe.domain.errors import InputRefused

REGIONS = pa.array(["a", "b", "c"])
PAIRS = {("a", "b"): 1.0, ("b", "a"): 0.5, ("b", "c"): 2.0}


def listed(neighbours) -> dict:
    rows = neighbours.table.to_pyarrow().to_pylist()
    return {(row["region"], row["neighbour"]): row["weight"] for row in rows}


@given(st.integers(1, 5), st.integers(1, 5), st.booleans())
def test_cells_of_a_grid_touch_at_a_side_or_a_corner(rows, columns, corners):
    found = set(listed(contiguity_grid(rows, columns, corners=corners)))
    cells = [(y, x) for y in range(rows) for x in range(columns)]
    expected = set()
    for y, x in cells:
        for v, u in cells:
            apart = (abs(y - v), abs(x - u))
            if apart in ((0, 1), (1, 0)) or (corners and apart == (1, 1)):
                expected.add((y * columns + x, v * columns + u))
    assert found == expected


PLACES = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=2, max_size=9)


@given(PLACES, st.integers(0, 5))
def test_neighbours_within_a_distance_are_at_most_that_far(places, distance):
    table = pd.DataFrame(places, columns=["x", "y"]).assign(region=range(len(places)))
    found = set(listed(within(table, distance)))
    assert found == {
        (a, b)
        for a in range(len(places))
        for b in range(len(places))
        if a != b and math.dist(places[a], places[b]) <= distance
    }


@given(PLACES, st.data())
def test_the_nearest_are_the_first_of_all_others_by_distance_then_order(places, data):
    count = data.draw(st.integers(1, len(places) - 1))
    table = pd.DataFrame(places, columns=["x", "y"]).assign(region=range(len(places)))
    found = set(listed(nearest(table, count)))
    expected = set()
    for a, place in enumerate(places):
        others = sorted((math.dist(place, places[b]), b) for b in range(len(places)) if b != a)
        expected |= {(a, b) for _, b in others[:count]}
    assert found == expected


@pytest.mark.parametrize(
    "source",
    [
        {"a": {"b": 1}, "b": {"a": 0.5, "c": 2}},
        pd.DataFrame([(*k, w) for k, w in PAIRS.items()], columns=["region", "neighbour", "weight"]),
        pl.DataFrame([(*k, w) for k, w in PAIRS.items()], ["region", "neighbour", "weight"], orient="row"),
        SimpleNamespace(neighbors={"a": ["b"], "b": ["c", "a"]}, weights={"a": [1], "b": [2, 0.5]}),
        # A weight of zero is no neighbour.
        {"a": {"b": 1, "c": 0}, "b": {"a": 0.5, "c": 2}, "c": {}},
    ],
)
def test_whatever_lists_neighbours_will_do(source):
    assert listed(read_neighbours(source, REGIONS)) == PAIRS


def test_lists_without_weights_weigh_one():
    assert listed(read_neighbours({"a": ["b"], "c": ("a",)}, REGIONS)) == {("a", "b"): 1, ("c", "a"): 1}
    table = pd.DataFrame({"region": ["a"], "neighbour": ["c"]})
    assert listed(read_neighbours(table, REGIONS)) == {("a", "c"): 1}


def test_neighbours_are_put_in_the_order_of_the_regions():
    turned = read_neighbours(read_neighbours({"a": ["b"], "b": ["c"]}, REGIONS), pa.array(["c", "b", "a"]))
    assert turned.counts.tolist() == [0, 1, 1]
    assert listed(turned) == {("a", "b"): 1, ("b", "c"): 1}


def test_weights_can_be_made_one_or_sum_to_one():
    given_weights = read_neighbours({"a": {"b": 1, "c": 3}, "b": {"a": 5}}, REGIONS)
    assert given_weights.weighted("row").weights.tolist() == [1 / 4, 3 / 4, 1]
    assert given_weights.weighted("binary").weights.tolist() == [1, 1, 1]
    assert given_weights.weighted("given").weights.tolist() == [1, 3, 5]


def test_a_sum_over_neighbours_is_weighted_and_zero_without_any():
    found = read_neighbours({"a": {"b": 1, "c": 3}}, REGIONS)
    assert found.summed(np.array([100.0, 10.0, 1.0])).tolist() == [1 * 10 + 3 * 1, 0, 0]


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ({"a": ["d"]}, "unknown_region"),
        ({"d": ["a"]}, "unknown_region"),
        ({"a": ["a"]}, "self_neighbour"),
        ({"a": ["b", "b"]}, "repeated_neighbour"),
        ({"a": {"b": -1}}, "negative_weight"),
        ({"a": {"b": math.nan}}, "bad_weight"),
    ],
)
def test_a_bad_pair_is_named(source, code):
    with pytest.raises(InputRefused) as refused:
        read_neighbours(source, REGIONS)
    (problem,) = refused.value.problems
    assert problem.code == code
    assert "→" in str(problem.value)


def test_places_that_are_missing_or_no_numbers_are_refused():
    with pytest.raises(InputRefused) as refused:
        within(pd.DataFrame({"region": ["a", "b"], "x": [0.0, None], "y": [0.0, 1.0]}), 1)
    (problem,) = refused.value.problems
    assert (problem.code, problem.line, problem.field) == ("bad_coordinate", 2, "x")
    with pytest.raises(InputRefused, match="empty_table"):
        within(pd.DataFrame({"region": [], "x": [], "y": []}), 1)


def test_mistakes_of_the_caller_are_no_messages_to_the_user():
    with pytest.raises(ValueError, match="grid"):
        contiguity_grid(0, 3)
    with pytest.raises(ValueError, match="others"):
        nearest(pd.DataFrame({"region": ["a", "b"], "x": [0, 1], "y": [0, 1]}), 2)


def test_numbers_of_one_library_match_those_of_another():
    assert listed(read_neighbours({np.int64(0): [np.int64(1)]}, pa.array([0, 1], pa.int32()))) == {(0, 1): 1}
    assert listed(read_neighbours({"0": ["1"]}, pa.array([0, 1]))) == {(0, 1): 1}
