"""Counts per cell by a table engine, and the same verdicts from them."""

import ibis
import numpy as np
import pandas as pd
import pytest

from grappe.agglomeration.counted_sites import count_cells, points_from_cells
from grappe.agglomeration.localise import localise
from grappe.agglomeration.points import read_points
from grappe.domain.errors import InputRefused
from tests.agglomeration.towns import towns


def register(sites=1500, seed=0):
    rng = np.random.default_rng(seed)
    x, y = towns(sites, seed)
    return pd.DataFrame(
        {
            "x": x,
            "y": y,
            "industry": rng.choice(["oil", "wool", "bread"], sites),
            "jobs": rng.integers(1, 9, sites),
        }
    )


def snapped(table, cell):
    """The same rows, moved to the middle of their cells by plain arithmetic."""
    return table.assign(x=(table.x // cell + 0.5) * cell, y=(table.y // cell + 0.5) * cell)


def test_each_row_is_counted_once_in_its_cell():
    table = register(200)
    counts, problems = count_cells(table, weight="jobs", cell=5)
    expected = snapped(table, 5).groupby(["x", "y", "industry", "jobs"]).size()
    found = counts.to_pandas().set_index(["x", "y", "industry", "weight"])["establishments"].sort_index()
    assert problems == []
    assert found.tolist() == expected.sort_index().tolist()


def test_cells_made_points_give_the_verdicts_of_points_moved_to_their_middles():
    table = register()
    by_cells = localise(table, weight="jobs", cell=2.0, simulations=60)
    moved = localise(snapped(table, 2.0), weight="jobs", simulations=60)
    for one, other in zip(by_cells, moved, strict=True):
        assert (one.verdict, one.establishments) == (other.verdict, other.establishments)
        np.testing.assert_allclose(one.curve, other.curve, rtol=1e-9)
        np.testing.assert_allclose(one.high, other.high, rtol=1e-9)


def test_another_engine_gives_the_same_cells(tmp_path):
    table = register()
    table.iloc[:800].to_parquet(tmp_path / "a.parquet")
    table.iloc[800:].to_parquet(tmp_path / "b.parquet")
    files = ibis.duckdb.connect().read_parquet(str(tmp_path / "*.parquet"))
    one, other = (points_from_cells(count_cells(t, cell=2.0)[0]) for t in (table, files))
    for name in ("x", "y", "industry"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))


def test_metres_are_counted_in_kilometres():
    table = register()
    in_metres = table.assign(x=table.x * 1000, y=table.y * 1000)
    one = points_from_cells(count_cells(table, cell=4.0)[0])
    other = points_from_cells(count_cells(in_metres, cell=4.0, unit="m")[0])
    np.testing.assert_allclose(one.x, other.x)


def test_degrees_are_counted_in_cells_about_as_wide_as_high_and_projected():
    rng = np.random.default_rng(0)
    table = pd.DataFrame(
        {"lon": rng.uniform(-5, 8, 500), "lat": rng.uniform(42, 51, 500), "industry": ["oil"] * 500}
    )
    near = points_from_cells(count_cells(table, cell=3.0)[0])
    exact, _ = read_points(table)
    # Half the diagonal of a cell, cells being wider in the south: 1.5 × sqrt(1 + 1.09²) = 2.2 km.
    middle = np.array([np.hypot(near.x - x, near.y - y).min() for x, y in zip(exact.x, exact.y, strict=True)])
    assert middle.max() < 2.6
    assert near.crs is not None


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("x", None, "bad_coordinate"),
        ("y", float("inf"), "bad_coordinate"),
        ("industry", " ", "missing_industry"),
        ("jobs", -2.0, "negative_weight"),
        ("jobs", None, "bad_weight"),
    ],
)
def test_a_bad_row_is_named_or_left_out(column, value, code):
    table = register(50).astype({"jobs": float, "x": float})
    table.loc[7, column] = value
    with pytest.raises(InputRefused) as refused:
        count_cells(table, weight="jobs", cell=1)
    assert [(one.code, one.field) for one in refused.value.problems] == [(code, column)]
    counts, problems = count_cells(table, weight="jobs", cell=1, skip_bad_rows=True)
    assert [one.code for one in problems] == [code, "rows_left_out"]
    assert counts.establishments.sum().to_pyarrow().as_py() == 49


def test_text_is_read_as_numbers():
    table = register(20).astype({"x": str, "y": str})
    assert len(points_from_cells(count_cells(table, cell=1)[0])) == 20


def test_an_empty_table_is_refused():
    with pytest.raises(InputRefused, match="empty_table"):
        count_cells(register(5).head(0), cell=1)
