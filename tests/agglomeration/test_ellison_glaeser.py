"""The Ellison-Glaeser index: textbook cases, its lottery, size classes, what it cannot say."""

import itertools
import json
import math
import random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grappe.agglomeration.ellison_glaeser import ellison_glaeser
from grappe.domain.errors import InputRefused
from tests.agglomeration.tables import between, few, rows

INDICES = ("g", "h", "gamma", "z", "maurel_sedillot")


def plants(*listed) -> pd.DataFrame:
    return pd.DataFrame(listed, columns=["region", "industry", "size"])


def slow(listed, against: dict | None = None) -> dict:
    """(plants, g, h, gamma, z, maurel_sedillot) of each industry by the formulas, in plain Python."""
    regions = sorted({r for r, _, _ in listed})
    against = against or {r: sum(v for q, _, v in listed if q == r) for r in regions}
    x = {r: against[r] / sum(against.values()) for r in against}
    x2, x3 = sum(one**2 for one in x.values()), sum(one**3 for one in x.values())
    found = {}
    for i in {i for _, i, _ in listed}:
        sizes = [v for _, q, v in listed if q == i and v]
        if len(sizes) < 2 or sum(one > 0 for one in x.values()) < 2:
            found[i] = None
            continue
        z = [v / sum(sizes) for v in sizes]
        s = {r: sum(v for q, p, v in listed if (q, p) == (r, i)) / sum(sizes) for r in x}
        g, h, z4 = sum((s[r] - x[r]) ** 2 for r in x), sum(v**2 for v in z), sum(v**4 for v in z)
        variance = 2 * (h**2 * (x2 - 2 * x3 + x2**2) - z4 * (x2 - 4 * x3 + 3 * x2**2))
        found[i] = (
            len(sizes), g, h,
            (g - (1 - x2) * h) / ((1 - x2) * (1 - h)),
            (g - (1 - x2) * h) / math.sqrt(variance),
            ((sum(v**2 for v in s.values()) - x2) / (1 - x2) - h) / (1 - h),
        )  # fmt: skip
    return found


def test_two_plants_of_one_size_in_one_of_two_equal_regions():
    found = rows(ellison_glaeser(plants(("n", "oil", 5), ("n", "oil", 5), ("s", "tin", 4), ("s", "tin", 6))),
                 *INDICES, by=("industry",))["oil"]  # fmt: skip
    g, h = (1 - 0.5) ** 2 + (0 - 0.5) ** 2, 0.5**2 + 0.5**2
    # By lot g is 0 or 1/2, half of the time each: mean (1 - 1/2) 1/2, standard deviation 1/4.
    assert found == (g, h, (g - 0.5 * h) / (0.5 * (1 - h)), (g - 1 / 4) / (1 / 4), 1)


def test_the_variance_is_that_of_the_lottery():
    """All ways to put three plants in three regions, each with its chance, against the closed form."""
    x, sizes = (0.5, 0.3, 0.2), (6, 3, 1)
    z = [one / 10 for one in sizes]
    drawn = []
    for where in itertools.product(range(3), repeat=3):
        s = [sum(z[k] for k in range(3) if where[k] == j) for j in range(3)]
        drawn.append((math.prod(x[j] for j in where), sum((s[j] - x[j]) ** 2 for j in range(3))))
    mean = sum(p * g for p, g in drawn)
    deviation = math.sqrt(sum(p * (g - mean) ** 2 for p, g in drawn))
    reference = pd.DataFrame({"region": ["a", "b", "c"], "size": x})
    given_plants = plants(*zip("aab", ["it"] * 3, sizes, strict=True))
    g, found = rows(ellison_glaeser(given_plants, reference=reference), "g", "z", by=("industry",))["it"]
    assert found == pytest.approx((g - mean) / deviation)


def test_an_industry_that_cannot_be_tested_says_why():
    found = rows(
        ellison_glaeser(plants(("n", "one", 5), ("s", "none", 0), ("s", "two", 3), ("n", "two", 3))),
        "plants", "gamma", "undefined", by=("industry",),
    )  # fmt: skip
    assert found["one"] == (1, None, "one_plant")
    assert found["none"] == (0, None, "no_jobs")
    assert found["two"][2] is None
    alone = rows(
        ellison_glaeser(plants(("n", "two", 3), ("n", "two", 3))), "gamma", "undefined", by=("industry",)
    )
    assert alone["two"] == (None, "one_region")


def test_a_plant_without_jobs_is_no_plant():
    found = rows(ellison_glaeser(plants(("n", "a", 3), ("s", "a", 0), ("s", "b", 3))), "plants", "undefined",
                 by=("industry",))  # fmt: skip
    assert found["a"] == (1, "one_plant")


def test_a_reference_must_have_every_region():
    with pytest.raises(InputRefused) as refused:
        ellison_glaeser(plants(("n", "a", 3)), reference=pd.DataFrame({"region": ["s"], "size": [9]}))
    assert refused.value.problems[0].code == "not_in_reference"


def listed_plants() -> st.SearchStrategy:
    plant = st.tuples(st.sampled_from("nsw"), st.sampled_from(["a", "b"]), st.integers(0, 20))
    return st.lists(plant, min_size=2).filter(lambda listed: any(size for _, _, size in listed))


@few(20)
@given(listed_plants())
def test_the_engine_agrees_with_plain_loops(listed):
    found = rows(ellison_glaeser(plants(*listed)), "plants", *INDICES, by=("industry",))
    for industry, expected in slow(listed).items():
        if expected is None:
            assert found[industry][3] is None
        else:
            assert found[industry] == pytest.approx(expected, rel=1e-9, abs=1e-12)


@few(15)
@given(st.lists(st.tuples(st.sampled_from("nsw"), st.sampled_from(["a", "b"]), st.integers(1, 20),
                          st.one_of(st.just(0), st.integers(0, 15), st.just(math.inf))), min_size=2),
       st.integers(0, 10**6))  # fmt: skip
def test_every_completion_lies_within_the_bounds(listed, seed):
    classes = pd.DataFrame(
        [(r, i, float(low), low + width) for r, i, low, width in listed],
        columns=["region", "industry", "low", "high"],
    )
    names = ("g", "h", "gamma", "maurel_sedillot")
    ends = [f"{one}_{end}" for one in names for end in ("low", "high")]
    found = rows(ellison_glaeser(classes, size=("low", "high")), *ends, by=("industry",))
    chance = random.Random(seed)
    for _ in range(30):
        drawn = [
            (r, i, low + chance.choice([0, 1, chance.random()]) * min(width, 999))
            for r, i, low, width in listed
        ]
        for industry, values in slow(drawn).items():
            for n, value in enumerate((values[1], values[2], values[3], values[5]) if values else ()):
                assert between(found[industry][2 * n], value, found[industry][2 * n + 1]), names[n]


def test_size_classes_that_hold_one_size_change_nothing():
    listed = [("n", "a", 5), ("n", "a", 7), ("s", "a", 1), ("s", "b", 9), ("w", "b", 2)]
    found = ellison_glaeser(plants(*[(r, i, str(v)) for r, i, v in listed]))
    for value, low, high in rows(found, "gamma", "gamma_low", "gamma_high", by=("industry",)).values():
        assert (low, high) == pytest.approx((value, value), abs=1e-12)


# --- published figures --------------------------------------------------------------------------------


def test_the_textbook_index_of_vienna_linz_and_graz(shared_data):
    (case,) = [c for c in json.loads(shared_data("worked_examples/worked_examples.json").read_text("utf-8"))
               if c["measure"] == "ellison_glaeser_gamma"]  # fmt: skip
    given_case = case["inputs"]
    firms = pd.DataFrame(
        {"region": given_case["firm_region"], "industry": "it", "size": given_case["firm_employment"]}
    )
    totals = given_case["region_employment_in_order_of_first_appearance"]
    reference = pd.DataFrame({"region": ["Wien", "Linz", "Graz"], "size": totals})
    gamma, g, h, count = rows(
        ellison_glaeser(firms, reference=reference), "gamma", "g", "h", "plants", by=("industry",)
    )["it"]
    assert gamma == pytest.approx(case["expected"], abs=5e-9)
    parts = case["expected_parts"]
    assert (g, h, count) == (
        pytest.approx(parts["G"], abs=5e-8), pytest.approx(parts["HHI"], abs=5e-8), parts["K"],
    )  # fmt: skip


def test_the_textbook_firms_agree_with_plain_loops(shared_data):
    read = pd.read_csv(shared_data("german_regions/ellison_glaeser_textbook_firms.csv"))
    read = read.assign(region=read.region.astype(int))
    totals = read.groupby("region", as_index=False).emp_region.first()
    reference = totals.rename(columns={"emp_region": "emp_firm"})
    found = rows(
        ellison_glaeser(read, size="emp_firm", reference=reference), "plants", *INDICES, by=("industry",)
    )
    listed = list(zip(read.region, read.industry, read.emp_firm, strict=True))
    expected = slow(listed, dict(zip(totals.region, totals.emp_region, strict=True)))
    assert len(found) == 4
    for industry, values in expected.items():
        assert found[industry] == pytest.approx(values, rel=1e-9)


def test_a_country_of_plants_put_by_lot_has_an_index_of_zero_on_average():
    chance = np.random.default_rng(3)
    x = np.array([0.5, 0.2, 0.2, 0.1])
    count, each = 400, 30
    made = pd.DataFrame({
        "region": chance.choice(4, count * each, p=x),
        "industry": np.repeat(np.arange(count), each),
        "size": np.ceil(chance.lognormal(2, 1, count * each)),
    })  # fmt: skip
    reference = pd.DataFrame({"region": range(4), "size": x})
    found = ellison_glaeser(made, reference=reference).to_pandas()
    assert found.gamma.mean() == pytest.approx(0, abs=3 * found.gamma.std() / math.sqrt(count))
    assert found.z.std() == pytest.approx(1, abs=0.15)
