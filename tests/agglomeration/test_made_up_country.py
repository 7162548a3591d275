"""A made-up country: what its author promises of it."""

import numpy as np
import pytest
from shapely.geometry import shape

from grappe.agglomeration.made_up_country import MadeUpCountry, made_up_country
from grappe.domain.errors import InputRefused


@pytest.fixture(scope="module")
def country() -> MadeUpCountry:
    return made_up_country(8_000, 40, seed=7, lonlat=True)


def column(table, name):
    return np.asarray(table[name].to_pylist())


def test_there_are_as_many_establishments_and_industries_as_asked(country):
    assert country.points.num_rows == 8_000
    assert set(column(country.points, "industry")) == set(column(country.industries, "industry"))
    assert country.industries.num_rows == 40
    assert sum(column(country.industries, "establishments")) == 8_000


def test_the_same_seed_gives_the_same_country_and_another_seed_another():
    first, again, other = (made_up_country(500, 5, seed=seed).points for seed in (1, 1, 2))
    assert first.equals(again)
    assert not first.equals(other)


def test_codes_of_industries_are_texts_with_leading_zeros(country):
    assert column(country.industries, "industry")[0] == "01"


def test_members_of_a_planted_concentration_stand_inside_it_and_have_its_industry(country):
    x, y, industry = (column(country.points, name) for name in ("x", "y", "industry"))
    assert country.planted.num_rows > 0
    for row, plant in enumerate(country.planted.to_pylist()):
        members = np.flatnonzero(country.member_of == row)
        assert len(members) == plant["members"] >= 10
        assert set(industry[members]) == {plant["industry"]}
        assert np.hypot(x[members] - plant["x"], y[members] - plant["y"]).max() <= plant["radius"]


def test_only_localised_industries_are_planted_and_each_of_them_is(country):
    for row in country.industries.to_pylist():
        assert (row["planted"] > 0) == (row["kind"] == "localised")


def test_planted_concentrations_of_an_industry_do_not_touch(country):
    plants = country.planted.to_pylist()
    for at, one in enumerate(plants):
        for other in plants[:at]:
            if one["industry"] == other["industry"]:
                apart = np.hypot(one["x"] - other["x"], one["y"] - other["y"])
                assert apart > one["radius"] + other["radius"]


def test_neutral_industries_are_draws_from_all_sites():
    # Planted sites included: over many countries, a neutral industry has as many establishments inside
    # planted discs as the share of all sites there foretells. Labels are hypergeometric given the sites.
    gap, variance = 0.0, 0.0
    for seed in range(30):
        made = made_up_country(1_500, 8, seed=seed)
        x, y, industry = (column(made.points, name) for name in ("x", "y", "industry"))
        inside = np.zeros(len(x), bool)
        for plant in made.planted.to_pylist():
            inside |= np.hypot(x - plant["x"], y - plant["y"]) <= plant["radius"]
        kinds = made.kind_of()
        neutral = np.isin(industry, [name for name, kind in kinds.items() if kind == "neutral"])
        share, drawn, total = inside.mean(), neutral.sum(), len(x)
        gap += (neutral & inside).sum() - drawn * share
        variance += drawn * share * (1 - share) * (total - drawn) / (total - 1)
    assert abs(gap) < 3 * np.sqrt(variance)


def test_dispersed_industries_shun_the_crowd():
    made = made_up_country(20_000, 40, seed=3)
    x, y, industry = (column(made.points, name) for name in ("x", "y", "industry"))
    kinds = made.kind_of()
    places, cell = np.unique(np.floor(x / 5) * 1000 + np.floor(y / 5), return_inverse=True)
    crowd = np.bincount(cell, minlength=len(places))[cell]
    dispersed = np.isin(industry, [name for name, kind in kinds.items() if kind == "dispersed"])
    assert dispersed.any()
    assert crowd[dispersed].mean() < crowd.mean() / 5


def test_cities_follow_their_rank_and_addresses_are_shared(country):
    x, y = column(country.points, "x"), column(country.points, "y")
    _, crowd = np.unique(np.column_stack([x, y]), axis=0, return_counts=True)
    assert 0.1 < 1 - len(crowd) / len(x) < 0.5
    region = column(country.points, "region")
    assert (region == "R01").sum() > (region == "R05").sum()


def test_regions_are_nearest_to_their_capital_and_share_out_the_island(country):
    polygons = [shape_of(text) for text in country.regions["polygon"].to_pylist()]
    areas = column(country.regions, "area")
    assert [one.area for one in polygons] == pytest.approx(areas.tolist())
    for at, one in enumerate(polygons):
        for other in polygons[:at]:
            assert one.intersection(other).area == pytest.approx(0, abs=1e-6)
    assert np.unique(column(country.points, "region")).size == len(polygons)


def shape_of(text):
    import json

    return shape(json.loads(text))


def test_establishments_have_jobs_and_places_on_the_globe(country):
    assert column(country.points, "jobs").min() >= 1
    assert np.abs(column(country.points, "lat") - 38).max() < 3
    bare = made_up_country(100, 2, weights=False)
    assert bare.points.column_names == ["x", "y", "industry", "region"]


def test_as_many_establishments_as_industries_gives_one_each():
    assert column(made_up_country(5, 5).industries, "establishments").tolist() == [1] * 5


def test_a_country_of_one_industry_and_one_region_is_a_country():
    made = made_up_country(50, 1, cities=1, regions=1)
    assert made.regions.num_rows == 1
    assert set(made.kind_of().values()) == {"neutral"}


@pytest.mark.parametrize(("establishments", "industries"), [(3, 5), (0, 1), (10, 0)])
def test_fewer_establishments_than_industries_are_refused(establishments, industries):
    with pytest.raises(InputRefused) as refusal:
        made_up_country(establishments, industries)
    assert refusal.value.code == "too_few_to_make_up"


def test_shares_above_one_are_a_mistake_of_the_programmer():
    with pytest.raises(ValueError, match="between 0 and 1"):
        made_up_country(100, 5, localised=0.8, dispersed=0.3)
