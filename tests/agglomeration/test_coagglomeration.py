"""Coagglomeration of pairs of industries: the sum over regions, its two benchmarks, its bounds."""

import random
from importlib import import_module

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grappe.agglomeration.coagglomeration import coagglomeration
from grappe.domain.errors import BadChoice
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

PAIR = ("industry_i", "industry_j")


def slow(cells: dict, benchmark: str = "employment") -> dict:
    """The index of each pair by its definition, in plain Python; None where there is one region."""
    regions = sorted({r for r, _ in cells})
    totals = {i: sum(v for (_, q), v in cells.items() if q == i) for _, i in cells}
    industries = sorted(i for i in totals if totals[i])
    s = {i: {r: cells.get((r, i), 0) / totals[i] for r in regions} for i in industries}
    whole = sum(totals.values())
    if benchmark == "mean":
        x = {r: sum(s[i][r] for i in industries) / len(industries) for r in regions}
    else:
        x = {r: sum(v for (q, _), v in cells.items() if q == r) / whole for r in regions}
    spare = 1 - sum(one**2 for one in x.values())
    return {
        (a, b): sum((s[a][r] - x[r]) * (s[b][r] - x[r]) for r in regions) / spare if spare > 1e-12 else None
        for n, a in enumerate(industries)
        for b in industries[n + 1 :]
    }


def test_two_industries_alone_in_two_equal_regions_are_as_far_apart_as_can_be():
    found = rows(coagglomeration(table("| oil | tin\n n | 5 | .\n s | . | 5")), "gamma_c", by=PAIR)
    assert found == {("oil", "tin"): ((1 - 0.5) * (0 - 0.5) + (0 - 0.5) * (1 - 0.5)) / (1 - 0.5)}


def test_two_industries_in_the_same_region_are_together():
    found = rows(
        coagglomeration(table("| oil | tin | wool\n n | 5 | 5 | .\n s | . | . | 10")), "gamma_c", by=PAIR
    )
    assert found["oil", "tin"] == pytest.approx(2 * 0.5**2 / 0.5)


def test_each_industry_counts_once_in_the_mean():
    jobs = table("| oil | tin\n n | 1 | .\n s | . | 99")
    by_mean = rows(coagglomeration(jobs, benchmark="mean"), "gamma_c", by=PAIR)["oil", "tin"]
    assert by_mean == pytest.approx(-1)
    assert rows(coagglomeration(jobs), "gamma_c", by=PAIR)["oil", "tin"] == pytest.approx(
        ((1 - 0.01) * (0 - 0.01) + (0 - 0.99) * (1 - 0.99)) / (1 - 0.01**2 - 0.99**2)
    )


def test_pairs_can_be_given_both_ways():
    jobs = table("| oil | tin\n n | 1 | 2\n s | 3 | 1")
    found = rows(coagglomeration(jobs, both_ways=True), "gamma_c", by=PAIR)
    assert set(found) == {("oil", "tin"), ("tin", "oil")}
    assert found["oil", "tin"] == found["tin", "oil"]


def test_one_region_leaves_nothing_to_say_and_one_industry_no_pair():
    assert rows(coagglomeration(table("| oil | tin\n n | 1 | 2")), "gamma_c", by=PAIR) == {
        ("oil", "tin"): None
    }
    assert rows(coagglomeration(table("| oil\n n | 1\n s | 2")), "gamma_c", by=PAIR) == {}


def test_another_benchmark_is_refused_with_those_there_are():
    with pytest.raises(BadChoice) as refused:
        coagglomeration(table("| oil\n n | 1"), benchmark="median")
    assert refused.value.params["accepted"] == "employment, mean"


def test_regions_are_multiplied_in_blocks(monkeypatch):
    chance = np.random.default_rng(1)
    jobs = exact({(f"r{r:02}", f"i{i}"): chance.integers(0, 9) for r in range(23) for i in range(6)})
    whole = rows(coagglomeration(jobs), "gamma_c", by=PAIR)
    monkeypatch.setattr(import_module("grappe.agglomeration.coagglomeration"), "BLOCK", 5)
    assert rows(coagglomeration(jobs), "gamma_c", by=PAIR) == pytest.approx(whole)


@few(15)
@given(counts(), st.sampled_from(["employment", "mean"]))
def test_the_product_agrees_with_plain_loops(cells, benchmark):
    found = rows(coagglomeration(exact(cells), benchmark=benchmark), "gamma_c", by=PAIR)
    expected = slow(cells, benchmark)
    assert set(found) == set(expected)
    for pair, one in expected.items():
        assert found[pair] is one or found[pair] == pytest.approx(one, rel=1e-9, abs=1e-12)


@few(15)
@given(intervals(), st.sampled_from(["employment", "mean"]), st.integers(0, 10**6))
def test_every_completion_lies_within_the_bounds(cells, benchmark, seed):
    found = rows(
        coagglomeration(bounded(cells), value=("low", "high"), benchmark=benchmark),
        "gamma_c_low", "gamma_c_high", by=PAIR,
    )  # fmt: skip
    chance = random.Random(seed)
    for _ in range(40):
        drawn = completion(cells, chance)
        for pair, one in slow(drawn, benchmark).items() if sum(drawn.values()) else ():
            assert pair not in found or one is None or between(found[pair][0], one, found[pair][1])


def test_german_sections_agree_with_plain_loops(shared_data):
    read = pd.read_csv(shared_data("german_regions/states_industries_2015.csv"))
    cells = {(r, i): v for r, i, v in zip(read.region_code, read.ind_code, read.emp_all, strict=True)}
    found = rows(coagglomeration(read, region="region_code", industry="ind_code", value="emp_all"),
                 "gamma_c", by=PAIR)  # fmt: skip
    assert found == pytest.approx(slow(cells), rel=1e-9)
    assert len(found) == 17 * 16 / 2
