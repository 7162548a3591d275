"""The scan of one industry, beside a slow one in plain Python."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grappe.agglomeration.lattice import build_lattice, disc_sums, running_totals
from grappe.agglomeration.scan import (
    Floors,
    Scan,
    build_frame,
    cells_in,
    land_ratio,
    likelihood_ratio,
    pair_sums,
)

LOGS = np.array([0.0] + [k * math.log(k) for k in range(1, 200)])


def binomial(cases, total):
    """Greatest log likelihood of `cases` labels among `total`."""
    return sum(k * math.log(k / total) for k in (cases, total - cases) if k)


def slow_ratio(inside, disc, cases, total):
    apart = binomial(inside, disc) + binomial(cases - inside, total - disc)
    return apart - binomial(cases, total)


def slow_land_ratio(inside, cases, area):
    expected = cases * area
    if inside <= expected:
        return 0.0
    outside = cases - inside
    rest = outside * math.log(outside / (cases - expected)) if outside else 0.0
    return inside * math.log(inside / expected) + rest


def world(seed, count=300, own=40):
    """A town and its surroundings; the last `own` sites are the industry's, in two knots."""
    rng = np.random.default_rng(seed)
    x, y = rng.normal(20, 8, count), rng.normal(20, 8, count)
    middle = np.where(np.arange(own) % 2 == 0, 5.0, 33.0)
    x = np.concatenate([x, rng.normal(middle, 1.0)])
    y = np.concatenate([y, rng.normal(middle, 1.0)])
    frame = build_frame(build_lattice(x, y, np.array([1.5, 3.0, 6.0])), Floors(3, 1.2))
    return frame, frame.lattice.of_site[count:]


def slow_best(frame, sites, industry, alive):
    """The best disc around each cell of the industry, from lists of what is alive."""
    lattice = frame.lattice
    total, cases = int(alive.sum()), int((alive & industry).sum())
    share = 1.2 * int(industry.sum()) / len(alive)
    best = (0.0, None, None)
    for cell in sorted(set(sites[industry & alive].tolist())):
        for k in range(len(lattice.radii)):
            apart = np.hypot(lattice.x - lattice.x[cell], lattice.y - lattice.y[cell])
            near = np.isin(sites, np.flatnonzero(apart <= lattice.radii[k] * (1 + 1e-9)))
            disc, inside = int((near & alive).sum()), int((near & alive & industry).sum())
            if inside < 3 or inside < share * disc or 2 * disc > total or inside * total <= cases * disc:
                continue
            area = lattice.disc_cells[k] * lattice.cell**2 / frame.land
            if area > 0.5:
                continue
            ratio = min(slow_ratio(inside, disc, cases, total), slow_land_ratio(inside, cases, area))
            if ratio > best[0] + 1e-9:
                best = (ratio, cell, k)
    return best


@given(st.integers(1, 60), st.integers(0, 60), st.integers(0, 60), st.integers(1, 60))
@settings(max_examples=200)
def test_the_ratio_compares_one_probability_with_two(inside, others, cases_out, others_out):
    disc, cases = inside + others, inside + cases_out
    total = disc + cases_out + others_out
    fast = likelihood_ratio.py_func(inside, disc, cases, total, LOGS_LONG)
    assert fast == pytest.approx(slow_ratio(inside, disc, cases, total), abs=1e-9)


LOGS_LONG = np.array([0.0] + [k * math.log(k) for k in range(1, 300)])


def test_the_ratio_of_a_disc_that_is_like_the_rest_is_nothing():
    assert likelihood_ratio.py_func(5, 50, 10, 100, LOGS) == pytest.approx(0, abs=1e-12)


def test_all_ten_of_an_industry_among_ten_of_twenty_score_twenty_times_log_two():
    # Inside 10 of 10, outside 0 of 10: likelihood 1. Together 10 of 20: (1/2) ** 20.
    assert likelihood_ratio.py_func(10, 10, 10, 20, LOGS) == pytest.approx(20 * math.log(2))


def test_all_ten_on_a_tenth_of_the_land_score_ten_times_log_ten():
    assert land_ratio.py_func(10, 10, 0.1, LOGS) == pytest.approx(10 * math.log(10))
    assert land_ratio.py_func(1, 10, 0.1, LOGS) == 0


@given(st.integers(1, 50), st.integers(0, 50), st.floats(0.001, 0.5))
def test_the_land_ratio_is_that_of_a_poisson_process(inside, outside, area):
    fast = land_ratio.py_func(inside, inside + outside, area, LOGS)
    assert fast == pytest.approx(slow_land_ratio(inside, inside + outside, area), abs=1e-9)


@pytest.mark.parametrize("seed", range(3))
def test_best_discs_are_those_of_a_slow_search_also_after_some_are_taken_out(seed):
    frame, cells = world(seed)
    sites = frame.lattice.of_site
    industry = np.arange(len(sites)) >= 300
    alive = np.ones(len(sites), bool)
    scan = Scan(frame, cells)
    found = 0
    while True:
        ratio, cell, radius = slow_best(frame, sites, industry, alive)
        disc = scan.best()
        if cell is None:
            assert disc is None
            break
        assert disc.ratio == pytest.approx(ratio)
        assert (disc.cell, disc.radius) == (cell, radius)
        scan.take_out(disc)
        alive &= ~cells_in(frame.lattice, disc, sites)
        assert (scan.total, scan.cases) == (alive.sum(), (alive & industry).sum())
        found += 1
    assert found >= 2


def test_looking_at_pairs_counts_what_the_grid_counts():
    frame, cells = world(5)
    lattice = frame.lattice
    cells, count = np.unique(cells, return_counts=True)
    row, column, count = lattice.row[cells], lattice.column[cells], count.astype(np.int32)
    grid = running_totals(lattice.shape, row, column, count)
    by_pairs = pair_sums(row, column, count, lattice.nearest_radius(), len(lattice.radii))
    assert by_pairs.tolist() == disc_sums(grid, row, column, lattice.half_width).tolist()


def test_a_resample_takes_the_place_of_the_industry_among_all_firms():
    frame, cells = world(4)
    drawn = np.random.default_rng(0).choice(cells, len(cells))
    scan = Scan(frame, drawn, instead_of=cells)
    # The same register written out: the three hundred others, and the forty drawn.
    sites = np.concatenate([frame.lattice.of_site[:300], drawn])
    for at, cell in enumerate(scan.cells.tolist()):
        near = np.hypot(frame.lattice.x - frame.lattice.x[cell], frame.lattice.y - frame.lattice.y[cell])
        for k, radius in enumerate(frame.lattice.radii):
            inside = np.flatnonzero(near <= radius * (1 + 1e-9))
            assert scan.crowd[at, k] == np.isin(sites, inside).sum()
            assert scan.inside[at, k] == np.isin(drawn, inside).sum() <= scan.crowd[at, k]


def test_a_scan_does_not_alter_what_industries_share():
    frame, cells = world(1)
    before, given_cells = frame.population.copy(), cells.copy()
    scan = Scan(frame, cells)
    scan.take_out(scan.best())
    assert (frame.population == before).all()
    assert (cells == given_cells).all()


def test_below_the_floors_there_is_no_disc():
    frame, cells = world(2)
    assert Scan(frame, cells[:2]).best() is None
