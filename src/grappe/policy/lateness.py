"""Lateness: what each side of a contract owes, and whether it is kept, and how many days late."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Side(StrEnum):
    """Who owes something."""

    STATE = "state"
    BENEFICIARY = "beneficiary"  # the cluster


class Kept(StrEnum):
    """How an obligation stands on a day."""

    KEPT = "kept"  # in time
    KEPT_LATE = "kept_late"
    LATE = "late"  # the day has passed and it is not done
    NOT_DUE = "not_due"  # the day has not passed
    NO_DAY = "no_day"  # nothing says by when: it is never late


@dataclass(frozen=True, slots=True)
class Obligation:
    """One thing that one side owes the other.

    `kind` is ``tranche``, ``report``, ``signature`` or ``commitment``; `subject` its number or id.
    `due_on` is the last day on which it is in time.
    """

    side: Side
    kind: str
    subject: str
    due_on: date | None
    done_on: date | None
    amount: Decimal | None = None
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class Lateness:
    """How an obligation stands, and its days late; none early."""

    kept: Kept
    days: int


def lateness(owed: Obligation, on: date) -> Lateness:
    """How an obligation stands on a day; what was done after that day is not known yet.

    Examples
    --------
    >>> owed = Obligation(Side.STATE, "tranche", "1", date(2016, 3, 1), date(2016, 3, 31))
    >>> lateness(owed, date(2016, 3, 11)), lateness(owed, date(2017, 1, 1)).days
    (Lateness(kept=<Kept.LATE: 'late'>, days=10), 30)
    """
    done = owed.done_on if owed.done_on is not None and owed.done_on <= on else None
    if owed.due_on is None:
        return Lateness(Kept.KEPT if done else Kept.NO_DAY, 0)
    days = max(0, ((done or on) - owed.due_on).days)
    if done:
        return Lateness(Kept.KEPT_LATE if days else Kept.KEPT, days)
    return Lateness(Kept.LATE if days else Kept.NOT_DUE, days)
