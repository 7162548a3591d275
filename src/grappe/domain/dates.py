"""Dates at the precision that a source prints: a year, a month or a day, each an interval of days."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

_FORM = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A day, month or year as printed, such as ``2010``, ``2010-12`` or ``2010-12-05``.

    It stands for the half-open interval of days ``[first, end)``.

    Raises
    ------
    ValueError
        If the text is not one of the three forms, or names a day that no calendar has.
    """

    first: date
    end: date
    text: str

    def __init__(self, text: str) -> None:
        found = _FORM.fullmatch(text)
        if not found:
            raise ValueError(f"{text!r} is not a date: write YYYY, YYYY-MM or YYYY-MM-DD.")
        year, month, day = (int(part) if part else None for part in found.groups())
        assert year is not None
        try:
            first, end = _days(year, month, day)
        except OverflowError:
            raise ValueError(f"{text!r} is beyond the last year of the calendar, 9999.") from None
        object.__setattr__(self, "first", first)
        object.__setattr__(self, "end", end)
        object.__setattr__(self, "text", text)

    def meets(self, other: "PartialDate") -> bool:
        """Tell whether both can name the same day: ``2010`` meets ``2010-12``.

        >>> PartialDate("2010").meets(PartialDate("2010-12"))
        True
        >>> PartialDate("2015").meets(PartialDate("2018"))
        False
        """
        return self.first < other.end and other.first < self.end

    @property
    def days(self) -> int:
        """Length of the interval in days: the smaller, the more precise the date."""
        return (self.end - self.first).days

    def __str__(self) -> str:
        return self.text


def _days(year: int, month: int | None, day: int | None) -> tuple[date, date]:
    """First day and first day out; the calendar ends with the year 9999, so nothing may end after it."""
    first = date(year, 1 if month is None else month, 1 if day is None else day)
    if day is not None:
        return first, first + timedelta(days=1)
    later = (year + 1, 1) if month is None else (year + month // 12, month % 12 + 1)
    if later[0] > date.max.year:
        raise OverflowError
    return first, date(*later, 1)


@cache
def partial_date(text: str) -> PartialDate:
    """The date of a text, parsed once: a census names the same few days a million times.

    Raises
    ------
    ValueError
        As `PartialDate`.
    """
    return PartialDate(text)


def is_date(text: object) -> bool:
    """Tell whether `text` is a date that `PartialDate` accepts."""
    if not isinstance(text, str):
        return False
    try:
        partial_date(text)
    except ValueError:
        return False
    return True
