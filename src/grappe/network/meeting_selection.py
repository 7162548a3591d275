"""Which pairs are to meet, before it is asked when: the best set that degrees and tables allow."""

import numpy as np
import scipy.optimize
import scipy.sparse
from numpy.typing import NDArray

from grappe.network.meeting_bound import Rows
from grappe.network.meeting_grid import Grid


_DECIDED = (0, 2)
"""What SciPy answers when a set is the best, and when there is none."""


def best_selection(grid: Grid, rows: Rows, seconds: float) -> tuple[list[int], bool] | None:
    """The best set of pairs within limits: mutual wishes, then one-sided ones, then fairness, then ranks.

    Solved in stages; each keeps what the stages before have reached. In a bipartite event the linear
    relaxation of each stage has whole solutions.

    Parameters
    ----------
    grid : Grid
    rows : (sparse matrix of shape (limits, pairs), array of shape (limits,))
        Of `degree_rows`.
    seconds : float
        Time for all stages.

    Returns
    -------
    (list of int, bool) or None
        Numbers of the pairs, and whether the smallest number of meetings is proven to be the largest
        possible; nothing if there was no time for the first two stages.

    References
    ----------
    A. Schrijver, Combinatorial Optimization, Springer 2003, ch. 21 and 31, on b-matchings.
    """
    matrix, limits = rows
    pairs = len(grid.pairs)
    if not pairs:
        return [], True
    stages = [
        np.array([pair.mutual for pair in grid.pairs], dtype=np.float64),
        np.array([pair.one_sided for pair in grid.pairs], dtype=np.float64),
    ]
    kept, floors = [], []
    chosen: NDArray[np.float64] | None = None
    for stage in stages:
        if chosen is not None and not stage.any():
            continue
        chosen, _ = _solved(stage, matrix, limits, kept, floors, seconds / 4)
        if chosen is None:
            return None
        kept.append(stage)
        floors.append(float(np.round(stage @ chosen)))
    assert chosen is not None
    fairer, least, proven = _fairest(grid, matrix, limits, kept, floors, seconds / 4)
    chosen = chosen if fairer is None else fairer
    ranks = np.array([pair.ranks for pair in grid.pairs], dtype=np.float64)
    if ranks.any():
        last, _ = _solved(ranks, *_with_least(grid, matrix, limits, least), kept, floors, seconds / 4)
        chosen = chosen if last is None else last
    return np.flatnonzero(chosen > 0.5).tolist(), proven


def _solved(
    values: NDArray[np.float64],
    matrix: "scipy.sparse.csr_matrix",
    limits: NDArray[np.float64],
    kept: list[NDArray[np.float64]],
    floors: list[float],
    seconds: float,
) -> tuple[NDArray[np.float64] | None, bool]:
    """The best set, if one was found, and whether there was time to decide."""
    constraints = [scipy.optimize.LinearConstraint(matrix, -np.inf, limits)] if matrix.shape[0] else []
    constraints += [
        scipy.optimize.LinearConstraint(scipy.sparse.csr_matrix(one), floor, np.inf)
        for one, floor in zip(kept, floors, strict=True)
    ]
    if seconds <= 0:
        return None, False
    solved = scipy.optimize.milp(
        -values,
        integrality=np.ones(len(values)),
        bounds=scipy.optimize.Bounds(0, 1),
        constraints=constraints,
        options={"time_limit": seconds, "mip_rel_gap": 0.0},
    )
    return (solved.x if solved.status == 0 else None), solved.status in _DECIDED


def _with_least(
    grid: Grid, matrix: "scipy.sparse.csr_matrix", limits: NDArray[np.float64], least: int
) -> Rows:
    """Limits by which everybody who can be met has at least so many meetings."""
    people = [one for one in range(len(grid.event.participants)) if grid.around[one]]
    rows = np.repeat(np.arange(len(people)), [len(grid.around[one]) for one in people])
    columns = np.concatenate([np.array(grid.around[one]) for one in people])
    at_least = scipy.sparse.csr_matrix(
        (-np.ones(len(rows)), (rows, columns)), shape=(len(people), matrix.shape[1])
    )
    return scipy.sparse.vstack([matrix, at_least]).tocsr(), np.append(limits, np.full(len(people), -least))


def _fairest(
    grid: Grid,
    matrix: "scipy.sparse.csr_matrix",
    limits: NDArray[np.float64],
    kept: list[NDArray[np.float64]],
    floors: list[float],
    seconds: float,
) -> tuple[NDArray[np.float64] | None, int, bool]:
    """A set whose smallest number of meetings is as large as earlier stages allow; it; whether proven."""
    low, high = 0, min(len(numbers) for numbers in grid.around[: len(grid.event.participants)] if numbers)
    best: NDArray[np.float64] | None = None
    proven, steps, zeros = True, high.bit_length() + 1, np.zeros(matrix.shape[1])
    while low < high:
        least = (low + high + 1) // 2
        found, decided = _solved(
            zeros, *_with_least(grid, matrix, limits, least), kept, floors, seconds / steps
        )
        proven &= decided
        if found is None:
            high = least - 1
        else:
            best, low = found, least
    return best, low, proven
