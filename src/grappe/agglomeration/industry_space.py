"""The space of industries: those that are found together drawn close together."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import minimum_spanning_tree

from grappe.agglomeration.cells import as_table, check_columns
from grappe.domain.errors import InputRefused

LINKS_PER_INDUSTRY = 2.0
"""Links drawn beyond the tree, by industry: more hide the shape, fewer leave a tree."""
GRAVITY = 0.05
"""Pull to the middle, beside a push of one between two industries with a single link each."""
STEPS = 300
"""Steps of the layout; positions move by less than a hundredth of the picture after some 200."""


@dataclass(frozen=True, slots=True)
class IndustrySpace:
    """Industries as points, and the links drawn between them.

    `x` and `y`, shape (industries,), lie in -1 to 1 and have no unit. `links`, shape (links, 2), are
    positions in `industries`; `strength`, shape (links,), is the relatedness of each.
    """

    industries: tuple[str, ...]
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    links: NDArray[np.int64]
    strength: NDArray[np.float64]


def industry_space(
    pairs: Any, *, relatedness: str = "relatedness", links: float = LINKS_PER_INDUSTRY, seed: int = 0
) -> IndustrySpace:
    """Lay out industries by their relatedness: the strongest tree that joins all, and the strongest links.

    Parameters
    ----------
    pairs : Ibis table, pandas, polars or Arrow
        With the columns ``industry_i``, ``industry_j`` and a relatedness, once or in both orders.
    relatedness : str
        Column of the relatedness; pairs at or below zero are not linked.
    links : float
        Links drawn beyond the tree, for each industry.
    seed : int
        Seed of the first positions; the layout is the same for the same seed.

    Returns
    -------
    IndustrySpace

    Raises
    ------
    InputRefused
        If a column is missing, or no pair is related.

    References
    ----------
    Hidalgo, Klinger, Barabási and Hausmann, "The product space conditions the development of nations",
    Science 317, 2007. Jacomy, Venturini, Heymann and Bastian, "ForceAtlas2, a continuous graph layout
    algorithm", PLoS ONE 9(6), 2014.

    Examples
    --------
    >>> import pandas as pd
    >>> pairs = pd.DataFrame({"industry_i": ["oil", "oil", "wool"], "industry_j": ["gas", "wool", "gas"],
    ...                       "relatedness": [0.9, 0.2, 0.1]})
    >>> space = industry_space(pairs, links=0)
    >>> [(space.industries[i], space.industries[j]) for i, j in space.links.tolist()]
    [('gas', 'oil'), ('oil', 'wool')]
    """
    table = as_table(pairs)
    check_columns(table, {"industry_i": "industry_i", "industry_j": "industry_j", "relatedness": relatedness})
    rows = table.select(i="industry_i", j="industry_j", related=relatedness).to_pyarrow()
    related, names = _matrix(rows)
    if not (related > 0).any():
        raise InputRefused("unrelated")
    chosen = _chosen(related, links)
    x, y = _layout(related, chosen, np.random.default_rng(seed))
    strength = np.asarray(related[chosen[:, 0], chosen[:, 1]], np.float64)
    return IndustrySpace(names, x, y, chosen, strength)


def _matrix(rows: pa.Table) -> tuple[NDArray[np.float64], tuple[str, ...]]:
    first, second = (np.asarray(rows[name].cast(pa.string()).to_pylist(), object) for name in ("i", "j"))
    names, codes = np.unique(np.concatenate([first, second]), return_inverse=True)
    values = np.nan_to_num(rows["related"].to_numpy(zero_copy_only=False).astype(np.float64))
    matrix = np.zeros((len(names), len(names)))
    i, j = codes[: len(first)], codes[len(first) :]
    matrix[i, j] = values
    np.maximum(matrix, matrix.T, out=matrix)
    np.fill_diagonal(matrix, 0.0)
    return matrix, tuple(map(str, names))


def _chosen(related: NDArray[np.float64], links: float) -> NDArray[np.int64]:
    """Links to draw: those of the maximum spanning tree, then the strongest others."""
    count = len(related)
    # A minimum tree of lengths that fall as relatedness rises; zero would mean no link at all.
    length = np.where(related > 0, 1 + related.max() - related, 0.0)
    tree = minimum_spanning_tree(csr_array(length)).tocoo()
    kept = {(min(i, j), max(i, j)) for i, j in zip(tree.row.tolist(), tree.col.tolist(), strict=True)}
    above = np.triu_indices(count, 1)
    strongest = np.argsort(-related[above], kind="stable")
    wanted = len(kept) + round(links * count)
    for position in strongest.tolist():
        if len(kept) >= wanted or related[above[0][position], above[1][position]] <= 0:
            break
        kept.add((int(above[0][position]), int(above[1][position])))
    return np.asarray(sorted(kept), np.int64).reshape(-1, 2)


def _layout(
    related: NDArray[np.float64], links: NDArray[np.int64], rng: np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Positions at which linked industries pull and all push each other away, cooled step by step.

    The push of an industry grows with its links, so that those with many do not fall into one heap, and
    a weak pull to the middle keeps the branches of the tree from flying off (ForceAtlas2).
    """
    count = len(related)
    mass = 1.0 + np.bincount(links.ravel(), minlength=count)
    pull = np.zeros((count, count))
    strength = related[links[:, 0], links[:, 1]] / related.max()
    pull[links[:, 0], links[:, 1]] = pull[links[:, 1], links[:, 0]] = strength
    # A pull is shared among the links of an industry: its many neighbours spread round it.
    pull /= np.sqrt(mass[:, None] * mass[None, :])
    push = mass[:, None] * mass[None, :]
    place = rng.normal(size=(count, 2)) * np.sqrt(count)
    for step in range(STEPS):
        norms = (place**2).sum(axis=1)
        square = np.maximum(norms[:, None] + norms[None, :] - 2 * place @ place.T, 1e-3)
        weight = push / square - pull
        move = place * weight.sum(axis=1)[:, None] - weight @ place
        radius = np.maximum(np.hypot(place[:, 0], place[:, 1]), 1e-6)
        move -= GRAVITY * mass[:, None] * place / np.sqrt(radius)[:, None]
        length = np.maximum(np.hypot(move[:, 0], move[:, 1]), 1e-12)
        heat = np.sqrt(count) * (1 - step / STEPS) ** 2
        place += move / length[:, None] * np.minimum(length, heat)[:, None]
    place -= (place.max(axis=0) + place.min(axis=0)) / 2
    place /= max(float(np.abs(place).max()), 1e-12)
    return place[:, 0].copy(), place[:, 1].copy()
