"""DBSCAN on a plane by way of a grid: the answer of the definition, at the cost of sorting the points.

Cells have the diagonal of the radius, so that two points of one cell are always within reach of each
other: a cell that holds enough points needs no distance at all, and clusters are unions of cells.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from grappe.agglomeration.compiled import compiled
from grappe.agglomeration.pair_distances import places
from grappe.agglomeration.rings import largest_squares
from grappe.domain.errors import InputRefused

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]
Labels = NDArray[np.int64]

NOISE = -1
"""Label of a point that belongs to no cluster."""

SAFETY = 1 - 1e-9
"""Cells are this much smaller than the radius over the square root of two, for rounding."""

MOST_CELLS = 2.0**31
"""Cells along one axis, so that a cell has a 64-bit number."""

REACH = 2
"""Rows and columns of cells beyond which no point is within reach."""


class Grid(NamedTuple):
    """Points sorted by cell, cells by row and then by column.

    `x`, `y`, shape (points,), in the order of `order`, their positions as given. `start`, shape (cells +
    1,), is the first point of each cell that is not empty. `first` and `last`, shape (cells, 5), are the
    cells near it in each of five rows: from `first` up to, not including, `last`.
    """

    x: Floats
    y: Floats
    order: Indices
    start: Indices
    first: Indices
    last: Indices


def dbscan(x: ArrayLike, y: ArrayLike, radius: float, least: int) -> tuple[Labels, NDArray[np.bool_]]:
    """Clusters of points that are dense together, and which points are dense.

    A point is a core point when at least `least` points, itself included, are at most `radius` away.
    Core points at most `radius` apart are in one cluster; any other point within `radius` of a core
    point is at the border of its cluster; what is left is noise.

    Parameters
    ----------
    x, y : array of shape (points,)
        Coordinates on a plane, in the unit of `radius`.
    radius : float
        Positive.
    least : int
        At least one.

    Returns
    -------
    labels : array of shape (points,)
        Clusters are numbered from 0 by their first core point, in the order given; -1 is noise. A
        border point near several clusters belongs to the one with the lowest number. This is the
        numbering, and the rule, of scikit-learn.
    core : array of shape (points,)

    Raises
    ------
    InputRefused
        ``bad_coordinates`` or ``shapes_differ``; ``bad_radius`` if the radius is not a positive number;
        ``radius_too_small`` if it is below a two-thousand-millionth of the area's width.
    ValueError
        If `least` is below one.

    References
    ----------
    M. Ester, H.-P. Kriegel, J. Sander and X. Xu, "A density-based algorithm for discovering clusters in
    large spatial databases with noise", KDD 1996.
    A. Gunawan, "A faster algorithm for DBSCAN", master's thesis, TU Eindhoven, 2013 (the grid).

    Examples
    --------
    Three points a step apart, two border points, and one far away.

    >>> labels, core = dbscan([0, 1, 2, 3, -1, 9], [0, 0, 0, 0, 0, 0], radius=1.0, least=3)
    >>> labels.tolist(), core.tolist()
    ([0, 0, 0, 0, 0, -1], [True, True, True, False, False, False])
    """
    if least < 1:
        raise ValueError(f"A core point has at least itself within reach; {least} was asked.")
    if not 0 < radius < np.inf:
        raise InputRefused("bad_radius", radius=radius)
    places(x, y)
    across, above = np.asarray(x, np.float64), np.asarray(y, np.float64)
    if not len(across):
        return np.empty(0, np.int64), np.empty(0, bool)
    grid = _grid(across, above, radius)
    limit = float(largest_squares(np.array([radius]))[0])
    core = _core_points(grid, limit, least)
    boxes = _core_boxes(grid, core)
    parent = _joined_cells(grid, core, boxes, limit)
    numbers = _numbers(grid, core, parent)
    labels = _labels(grid, core, boxes, numbers, limit)
    found, dense = np.empty(len(across), np.int64), np.empty(len(across), bool)
    found[grid.order], dense[grid.order] = labels, core
    return found, dense


def _grid(x: Floats, y: Floats, radius: float) -> Grid:
    side = radius / np.sqrt(2) * SAFETY
    if max(np.ptp(x), np.ptp(y)) / side >= MOST_CELLS:
        raise InputRefused("radius_too_small", radius=radius)
    column = np.floor((x - x.min()) / side).astype(np.int64)
    row = np.floor((y - y.min()) / side).astype(np.int64)
    # Room for the columns beside the first and the last: a row never runs into the next.
    width = int(column.max()) + 1 + 2 * REACH
    key = row * width + column + REACH
    order = np.argsort(key, kind="stable")
    key = key[order]
    start = np.flatnonzero(np.concatenate(([True], key[1:] != key[:-1], [True])))
    steps = np.arange(-REACH, REACH + 1) * width
    cells = key[start[:-1]]
    first = np.stack([np.searchsorted(cells, cells + step - REACH) for step in steps], axis=1)
    last = np.stack([np.searchsorted(cells, cells + step + REACH, side="right") for step in steps], axis=1)
    return Grid(x[order], y[order], order, start, first, last)


@compiled()
def _core_points(grid: Grid, limit: float, least: int) -> NDArray[np.bool_]:
    """Which points have enough others within reach, in the order of the grid."""
    x, y, start = grid.x, grid.y, grid.start
    core = np.zeros(len(x), np.bool_)
    for cell in range(len(start) - 1):
        if start[cell + 1] - start[cell] >= least:
            core[start[cell] : start[cell + 1]] = True
            continue
        room = 0
        for row in range(grid.first.shape[1]):
            room += start[grid.last[cell, row]] - start[grid.first[cell, row]]
        if room < least:
            continue
        for a in range(start[cell], start[cell + 1]):
            count = 0
            for row in range(grid.first.shape[1]):
                for b in range(start[grid.first[cell, row]], start[grid.last[cell, row]]):
                    dx, dy = x[b] - x[a], y[b] - y[a]
                    count += dx * dx + dy * dy <= limit
                if count >= least:
                    break
            core[a] = count >= least
    return core


@compiled()
def _root(parent: Indices, cell: int) -> int:
    while parent[cell] != cell:
        parent[cell] = parent[parent[cell]]
        cell = parent[cell]
    return cell


@compiled()
def _joined_cells(grid: Grid, core: NDArray[np.bool_], boxes: Floats, limit: float) -> Indices:
    """Root of the union each cell with a core point belongs to, -1 for the others."""
    start = grid.start
    cells = len(start) - 1
    parent = np.arange(cells)
    for cell in range(cells):
        if boxes[cell, 0] > boxes[cell, 1]:
            continue
        # The half of the neighbours that come before in the order: the others find this cell.
        for row in range(REACH + 1):
            for other in range(grid.first[cell, row], min(grid.last[cell, row], cell)):
                if boxes[other, 0] > boxes[other, 1]:
                    continue
                one, two = _root(parent, cell), _root(parent, other)
                if one != two and _within_reach(grid, core, boxes, cell, other, limit):
                    parent[max(one, two)] = min(one, two)
    for cell in range(cells):
        parent[cell] = _root(parent, cell) if boxes[cell, 0] <= boxes[cell, 1] else NOISE
    return parent


@compiled()
def _core_boxes(grid: Grid, core: NDArray[np.bool_]) -> Floats:
    """Least and largest x, least and largest y of the core points of each cell; turned over where none."""
    x, y = grid.x, grid.y
    boxes = np.empty((len(grid.start) - 1, 4))
    for cell in range(len(boxes)):
        west, east, south, north = np.inf, -np.inf, np.inf, -np.inf
        for a in range(grid.start[cell], grid.start[cell + 1]):
            if core[a]:
                west, east, south, north = (
                    min(west, x[a]),
                    max(east, x[a]),
                    min(south, y[a]),
                    max(north, y[a]),
                )
        boxes[cell, 0], boxes[cell, 1], boxes[cell, 2], boxes[cell, 3] = west, east, south, north
    return boxes


@compiled()
def _beyond(x: float, y: float, box: Floats, limit: float) -> bool:
    """Whether a point is farther from a box than the limit, squared."""
    dx, dy = max(0.0, max(box[0] - x, x - box[1])), max(0.0, max(box[2] - y, y - box[3]))
    return bool(dx * dx + dy * dy > limit)


@compiled()
def _within_reach(
    grid: Grid, core: NDArray[np.bool_], boxes: Floats, cell: int, other: int, limit: float
) -> bool:
    """Whether any core point of one cell is within reach of one of another."""
    x, y, start = grid.x, grid.y, grid.start
    for a in range(start[cell], start[cell + 1]):
        if not core[a] or _beyond(x[a], y[a], boxes[other], limit):
            continue
        for b in range(start[other], start[other + 1]):
            dx, dy = x[b] - x[a], y[b] - y[a]
            if core[b] and dx * dx + dy * dy <= limit:
                return True
    return False


@compiled()
def _numbers(grid: Grid, core: NDArray[np.bool_], parent: Indices) -> Labels:
    """Cluster of the core points of each cell, numbered by the first core point of the cluster as given."""
    cells = len(parent)
    whose = np.full(len(core), NOISE)
    for cell in range(cells):
        for a in range(grid.start[cell], grid.start[cell + 1]):
            if core[a]:
                whose[grid.order[a]] = parent[cell]
    number = np.full(cells, NOISE)
    count = 0
    for root in whose:
        if root != NOISE and number[root] == NOISE:
            number[root] = count
            count += 1
    found = np.full(cells, NOISE)
    for cell in range(cells):
        if parent[cell] != NOISE:
            found[cell] = number[parent[cell]]
    return found


@compiled()
def _labels(grid: Grid, core: NDArray[np.bool_], boxes: Floats, numbers: Labels, limit: float) -> Labels:
    """Cluster of every point in the order of the grid."""
    x, y, start = grid.x, grid.y, grid.start
    found = np.full(len(x), NOISE)
    for cell in range(len(numbers)):
        for a in range(start[cell], start[cell + 1]):
            if core[a]:
                found[a] = numbers[cell]
                continue
            # A core point of its own cell is always within reach.
            best = numbers[cell]
            for row in range(grid.first.shape[1]):
                for other in range(grid.first[cell, row], grid.last[cell, row]):
                    number = numbers[other]
                    if number == NOISE or (best != NOISE and number >= best):
                        continue
                    if _beyond(x[a], y[a], boxes[other], limit):
                        continue
                    for b in range(start[other], start[other + 1]):
                        dx, dy = x[b] - x[a], y[b] - y[a]
                        if core[b] and dx * dx + dy * dy <= limit:
                            best = number
                            break
            found[a] = best
    return found
