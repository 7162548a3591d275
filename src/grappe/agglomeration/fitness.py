"""Fitness of regions and complexity of industries, as A. Tacchella and co-authors define them."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from grappe.agglomeration.panel import Panel, Presences, location_quotients, presences, read_panel

Vector = NDArray[np.float64]

UPDATES = 19
"""Updates by default: with the starting values, the 20 steps of the R package economiccomplexity."""


@dataclass(frozen=True, eq=False)
class Fitness:
    """Fitness of a region × industry table: `regions` and `industries` are lazy Ibis tables.

    `last_change` is the largest change of a fitness in the last update.
    """

    panel: Panel
    present: Presences
    fitness: Vector
    complexity: Vector
    last_change: float

    @cached_property
    def regions(self) -> ir.Table:
        """Per region: ``fitness``, ``diversity``; a region without presence has NULL fitness."""
        diversity = self.present.sum(axis=1, dtype=np.int64)
        return self.panel.of_regions(
            {"fitness": pa.array(self.fitness, mask=np.isnan(self.fitness)), "diversity": diversity}
        )

    @cached_property
    def industries(self) -> ir.Table:
        """Per industry: ``complexity``, ``ubiquity``; one without presence has NULL complexity."""
        ubiquity = self.present.sum(axis=0, dtype=np.int64)
        return self.panel.of_industries(
            {"complexity": pa.array(self.complexity, mask=np.isnan(self.complexity)), "ubiquity": ubiquity}
        )


def fitness(
    table: Any,
    *,
    region: str = "region",
    industry: str = "industry",
    value: str | tuple[str, str] = "value",
    presence: float = 1.0,
    updates: int = UPDATES,
) -> Fitness:
    """Fitness of regions: the sum of the complexities of their industries, each set by its least fit region.

    From ones, at each update ``F_r = sum_i M[r, i] Q_i`` and ``Q_i = 1 / sum_r (M[r, i] / F_r)``, both
    from the values of the update before, then divided by their means.

    Parameters
    ----------
    table : Ibis table, or pandas, polars, Arrow
        One row per region and industry, or several, which are added up. A withheld cell counts with the
        middle of its interval.
    region, industry : str
        Names of the columns that hold the region and the industry.
    value : str, or pair of str
        Column of the count, or columns of its lower and upper bound.
    presence : float
        Location quotient from which an industry is present.
    updates : int
        Number of updates. Values of little fit regions may go on falling towards zero for very long.

    Returns
    -------
    Fitness

    Raises
    ------
    InputRefused
        As `read_cells` does.
    ValueError
        If `presence` is not positive, or `updates` is negative.

    References
    ----------
    A. Tacchella, M. Cristelli, G. Caldarelli, A. Gabrielli and L. Pietronero, "A new metrics for
    countries' fitness and products' complexity", Scientific Reports 2, 2012.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame([("city", "films", 4), ("city", "chips", 4), ("city", "oil", 2),
    ...     ("port", "chips", 2), ("port", "oil", 4), ("hills", "oil", 5)],
    ...     columns=["region", "industry", "value"])
    >>> rows = fitness(table, updates=1).regions.order_by("region").to_pyarrow().to_pylist()
    >>> [(row["region"], round(row["fitness"], 3)) for row in rows]
    [('city', 1.2), ('hills', 0.6), ('port', 1.2)]
    """
    if updates < 0:
        raise ValueError(f"Updates are zero or more, not {updates}.")
    panel = read_panel(table, region=region, industry=industry, value=value)
    present = presences(location_quotients(panel.values), presence)
    rows, columns = np.asarray(present.any(axis=1)), np.asarray(present.any(axis=0))
    held = present[np.ix_(rows, columns)].astype(np.float64)
    fit, complexity = np.ones(held.shape[0]), np.ones(held.shape[1])
    change = 0.0
    for _ in range(updates):
        before = fit
        # Both sides from the values before: the complexity must not see the new fitness.
        fit, complexity = held @ complexity, 1.0 / (held.T @ (1.0 / fit))
        fit, complexity = fit / fit.mean(), complexity / complexity.mean()
        change = float(np.abs(fit - before).max())
    of_regions, of_industries = np.full(len(rows), np.nan), np.full(len(columns), np.nan)
    of_regions[rows], of_industries[columns] = fit, complexity
    return Fitness(panel, present, of_regions, of_industries, change)
