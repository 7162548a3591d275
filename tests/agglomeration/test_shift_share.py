"""Shift-share: three parts that add up to growth, by cell, region and industry; its bounds."""

import json
import random

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grappe.agglomeration.shift_share import shift_share
from grappe.domain.errors import BadChoice, InputRefused
from tests.agglomeration.tables import INDUSTRIES, REGIONS, between, few, rows

PARTS = ("growth", "national_share", "industrial_mix", "regional_share")
COLUMNS = ["region", "industry", "start", "end"]


def world(*listed) -> pd.DataFrame:
    return pd.DataFrame(listed, columns=COLUMNS)


def slow(listed) -> dict:
    """The four numbers of each region by their definitions; None where the whole, or a rate, is nothing."""
    before, after = sum(row[2] for row in listed), sum(row[3] for row in listed)
    found = {}
    for region in {row[0] for row in listed}:
        parts = [0.0, 0.0, 0.0, 0.0]
        for r, i, start, end in listed:
            if r == region:
                first = sum(row[2] for row in listed if row[1] == i)
                last = sum(row[3] for row in listed if row[1] == i)
                parts[0] += end - start
                parts[1] += start * (after / before - 1) if start else 0
                parts[2] += start * (last / first - after / before) if start else 0
                parts[3] += end - start * last / first if start else end
        found[region] = tuple(parts)
    return found


LEATHER = world(
    ("n", "leather", 100, 150), ("n", "other", 100, 90), ("s", "leather", 100, 100), ("s", "other", 200, 260)
)


def test_each_part_is_its_definition():
    found = rows(shift_share(LEATHER, by="cell"), *PARTS)["n", "leather"]
    nation, leather = 600 / 500, 250 / 200
    assert found == pytest.approx((50, 100 * (nation - 1), 100 * (leather - nation), 150 - 100 * leather))


def test_regions_and_industries_are_sums_of_cells():
    cells = shift_share(LEATHER, by="cell").to_pandas()
    for by in ("region", "industry"):
        found = rows(shift_share(LEATHER, by=by), *PARTS)
        assert found == {key: pytest.approx(tuple(one[list(PARTS)].sum())) for key, one in cells.groupby(by)}


def test_a_new_industry_is_all_the_regions_own():
    listed = world(("n", "oil", 0, 10), ("n", "tin", 5, 5), ("s", "oil", 10, 10))
    assert rows(shift_share(listed, by="cell"), *PARTS)["n", "oil"] == (10, 0, 0, 10)


def test_the_whole_has_no_part_of_its_own():
    found = shift_share(LEATHER).to_pandas()
    assert found.industrial_mix.sum() == pytest.approx(0)
    assert found.regional_share.sum() == pytest.approx(0)


def test_an_industry_that_the_nation_did_not_have_is_unknown_and_so_is_its_region():
    nation = pd.DataFrame({"industry": ["oil"], "start": [0], "end": [5]})
    found = rows(shift_share(world(("n", "oil", 2, 5)), reference=nation), *PARTS)["n"]
    assert found == (3, None, None, None)


def test_a_reference_without_an_industry_is_refused():
    nation = pd.DataFrame({"industry": ["oil"], "start": [9], "end": [5]})
    with pytest.raises(InputRefused) as refused:
        shift_share(LEATHER, reference=nation)
    assert [one.value for one in refused.value.problems] == ["leather", "other"]


def test_another_key_is_refused():
    with pytest.raises(BadChoice, match="by"):
        shift_share(LEATHER, by="year")


jobs = st.integers(0, 30)
listed = st.dictionaries(
    st.sampled_from([(r, i) for r in REGIONS for i in INDUSTRIES]), st.tuples(jobs, jobs), min_size=1
).map(lambda cells: [(r, i, *cells[r, i]) for r, i in sorted(cells)])


@few(15)
@given(listed.filter(lambda found: any(row[2] for row in found)))
def test_the_engine_agrees_with_plain_loops_and_the_parts_add_up(found):
    made = rows(shift_share(world(*found)), *PARTS)
    for region, expected in slow(found).items():
        assert made[region] == pytest.approx(expected, rel=1e-9, abs=1e-9)
        assert made[region][0] == pytest.approx(sum(made[region][1:]), abs=1e-9)


@few(12)
@given(listed.filter(lambda found: any(row[2] for row in found)), st.integers(0, 10**6))
def test_every_completion_lies_within_the_bounds(found, seed):
    chance = random.Random(seed)
    open_ended = [
        ("+" if chance.random() < 0.1 else f"-{v + chance.randint(0, 9)}") for row in found for v in row[2:]
    ]
    printed = [
        (r, i, f"{start}{open_ended[2 * n]}", f"{end}{open_ended[2 * n + 1]}")
        for n, (r, i, start, end) in enumerate(found)
    ]
    ends = [f"{one}_{side}" for one in PARTS for side in ("low", "high")]
    bounds = rows(shift_share(world(*printed)), *ends)

    def complete(low: int, text: str) -> float:
        top = low + chance.choice([0, 5, 500]) if text.endswith("+") else int(text.split("-")[1])
        return chance.choice([low, top, chance.uniform(low, top)])

    for _ in range(30):
        drawn = [
            (r, i, complete(s, a), complete(e, b))
            for (r, i, s, e), (_, _, a, b) in zip(found, printed, strict=True)
        ]
        for region, values in slow(drawn).items():
            for n, value in enumerate(values):
                assert between(bounds[region][2 * n], value, bounds[region][2 * n + 1]), PARTS[n]


def test_growth_of_freiburg_against_germany(shared_data):
    (case,) = [c for c in json.loads(shared_data("worked_examples/worked_examples.json").read_text("utf-8"))
               if c["measure"] == "shift_share_dunn"]  # fmt: skip
    read = pd.read_csv(shared_data(case["inputs"]["file"]))
    city = read.assign(region="Freiburg", start=read.e_Freiburg2008, end=read.e_Freiburg2014)
    nation = read.assign(start=read.e_Germany2008, end=read.e_Germany2014)
    found = rows(shift_share(city, reference=nation), *PARTS)["Freiburg"]
    assert found == pytest.approx([case["expected"][one] for one in PARTS], rel=1e-12)
