"""Calendar months: contracts are counted in them, from one day to the same day of a later month."""

from calendar import monthrange
from datetime import date


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or its last day where that month is shorter.

    Parameters
    ----------
    day : first day
    months : how many months later, not negative

    Raises
    ------
    ValueError
        If `months` is negative, or the result lies after the year 9999.

    Examples
    --------
    >>> add_months(date(2016, 1, 1), 36)
    datetime.date(2019, 1, 1)
    >>> add_months(date(2016, 1, 31), 1)
    datetime.date(2016, 2, 29)
    """
    if months < 0:
        raise ValueError(f"{months} months: a period does not run backwards.")
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        raise ValueError(f"{months} months from {day} lie after the last year of the calendar, 9999.")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
