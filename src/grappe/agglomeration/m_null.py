"""Curves of M when labels are drawn at random: what an industry of that size shows by chance alone.

Under random labelling sites and weights stay where they are and only the labels move, so that the weight
around each site is the same in all simulations. It is computed once; a simulation then costs the pairs
of the sites drawn, and serves every industry of that size.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from grappe.agglomeration.compiled import compiled
from grappe.agglomeration.rings import (
    BLOCK,
    Floats,
    Indices,
    Rings,
    block_rings,
    curve_order,
    rings,
    room_for,
    sources_of,
    weight_within,
)
from grappe.agglomeration.workers import SHARES, in_threads

DRAWN_AT_ONCE = 1_000_000
"""Positions of sites held at once by a thread that simulates."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Sites of a register in the order of a curve, and the weight around each.

    `order`, shape (sites,), is the position of each site in the register. `inverse`, shape (sites,
    distances), is one over the weight within each distance, the site left out; zero where there is none.
    `others`, shape (sites,), is one over the weight of all other sites.
    """

    order: Indices
    axes: Floats
    weight: Floats
    rings: Rings
    inverse: Floats
    others: Floats

    def __len__(self) -> int:
        return len(self.order)

    @property
    def rank(self) -> Indices:
        """Place along the curve of each site of the register."""
        found = np.empty(len(self), np.int64)
        found[self.order] = np.arange(len(self))
        return found


def surroundings(x: Floats, y: Floats, weight: Floats | None, distances: Floats) -> Surroundings:
    """The weight around each site, within each of increasing distances, all in one unit."""
    order = curve_order(x, y)
    axes = np.array([x[order], y[order]])
    weights = np.ones(len(x)) if weight is None else weight[order]
    limits = rings(distances)
    everyone = np.arange(len(x))
    around = weight_within(axes, everyone, everyone, weights, limits)
    np.divide(1.0, around, out=around, where=around > 0)
    rest = weights.sum() - weights
    others = np.divide(1.0, rest, out=np.zeros(len(x)), where=rest > 0)
    return Surroundings(order, axes, weights, limits, around, others)


def curves_of(register: Surroundings, drawn: Indices) -> Floats:
    """M of groups of sites around themselves, shape (groups, distances).

    Parameters
    ----------
    register : Surroundings
    drawn : array of shape (groups, sites)
        Places along the curve, each row increasing.
    """
    return np.asarray(
        _curves(register.axes, register.weight, register.inverse, register.others, drawn, register.rings)
    )


def shares_around(register: Surroundings, neighbours: Indices, candidates: Indices) -> tuple[Floats, Floats]:
    """What M adds up over candidate sites when the neighbours are another industry, which stays in place.

    Parameters
    ----------
    register : Surroundings
    neighbours, candidates : array of places along the curve
        No site is in both.

    Returns
    -------
    (array, array), each of shape (candidates, distances)
        The share of the neighbouring industry in the weight around each candidate, and the share it has
        of the whole; both zero where a candidate has no neighbour of any industry.
    """
    near = weight_within(register.axes, candidates, neighbours, register.weight, register.rings)
    inverse = register.inverse[candidates]
    expected = register.weight[neighbours].sum() * register.others[candidates]
    return near * inverse, np.where(inverse > 0, expected[:, None], 0.0)


def curves_around(shares: Floats, expected: Floats, drawn: Indices) -> Floats:
    """M of groups of candidates, shape (groups, distances), from what `shares_around` found.

    Parameters
    ----------
    shares, expected : array of shape (candidates, distances)
    drawn : array of shape (groups, sites)
        Positions of candidates.
    """
    return np.asarray(_means(shares, expected, drawn))


def simulated(
    curves: Callable[[Indices], Floats], sites: int, size: int, simulations: int, seed: int
) -> Floats:
    """Curves of groups drawn without replacement from sites 0, 1, …, shape (simulations, distances).

    The same arguments give the same groups, on any number of processors.
    """

    def work(part: tuple[int, np.random.SeedSequence]) -> Floats:
        count, source = part
        rng = np.random.default_rng(source)
        step = max(1, DRAWN_AT_ONCE // size)
        starts = range(0, max(count, 1), step)
        groups = (draw_sites(rng, sites, size, min(step, count - start)) for start in starts)
        return np.concatenate([curves(drawn) for drawn in groups])

    counts = np.diff(np.arange(SHARES + 1) * simulations // SHARES).tolist()
    sources = np.random.SeedSequence([seed, size]).spawn(SHARES)
    return np.concatenate(in_threads(work, list(zip(counts, sources, strict=True))))


def draw_sites(rng: np.random.Generator, sites: int, size: int, groups: int) -> Indices:
    """Groups of different sites, shape (groups, size), each in increasing order."""
    drawn = np.empty((groups, size), np.int64)
    for one in range(groups):
        drawn[one] = rng.choice(sites, size, replace=False, shuffle=False)
    drawn.sort(axis=1)
    return drawn


@compiled()
def _curves(
    axes: Floats, weight: Floats, inverse: Floats, others: Floats, drawn: Indices, wanted: Rings
) -> Floats:
    groups, size = drawn.shape
    count = len(wanted.limits) - 1
    found = np.empty((groups, count))
    room, inside, own = room_for(size, count), np.empty((BLOCK, count + 1)), np.arange(size)
    for group in range(groups):
        sites = drawn[group]
        among = sources_of(np.ascontiguousarray(axes[:, sites]), weight[sites])
        total = among.weight.sum()
        shares, whole = np.zeros(count), np.zeros(count)
        for start in range(0, size, BLOCK):
            stop = min(start + BLOCK, size)
            block_rings(among.axes, start, stop, own, among, wanted, room, inside)
            for i in range(start, stop):
                expected = (total - among.weight[i]) * others[sites[i]]
                _add_site(inside[i - start], inverse[sites[i]], expected, shares, whole)
        found[group] = _ratio(shares, whole)
    return found


@compiled()
def _add_site(near: Floats, inverse: Floats, expected: float, shares: Floats, whole: Floats) -> None:
    """Add the local share around a site, and the expected one, at distances where it has neighbours."""
    total = 0.0
    for ring in range(len(inverse)):
        total += near[ring]
        shares[ring] += total * inverse[ring]
        if inverse[ring] > 0.0:
            whole[ring] += expected


@compiled()
def _ratio(shares: Floats, whole: Floats) -> Floats:
    found = np.full(len(shares), np.nan)
    for ring in range(len(shares)):
        if whole[ring] > 0.0:
            found[ring] = shares[ring] / whole[ring]
    return found


@compiled()
def _means(shares: Floats, expected: Floats, drawn: Indices) -> Floats:
    groups, size = drawn.shape
    count = shares.shape[1]
    found = np.empty((groups, count))
    for group in range(groups):
        local, whole = np.zeros(count), np.zeros(count)
        for i in range(size):
            site = drawn[group, i]
            for ring in range(count):
                local[ring] += shares[site, ring]
                whole[ring] += expected[site, ring]
        found[group] = _ratio(local, whole)
    return found
