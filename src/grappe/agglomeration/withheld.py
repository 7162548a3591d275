"""Bounds that withheld cells leave on sums, shares and their differences, as expressions of the engine.

A cell printed as ``10-19`` may be any number from 10 to 19, one printed as ``500+`` any number from 500
up. Sums of disjoint cells attain every value between the sums of their bounds, so what follows is sharp
whenever the parts it is given are disjoint.
"""

from dataclasses import dataclass
from typing import Any

import ibis
import ibis.expr.types as ir

INFINITE = float("inf")

Number = Any
"""An expression of the engine that holds a number; Ibis types them at run time only."""


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of cells: its lower bound, the upper bound of its closed cells, and how many cells are open.

    The open cells are counted apart because a sum without some of its cells must be computed by
    subtraction, and infinity less infinity is nothing.
    """

    low: Number
    closed: Number
    open: Number

    def __sub__(self, part: "Sum") -> "Sum":
        """What is left of a sum without one of its parts; rounding never makes it negative."""
        return Sum(
            ibis.greatest(self.low - part.low, 0.0),
            ibis.greatest(self.closed - part.closed, 0.0),
            self.open - part.open,
        )

    def __add__(self, other: "Sum") -> "Sum":
        """The sum of two sums without a cell in common."""
        return Sum(self.low + other.low, self.closed + other.closed, self.open + other.open)

    @property
    def high(self) -> Number:
        """The upper bound, infinite when a cell is open."""
        return ibis.ifelse(self.open > 0, INFINITE, self.closed)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The lowest and the highest value that something can have."""

    low: Number
    high: Number


def bounds_columns(table: ir.Table) -> ir.Table:
    """A table of cells with the columns ``closed`` and ``open`` that `Sum` needs, in place of ``high``."""
    is_open = table.high == INFINITE
    return table.mutate(closed=ibis.ifelse(is_open, 0.0, table.high), open=is_open.cast("int64")).drop("high")


def sum_of(table: ir.Table, margin: str = "") -> Sum:
    """The sum that a table holds in the columns ``low``, ``closed``, ``open``, after a prefix."""
    return Sum(table[f"{margin}low"], table[f"{margin}closed"], table[f"{margin}open"])


def ratio(numerator: Number, denominator: Number) -> Number:
    """A quotient, NULL where the denominator is zero."""
    return numerator / denominator.nullif(0.0)


def part_of(part: Number, rest: Number) -> Number:
    """``part / (part + rest)``, either of which may be infinite, not both.

    A part without a rest is everything, even when it is zero: this is the limit as it vanishes.
    """
    return ibis.cases(
        (rest == 0.0, 1.0),
        (rest == INFINITE, 0.0),
        (part == INFINITE, 1.0),
        else_=part / (part + rest).nullif(0.0),
    )


def share(part: Sum, rest: Sum) -> Bounds:
    """Bounds of the share of a part in itself and a rest that has no cell in common with it.

    The share rises with the part and falls with the rest, so the bounds are attained (for an infinite
    bound or an empty total, approached).
    """
    low = ibis.ifelse((part.high == 0.0) | (rest.high == INFINITE), 0.0, part_of(part.low, rest.high))
    return Bounds(low, ibis.ifelse(part.high == 0.0, 0.0, part_of(part.high, rest.low)))


def gap(one: Bounds, other: Bounds) -> Bounds:
    """Bounds of how far two values known by their bounds lie apart."""
    low = ibis.greatest(one.low - other.high, other.low - one.high, 0.0)
    return Bounds(low, ibis.greatest(one.high - other.low, other.high - one.low))


def excess(one: Bounds, other: Bounds) -> Bounds:
    """Bounds of ``max(one - other, 0)``."""
    return Bounds(ibis.greatest(one.low - other.high, 0.0), ibis.greatest(one.high - other.low, 0.0))


def times(count: Bounds, factor: Bounds) -> Bounds:
    """Bounds of a count, never negative, times a factor of any sign; zero times anything is zero."""

    def product(one: Number, two: Number) -> Number:
        return ibis.ifelse((one == 0.0) | (two == 0.0), 0.0, one * two)

    return Bounds(
        product(ibis.ifelse(factor.low < 0, count.high, count.low), factor.low),
        product(ibis.ifelse(factor.high < 0, count.low, count.high), factor.high),
    )


def around(value: Number, bounds: Bounds) -> Bounds:
    """Bounds that rounding has not pushed past the value they hold; the value may be NULL."""
    known = value.notnull()
    return Bounds(
        ibis.ifelse(known, ibis.least(bounds.low, value), bounds.low),
        ibis.ifelse(known, ibis.greatest(bounds.high, value), bounds.high),
    )
