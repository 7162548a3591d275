"""Concentration of industries over regions: four indices, what they compare with, their bounds."""

import json
import math
import random

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grappe.agglomeration.concentration import concentration
from grappe.agglomeration.location_quotient import location_quotient
from grappe.domain.errors import InputRefused
from tests.agglomeration.tables import (
    between,
    bounded,
    completion,
    counts,
    exact,
    few,
    intervals,
    rows,
    table,
)

INDICES = ("hoover", "gini", "theil", "herfindahl")


def slow(cells: dict, against: dict | None = None) -> dict:
    """The four indices by their definitions; the Gini as half the mean absolute difference of s / x."""
    regions, industries = sorted({r for r, _ in cells}), sorted({i for _, i in cells})
    against = against or {r: sum(v for (q, _), v in cells.items() if q == r) for r in regions}
    x = {r: against[r] / sum(against.values()) for r in against}
    found = {}
    for i in industries:
        total = sum(cells.get((r, i), 0) for r in regions)
        if not total:
            found[i] = (None,) * 4
            continue
        s = {r: cells.get((r, i), 0) / total for r in x}
        found[i] = (
            sum(abs(s[r] - x[r]) for r in x) / 2,
            sum(abs(s[a] * x[b] - s[b] * x[a]) for a in x for b in x) / 2,
            sum(s[r] * math.log(s[r] / x[r]) for r in x if s[r]),
            sum(one**2 for one in s.values()),
        )
    return found


def test_indices_of_an_industry_with_twice_its_share_in_the_north():
    found = rows(concentration(table("""
              | leather | other
        north |      20 |    80
        south |      80 |   820
    """)), *INDICES)["leather"]  # fmt: skip
    assert found == (
        pytest.approx((abs(0.2 - 0.1) + abs(0.8 - 0.9)) / 2),
        # Below the curve: a triangle 0.9 wide and 0.8 high, a trapezoid 0.1 wide from 0.8 to 1.
        pytest.approx(1 - 2 * (0.9 * 0.8 / 2 + 0.1 * (0.8 + 1) / 2)),
        pytest.approx(0.2 * math.log(2) + 0.8 * math.log(0.8 / 0.9)),
        pytest.approx(0.2**2 + 0.8**2),
    )


def test_an_industry_spread_as_all_jobs_are_is_not_concentrated():
    found = rows(concentration(table("| oil | tin\n n | 1 | 2\n s | 3 | 6")), *INDICES)
    assert found["oil"] == pytest.approx((0, 0, 0, (1 / 4) ** 2 + (3 / 4) ** 2), abs=1e-15)


def test_an_industry_alone_in_a_small_region_is_as_concentrated_as_can_be():
    found = rows(concentration(table("| oil | tin\n n | 1 | .\n s | . | 99")), *INDICES)
    assert found["oil"] == pytest.approx((1 - 0.01, 1 - 0.01, math.log(1 / 0.01), 1))


def test_regions_counts_those_that_have_some():
    found = rows(concentration(table("| oil | tin\n n | 1 | 2\n s | 0 | 6\n w | . | 1")), "regions")
    assert found == {"oil": 1, "tin": 3}


def test_an_industry_without_jobs_has_no_concentration():
    found = rows(concentration(table("| oil | tin\n n | 0 | 2\n s | 0 | 6")), *INDICES)
    assert found["oil"] == (None, None, None, None)


def test_one_region_is_everything():
    assert rows(concentration(table("| oil\n n | 5")), *INDICES) == {"oil": (0, 0, 0, 1)}


def test_an_even_reference_gives_the_ordinary_gini():
    jobs = table("| oil | tin\n n | 1 | 50\n s | 3 | 50")
    even = pd.DataFrame({"region": ["n", "s"], "value": [1, 1]})
    # Lorenz curve through (1/2, 1/4): 1 - 2 (1/2 1/4 1/2 + 1/2 (1/4 + 1) / 2).
    assert rows(concentration(jobs, reference=even), "gini")["oil"] == pytest.approx(
        1 - 2 * (1 / 16 + 5 / 16)
    )


def test_a_region_that_the_reference_has_and_the_table_lacks_counts_as_empty():
    reference = pd.DataFrame({"region": ["n", "s", "w"], "value": [1, 1, 2]})
    found = rows(concentration(table("| oil\n n | 1\n s | 1"), reference=reference), *INDICES)["oil"]
    assert found == pytest.approx((0.5, 0.5, math.log(0.5 / 0.25), 0.5))


def test_jobs_where_the_reference_counts_none_make_theil_infinite():
    reference = pd.DataFrame({"region": ["n", "s"], "value": [0, 1]})
    found = rows(concentration(table("| oil\n n | 1\n s | 1"), reference=reference), *INDICES)["oil"]
    assert found == (0.5, 0.5, math.inf, 0.5)


def test_a_reference_without_a_region_of_the_table_is_refused_by_name():
    with pytest.raises(InputRefused) as refused:
        concentration(table("| oil\n n | 1\n s | 1"), reference=pd.DataFrame({"region": ["n"], "value": [1]}))
    (problem,) = refused.value.problems
    assert (problem.code, problem.field, problem.value) == ("not_in_reference", "region", "s")


@few(25)
@given(counts())
def test_the_engine_agrees_with_plain_loops(cells):
    found = rows(concentration(exact(cells)), *INDICES)
    for industry, expected in slow(cells).items():
        assert found[industry] == (None,) * 4 or found[industry] == pytest.approx(expected, abs=1e-12)
        assert (found[industry][0] is None) == (expected[0] is None)


@few(25)
@given(intervals(), st.integers(0, 10**6))
def test_every_completion_lies_within_the_bounds(cells, seed):
    ends = [f"{one}_{end}" for one in INDICES for end in ("low", "high")]
    found = rows(concentration(bounded(cells), value=("low", "high")), *ends)
    chance = random.Random(seed)
    for _ in range(40):
        drawn = completion(cells, chance)
        for industry, values in slow(drawn).items() if sum(drawn.values()) else ():
            bounds = found[industry]
            for n, value in enumerate(values):
                assert value is None or between(bounds[2 * n], value, bounds[2 * n + 1]), INDICES[n]


def test_bounds_close_as_intervals_do():
    """A cell of 100 known to within a tenth of a job leaves indices known to within a hundredth."""
    jobs = table("| oil | tin\n n | 100-100.1 | 80\n s | 20 | 200-200.1")
    for values in rows(
        concentration(jobs), *[f"{one}_{end}" for one in INDICES for end in ("low", "high")]
    ).values():
        for low, high in zip(values[::2], values[1::2], strict=True):
            assert 0 <= high - low < 0.01


def test_nothing_withheld_leaves_bounds_at_the_value():
    jobs = table("| oil | tin\n n | 1 | 5\n s | 3 | 6\n w | . | 4").astype({"value": str})
    for one in INDICES:
        for value, low, high in rows(concentration(jobs), one, f"{one}_low", f"{one}_high").values():
            assert (low, high) == pytest.approx((value, value), abs=1e-12)


# --- published figures --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def cases(shared_data):
    read = json.loads(shared_data("worked_examples/worked_examples.json").read_text("utf-8"))
    return lambda measure: [case for case in read if case["measure"] == measure]


def of(values, against=None):
    """One industry with these jobs over regions, compared with an even spread or with what is given."""
    jobs = exact({(f"r{n}", "it"): value for n, value in enumerate(values)})
    even = against or [1.0] * len(values)
    reference = pd.DataFrame({"region": [f"r{n}" for n in range(len(values))], "value": even})
    return dict(zip(INDICES, rows(concentration(jobs, reference=reference), *INDICES)["it"], strict=True))


def test_the_textbook_gini(cases):
    (case,), (standard,), (weighted,) = cases("gini"), cases("gini_standardised"), cases("gini_weighted")
    x = case["inputs"]["x"]
    assert of(x)["gini"] == pytest.approx(case["expected"])
    assert of(x)["gini"] * len(x) / (len(x) - 1) == pytest.approx(standard["expected"])
    means, sizes = weighted["inputs"]["x"], weighted["inputs"]["weights"]
    held = [mean * size for mean, size in zip(means, sizes, strict=True)]
    assert of(held, sizes)["gini"] == pytest.approx(weighted["expected"], abs=5e-5)


def test_the_textbook_herfindahl(cases):
    (case,), (standard,) = cases("herfindahl"), cases("herfindahl_standardised")
    (number,) = cases("herfindahl_equivalent_number")
    x = case["inputs"]["x"]
    found = of(x)["herfindahl"]
    assert found == pytest.approx(case["expected"])
    assert (found - 1 / len(x)) / (1 - 1 / len(x)) == pytest.approx(standard["expected"])
    assert 1 / found == pytest.approx(number["expected"], abs=5e-3)


def test_the_textbook_theil_is_ours_with_the_two_shares_exchanged(cases):
    """It is the mean log deviation: the even spread measured against the data, not the data against it."""
    (case,) = cases("theil")
    x = case["inputs"]["x"]
    assert of([1.0] * len(x), x)["theil"] == pytest.approx(case["expected"], abs=5e-8)
    assert of(x)["theil"] == pytest.approx(0.2502, abs=5e-5)


def test_the_textbook_gini_of_quotients_is_another_index(cases):
    """The unweighted Gini of the location quotients: ours of the quotients against an even spread."""
    (case,) = cases("gini_industry_concentration")
    e_ij, e_j = case["inputs"]["e_ij"], case["inputs"]["e_j"]
    jobs = exact({(f"r{n}", i): v for n, (a, b) in enumerate(zip(e_ij, e_j, strict=True))
                  for i, v in (("it", a), ("rest", b - a))})  # fmt: skip
    quotients = rows(location_quotient(jobs), "lq")
    assert of([quotients[f"r{n}", "it"] for n in range(len(e_j))])["gini"] == pytest.approx(case["expected"])
    assert rows(concentration(jobs), "gini")["it"] != pytest.approx(case["expected"], abs=0.01)


def test_german_sections_agree_with_plain_loops(shared_data):
    read = pd.read_csv(shared_data("german_regions/states_industries_2015.csv"))
    cells = {(r, i): v for r, i, v in zip(read.region_code, read.ind_code, read.emp_all, strict=True)}
    found = rows(concentration(read, region="region_code", industry="ind_code", value="emp_all"),
                 *INDICES, by=("ind_code",))  # fmt: skip
    for industry, expected in slow(cells).items():
        assert found[industry] == pytest.approx(expected, rel=1e-11)
