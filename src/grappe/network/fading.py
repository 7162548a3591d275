"""How a tie fades when nobody confirms it: whole on the day of its last confirmation, then by halves."""

from collections.abc import Iterable
from functools import cache
from importlib.resources import files

import yaml

from grappe.domain.dates import PartialDate, is_date, partial_date

YEAR = 365.25
"""Days in a year."""
OVER = frozenset({"done", "ended"})
"""Statuses of what is over: that it is told later does not make it younger."""


@cache
def default_half_life() -> float:
    """Years after which an unconfirmed tie has half its strength, from ``fading.yml``."""
    read = yaml.load((files("grappe.network") / "fading.yml").read_text("utf-8"), yaml.CSafeLoader)
    return float(read["half_life_years"])


def last_confirmation(
    said: Iterable[str],
    on: PartialDate,
    *,
    start: str | None = None,
    end: str | None = None,
    status: str | None = None,
) -> PartialDate | None:
    """Latest day on which a source vouches for a tie, as seen from the day asked.

    - A tie that is over (done, ended) was last confirmed at its end; without an end, at its start.
    - A tie with an end still to come is confirmed by its own term until then.
    - Any other: the latest of what its statements speak of (their `as_of`, which is that of the
      source when a statement has none of its own), its start and its end.

    Nothing later than the day asked confirms.

    Parameters
    ----------
    said : `as_of` of each statement about the tie
    on : day asked
    start, end : dates of the tie as printed, or nothing
    status : code of the list `status`, or nothing

    Returns
    -------
    PartialDate or None
        At the precision printed; nothing if no date at all is known by the day asked.

    Examples
    --------
    >>> march = PartialDate("2019-03")
    >>> last_confirmation(["2019-03"], march, end="2014", status="ended").text
    '2014'
    >>> last_confirmation(["2014", "2019-03"], march, start="2012").text
    '2019-03'
    >>> last_confirmation(["2014"], march, end="2020").text
    '2019-03'
    """
    dates = [partial_date(text) for text in said]
    first, last = (partial_date(text) if is_date(text) and text else None for text in (start, end))
    if status in OVER:
        own = [day for day in (last, first) if day is not None and day.first < on.end]
        if own:
            return own[0]
    elif last is not None and last.end > on.end and status in (None, "active"):
        begun = [day for day in (first, *dates) if day is not None and day.first < on.end]
        return on if begun else None
    past = [day for day in (*dates, first, last) if day is not None and day.first < on.end]
    return max(past, key=lambda day: (day.end, day.first), default=None)


def strength(confirmed: PartialDate | None, on: PartialDate, half_life: float) -> float:
    """What is left of a tie: ``0.5 ** (years since the last confirmation / half_life)``.

    Parameters
    ----------
    confirmed : day, month or year of the last confirmation, counted to its last day; nothing counts
        as confirmed never
    on : day asked, counted to its last day
    half_life : in years, above zero

    Returns
    -------
    float
        From 1, confirmed on the day asked or later, towards 0; 0 if never confirmed.

    Raises
    ------
    ValueError
        If the half-life is not above zero.

    Examples
    --------
    >>> strength(PartialDate("2014-03"), PartialDate("2019-03"), 5)  # five years of 365.25 days: 1826
    0.5000...
    >>> strength(PartialDate("2019-03"), PartialDate("2019-03"), 5)
    1.0
    """
    if not half_life > 0:
        raise ValueError(f"A half-life of {half_life} years is not above zero.")
    if confirmed is None:
        return 0.0
    years = max(0, (on.end - confirmed.end).days) / YEAR
    return float(0.5 ** (years / half_life))
