"""Footprints: discs that touch, their ground, how stable they are."""

import numpy as np
import pytest
from shapely import Point

from grappe.agglomeration.footprints import (
    find_discs,
    find_footprints,
    jaccard,
    join,
    outline,
    searched_area,
    stability,
)
from grappe.agglomeration.lattice import build_lattice
from grappe.agglomeration.scan import Disc, Floors, build_frame
from grappe.agglomeration.scan_null import draw_null

OWN = 60
"""The last establishments of the world: the industry, half of them in each of two knots 60 km apart."""


@pytest.fixture(scope="module")
def world():
    rng = np.random.default_rng(3)
    x, y = rng.uniform(0, 100, 1_500), rng.uniform(0, 100, 1_500)
    knot = np.where(np.arange(OWN) % 2 == 0, 20.0, 80.0)
    x = np.concatenate([x, rng.normal(knot, 1.0)])
    y = np.concatenate([y, rng.normal(knot, 1.0)])
    frame = build_frame(build_lattice(x, y, np.array([2.0, 5.0])), Floors(5, 1.5))
    null = draw_null(frame, [OWN], draws=199, seed=0)
    return frame, null, frame.lattice.of_site[-OWN:]


def test_two_knots_are_two_footprints_of_their_own_establishments(world):
    frame, null, cells = world
    footprints = find_footprints(frame, null, cells, 0.05)
    assert len(footprints) == 2
    first, second = (one.members for one in footprints)
    assert not (first & second).any()
    # Each knot is the even or the odd half of the industry.
    assert sorted((first.nonzero()[0] % 2).mean() for first in (first, second)) == [0, 1]
    assert (first | second).sum() >= OWN - 4


def test_at_a_level_that_no_disc_reaches_nothing_is_found(world):
    frame, null, cells = world
    assert find_discs(frame, null, cells, 0.0) == []
    assert find_footprints(frame, null, cells, 0.0) == []


def test_p_values_stay_at_or_below_the_level(world):
    frame, null, cells = world
    assert all(p_value <= 0.05 for _, p_value in find_discs(frame, null, cells, 0.05))


def test_discs_that_overlap_form_chains():
    x = np.array([0.5, 4.5, 8.5, 50.5])
    lattice = build_lattice(x, np.full(4, 0.5), np.array([2.0]), cell=1.0)
    # Radii of 2 km: middles 4 km apart touch, 8 km apart do not, but the one between links them.
    discs = [Disc(cell, 0, 1.0) for cell in (0, 2, 3, 1)]
    assert join(lattice, discs) == [[0, 1, 3], [2]]
    assert join(lattice, discs[:3]) == [[0], [1], [2]]
    assert join(lattice, []) == []


def test_the_outline_holds_all_members_and_no_corner_is_one(world):
    frame, null, cells = world
    lattice = frame.lattice
    for one in find_footprints(frame, null, cells, 0.05):
        ground = outline(lattice, one, cells)
        middles = [Point(lattice.x[cell], lattice.y[cell]) for cell in cells[one.members]]
        assert all(ground.contains(middle) for middle in middles)
        assert all(ground.exterior.distance(middle) >= 0.9 * lattice.cell for middle in middles)


def test_a_footprint_of_one_address_is_a_disc_of_one_cell():
    rng = np.random.default_rng(2)
    x, y = rng.uniform(0, 100, 400), rng.uniform(0, 100, 400)
    x[-12:], y[-12:] = 50.0, 50.0
    frame = build_frame(build_lattice(x, y, np.array([2.0, 5.0])), Floors(5, 1.5))
    null = draw_null(frame, [12], draws=99, seed=0)
    crowded = frame.lattice.of_site[-12:]
    (one,) = find_footprints(frame, null, crowded, 0.05)
    ground = outline(frame.lattice, one, crowded)
    assert ground.area == pytest.approx(np.pi * frame.lattice.cell**2, rel=0.05)


def test_the_area_searched_counts_what_discs_share_once(world):
    frame, null, cells = world
    one = find_footprints(frame, null, cells, 0.05)[0]
    alone = type(one)(one.discs[:1], one.p_values[:1], one.cells, one.members)
    twice = type(one)(one.discs[:1] * 2, one.p_values[:1] * 2, one.cells, one.members)
    circle = np.pi * frame.lattice.radii[one.discs[0].radius] ** 2
    assert searched_area(frame.lattice, alone) == pytest.approx(circle, rel=0.002)
    assert searched_area(frame.lattice, twice) == pytest.approx(searched_area(frame.lattice, alone))


def test_two_thirds_of_a_set_have_a_jaccard_similarity_of_two_thirds():
    assert jaccard(np.array([1, 1, 1], bool), np.array([1, 1, 0], bool)) == pytest.approx(2 / 3)
    assert jaccard(np.zeros(3, bool), np.zeros(3, bool)) == 0


def test_dense_knots_are_found_again_in_every_resample(world):
    frame, null, cells = world
    footprints = find_footprints(frame, null, cells, 0.05)
    rng = np.random.default_rng(0)
    again = stability(frame, null, cells, 0.05, footprints, resamples=10, rng=rng)
    assert again.tolist() == [1.0, 1.0]


def test_a_footprint_that_no_resample_shows_is_not_stable(world):
    frame, null, cells = world
    one = find_footprints(frame, null, cells, 0.05)[0]
    # As many members, spread over both knots: no footprint holds more than half of each.
    spread = type(one)(one.discs, one.p_values, one.cells, np.arange(OWN) % 4 < 2)
    rng = np.random.default_rng(0)
    assert stability(frame, null, cells, 0.05, [spread], resamples=5, rng=rng).tolist() == [0.0]
