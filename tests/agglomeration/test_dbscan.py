"""DBSCAN on a grid: the definition, point by point, and scikit-learn's labels to the number."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.cluster import DBSCAN

from grappe.agglomeration.dbscan import dbscan
from grappe.domain.errors import InputRefused


def slow(points, radius, least):
    """The definition: grow each cluster from its first core point; borders go to the first that reaches."""
    near = [[b for b, other in enumerate(points) if math.dist(one, other) <= radius] for one in points]
    core = [len(found) >= least for found in near]
    labels = [-1] * len(points)
    count = 0
    for first in range(len(points)):
        if labels[first] != -1 or not core[first]:
            continue
        labels[first], waiting = count, [first]
        while waiting:
            for b in near[waiting.pop()]:
                if labels[b] == -1:
                    labels[b] = count
                    if core[b]:
                        waiting.append(b)
        count += 1
    return labels, core


def found(points, radius, least):
    labels, core = dbscan([p[0] for p in points], [p[1] for p in points], radius, least)
    return labels.tolist(), core.tolist()


def test_points_a_step_apart_are_one_cluster_with_its_ends_at_the_border():
    row = [(0, 0), (1, 0), (2, 0), (3, 0)]
    assert found(row, 1.0, 3) == ([0, 0, 0, 0], [False, True, True, False])


def test_two_groups_farther_apart_than_the_radius_are_two_clusters():
    points = [(9, 0), (9, 1), (0, 0), (0, 1), (4, 4)]
    # The first in the table is number 0, wherever it stands.
    assert found(points, 1.0, 2) == ([0, 0, 1, 1, -1], [True, True, True, True, False])


def test_a_border_point_between_two_clusters_belongs_to_the_first():
    left, right = [(0, 0), (-1, 0), (-1, 0)], [(2, 0), (3, 0), (3, 0)]
    middle = [(1, 0)]
    # The middle has 3 within reach, itself included; core points need 4.
    labels, core = found(right + left + middle, 1.0, 4)
    assert core == [True, False, False, True, False, False, False]
    assert labels == [0, 0, 0, 1, 1, 1, 0]
    labels, _ = found(left + right + middle, 1.0, 4)
    assert labels == [0, 0, 0, 1, 1, 1, 0]


def test_a_pair_exactly_at_the_radius_is_within_reach():
    assert found([(0, 0), (3, 4)], 5.0, 2)[0] == [0, 0]
    assert found([(0, 0), (3, 4)], np.nextafter(5.0, 0), 2)[0] == [-1, -1]


def test_all_points_at_one_place_are_one_cluster_or_noise():
    assert found([(7, 7)] * 5, 0.1, 5)[0] == [0] * 5
    assert found([(7, 7)] * 4, 0.1, 5)[0] == [-1] * 4


def test_no_point_and_one_point():
    assert found([], 1.0, 1) == ([], [])
    assert found([(1, 2)], 1.0, 1) == ([0], [True])
    assert found([(1, 2)], 1.0, 2) == ([-1], [False])


lattice = st.integers(0, 9)


@settings(deadline=None, max_examples=150)
@given(
    st.lists(st.tuples(lattice, lattice), max_size=60),
    st.sampled_from([0.5, 1.0, math.sqrt(2), 2.0, 3.0, 5.0]),
    st.integers(1, 6),
)
def test_the_grid_gives_the_definition(points, radius, least):
    assert found(points, radius, least) == slow(points, radius, least)


@settings(deadline=None, max_examples=100)
@given(st.integers(0, 10_000), st.sampled_from([0.01, 0.03, 0.1, 0.4]), st.integers(1, 12))
def test_labels_are_those_of_scikit_learn(seed, radius, least):
    rng = np.random.default_rng(seed)
    centres = rng.random((6, 2))
    points = centres[rng.integers(0, 6, 200)] + rng.normal(0, 0.05, (200, 2))
    labels, core = dbscan(points[:, 0], points[:, 1], radius, least)
    model = DBSCAN(eps=radius, min_samples=least).fit(points)
    assert labels.tolist() == model.labels_.tolist()
    assert np.flatnonzero(core).tolist() == model.core_sample_indices_.tolist()


def test_inputs_are_not_altered():
    x = np.array([3.0, 1.0, 2.0])
    dbscan(x, x, 1.0, 2)
    assert x.tolist() == [3.0, 1.0, 2.0]


@pytest.mark.parametrize(
    ("x", "radius", "code"),
    [
        ([0.0, math.nan], 1.0, "bad_coordinates"),
        ([0.0], 1.0, "shapes_differ"),
        ([0.0, 1.0], 0.0, "bad_radius"),
        ([0.0, 1.0], -1.0, "bad_radius"),
        ([0.0, 1.0], math.nan, "bad_radius"),
        ([0.0, 1e9], 1e-3, "radius_too_small"),
    ],
)
def test_what_makes_no_sense_is_refused(x, radius, code):
    with pytest.raises(InputRefused) as refused:
        dbscan(x, [0.0, 0.0], radius, 2)
    assert refused.value.code == code


def test_a_core_point_has_at_least_itself():
    with pytest.raises(ValueError, match="0 was asked"):
        dbscan([0.0], [0.0], 1.0, 0)


def test_a_radius_that_is_a_whole_number_gives_the_same_as_its_decimal():
    x, y = np.array([0.0, 4.0, 8.0, 30.0]), np.zeros(4)
    # Steps of 4 are within 5: the first three are one cluster, the last is noise.
    assert dbscan(x, y, 5, 2)[0].tolist() == dbscan(x, y, 5.0, 2)[0].tolist() == [0, 0, 0, -1]
