"""States of a proposal to renew a contract, and which may follow which."""

from enum import StrEnum

from grappe.domain.transitions import total


class RenewalState(StrEnum):
    """Where a proposal of renewal stands."""

    PROPOSED = "proposed"  # with its rule and findings, undecided
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"  # another took its place, or the contract came to its end


RENEWAL_MOVES = total(
    {
        RenewalState.PROPOSED: frozenset(
            {RenewalState.GRANTED, RenewalState.REFUSED, RenewalState.WITHDRAWN}
        ),
        RenewalState.GRANTED: frozenset(),
        RenewalState.REFUSED: frozenset(),
        RenewalState.WITHDRAWN: frozenset(),
    },
    RenewalState,
)
"""States that may follow each state of a proposal; after a refusal another may be made."""
