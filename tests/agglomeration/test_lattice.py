"""Cells and discs of cells, beside counting one by one."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grappe.agglomeration.lattice import build_lattice, disc_sums, running_totals
from grappe.domain.errors import InputRefused

places = st.lists(
    st.tuples(st.floats(0, 30, allow_nan=False), st.floats(0, 30, allow_nan=False)), min_size=1, max_size=40
)


def slow_counts(lattice, radius):
    """Establishments in the cells whose middle lies at most a radius from each cell's middle."""
    counts = []
    for one in range(len(lattice)):
        total = 0
        for other in range(len(lattice)):
            apart = math.hypot(lattice.x[one] - lattice.x[other], lattice.y[one] - lattice.y[other])
            if apart <= radius * (1 + 1e-9):
                total += int(lattice.count[other])
        counts.append(total)
    return counts


@given(places, st.sampled_from([(1.0,), (1.0, 2.5), (2.0, 4.0, 9.0)]))
@settings(max_examples=40, deadline=None)
def test_discs_hold_what_counting_one_by_one_finds(points, radii):
    x, y = np.array(points).T
    lattice = build_lattice(x, y, np.array(radii))
    population = lattice.population()
    for k, radius in enumerate(radii):
        assert population[:, k].tolist() == slow_counts(lattice, radius)


def test_a_disc_of_one_cell_radius_is_a_cross():
    # Middle, left, right, above, below: 5 cells; the corners are sqrt(2) cells away.
    lattice = build_lattice(np.array([0.0]), np.array([0.0]), np.array([1.0]), cell=1.0)
    assert lattice.disc_cells.tolist() == [5]


def test_the_area_of_a_disc_of_cells_nears_that_of_the_circle():
    lattice = build_lattice(np.array([0.0]), np.array([0.0]), np.array([2.0, 20.0]))
    circles = np.pi * lattice.radii**2
    assert lattice.disc_cells * lattice.cell**2 == pytest.approx(circles, rel=0.03)


def test_far_islands_cost_nothing_and_change_no_disc():
    x = np.array([0.0, 0.5, 9_000.0, 9_000.2])
    y = np.array([0.0, 0.5, 7_000.0, 7_000.4])
    lattice = build_lattice(x, y, np.array([1.0]))
    assert lattice.shape[0] * lattice.shape[1] < 1_000
    assert lattice.population()[lattice.of_site, 0].tolist() == [2, 2, 2, 2]
    assert abs(lattice.x[lattice.of_site] - x).max() <= lattice.cell / 2 + 1e-9


def test_land_is_what_lies_within_reach_of_an_establishment():
    # One establishment: the disc itself. Two far apart: two discs.
    one = build_lattice(np.array([0.0]), np.array([0.0]), np.array([2.0]), cell=0.5)
    two = build_lattice(np.array([0.0, 100.0]), np.array([0.0, 0.0]), np.array([2.0]), cell=0.5)
    assert one.land() == one.disc_cells[0] * 0.25
    assert two.land() == 2 * one.land()


def test_sums_of_a_row_come_from_running_totals():
    grid = running_totals((3, 6), np.array([1], np.int32), np.array([2], np.int32), np.array([7], np.int32))
    assert grid[1].tolist() == [0, 0, 0, 7, 7, 7]
    half = np.array([[-1, 1, -1]], np.int32)
    assert disc_sums(grid, np.array([1], np.int32), np.array([1], np.int32), half).tolist() == [[7]]


@pytest.mark.parametrize("radii", [[], [0.0, 1.0], [2.0, 1.0], [1.0, 1.0]])
def test_radii_that_do_not_increase_from_above_zero_are_refused(radii):
    with pytest.raises(InputRefused) as refusal:
        build_lattice(np.zeros(2), np.zeros(2), np.array(radii))
    assert refusal.value.code == "bad_radii"


@pytest.mark.parametrize("cell", [2.0, 0.0, float("nan")])
def test_a_cell_wider_than_the_smallest_radius_or_not_positive_is_refused(cell):
    with pytest.raises(InputRefused) as refusal:
        build_lattice(np.zeros(2), np.zeros(2), np.array([1.0]), cell=cell)
    assert refusal.value.code == "cell_too_wide"


def test_an_area_of_too_many_cells_is_refused():
    spread = np.arange(0.0, 20_000.0, 1.0)
    with pytest.raises(InputRefused) as refusal:
        build_lattice(spread, spread, np.array([1.0]))
    assert refusal.value.code == "area_too_large"
