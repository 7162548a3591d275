"""The scoreboard: what each side promised beside what came of it, rounded and dated.

Rounding belongs here and nowhere below: this is what a publication clause may let everybody read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

from grappe.policy.cite import Cite
from grappe.policy.lateness import Kept, Obligation, Side, lateness
from grappe.policy.reported import Against

STEP = 5
"""Percentages are rounded to this many points, amounts to two significant digits."""


@dataclass(frozen=True, slots=True)
class SideScore:
    """How one side kept what fell due until a day; `longest` is in days late."""

    side: Side
    due: int
    kept: int
    kept_late: int
    late: int
    longest: int
    amount_due: Decimal | None
    amount_paid: Decimal | None


@dataclass(frozen=True, slots=True)
class ResultLine:
    """A target with its result as a rounded percentage of it; None where it cannot be told."""

    indicator: str
    period: int
    percent: int | None
    met: bool | None
    cites: tuple[Cite, ...]


@dataclass(frozen=True, slots=True)
class Scoreboard:
    """Both sides and the results, as they stood on a day."""

    on: date
    state: SideScore
    beneficiary: SideScore
    results: tuple[ResultLine, ...]
    met: int
    told: int


def scoreboard(owed: Sequence[Obligation], against: Sequence[Against], on: date) -> Scoreboard:
    """Commitments of both sides against results.

    Parameters
    ----------
    owed : obligations of both sides
    against : results beside their targets; those without a result count in neither `met` nor `told`
    on : day of which it speaks

    Examples
    --------
    >>> scoreboard([], [], date(2018, 1, 1)).state.due
    0
    """
    lines = tuple(_line(one) for one in against if one.period > 0)
    told = [one for one in lines if one.met is not None]
    return Scoreboard(
        on,
        _side(Side.STATE, owed, on),
        _side(Side.BENEFICIARY, owed, on),
        lines,
        sum(one.met is True for one in told),
        len(told),
    )


def rounded_amount(amount: Decimal) -> Decimal:
    """An amount to two significant digits.

    Examples
    --------
    >>> rounded_amount(Decimal("1549999.50")), rounded_amount(Decimal(7)), rounded_amount(Decimal(0))
    (Decimal('1500000'), Decimal('7'), Decimal('0'))
    """
    digits = max(0, amount.adjusted() - 1) if amount else 0
    unit = Decimal(10) ** digits
    return Decimal(int((amount / unit).to_integral_value(ROUND_HALF_EVEN)) * int(unit))


def _side(side: Side, owed: Sequence[Obligation], on: date) -> SideScore:
    mine = [(one, lateness(one, on)) for one in owed if one.side is side]
    due = [(one, how) for one, how in mine if how.kept not in (Kept.NOT_DUE, Kept.NO_DAY)]
    amounts = [(one.amount, how.kept) for one, how in due if one.amount is not None]
    paid = [amount for amount, kept in amounts if kept is not Kept.LATE]
    return SideScore(
        side=side,
        due=len(due),
        kept=sum(how.kept is Kept.KEPT for _, how in due),
        kept_late=sum(how.kept is Kept.KEPT_LATE for _, how in due),
        late=sum(how.kept is Kept.LATE for _, how in due),
        longest=max((how.days for _, how in due), default=0),
        amount_due=rounded_amount(sum((one for one, _ in amounts), Decimal())) if amounts else None,
        amount_paid=rounded_amount(sum(paid, Decimal())) if amounts else None,
    )


def _line(one: Against) -> ResultLine:
    percent = None
    if one.low is not None and one.target > 0:
        share = Decimal(str(one.low)) / one.target * 100
        percent = int((share / STEP).to_integral_value(ROUND_HALF_EVEN)) * STEP
    return ResultLine(one.indicator, one.period, percent, one.met, one.cites)
