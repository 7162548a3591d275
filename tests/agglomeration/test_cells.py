"""Tables of cells: any holder, withheld cells as intervals, every bad cell named."""

import math

import ibis
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from grappe.agglomeration.cells import read_cells, read_establishments, read_totals
from grappe.domain.errors import InputRefused

ROWS = {"region": ["n", "n", "s"], "industry": ["oil", "wool", "oil"], "value": [20, 80, 5]}


def plain(cells) -> list[tuple]:
    rows = cells.table.order_by("region", "industry").to_pyarrow().to_pylist()
    return [(r["region"], r["industry"], r["low"], r["value"], r["high"]) for r in rows]


@pytest.mark.parametrize(
    "holder", [pd.DataFrame, pl.DataFrame, pa.table, lambda d: ibis.memtable(pd.DataFrame(d))]
)
def test_any_table_will_do(holder):
    assert plain(read_cells(holder(ROWS))) == [
        ("n", "oil", 20, 20, 20), ("n", "wool", 80, 80, 80), ("s", "oil", 5, 5, 5),
    ]  # fmt: skip


def test_rows_of_one_pair_are_added_up():
    cells = read_cells(pd.DataFrame({"region": ["n", "n"], "industry": ["oil", "oil"], "value": [20, 3]}))
    assert plain(cells) == [("n", "oil", 23, 23, 23)]


@pytest.mark.parametrize(
    ("printed", "low", "middle", "high"),
    [
        ("12", 12, 12, 12),
        ("10-19", 10, 14.5, 19),
        ("10 – 19", 10, 14.5, 19),
        ("10 à 19", 10, 14.5, 19),
        ("<10", 0, 4.5, 9),
        ("500+", 500, 500, math.inf),
        (">= 500", 500, 500, math.inf),
        ("500 et plus", 500, 500, math.inf),
        ("1.5", 1.5, 1.5, 1.5),
    ],
)
def test_a_withheld_cell_is_an_interval(printed, low, middle, high):
    cells = read_cells(pd.DataFrame({"region": ["n"], "industry": ["oil"], "value": [printed]}))
    assert plain(cells) == [("n", "oil", low, middle, high)]
    assert cells.withheld


def test_two_columns_of_bounds_are_read_as_they_are():
    table = pd.DataFrame({"region": ["n"], "industry": ["oil"], "from": [10], "to": [19]})
    assert plain(read_cells(table, value=("from", "to"))) == [("n", "oil", 10, 14.5, 19)]


def test_names_of_columns_are_given_back():
    table = pd.DataFrame({"wilaya": ["n"], "nace": ["oil"], "value": [1]})
    cells = read_cells(table, region="wilaya", industry="nace")
    assert cells.named(cells.table.select("region", "industry", "value")).columns == (
        "wilaya",
        "nace",
        "value",
    )


@pytest.mark.parametrize(
    ("column", "values", "code", "shown"),
    [
        ("value", ["3O", "1", "2"], "bad_count", "3O"),
        ("value", ["", "1", "2"], "bad_count", ""),
        ("value", ["19-10", "1", "2"], "bad_range", "19-10"),
        ("value", [-3, 1, 2], "negative_count", "-3"),
        ("value", [None, 1, 2], "bad_count", None),
        ("value", [math.nan, 1, 2], "bad_count", None),
        ("value", [math.inf, 1, 2], "bad_count", "inf"),
        ("region", [None, "n", "s"], "missing_region", "20"),
        ("industry", [None, "a", "b"], "missing_industry", "20"),
    ],
)
def test_a_bad_cell_is_named_with_its_value(column, values, code, shown):
    with pytest.raises(InputRefused) as refused:
        read_cells(pd.DataFrame(ROWS | {column: values}))
    (problem,) = refused.value.problems
    assert problem.code == code
    assert problem.field == column
    if shown is not None:
        assert str(problem.value).removesuffix(".0") == shown


def test_a_missing_column_is_named_with_those_there_are():
    with pytest.raises(InputRefused) as refused:
        read_cells(pd.DataFrame(ROWS), industry="nace")
    (problem,) = refused.value.problems
    assert (problem.code, problem.value) == ("unknown_column", "nace")
    assert "industry" in problem.params["accepted"]


def test_an_empty_table_and_what_is_no_table_are_refused():
    with pytest.raises(InputRefused, match="empty_table"):
        read_cells(pd.DataFrame(ROWS).head(0))
    with pytest.raises(InputRefused, match="not_a_table"):
        read_cells(42)


def test_establishments_of_one_pair_stay_apart():
    plants = pd.DataFrame({"region": ["n", "n"], "industry": ["oil", "oil"], "size": ["20", "3-5"]})
    assert sorted(plain(read_establishments(plants))) == [("n", "oil", 3, 4, 5), ("n", "oil", 20, 20, 20)]


def test_totals_of_a_reference_have_one_key():
    nation = pd.DataFrame({"nace": ["oil", "oil", "tin"], "jobs": [20, 3, 5]})
    found, withheld = read_totals(nation, key="nace", value="jobs")
    assert found.order_by("key").to_pyarrow().to_pylist() == [
        {"key": "oil", "value": 23.0, "low": 23.0, "high": 23.0},
        {"key": "tin", "value": 5.0, "low": 5.0, "high": 5.0},
    ]
    assert not withheld


def test_a_reference_without_its_key_is_refused():
    with pytest.raises(InputRefused) as refused:
        read_totals(pd.DataFrame({"jobs": [1]}), key="nace", value="jobs")
    assert [(one.code, one.value) for one in refused.value.problems] == [("unknown_column", "nace")]
