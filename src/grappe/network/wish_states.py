"""States of a wish to meet, and which may follow which."""

from enum import StrEnum

from grappe.domain.transitions import total


class WishState(StrEnum):
    """Where a wish to meet stands."""

    SENT = "sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"  # by the one who sent it


WISH_MOVES = total(
    {
        WishState.SENT: frozenset({WishState.ACCEPTED, WishState.DECLINED, WishState.WITHDRAWN}),
        WishState.ACCEPTED: frozenset({WishState.DECLINED, WishState.WITHDRAWN}),
        WishState.DECLINED: frozenset({WishState.ACCEPTED, WishState.WITHDRAWN}),
        WishState.WITHDRAWN: frozenset({WishState.SENT}),
    },
    WishState,
)
"""States that may follow each state of a wish; what was withdrawn may be sent again."""

ANSWERS = frozenset({WishState.ACCEPTED, WishState.DECLINED})
"""What the one who is asked may answer."""
