"""The slots of a matchmaking event: cut from its days by a length, around its breaks, in its time zone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

from grappe.domain.errors import Problem

SHORTEST, LONGEST = 5, 480
"""Length of a slot, in minutes."""
MOST_SLOTS = 500
"""Slots of one event: a grid larger than this is a mistake of entry."""


@dataclass(frozen=True, slots=True, order=True)
class Day:
    """A day of meetings: first and last hour, in local time."""

    day: date
    start: time
    end: time


@dataclass(frozen=True, slots=True)
class Break:
    """A break, in local time: of one day, or of all of them."""

    start: time
    end: time
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot: its code, and its first and last instant in UTC."""

    code: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Grid:
    """What the slots of an event are cut from.

    Attributes
    ----------
    days : tuple of Day
    slot_minutes : int, in minutes
        Length of a slot.
    pause_minutes : int, in minutes
        Time to change tables between two slots.
    breaks : tuple of Break
    zone : str
        Name of a time zone of the tz database, such as ``Africa/Casablanca``.
    """

    days: tuple[Day, ...]
    slot_minutes: int
    zone: str
    pause_minutes: int = 0
    breaks: tuple[Break, ...] = ()


def slots_of(grid: Grid) -> tuple[Slot, ...]:
    """Slots of a grid without problems, in the order of time.

    A slot that would run into a break begins after it instead; the rest of a day that is shorter
    than a slot stays empty. Lengths are real minutes, so that a day on which clocks change is right.

    Parameters
    ----------
    grid : Grid
        One in which `grid_problems` finds nothing.

    Returns
    -------
    tuple of Slot
        Codes are the local day and hour, such as ``20270316-0900``: they stay when slots are added.

    Examples
    --------
    >>> day = Day(date(2027, 3, 16), time(9), time(10, 30))
    >>> pause = Break(time(9, 20), time(9, 40))
    >>> [slot.code for slot in slots_of(Grid((day,), 20, "Africa/Casablanca", breaks=(pause,)))]
    ['20270316-0900', '20270316-0940', '20270316-1000']
    """
    return tuple(slot for day in sorted(grid.days) for slot in _slots_of_day(grid, day))


def _slots_of_day(grid: Grid, day: Day) -> Iterator[Slot]:
    zone = ZoneInfo(grid.zone)
    length, pause = timedelta(minutes=grid.slot_minutes), timedelta(minutes=grid.pause_minutes)
    breaks = sorted(
        (_instant(day.day, one.start, zone), _instant(day.day, one.end, zone))
        for one in grid.breaks
        if one.day in (None, day.day)
    )
    begin, end = _instant(day.day, day.start, zone), _instant(day.day, day.end, zone)
    while begin + length <= end:
        over = [until for since, until in breaks if since < begin + length and begin < until]
        if over:
            begin = max(over)
            continue
        yield Slot(begin.astimezone(zone).strftime("%Y%m%d-%H%M"), begin, begin + length)
        begin += length + pause


def grid_problems(grid: Grid, event: str) -> list[Problem]:
    """Everything that makes the slots of an event impossible, each named.

    Parameters
    ----------
    grid : Grid
    event : str
        Id of the event, which the problems name as their place.

    Returns
    -------
    list of Problem
        Empty if `slots_of` will cut at least one slot.

    Examples
    --------
    >>> day = Day(date(2027, 3, 16), time(10), time(9))
    >>> [problem.code for problem in grid_problems(Grid((day,), 20, "Africa/Casablanca"), "ev")]
    ['day_ends_before_start']
    """
    found: list[Problem] = []

    def say(code: str, **params: object) -> None:
        found.append(Problem(code, event, params={key: str(value) for key, value in params.items()}))

    if grid.zone not in _zones():
        say("unknown_zone", zone=grid.zone)
    if not SHORTEST <= grid.slot_minutes <= LONGEST:
        say("bad_slot_length", minutes=grid.slot_minutes, low=SHORTEST, high=LONGEST)
    if not 0 <= grid.pause_minutes <= LONGEST:
        say("bad_pause", minutes=grid.pause_minutes)
    if not grid.days:
        say("no_day")
    for day in grid.days:
        if day.end <= day.start:
            say("day_ends_before_start", day=day.day, start=_hour(day.start), end=_hour(day.end))
    ordered = sorted(grid.days)
    for one, after in pairwise(ordered):
        if one.day == after.day and after.start < one.end:
            say("days_overlap", day=one.day, first=_hours(one), second=_hours(after))
    for pause in grid.breaks:
        if pause.end <= pause.start:
            say("break_ends_before_start", start=_hour(pause.start), end=_hour(pause.end))
        if pause.day is not None and pause.day not in {day.day for day in grid.days}:
            say("break_of_no_day", day=pause.day)
    if not found:
        for day in grid.days:
            for hour in (day.start, day.end):
                if not _exists(day.day, hour, ZoneInfo(grid.zone)):
                    say("no_such_hour", day=day.day, hour=_hour(hour), zone=grid.zone)
    if not found:
        count = len(slots_of(grid))
        if not count:
            say("no_slot")
        elif count > MOST_SLOTS:
            say("too_many_slots", count=count, most=MOST_SLOTS)
    return found


def _instant(day: date, hour: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, hour, tzinfo=zone).astimezone(UTC)


def _exists(day: date, hour: time, zone: ZoneInfo) -> bool:
    """Whether clocks of the zone show that hour on that day: in spring an hour is left out."""
    local = datetime.combine(day, hour, tzinfo=zone)
    return local.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None)


def _hour(hour: time) -> str:
    return hour.strftime("%H:%M")


def _hours(day: Day) -> str:
    return f"{_hour(day.start)}-{_hour(day.end)}"


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())
