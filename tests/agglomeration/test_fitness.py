"""Fitness and complexity by repeated updates, and the published indices of world trade."""

import numpy as np
import pandas as pd
import pytest

from grappe.agglomeration.fitness import fitness

# Films and chips in the city, chips and oil in the port, oil in the hills.
ROWS = pd.DataFrame(
    [
        ("city", "films", 4), ("city", "chips", 4), ("city", "oil", 2),
        ("port", "chips", 2), ("port", "oil", 4), ("hills", "oil", 5),
    ],
    columns=["region", "industry", "value"],
)  # fmt: skip


def column(table, name: str, key: str) -> dict:
    return {row[key]: row[name] for row in table.to_pyarrow().to_pylist()}


def test_two_updates_by_hand():
    found = fitness(ROWS, updates=2)
    # First: F = (2, 2, 1) over their mean 5/3, Q = (films 1, chips 1/2, oil 1/2) over their mean 2/3.
    city, port, hills = 2 / (5 / 3), 2 / (5 / 3), 1 / (5 / 3)
    films, chips, oil = 1 / (2 / 3), 0.5 / (2 / 3), 0.5 / (2 / 3)
    second = {"city": films + chips, "port": chips + oil, "hills": oil}
    mean = sum(second.values()) / 3
    assert column(found.regions, "fitness", "region") == pytest.approx(
        {k: x / mean for k, x in second.items()}
    )
    second = {"films": city, "chips": 1 / (1 / city + 1 / port), "oil": 1 / (1 / port + 1 / hills)}
    mean = sum(second.values()) / 3
    assert column(found.industries, "complexity", "industry") == pytest.approx(
        {k: x / mean for k, x in second.items()}
    )


def test_what_has_no_presence_has_no_fitness():
    extra = pd.DataFrame({"region": ["desert"], "industry": ["silk"], "value": [0]})
    found = fitness(pd.concat([ROWS, extra]))
    regions = column(found.regions, "fitness", "region")
    assert regions.pop("desert") is None
    assert regions == pytest.approx(column(fitness(ROWS).regions, "fitness", "region"))
    assert column(found.industries, "complexity", "industry")["silk"] is None


def test_without_update_everything_is_one():
    assert set(column(fitness(ROWS, updates=0).regions, "fitness", "region").values()) == {1.0}
    with pytest.raises(ValueError, match="Updates"):
        fitness(ROWS, updates=-1)


def test_world_trade_gives_the_published_indices(shared_data):
    table = pd.read_csv(
        shared_data("trade_complexity/world_trade_sitc_avg_1998_2000.csv.gz"), dtype={"product": str}
    )
    found = fitness(table, region="country", industry="product")
    for name, column_name, key, table_found in (
        ("country", "fitness", "country", found.regions),
        ("product", "complexity", "product", found.industries),
    ):
        path = shared_data(f"trade_complexity/expected_{name}_complexity.csv")
        expected = pd.read_csv(path, dtype={key: str}).set_index(key).complexity_index
        seen = table_found.to_pandas().set_index(key)[column_name]
        assert len(expected) == len(seen)
        assert np.allclose(seen.loc[expected.index], expected, rtol=1e-12, atol=1e-14)
