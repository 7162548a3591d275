"""Location quotients: plain, symmetric, standardised, against a nation, with withheld cells."""

import itertools
import json
import math
import random

import ibis
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grappe.agglomeration.location_quotient import location_quotient
from grappe.agglomeration.quotient_bounds import peak, quotient_bounds
from grappe.agglomeration.withheld import Bounds
from grappe.domain.errors import InputRefused
from tests.agglomeration.tables import bounded, completion, counts, exact, few, intervals, rows, table

LEATHER = """
        | leather | other
  north |      20 |    80
  south |      80 |   820
"""


def slow(cells: dict) -> dict:
    """(lq, zlq) of each pair, by the definitions, in plain Python; None where undefined."""
    regions, industries = sorted({r for r, _ in cells}), sorted({i for _, i in cells})
    whole = sum(cells.values())
    of_region = {r: sum(v for (q, _), v in cells.items() if q == r) for r in regions}
    of_industry = {i: sum(v for (_, q), v in cells.items() if q == i) for i in industries}
    inhabited = [r for r in regions if of_region[r]]
    found = {}
    for i in industries:
        quotient = {
            r: (cells.get((r, i), 0) / of_region[r]) / (of_industry[i] / whole) if of_industry[i] else None
            for r in inhabited
        }
        known = [one for one in quotient.values() if one is not None]
        spread = np.std(known, ddof=1) if len(known) > 1 else 0.0
        for r in regions:
            if (r, i) in cells:
                lq = quotient.get(r)
                flat = lq is None or spread < 1e-9
                found[r, i] = lq, None if flat else (lq - np.mean(known)) / spread
    return found


def test_twice_the_share_of_the_whole_scores_two():
    lq = rows(location_quotient(table(LEATHER)), "lq")
    assert lq["north", "leather"] == (20 / 100) / (100 / 1000) == 2
    assert lq["south", "leather"] == pytest.approx((80 / 900) / (100 / 1000))


def test_the_symmetric_quotient_runs_from_minus_one_to_one():
    slq = rows(location_quotient(table(LEATHER)), "slq")
    assert slq["north", "leather"] == pytest.approx((2 - 1) / (2 + 1))
    none = rows(location_quotient(table("| oil | tin\n n | 0 | 5\n s | 3 | 5")), "lq", "slq")
    assert none["n", "oil"] == (0, -1)


def test_the_standardised_quotient_counts_a_region_without_a_row_as_zero():
    found = location_quotient(table("| oil | tin\n n | 10 | 10\n s | . | 20\n w | . | 20"))
    # Quotients of oil: (10/20)/(10/60) = 3, 0, 0: mean 1, standard deviation sqrt((4 + 1 + 1) / 2).
    assert rows(found, "zlq")["n", "oil"] == pytest.approx((3 - 1) / math.sqrt(3))
    assert len(rows(found, "lq")) == 4


def test_equal_quotients_have_no_standard_score_and_are_exactly_one():
    found = rows(location_quotient(table("| oil | tin\n n | 1 | 3\n s | 7 | 21\n w | 11 | 33")), "lq", "zlq")
    assert set(found.values()) == {(1.0, None)}


def test_a_quotient_is_null_where_a_region_or_an_industry_has_no_job():
    found = rows(location_quotient(table("| oil | tin\n n | 0 | 0\n s | 0 | 4\n w | 0 | 3")), "lq")
    assert found["n", "oil"] is None
    assert found["n", "tin"] is None
    assert found["s", "oil"] is None
    assert found["s", "tin"] == 1


def test_one_cell_is_its_own_whole():
    assert rows(location_quotient(table("| oil\n n | 7")), "lq", "slq", "zlq") == {("n", "oil"): (1, 0, None)}


def test_columns_keep_the_names_of_the_caller():
    given_names = table(LEATHER).rename(columns={"region": "wilaya", "industry": "nace", "value": "jobs"})
    found = location_quotient(given_names, region="wilaya", industry="nace", value="jobs")
    assert found.columns == ("wilaya", "nace", "value", "lq", "slq", "zlq")


def test_the_input_is_not_altered():
    before = table(LEATHER)
    location_quotient(before).to_pyarrow()
    pd.testing.assert_frame_equal(before, table(LEATHER))


@few(12)
@given(counts())
def test_the_engine_agrees_with_plain_loops(cells):
    found = rows(location_quotient(exact(cells)), "lq", "zlq")
    for pair, (lq, zlq) in slow(cells).items():
        assert found[pair] == (
            None if lq is None else pytest.approx(lq, rel=1e-12),
            None if zlq is None else pytest.approx(zlq, rel=1e-9, abs=1e-9),
        )


@few(5)
@given(counts(), st.integers(2, 9))
def test_quotients_do_not_depend_on_the_unit(cells, unit):
    once = rows(location_quotient(exact(cells)), "lq")
    many = rows(location_quotient(exact({pair: unit * one for pair, one in cells.items()})), "lq")
    assert many == {pair: None if lq is None else pytest.approx(lq) for pair, lq in once.items()}


# --- a base that is not the table ---------------------------------------------------------------------


def test_a_county_is_compared_with_the_nation_it_is_given():
    county = table("| leather | other\n c | 20 | 80")
    nation = pd.DataFrame({"industry": ["leather", "other", "rest"], "value": [100, 700, 200]})
    lq = rows(location_quotient(county, reference=nation), "lq")
    assert lq["c", "leather"] == pytest.approx((20 / 100) / (100 / 1000))


def test_rows_of_totals_serve_where_industries_do_not_add_up():
    jobs = table("| all | leather\n n | 100 | 20\n s | 900 | 80")
    found = rows(location_quotient(jobs, total="all"), "lq")
    assert found == {
        ("n", "leather"): pytest.approx((20 / 100) / (100 / 1000)),
        ("s", "leather"): pytest.approx((80 / 900) / (100 / 1000)),
    }


def test_a_reference_without_an_industry_of_the_table_is_refused_by_name():
    with pytest.raises(InputRefused) as refused:
        location_quotient(table(LEATHER), reference=pd.DataFrame({"industry": ["other"], "value": [5]}))
    (problem,) = refused.value.problems
    assert (problem.code, problem.value) == ("not_in_reference", "leather")


def test_a_reference_with_codes_of_another_type_is_refused():
    with pytest.raises(InputRefused, match="different_types"):
        location_quotient(table(LEATHER), reference=pd.DataFrame({"industry": [15], "value": [5]}))


def test_a_region_without_its_total_is_refused_by_name():
    with pytest.raises(InputRefused) as refused:
        location_quotient(table("| all | oil\n n | 10 | 2\n s | . | 3"), total="all")
    (problem,) = refused.value.problems
    assert (problem.code, problem.value, problem.params) == ("missing_total", "s", {"total": "all"})


# --- withheld cells -----------------------------------------------------------------------------------


def test_bounds_of_a_withheld_cell_are_those_of_its_ends():
    jobs = table("| oil | tin\n n | 10-20 | 80\n s | 90 | 820")
    low, high = rows(location_quotient(jobs), "lq_low", "lq_high")["n", "oil"]
    assert low == pytest.approx((10 / 90) / (100 / 1000))
    assert high == pytest.approx((20 / 100) / (110 / 1010))


def test_an_exact_cell_has_bounds_when_others_are_withheld():
    jobs = table("| oil | tin\n n | 10 | 80-90\n s | 90 | 820")
    low, high = rows(location_quotient(jobs), "lq_low", "lq_high")["n", "oil"]
    assert low == pytest.approx((10 / 100) / (100 / 1010))
    assert high == pytest.approx((10 / 90) / (100 / 1000))


def test_nothing_withheld_leaves_bounds_at_the_value():
    found = location_quotient(table(LEATHER).astype({"value": str}))
    for lq, low, high in rows(found, "lq", "lq_low", "lq_high").values():
        assert low == pytest.approx(lq, rel=1e-12)
        assert high == pytest.approx(lq, rel=1e-12)


def test_an_open_cell_elsewhere_leaves_no_upper_bound():
    found = location_quotient(table("| oil | tin\n n | 10 | 80\n s | 90 | 500+"))
    assert rows(found, "lq_high", "slq_high")["n", "oil"] == (math.inf, 1)
    assert rows(found, "lq_low")["s", "tin"] == pytest.approx((500 / 590) / (580 / 680))


@few(15)
@given(intervals(), st.integers(0, 10**6))
def test_every_completion_lies_within_the_bounds(cells, seed):
    found = rows(location_quotient(bounded(cells), value=("low", "high")), "lq_low", "lq_high")
    chance = random.Random(seed)
    for _ in range(20):
        for pair, (lq, _) in slow(completion(cells, chance)).items():
            low, high = found[pair]
            assert lq is None or low * (1 - 1e-9) - 1e-12 <= lq <= high * (1 + 1e-9) + 1e-12


def test_bounds_are_attained():
    """Over every corner of the rest, and a fine grid of the cell itself, nothing is left between."""
    chance = random.Random(7)
    parts = ("cell", "region", "industry", "elsewhere")
    drawn = [{one: sorted((chance.randint(0, 30), chance.choice([0, 1, 9, 30]))) for one in parts}
             for _ in range(400)]  # fmt: skip
    made = pd.DataFrame([{f"{one}_{end}": float(bounds[n]) for one, bounds in world.items()
                          for n, end in enumerate(("low", "high"))} for world in drawn])  # fmt: skip
    made = ibis.memtable(made.assign(row=range(len(drawn))))
    known = [Bounds(made[f"{one}_low"], made[f"{one}_high"]) for one in parts]
    bounds = quotient_bounds(*known, top=peak(*known))
    found = rows(made.select("row", low=bounds.low, high=bounds.high), "low", "high", by=("row",))
    for row, world in enumerate(drawn):
        low, high = found[row]
        if world["cell"][1] == 0:
            assert (low, high) == (0, 0)
            continue
        # A cell that may be empty is taken close to empty: there the quotient has its limit.
        grid = np.maximum(np.linspace(*world["cell"], 4001), 1e-9)
        reached = [
            grid * (grid + r + c + t) / ((grid + r) * (grid + c))
            for r, c, t in itertools.product(*[world[one] for one in parts[1:]])
        ]
        assert low == pytest.approx(np.min(reached), rel=1e-5, abs=1e-7)
        assert high == pytest.approx(np.max(reached), rel=1e-5) or (
            math.isinf(high) and np.max(reached) > 1e8
        )


@few(6)
@given(intervals(), st.integers(0, 10**6))
def test_bounds_hold_against_a_withheld_nation(cells, seed):
    nation = {i: (5 + 3 * n, 9 + 4 * n) for n, i in enumerate(sorted({i for _, i in cells}))}
    base = pd.DataFrame([(i, *b) for i, b in nation.items()], columns=["industry", "low", "high"])
    found = rows(
        location_quotient(bounded(cells), value=("low", "high"), reference=base.astype({"low": float})),
        "lq_low",
        "lq_high",
    )
    chance = random.Random(seed)
    for _ in range(10):
        jobs, whole = completion(cells, chance), completion(nation, chance)
        for (r, i), one in jobs.items():
            of_region = sum(v for (q, _), v in jobs.items() if q == r)
            if of_region:
                lq = (one / of_region) / (whole[i] / sum(whole.values()))
                assert found[r, i][0] * (1 - 1e-9) - 1e-12 <= lq <= found[r, i][1] * (1 + 1e-9) + 1e-12


# --- published figures --------------------------------------------------------------------------------


def test_the_textbook_quotient(shared_data):
    (case,) = [c for c in json.loads(shared_data("worked_examples/worked_examples.json").read_text("utf-8"))
               if c["measure"] == "location_quotient"]  # fmt: skip
    e = case["inputs"]
    jobs = exact({
        ("here", "it"): e["e_ij"], ("here", "other"): e["e_j"] - e["e_ij"],
        ("there", "it"): e["e_i"] - e["e_ij"],
        ("there", "other"): e["e"] - e["e_i"] - e["e_j"] + e["e_ij"],
    })  # fmt: skip
    assert rows(location_quotient(jobs), "lq")["here", "it"] == pytest.approx(case["expected"], abs=5e-8)


TEXT = {"area_fips": str, "industry_code": str, "disclosure_code": str, "lq_disclosure_code": str}


def test_the_published_quotients_of_american_states_come_out(shared_data):
    """Total covered employment (ownership 0, industry 10) is the base; 18 private sectors are whole."""
    read = pd.read_csv(shared_data("us_qcew_states/qcew_2019_annual_states.csv.gz"), dtype=TEXT)
    sectors = read[(read.own_code == 5) & (read.agglvl_code == 54)]
    whole = sectors.groupby("industry_code").filter(lambda one: (one.disclosure_code != "N").all())
    everything = read[(read.own_code == 0) & (read.industry_code == "10")]
    jobs = pd.concat([everything, whole])
    found = location_quotient(
        jobs, region="area_fips", industry="industry_code", value="annual_avg_emplvl", total="10"
    ).to_pandas()
    both = found.merge(whole, on=["area_fips", "industry_code"])
    assert len(both) == len(whole) > 890
    published = both[both.lq_disclosure_code != "N"]
    assert (published.lq - published.lq_annual_avg_emplvl).abs().max() <= 0.005 + 1e-9


def test_counties_of_new_jersey_agree_with_one_national_share_each(shared_data):
    """The base is not in the file: each published quotient confines it, and the quotients come back."""
    read = pd.read_csv(shared_data("us_qcew_new_jersey/qcew_2016q1_counties.csv.gz"), dtype=TEXT)
    everything = read[(read.own_code == 0) & (read.industry_code == "10")]
    total = everything.set_index("area_fips").month1_emplvl
    sectors = read[(read.own_code == 5) & (read.agglvl_code == 74)]
    sectors = sectors[(sectors.disclosure_code != "N") & (sectors.lq_disclosure_code != "N")]
    sectors = sectors[sectors.lq_month1_emplvl > 0.01]
    local = sectors.month1_emplvl / sectors.area_fips.map(total)
    least = (local / (sectors.lq_month1_emplvl + 0.005)).groupby(sectors.industry_code).max()
    most = (local / (sectors.lq_month1_emplvl - 0.005)).groupby(sectors.industry_code).min()
    assert (least <= most).all()
    nation = pd.DataFrame({"industry_code": least.index, "month1_emplvl": (least + most).to_numpy() / 2})
    nation = pd.concat([nation, pd.DataFrame({"industry_code": ["10"], "month1_emplvl": [1.0]})])
    found = location_quotient(
        pd.concat([everything, sectors]),
        region="area_fips", industry="industry_code", value="month1_emplvl", reference=nation, total="10",
    ).to_pandas()  # fmt: skip
    both = found.merge(sectors, on=["area_fips", "industry_code"])
    assert len(both) == len(sectors)
    assert (both.lq - both.lq_month1_emplvl).abs().max() <= 0.005 + 1e-9


def test_german_states_against_germany_with_overlapping_groups(shared_data):
    read = pd.read_csv(shared_data("german_regions/states_employment_2008_2014.csv"))
    read = read[read.year == 2014]
    nation, states = read[read.region == "Insgesamt"], read[read.region != "Insgesamt"]
    found = location_quotient(states, value="emp", reference=nation, total="Insgesamt")
    made = states.merge(nation, on="industry", suffixes=("", "_de"))
    base = made[made.industry == "Insgesamt"].set_index("region")
    for (region, industry), lq in rows(found, "lq").items():
        one = made[(made.region == region) & (made.industry == industry)].iloc[0]
        expected = (one.emp / base.emp[region]) / (one.emp_de / base.emp_de[region])
        assert lq == pytest.approx(expected, rel=1e-12)
