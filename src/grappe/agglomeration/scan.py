"""Search for the discs where an industry is denser than the whole register: a spatial scan.

The statistic of a disc is the smaller of two likelihood ratios of Kulldorff ("A spatial scan
statistic", Communications in Statistics: Theory and Methods 26, 1997). One is for Bernoulli labels: every
establishment carries the industry's label with one probability, against a higher one inside the disc.
The other is for a Poisson process: the industry has one density on all land, against a higher one
inside. So the industry must be dense beside the other firms and on the ground: the first alone calls
every hamlet with five farms a concentration, the second alone every large city.
Discs are centred at the cells that the industry itself occupies.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from grappe.agglomeration.compiled import compiled
from grappe.agglomeration.lattice import Integers, Lattice, Numbers, disc_sums, running_totals


@dataclass(frozen=True, slots=True)
class Floors:
    """What a disc must reach to be looked at, under the null as in the data.

    `establishments` of the industry; `quotient`: the industry's share in the disc over its share in the
    register.
    """

    establishments: int
    quotient: float


@dataclass(frozen=True, slots=True)
class Frame:
    """What all industries of a register share in a scan.

    `population`, shape (cells, radii): establishments in each disc. `log_terms`, shape
    (establishments + 1,): ``k ln k``. `area`, shape (radii,): that of each disc, as a share of all land
    at most the largest radius away from an establishment, which is `land` km².
    """

    lattice: Lattice
    population: Integers
    log_terms: Numbers
    area: Numbers
    land: float
    floors: Floors

    @property
    def total(self) -> int:
        """Establishments of the register."""
        return len(self.lattice.of_site)

    def share(self, establishments: int) -> float:
        """Share of an industry of a given size that a disc must reach among its establishments."""
        return self.floors.quotient * establishments / self.total


@dataclass(frozen=True, slots=True)
class Disc:
    """A disc found: its middle `cell`, position of its `radius`, and its likelihood `ratio`, in logarithm."""

    cell: int
    radius: int
    ratio: float


def build_frame(lattice: Lattice, floors: Floors) -> Frame:
    """Counts and logarithms that serve every industry."""
    ranks = np.arange(len(lattice.of_site) + 1, dtype=np.float64)
    log_terms = ranks * np.log(np.maximum(ranks, 1.0))
    land = lattice.land()
    area = np.asarray(lattice.disc_cells * lattice.cell**2 / land, np.float64)
    return Frame(lattice, lattice.population(), log_terms, area, land, floors)


@compiled(inline="always")
def likelihood_ratio(inside: int, disc: int, cases: int, total: int, log_terms: Numbers) -> float:
    """Logarithm of the likelihood ratio of a disc with `inside` of the `cases` among `disc` of `total`."""
    return float(
        log_terms[inside]
        + log_terms[disc - inside]
        - log_terms[disc]
        + log_terms[cases - inside]
        + log_terms[total - disc - cases + inside]
        - log_terms[total - disc]
        - log_terms[cases]
        - log_terms[total - cases]
        + log_terms[total]
    )


@compiled(inline="always")
def land_ratio(inside: int, cases: int, area: float, log_terms: Numbers) -> float:
    """The same for `inside` of the `cases` on a share `area` of the land, against an even spread."""
    if inside <= cases * area:
        return 0.0
    return float(
        log_terms[inside]
        + log_terms[cases - inside]
        - log_terms[cases]
        - inside * np.log(area)
        - (cases - inside) * np.log1p(-area)
    )


@compiled()
def best_disc(
    inside: Integers,
    disc: Integers,
    cases: int,
    total: int,
    fewest: int,
    share: float,
    area: Numbers,
    log_terms: Numbers,
) -> tuple[int, int, float]:
    """The disc of highest likelihood ratio: row and column of `inside`, and the ratio, 0 for none.

    A disc counts that holds the `fewest` establishments, `share` of its population at least, and at most
    half of the population and of the land (Kulldorff 1997).
    """
    best, at, width = 0.0, -1, -1
    for one in range(len(inside)):
        for k in range(inside.shape[1]):
            count, crowd = inside[one, k], disc[one, k]
            if count < fewest or count < share * crowd or 2 * crowd > total or area[k] > 0.5:
                continue
            if count * total <= cases * crowd:
                continue
            ratio = likelihood_ratio(count, crowd, cases, total, log_terms)
            if ratio > best:
                ratio = min(ratio, land_ratio(count, cases, area[k], log_terms))
            if ratio > best:
                best, at, width = ratio, one, k
    return at, width, best


@compiled()
def pair_sums(row: Integers, column: Integers, count: Integers, nearest: Integers, radii: int) -> Integers:
    """Sums over discs around a few cells, by looking at pairs of them: what `disc_sums` finds on a grid.

    Cells are in order of their rows. ``nearest[d]`` is the position of the smallest radius that reaches
    a squared distance of d cells; it ends with the largest radius.
    """
    reach = int(np.sqrt(len(nearest) - 1.0))
    sums = np.zeros((len(row), radii), np.int32)
    for one in range(len(row)):
        sums[one, 0] += count[one]
        for other in range(one - 1, -1, -1):
            down, across = row[one] - row[other], column[one] - column[other]
            if down > reach:
                break
            distance = down * down + across * across
            if distance < len(nearest):
                k = nearest[distance]
                sums[one, k] += count[other]
                sums[other, k] += count[one]
        # Later cells still add to this one: totals over radii wait until all pairs are seen.
    for one in range(len(row)):
        for k in range(1, radii):
            sums[one, k] += sums[one, k - 1]
    return sums


class Scan:
    """A scan of one industry: finds its best disc, and the next best once one is taken out.

    Parameters
    ----------
    frame : Frame
    cells : array of shape (establishments of the industry,)
        The cell of each of them.
    instead_of : array of shape (establishments of the industry,), optional
        For a resample: the cells whose establishments those of `cells` replace in the register. One
        drawn twice then counts twice among all firms too, and no disc has more members than firms.
    """

    def __init__(self, frame: Frame, cells: Integers, instead_of: Integers | None = None) -> None:
        self.frame = frame
        self.total, self.cases = frame.total, len(cells)
        self.share = frame.share(len(cells))
        lattice = frame.lattice
        self.cells, count = np.unique(cells, return_counts=True)
        self.row, self.column = lattice.row[self.cells], lattice.column[self.cells]
        self.grid = running_totals(lattice.shape, self.row, self.column, count.astype(np.int32))
        self.inside = disc_sums(self.grid, self.row, self.column, lattice.half_width)
        self.everyone: Integers | None = None
        if instead_of is None:
            self.crowd = frame.population[self.cells]
        else:
            present = lattice.count.copy()
            np.subtract.at(present, instead_of, 1)
            np.add.at(present, cells, 1)
            self.everyone = running_totals(lattice.shape, lattice.row, lattice.column, present)
            self.crowd = disc_sums(self.everyone, self.row, self.column, lattice.half_width)

    def best(self) -> Disc | None:
        """The disc of highest likelihood ratio among what is left, if any reaches the floors."""
        at, radius, ratio = best_disc(
            self.inside, self.crowd, self.cases, self.total, self.frame.floors.establishments, self.share,
            self.frame.area, self.frame.log_terms,
        )  # fmt: skip
        return None if at < 0 else Disc(int(self.cells[at]), int(radius), float(ratio))

    def take_out(self, disc: Disc) -> None:
        """Remove all establishments of a disc, the industry's and the others, and count anew around it.

        This is the sequential deletion of Zhang, Assunção and Kulldorff, "Spatial scan statistics
        adjusted for multiple clusters", Journal of Probability and Statistics 2010, 642379.
        """
        lattice = self.frame.lattice
        if self.everyone is None:
            self.everyone = running_totals(lattice.shape, lattice.row, lattice.column, lattice.count)
        middle = int(lattice.row[disc.cell]), int(lattice.column[disc.cell])
        half = lattice.half_width[disc.radius]
        self.cases -= _clear(self.grid, *middle, half)
        self.total -= _clear(self.everyone, *middle, half)
        away_row, away_column = self.row - middle[0], self.column - middle[1]
        kept = ~_in_disc(away_row, away_column, half)
        near = kept & (np.maximum(np.abs(away_row), np.abs(away_column)) <= 2 * lattice.reach)
        row, column = self.row[near], self.column[near]
        self.inside[near] = disc_sums(self.grid, row, column, lattice.half_width)
        self.crowd[near] = disc_sums(self.everyone, row, column, lattice.half_width)
        self.cells, self.row, self.column = self.cells[kept], self.row[kept], self.column[kept]
        self.inside, self.crowd = self.inside[kept], self.crowd[kept]


def cells_in(lattice: Lattice, disc: Disc, cells: Integers) -> NDArray[np.bool_]:
    """Which of some cells lie in a disc."""
    return _in_disc(
        lattice.row[cells] - lattice.row[disc.cell],
        lattice.column[cells] - lattice.column[disc.cell],
        lattice.half_width[disc.radius],
    )


def _in_disc(away_row: Integers, away_column: Integers, half_width: Integers) -> NDArray[np.bool_]:
    reach = len(half_width) // 2
    near = np.abs(away_row) <= reach
    half = half_width[np.where(near, away_row + reach, 0)]
    inside: NDArray[np.bool_] = near & (np.abs(away_column) <= half)
    return inside


@compiled()
def _clear(grid: Integers, row: int, column: int, half_width: Integers) -> int:
    """Empty a disc of running totals; the number taken out."""
    reach = len(half_width) // 2
    removed = 0
    for step in range(len(half_width)):
        half = half_width[step]
        if half < 0:
            continue
        line = row + step - reach
        start = grid[line, column - half]
        gone = grid[line, column + half + 1] - start
        if not gone:
            continue
        for at in range(column - half + 1, column + half + 1):
            grid[line, at] = start
        for at in range(column + half + 1, grid.shape[1]):
            grid[line, at] -= gone
        removed += gone
    return removed
