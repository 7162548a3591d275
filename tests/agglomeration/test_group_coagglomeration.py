"""Coagglomeration of groups of industries: the index of the paper, with plants, and as a mean over pairs."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grappe.agglomeration.coagglomeration import coagglomeration
from grappe.agglomeration.group_coagglomeration import group_coagglomeration
from grappe.domain.errors import InputRefused
from tests.agglomeration.tables import exact, few, rows, table

GROUPS = {"a": "one", "b": "one", "c": "one"}
BY_GROUP = ("group",)


def as_printed(plants: list[tuple[str, str, int]]) -> float:
    """The index of the paper for the industries of `GROUPS`, from plants, in plain Python."""
    regions = sorted({r for r, _, _ in plants})
    whole = sum(size for _, _, size in plants)
    x = {r: sum(v for q, _, v in plants if q == r) / whole for r in regions}
    x2 = sum(one**2 for one in x.values())

    def raw_and_plants(members: set[str]) -> tuple[float, float, float]:
        total = sum(v for _, i, v in plants if i in members)
        s = {r: sum(v for q, i, v in plants if q == r and i in members) / total for r in regions}
        plants_of = sum((v / total) ** 2 for _, i, v in plants if i in members)
        return sum((s[r] - x[r]) ** 2 for r in regions), plants_of, total

    g, _, total = raw_and_plants(set(GROUPS))
    w2, h, gammas = 0.0, 0.0, 0.0
    for i in GROUPS:
        g_i, h_i, jobs = raw_and_plants({i})
        w = jobs / total
        gamma = (g_i - (1 - x2) * h_i) / ((1 - x2) * (1 - h_i))
        w2, h, gammas = w2 + w**2, h + w**2 * h_i, gammas + gamma * w**2 * (1 - h_i)
    return (g / (1 - x2) - h - gammas) / (1 - w2)


sizes = st.integers(1, 20)
plants = st.tuples(
    st.lists(st.tuples(st.sampled_from("nsw"), st.sampled_from("abcd"), sizes), min_size=1),
    st.tuples(*[sizes] * 8),
).map(
    # Two plants of each industry of the group, and two regions, so that the index of the paper exists.
    lambda two: two[0] + [("ns"[k % 2], "abcd"[k // 2], size) for k, size in enumerate(two[1])]
)


@few(15)
@given(plants)
def test_the_index_of_the_paper_needs_no_plants(listed):
    jobs = pd.DataFrame(listed, columns=["region", "industry", "value"])
    found = rows(group_coagglomeration(jobs, GROUPS), "gamma_c", by=BY_GROUP)
    assert found["one"] == pytest.approx(as_printed(listed), rel=1e-9, abs=1e-12)


def test_it_is_the_mean_over_pairs_weighted_by_both_shares():
    jobs = table("| a | b | c | d\n n | 5 | 1 | 9 | 30\n s | 2 | 8 | 1 | 20\n w | . | 4 | 3 | 7")
    pairs = rows(coagglomeration(jobs), "gamma_c", by=("industry_i", "industry_j"))
    w = {"a": 7, "b": 13, "c": 13}
    weighted = {(i, k): w[i] * w[k] for i, k in pairs if i in w and k in w}
    expected = sum(weighted[pair] * pairs[pair] for pair in weighted) / sum(weighted.values())
    assert rows(group_coagglomeration(jobs, GROUPS), "gamma_c", by=BY_GROUP)["one"] == pytest.approx(expected)


def test_a_group_that_cannot_be_measured_says_why():
    jobs = table("| a | b | c\n n | 5 | 0 | 9\n s | 2 | 0 | 1")
    found = group_coagglomeration(jobs, {"a": "alone", "b": "empty", "c": "alone too"})
    assert rows(found, "gamma_c", "undefined", by=BY_GROUP) == {
        "alone": (None, "one_industry"), "empty": (None, "no_jobs"), "alone too": (None, "one_industry"),
    }  # fmt: skip
    one_region = group_coagglomeration(table("| a | b\n n | 5 | 3"), GROUPS)
    assert rows(one_region, "undefined", by=BY_GROUP) == {"one": "one_region"}


def test_an_industry_with_two_groups_is_refused_by_name():
    twice = pd.DataFrame({"industry": ["a", "a"], "group": ["one", "two"]})
    with pytest.raises(InputRefused) as refused:
        group_coagglomeration(exact({("n", "a"): 1}), twice)
    (problem,) = refused.value.problems
    assert (problem.code, problem.value) == ("two_groups", "a")


def test_american_traded_clusters_of_counties_are_together(shared_data):
    """Industries of one traded cluster share counties more than those of groups made by chance do."""
    cbp = pd.read_csv(shared_data("us_cbp_counties/cbp_county_naics6_mean_2012_2016.csv.gz"), dtype=str)
    cbp = cbp.assign(estab=cbp.estab.astype(float))
    defined = pd.read_csv(shared_data("us_cluster_definitions/naics2012_to_cluster.csv"), dtype=str)
    traded = defined[defined.traded_local == "Traded"]
    by_chance = traded.assign(cluster=traded.cluster.sample(frac=1, random_state=5).to_numpy())
    names = {"region": "county_fips", "industry": "naics", "value": "estab", "group": "cluster"}
    clusters, chance = (group_coagglomeration(cbp, one, **names).to_pandas() for one in (traded, by_chance))
    assert len(clusters) == traded.cluster.nunique() == 51
    assert clusters.gamma_c.median() > 1.5 * chance.gamma_c.median()
