"""States of an audit of a contract, and which may follow which."""

from enum import StrEnum

from grappe.domain.transitions import total


class AuditState(StrEnum):
    """Where an audit stands."""

    ORDERED = "ordered"
    POSITIVE = "positive"
    NEGATIVE = "negative"
    CALLED_OFF = "called_off"  # the contract came to its end before the result


AUDIT_MOVES = total(
    {
        AuditState.ORDERED: frozenset({AuditState.POSITIVE, AuditState.NEGATIVE, AuditState.CALLED_OFF}),
        AuditState.POSITIVE: frozenset(),
        AuditState.NEGATIVE: frozenset(),
        AuditState.CALLED_OFF: frozenset(),
    },
    AuditState,
)
"""States that may follow each state of an audit; a result stands, another audit may be ordered."""
