"""Density clusters of a register: labels per row, groups, noise, each industry apart."""

import math

import numpy as np
import pandas as pd
import pytest

from grappe.agglomeration.density_clusters import density_clusters
from grappe.agglomeration.made_up_country import made_up_country
from grappe.agglomeration.points import read_points
from grappe.domain.errors import BadChoice, InputRefused

MILLS = pd.DataFrame(
    {
        "x": [0.0, 0.1, 0.2, 5.0, 5.1, 5.2, 9.0],
        "y": [0.0] * 7,
        "industry": ["wool", "oil", "wool", "wool", "wool", "oil", "oil"],
        "jobs": [1, 2, 3, 4, 5, 6, 7],
    }
)


def test_a_group_has_its_count_its_weight_its_place_and_its_spread():
    found = density_clusters(MILLS, radius=0.15, min_establishments=2, weight="jobs")
    assert found.labels.tolist() == [0, 0, 0, 1, 1, 1, -1]
    first = found.clusters.to_pylist()[0]
    assert (first["establishments"], first["core"], first["weight"]) == (3, 3, 1 + 2 + 3)
    assert (first["x"], first["y"]) == (pytest.approx((0 + 0.1 + 0.2) / 3), 0.0)
    assert first["spread"] == pytest.approx(math.sqrt((0.1**2 + 0 + 0.1**2) / 3))
    assert found.noise_share == 1 / 7


def test_each_industry_apart_is_numbered_after_the_one_before():
    found = density_clusters(MILLS, radius=0.25, min_establishments=2, industry="industry")
    # Oil stands at 0.1, 5.2 and 9: alone each time. Wool: 0 and 0.2, then 5 and 5.1.
    assert found.labels.tolist() == [0, -1, 0, 1, 1, -1, -1]
    assert found.clusters["industry"].to_pylist() == ["wool", "wool"]
    assert found.industries.to_pylist() == [
        {"industry": "oil", "establishments": 3, "clusters": 0, "noise": 3, "noise_share": 1.0},
        {"industry": "wool", "establishments": 4, "clusters": 2, "noise": 0, "noise_share": 0.0},
    ]


def test_together_industries_play_no_part_and_need_no_column():
    with_column = density_clusters(MILLS, radius=0.15, min_establishments=2)
    without = density_clusters(MILLS[["x", "y"]], radius=0.15, min_establishments=2)
    assert with_column.labels.tolist() == without.labels.tolist()
    assert without.industries["industry"].to_pylist() == ["all industries together"]


def test_points_already_read_give_the_same_answer():
    points, _ = read_points(MILLS)
    for industry in (None, "industry"):
        from_points = density_clusters(points, radius=0.25, min_establishments=2, industry=industry)
        from_table = density_clusters(MILLS, radius=0.25, min_establishments=2, industry=industry)
        assert from_points.labels.tolist() == from_table.labels.tolist()


def test_longitudes_and_latitudes_are_taken_to_kilometres_and_back():
    # A hundredth of a degree of latitude is 1.11 km.
    table = pd.DataFrame({"lon": [3.0] * 4, "lat": [36.0, 36.01, 36.02, 36.5]})
    near = density_clusters(table, radius=1.2, min_establishments=2)
    assert near.labels.tolist() == [0, 0, 0, -1]
    assert density_clusters(table, radius=1.0, min_establishments=2).labels.tolist() == [-1] * 4
    group = near.clusters.to_pylist()[0]
    assert (group["lon"], group["lat"]) == (pytest.approx(3.0), pytest.approx(36.01))


def test_rows_set_aside_are_listed_and_the_others_keep_their_numbers():
    table = pd.DataFrame({"x": [0.0, None, 0.1], "y": [0.0] * 3})
    found = density_clusters(table, radius=1.0, min_establishments=2, skip_bad_rows=True)
    assert found.row.tolist() == [1, 3]
    assert [(one.line, one.code) for one in found.set_aside] == [(2, "bad_coordinate")]


def test_nothing_dense_leaves_an_empty_table_and_all_noise():
    found = density_clusters(MILLS, radius=0.01, min_establishments=5)
    assert found.clusters.num_rows == 0
    assert found.noise_share == 1.0


@pytest.mark.parametrize("method", ["dbscan", "hdbscan"])
def test_an_industry_of_one_and_all_at_one_place_are_answered(method):
    one = density_clusters(MILLS.head(1), method=method, radius=1.0)
    assert one.labels.tolist() == [-1]
    same = pd.DataFrame({"x": [1.0] * 30, "y": [2.0] * 30})
    assert len(density_clusters(same, method=method, radius=1.0).labels) == 30


def test_hdbscan_finds_two_groups_of_unlike_density():
    rng = np.random.default_rng(0)
    tight, loose = rng.normal(0, 0.1, (60, 2)), rng.normal(0, 2, (60, 2)) + 30
    table = pd.DataFrame(np.concatenate([loose, tight]), columns=["x", "y"])
    found = density_clusters(table, method="hdbscan", min_establishments=20)
    inside = found.labels[:60], found.labels[60:]
    # Numbered by the first establishment: the loose group comes first in the table.
    assert set(inside[0]) <= {0, -1}
    assert set(inside[1]) <= {1, -1}
    assert found.clusters.num_rows == 2
    assert found.clusters["core"].to_pylist() == [None, None]
    assert found.noise_share < 0.25


def test_in_a_country_without_any_localised_industry_cities_are_found_all_the_same():
    country = made_up_country(5_000, 10, seed=1, localised=0.0, dispersed=0.0)
    found = density_clusters(country.points, radius=1.0, min_establishments=20)
    # What the manual warns of: density is not localisation.
    assert found.clusters.num_rows > 0
    assert set(country.kind_of().values()) == {"neutral"}


def test_settings_say_how_it_was_made():
    found = density_clusters(MILLS, radius=0.5, coverage="all mills of 2020")
    assert found.settings["radius"] == 0.5
    assert found.settings["min_establishments"] == 10
    assert found.settings["coverage"] == "all mills of 2020"
    assert found.settings["by_industry"] is False


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"radius": None}, "no_radius"),
        ({"radius": -1.0}, "bad_radius"),
        ({"min_establishments": 1}, "too_few_to_group"),
        ({"industry": "naf"}, "table_refused"),
        ({"x": "east"}, "table_refused"),
    ],
)
def test_what_makes_no_sense_is_refused(change, code):
    with pytest.raises(InputRefused) as refused:
        density_clusters(MILLS, **({"radius": 1.0} | change))
    assert refused.value.code == code


def test_any_other_method_is_refused_with_the_two():
    with pytest.raises(BadChoice) as refused:
        density_clusters(MILLS, method="kmeans")
    assert refused.value.params["accepted"] == "dbscan, hdbscan"
