"""How high the likelihood ratio of the best disc climbs when nothing is concentrated.

An industry of n establishments is compared with n sites drawn without replacement from the register.
That null depends on n alone, so one set of draws serves all industries of a size, and sizes between
two sets share both. The highest ratio over all discs and radii is kept of each draw: a p-value from
them holds for all discs at once.
"""

import math
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from grappe.agglomeration.compiled import compiled
from grappe.agglomeration.lattice import Integers, Numbers, disc_sums, running_totals
from grappe.agglomeration.scan import Frame, best_disc, pair_sums
from grappe.agglomeration.workers import processors

TAIL = 10
"""With fewer draws than this at or beyond a ratio, its p-value is that of a fitted law."""

STEP = 1.5
"""Ratio of two sizes that have draws of their own, when industries have too many sizes to draw for each."""

BATCH = 25
"""Draws a thread makes at a time: a seed per draw makes the answer independent of threads."""


@dataclass(frozen=True, slots=True)
class Null:
    """Highest likelihood ratios under the null.

    `sizes`, shape (sizes,), are increasing; `maxima`, shape (sizes, draws), increase along each row.
    """

    sizes: NDArray[np.int64]
    maxima: Numbers

    def p_value(self, ratio: float, establishments: int) -> float:
        """Chance of a best disc at least as strong, for an industry of a size.

        Between two sizes that have draws, the p-values of both are averaged, linearly in the
        logarithm of the size; outside, the nearest serves.
        """
        after = int(np.searchsorted(self.sizes, establishments))
        if after == len(self.sizes) or after == 0 or self.sizes[after] == establishments:
            return tail(self.maxima[min(after, len(self.sizes) - 1)], ratio)
        low, high = np.log(self.sizes[after - 1 : after + 1])
        part = (math.log(establishments) - low) / (high - low)
        below, above = (tail(self.maxima[place], ratio) for place in (after - 1, after))
        return float((1 - part) * below + part * above)


def tail(maxima: Numbers, ratio: float) -> float:
    """p-value of a ratio against increasing draws of the null.

    ``(1 + draws at or beyond) / (1 + draws)``, which is exact; but where fewer than `TAIL` draws go so
    far, the tail of a Gumbel law with the mean and variance of the draws, which tells small p-values
    apart (Abrams, Kulldorff and Kleinman 2010). A ratio of 0, no disc at all, has the p-value 1.
    """
    if ratio <= 0:
        return 1.0
    beyond = len(maxima) - int(np.searchsorted(maxima, ratio, side="left"))
    spread = float(maxima.std(ddof=1)) * math.sqrt(6) / math.pi if len(maxima) > 1 else 0.0
    if beyond >= TAIL or spread == 0:
        return (1 + beyond) / (1 + len(maxima))
    middle = float(maxima.mean()) - float(np.euler_gamma) * spread
    # Far out the law underflows; a p-value is never zero.
    return max(-math.expm1(-math.exp(-(ratio - middle) / spread)), sys.float_info.min)


def ladder(sizes: Sequence[int]) -> NDArray[np.int64]:
    """Sizes to draw for: those asked, or steps from the smallest to the largest if these are fewer."""
    asked = np.unique(np.asarray(sizes, np.int64))
    steps = math.ceil(math.log(asked[-1] / asked[0]) / math.log(STEP)) + 1
    if len(asked) <= steps:
        return asked
    return np.unique(np.rint(np.geomspace(asked[0], asked[-1], steps)).astype(np.int64))


def draw_null(
    frame: Frame,
    sizes: Sequence[int],
    *,
    draws: int,
    seed: int,
    progress: Callable[[int, int], None] | None = None,
) -> Null:
    """Highest ratios of sites drawn at random, for a ladder of sizes.

    Parameters
    ----------
    frame : Frame
    sizes : sequence of int
        Establishments of the industries to be tested.
    draws : int
        Draws for each size.
    seed : int
        Each draw of each size has its own seed, made of this one.
    progress : callable, optional
        Called with the batches done and their number.
    """
    rungs = ladder(sizes)
    seeds = [_seeds(seed, size, draws) for size in rungs.tolist()]
    # The largest first: threads then finish together.
    jobs = [
        (place, start)
        for place in range(len(rungs) - 1, -1, -1)
        for start in range(0, draws, BATCH)
    ]  # fmt: skip

    def run(job: tuple[int, int]) -> Numbers:
        place, start = job
        return _maxima(frame, int(rungs[place]), seeds[place][start : start + BATCH])

    maxima = np.empty((len(rungs), draws))
    with ThreadPoolExecutor(processors()) as pool:
        for done, ((place, start), found) in enumerate(zip(jobs, pool.map(run, jobs), strict=True)):
            maxima[place, start : start + len(found)] = found
            if progress is not None:
                progress(done + 1, len(jobs))
    return Null(rungs, np.sort(maxima, axis=1))


def _seeds(seed: int, size: int, draws: int) -> NDArray[np.uint64]:
    state = np.random.SeedSequence([seed, size]).generate_state(draws, np.uint64)
    return np.asarray(state, np.uint64)


def _maxima(frame: Frame, size: int, seeds: NDArray[np.uint64]) -> Numbers:
    lattice = frame.lattice
    return _highest_ratios(
        size, seeds, lattice.of_site, lattice.row, lattice.column, lattice.shape, lattice.half_width,
        lattice.nearest_radius(), frame.population, frame.floors.establishments, frame.share(size),
        frame.area, frame.log_terms,
    )  # fmt: skip


@compiled()
def _highest_ratios(
    size: int,
    seeds: NDArray[np.uint64],
    of_site: Integers,
    row: Integers,
    column: Integers,
    shape: tuple[int, int],
    half_width: Integers,
    nearest: Integers,
    population: Integers,
    fewest: int,
    share: float,
    area: Numbers,
    log_terms: Numbers,
) -> Numbers:
    """The highest ratio of each draw of `size` sites."""
    total, radii = len(of_site), len(half_width)
    drawn_last = np.zeros(total, np.int32)
    count_in = np.zeros(len(row), np.int32)
    strips = 0
    for k in range(radii):
        strips += int(np.count_nonzero(half_width[k] >= 0))
    highest = np.zeros(len(seeds))
    for draw in range(len(seeds)):
        sites = draw_without_replacement(total, size, seeds[draw], drawn_last, draw + 1)
        for one in range(size):
            count_in[of_site[sites[one]]] += 1
        cells = np.empty(size, np.int32)
        used = 0
        for one in range(size):
            cell = of_site[sites[one]]
            if count_in[cell] > 0:
                cells[used] = cell
                used += 1
                count_in[cell] = -count_in[cell]
        cells = np.sort(cells[:used])
        count = np.empty(used, np.int32)
        for one in range(used):
            count[one] = -count_in[cells[one]]
            count_in[cells[one]] = 0
        if used * used < 2 * shape[0] * shape[1] + 4 * strips * used:
            inside = pair_sums(row[cells], column[cells], count, nearest, radii)
        else:
            grid = running_totals(shape, row[cells], column[cells], count)
            inside = disc_sums(grid, row[cells], column[cells], half_width)
        highest[draw] = best_disc(inside, population[cells], size, total, fewest, share, area, log_terms)[2]
    return highest


@compiled()
def draw_without_replacement(
    total: int, size: int, seed: np.uint64, drawn_last: Integers, stamp: int
) -> Integers:
    """Floyd's algorithm: `size` of `total` numbers, each set of them as likely (Bentley and Floyd 1987).

    `drawn_last`, shape (total,), remembers the stamp of the draw in which each came last.
    """
    drawn = np.empty(size, np.int32)
    state = np.uint64(seed)
    for one in range(size):
        top = total - size + one
        # SplitMix64 (Steele, Lea and Flood 2014): its state is one number, so that every draw has its own.
        state += np.uint64(0x9E3779B97F4A7C15)
        word = state
        word = (word ^ (word >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        word = (word ^ (word >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        word = word ^ (word >> np.uint64(31))
        # 53 bits make a double below 1; the bias of the product is below total / 2**53.
        pick = int((word >> np.uint64(11)) * (1.0 / 9007199254740992.0) * (top + 1))
        site = top if drawn_last[pick] == stamp else pick
        drawn_last[site] = stamp
        drawn[one] = site
    return drawn
