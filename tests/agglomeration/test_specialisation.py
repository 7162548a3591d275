"""Specialisation of regions: five indices, what they compare with, their bounds."""

import json
import math
import random

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grappe.agglomeration.concentration import concentration
from grappe.agglomeration.location_quotient import location_quotient
from grappe.agglomeration.specialisation import specialisation
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

INDICES = ("krugman", "hoover", "herfindahl", "theil", "entropy")


def slow(cells: dict) -> dict:
    """The five indices by their definitions, in plain Python."""
    regions, industries = sorted({r for r, _ in cells}), sorted({i for _, i in cells})
    whole = sum(cells.values())
    x = {i: sum(v for (_, q), v in cells.items() if q == i) / whole for i in industries}
    found = {}
    for r in regions:
        total = sum(cells.get((r, i), 0) for i in industries)
        if not total:
            found[r] = (None,) * 5
            continue
        s = {i: cells.get((r, i), 0) / total for i in industries}
        krugman = sum(abs(s[i] - x[i]) for i in industries)
        found[r] = (
            krugman,
            krugman / 2,
            sum(one**2 for one in s.values()),
            sum(s[i] * math.log(s[i] / x[i]) for i in industries if s[i]),
            -sum(one * math.log(one) for one in s.values() if one),
        )
    return found


def test_indices_of_a_region_with_half_its_jobs_where_the_whole_has_a_third():
    found = rows(specialisation(table("""
              | leather | other
        north |      50 |    50
        south |     100 |   300
    """)), *INDICES)["north"]  # fmt: skip
    s, x = (0.5, 0.5), (0.3, 0.7)
    assert found == (
        pytest.approx(abs(0.5 - 0.3) + abs(0.5 - 0.7)),
        pytest.approx(0.2),
        pytest.approx(0.5**2 + 0.5**2),
        pytest.approx(s[0] * math.log(s[0] / x[0]) + s[1] * math.log(s[1] / x[1])),
        pytest.approx(math.log(2)),
    )


def test_the_reference_includes_the_region_itself():
    found = rows(specialisation(table("| oil | tin\n n | 1 | 0\n s | 0 | 1")), "krugman")
    assert found == {"n": pytest.approx(abs(1 - 0.5) + abs(0 - 0.5)), "s": pytest.approx(1)}


def test_a_region_with_one_industry_has_no_entropy():
    found = rows(specialisation(table("| oil | tin\n n | 4 | .\n s | 4 | 8")), *INDICES, "industries")["n"]
    assert found == pytest.approx((1, 0.5, 1, math.log(2), 0, 1))


def test_a_region_without_jobs_has_no_specialisation():
    found = rows(specialisation(table("| oil | tin\n n | 0 | 0\n s | 4 | 8")), *INDICES)
    assert found["n"] == (None,) * 5


@few(20)
@given(counts())
def test_the_engine_agrees_with_plain_loops(cells):
    found = rows(specialisation(exact(cells)), *INDICES)
    for region, expected in slow(cells).items():
        assert (found[region][0] is None) == (expected[0] is None)
        assert expected[0] is None or found[region] == pytest.approx(expected, abs=1e-12)


@few(20)
@given(intervals(), st.integers(0, 10**6))
def test_every_completion_lies_within_the_bounds(cells, seed):
    ends = [f"{one}_{end}" for one in INDICES for end in ("low", "high")]
    found = rows(specialisation(bounded(cells), value=("low", "high")), *ends)
    chance = random.Random(seed)
    for _ in range(40):
        drawn = completion(cells, chance)
        for region, values in slow(drawn).items() if sum(drawn.values()) else ():
            bounds = found[region]
            for n, value in enumerate(values):
                assert value is None or between(bounds[2 * n], value, bounds[2 * n + 1]), INDICES[n]


@few(10)
@given(counts())
def test_specialisation_is_concentration_with_the_axes_exchanged(cells):
    turned = exact({(i, r): value for (r, i), value in cells.items()})
    one = rows(specialisation(exact(cells)), "hoover", "herfindahl")
    for place, expected in rows(concentration(turned), "hoover", "herfindahl").items():
        assert expected[0] is None or one[place] == pytest.approx(expected, abs=1e-12)


# --- published figures --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def cases(shared_data):
    read = json.loads(shared_data("worked_examples/worked_examples.json").read_text("utf-8"))
    return lambda measure: [case for case in read if case["measure"] == measure]


def test_the_textbook_krugman_of_two_worlds_without_an_industry_in_common(cases):
    (case,) = cases("krugman_specialisation")
    jobs = exact({("it", f"i{n}"): value for n, value in enumerate(case["inputs"]["region"])})
    reference = pd.DataFrame({"industry": [f"i{n}" for n in range(5)], "value": case["inputs"]["reference"]})
    found = rows(specialisation(jobs, reference=reference), "krugman", "theil")["it"]
    assert found == (pytest.approx(case["expected"]), math.inf)


def test_the_textbook_gini_of_quotients_is_ours_of_the_quotients(cases, shared_data):
    for case in cases("gini_regional_specialisation"):
        given = case["inputs"]
        if "file" in given:
            read = pd.read_csv(shared_data(given["file"]))
            e_ij, e_i = read[given["e_ij"]].tolist(), read[given["e_i"]].tolist()
        else:
            e_ij, e_i = given["e_ij"], given["e_i"]
        names = [f"i{n}" for n in range(len(e_i))]
        jobs = exact({("it", name): value for name, value in zip(names, e_ij, strict=True)})
        nation = pd.DataFrame({"industry": names, "value": e_i})
        quotients = rows(location_quotient(jobs, reference=nation), "lq")
        even = pd.DataFrame({"region": names, "value": [1.0] * len(names)})
        turned = exact({(name, "it"): quotients["it", name] for name in names})
        found = rows(concentration(turned, reference=even), "gini")["it"]
        assert found == pytest.approx(case["expected"], abs=5e-8)


def test_german_states_agree_with_plain_loops(shared_data):
    read = pd.read_csv(shared_data("german_regions/states_industries_2015.csv"))
    cells = {(r, i): v for r, i, v in zip(read.region_code, read.ind_code, read.emp_all, strict=True)}
    found = rows(specialisation(read, region="region_code", industry="ind_code", value="emp_all"),
                 *INDICES, by=("region_code",))  # fmt: skip
    for region, expected in slow(cells).items():
        assert found[region] == pytest.approx(expected, rel=1e-11)
