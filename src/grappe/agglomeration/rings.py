"""Weight found within given distances of each point: exact, in memory that does not grow with the pairs.

Points are put in the order of a space-filling curve and cut into blocks. The distances between two
blocks lie between those of their boxes: where both ends fall in one ring, or beyond the last, all pairs
of the two are settled at once; only the others are looked at one by one.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from grappe.agglomeration.compiled import compiled
from grappe.agglomeration.points import EARTH_RADIUS
from grappe.agglomeration.workers import SHARES, in_threads

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

BLOCK = 16
"""Points of a block: smaller ones settle more pairs at once, larger ones cost fewer boxes."""

CURVE_BITS = 20
"""Bits of each axis of the space-filling curve: a million steps across the area."""

MANTISSA = 52
"""Bits of the mantissa of a double: the bits above order positive numbers by octave."""

PARTS = 4
"""Sums that take turns, a power of two: the processor adds several weights at once."""

CELL_BITS = 6
"""An octave of squared distances is cut into 64 cells: a cell seldom holds two limits."""


class Rings(NamedTuple):
    """Distances between which pairs are told apart.

    `limits`, shape (distances + 1,), are the largest squared distances of each ring, the last infinite.
    A squared distance lies in cell ``(bits >> shift) - base``, cut to the ends of `table`; `table` holds
    the first ring of each cell, and at most `steps` further ones begin inside a cell.
    """

    limits: Floats
    table: Indices
    base: int
    shift: int
    steps: int

    @property
    def distances(self) -> int:
        """Number of distances."""
        return len(self.limits) - 1


class Sources(NamedTuple):
    """Points whose weight is looked for, in blocks of neighbours.

    `axes`, shape (axes, points), and `weight`, shape (points,); `boxes`, shape (blocks, axes, 2), are the
    least and the largest coordinate of each block, `totals`, shape (blocks,), its weight.
    """

    axes: Floats
    weight: Floats
    boxes: Floats
    totals: Floats


class Room(NamedTuple):
    """Arrays to work in: runs of blocks, squared distances, their rings, and sums by ring."""

    runs: Indices
    squares: Floats
    places: Indices
    settled: Floats
    parts: Floats


def rings(distances: ArrayLike, *, sphere: bool = False) -> Rings:
    """Rings of increasing distances, on a plane or, in km, on the earth.

    On the plane a pair is within r when ``sqrt(dx * dx + dy * dy) <= r`` in double precision: the
    limits are the largest numbers whose square root is at most r, so that comparing squares gives the
    same answer, ties included.

    Parameters
    ----------
    distances : array of shape (distances,)
        Increasing, finite, none negative, in the unit of the coordinates.
    sphere : bool
        Points are unit vectors, and distances great circles in km.
    """
    wanted = np.asarray(distances, np.float64)
    if sphere:
        chord = 2 * np.sin(np.minimum(wanted / (2 * EARTH_RADIUS), np.pi / 2))
        limits = np.where(wanted >= np.pi * EARTH_RADIUS, np.inf, chord * chord)
    else:
        limits = largest_squares(wanted)
    limits = np.append(limits, np.inf)
    positive = limits[(limits > 0) & np.isfinite(limits)]
    shift = MANTISSA - CELL_BITS
    first, last = (int(end) for end in _cells(positive, shift)[[0, -1]]) if len(positive) else (1, 0)
    base = first - 1
    # A cell for all below the first limit, one per step up to the last limit, one for all beyond.
    edges = (np.arange(base, last + 2) << shift).view(np.float64)
    edges[0] = 0.0
    table = np.searchsorted(limits, edges, side="left")
    ends = np.searchsorted(limits, np.append(np.nextafter(edges[1:], 0.0), np.inf), side="left")
    return Rings(limits, table, base, shift, int(np.max(ends - table)))


def largest_squares(distances: Floats) -> Floats:
    """The largest number whose square root, in double precision, is at most each distance."""
    # Among whole numbers there is no next one to step to: the search below would not end.
    distances = np.asarray(distances, np.float64)
    squares = distances * distances
    while np.any(over := np.sqrt(squares) > distances):
        squares[over] = np.nextafter(squares[over], 0.0)
    while np.any(under := np.sqrt(above := np.nextafter(squares, np.inf)) <= distances):
        squares[under] = above[under]
    return squares


def _cells(values: Floats, shift: int) -> NDArray[np.int64]:
    return np.asarray(values, np.float64).view(np.int64) >> shift


def curve_order(x: ArrayLike, y: ArrayLike) -> Indices:
    """Positions of points along a Hilbert curve: neighbours in the order are neighbours on the ground."""
    steps = []
    across, above = np.asarray(x, np.float64), np.asarray(y, np.float64)
    if not len(across):
        return np.empty(0, np.int64)
    side = max(float(np.ptp(across)), float(np.ptp(above)))
    for values in (across, above):
        part = (values - values.min()) / side if side > 0 else np.zeros(len(values))
        steps.append(np.minimum(part * (1 << CURVE_BITS), (1 << CURVE_BITS) - 1).astype(np.int64))
    return np.argsort(_along_hilbert(*steps), kind="stable")


@compiled()
def _along_hilbert(x: Indices, y: Indices) -> Indices:
    found = np.empty(len(x), np.int64)
    for i in range(len(x)):
        across, above, place = x[i], y[i], 0
        side = 1 << (CURVE_BITS - 1)
        while side > 0:
            right, top = int(across & side > 0), int(above & side > 0)
            place += side * side * ((3 * right) ^ top)
            if top == 0:
                if right == 1:
                    across = (1 << CURVE_BITS) - 1 - across
                    above = (1 << CURVE_BITS) - 1 - above
                across, above = above, across
            side >>= 1
        found[i] = place
    return found


def weight_within(axes: Floats, targets: Indices, sources: Indices, weight: Floats, wanted: Rings) -> Floats:
    """Weight of the sources within each distance of each target, the target itself left out.

    Parameters
    ----------
    axes : array of shape (2 or 3, points)
        Coordinates on a plane, or unit vectors.
    targets, sources : array of positions of points
        In any order; best along a curve, see `curve_order`.
    weight : array of shape (points,)
    wanted : Rings

    Returns
    -------
    array of shape (targets, distances)
    """
    found = np.zeros((len(targets), wanted.distances))
    if not found.size or not len(sources):
        return found
    place = np.full(axes.shape[1], -1)
    place[sources] = np.arange(len(sources))
    near, own = np.ascontiguousarray(axes[:, targets]), place[targets]
    among = sources_of(np.ascontiguousarray(axes[:, sources]), weight[sources])
    blocks = -(-len(targets) // BLOCK)
    ends = np.minimum(np.arange(SHARES + 1) * blocks // SHARES * BLOCK, len(targets)).tolist()

    def work(share: int) -> None:
        _weight_within(near, own, among, ends[share], ends[share + 1], wanted, found)

    in_threads(work, range(SHARES))
    return found


@compiled()
def sources_of(axes: Floats, weight: Floats) -> Sources:
    """Points cut into blocks, in the order given."""
    dimensions, n = axes.shape
    blocks = (n + BLOCK - 1) // BLOCK
    boxes = np.empty((blocks, dimensions, 2))
    totals = np.zeros(blocks)
    for block in range(blocks):
        start, stop = block * BLOCK, min((block + 1) * BLOCK, n)
        _box(axes, start, stop, boxes[block])
        for i in range(start, stop):
            totals[block] += weight[i]
    return Sources(axes, weight, boxes, totals)


@compiled()
def room_for(sources: int, distances: int) -> Room:
    """Room to look for the weight of some sources."""
    return Room(
        np.empty((sources // BLOCK + 1, 2), np.int64),
        np.empty(sources),
        np.empty(sources, np.int64),
        np.empty(distances + 1),
        np.empty((PARTS, distances + 1)),
    )


@compiled()
def block_rings(
    near: Floats,
    start: int,
    stop: int,
    own: Indices,
    among: Sources,
    wanted: Rings,
    room: Room,
    found: Floats,
) -> None:
    """Weight of the sources by ring around each target from `start` to `stop`, at most a block of them.

    Parameters
    ----------
    near : array of shape (axes, targets)
    own : array of shape (targets,)
        Place of each target among the sources, -1 for none; it is left out.
    among : Sources
        Weights are altered and put back: threads must not share them.
    found : array of shape (at least stop - start, distances + 1)
        Where the answer goes; the last ring holds what lies beyond all distances, in part.
    """
    runs = _settle(near, start, stop, own, among, wanted, room)
    for a in range(start, stop):
        mine = 0.0
        if own[a] >= 0:
            mine = among.weight[own[a]]
            among.weight[own[a]] = 0.0
        room.parts[:] = 0.0
        _add_runs(near, a, among, runs, wanted, room)
        for ring in range(len(wanted.limits)):
            total = room.settled[ring]
            for part in range(PARTS):
                total += room.parts[part, ring]
            found[a - start, ring] = total
        if own[a] >= 0:
            among.weight[own[a]] = mine


@compiled()
def _settle(
    near: Floats, start: int, stop: int, own: Indices, among: Sources, wanted: Rings, room: Room
) -> int:
    """Add blocks that lie in one ring around all targets to `settled`, list runs of the others.

    Returns the number of runs. Boxes err on no side: differences, squares and sums are rounded
    monotonically, so no pair is nearer or farther than the ends of its boxes.
    """
    dimensions = near.shape[0]
    box = np.empty((dimensions, 2))
    _box(near, start, stop, box)
    first_own, last_own = own[start:stop].min() // BLOCK, own[start:stop].max() // BLOCK
    limits, settled, runs = wanted.limits, room.settled, room.runs
    reach = limits[len(limits) - 2]
    settled[:] = 0.0
    count = 0
    for block in range(len(among.totals)):
        nearest = farthest = 0.0
        for axis in range(dimensions):
            low, high = among.boxes[block, axis]
            gap = max(0.0, max(low - box[axis, 1], box[axis, 0] - high))
            span = max(high - box[axis, 0], box[axis, 1] - low)
            nearest += gap * gap
            farthest += span * span
        if nearest > reach:
            continue
        # A block that holds a target cannot be added whole to all of them.
        if block < first_own or block > last_own:
            ring = np.searchsorted(limits, nearest)
            if farthest <= limits[ring]:
                settled[ring] += among.totals[block]
                continue
        begin, end = block * BLOCK, min((block + 1) * BLOCK, among.axes.shape[1])
        if count and runs[count - 1, 1] == begin:
            runs[count - 1, 1] = end
        else:
            runs[count, 0], runs[count, 1] = begin, end
            count += 1
    return count


@compiled()
def _box(axes: Floats, start: int, stop: int, found: Floats) -> None:
    for axis in range(axes.shape[0]):
        low = high = axes[axis, start]
        for i in range(start + 1, stop):
            low, high = min(low, axes[axis, i]), max(high, axes[axis, i])
        found[axis, 0], found[axis, 1] = low, high


@compiled()
def _add_runs(near: Floats, a: int, among: Sources, runs: int, wanted: Rings, room: Room) -> None:
    """Add the weights of runs of sources to `parts`, by ring around one target."""
    squares, places, parts, weight = room.squares, room.places, room.parts, among.weight
    table, limits, base, shift = wanted.table, wanted.limits, wanted.base, wanted.shift
    bits, last = squares.view(np.int64), len(table) - 1
    for run in range(runs):
        begin = room.runs[run, 0]
        size = room.runs[run, 1] - begin
        _squared_distances(near, a, among.axes, begin, size, squares)
        # Loops of one simple step each: the compiler then treats several sources at once.
        for i in range(size):
            places[i] = table[min(max((bits[i] >> shift) - base, 0), last)]
        for _ in range(wanted.steps):
            for i in range(size):
                places[i] += squares[i] > limits[places[i]]
        # In turn into several sums: an addition need not wait for the one before in the same ring.
        for i in range(size):
            parts[i & (PARTS - 1), places[i]] += weight[begin + i]


@compiled()
def _squared_distances(near: Floats, a: int, far: Floats, begin: int, size: int, found: Floats) -> None:
    if near.shape[0] == 2:
        for i in range(size):
            dx, dy = far[0, begin + i] - near[0, a], far[1, begin + i] - near[1, a]
            found[i] = dx * dx + dy * dy
    else:
        for i in range(size):
            dx, dy = far[0, begin + i] - near[0, a], far[1, begin + i] - near[1, a]
            dz = far[2, begin + i] - near[2, a]
            found[i] = dx * dx + dy * dy + dz * dz


@compiled()
def _weight_within(
    near: Floats, own: Indices, among: Sources, first: int, last: int, wanted: Rings, found: Floats
) -> None:
    mine = Sources(among.axes, among.weight.copy(), among.boxes, among.totals)
    distances = len(wanted.limits) - 1
    room = room_for(len(mine.weight), distances)
    inside = np.empty((BLOCK, distances + 1))
    for start in range(first, last, BLOCK):
        stop = min(start + BLOCK, last)
        block_rings(near, start, stop, own, mine, wanted, room, inside)
        for a in range(start, stop):
            total = 0.0
            for ring in range(distances):
                total += inside[a - start, ring]
                found[a, ring] = total
