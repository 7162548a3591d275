"""States of a report on one period of a contract, and which may follow which."""

from enum import StrEnum

from grappe.domain.transitions import total


class ReportState(StrEnum):
    """Where a report stands."""

    DUE = "due"  # nothing written yet
    DRAFT = "draft"  # the cluster writes; the officer sees that, not what
    SUBMITTED = "submitted"  # with the officer
    RETURNED = "returned"  # to be completed, with a reason
    VERIFIED = "verified"  # values and proofs found right
    REFUSED = "refused"  # found wrong, with a reason; the cluster may write it anew
    CLOSED = "closed"  # the period is closed: nothing is taken any more


_R = ReportState
REPORT_MOVES = total(
    {
        _R.DUE: frozenset({_R.DRAFT, _R.CLOSED}),
        _R.DRAFT: frozenset({_R.SUBMITTED, _R.CLOSED}),
        _R.SUBMITTED: frozenset({_R.RETURNED, _R.VERIFIED, _R.REFUSED}),
        _R.RETURNED: frozenset({_R.DRAFT, _R.SUBMITTED, _R.CLOSED}),
        _R.VERIFIED: frozenset({_R.CLOSED}),
        _R.REFUSED: frozenset({_R.DRAFT, _R.CLOSED}),
        _R.CLOSED: frozenset(),
    },
    ReportState,
)
"""States that may follow each state of a report."""

WRITABLE = frozenset({_R.DUE, _R.DRAFT, _R.RETURNED, _R.REFUSED})
"""States in which the cluster writes."""

OWED = frozenset({_R.DUE, _R.DRAFT, _R.RETURNED, _R.REFUSED})
"""States in which the cluster still owes the report."""
