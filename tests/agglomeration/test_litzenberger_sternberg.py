"""The cluster index of Litzenberger and Sternberg: shares over shares, its bounds, what it refuses."""

import itertools
import json

import pandas as pd
import pytest

from grappe.agglomeration.litzenberger_sternberg import litzenberger_sternberg
from grappe.domain.errors import InputRefused
from tests.agglomeration.tables import rows

WORLD = {
    "region": ["n", "n", "s"], "industry": ["oil", "tin", "oil"], "jobs": [30, 5, 70], "firms": [4, 1, 16],
    "area": [10, 10, 90], "population": [20, 20, 80],
}  # fmt: skip


def slow(e_ij, e_i, a_j, a, p_j, p, b_ij, b_i):
    return ((e_ij / a_j) / (e_i / a)) * ((e_ij / p_j) / (e_i / p)) / ((e_ij / b_ij) / (e_i / b_i))


def test_the_index_is_the_definition():
    found = rows(litzenberger_sternberg(pd.DataFrame(WORLD)), "ci")
    assert found["n", "oil"] == pytest.approx(slow(30, 100, 10, 100, 20, 100, 4, 20))
    assert found["n", "oil"] == pytest.approx((0.3 * 0.2) / (0.1 * 0.2))
    assert found["n", "tin"] == pytest.approx(1 / (0.1 * 0.2))


def test_the_unit_of_area_does_not_matter():
    hectares = pd.DataFrame(WORLD | {"area": [1000, 1000, 9000]})
    assert rows(litzenberger_sternberg(hectares), "ci") == pytest.approx(
        rows(litzenberger_sternberg(pd.DataFrame(WORLD)), "ci")
    )


def test_no_job_is_zero_and_no_job_anywhere_is_null():
    found = rows(litzenberger_sternberg(pd.DataFrame(WORLD | {"jobs": [0, 0, 70]})), "ci")
    assert (found["n", "oil"], found["n", "tin"]) == (0, None)


def test_bounds_are_those_of_all_completions():
    jobs, firms = ["30-40", "5", "70-90"], ["4", "1", "10-16"]
    found = rows(
        litzenberger_sternberg(pd.DataFrame(WORLD | {"jobs": jobs, "firms": firms})), "ci_low", "ci_high"
    )
    reached = [
        slow(here, here + there, 10, 100, 20, 100, 4, 4 + plants)
        for here, there, plants in itertools.product((30, 35, 40), (70, 80, 90), (10, 12, 16))
    ]
    assert found["n", "oil"] == pytest.approx((min(reached), max(reached)))


@pytest.mark.parametrize(
    ("column", "values", "code"),
    [
        ("area", [10, 11, 90], "two_sizes"),
        ("area", [10, None, 90], "missing_size"),
        ("population", [0, 0, 80], "bad_size"),
        ("population", [-1, -1, 80], "bad_size"),
    ],
)
def test_a_region_without_one_size_is_refused_by_name(column, values, code):
    with pytest.raises(InputRefused) as refused:
        litzenberger_sternberg(pd.DataFrame(WORLD | {column: values}))
    (problem,) = refused.value.problems
    assert (problem.code, problem.file, problem.field) == (code, "n", column)


def test_a_missing_column_is_named():
    with pytest.raises(InputRefused) as refused:
        litzenberger_sternberg(pd.DataFrame(WORLD), area="km2")
    assert [one.value for one in refused.value.problems] == ["km2"]


def test_the_textbook_index(shared_data):
    (case,) = [c for c in json.loads(shared_data("worked_examples/worked_examples.json").read_text("utf-8"))
               if c["measure"] == "litzenberger_sternberg_cluster_index"]  # fmt: skip
    e = case["inputs"]
    two = pd.DataFrame({
        "region": ["here", "rest"], "industry": "it", "jobs": [e["e_ij"], e["e_i"] - e["e_ij"]],
        "firms": [e["b_ij"], e["b_i"] - e["b_ij"]], "area": [e["a_j"], e["a"] - e["a_j"]],
        "population": [e["p_j"], e["p"] - e["p_j"]],
    })  # fmt: skip
    assert rows(litzenberger_sternberg(two), "ci")["here", "it"] == pytest.approx(case["expected"], abs=5e-6)


def test_german_states_agree_with_the_definition(shared_data):
    read = pd.read_csv(shared_data("german_regions/states_industries_2015.csv"))
    found = rows(
        litzenberger_sternberg(read, region="region_code", industry="ind_code", jobs="emp_all",
                               area="area_sqkm", population="pop"),
        "ci", by=("region_code", "ind_code"),
    )  # fmt: skip
    places = read.groupby("region_code")[["area_sqkm", "pop"]].first().sum()
    whole = read.groupby("ind_code")[["emp_all", "firms"]].sum()
    for row in read.itertuples():
        if not row.emp_all:
            assert found[row.region_code, row.ind_code] == 0
            continue
        e_i, b_i = whole.loc[row.ind_code]
        expected = slow(
            row.emp_all, e_i, row.area_sqkm, places.area_sqkm, row.pop, places["pop"], row.firms, b_i
        )
        assert found[row.region_code, row.ind_code] == pytest.approx(expected, rel=1e-12)
