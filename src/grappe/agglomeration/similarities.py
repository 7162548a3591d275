"""Similarity matrices of industries, read from whatever holds them and brought to one scale."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray
from scipy.stats import rankdata

from grappe.agglomeration.cells import as_table, check_columns
from grappe.agglomeration.region_values import positions
from grappe.domain.errors import InputRefused, Problem

Matrix = NDArray[np.float64]


def read_similarities(similarities: Mapping[str, Any]) -> tuple[dict[str, Matrix], tuple[Any, ...]]:
    """Symmetric matrices with a zero diagonal, all in the order of the first one's industries.

    Raises
    ------
    InputRefused
        As `define_clusters` says.
    ValueError
        If there is no matrix, or one does not fit its labels.
    """
    if not similarities:
        raise ValueError("Give at least one similarity.")
    read = {name: _read_similarity(name, one) for name, one in similarities.items()}
    first = next(iter(read.values()))[1]
    matrices, problems = {}, []
    for name, (matrix, labels) in read.items():
        place = positions(first, labels)
        missing = [str(label) for label in first.filter(pa.array(place < 0)).to_pylist()]
        missing += [str(label) for label in labels.filter(pa.array(positions(labels, first) < 0)).to_pylist()]
        problems += [Problem("industry_not_everywhere", name, value=label) for label in missing]
        if not np.isfinite(matrix).all():
            problems.append(Problem("bad_similarity", name))
        if not missing:
            ordered = matrix[np.ix_(place, place)]
            matrices[name] = (ordered + ordered.T) / 2
            np.fill_diagonal(matrices[name], 0.0)
    if problems:
        raise InputRefused("table_refused", count=len(problems), problems=problems[:20])
    return matrices, tuple(first.to_pylist())


def _read_similarity(name: str, given: Any) -> tuple[Matrix, pa.Array]:
    if isinstance(given, tuple):
        matrix, labels = np.asarray(given[0], np.float64), pa.array(given[1])
        if matrix.shape != (len(labels), len(labels)):
            raise ValueError(f"{name}: a matrix of shape {matrix.shape} does not fit {len(labels)} labels.")
    else:
        matrix, labels = _matrix_of_pairs(given)
    twice = [str(one["values"]) for one in labels.value_counts().to_pylist() if one["counts"] > 1]
    if twice:
        problems = [Problem("repeated_industry", name, value=one) for one in twice[:20]]
        raise InputRefused("table_refused", count=len(twice), problems=problems)
    # The diagonal is not used: whatever it holds is no mistake.
    matrix = matrix.copy()
    np.fill_diagonal(matrix, 0.0)
    return matrix, labels


def _matrix_of_pairs(given: Any) -> tuple[Matrix, pa.Array]:
    """A matrix of pairs in long form; one order stands for both."""
    table = as_table(given)
    check_columns(table, {"industry_i": "industry_i", "industry_j": "industry_j"})
    others = [name for name in table.columns if name not in ("industry_i", "industry_j")]
    if len(others) != 1:
        raise InputRefused("one_similarity", found=", ".join(others))
    value = table[others[0]].cast("float64").fill_null(0.0).name("value")
    rows: pd.DataFrame = table.select("industry_i", "industry_j", value).to_pandas()
    labels = sorted(set(rows.industry_i) | set(rows.industry_j))
    number = pd.Series(range(len(labels)), index=labels)
    one, other = number[rows.industry_i].to_numpy(), number[rows.industry_j].to_numpy()
    matrix = np.full((len(labels), len(labels)), np.nan)
    matrix[one, other] = rows.value
    matrix = np.where(np.isnan(matrix), matrix.T, matrix)
    return np.nan_to_num(matrix), pa.array(labels)


def standardised(matrix: Matrix) -> Matrix:
    """Off-diagonal entries less their mean, over their standard deviation; zero on the diagonal."""
    apart = ~np.eye(len(matrix), dtype=bool)
    spread = float(matrix[apart].std())
    if not spread > 0:
        return np.zeros_like(matrix)
    made: Matrix = (matrix - matrix[apart].mean()) / spread
    np.fill_diagonal(made, 0.0)
    return made


def ranks(matrix: Matrix) -> Matrix:
    """Off-diagonal entries as ranks from 0 to 1, ties sharing their mean."""
    apart = ~np.eye(len(matrix), dtype=bool)
    made = np.zeros_like(matrix)
    made[apart] = (rankdata(matrix[apart]) - 1) / max(apart.sum() - 1, 1)
    return made
