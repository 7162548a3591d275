"""Small tables for tests of measures: drawn, printed as intervals, completed at random."""

import math
import random

import pandas as pd
from hypothesis import Phase, settings
from hypothesis import strategies as st

REGIONS, INDUSTRIES = ("n", "s", "w"), ("oil", "tin", "wool")


def few(examples: int) -> settings:
    """Settings for laws that ask an engine: a query takes a tenth of a second, so nothing is shrunk."""
    phases = [Phase.explicit, Phase.reuse, Phase.generate]
    return settings(max_examples=examples, deadline=None, phases=phases)


def table(drawn: str, **options) -> pd.DataFrame:
    """A long table from a drawing: industries above, a region per line; a dot is a pair without a row."""
    head, *lines = [[cell.strip() for cell in line.split("|")] for line in drawn.strip().split("\n")]
    rows = [
        (line[0], industry, cell)
        for line in lines
        for industry, cell in zip(head[1:], line[1:], strict=True)
        if cell != "."
    ]
    frame = pd.DataFrame(rows, columns=["region", "industry", "value"])
    exact = all(cell.replace(".", "", 1).isdigit() for cell in frame["value"])
    return frame.assign(value=pd.to_numeric(frame["value"])) if exact else frame


def rows(found, *columns: str, by=("region", "industry")) -> dict:
    """A result as a dictionary from its keys to one column, or to several."""
    plain = found.to_pyarrow().to_pylist()
    by = [one for one in by if one in found.columns]
    return {
        tuple(row[one] for one in by) if len(by) > 1 else row[by[0]]: row[columns[0]]
        if len(columns) == 1
        else tuple(row[one] for one in columns)
        for row in plain
    }


def counts(largest: int = 40) -> st.SearchStrategy:
    """Tables of exact counts, some pairs without a row, at least one count above zero."""
    pairs = st.sampled_from([(r, i) for r in REGIONS for i in INDUSTRIES])
    return (
        st.dictionaries(pairs, st.integers(0, largest), min_size=1)
        .filter(lambda cells: any(cells.values()))
        .map(lambda cells: {pair: cells[pair] for pair in sorted(cells)})
    )


def intervals() -> st.SearchStrategy:
    """Tables of cells known by their bounds; some exact, some open above."""
    exact = st.integers(0, 30).map(lambda one: (one, one))
    between = st.tuples(st.integers(0, 20), st.integers(0, 20)).map(lambda two: (two[0], two[0] + two[1]))
    above = st.integers(0, 20).map(lambda one: (one, math.inf))
    pairs = st.sampled_from([(r, i) for r in REGIONS for i in INDUSTRIES])
    cell = st.one_of(exact, exact, between, between, above)
    return st.dictionaries(pairs, cell, min_size=2).filter(
        lambda cells: any(low for low, _ in cells.values())
    )


def bounded(cells: dict) -> pd.DataFrame:
    """A table with a column for each bound."""
    listed = [
        (region, industry, float(low), float(high)) for (region, industry), (low, high) in cells.items()
    ]
    return pd.DataFrame(listed, columns=["region", "industry", "low", "high"])


def exact(cells: dict) -> pd.DataFrame:
    """A table of exact counts."""
    listed = [(region, industry, float(value)) for (region, industry), value in cells.items()]
    return pd.DataFrame(listed, columns=["region", "industry", "value"])


def completion(cells: dict, chance: random.Random) -> dict:
    """One table that the bounds allow: each cell at an end or anywhere between."""
    return {pair: _within(*bounds, chance) for pair, bounds in cells.items()}


def _within(low: float, high: float, chance: random.Random) -> float:
    top = high if math.isfinite(high) else low + chance.choice([0, 5, 50, 10_000])
    return chance.choice([low, top, chance.uniform(low, top)])


def between(low: float, value: float, high: float) -> bool:
    """Tell whether a value lies within bounds, rounding aside."""
    slack = 1e-9 * max(1.0, abs(value))
    return low - slack <= value <= high + slack
