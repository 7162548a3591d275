"""Marcon and Puech's M: how much more of an industry is found around its establishments than elsewhere."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from grappe.agglomeration.kd_curve import checked_distances, checked_weights
from grappe.agglomeration.pair_distances import places
from grappe.agglomeration.rings import curve_order, rings, weight_within
from grappe.domain.errors import InputRefused

Floats = NDArray[np.float64]

AT_ONCE = 100_000
"""Establishments of the reference industry whose surroundings are held at once."""


def m_curve(
    x: ArrayLike,
    y: ArrayLike,
    industry: ArrayLike,
    reference: Any,
    neighbour: Any,
    distances: ArrayLike,
    weights: ArrayLike | None = None,
    *,
    lonlat: bool = False,
    case_control: bool = False,
) -> Floats:
    """Relative concentration of an industry around establishments of the same or of another industry.

    ``M(r) = sum_a [W_N(a, r) / W(a, r)] / sum_a [(W_N - w_a) / (W - w_a)]``: a ranges over the
    establishments of `reference`, ``W_N(a, r)`` is the weight of `neighbour` within r of a and ``W(a, r)``
    that of all establishments, a itself left out; ``W_N`` and ``W`` are the weights of the whole area.
    2 says that the neighbouring industry takes twice the share of the weight around these
    establishments that it takes in the whole area; 1 is neither more nor less. Where the two
    industries differ, a is no part of ``W_N`` and nothing is taken off it.

    Establishments without any weight within r drop out of both sums. A pair is within r when its
    distance is at most r: at r = 0 the establishments of one address are counted.

    Parameters
    ----------
    x, y : array of shape (points,)
        Coordinates in one unit of length; with `lonlat`, longitudes and latitudes in degrees.
    industry : array of shape (points,)
        Label of each establishment.
    reference, neighbour : label
        The industry around which, and the industry that is looked for; the same, or two.
    distances : array of shape (distances,)
        r, in the unit of `x`, or km with `lonlat`; in any order, none negative.
    weights : array of shape (points,), optional
        Weight of each establishment, such as its jobs, none negative; without it each counts as one.
    lonlat : bool
        Great-circle distances in km, on a sphere of radius 6371.0088 km.
    case_control : bool
        `reference` are cases, `neighbour` are controls, others play no part: ``sum_a [W_cases(a, r) /
        W_controls(a, r)] / sum_a [(W_cases - w_a) / W_controls]``. Cases without controls within r drop
        out.

    Returns
    -------
    array of shape (distances,), without unit
        NaN at distances within which no establishment of `reference` has any neighbour of positive
        weight, and where the industry has no weight but that of one establishment.

    Raises
    ------
    InputRefused
        ``unknown_industry`` if no establishment has one of the labels; ``same_industry`` if cases are
        their own controls; ``bad_coordinates``, ``bad_weights``, ``bad_distances`` if one is not a finite
        number or is negative where it may not be; ``shapes_differ`` if lengths differ.

    References
    ----------
    E. Marcon and F. Puech, "Measures of the geographic concentration of industries: improving
    distance-based methods", Journal of Economic Geography 10, 2010.

    Examples
    --------
    Wool at 0 and 1 km, oil at 1.5 and 9. Within 1 km, each wool mill has the other mill; the second has
    an oil mill too. M(1) = (1/1 + 1/2) / (1/3 + 1/3) = 2.25.

    >>> m_curve([0, 1, 1.5, 9], [0, 0, 0, 0], ["wool", "wool", "oil", "oil"], "wool", "wool", [1.0]).tolist()
    [2.25]
    """
    checked = places(x, y, lonlat=lonlat)
    across, above = np.asarray(x, np.float64), np.asarray(y, np.float64)
    # On the plane, coordinates as they came: moving the origin could part two equal distances.
    axes = checked.axes if lonlat else np.array([across, above])
    labels = np.asarray(industry)
    if labels.shape != across.shape:
        raise InputRefused("shapes_differ", x=across.shape, y=labels.shape)
    weight = checked_weights(weights, len(across))
    wanted = checked_distances(distances)
    if case_control and reference == neighbour:
        raise InputRefused("same_industry", industry=reference)
    increasing, place = np.unique(wanted, return_inverse=True)
    order = curve_order(across, above)
    around = order[_having(labels, reference)[order]]
    looked_for = order[_having(labels, neighbour)[order]]
    limits = rings(increasing, sphere=lonlat)
    counted, among = (around, looked_for) if case_control else (looked_for, order)
    shares, whole = np.zeros(len(increasing)), np.zeros(len(increasing))
    for start in range(0, len(around), AT_ONCE):
        part = around[start : start + AT_ONCE]
        near = weight_within(axes, part, counted, weight, limits)
        everyone = weight_within(axes, part, among, weight, limits)
        expected, rest = _others(weight, counted, part), _others(weight, among, part)
        # A point that holds all the weight has no neighbour of any weight, so its zero is never a divisor.
        shares += np.divide(near, everyone, out=np.zeros_like(near), where=everyone > 0).sum(axis=0)
        ratio = np.divide(expected, rest, out=np.zeros_like(rest), where=rest > 0)
        whole += ratio @ (everyone > 0)
    found = np.divide(shares, whole, out=np.full(len(whole), np.nan), where=whole > 0)
    return np.asarray(found[place])


def _having(labels: NDArray[Any], wanted: Any) -> NDArray[np.bool_]:
    """Which points have a label.

    Raises
    ------
    InputRefused
        If none has.
    """
    found = np.asarray(labels == wanted)
    if found.shape != labels.shape or not found.any():
        accepted = ", ".join(map(str, dict.fromkeys(labels.tolist()[:1000])))
        raise InputRefused("unknown_industry", industry=wanted, accepted=accepted)
    return found


def _others(weight: Floats, group: NDArray[np.int64], around: NDArray[np.int64]) -> Floats:
    """Weight of a group, less that of each point of `around` that belongs to it."""
    inside = np.zeros(len(weight), bool)
    inside[group] = True
    return np.asarray(weight[group].sum() - np.where(inside[around], weight[around], 0.0))
