"""Marcon and Puech's M: textbook arithmetic, published values, and the definition pair by pair."""

import csv
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grappe.agglomeration.m_curve import m_curve
from grappe.agglomeration.points import EARTH_RADIUS
from grappe.domain.errors import InputRefused


def on_the_plane(a, b):
    return math.sqrt((a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1]))


def on_the_earth(a, b):
    """The haversine formula."""
    (lon, lat), (lon2, lat2) = (tuple(map(math.radians, one)) for one in (a, b))
    part = math.sin((lat2 - lat) / 2) ** 2 + math.cos(lat) * math.cos(lat2) * math.sin((lon2 - lon) / 2) ** 2
    return 2 * EARTH_RADIUS * math.asin(math.sqrt(part))


def slow(places, labels, weight, reference, neighbour, r, *, case_control=False, distance=on_the_plane):
    """The definition, with loops."""
    points = range(len(places))

    def total(kind, around):
        return sum(weight[b] for b in points if b != around and kind in (None, labels[b]))

    def near(kind, a):
        return sum(
            weight[b]
            for b in points
            if b != a and kind in (None, labels[b]) and distance(places[a], places[b]) <= r
        )

    counted, among = (reference, neighbour) if case_control else (neighbour, None)
    kept = [a for a in points if labels[a] == reference and near(among, a) > 0]
    expected = sum(total(counted, a) / total(among, a) for a in kept)
    if not expected > 0:
        return math.nan
    return sum(near(counted, a) / near(among, a) for a in kept) / expected


def test_around_a_mill_the_share_of_mills_against_the_share_in_the_whole():
    # Wool at 0 and 1 km, oil at 1.5 and 9. Within 1 km the first mill has the second: 1 of 1; the second
    # has the first and an oil mill: 1 of 2. Of the 3 other establishments, 1 is a wool mill.
    world = ([0, 1, 1.5, 9], [0, 0, 0, 0], ["wool", "wool", "oil", "oil"])
    assert m_curve(*world, "wool", "wool", [1.0]) == pytest.approx((1 / 1 + 1 / 2) / (1 / 3 + 1 / 3))
    # Within 0.5 km only the second mill has a neighbour, an oil mill: it alone is in both sums.
    assert m_curve(*world, "wool", "wool", [0.5]) == pytest.approx((0 / 1) / (1 / 3))
    # Oil around wool: none of 1, 1 of 2; two of the three others are oil.
    assert m_curve(*world, "wool", "oil", [1.0]) == pytest.approx((0 / 1 + 1 / 2) / (2 / 3 + 2 / 3))


def test_jobs_weigh_neighbours_not_references():
    # Jobs 4, 2 (wool) and 6 (oil), all within 1 km.
    found = m_curve([0, 0.1, 0.2], [0, 0, 0], ["wool", "wool", "oil"], "wool", "wool", [1.0], [4, 2, 6])
    local = 2 / (2 + 6) + 4 / (4 + 6)
    whole = (6 - 4) / (12 - 4) + (6 - 2) / (12 - 2)
    assert found == pytest.approx(local / whole)
    assert local / whole == pytest.approx(1.0)


def test_at_zero_the_establishments_of_one_address_are_counted():
    found = m_curve([5, 5, 5, 8], [2, 2, 2, 2], ["wool", "wool", "oil", "oil"], "wool", "wool", [0.0])
    # Each mill has one mill and one oil mill at its door; of the three others, one is a wool mill.
    assert found == pytest.approx((1 / 2) / (1 / 3))


def test_a_pair_exactly_at_the_distance_is_within_it():
    world = ([0, 3], [0, 4], ["wool", "wool"])
    assert m_curve(*world, "wool", "wool", [5.0, np.nextafter(5.0, 0)]).tolist() == [
        1.0,
        pytest.approx(math.nan, nan_ok=True),
    ]


def test_where_no_establishment_has_a_neighbour_m_is_not_a_number():
    assert np.isnan(m_curve([0, 9], [0, 0], ["wool", "oil"], "wool", "oil", [1.0]))


def test_an_industry_of_one_establishment_has_no_curve():
    assert np.isnan(m_curve([0, 1], [0, 0], ["wool", "oil"], "wool", "wool", [5.0])).all()
    # Around it, all the others are oil: as in the whole.
    assert m_curve([0, 1], [0, 0], ["wool", "oil"], "wool", "oil", [5.0]).tolist() == [1.0]


def test_an_industry_that_is_everything_scores_one_everywhere():
    rng = np.random.default_rng(0)
    found = m_curve(*rng.random((2, 50)), ["wool"] * 50, "wool", "wool", [0.3, 1.0, 2.0])
    assert found == pytest.approx([1.0, 1.0, 1.0])


def test_within_the_whole_area_m_is_one():
    rng = np.random.default_rng(1)
    labels = rng.choice(["wool", "oil"], 60)
    found = m_curve(*rng.random((2, 60)), labels, "wool", "wool", [2.0], rng.random(60))
    assert found == pytest.approx([1.0])


def test_distances_keep_their_order_and_may_repeat():
    rng = np.random.default_rng(2)
    world = (*rng.random((2, 40)), rng.choice(["wool", "oil"], 40))
    mixed = m_curve(*world, "wool", "oil", [0.5, 0.1, 0.5, 0.3])
    alone = [m_curve(*world, "wool", "oil", [r])[0] for r in (0.5, 0.1, 0.5, 0.3)]
    assert mixed == pytest.approx(alone, rel=1e-14)
    assert m_curve(*world, "wool", "oil", []).shape == (0,)


places = st.tuples(st.integers(0, 5), st.integers(0, 5))
worlds = st.lists(st.tuples(places, st.sampled_from("abc"), st.integers(0, 4)), min_size=2, max_size=40)


@settings(deadline=None, max_examples=80)
@given(worlds, st.sampled_from([0.0, 1.0, math.sqrt(2), 2.5, 5.0, 8.0]), st.booleans())
def test_the_fast_curve_is_the_definition(world, r, case_control):
    where, labels, weight = (list(part) for part in zip(*world, strict=True))
    for reference in set(labels):
        for neighbour in set(labels):
            if case_control and reference == neighbour:
                continue
            expected = slow(where, labels, weight, reference, neighbour, r, case_control=case_control)
            x, y = zip(*where, strict=True)
            found = m_curve(x, y, labels, reference, neighbour, [r], weight, case_control=case_control)
            assert found == pytest.approx([expected], rel=1e-12, nan_ok=True)


def test_with_longitudes_and_latitudes_distances_are_great_circles():
    rng = np.random.default_rng(3)
    where = list(zip(rng.uniform(-180, 180, 40), rng.uniform(-90, 90, 40), strict=True))
    labels, weight = rng.choice(["wool", "oil"], 40).tolist(), rng.random(40).tolist()
    wanted = [1000.0, 5000.0, 12000.0, 20037.0]
    found = m_curve(*zip(*where, strict=True), labels, "wool", "oil", wanted, weight, lonlat=True)
    expected = [slow(where, labels, weight, "wool", "oil", r, distance=on_the_earth) for r in wanted]
    assert found == pytest.approx(expected, rel=1e-12)


def test_across_the_date_line_neighbours_are_near():
    # 0.2 degrees of the equator are 22 km.
    found = m_curve([179.9, -179.9, 0], [0, 0, 0], ["a", "a", "b"], "a", "a", [23.0], lonlat=True)
    assert found == pytest.approx((1 / 1 + 1 / 1) / (1 / 2 + 1 / 2))


def test_the_sites_of_goettingen_give_the_published_values(shared_data):
    folder = shared_data("expected_distance_functions")
    with (folder / "goettingen_points_utm32.csv").open() as file:
        points = list(csv.DictReader(file))
    with (folder / "goettingen_M.csv").open() as file:
        rows = list(csv.DictReader(file))
    x, y = ([float(row[axis]) for row in points] for axis in "xy")
    labels = [row["type"] for row in points]
    assert len(rows) == 36
    for kind in {row["reference_type"] for row in rows}:
        mine = [row for row in rows if row["reference_type"] == kind]
        found = m_curve(x, y, labels, kind, kind, [float(row["r"]) for row in mine])
        assert found == pytest.approx([float(row["value"]) for row in mine], rel=5e-15, abs=0)


def test_inputs_are_not_altered():
    x, y, weight = np.array([0.0, 1.0, 2.0]), np.zeros(3), np.array([1.0, 2.0, 3.0])
    kept = x.copy(), y.copy(), weight.copy()
    m_curve(x, y, ["a", "a", "b"], "a", "a", [1.0], weight)
    assert [one.tolist() for one in (x, y, weight)] == [one.tolist() for one in kept]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"reference": "silk"}, "unknown_industry"),
        ({"neighbour": "silk"}, "unknown_industry"),
        ({"x": [0.0, math.nan]}, "bad_coordinates"),
        ({"weights": [1.0, -1.0]}, "bad_weights"),
        ({"distances": [-1.0]}, "bad_distances"),
        ({"distances": [math.nan]}, "bad_distances"),
        ({"x": [0.0]}, "shapes_differ"),
        ({"industry": ["wool"]}, "shapes_differ"),
        ({"neighbour": "wool", "case_control": True}, "same_industry"),
        ({"x": [0.0, 200.0], "lonlat": True}, "bad_coordinates"),
    ],
)
def test_what_makes_no_sense_is_refused(change, code):
    given = {
        "x": [0.0, 1.0], "y": [0.0, 0.0], "industry": ["wool", "oil"], "reference": "wool",
        "neighbour": "oil", "distances": [1.0],
    }  # fmt: skip
    with pytest.raises(InputRefused) as refused:
        m_curve(**(given | change))
    assert refused.value.code == code
