"""The test of localisation: verdicts with known truth, reasons, and what must not change them."""

import numpy as np
import pandas as pd
import pytest

from grappe.agglomeration import industry_null, ring_profiles
from grappe.agglomeration.distance_range import default_distances
from grappe.agglomeration.distance_test import Method, Verdict
from grappe.agglomeration.kd_curve import kd_curve
from grappe.agglomeration.localise import in_order, localise
from grappe.agglomeration.points import Points, read_points
from grappe.domain.errors import InputRefused
from tests.agglomeration.towns import towns


def country(seed=0, sites=2500):
    """Three industries of known truth: wool in one valley, bread spread out, oil drawn from all sites."""
    rng = np.random.default_rng(seed)
    x, y = towns(sites, seed)
    label = np.array(["other"] * sites, object)
    label[rng.choice(sites, 60, replace=False)] = "oil"
    near = np.argsort(np.hypot(x - x[0], y - y[0]) + 1e9 * (label != "other"))
    label[near[:400:8]] = "wool"
    for a in np.arange(10.0, 300, 40):
        for b in np.arange(10.0, 300, 40):
            distance = np.hypot(x - a, y - b) + 1e9 * (label != "other")
            label[np.argmin(distance)] = "bread"
    return pd.DataFrame({"x": x, "y": y, "industry": label, "jobs": rng.lognormal(1, 1, sites).round() + 1})


COUNTRY = country()


def curves_of(test):
    return {one.industry: (one.verdict, None if one.curve is None else one.curve.tobytes()) for one in test}


def test_a_valley_is_localised_an_even_spread_dispersed_a_draw_neutral():
    test = localise(COUNTRY, simulations=400)
    assert [str(test[one].verdict) for one in ("wool", "bread", "oil")] == [
        "localised", "dispersed", "neutral",
    ]  # fmt: skip
    wool = test["wool"]
    assert wool.method is Method.SIMULATED
    assert wool.p_localised < 0.05
    assert wool.establishments == 50
    assert test.settings["decided"] == {"simulated": 4}


def test_the_curve_is_kd_at_the_bandwidth_stated_and_its_weights():
    test = localise(COUNTRY, weight="jobs", simulations=50)
    wool = COUNTRY[COUNTRY.industry == "wool"]
    exact = kd_curve(wool.x, wool.y, test.distances, weights=wool.jobs)
    np.testing.assert_allclose(test["wool"].curve, exact, rtol=1e-9)
    assert test["wool"].weight == wool.jobs.sum()


def test_the_range_ends_at_the_median_distance_between_all_establishments():
    x, y = towns(300)
    distances, how = default_distances(x, y)
    pairs = [np.hypot(x[a] - x[b], y[a] - y[b]) for a in range(300) for b in range(a)]
    assert (len(distances), distances[0], how) == (101, 0.0, "median")
    assert distances[-1] == pytest.approx(np.median(pairs), rel=1e-12)


def test_on_a_grid_the_median_is_within_a_cell(monkeypatch):
    x, y = towns(3000)
    exact = default_distances(x, y)[0][-1]
    monkeypatch.setattr("grappe.agglomeration.distance_range.EXACT", 100)
    distances, how = default_distances(x, y)
    assert how == "median on a grid"
    assert distances[-1] == pytest.approx(exact, abs=np.ptp(x) / 500)


def test_rows_in_another_order_and_other_threads_give_the_same_answer(monkeypatch):
    first = localise(COUNTRY, weight="jobs", simulations=60, seed=5)
    monkeypatch.setenv("NUMBA_NUM_THREADS", "1")
    shuffled = COUNTRY.sample(frac=1, random_state=1)
    again = localise(shuffled, weight="jobs", simulations=60, seed=5)
    for one, other in zip(first, again, strict=True):
        np.testing.assert_array_equal(one.high, other.high)
        np.testing.assert_allclose(one.curve, other.curve, rtol=1e-12)
        assert one.verdict is other.verdict


def test_another_seed_gives_other_bands():
    one, other = (localise(COUNTRY, simulations=40, seed=seed)["oil"].high for seed in (1, 2))
    assert (one != other).any()


def test_metres_give_the_answer_of_kilometres():
    in_metres = COUNTRY.assign(x=COUNTRY.x * 1000, y=COUNTRY.y * 1000)
    one, other = localise(COUNTRY, simulations=40), localise(in_metres, unit="m", simulations=40)
    np.testing.assert_allclose(one.distances, other.distances)
    np.testing.assert_allclose(one["wool"].curve, other["wool"].curve)


def few(*labels, x=None, weight=None):
    count = len(labels)
    columns = {
        "x": np.arange(count, dtype=float) if x is None else x,
        "y": np.zeros(count),
        "industry": labels,
    }
    return columns | ({} if weight is None else {"weight": weight})


@pytest.mark.parametrize(
    ("points", "why"),
    [
        (few("oil", "wool", "wool"), "one_establishment"),
        (few("oil", "oil", "wool", "wool", "wool"), "too_few_establishments"),
        (few("oil", "oil", "oil"), "whole_population"),
        (few(*["oil"] * 3, "wool", weight=[0.0, 0.0, 4.0, 1.0]), "no_weight"),
        (few(*["oil"] * 3, "wool", "wool", "wool", x=np.ones(6)), "population_at_one_place"),
    ],
)
def test_an_industry_that_cannot_be_tested_says_why(points, why):
    weight = "weight" if "weight" in points else None
    oil = localise(points, weight=weight, min_establishments=3, simulations=20)["oil"]
    assert (oil.verdict, oil.why, oil.curve) == (Verdict.UNTESTABLE, why, None)


def test_an_industry_at_one_address_is_tested_and_localised():
    x, y = towns(300)
    label = np.array(["other"] * 300, object)
    x[:12], y[:12], label[:12] = x[0], y[0], "oil"
    oil = localise({"x": x, "y": y, "industry": label}, simulations=100)["oil"]
    assert oil.verdict is Verdict.LOCALISED
    # Sixty-six distances of zero: the rule's last step down.
    assert oil.bandwidth == pytest.approx(0.9 * 66**-0.2)


def test_an_industry_with_no_pair_in_range_has_a_density_of_zero_and_no_bandwidth():
    x = np.r_[np.arange(6) * 1000.0, np.linspace(0, 10, 30)]
    points = few(*["oil"] * 6, *["wool"] * 30, x=x)
    oil = localise(points, distances=[0, 5, 10], min_establishments=2, simulations=40)["oil"]
    assert oil.bandwidth is None
    assert not np.any(oil.curve)


def test_the_closed_form_gives_the_verdicts_of_simulation(monkeypatch):
    monkeypatch.setattr(ring_profiles, "SIDE", 700)
    x, y = towns(6000)
    rng = np.random.default_rng(2)
    label = np.where(rng.random(6000) < 0.2, "oil", "other").astype(object)
    near = np.argsort(np.hypot(x - x[0], y - y[0]))
    label[near[:2400:2]] = "wool"
    points = {"x": x, "y": y, "industry": label}
    simulated, formula = (
        localise(points, method=method, simulations=1000) for method in ("simulated", "closed form")
    )
    assert {one.method for one in formula} == {Method.CLOSED_FORM}
    assert [one.verdict for one in simulated] == [one.verdict for one in formula]
    for one, other in zip(simulated, formula, strict=True):
        np.testing.assert_array_equal(one.curve, other.curve)
        width = one.high - one.low
        assert (np.abs(one.high - other.high) < 0.25 * width).all()


def test_an_industry_near_its_band_is_simulated_after_all(monkeypatch):
    monkeypatch.setattr(ring_profiles, "SIDE", 700)
    monkeypatch.setattr(industry_null, "SIMULATED", 50)
    monkeypatch.setattr(industry_null, "SIMULATED_PAIRS", 0)
    monkeypatch.setattr(industry_null, "NEAR", (0.0, 1.0))
    test = localise(COUNTRY, simulations=600)
    # Wool has 50 establishments; 60 of oil and 64 of bread are looked at again, the rest of 2,326 too.
    assert test.settings["decided"] == {"simulated": 1, "closed form, then simulated": 3}
    assert {one.method for one in test} == {Method.SIMULATED}
    # Bread is far from either band's level: the first 200 simulations settle it, or few more.
    assert test["bread"].simulations < 600
    monkeypatch.setattr(industry_null, "NEAR", (2.0, 3.0))
    assert localise(COUNTRY, simulations=600).settings["decided"]["closed form"] == 3


def test_looking_again_does_not_stop_before_the_bands_reach_the_level(monkeypatch):
    monkeypatch.setattr(ring_profiles, "SIDE", 700)
    monkeypatch.setattr(industry_null, "SIMULATED", 50)
    monkeypatch.setattr(industry_null, "SIMULATED_PAIRS", 0)
    monkeypatch.setattr(industry_null, "NEAR", (0.0, 1.0))
    x, y = towns(2500)
    label = np.random.default_rng(1).permutation(np.repeat(np.arange(25), 100))
    monkeypatch.setattr(industry_null, "BATCH", 40)
    test = localise({"x": x, "y": y, "industry": label})
    # Forty draws often leave a p-value no doubt, and hardly ever make bands of 5 %.
    assert test.settings["decided"] == {"closed form, then simulated": 25}
    assert [one.why for one in test] == [None] * 25


def test_a_large_industry_is_observed_on_the_grid(monkeypatch):
    x, y = towns(5000)
    label = np.where(np.arange(5000) % 2, "oil", "wool")
    jobs = np.random.default_rng(1).lognormal(size=5000)
    points = {"x": x, "y": y, "industry": label, "jobs": jobs}
    exact = localise(points, weight="jobs", method="closed form", simulations=20)
    monkeypatch.setattr(industry_null, "PAIRED", 1000)
    grid = localise(points, weight="jobs", method="closed form", simulations=20)
    for one, other in zip(exact, grid, strict=True):
        assert other.bandwidth == pytest.approx(one.bandwidth, rel=2e-3)
        np.testing.assert_allclose(other.curve, one.curve, atol=1e-3 * one.curve.max())


def test_neutral_industries_are_rejected_as_often_as_the_level_says():
    rng = np.random.default_rng(0)
    x, y = towns(2000)
    outcomes = []
    for seed in range(10):
        label = rng.permutation(np.repeat(np.arange(100), 20))
        test = localise({"x": x, "y": y, "industry": label}, simulations=400, seed=seed)
        outcomes += [((one.curve > one.high).any(), (one.curve < one.low).any()) for one in test]
    # 1,000 replications: 5 % give or take 0.7 %, and 0.3 % as each seed has one pair of bands.
    assert (np.abs(np.mean(outcomes, axis=0) - 0.05) < 0.025).all()


def test_order_is_that_of_place_industry_and_weight():
    points, _ = read_points(few("b", "a", "a", x=[1.0, 0.0, 1.0]))
    ordered = in_order(points)
    assert ordered.row.tolist() == [2, 3, 1]
    assert isinstance(ordered, Points)


def test_progress_counts_industries():
    seen = []
    localise(COUNTRY, simulations=20, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]


@pytest.mark.parametrize(
    ("code", "arguments"),
    [
        ("too_few_simulations", {"simulations": 19}),
        ("bad_bandwidth", {"bandwidth": -1.0}),
        ("bad_distances", {"distances": [-1.0]}),
        ("bad_distances", {"distances": [0.0]}),
        ("bad_cell", {"cell": 0.0}),
        ("table_refused", {"weight": "staff"}),
    ],
)
def test_a_bad_request_is_refused_with_its_reason(code, arguments):
    with pytest.raises(InputRefused) as refused:
        localise(COUNTRY, **arguments)
    assert refused.value.code == code


@pytest.mark.parametrize("arguments", [{"level": 1.0}, {"min_establishments": 1}, {"method": "magic"}])
def test_a_programming_mistake_is_a_value_error(arguments):
    with pytest.raises(ValueError, match=r"."):
        localise(COUNTRY, **arguments)


def test_bad_rows_are_set_aside_on_request():
    rows = COUNTRY.astype({"x": object})
    rows.loc[3, "x"] = "east"
    with pytest.raises(InputRefused):
        localise(rows, simulations=20)
    test = localise(rows, simulations=20, skip_bad_rows=True)
    assert [(one.line, one.value) for one in test.set_aside] == [(4, "east")]
    assert test.settings["population"] == len(COUNTRY) - 1


@pytest.mark.parametrize("method", ["simulated", "closed form"])
def test_a_bandwidth_wider_than_the_range_reaches_beyond_it(method, monkeypatch):
    monkeypatch.setattr(ring_profiles, "SIDE", 700)
    test = localise(COUNTRY, distances=[0, 10, 20], bandwidth=40.0, method=method, simulations=100)
    exact = kd_curve(COUNTRY.x, COUNTRY.y, [0, 10, 20], bandwidth=40.0)
    np.testing.assert_allclose(test["other"].mean, exact, rtol=0.01)


def test_where_most_share_one_address_the_range_is_the_largest_distance():
    x = np.r_[np.zeros(40), 1.0, 2.0, 5.0]
    distances, _ = default_distances(x, np.zeros(43))
    assert distances[-1] == 5.0
