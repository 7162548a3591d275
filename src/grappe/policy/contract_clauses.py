"""Clauses of a contract: what both sides agree on where its scheme is silent.

A clause that nobody has named takes the editors' working value, and is said to be one; it never passes for
what a source says.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from grappe.domain.errors import BadChoice, InputRefused, Problem
from grappe.policy.indicators import DENOMINATORS

WORKING: Mapping[str, int] = {"report_months": 12, "report_days": 60, "payment_days": 60}
"""Working values of the editors for clauses that no source gives: a report a year, sixty days for it and
for a payment."""
Targets = Mapping[str, Mapping[int, Decimal]]
"""Per indicator, a value by number of period; period 0 is the count at the start."""


@dataclass(frozen=True, slots=True)
class Clauses:
    """What both sides agree on where the scheme is silent; None takes the working value.

    Attributes
    ----------
    indicator_version : version of the indicators, where the scheme does not surely tell
    months : length of the phase, where the scheme leaves it open
    shares : parts of the amount, one a tranche, of sum 1; by default as many equal ones as periods
    report_months : length of a reporting period
    report_days : days after the end of a period in which its report is due
    payment_days : days in which the state pays, once the condition of a tranche is met
    targets : values that the cluster commits itself to
    due : days by which commitments of the scheme are to be kept, by their ids
    denominator : total that the self-financing rate is a share of; no rate as long as nobody names it
    """

    indicator_version: str | None = None
    months: int | None = None
    shares: tuple[Decimal, ...] = ()
    report_months: int | None = None
    report_days: int | None = None
    payment_days: int | None = None
    targets: Targets = field(default_factory=dict)
    due: Mapping[str, date] = field(default_factory=dict)
    denominator: str | None = None

    def __post_init__(self) -> None:
        if self.denominator is not None and self.denominator not in DENOMINATORS:
            raise BadChoice(name="denominator", value=self.denominator, accepted=", ".join(DENOMINATORS))

    def number(self, name: str) -> int:
        """A clause in months or days: as agreed, or the working value."""
        agreed: int | None = getattr(self, name)
        return WORKING[name] if agreed is None else agreed

    @property
    def assumed(self) -> tuple[str, ...]:
        """Names of the clauses that have a working value.

        >>> Clauses(report_days=30).assumed
        ('report_months', 'payment_days')
        """
        return tuple(name for name in WORKING if getattr(self, name) is None)


def clauses_for_renewal(clauses: Clauses, **changes: object) -> Clauses:
    """The clauses of a contract as they go into its next phase: shares and targets do not."""
    kept = dataclasses.replace(clauses, months=None, shares=(), targets={}, due={})
    return dataclasses.replace(kept, **changes)  # type: ignore[arg-type]


def check_at_least(least: int, **clauses: int) -> None:
    """Refuse clauses in months or days that are too small.

    Raises
    ------
    InputRefused
        With each of them.
    """
    problems = [
        Problem("clause_too_small", name, field=name, value=str(value), params={"least": str(least)})
        for name, value in clauses.items()
        if value < least
    ]
    if problems:
        raise InputRefused("terms_refused", count=len(problems), problems=problems)
