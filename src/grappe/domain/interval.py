"""Figures as printed: a number with its precision is an interval; two figures agree if theirs meet."""

from dataclasses import dataclass
from enum import StrEnum
from math import inf

ABOUT = 0.10
"""Half-width that `about` stands for, as a share of the figure (design, section 3)."""


class Precision(StrEnum):
    """How exactly the source prints a figure."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class Interval:
    """Closed interval of numbers ``[low, high]``; `high` may be infinite."""

    low: float
    high: float

    def meets(self, other: "Interval") -> bool:
        """Tell whether the two share at least one number.

        >>> Interval(85, 85).meets(Interval(80, inf))
        True
        """
        return self.low <= other.high and other.low <= self.high

    @property
    def width(self) -> float:
        """Length of the interval, in the unit of its ends: the smaller, the more precise the figure."""
        return self.high - self.low


def interval_of(
    value: float, precision: str = "exact", low: float | None = None, high: float | None = None
) -> Interval:
    """Interval that a printed figure stands for.

    >>> interval_of(11000, "about")
    Interval(low=9900.0, high=12100.0)
    >>> interval_of(120, "range", 120, 130)
    Interval(low=120, high=130)

    Raises
    ------
    ValueError
        If a range lacks an end, or its ends are in the wrong order.
    """
    match Precision(precision):
        case Precision.EXACT:
            return Interval(value, value)
        case Precision.ABOUT:
            margin = abs(value) * ABOUT
            return Interval(round(value - margin, 9), round(value + margin, 9))
        case Precision.AT_LEAST:
            return Interval(value, inf)
        case Precision.AT_MOST:
            return Interval(min(0, value), value)
        case Precision.RANGE:
            if low is None or high is None or low > high:
                raise ValueError(f"a range needs low <= high, not {low} and {high}.")
            return Interval(low, high)
