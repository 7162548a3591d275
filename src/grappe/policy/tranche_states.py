"""States of a tranche of the money of a contract, and which may follow which."""

from enum import StrEnum

from grappe.domain.transitions import total


class TrancheState(StrEnum):
    """Where a tranche stands."""

    PLANNED = "planned"  # its condition is not met yet: the state owes nothing so far
    DUE = "due"  # its condition is met: the state owes it from a day on
    PAID = "paid"
    WITHHELD = "withheld"  # kept back by the officer, with a reason
    CANCELLED = "cancelled"  # the contract came to its end before it


_T = TrancheState
TRANCHE_MOVES = total(
    {
        _T.PLANNED: frozenset({_T.DUE, _T.WITHHELD, _T.CANCELLED}),
        _T.DUE: frozenset({_T.PAID, _T.WITHHELD, _T.CANCELLED}),
        _T.WITHHELD: frozenset({_T.PLANNED, _T.DUE, _T.CANCELLED}),
        _T.PAID: frozenset(),
        _T.CANCELLED: frozenset(),
    },
    TrancheState,
)
"""States that may follow each state of a tranche."""

UNPAID = frozenset({_T.PLANNED, _T.DUE, _T.WITHHELD})
"""States of money that may still be paid."""
