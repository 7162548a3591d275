"""Points: any holder, kilometres on a plane, every bad row named or set aside."""

import math

import numpy as np
import pandas as pd
import pytest

from grappe.agglomeration.points import EARTH_RADIUS, read_points
from grappe.domain.errors import InputRefused

THREE = pd.DataFrame({"x": [0.0, 3.0, 0.0], "y": [0.0, 0.0, 4.0], "industry": ["b", "a", "b"]})


def test_industries_are_sorted_and_each_establishment_knows_its_own():
    points, aside = read_points(THREE)
    assert points.industries == ("a", "b")
    assert points.industry.tolist() == [1, 0, 1]
    assert points.counts().tolist() == [1, 2]
    assert points.of("b").tolist() == [0, 2]
    assert (points.weight, aside) == (None, [])


def test_metres_become_kilometres():
    points, _ = read_points(THREE, unit="m")
    assert points.x.tolist() == [0.0, 0.003, 0.0]


def test_degrees_are_projected_within_the_distortion_that_is_stated():
    # Rabat and Algiers, along the great circle.
    lon, lat = np.array([-6.85, 3.06]), np.array([34.02, 36.75])
    points, _ = read_points(pd.DataFrame({"lon": lon, "lat": lat, "industry": ["a", "a"]}))
    rad = np.radians
    angle = math.acos(
        math.sin(rad(lat[0])) * math.sin(rad(lat[1]))
        + math.cos(rad(lat[0])) * math.cos(rad(lat[1])) * math.cos(rad(lon[1] - lon[0]))
    )
    on_the_plane = math.hypot(points.x[1] - points.x[0], points.y[1] - points.y[0])
    # The sphere of the formula and the ellipsoid of the projection differ by up to 0.3 %.
    assert on_the_plane == pytest.approx(EARTH_RADIUS * angle, rel=points.distortion + 0.003)
    assert 0 < points.distortion < 0.01
    back = points.lonlat(points.x, points.y)
    assert np.allclose(back[0], lon, atol=1e-7)
    assert np.allclose(back[1], lat, atol=1e-7)


def test_leading_zeros_of_codes_and_rows_are_kept():
    table = pd.DataFrame({"x": [0, 1], "y": [0, 1], "naf": ["0111Z", "0112Z"], "jobs": ["3", "4"]})
    points, _ = read_points(table, industry="naf", weight="jobs")
    assert points.industries == ("0111Z", "0112Z")
    assert points.weight is not None
    assert points.weight.tolist() == [3.0, 4.0]
    assert points.row.tolist() == [1, 2]


BAD = [
    ({"lon": [None, 1, 2]}, "bad_coordinate", "lon"),
    ({"lon": ["east", 1, 2]}, "bad_coordinate", "lon"),
    ({"lat": [95, 1, 2]}, "off_the_globe", "lat"),
    ({"lon": [-181, 1, 2]}, "off_the_globe", "lon"),
    ({"industry": [None, "a", "a"]}, "missing_industry", "industry"),
    ({"industry": [" ", "a", "a"]}, "missing_industry", "industry"),
    ({"jobs": [-1, 1, 2]}, "negative_weight", "jobs"),
    ({"jobs": [None, 1, 2]}, "bad_weight", "jobs"),
    ({"jobs": ["some", 1, 2]}, "bad_weight", "jobs"),
]


@pytest.mark.parametrize(("column", "code", "name"), BAD)
def test_a_bad_row_is_refused_by_row_column_and_reason(column, code, name):
    table = pd.DataFrame(
        {"lon": [0, 1, 2], "lat": [0, 1, 2], "industry": list("aaa"), "jobs": [1, 1, 1]} | column
    )
    with pytest.raises(InputRefused) as refused:
        read_points(table, weight="jobs")
    (problem,) = refused.value.problems
    assert (problem.code, problem.line, problem.field) == (code, 1, name)


@pytest.mark.parametrize(("column", "code", "name"), BAD)
def test_a_bad_row_can_be_set_aside_with_its_reason(column, code, name):
    table = pd.DataFrame(
        {"lon": [0, 1, 2], "lat": [0, 1, 2], "industry": list("aaa"), "jobs": [1, 1, 1]} | column
    )
    points, aside = read_points(table, weight="jobs", skip_bad_rows=True)
    assert points.row.tolist() == [2, 3]
    assert [(one.code, one.line, one.field) for one in aside] == [(code, 1, name)]


def test_all_rows_bad_is_refused_even_where_bad_rows_are_skipped():
    table = pd.DataFrame({"lon": [None], "lat": [1.0], "industry": ["a"]})
    with pytest.raises(InputRefused, match="table_refused"):
        read_points(table, skip_bad_rows=True)


def test_swapped_degrees_are_told_as_such():
    table = pd.DataFrame({"lon": [19.4, 20.6], "lat": [-99.1, -103.3], "industry": ["a", "a"]})
    with pytest.raises(InputRefused, match="swapped_coordinates"):
        read_points(table, skip_bad_rows=True)


def test_a_missing_column_an_empty_table_and_an_unknown_industry_are_refused():
    with pytest.raises(InputRefused) as refused:
        read_points(THREE, industry="nace")
    assert refused.value.problems[0].code == "unknown_column"
    with pytest.raises(InputRefused, match="empty_table"):
        read_points(THREE.head(0))
    with pytest.raises(InputRefused, match="unknown_industry"):
        read_points(THREE)[0].of("z")
