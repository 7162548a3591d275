"""One pass over all pairs of points: their distances counted, summed or sorted out, no table of pairs.

A pass costs time in proportion to the number of pairs and memory in proportion to the number of points.
Points are `Places`: coordinates on a plane, or unit vectors for great-circle distances.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from grappe.agglomeration.compiled import compiled
from grappe.agglomeration.points import EARTH_RADIUS
from grappe.agglomeration.workers import SHARES, in_threads
from grappe.domain.errors import InputRefused

Floats = NDArray[np.float64]

BINS = 1 << 14
"""Bins of the histogram in which an order statistic is looked for."""

GATHERED = 2_000_000
"""Distances that are sorted at once; a fuller bin is first cut finer."""


@dataclass(frozen=True, slots=True)
class Places:
    """Coordinates of points, shape (axes, points): two on a plane, three for unit vectors on a sphere."""

    axes: Floats

    def __len__(self) -> int:
        return int(self.axes.shape[1])

    @property
    def pairs(self) -> int:
        """Number of pairs of different points."""
        return len(self) * (len(self) - 1) // 2


def places(x: ArrayLike, y: ArrayLike, *, lonlat: bool = False) -> Places:
    """Points ready to be paired.

    Parameters
    ----------
    x, y : array of shape (points,)
        Coordinates in one unit of length; with `lonlat`, longitudes and latitudes in degrees.
    lonlat : bool
        Distances are then great circles, in km.

    Raises
    ------
    InputRefused
        If the two differ in length, a coordinate is not a finite number, or lies off the globe.
    """
    across, above = np.asarray(x, np.float64), np.asarray(y, np.float64)
    if across.ndim != 1 or across.shape != above.shape:
        raise InputRefused("shapes_differ", x=across.shape, y=above.shape)
    bad = ~(np.isfinite(across) & np.isfinite(above))
    if lonlat:
        with np.errstate(invalid="ignore"):
            bad |= (np.abs(across) > 180) | (np.abs(above) > 90)
    if bad.any():
        first = int(np.flatnonzero(bad)[0])
        raise InputRefused(
            "bad_coordinates", count=np.count_nonzero(bad), row=first + 1, x=across[first], y=above[first]
        )
    if not lonlat:
        # From their middle, so that no digit is lost to a far origin.
        return Places(np.array([across - _middle(across), above - _middle(above)]))
    lon, lat = np.radians(across), np.radians(above)
    return Places(np.array([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)]))


def _middle(values: Floats) -> float:
    return float(values.min() + (values.max() - values.min()) / 2) if len(values) else 0.0


@compiled()
def distances_from(axes: Floats, a: int, found: Floats) -> int:
    """Distances of point `a` to all points after it, written into `found`; returns their number."""
    n = axes.shape[1]
    count = int(n - a - 1)
    if axes.shape[0] == 2:
        xa, ya = axes[0, a], axes[1, a]
        for i in range(count):
            dx = axes[0, a + 1 + i] - xa
            dy = axes[1, a + 1 + i] - ya
            found[i] = np.sqrt(dx * dx + dy * dy)
        return count
    for i in range(count):
        near = far = 0.0
        for axis in range(3):
            step = axes[axis, a + 1 + i] - axes[axis, a]
            sum_ = axes[axis, a + 1 + i] + axes[axis, a]
            near += step * step
            far += sum_ * sum_
        # Accurate at both ends: close points, and points opposite one another.
        found[i] = 2.0 * EARTH_RADIUS * np.arctan2(np.sqrt(near), np.sqrt(far))
    return count


@dataclass(frozen=True, slots=True)
class Spread:
    """Number, mean, standard deviation and extremes of the distances up to a limit, and their histogram."""

    count: int
    deviation: float
    smallest: float
    largest: float
    histogram: NDArray[np.int64]
    scale: float


def spread(points: Places, limit: float) -> Spread:
    """Summary of all pair distances that are at most `limit`.

    `deviation` divides by the number less one; zero when all are equal or there is but one.
    """
    n = len(points)
    scale = BINS / limit if limit > 0 and BINS / limit < np.inf else 0.0
    row = np.empty(max(n - 1, 0))
    seen = distances_from(points.axes, 0, row) if n > 1 else 0
    near = row[:seen][row[:seen] <= limit]
    # Sums are taken about a value in the middle of the distances, or digits would be lost.
    centre = float(near.mean()) if len(near) else limit / 2
    parts = in_threads(
        lambda share: _spread(points.axes, share, SHARES, limit, scale, centre), range(min(SHARES, max(n, 1)))
    )
    histogram = np.sum([part[0] for part in parts], axis=0)
    count = int(histogram.sum())
    total, square = sum(part[1] for part in parts), sum(part[2] for part in parts)
    smallest, largest = min(part[3] for part in parts), max(part[4] for part in parts)
    varied = count > 1 and smallest < largest
    deviation = np.sqrt(max(square - total * total / count, 0.0) / (count - 1)) if varied else 0.0
    return Spread(count, float(deviation), smallest, largest, histogram, scale)


@compiled()
def _spread(
    axes: Floats, share: int, shares: int, limit: float, scale: float, centre: float
) -> tuple[NDArray[np.int64], float, float, float, float]:
    n = axes.shape[1]
    found = np.empty(n)
    histogram = np.zeros(BINS, np.int64)
    total, square, smallest, largest = 0.0, 0.0, np.inf, -np.inf
    for a in range(share, n, shares):
        for i in range(distances_from(axes, a, found)):
            d = found[i]
            if d <= limit:
                histogram[min(int(d * scale), BINS - 1)] += 1
                total += d - centre
                square += (d - centre) * (d - centre)
                smallest = min(smallest, d)
                largest = max(largest, d)
    return histogram, total, square, smallest, largest


def order_statistics(points: Places, seen: Spread, ranks: Sequence[int]) -> Floats:
    """Pair distances at given ranks, from 0, among those a `spread` counted; exact."""
    if seen.smallest == seen.largest:
        return np.full(len(ranks), seen.smallest)
    ends = np.cumsum(seen.histogram)
    answers: dict[int, float] = {}
    holders: dict[int, list[int]] = {}
    for rank in ranks:
        holders.setdefault(int(np.searchsorted(ends, rank, side="right")), []).append(rank)
    for position, wanted in holders.items():
        before = int(ends[position - 1]) if position else 0
        low, high = _edges(position, seen)
        answers |= _within(points, low, high, int(seen.histogram[position]), before, wanted)
    return np.array([answers[rank] for rank in ranks])


def _edges(position: int, seen: Spread) -> tuple[float, float]:
    """Smallest and largest numbers that the histogram puts in a bin."""
    low = _first(position, seen.scale)
    last = position == BINS - 1
    high = seen.largest if last else float(np.nextafter(_first(position + 1, seen.scale), 0))
    return max(low, seen.smallest), min(high, seen.largest)


def _first(position: int, scale: float) -> float:
    """Smallest number d with ``d * scale >= position``."""
    if position == 0:
        return 0.0
    edge = position / scale
    while edge * scale >= position:
        edge = float(np.nextafter(edge, 0))
    while edge * scale < position:
        edge = float(np.nextafter(edge, np.inf))
    return edge


def _within(
    points: Places, low: float, high: float, count: int, before: int, ranks: Sequence[int]
) -> dict[int, float]:
    """Order statistics known to lie in [low, high], which holds `count` distances after `before` smaller."""
    if low == high:
        return dict.fromkeys(ranks, low)
    shares = range(min(SHARES, len(points)))
    if count <= GATHERED:
        room = np.concatenate(in_threads(lambda s: _gather(points.axes, s, SHARES, low, high), shares))
        room.sort()
        return {rank: float(room[rank - before]) for rank in ranks}
    # Too many to sort, often because many are equal: cut finer, until a bin holds one value or few.
    scale = BINS / (high - low)
    parts = in_threads(lambda s: _refine(points.axes, s, SHARES, low, high, scale), shares)
    histogram = np.sum([part[0] for part in parts], axis=0)
    lowest = np.min([part[1] for part in parts], axis=0)
    highest = np.max([part[2] for part in parts], axis=0)
    ends = before + np.cumsum(histogram)
    answers: dict[int, float] = {}
    for rank in ranks:
        bin_ = int(np.searchsorted(ends, rank, side="right"))
        start = int(ends[bin_ - 1]) if bin_ else before
        answers |= _within(
            points, float(lowest[bin_]), float(highest[bin_]), int(histogram[bin_]), start, [rank]
        )
    return answers


@compiled()
def _gather(axes: Floats, share: int, shares: int, low: float, high: float) -> Floats:
    n = axes.shape[1]
    found = np.empty(n)
    kept, size = np.empty(max(n, 1024)), 0
    for a in range(share, n, shares):
        count = distances_from(axes, a, found)
        held = 0
        for i in range(count):
            # Kept in place without a branch: one that is rarely taken would still be mispredicted.
            d = found[i]
            found[held] = d
            held += (d >= low) & (d <= high)
        if size + held > len(kept):
            larger = np.empty(2 * (size + held))
            larger[:size] = kept[:size]
            kept = larger
        kept[size : size + held] = found[:held]
        size += held
    return kept[:size]


@compiled()
def _refine(
    axes: Floats, share: int, shares: int, low: float, high: float, scale: float
) -> tuple[NDArray[np.int64], Floats, Floats]:
    n = axes.shape[1]
    found = np.empty(n)
    histogram = np.zeros(BINS, np.int64)
    lowest, highest = np.full(BINS, np.inf), np.full(BINS, -np.inf)
    for a in range(share, n, shares):
        for i in range(distances_from(axes, a, found)):
            d = found[i]
            if low <= d <= high:
                k = min(int((d - low) * scale), BINS - 1)
                histogram[k] += 1
                lowest[k] = min(lowest[k], d)
                highest[k] = max(highest[k], d)
    return histogram, lowest, highest
