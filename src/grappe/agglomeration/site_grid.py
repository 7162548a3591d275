"""Sites counted on a grid, and sums over all their pairs by fast Fourier transform.

The cost depends on the cells of the grid, not on the number of sites. Distances are those between the
middles of cells.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import fft

from grappe.agglomeration.workers import processors

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SiteGrid:
    """Square cells of side `cell` over all sites.

    `shape` is rows and columns; `place`, shape (sites,), the flat number of each site's cell.
    """

    cell: float
    shape: tuple[int, int]
    place: NDArray[np.int64]

    def counted(self, weights: Floats | None = None, chosen: NDArray[np.int64] | None = None) -> Floats:
        """Sites, or their weights, in each cell, shape `shape`; of the chosen sites alone, if given."""
        place = self.place if chosen is None else self.place[chosen]
        cells = self.shape[0] * self.shape[1]
        return np.bincount(place, weights, minlength=cells).reshape(self.shape).astype(np.float64)

    def lags(self, reach: float) -> "Lags":
        """Distances between cells, for sums over pairs up to `reach` apart."""
        beyond = int(reach / self.cell) + 1
        rows, columns = (
            int(fft.next_fast_len(min(2 * side, side + beyond), real=True)) for side in self.shape
        )
        down, across = (np.minimum(np.arange(s), s - np.arange(s)) for s in (rows, columns))
        return Lags((rows, columns), np.sqrt((down * down)[:, None] + (across * across)[None, :]))


@dataclass(frozen=True, slots=True)
class Lags:
    """A grid padded so that no pair within reach wraps round, and the length of each lag, in cells."""

    shape: tuple[int, int]
    steps: Floats

    def transform(self, cells: NDArray[np.floating]) -> NDArray[np.complexfloating]:
        """Fourier transform of values on the grid, padded with zeros."""
        return fft.rfft2(cells, self.shape, workers=processors())  # type: ignore[no-any-return]

    def back(self, transformed: NDArray[np.complexfloating]) -> NDArray[np.floating]:
        """Values, on the padded grid, of a Fourier transform."""
        return fft.irfft2(transformed, self.shape, workers=processors())  # type: ignore[no-any-return]

    def pairs(self, cells: Floats) -> Floats:
        """Sum over ordered pairs of cells of the products of their values, by lag; each with itself at 0."""
        return np.asarray(self.back(np.abs(self.transform(cells)) ** 2), np.float64)


def site_grid(x: Floats, y: Floats, cell: float) -> SiteGrid:
    """The grid of cells of side `cell`, in km, over all sites; the first site is in the middle of one."""
    # Sites already in the middle of cells of that side are half a cell away from all edges.
    column = np.floor((x - x.min()) / cell + 0.5).astype(np.int64)
    row = np.floor((y - y.min()) / cell + 0.5).astype(np.int64)
    shape = int(row.max()) + 1, int(column.max()) + 1
    return SiteGrid(cell, shape, row * shape[1] + column)


def close_gaps(values: Floats, reach: float) -> Floats:
    """Coordinates on one axis with empty stretches cut to `reach`: far islands cost no cells.

    Differences up to `reach` stay as they are, longer ones stay longer.
    """
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    excess = np.maximum(np.diff(ordered, prepend=ordered[:1]) - 1.01 * reach, 0.0)
    moved = np.empty_like(values)
    moved[order] = ordered - np.cumsum(excess)
    return moved
