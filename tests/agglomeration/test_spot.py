"""`spot` on worlds whose concentrations are known, and on real registers where at hand."""

import gzip
import json

import numpy as np
import pandas as pd
import pytest
from shapely.geometry import Point, shape

from grappe.agglomeration.made_up_country import made_up_country
from grappe.agglomeration.spot import spot
from grappe.domain.errors import BadChoice, InputRefused


def knot_world(**columns):
    """A thousand other firms over 100 km, and forty tanneries: thirty in a knot, ten anywhere."""
    rng = np.random.default_rng(5)
    x = np.concatenate([rng.uniform(0, 100, 1_010), rng.normal(30, 1, 30)])
    y = np.concatenate([rng.uniform(0, 100, 1_010), rng.normal(70, 1, 30)])
    industry = ["other"] * 1_000 + ["leather"] * 40
    return pd.DataFrame({"x": x, "y": y, "industry": industry, "jobs": 10.0} | columns)


KNOT = knot_world()


@pytest.fixture(scope="module")
def found():
    return spot(KNOT, weight="jobs", coverage="firms of ten jobs, 2024", simulations=99, resamples=5)


def test_a_knot_of_thirty_tanneries_is_the_one_concentration(found):
    (one,) = found
    assert (one.industry, one.number) == ("leather", 1)
    assert abs(one.x - 30) < 2
    assert abs(one.y - 70) < 2
    assert 28 <= one.establishments <= 34
    assert one.polygon.contains(Point(30, 70))
    assert one.p_value < 0.001
    assert one.stability == 1


def test_its_figures_follow_from_its_members(found):
    (one,) = found
    inside = len(one.members)
    assert set(KNOT.industry.iloc[one.members]) == {"leather"}
    assert one.share == inside / 40
    assert one.weight == 10.0 * inside
    # Every firm has ten jobs: quotients by jobs and by firms are the same.
    assert one.weight_quotient == pytest.approx(one.quotient)
    assert one.weight_share == pytest.approx(one.share)
    assert one.area == one.polygon.area


def test_the_quotient_compares_the_share_here_with_the_share_everywhere(found):
    (one,) = found
    # Everyone in the discs: leather here over everyone here, against 40 in 1040.
    everyone_here = one.establishments / (one.quotient * 40 / 1_040)
    assert everyone_here == pytest.approx(round(everyone_here))
    assert everyone_here >= one.establishments


def test_the_result_says_what_it_covers_and_what_it_cannot_show(found):
    assert found.coverage == "firms of ten jobs, 2024"
    assert found.caveats == ("concentration_is_not_a_cluster", "informal_units_not_in_the_register")
    assert "coverage_not_stated" in spot(KNOT, simulations=19, resamples=0).caveats


def test_every_industry_is_accounted_for(found):
    rows = {one.industry: one for one in found.industries}
    assert rows["leather"].published == 1
    # "other" is 96 % of all: one and a half times its share is more than everything.
    assert rows["other"].why == "quotient_out_of_reach"
    assert rows["other"].p_value is None


def test_rules_vote_with_their_reasons(found):
    (one,) = found
    votes = {vote.rule: vote for vote in one.votes}
    assert votes["uk_dsit"].met is True
    assert votes["india_fmc_industrial"].met is False
    assert votes["india_fmc_industrial"].checks[0].seen == one.establishments
    assert one.votes_for == sum(vote.met is True for vote in one.votes)


def test_without_weights_rules_about_jobs_have_no_answer():
    (one,) = spot(KNOT, simulations=99, resamples=0, rules=["uk_dsit", "france_datar"])
    assert (one.weight, one.weight_quotient, one.stability) == (None, None, None)
    assert [vote.met for vote in one.votes] == [True, None]


def test_the_same_seed_gives_the_same_answer_whatever_the_threads(found, monkeypatch):
    monkeypatch.setenv("NUMBA_NUM_THREADS", "1")
    again = spot(KNOT, weight="jobs", coverage="firms of ten jobs, 2024", simulations=99, resamples=5)
    assert again.to_geojson() == found.to_geojson()


def test_points_in_metres_give_the_same_concentrations(found):
    metres = KNOT.assign(x=KNOT.x * 1000, y=KNOT.y * 1000)
    (one,) = spot(metres, unit="m", weight="jobs", simulations=99, resamples=0)
    assert one.members.tolist() == next(iter(found)).members.tolist()


def test_a_map_in_kilometres_says_so(found):
    plain = found.to_geojson()
    assert json.loads(json.dumps(plain)) == json.loads(json.dumps(found.to_geojson()))
    assert plain["type"] == "FeatureCollection"
    assert plain["coordinate_unit"] == "kilometres on the plane of the input"
    assert shape(plain["features"][0]["geometry"]).contains(Point(30, 70))
    assert "members" not in plain["features"][0]["properties"]


def test_a_map_of_longitudes_and_latitudes_is_in_degrees_and_runs_counter_clockwise():
    country = made_up_country(3_000, 8, seed=2, lonlat=True)
    table = country.points.drop_columns(["x", "y"])
    plain = spot(table, simulations=99, resamples=0).to_geojson()
    assert plain["features"]
    assert plain["coordinate_unit"] == "degrees, WGS 84"
    for feature in plain["features"]:
        ground = shape(feature["geometry"])
        west, south, east, north = ground.bounds
        assert -36 < west < east < -28
        assert 35 < south < north < 41
        parts = ground.geoms if ground.geom_type == "MultiPolygon" else [ground]
        assert all(part.exterior.is_ccw for part in parts)
        assert Point(feature["properties"]["lon"], feature["properties"]["lat"]).distance(ground) < 0.2


def test_concentrations_of_fewer_establishments_than_published_are_only_counted():
    strict = spot(KNOT, simulations=99, resamples=0, min_establishments=36)
    row = next(one for one in strict.industries if one.industry == "leather")
    assert (len(strict), row.published, row.withheld) == (0, 0, 1)


def test_industries_that_cannot_be_tested_say_why():
    lone = pd.DataFrame({"x": [1.0] * 5, "y": [2.0] * 5, "industry": ["lone"] + ["few"] * 4, "jobs": 1.0})
    listed = {
        one.industry: one for one in spot(pd.concat([KNOT, lone]), simulations=19, resamples=0).industries
    }
    assert listed["lone"].why == "one_establishment"
    assert listed["few"].why == "too_few_establishments"


def test_a_register_of_one_industry_is_nothing_to_compare_with():
    table = KNOT.assign(industry="all")
    assert [one.why for one in spot(table, simulations=19).industries] == ["whole_population"]


def test_where_everyone_shares_one_place_nothing_can_be_tested():
    table = pd.DataFrame({"x": [5.0] * 40, "y": [5.0] * 40, "industry": ["a", "b"] * 20})
    assert {one.why for one in spot(table, simulations=19).industries} == {"population_at_one_place"}


def test_one_row_is_a_whole_population():
    table = pd.DataFrame({"x": [0.0], "y": [0.0], "industry": ["a"]})
    result = spot(table)
    assert (len(result), result.industries[0].why) == (0, "whole_population")


def test_an_empty_table_is_refused():
    with pytest.raises(InputRefused):
        spot(KNOT.iloc[:0])


def test_bad_rows_are_set_aside_when_asked_and_listed():
    bad = pd.concat([KNOT, pd.DataFrame({"x": [None], "y": [1.0], "industry": ["leather"], "jobs": [1.0]})])
    with pytest.raises(InputRefused):
        spot(bad)
    result = spot(bad, skip_bad_rows=True, simulations=99, resamples=0)
    assert [one.line for one in result.set_aside] == [1_041]
    assert len(result) == 1


def test_an_unknown_rule_is_refused_before_anything_is_computed():
    with pytest.raises(BadChoice):
        spot(KNOT, rules=["nobody"])


@pytest.mark.parametrize(
    "settings",
    [{"level": 0}, {"across": "all"}, {"min_establishments": 1}, {"resamples": -1}],
)
def test_settings_that_make_no_sense_are_a_mistake_of_the_programmer(settings):
    with pytest.raises(ValueError, match=r"."):
        spot(KNOT, **settings)


def test_too_few_simulations_to_reach_the_level_are_refused():
    # With 18 draws the smallest p-value by count is 1 / 19, above 5 %.
    with pytest.raises(InputRefused) as refusal:
        spot(KNOT, simulations=18)
    assert (refusal.value.code, refusal.value.params["needed"]) == ("too_few_simulations", "19")


def test_the_table_is_not_altered_and_progress_ends_at_the_end():
    table, seen = KNOT.copy(), []
    spot(table, simulations=19, resamples=0, progress=lambda done, total: seen.append((done, total)))
    pd.testing.assert_frame_equal(table, KNOT)
    assert seen[-1] == (2, 2)


def test_an_unknown_industry_is_refused(found):
    assert len(found.of("leather")) == 1
    with pytest.raises(InputRefused):
        found.of("wool")


def test_planted_concentrations_are_found_and_neutral_industries_are_left_alone():
    recovered, planted, false, neutral = 0, 0, 0, 0
    for seed in range(3):
        country = made_up_country(12_000, 60, seed=seed)
        result = spot(country.points, simulations=199, resamples=0)
        kinds = country.kind_of()
        planted += country.planted.num_rows
        for row in range(country.planted.num_rows):
            members = set(np.flatnonzero(country.member_of == row).tolist())
            recovered += any(
                len(members & set(one.members.tolist())) * 2 > len(members | set(one.members.tolist()))
                for one in result
            )
        tested = [one for one in result.industries if one.why is None and kinds[one.industry] == "neutral"]
        neutral += len(tested)
        false += sum(one.published + one.withheld > 0 for one in tested)
    assert recovered >= 0.85 * planted
    # Five in a hundred at most, and 3 standard deviations.
    assert false <= 0.05 * neutral + 3 * np.sqrt(0.05 * 0.95 * neutral)


def test_a_false_discovery_rate_is_stricter_than_a_level_for_each_industry():
    country = made_up_country(6_000, 60, seed=4, localised=0.05, dispersed=0.0)
    settings = {"simulations": 199, "resamples": 0, "level": 0.2, "min_establishments": 5}
    each = spot(country.points, **settings)
    rate = spot(country.points, across="fdr", **settings)
    found = [{one.industry for one in result} for result in (each, rate)]
    assert found[1] <= found[0]
    kinds = country.kind_of()
    assert {one for one in found[1] if kinds[one] == "localised"} == {
        one for one in found[0] if kinds[one] == "localised"
    }


def test_importers_of_food_in_london_share_a_few_places(shared_data):
    path = shared_data("establishments_london_food/food_establishments_london_2021.csv.gz")
    table = pd.read_csv(path, dtype=str).dropna(subset=["lon", "lat"])
    result = spot(
        table, lon="lon", lat="lat", industry="business_type", radii=(0.5, 1.0, 2.0, 4.0), simulations=99,
        resamples=0, coverage="food establishments of 32 London authorities, 2021",
    )  # fmt: skip
    names = {one.industry for one in result.industries}
    assert len(names) == 14
    # Wholesale markets: importers share sites, which no draw of as many food firms would.
    assert result.of("Importers/Exporters")
    assert all(one.establishments >= 10 and one.quotient > 1.5 for one in result)


def test_metal_works_of_buenos_aires_stand_in_the_industrial_suburbs(shared_data):
    with gzip.open(shared_data("establishments_buenos_aires/establishments_amba.csv.gz"), "rt") as file:
        table = pd.read_csv(file, dtype=str)
    result = spot(
        table, lon="lon", lat="lat", industry="clae2", weight="size_mid", radii=(1.0, 2.0, 5.0),
        simulations=99, resamples=0, coverage="registered employers of chosen branches, 2022",
    )  # fmt: skip
    metal = result.of("25")
    assert metal
    # La Matanza, San Martín, Tres de Febrero: west and north-west of the city proper (58.38 W).
    lon, lat = result.to_lonlat([one.x for one in metal], [one.y for one in metal])
    assert np.median(lon) < -58.38
    assert (np.abs(np.asarray(lat) + 34.6) < 0.5).all()
