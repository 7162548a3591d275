"""What came of a meeting: asked at once and after 6, 12 and 24 months, and the link that follows from it."""

from calendar import monthrange
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from types import MappingProxyType


class Horizon(IntEnum):
    """Months after a meeting at which both are asked what came of it."""

    AT_ONCE = 0
    SIX_MONTHS = 6
    ONE_YEAR = 12
    TWO_YEARS = 24


class OutcomeKind(StrEnum):
    """What came of a meeting, from least to most."""

    NOTHING = "nothing"
    CONTACT_KEPT = "contact_kept"
    VISIT = "visit"
    AGREEMENT = "agreement"
    JOINT_PROJECT = "joint_project"


@dataclass(frozen=True, slots=True)
class LinkTerms:
    """Kind and stage of the link that an outcome becomes, as codes of their controlled lists."""

    kind: str
    stage: str


LINK_TERMS: Mapping[OutcomeKind, LinkTerms | None] = MappingProxyType(
    {
        OutcomeKind.NOTHING: None,
        # Meeting again is no cooperation yet: kind `event` never counts in flags and degrees.
        OutcomeKind.CONTACT_KEPT: LinkTerms("event", "contact"),
        OutcomeKind.VISIT: LinkTerms("event", "visit"),
        OutcomeKind.AGREEMENT: LinkTerms("convention", "agreement"),
        OutcomeKind.JOINT_PROJECT: LinkTerms("partnership", "joint_project"),
    }
)
"""The link that each outcome becomes, total over `OutcomeKind`; no link comes of nothing."""


@dataclass(frozen=True, slots=True)
class Due:
    """An outcome that is still to be told: of which meeting, at which horizon, since when."""

    meeting: str
    horizon: Horizon
    since: date


def due_on(held: date, horizon: Horizon) -> date:
    """Day from which an outcome is asked for.

    Parameters
    ----------
    held : date
        Day of the meeting.
    horizon : Horizon, in months

    Returns
    -------
    date
        The same day of a later month, or the last one of that month if it is shorter.

    Examples
    --------
    >>> due_on(date(2027, 8, 31), Horizon.SIX_MONTHS)
    datetime.date(2028, 2, 29)
    """
    months = held.month - 1 + int(horizon)
    year, month = held.year + months // 12, months % 12 + 1
    return date(year, month, min(held.day, monthrange(year, month)[1]))


def outcomes_due(
    held: Iterable[tuple[str, date]], told: Collection[tuple[str, Horizon]], on: date
) -> tuple[Due, ...]:
    """Outcomes due on a day and not told, the longest due first.

    Only the latest horizon that is due is asked of a meeting: after a year, what came of it at once
    is no longer a fair question.

    Parameters
    ----------
    held : iterable of (meeting, day)
    told : collection of (meeting, horizon)
        Outcomes that were recorded.
    on : date

    Returns
    -------
    tuple of Due

    Examples
    --------
    >>> outcomes_due([("m1", date(2027, 3, 16))], [("m1", Horizon.AT_ONCE)], date(2027, 9, 16))
    (Due(meeting='m1', horizon=<Horizon.SIX_MONTHS: 6>, since=datetime.date(2027, 9, 16)),)
    """
    found = []
    for meeting, day in held:
        reached = [horizon for horizon in Horizon if due_on(day, horizon) <= on]
        if reached and (meeting, reached[-1]) not in told:
            found.append(Due(meeting, reached[-1], due_on(day, reached[-1])))
    return tuple(sorted(found, key=lambda due: (due.since, due.horizon, due.meeting)))
