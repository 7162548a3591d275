"""Indices of how far one set of shares lies from another, shared by concentration and specialisation.

Rows hold ``share`` (s, of an industry over regions or of a region over industries) and ``compared`` (x, of
all jobs). A pair without a row has s = 0: each index is written so that such pairs add nothing, or add
what is left of x.
"""

import math
from typing import Literal

import ibis
import ibis.expr.types as ir

from grappe.agglomeration.withheld import (
    INFINITE,
    Bounds,
    Number,
    around,
    excess,
    ratio,
    share,
    sum_of,
)

Side = Literal["region", "industry"]
INDICES = ("hoover", "gini", "theil", "herfindahl", "entropy")


def with_shares(found: ir.Table, *, of: Side, against: Side, withheld: bool, own: bool) -> ir.Table:
    """Cells beside their margins as shares: `of` is what the share is taken in, `against` what it is beside.

    `own` says whether x is made of the same cells: then ``x >= floor * s``, as a part is no larger than the
    whole it belongs to, with ``floor`` the least share that `of` can have in everything.
    """
    columns = {
        "share": ratio(found.value, found[f"{of}_value"]),
        "compared": ratio(found[f"{against}_value"], found.all_value),
    }
    if withheld:
        cell, whole, beside = sum_of(found), sum_of(found, f"{of}_"), sum_of(found, f"{against}_")
        everything = sum_of(found, "all_")
        s, x = share(cell, whole - cell), share(beside, everything - beside)
        columns |= {"share_low": s.low, "share_high": s.high, "compared_low": x.low, "compared_high": x.high}
        columns["floor"] = share(whole, everything - whole).low if own else ibis.literal(0.0)
    return found.mutate(**columns)


def spread(rows: ir.Table, *, by: Side, withheld: bool) -> ir.Table:
    """The indices of each `by`, and ``present``, its number of pairs above zero.

    The indices are NULL where there is nothing to take a share of. With `withheld` there are bounds too.
    """
    rank = ibis.ifelse(rows.compared > 0.0, ratio(rows.share, rows.compared), INFINITE)
    rows = rows.mutate(rank=rank)
    other = "industry" if by == "region" else "region"
    # The second key makes the order of ties, hence the last digit, the same in every run.
    below = rows.share.cumsum(group_by=by, order_by=[rows.rank, rows[other]])
    rows = rows.mutate(below=below)
    aggregates = {
        "present": (rows.value > 0).sum(),
        "counted": (rows.share.notnull() & rows.compared.notnull()).any(),
        "hoover": ibis.greatest(rows.share - rows.compared, 0.0).sum(),
        # Trapezoids under the Lorenz curve: those of absent pairs have no height.
        "gini": ibis.greatest(1.0 - (rows.compared * (2.0 * rows.below - rows.share)).sum(), 0.0),
        "theil": _divergence(rows.share, rows.compared).sum(),
        "herfindahl": (rows.share**2).sum(),
        "entropy": _entropy_term(rows.share).sum(),
    }
    if withheld:
        aggregates |= _parts_of_bounds(rows)
    found = rows.group_by(by).aggregate(**aggregates)
    nothing = ibis.null("float64")
    columns = {one: ibis.ifelse(found.counted, found[one], nothing) for one in INDICES}
    if withheld:
        # Where the middle of every interval is zero there is no value, and there may be jobs all the same.
        possible = found.possible > 0
        for name, bounds in _bounds(found).items():
            held = around(columns[name], bounds)
            columns[f"{name}_low"] = ibis.ifelse(possible, held.low, nothing)
            columns[f"{name}_high"] = ibis.ifelse(possible, held.high, nothing)
    return found.select(by, "present", **columns)


def _divergence(s: Number, x: Number) -> Number:
    """``s ln(s / x)``: zero where s is, infinite where x alone is."""
    return ibis.cases((s == 0.0, 0.0), (x == 0.0, INFINITE), else_=s * (s.nullif(0.0) / x.nullif(0.0)).ln())


def _distance(s: Number, x: Number) -> Number:
    """``s ln(s / x) - s + x``, which is never negative and grows as s and x part."""
    return _divergence(s, x) - s + x


def _entropy_term(s: Number) -> Number:
    return ibis.ifelse(s == 0.0, 0.0, -s * s.nullif(0.0).ln())


def _parts_of_bounds(rows: ir.Table) -> dict[str, Number]:
    s, x = Bounds(rows.share_low, rows.share_high), Bounds(rows.compared_low, rows.compared_high)
    over, under = excess(s, x), excess(x, s)
    nearest = ibis.cases(
        (s.low > x.high, _distance(s.low, x.high)), (s.high < x.low, _distance(s.high, x.low)), else_=0.0
    )
    farthest = ibis.greatest(
        _distance(s.low, x.high), _distance(s.high, ibis.greatest(x.low, rows.floor * s.high))
    )
    ends = _entropy_term(s.low), _entropy_term(s.high)
    turning = 1 / math.e  # where -s ln s is largest, and what it is there
    highest = ibis.ifelse((s.low < turning) & (s.high > turning), turning, ibis.greatest(*ends))
    return {
        "over_low": over.low.sum(), "over_high": over.high.sum(),
        "under_low": under.low.sum(), "under_high": under.high.sum(),
        "share_below": (rows.share - s.low).sum(), "share_above": (s.high - rows.share).sum(),
        "compared_sum": rows.compared.sum(), "least": x.low.sum(), "most": x.high.sum(),
        "nearest": ibis.greatest(nearest, 0.0).sum(), "farthest": farthest.sum(),
        "squares_low": (s.low**2).sum(), "squares_high": (s.high**2).sum(), "largest": s.high.max(),
        "possible": (s.high > 0).sum(),
        "entropy_least": ibis.least(*ends).sum(), "entropy_most": highest.sum(),
    }  # fmt: skip


def _bounds(found: ir.Table) -> dict[str, Bounds]:
    """Bounds of each index, from sums over the pairs that have a row.

    What x leaves to the pairs without a row lies between 1 less the most and 1 less the least of the others.
    """
    left = Bounds(ibis.greatest(1.0 - found.most, 0.0), ibis.greatest(1.0 - found.least, 0.0))
    hoover = Bounds(
        ibis.greatest(found.over_low, found.under_low + left.low),
        ibis.least(found.over_high, found.under_high + left.high, 1.0),
    )
    # The Gini moves by no more than the shares do, all in all, and what leaves one pair enters another.
    share_moves = 2.0 * ibis.least(found.share_below, found.share_above)
    beside = ibis.greatest(1.0 - found.compared_sum, 0.0)
    compared_moves = 2.0 * ibis.least(
        found.compared_sum - found.least + beside - left.low,
        found.most - found.compared_sum + left.high - beside,
    )
    moves = ibis.ifelse(found.counted, share_moves + compared_moves, INFINITE)
    middle = ibis.ifelse(found.counted, found.gini, 0.0)
    # A Lorenz curve whose largest gap is h spans at least a triangle of that height, and lies above the line
    # parallel to the diagonal at that gap.
    gini = Bounds(
        ibis.greatest(hoover.low, middle - moves),
        ibis.least(hoover.high * (2.0 - hoover.high), middle + moves),
    )
    possible = found.possible.cast("float64")
    return {
        "hoover": hoover,
        "gini": gini,
        "theil": Bounds(found.nearest + left.low, found.farthest + left.high),
        "herfindahl": Bounds(
            ibis.greatest(found.squares_low, 1.0 / possible.nullif(0.0)),
            ibis.least(found.squares_high, found.largest, 1.0),
        ),
        "entropy": Bounds(found.entropy_least, ibis.least(found.entropy_most, possible.nullif(0.0).ln())),
    }
