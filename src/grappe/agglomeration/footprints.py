"""From the discs of a scan to footprints: which establishments, over which ground, how stable."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from shapely import MultiPoint, Polygon, unary_union
from shapely.geometry.base import BaseGeometry

from grappe.agglomeration.lattice import Integers, Lattice, Numbers
from grappe.agglomeration.scan import Disc, Frame, Scan, cells_in
from grappe.agglomeration.scan_null import Null

Flags = NDArray[np.bool_]

DISSOLVED = 0.5
"""A footprint is not found again when its best Jaccard similarity is at most this (Hennig 2007)."""


@dataclass(frozen=True, slots=True)
class Footprint:
    """Touching discs of one industry.

    `discs` come in the order they were found, the strongest first, with the p-value of each.
    `cells` are all occupied cells in them; `members`, shape (establishments of the industry,), flags
    the industry's own establishments.
    """

    discs: tuple[Disc, ...]
    p_values: tuple[float, ...]
    cells: NDArray[np.int64]
    members: Flags


def find_discs(
    frame: Frame, null: Null, cells: Integers, level: float, instead_of: Integers | None = None
) -> list[tuple[Disc, float]]:
    """Significant discs with their p-values: the best one, then the best of what is left, and so on.

    Each is compared with the null for as many establishments as are left, at the same level: a disc
    is only looked for after the one before it was significant, so that the chance of any disc where
    nothing is concentrated stays at the level. `instead_of` is that of `Scan`.
    """
    scan = Scan(frame, cells, instead_of)
    found: list[tuple[Disc, float]] = []
    while (disc := scan.best()) is not None:
        p_value = null.p_value(disc.ratio, scan.cases)
        if p_value > level:
            break
        found.append((disc, p_value))
        scan.take_out(disc)
    return found


def join(lattice: Lattice, discs: Sequence[Disc]) -> list[list[int]]:
    """Positions of discs that touch, in groups: their circles overlap, or a chain of others links them."""
    group = list(range(len(discs)))
    x = lattice.x[[one.cell for one in discs]]
    y = lattice.y[[one.cell for one in discs]]
    radius = lattice.radii[[one.radius for one in discs]]
    for one in range(len(discs)):
        near = np.hypot(x[:one] - x[one], y[:one] - y[one]) <= radius[:one] + radius[one]
        joined = {group[other] for other in np.flatnonzero(near).tolist()}
        if joined:
            first = min(joined)
            group = [first if one in joined else one for one in group]
            group[one] = first
    return [[at for at, own in enumerate(group) if own == name] for name in sorted(set(group))]


def find_footprints(frame: Frame, null: Null, cells: Integers, level: float) -> list[Footprint]:
    """Footprints of an industry whose establishments stand in `cells`, the strongest first."""
    found = find_discs(frame, null, cells, level)
    discs = [disc for disc, _ in found]
    footprints = []
    for group in join(frame.lattice, discs):
        own = [discs[at] for at in group]
        ground = np.unique(np.concatenate([_ground(frame.lattice, disc) for disc in own]))
        inside = _in_any(frame.lattice, own, cells)
        p_values = tuple(found[at][1] for at in group)
        footprints.append(Footprint(tuple(own), p_values, ground, inside))
    return footprints


def stability(
    frame: Frame,
    null: Null,
    cells: Integers,
    level: float,
    footprints: Sequence[Footprint],
    *,
    resamples: int,
    rng: np.random.Generator,
) -> Numbers:
    """Share of bootstrap resamples of the industry in which each footprint is found again.

    The industry's establishments are drawn with replacement, among the others as they are, and searched
    anew. A footprint is found
    again when the establishments inside it and those inside one of the new footprints have a Jaccard
    similarity above one half.

    Parameters
    ----------
    frame, null, cells, level
        As in `find_footprints`.
    footprints : sequence of Footprint
        What was found in the data.
    resamples : int
    rng : numpy.random.Generator

    Returns
    -------
    array of shape (footprints,)
        Between 0 and 1.

    References
    ----------
    C. Hennig, "Cluster-wise assessment of cluster stability", Computational Statistics and Data Analysis
    52, 2007.
    """
    again = np.zeros(len(footprints))
    for _ in range(resamples):
        drawn = cells[rng.integers(0, len(cells), len(cells))]
        discs = [disc for disc, _ in find_discs(frame, null, drawn, level, instead_of=cells)]
        others = [
            _in_any(frame.lattice, [discs[at] for at in group], cells) for group in join(frame.lattice, discs)
        ]
        for at, one in enumerate(footprints):
            again[at] += any(jaccard(one.members, other) > DISSOLVED for other in others)
    return again / resamples


def jaccard(one: Flags, other: Flags) -> float:
    """Size of the intersection of two sets over that of their union; 0 for two empty ones."""
    union = np.count_nonzero(one | other)
    return float(np.count_nonzero(one & other) / union) if union else 0.0


def outline(lattice: Lattice, footprint: Footprint, cells: Integers) -> BaseGeometry:
    """Ground of a footprint on the plane, in km: around the industry's own establishments in each disc.

    The convex hulls of the middles of their cells, one for each disc, are joined and widened by one
    cell: no corner is an address.
    """
    own = np.unique(cells[footprint.members])
    hulls = []
    for disc in footprint.discs:
        inside = own[cells_in(lattice, disc, own)]
        hulls.append(MultiPoint(np.column_stack([lattice.x[inside], lattice.y[inside]])).convex_hull)
    widened: BaseGeometry = unary_union([hull.buffer(lattice.cell, quad_segs=4) for hull in hulls])
    return widened


def searched_area(lattice: Lattice, footprint: Footprint) -> float:
    """Area in km² of the discs of a footprint, what they share counted once."""
    circles = [
        Polygon(
            np.column_stack(
                [
                    lattice.x[one.cell] + lattice.radii[one.radius] * np.cos(_ROUND),
                    lattice.y[one.cell] + lattice.radii[one.radius] * np.sin(_ROUND),
                ]
            )
        )
        for one in footprint.discs
    ]
    # A polygon of 64 corners is 0.16 % smaller than its circle.
    return float(unary_union(circles).area)


_ROUND = np.linspace(0, 2 * np.pi, 64, endpoint=False)


def _ground(lattice: Lattice, disc: Disc) -> NDArray[np.int64]:
    """Occupied cells of a disc; cells are in order of their rows."""
    middle = lattice.row[disc.cell]
    first, last = np.searchsorted(lattice.row, [middle - lattice.reach, middle + lattice.reach + 1])
    near = np.arange(first, last)
    return near[cells_in(lattice, disc, near)]


def _in_any(lattice: Lattice, discs: Sequence[Disc], cells: Integers) -> Flags:
    inside = np.zeros(len(cells), bool)
    for disc in discs:
        inside |= cells_in(lattice, disc, cells)
    return inside
