"""What no schedule can exceed: relaxations whose multipliers are rounded, so that the bound stays proven."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.optimize
import scipy.sparse
from numpy.typing import NDArray

from grappe.network.meeting_grid import MUTUAL, Grid

Rows = tuple["scipy.sparse.csr_matrix", NDArray[np.float64]]
_GRAIN = 2.0**-20
"""Multipliers are rounded to this grain: sums of products are then exact in double precision."""


@dataclass(frozen=True, slots=True)
class Bound:
    """Upper bounds, fixed meetings included.

    Attributes
    ----------
    mutual : int
        No schedule meets more mutual wishes.
    one_sided : int
        No schedule that meets as many mutual wishes as the one bounded has a larger weight of
        one-sided wishes.
    """

    mutual: int
    one_sided: int

    @property
    def weighted(self) -> int:
        """Bound on the weighted sum of met wishes."""
        return MUTUAL * self.mutual + self.one_sided


def degree_rows(grid: Grid) -> Rows:
    """Limits on the pairs that meet, whatever their slots: per participant, per table, in all.

    A participant has no more meetings than slots in which somebody could be met; a slot no more than
    tables, nor than half of those who could meet in it, nor than either side if pairs join two sides;
    a connected part with an odd number of people no more than half of one person less, in each slot.

    Parameters
    ----------
    grid : Grid

    Returns
    -------
    (sparse matrix of shape (limits, pairs), array of shape (limits,))
        The product with the vector of pairs that meet is at most the second.
    """
    slots = len(grid.room)
    columns: list[NDArray[np.int64]] = []
    limits: list[int] = []
    for numbers in grid.around:
        if len(numbers) > 1:
            mask = 0
            for number in numbers:
                mask |= grid.pairs[number].allowed
            if mask.bit_count() < len(numbers):
                columns.append(np.array(numbers))
                limits.append(mask.bit_count())
    parts = _parts(grid)
    for numbers in [*parts, list(range(len(grid.pairs)))] if len(parts) > 1 else parts:
        limit = sum(_most_in(grid, numbers, slot) for slot in range(slots))
        if limit < len(numbers):
            columns.append(np.array(numbers))
            limits.append(limit)
    lengths = np.array([len(one) for one in columns], dtype=np.int64)
    indices = np.concatenate(columns) if columns else np.empty(0, dtype=np.int64)
    starts = np.concatenate([[0], np.cumsum(lengths)])
    matrix = scipy.sparse.csr_matrix(
        (np.ones(len(indices)), indices, starts), shape=(len(columns), len(grid.pairs))
    )
    return matrix, np.array(limits, dtype=np.float64)


def _parts(grid: Grid) -> list[list[int]]:
    """Numbers of pairs, by connected part."""
    root = list(range(len(grid.event.participants)))

    def find(one: int) -> int:
        while root[one] != one:
            root[one] = root[root[one]]
            one = root[one]
        return one

    for pair in grid.pairs:
        root[find(pair.a)] = find(pair.b)
    parts: dict[int, list[int]] = defaultdict(list)
    for number, pair in enumerate(grid.pairs):
        parts[find(pair.a)].append(number)
    return list(parts.values())


def _most_in(grid: Grid, numbers: Sequence[int], slot: int) -> int:
    """Most meetings of some pairs in a slot, by counting heads."""
    here = [grid.pairs[n] for n in numbers if grid.pairs[n].allowed >> slot & 1]
    people = {one for pair in here for one in (pair.a, pair.b)}
    most = len(people) // 2
    if grid.sides is not None:
        first = sum(grid.sides[one] == 0 for one in people)
        most = min(first, len(people) - first)
    return min(most, grid.room[slot])


def slot_rows(grid: Grid) -> tuple[Rows, NDArray[np.int64]]:
    """Limits on pairs in slots: one meeting per participant, table of a host and slot, tables per slot.

    Parameters
    ----------
    grid : Grid

    Returns
    -------
    ((sparse matrix of shape (limits, pairs x allowed slots), array of shape (limits,)), array of int)
        The second is the pair of each column.
    """
    slots = len(grid.room)
    rows: list[int] = []
    columns: list[int] = []
    owner: list[int] = []
    first = grid.resources * slots
    for number, pair in enumerate(grid.pairs):
        for slot in range(slots):
            if pair.allowed >> slot & 1:
                column = len(owner)
                owner.append(number)
                for one in pair.takes:
                    rows.append(one * slots + slot)
                    columns.append(column)
                rows.append(first + slot)
                columns.append(column)
    for column, number in enumerate(owner):
        rows.append(first + slots + number)
        columns.append(column)
    limits = np.ones(first + slots + len(grid.pairs))
    limits[first : first + slots] = grid.room
    matrix = scipy.sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(limits), len(owner)))
    return (matrix, limits), np.array(owner, dtype=np.int64)


def proven_maximum(
    values: NDArray[np.float64], rows: Rows, seconds: float, tie: tuple[NDArray[np.float64], float] | None = None
) -> int | None:
    """A number that the sum of whole `values` of what is chosen cannot exceed, within limits.

    The linear relaxation is solved for its multipliers *u*; by weak duality
    ``u·limits + Σ max(0, value - u·column)`` bounds the sum whatever *u >= 0*, so *u* is rounded to a
    grain that makes the arithmetic exact: errors of the solver cannot make the bound too low.

    Parameters
    ----------
    values : array of shape (n,), whole numbers
    rows : (sparse matrix of shape (limits, n), array of shape (limits,))
    seconds : float
        Time that the relaxation may take.
    tie : (array of shape (n,), float), optional
        A further limit: the sum of these values is to be at least the number.

    Returns
    -------
    int or None
        Nothing if the relaxation was not solved in time.

    Examples
    --------
    Two of three who each want to meet both others, in one slot: the sum of three halves, rounded down.

    >>> triangle = scipy.sparse.csr_matrix(np.array([[1.0, 1, 0], [1, 0, 1], [0, 1, 1]]))
    >>> proven_maximum(np.ones(3), (triangle, np.ones(3)), seconds=1.0)
    1
    """
    matrix, limits = rows
    if tie is not None:
        matrix = scipy.sparse.vstack([matrix, scipy.sparse.csr_matrix(-tie[0])]).tocsr()
        limits = np.append(limits, -tie[1])
    if not values.any():
        return 0
    if matrix.shape[0] == 0:
        return int(values.sum())
    if seconds <= 0:
        return None
    solved = scipy.optimize.linprog(
        -values, A_ub=matrix, b_ub=limits, bounds=(0, 1), method="highs", options={"time_limit": seconds}
    )
    if solved.status != 0:
        return None
    multipliers = np.round(np.maximum(0.0, -solved.ineqlin.marginals) / _GRAIN) * _GRAIN
    rest = np.maximum(0.0, values - matrix.T @ multipliers)
    return int(np.floor(multipliers @ limits + rest.sum()))


def counted_bound(grid: Grid) -> Bound:
    """Bounds by counting alone, at no cost: all that is wished for, and half of all free slots.

    Parameters
    ----------
    grid : Grid

    Returns
    -------
    Bound

    Examples
    --------
    >>> from grappe.network.meeting_event import Event, Participant, Wish
    >>> from grappe.network.meeting_grid import grid_of
    >>> people = tuple(map(Participant, "abc"))
    >>> wishes = (Wish("a", "b"), Wish("a", "c", 2))
    >>> counted_bound(grid_of(Event(("s1",), 1, people, wishes)))
    Bound(mutual=0, one_sided=10)
    """
    places = sum(grid.room)
    people = len(grid.event.participants)
    limit = [0] * people
    for one in range(people):
        mask = 0
        for number in grid.around[one]:
            mask |= grid.pairs[number].allowed
        limit[one] = mask.bit_count()
    mutual = [sum(grid.pairs[n].mutual for n in grid.around[one]) for one in range(people)]
    most = sum(min(have, limit[one]) for one, have in enumerate(mutual)) // 2
    weights = sorted((pair.one_sided for pair in grid.pairs), reverse=True)
    halves = 0
    for one in range(people):
        halves += sum(sorted((grid.pairs[n].one_sided for n in grid.around[one]), reverse=True)[: limit[one]])
    return Bound(
        grid.fixed_mutual + min(most, places),
        grid.fixed_one_sided + min(sum(weights[:places]), halves // 2),
    )


def relaxed_bound(grid: Grid, rows: Rows, owner: NDArray[np.int64] | None, mutual: int, seconds: float) -> Bound:
    """Bounds by a linear relaxation, never worse than by counting.

    Parameters
    ----------
    grid : Grid
    rows : (sparse matrix, array)
        Of `degree_rows` or `slot_rows`.
    owner : array of int, or None
        Pair of each column; nothing if columns are pairs.
    mutual : int
        Mutual wishes that the schedule to be bounded meets, fixed meetings included.
    seconds : float

    Returns
    -------
    Bound
    """
    base = counted_bound(grid)
    many = np.array([pair.mutual for pair in grid.pairs], dtype=np.float64)
    weights = np.array([pair.one_sided for pair in grid.pairs], dtype=np.float64)
    if owner is not None:
        many, weights = many[owner], weights[owner]
    first = proven_maximum(many, rows, seconds / 2)
    tie = (many, float(mutual - grid.fixed_mutual)) if mutual > grid.fixed_mutual else None
    second = proven_maximum(weights, rows, seconds / 2, tie)
    return Bound(
        base.mutual if first is None else min(base.mutual, grid.fixed_mutual + first),
        base.one_sided if second is None else min(base.one_sided, grid.fixed_one_sided + second),
    )
