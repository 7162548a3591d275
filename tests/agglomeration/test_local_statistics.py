"""Local Moran's I and Getis-Ord's G: plain formulas, exact permutation, and what cannot be tested."""

import math
from itertools import permutations as orders

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from grappe.agglomeration.conditional_permutation import _sequences, tails
from grappe.agglomeration.false_discovery import false_discovery
from grappe.agglomeration.getis_ord import getis_ord
from grappe.agglomeration.local_moran import local_moran
from grappe.agglomeration.neighbours import contiguity_grid, read_neighbours
from grappe.domain.errors import BadChoice, InputRefused

CHAIN = {"a": ["b"], "b": ["a", "c"], "c": ["b", "d"], "d": ["c"]}
COAST = pd.DataFrame({"region": list("abcd"), "value": [9.0, 7.0, 2.0, 2.0]})
WEIGHED = {0: {1: 1.0, 2: 2.0}, 1: {0: 0.5, 3: 0.25, 4: 1.0}, 2: {4: 3.0}, 3: {1: 1.0}, 4: {0: 1.0, 3: 1.0}}

FIVE = read_neighbours(WEIGHED, pa.array(range(5)))
SMALL = arrays(np.float64, 5, elements=st.integers(-9, 9))
KINDS = st.sampled_from(["binary", "row", "given"])


def columns(found) -> dict[str, list]:
    return found.to_pyarrow().to_pydict()


def weights_of(row: dict, kind: str) -> dict:
    total = sum(row.values())
    return {j: {"binary": 1.0, "row": w / total, "given": w}[kind] for j, w in row.items()}


@given(SMALL, KINDS)
def test_moran_is_the_value_times_its_neighbours_both_less_the_mean(values, kind):
    found = columns(
        local_moran(values, read_neighbours(WEIGHED, pa.array(range(5))), weights=kind, permutations=0)
    )
    mean = sum(values) / 5
    squares = sum((x - mean) ** 2 for x in values)
    for i, row in WEIGHED.items():
        if not squares:
            assert (found["moran"][i], found["why"][i]) == (None, "no_variation")
            continue
        w = weights_of(row, kind)
        expected = (values[i] - mean) * sum(w[j] * (values[j] - mean) for j in w) * (5 - 1) / squares
        assert found["moran"][i] == pytest.approx(expected, rel=1e-9, abs=1e-12)
        assert found["lag"][i] == pytest.approx(sum(w[j] * values[j] for j in w), rel=1e-9, abs=1e-9)


@given(
    arrays(np.float64, 5, elements=st.integers(-9, 9)),
    st.booleans(),
    st.sampled_from(["binary", "row", "given"]),
)
def test_getis_ord_is_the_formula_of_1995(values, star, kind):
    found = columns(getis_ord(values, FIVE, star=star, weights=kind, permutations=0))
    for i, row in WEIGHED.items():
        w = dict(row) if kind != "binary" else dict.fromkeys(row, 1.0)
        if star:
            w[i] = max(w.values())
        if kind == "row":
            w = weights_of(w, "row")
        counted = [j for j in range(5) if star or j != i]
        n = len(counted)
        mean = sum(values[j] for j in counted) / n
        spread = math.sqrt(sum((values[j] - mean) ** 2 for j in counted) / n)
        reach, squares = sum(w.values()), sum(x * x for x in w.values())
        room = (n * squares - reach**2) / (n - 1)
        if spread < 1e-12:
            assert (found["z"][i], found["why"][i]) == (None, "no_variation")
            continue
        expected = (sum(w[j] * values[j] for j in w) - mean * reach) / (spread * math.sqrt(room))
        assert found["z"][i] == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_the_share_around_and_the_side_of_a_region():
    found = columns(getis_ord(COAST, CHAIN, permutations=0))
    # Values 9, 7, 2, 2: around b lie 9 + 7 + 2 of 20.
    assert found["g"] == pytest.approx([16 / 20, 18 / 20, 11 / 20, 4 / 20])
    assert found["kind"] == ["hot", "hot", "cold", "cold"]
    without = columns(getis_ord(COAST, CHAIN, star=False, permutations=0))
    assert without["g"][1] == pytest.approx((9 + 2) / (20 - 7))
    # One-sided, from z: P(Z > |z|).
    assert found["p_normal"][0] == pytest.approx(0.5 * math.erfc(abs(found["z"][0]) / math.sqrt(2)))


def test_scaling_a_row_of_weights_changes_no_score():
    thrice = {one: dict.fromkeys(others, 3.0) for one, others in CHAIN.items()}
    plain = columns(getis_ord(COAST, CHAIN, permutations=0))["z"]
    assert columns(getis_ord(COAST, thrice, weights="given", permutations=0))["z"] == pytest.approx(plain)
    assert columns(getis_ord(COAST, thrice, weights="row", permutations=0))["z"] == pytest.approx(plain)


def test_quadrants_say_the_region_then_its_neighbours():
    values = pd.DataFrame({"region": list("abcd"), "value": [9, 8, 1, 8]})
    # Mean 6.5. c is low among 8 and 8; d is high beside 1; b beside 9 and 1, mean 5, less than 6.5.
    assert columns(local_moran(values, CHAIN, permutations=0))["quadrant"] == [
        "high-high", "high-low", "low-high", "high-low",
    ]  # fmt: skip


def all_draws(values, i: int, weights: list[float]) -> list[float]:
    """The weighted sum for every ordered draw of other regions for the neighbours of one."""
    others = [x for j, x in enumerate(values) if j != i]
    return [sum(w * x for w, x in zip(weights, drawn, strict=True)) for drawn in orders(others, len(weights))]


@pytest.mark.parametrize("kind", ["binary", "given"])
def test_draws_have_the_distribution_of_all_that_can_be_drawn(kind):
    values = np.array([4.0, 1.0, 3.0, 3.0, 9.0])
    near = FIVE.weighted(kind)
    at_least, at_most = tails(near, values, 40_000, seed=5)
    for i, row in WEIGHED.items():
        weights = list(weights_of(row, kind).values())
        seen = sum(w * values[j] for w, j in zip(weights, row, strict=True))
        draws = all_draws(values, i, weights)
        above = sum(x >= seen - 1e-9 for x in draws) / len(draws)
        below = sum(x <= seen + 1e-9 for x in draws) / len(draws)
        # Four standard errors of a share over 40,000 draws are at most 0.01.
        assert at_least[i] / 40_000 == pytest.approx(above, abs=0.01)
        assert at_most[i] / 40_000 == pytest.approx(below, abs=0.01)


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 1000), st.booleans())
def test_counts_equal_those_of_the_draws_taken_one_by_one(seed, even):
    rng = np.random.default_rng(seed)
    values = rng.integers(0, 4, 12).astype(float)
    values[0] = 9.0
    rows = {
        i: {int(j): 1.0 if even else float(rng.integers(1, 4)) for j in rng.permutation(12)[:k] if j != i}
        for i, k in enumerate(rng.integers(0, 13, 12))
    }
    near = read_neighbours(rows, pa.array(range(12)))
    at_least, at_most = tails(near, values, 50, seed)
    width = min(int(near.counts.max()) + 1, 12)
    drawn = _sequences(np.random.default_rng(seed).random((50, width)), 12)
    for i in range(12):
        weights = near.weights[near.starts[i] : near.starts[i + 1]]
        others = near.others[near.starts[i] : near.starts[i + 1]]
        if not len(others):
            continue
        seen = sum(weights * values[others])
        sums = []
        for sequence in drawn:
            kept = list(sequence[: len(others)])
            if i in kept:
                kept[kept.index(i)] = sequence[len(others)]
            sums.append(sum(weights * values[kept]))
        assert at_least[i] == sum(x >= seen - 1e-9 for x in sums)
        assert at_most[i] == sum(x <= seen + 1e-9 for x in sums)


def test_sequences_hold_distinct_regions_each_as_often():
    drawn = _sequences(np.random.default_rng(1).random((20_000, 3)), 5)
    assert all(len(set(row)) == 3 for row in drawn[:500].tolist())
    for place in range(3):
        # One in five: 4,000, give or take four standard errors of 57.
        assert np.abs(np.bincount(drawn[:, place], minlength=5) - 4000).max() < 4 * 57


def test_the_score_uses_the_exact_moments_of_the_draws():
    values = np.array([4.0, 1.0, 3.0, 3.0, 9.0])
    found = columns(
        local_moran(values, read_neighbours(WEIGHED, pa.array(range(5))), weights="given", permutations=0)
    )
    centred = values - values.mean()
    for i, row in WEIGHED.items():
        draws = np.array(all_draws(centred, i, list(row.values()))) * centred[i]
        seen = centred[i] * sum(w * centred[j] for j, w in row.items())
        if centred[i]:
            assert found["z"][i] == pytest.approx((seen - draws.mean()) / draws.std(), rel=1e-9)
        else:
            assert found["z"][i] is None


def test_pseudo_p_values_count_the_observed_map_and_are_the_same_twice():
    values = np.zeros(100)
    values[[44, 45, 54, 55]] = 50.0
    grid = contiguity_grid(10, 10)
    first, second = (columns(local_moran(values, grid, seed=3)) for _ in range(2))
    assert first == second
    # No draw of 999 gathers three of four high cells: (0 + 1) / (999 + 1).
    assert first["p"][44] == 1 / 1000
    assert first["p_two_sided"][44] == 2 / 1000
    assert first["quadrant"][44] == "high-high"
    # With k of 100 cells at the least p-value, Benjamini and Hochberg ask for 100 / k times as much.
    assert first["q"][44] == pytest.approx(0.002 * 100 / first["p"].count(1 / 1000))
    hot = columns(getis_ord(values, grid, seed=3))
    assert hot["kind"][44] == "hot"
    assert hot["p"][44] == 1 / 1000


def test_on_a_map_without_pattern_p_values_are_as_frequent_as_they_say():
    rng = np.random.default_rng(20190301)
    p = []
    for seed in range(8):
        p += columns(local_moran(rng.normal(size=900), contiguity_grid(30, 30), seed=seed))["p_two_sided"]
    # 7,200 cells, but neighbours share values: about three standard errors on either side of 5 %.
    assert 0.035 < np.mean(np.array(p) <= 0.05) < 0.065


def test_what_cannot_be_tested_says_why():
    island = columns(local_moran(COAST, {"a": ["b"], "b": ["a"]}))
    assert island["why"] == [None, None, "no_neighbour", "no_neighbour"]
    assert island["p"][2] is island["quadrant"][2] is island["moran"][3] is None
    flat = COAST.assign(value=0.1)
    for statistic in (local_moran, getis_ord):
        found = columns(statistic(flat, CHAIN))
        assert set(found["why"]) == {"no_variation"}
        assert set(found["q"]) == {None}
        assert set(columns(statistic(COAST.head(2), {"a": ["b"]}))["why"]) == {"too_few_regions"}
    every = {one: [other for other in "abcd" if other != one] for one in "abcd"}
    assert set(columns(getis_ord(COAST, every))["why"]) == {"whole_map"}
    assert set(columns(getis_ord(COAST, every, star=False))["why"]) == {"whole_map"}


def test_a_bad_value_and_a_repeated_region_are_named():
    bad = pd.DataFrame({"region": ["a", "b", "b", None], "value": ["1", "x", "2", "3"]})
    with pytest.raises(InputRefused) as refused:
        local_moran(bad, CHAIN)
    assert {(p.code, p.line, p.value) for p in refused.value.problems} == {
        ("missing_region", 4, None), ("repeated_region", 3, "b"), ("bad_value", 2, "x"),
    }  # fmt: skip
    with pytest.raises(InputRefused, match="empty_table"):
        local_moran(COAST.head(0), CHAIN)
    with pytest.raises(InputRefused):
        getis_ord(COAST, CHAIN, value="jobs")
    with pytest.raises(BadChoice):
        local_moran(COAST, CHAIN, weights="queen")


def test_mistakes_of_the_caller_are_no_messages_to_the_user():
    with pytest.raises(ValueError, match="zero or more"):
        local_moran(COAST, CHAIN, permutations=-1)
    with pytest.raises(ValueError, match="array"):
        local_moran([1, 2, 3], CHAIN)
    with pytest.raises(ValueError, match="weight"):
        getis_ord(COAST, CHAIN, self_weight=-1)


def test_the_region_column_keeps_its_name():
    renamed = COAST.rename(columns={"region": "wilaya", "value": "jobs"})
    found = local_moran(renamed, CHAIN, region="wilaya", value="jobs")
    assert found.columns[:2] == ("wilaya", "value")


@given(st.lists(st.floats(0, 1), max_size=12))
def test_adjusted_p_values_keep_what_the_step_up_rule_keeps(p):
    adjusted = false_discovery(p)
    ordered = sorted(p)
    for level in (0.01, 0.05, 0.3):
        # Keep all up to the last k with p_(k) <= level k / m.
        passing = [k for k, x in enumerate(ordered, 1) if x * len(p) / k <= level]
        limit = ordered[max(passing) - 1] if passing else -1.0
        assert [q <= level for q in adjusted] == [x <= limit for x in p]


def test_tests_that_were_not_made_do_not_count():
    assert false_discovery([0.01, math.nan, 0.5]).tolist() == pytest.approx(
        [0.02, math.nan, 0.5], nan_ok=True
    )
    assert false_discovery([]).tolist() == []
    with pytest.raises(ValueError, match="between"):
        false_discovery([1.5])


def test_hot_counties_of_manufacturing_stand_out(shared_data):
    jobs = pd.read_csv(
        shared_data("us_county_sectors/county_employment_1975_2008.csv.gz"), dtype={"county_fips": str}
    )
    year = jobs[jobs.year == 2008]
    year = year.assign(share=year.n31.fillna(0) / year.n10).dropna(subset=["share"])
    state = year.county_fips.str[:2].to_numpy()
    same = {
        one: [other for other in group if other != one]
        for group in (year.county_fips[state == s].tolist() for s in np.unique(state))
        for one in group
    }
    found = getis_ord(year, same, region="county_fips", value="share").to_pandas()
    # Neighbours are here the other counties of a state: Indiana makes things, Nevada does not.
    assert set(found[found.county_fips.str.startswith("18")].kind) == {"hot"}
    assert set(found[found.county_fips.str.startswith("32")].kind) == {"cold"}
