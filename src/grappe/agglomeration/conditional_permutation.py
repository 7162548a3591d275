"""Conditional permutation: how often the neighbours of a region, drawn at random, weigh as much.

A region keeps its own value and the others are drawn for its neighbours, without replacement
(L. Anselin, "Local indicators of spatial association", Geographical Analysis 27, 1995, section 3). One
draw serves every region: of a sequence of distinct regions, those with k neighbours take the first k,
leaving themselves out. Each region thus meets draws with the exact distribution; where its weights are
equal the sums are shared by all regions with as many neighbours, and the few draws that hold the region
itself are put right one by one.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from grappe.agglomeration.compiled import compiled
from grappe.agglomeration.neighbours import Neighbours

TIE = 1e-10
"""Difference, in standard deviations and per unit of weight, that rounding may make between equal sums."""

Vector = NDArray[np.float64]


def one_sided(neighbours: Neighbours, values: Vector, permutations: int, seed: int) -> Vector:
    """Pseudo p-value of the weighted sum over the neighbours, on the side where it is smaller.

    ``(1 + draws at least as extreme) / (1 + permutations)``, ties counting against the region.

    Parameters
    ----------
    neighbours : Neighbours
    values : array of shape (regions,)
        Finite and not all equal.
    permutations : int
        Draws, at least one.
    seed : int
        Of the draws.

    Returns
    -------
    array of shape (regions,)
        NaN for a region without neighbours.
    """
    at_least, at_most = tails(neighbours, values, permutations, seed)
    p = (1.0 + np.minimum(at_least, at_most)) / (1.0 + permutations)
    p[neighbours.counts == 0] = np.nan
    return p


def tails(
    neighbours: Neighbours, values: Vector, permutations: int, seed: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Draws whose weighted sum is at least, and at most, that of the neighbours of each region.

    Both have the shape (regions,); parameters as in `one_sided`.
    """
    scaled = (values - values.mean()) / values.std()
    longest = int(neighbours.counts.max(initial=0))
    # One more than the longest list stands by, for where the region itself is drawn.
    width = min(longest + 1, len(values))
    uniform = np.random.default_rng(seed).random((permutations, width))
    drawn = _sequences(uniform, len(values))
    order = np.argsort(neighbours.counts, kind="stable")
    where, place = _places_of_draws(drawn, len(values))
    found: tuple[NDArray[np.int64], NDArray[np.int64]] = _tails(
        scaled, neighbours.starts, neighbours.others, neighbours.weights, drawn, order, where, place
    )
    return found


def _places_of_draws(drawn: NDArray[np.int32], count: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where each region was drawn: positions in the flat draws, and the first position of each region."""
    flat = drawn.ravel()
    starts = np.zeros(count + 1, np.int64)
    np.cumsum(np.bincount(flat, minlength=count), out=starts[1:])
    return starts, np.argsort(flat, kind="stable")


@compiled()
def _sequences(uniform: Any, count: int) -> Any:
    """Distinct numbers under `count`, a row of them for each row of `uniform`."""
    rows, width = uniform.shape
    drawn = np.empty((rows, width), np.int32)
    pack = np.arange(count).astype(np.int32)
    for row in range(rows):
        # A shuffle that stops after the cards wanted; the pack need not be put back in order.
        for card in range(width):
            swapped = card + int(uniform[row, card] * (count - card))
            pack[card], pack[swapped] = pack[swapped], pack[card]
            drawn[row, card] = pack[card]
    return drawn


@compiled()
def _tails(
    values: Any, starts: Any, others: Any, weights: Any, drawn: Any, order: Any, where: Any, place: Any
) -> Any:
    """Counts of draws on either side; `order` sorts regions by their number of neighbours."""
    count, (rows, width) = len(values), drawn.shape
    at_least, at_most = np.zeros(count, np.int64), np.zeros(count, np.int64)
    laid = np.empty((width, rows))
    for row in range(rows):
        for card in range(width):
            laid[card, row] = values[drawn[row, card]]
    sums, weighed, in_order = np.zeros(rows), np.empty(rows), np.empty(rows)
    summed = sorted_for = 0
    for number in order:
        first, last = starts[number], starts[number + 1]
        long = last - first
        if long == 0:
            continue
        even = True
        for pair in range(first + 1, last):
            even = even and weights[pair] == weights[first]
        if even:
            while summed < long:
                sums += laid[summed]
                summed += 1
            if sorted_for != long:
                in_order = np.sort(sums)
                sorted_for = long
            seen, tie = 0.0, TIE * long
            for pair in range(first, last):
                seen += values[others[pair]]
            above = rows - np.searchsorted(in_order, seen - tie)
            below = np.searchsorted(in_order, seen + tie, side="right")
        else:
            weighed[:] = 0.0
            seen, tie = 0.0, 0.0
            for pair in range(first, last):
                weight = weights[pair]
                seen += weight * values[others[pair]]
                tie += TIE * weight
                card = pair - first
                for row in range(rows):
                    weighed[row] += weight * laid[card, row]
            above = below = 0
            for row in range(rows):
                above += weighed[row] >= seen - tie
                below += weighed[row] <= seen + tie
        for spot in range(where[number], where[number + 1]):
            row, card = place[spot] // width, place[spot] % width
            if card >= long:
                continue
            # The region itself was drawn: the one that stands by takes its place.
            change = laid[long, row] - values[number]
            if even:
                was, now = sums[row], sums[row] + change
            else:
                was, now = weighed[row], weighed[row] + weights[first + card] * change
            above += int(now >= seen - tie) - int(was >= seen - tie)
            below += int(now <= seen + tie) - int(was <= seen + tie)
        at_least[number], at_most[number] = above, below
    return at_least, at_most
