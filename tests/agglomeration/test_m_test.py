"""The test of M for all industries at once: curves, verdicts, and the reasons why there is none."""

import numpy as np
import pandas as pd
import pytest

from grappe.agglomeration.distance_test import Method, Verdict
from grappe.agglomeration.m_curve import m_curve
from grappe.agglomeration.m_test import m_test
from grappe.agglomeration.made_up_country import made_up_country
from grappe.agglomeration.points import read_points
from grappe.domain.errors import InputRefused

DISTANCES = [0.0, 1.0, 2.0, 5.0, 10.0]


def country(seed: int = 0) -> pd.DataFrame:
    """Two hundred sites on 40 km, of which: wool all in a valley, silk evenly spread, the others anywhere."""
    rng = np.random.default_rng(seed)
    x, y = rng.uniform(0, 40, (2, 200))
    labels = rng.choice(["oil", "corn", "meat"], 200).astype(object)
    labels[:15] = "wool"
    x[:15], y[:15] = rng.uniform(0, 3, (2, 15))
    labels[15:31] = "silk"
    x[15:31], y[15:31] = (np.arange(16) % 4) * 12 + 2, (np.arange(16) // 4) * 12 + 2
    return pd.DataFrame({"x": x, "y": y, "industry": labels, "jobs": rng.integers(1, 50, 200)})


WORLD = country()


@pytest.fixture(scope="module")
def tested():
    return m_test(WORLD, distances=DISTANCES, simulations=400, weight="jobs", seed=3)


def test_every_industry_has_the_curve_of_m_curve(tested):
    for one in tested:
        expected = m_curve(
            WORLD.x, WORLD.y, WORLD.industry, one.industry, one.industry, DISTANCES, WORLD.jobs
        )
        assert one.curve == pytest.approx(expected, rel=1e-12, nan_ok=True)
        assert one.establishments == (WORLD.industry == one.industry).sum()
        assert one.weight == WORLD.jobs[WORLD.industry == one.industry].sum()
        assert (one.method, one.simulations) == (Method.SIMULATED, 400)


def test_an_industry_in_one_valley_is_localised(tested):
    wool = tested["wool"]
    assert wool.verdict is Verdict.LOCALISED
    # No simulation is as far out: one in 401, or a little more as several lead at some distance.
    assert wool.p_localised == pytest.approx(1 / 401, abs=4 / 401)


def test_an_industry_evenly_spread_is_not_localised():
    test = m_test(WORLD, distances=[5.0, 8.0, 11.0], simulations=400)
    silk = test["silk"]
    # Its plants are 12 km apart: within 11 km none has another.
    assert silk.curve.tolist() == [0.0, 0.0, 0.0]
    assert silk.verdict is Verdict.DISPERSED


def test_under_the_null_the_mean_is_about_one(tested):
    for one in tested:
        assert one.mean[-1] == pytest.approx(1.0, abs=0.05)


def test_bands_lie_round_the_mean_and_global_ones_are_wider(tested):
    for one in tested:
        known = ~np.isnan(one.high)
        assert (one.high >= one.local_high)[known].all()
        assert (one.low <= one.local_low)[known].all()
        assert (one.low <= one.high)[known].all()


def test_the_same_seed_gives_the_same_verdicts_whatever_the_order_of_rows():
    one = m_test(WORLD, distances=DISTANCES, simulations=100, seed=1)
    again = m_test(WORLD, distances=DISTANCES, simulations=100, seed=1)
    mixed = m_test(WORLD.sample(frac=1, random_state=0), distances=DISTANCES, simulations=100, seed=1)
    assert one.summary() == again.summary()
    assert [(i.industry, i.verdict, i.p_localised) for i in one] == [
        (i.industry, i.verdict, i.p_localised) for i in mixed
    ]


def test_at_a_shared_address_too_the_order_of_rows_plays_no_part():
    crowded = WORLD.assign(x=WORLD.x.round(-1), y=WORLD.y.round(-1))
    one, other = (
        m_test(table, distances=DISTANCES, simulations=100, weight="jobs")
        for table in (crowded, crowded.sample(frac=1, random_state=0))
    )
    for mine, theirs in zip(one, other, strict=True):
        assert mine.verdict is theirs.verdict
        assert mine.high == pytest.approx(theirs.high, rel=1e-12, nan_ok=True)


def test_a_change_of_unit_changes_nothing():
    metres = WORLD.assign(x=WORLD.x * 1000, y=WORLD.y * 1000)
    one = m_test(WORLD, distances=[1.0, 5.0], simulations=100)
    other = m_test(metres, unit="m", distances=[1.0, 5.0], simulations=100)
    assert [(i.industry, i.verdict) for i in one] == [(i.industry, i.verdict) for i in other]


def test_around_a_neighbour_the_curve_is_the_bivariate_one():
    test = m_test(WORLD, distances=DISTANCES, simulations=400, neighbour="wool")
    for one in test:
        expected = m_curve(WORLD.x, WORLD.y, WORLD.industry, one.industry, "wool", DISTANCES)
        assert one.curve == pytest.approx(expected, rel=1e-12, nan_ok=True)
    assert test.settings["neighbour"] == "wool"
    assert test["wool"].verdict is Verdict.LOCALISED


def test_an_industry_that_follows_another_is_localised_beside_it():
    rng = np.random.default_rng(5)
    wool = rng.uniform(0, 40, (2, 30))
    looms = wool[:, :20] + rng.normal(0, 0.1, (2, 20))
    x, y = np.hstack([wool, looms, rng.uniform(0, 40, (2, 150))])
    table = pd.DataFrame({"x": x, "y": y, "industry": ["wool"] * 30 + ["looms"] * 20 + ["other"] * 150})
    test = m_test(table, distances=[0.5, 1.0, 2.0], simulations=300, neighbour="wool")
    assert test["looms"].verdict is Verdict.LOCALISED
    assert test["wool"].verdict is not Verdict.LOCALISED


def test_the_range_ends_at_the_median_distance_between_two_establishments():
    # Three places on a line: distances 3, 4 and 7; the median is 4.
    table = pd.DataFrame({"x": [0.0, 3.0, 7.0], "y": [0.0] * 3, "industry": ["a", "a", "b"]})
    test = m_test(table, simulations=20, min_establishments=2)
    assert (len(test.distances), test.distances[0], test.distances[-1]) == (61, 0.0, 4.0)
    assert test.distances[1] == pytest.approx(4.0 * (1 / 60) ** 2)


def test_an_industry_that_cannot_be_tested_says_why():
    table = pd.DataFrame(
        {
            "x": np.arange(30.0),
            "y": np.zeros(30),
            "industry": ["one"] + ["two"] * 2 + ["idle"] * 12 + ["busy"] * 15,
            "jobs": [1.0] * 3 + [0.0] * 12 + [2.0] * 15,
        }
    )
    test = m_test(table, weight="jobs")
    assert {one.industry: one.why for one in test} == {
        "one": "one_establishment", "two": "too_few_establishments", "idle": "no_weight", "busy": None,
    }  # fmt: skip
    assert test["one"].verdict is Verdict.UNTESTABLE
    assert test["one"].curve is None
    # Asked to, it tests two.
    assert m_test(table, min_establishments=2)["two"].why is None


def test_an_industry_that_is_everything_cannot_be_compared():
    table = pd.DataFrame({"x": np.arange(12.0), "y": np.zeros(12), "industry": ["a"] * 12})
    assert m_test(table, simulations=20)["a"].why == "whole_population"
    two = table.assign(industry=["a"] * 11 + ["b"])
    beside = m_test(two, simulations=20, neighbour="b")
    # All sites but those of b are its own: none is left to draw.
    assert (beside["a"].why, beside["b"].why) == ("whole_population", "one_establishment")


def test_a_neighbour_without_weight_tests_nothing():
    table = WORLD.assign(jobs=np.where(WORLD.industry == "wool", 0, WORLD.jobs))
    test = m_test(table, distances=DISTANCES, simulations=20, weight="jobs", neighbour="wool")
    assert {one.why for one in test} == {"no_weight"}


def test_where_everyone_shares_one_place_nothing_can_be_tested():
    table = pd.DataFrame({"x": [5.0] * 40, "y": [5.0] * 40, "industry": ["a", "b"] * 20})
    test = m_test(table, simulations=20)
    assert {one.why for one in test} == {"population_at_one_place"}


def test_where_no_distance_reaches_a_neighbour_the_reason_is_given():
    table = pd.DataFrame({"x": np.arange(40.0), "y": np.zeros(40), "industry": ["a", "b"] * 20})
    assert {one.why for one in m_test(table, distances=[0.5], simulations=20)} == {"no_neighbour_in_range"}


def test_where_some_distances_reach_no_one_the_curve_has_a_gap_and_the_test_goes_on():
    table = pd.DataFrame({"x": np.arange(40.0), "y": np.zeros(40), "industry": ["a", "b"] * 20})
    one = m_test(table, distances=[0.5, 1.0, 2.0], simulations=100)["a"]
    assert np.isnan(one.curve).tolist() == [True, False, False]
    # Neighbours one step away are all of the other industry, in no sample at random.
    assert one.curve[1] == 0.0
    assert one.verdict is Verdict.DISPERSED


def test_planted_concentrations_are_found_and_most_neutral_industries_are_left_alone():
    made = made_up_country(4_000, 30, seed=2, planted_share=(0.5, 0.7))
    test = m_test(made.points)
    kinds = made.kind_of()
    localised = [one for one in test if kinds[one.industry] == "localised"]
    neutral = [one for one in test if kinds[one.industry] == "neutral" and one.why is None]
    assert all(one.verdict is Verdict.LOCALISED for one in localised)
    # Each side at 5 %: about one in ten of the neutral ones is declared something.
    assert sum(one.verdict is not Verdict.NEUTRAL for one in neutral) <= 0.3 * len(neutral)


def test_points_already_read_give_the_same_answer():
    points, _ = read_points(WORLD)
    one = m_test(points, distances=DISTANCES, simulations=50)
    assert one.summary() == m_test(WORLD, distances=DISTANCES, simulations=50).summary()


def test_progress_counts_to_the_number_of_industries():
    seen = []
    m_test(WORLD, distances=[1.0], simulations=20, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(done, 5) for done in range(1, 6)]


def test_settings_say_how_to_repeat_it_and_bad_rows_are_listed():
    table = pd.concat([WORLD, pd.DataFrame({"x": [np.nan], "y": [0.0], "industry": ["oil"]})])
    test = m_test(table, distances=[1.0], simulations=20, seed=9, coverage="all of 2020", skip_bad_rows=True)
    assert test.function == "m"
    assert test.settings["seed"] == 9
    assert test.settings["population"] == 200
    assert test.settings["coverage"] == "all of 2020"
    assert test.settings["weighted"] is False
    assert [one.line for one in test.set_aside] == [201]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"neighbour": "silver"}, "unknown_industry"),
        ({"distances": [-1.0]}, "bad_distances"),
        ({"simulations": 19}, "too_few_simulations"),
        ({"weight": "turnover"}, "table_refused"),
    ],
)
def test_what_makes_no_sense_is_refused(change, code):
    with pytest.raises(InputRefused) as refused:
        m_test(WORLD, **change)
    assert refused.value.code == code


@pytest.mark.parametrize("change", [{"level": 0.0}, {"level": 1.0}, {"min_establishments": 1}])
def test_a_level_beyond_its_range_is_a_programming_mistake(change):
    with pytest.raises(ValueError):
        m_test(WORLD, **change)
