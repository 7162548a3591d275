"""Establishments counted in square cells, and the discs of cells in which concentrations are sought."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from grappe.agglomeration.compiled import compiled
from grappe.domain.errors import InputRefused

Integers = NDArray[np.int32]
Numbers = NDArray[np.float64]

CELLS_PER_RADIUS = 4
"""Cells across the smallest radius: the area of its disc of cells is then within 3 % of the circle's."""

MOST_CELLS = 60_000_000
"""Cells of a lattice, at most: 240 MB for one count of each."""

_WHOLE = 1 + 1e-12
"""A radius that is a whole number of cells reaches that cell, whatever the rounding of their ratio."""


@dataclass(frozen=True, slots=True)
class Lattice:
    """Occupied cells of the plane, and discs of cells around them.

    Cells are `cell` km wide and numbered in order of `row`, then `column`, both int32 of shape (cells,).
    Long empty stretches of rows and columns are cut to twice the largest radius, so that far islands
    cost little and no disc changes; there is a margin all round, so that no disc leaves the
    grid of `shape`. `x`, `y` are the true middles of the cells in km. `of_site`, shape (establishments,),
    is the cell of each establishment and `count` the establishments of each cell.

    `radii`, in km, are increasing. `half_width[k, reach + dy]` is how many columns the disc of
    radius k spans on either side at `dy` rows from its middle, -1 outside; a disc holds the cells whose
    middle lies at most its radius away. `disc_cells[k]` is their number.
    """

    cell: float
    shape: tuple[int, int]
    row: Integers
    column: Integers
    x: Numbers
    y: Numbers
    of_site: Integers
    count: Integers
    radii: Numbers
    half_width: Integers
    disc_cells: NDArray[np.int64]

    def __len__(self) -> int:
        return int(self.row.size)

    @property
    def reach(self) -> int:
        """Rows of the largest disc on either side of its middle."""
        return int(self.half_width.shape[1]) // 2

    def population(self) -> Integers:
        """Establishments in the disc of each radius around each cell, shape (cells, radii)."""
        grid = running_totals(self.shape, self.row, self.column, self.count)
        return disc_sums(grid, self.row, self.column, self.half_width)

    def nearest_radius(self) -> Integers:
        """Position of the smallest radius that reaches each squared distance, counted in cells."""
        squares = np.square(self.radii / self.cell * _WHOLE)
        return np.searchsorted(squares, np.arange(int(squares[-1]) + 1)).astype(np.int32)

    def land(self) -> float:
        """Area in km² that lies at most the largest radius away from an establishment."""
        grid = running_totals(self.shape, self.row, self.column, self.count)
        return covered_cells(grid, self.half_width[-1]) * self.cell**2


def build_lattice(x: Numbers, y: Numbers, radii: Numbers, cell: float | None = None) -> Lattice:
    """Count establishments in cells.

    Parameters
    ----------
    x, y : array of shape (establishments,), in km
    radii : array of shape (radii,), in km
        Increasing and positive.
    cell : float, optional
        Width of a cell in km; a quarter of the smallest radius unless given.

    Raises
    ------
    InputRefused
        ``bad_radii`` if they are not positive and increasing; ``cell_too_wide`` if it is wider than the
        smallest of them, or not positive; ``area_too_large`` if the cells would not fit in memory.
    """
    radii = np.asarray(radii, np.float64)
    steps = np.diff(radii, prepend=0.0)
    if radii.ndim != 1 or not len(radii) or not np.isfinite(radii).all() or (steps <= 0).any():
        raise InputRefused("bad_radii", radii=", ".join(f"{one:g}" for one in radii.ravel()))
    cell = float(radii[0] / CELLS_PER_RADIUS) if cell is None else float(cell)
    if not 0 < cell <= radii[0]:
        raise InputRefused("cell_too_wide", cell=f"{cell:g}", radius=f"{radii[0]:g}")
    half_width = _half_widths(radii / cell)
    reach = half_width.shape[1] // 2
    columns, column, x_of = _packed(x, cell, reach)
    rows, row, y_of = _packed(y, cell, reach)
    shape = (rows + 2 * reach + 1, columns + 2 * reach + 2)
    if shape[0] * shape[1] > MOST_CELLS:
        raise InputRefused("area_too_large", cells=shape[0] * shape[1], limit=MOST_CELLS, cell=cell)
    keys, of_site, count = np.unique(
        row.astype(np.int64) * columns + column, return_inverse=True, return_counts=True
    )
    row, column = keys // columns, keys % columns
    return Lattice(
        cell, shape, (row + reach).astype(np.int32), (column + reach).astype(np.int32), x_of[column],
        y_of[row], of_site.astype(np.int32), count.astype(np.int32), radii, half_width,
        (2 * half_width.astype(np.int64) + 1).clip(0).sum(axis=1),
    )  # fmt: skip


def _half_widths(radii: Numbers) -> Integers:
    """Columns on either side of the middle at each row of the disc of each radius, radii in cells."""
    radii = radii * _WHOLE
    reach = int(radii[-1])
    across = np.arange(-reach, reach + 1)
    left = np.square(radii)[:, None] - np.square(across)[None, :]
    return np.where(left >= 0, np.floor(np.sqrt(np.maximum(left, 0))), -1).astype(np.int32)


def _packed(values: Numbers, cell: float, reach: int) -> tuple[int, NDArray[np.int64], Numbers]:
    """Positions on one axis with long empty stretches cut: how many, that of each value, true middles."""
    first = float(values.min())
    place = np.floor((values - first) / cell).astype(np.int64)
    used, of_value = np.unique(place, return_inverse=True)
    # Two discs on either side of a stretch still do not overlap: the land between is not lost.
    steps = np.minimum(np.diff(used), 2 * reach + 1)
    packed = np.concatenate(([0], np.cumsum(steps)))
    middles = np.full(int(packed[-1]) + 1, np.nan)
    middles[packed] = first + (used + 0.5) * cell
    return int(packed[-1]) + 1, packed[of_value], middles


@compiled()
def running_totals(shape: tuple[int, int], row: Integers, column: Integers, count: Integers) -> Integers:
    """Totals along rows: ``grid[r, c + 1]`` is that of the row r up to column c included."""
    grid = np.zeros(shape, np.int32)
    for one in range(len(row)):
        grid[row[one], column[one] + 1] += count[one]
    for line in range(shape[0]):
        for at in range(1, shape[1]):
            grid[line, at] += grid[line, at - 1]
    return grid


@compiled()
def disc_sums(grid: Integers, row: Integers, column: Integers, half_width: Integers) -> Integers:
    """Sums over discs from running totals along rows, shape (middles, radii).

    ``grid[r, c + 1]`` holds the total of the row r up to column c included.
    """
    radii, width = half_width.shape
    reach, columns = width // 2, grid.shape[1]
    flat = grid.ravel()
    # Where each strip of a disc ends and starts, from the first cell of its square: never negative, and
    # said to be so, which spares a test at each look-up.
    ends = np.empty((radii, width), np.uint64)
    starts = np.empty((radii, width), np.uint64)
    strips = np.zeros(radii, np.int64)
    for k in range(radii):
        for step in range(width):
            half = half_width[k, step]
            if half >= 0:
                ends[k, strips[k]] = np.uint64(step * columns + reach + half + 1)
                starts[k, strips[k]] = np.uint64(step * columns + reach - half)
                strips[k] += 1
    sums = np.zeros((len(row), radii), np.int32)
    for one in range(len(row)):
        corner = np.uint64((row[one] - reach) * columns + column[one] - reach)
        for k in range(radii):
            total = np.int32(0)
            for strip in range(strips[k]):
                total += flat[corner + ends[k, strip]] - flat[corner + starts[k, strip]]
            sums[one, k] = total
    return sums


@compiled()
def covered_cells(grid: Integers, half_width: Integers) -> int:
    """How many cells of the grid have anything in the disc around them; the margin is left out above."""
    rows, columns = grid.shape
    reach = len(half_width) // 2
    covered = 0
    for line in range(rows):
        for column in range(columns - 1):
            for step in range(len(half_width)):
                other = line + step - reach
                half = half_width[step]
                if half < 0 or other < 0 or other >= rows:
                    continue
                last = min(column + half + 1, columns - 1)
                if grid[other, last] > grid[other, max(column - half, 0)]:
                    covered += 1
                    break
    return covered
