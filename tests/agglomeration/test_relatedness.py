"""Relatedness: each measure by counting regions one by one, and the cases where there is none."""

import math

import ibis
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from grappe.agglomeration.panel import location_quotients, presences, read_panel
from grappe.agglomeration.relatedness import cooccurrence_relatedness, correlation, relatedness
from grappe.domain.errors import BadChoice, InputRefused

# Oil and soap in the north and the east, wool in the south and the east.
ROWS = pd.DataFrame(
    [
        ("n", "oil", 4),
        ("n", "soap", 4),
        ("e", "oil", 4),
        ("e", "soap", 4),
        ("e", "wool", 4),
        ("s", "wool", 8),
    ],
    columns=["region", "industry", "value"],
)


def pairs(table, *args, **options) -> dict[tuple[str, str], float | None]:
    rows = relatedness(table, *args, **options).to_pyarrow().to_pylist()
    return {(row["industry_i"], row["industry_j"]): row["relatedness"] for row in rows}


def slow_proximity(present, a: int, b: int) -> float:
    """The smaller of the two conditional probabilities, region by region."""
    both = sum(1 for row in present if row[a] and row[b])
    alone = [sum(1 for row in present if row[i]) for i in (a, b)]
    return min(both / n if n else math.nan for n in alone) if all(alone) else math.nan


def slow_totals(present) -> list[int]:
    """How often each industry is met with another one."""
    industries = range(len(present[0]))
    return [sum(1 for row in present for b in industries if b != a and row[a] and row[b]) for a in industries]


def test_proximity_is_the_smaller_of_two_conditional_probabilities():
    # Quotients: oil and soap 4/8 over 8/28 in the north, 4/12 over 8/28 in the east; wool 4/12 over 12/28
    # in the east, less than 1: not present there.
    found = pairs(ROWS)
    assert found["oil", "soap"] == 2 / 2
    assert found["oil", "wool"] == 0 / 2
    # At three quarters wool is present in the east too: with oil in one of two regions, either way.
    assert pairs(ROWS, threshold=0.75)["oil", "wool"] == 1 / 2


def test_each_pair_stands_in_both_orders_and_none_with_itself():
    found = pairs(ROWS)
    assert len(found) == 3 * 2
    assert found["oil", "wool"] == found["wool", "oil"]
    assert all(a != b for a, b in found)


@pytest.mark.parametrize(
    ("method", "options", "expected"),
    [
        # Two regions each, one in common.
        ("proximity", {}, 1 / 2),
        ("cosine", {}, 1 / math.sqrt(2 * 2)),
        ("jaccard", {}, 1 / (2 + 2 - 1)),
        # Co-occurrences: oil-soap 2, oil-wool 1, soap-wool 1, so 3 for oil, 2 for wool, 8 in all.
        ("association", {}, 1 * 8 / (3 * 2)),
        ("association", {"steijn": True}, 1 / ((3 / 8 * 2 / (8 - 3) + 2 / 8 * 3 / (8 - 2)) * 8 / 2)),
        ("cosine", {"totals": "co-occurrences"}, 1 / math.sqrt(3 * 2)),
        ("jaccard", {"totals": "co-occurrences"}, 1 / (3 + 2 - 1)),
        # Three regions: found together once, expected 3 × 2/3 × 2/3 times.
        ("association", {"totals": "presences"}, 1 * 3 / (2 * 2)),
    ],
)
def test_each_measure_divides_the_regions_in_common_in_its_own_way(method, options, expected):
    found = pairs(ROWS, method, threshold=0.75, **options)
    assert found["oil", "wool"] == pytest.approx(expected, rel=1e-15)


def test_the_correlation_of_quotients_is_brought_between_zero_and_one():
    quotients = location_quotients(read_panel(ROWS).values)
    expected = (1 + np.corrcoef(quotients.T)) / 2
    industries = read_panel(ROWS).industries.to_pylist()
    for (a, b), value in pairs(ROWS, "correlation").items():
        assert value == pytest.approx(expected[industries.index(a), industries.index(b)], rel=1e-12)
    # Oil and soap have the same employment everywhere.
    assert pairs(ROWS, "correlation")["oil", "soap"] == pytest.approx(1.0)


present_somewhere = arrays(np.float32, (6, 4), elements=st.sampled_from([0.0, 1.0]))


@given(present_somewhere)
def test_proximity_equals_the_count_region_by_region(present):
    fast = cooccurrence_relatedness(present, "proximity")
    slow = [[slow_proximity(present, a, b) for b in range(4)] for a in range(4)]
    assert np.array_equal(fast, slow, equal_nan=True)


@given(present_somewhere)
def test_association_equals_the_count_region_by_region(present):
    fast = cooccurrence_relatedness(present, "association")
    totals = slow_totals(present)
    for a in range(4):
        for b in range(4):
            both = sum(1 for row in present if row[a] and row[b])
            if totals[a] and totals[b]:
                expected = both * sum(totals) / (totals[a] * totals[b])
                assert fast[a, b] == pytest.approx(expected, rel=1e-14)
            else:
                assert math.isnan(fast[a, b])


@given(present_somewhere, st.sampled_from(["proximity", "cosine", "jaccard"]))
def test_relatedness_is_symmetric_and_an_industry_is_wholly_related_to_itself(present, method):
    found = cooccurrence_relatedness(present, method)
    assert np.array_equal(found, found.T, equal_nan=True)
    own = np.diag(found)
    assert np.allclose(own[~np.isnan(own)], 1)
    assert np.nanmax(found, initial=0) <= 1 + 1e-15


@settings(deadline=None, max_examples=20)
@given(arrays(np.int64, (5, 4), elements=st.integers(0, 9)), st.integers(2, 1000))
def test_the_unit_of_the_table_does_not_matter(values, factor):
    def found(counts):
        return cooccurrence_relatedness(presences(location_quotients(counts)), "proximity")

    assert np.array_equal(found(values), found(values * factor), equal_nan=True)


def test_an_industry_present_nowhere_has_no_relatedness_and_leaves_the_others_as_they_are():
    empty = pd.concat([ROWS, pd.DataFrame({"region": ["n"], "industry": ["silk"], "value": [0]})])
    found = pairs(empty)
    assert found["silk", "oil"] is None
    assert found["oil", "soap"] == pairs(ROWS)["oil", "soap"]
    assert pairs(empty, "correlation")["silk", "oil"] is None


def test_an_industry_as_large_everywhere_does_not_correlate():
    even = pd.DataFrame(
        [(r, i, v) for r, v in (("n", 5), ("s", 10)) for i in ("oil", "soap")],
        columns=["region", "industry", "value"],
    )
    assert pairs(even, "correlation") == {("oil", "soap"): None, ("soap", "oil"): None}
    # A share equal to that of the whole is present: the quotient is exactly one.
    assert pairs(even)["oil", "soap"] == 1.0


def test_a_region_without_anything_takes_no_part():
    empty = pd.concat([ROWS, pd.DataFrame({"region": ["void"], "industry": ["oil"], "value": [0]})])
    for method in ("proximity", "association", "correlation"):
        assert pairs(empty, method) == pytest.approx(pairs(ROWS, method), nan_ok=True)


def test_one_industry_has_no_pair():
    assert pairs(ROWS[ROWS.industry == "oil"]) == {}


@pytest.mark.parametrize(
    "holder",
    [
        pl.from_pandas,
        pa.Table.from_pandas,
        lambda d: ibis.memtable(d),
        lambda d: d.astype({"region": "category", "industry": "category"}),
        lambda d: d.astype({"value": str}),
        lambda d: pd.concat([d.assign(value=d.value / 4)] * 4),
    ],
)
def test_any_table_will_do(holder):
    assert pairs(holder(ROWS)) == pairs(ROWS)


def test_labels_of_a_category_without_rows_are_no_industries():
    some = ROWS.astype({"industry": "category"})
    assert {a for a, _ in pairs(some[some.industry != "wool"])} == {"oil", "soap"}


def test_a_withheld_cell_stands_at_the_middle_of_its_interval():
    text = ROWS.assign(value=["4", "4", "4", "4", "3-5", "8"])
    assert pairs(text, threshold=0.75) == pairs(ROWS, threshold=0.75)


def test_a_bad_cell_a_missing_column_and_an_unknown_measure_are_refused():
    with pytest.raises(InputRefused):
        relatedness(ROWS.assign(value=[-1, 1, 1, 1, 1, 1]))
    with pytest.raises(InputRefused):
        relatedness(ROWS.assign(value=[math.nan, 1, 1, 1, 1, 1]))
    with pytest.raises(InputRefused):
        relatedness(ROWS, industry="nace")
    with pytest.raises(InputRefused, match="empty_table"):
        relatedness(ROWS.head(0))
    with pytest.raises(BadChoice):
        relatedness(ROWS, "likeness")
    with pytest.raises(BadChoice):
        relatedness(ROWS, totals="jobs")


def test_mistakes_of_the_caller_are_no_messages_to_the_user():
    with pytest.raises(ValueError, match="threshold"):
        relatedness(ROWS, threshold=0)
    with pytest.raises(ValueError, match="Steijn"):
        relatedness(ROWS, steijn=True)
    with pytest.raises(ValueError, match="shape"):
        location_quotients([1, 2, 3])


def test_the_correlation_of_nothing_is_nothing():
    assert np.isnan(correlation(np.full((2, 2), np.nan))).all()


def test_input_is_left_as_it_was():
    before = ROWS.copy()
    relatedness(ROWS, "correlation")
    pd.testing.assert_frame_equal(ROWS, before)


def test_the_industry_space_of_world_trade_counts_the_published_presences(shared_data):
    table = pd.read_csv(
        shared_data("trade_complexity/world_trade_sitc_avg_1998_2000.csv.gz"), dtype={"product": str}
    )
    panel = read_panel(table, region="country", industry="product")
    # The published matrix of presences has 31,951 ones.
    assert presences(location_quotients(panel.values)).sum() == 31_951
