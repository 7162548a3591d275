"""States of a call for proposals, of an application to it and of a review, and which may follow which."""

from datetime import datetime
from enum import StrEnum

from grappe.domain.transitions import total


class CallState(StrEnum):
    """Where a call stands."""

    DRAFT = "draft"  # being prepared, seen by officers alone
    PUBLISHED = "published"  # anybody reads it; applications come in until the deadline
    CLOSED = "closed"  # the deadline has passed; what was submitted is complete
    UNDER_REVIEW = "under_review"  # eligible applications are with the reviewers
    DECIDED = "decided"  # the panel has decided on each application, nobody is told yet
    ANNOUNCED = "announced"  # the results are public, letters are sent
    CANCELLED = "cancelled"  # called off, with a reason


CALL_MOVES = total(
    {
        CallState.DRAFT: frozenset({CallState.PUBLISHED, CallState.CANCELLED}),
        CallState.PUBLISHED: frozenset({CallState.CLOSED, CallState.CANCELLED}),
        CallState.CLOSED: frozenset({CallState.UNDER_REVIEW, CallState.CANCELLED}),
        CallState.UNDER_REVIEW: frozenset({CallState.DECIDED, CallState.CANCELLED}),
        CallState.DECIDED: frozenset({CallState.UNDER_REVIEW, CallState.ANNOUNCED, CallState.CANCELLED}),
        CallState.ANNOUNCED: frozenset(),
        CallState.CANCELLED: frozenset(),
    },
    CallState,
)
"""States that may follow each state of a call; until it is announced, a panel may sit again."""

PUBLIC = frozenset(
    {
        CallState.PUBLISHED,
        CallState.CLOSED,
        CallState.UNDER_REVIEW,
        CallState.DECIDED,
        CallState.ANNOUNCED,
        CallState.CANCELLED,
    }
)
"""States in which anybody may read the terms of a call; one cancelled as a draft was never public."""


EXAMINED_SINCE = frozenset({CallState.UNDER_REVIEW, CallState.DECIDED, CallState.ANNOUNCED})
"""States in which applications are, or were, with the reviewers."""


class Standing(StrEnum):
    """How a published call stands at an instant: its state does not follow the clock by itself."""

    TO_OPEN = "to_open"  # everybody reads it; nothing is taken yet
    OPEN = "published"
    OVER = "over"  # the deadline has passed, and the officer has not closed it yet


def standing(state: CallState, opens_at: datetime, closes_at: datetime, at: datetime) -> str:
    """How a call stands at an instant: its state, and for a published one whether applications are taken.

    Parameters
    ----------
    state : CallState
    opens_at, closes_at : datetime
        Of the call, aware; at the second of them nothing is taken any more.
    at : datetime

    Returns
    -------
    str
        A `Standing` if the call is published, else its state.

    Examples
    --------
    >>> from datetime import UTC
    >>> days = [datetime(2019, 6, day, tzinfo=UTC) for day in (1, 2, 3, 4)]
    >>> [standing(CallState.PUBLISHED, days[1], days[2], at) for at in days]
    ['to_open', 'published', 'over', 'over']
    """
    if state is not CallState.PUBLISHED:
        return str(state)
    if at < opens_at:
        return str(Standing.TO_OPEN)
    return str(Standing.OPEN if at < closes_at else Standing.OVER)


class ApplicationState(StrEnum):
    """Where an application stands."""

    DRAFT = "draft"  # the cluster writes; nobody else reads
    SUBMITTED = "submitted"  # complete, and no longer changed
    ADMITTED = "admitted"  # found eligible, goes to the reviewers
    INELIGIBLE = "ineligible"  # a condition of the scheme is not met, by its findings
    SELECTED = "selected"
    RESERVE = "reserve"  # good enough, beyond the budget
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"  # by the cluster


APPLICATION_MOVES = total(
    {
        ApplicationState.DRAFT: frozenset({ApplicationState.SUBMITTED, ApplicationState.WITHDRAWN}),
        # Until the deadline a cluster may take its application back and write on.
        ApplicationState.SUBMITTED: frozenset(
            {
                ApplicationState.DRAFT,
                ApplicationState.ADMITTED,
                ApplicationState.INELIGIBLE,
                ApplicationState.WITHDRAWN,
            }
        ),
        # Until results are announced, an officer may put right a mistake about eligibility.
        ApplicationState.ADMITTED: frozenset(
            {
                ApplicationState.INELIGIBLE,
                ApplicationState.SELECTED,
                ApplicationState.RESERVE,
                ApplicationState.REJECTED,
                ApplicationState.WITHDRAWN,
            }
        ),
        ApplicationState.INELIGIBLE: frozenset({ApplicationState.ADMITTED, ApplicationState.WITHDRAWN}),
        ApplicationState.SELECTED: frozenset({ApplicationState.ADMITTED, ApplicationState.WITHDRAWN}),
        # Somebody selected withdraws: the next of the reserve moves up.
        ApplicationState.RESERVE: frozenset(
            {ApplicationState.ADMITTED, ApplicationState.SELECTED, ApplicationState.WITHDRAWN}
        ),
        # Before the announcement nobody is told, so that withdrawing must not tell either.
        ApplicationState.REJECTED: frozenset({ApplicationState.ADMITTED, ApplicationState.WITHDRAWN}),
        ApplicationState.WITHDRAWN: frozenset(),
    },
    ApplicationState,
)
"""States that may follow each state of an application."""

IN_THE_RUN = (
    ApplicationState.ADMITTED,
    ApplicationState.SELECTED,
    ApplicationState.RESERVE,
    ApplicationState.REJECTED,
)
"""States of applications that are, or were, examined."""

WITHDRAWABLE_ONCE_TOLD = (ApplicationState.SELECTED, ApplicationState.RESERVE)
"""States from which an application is withdrawn after the announcement: of the others nothing is left."""


class ReviewState(StrEnum):
    """Where the opinion of one reviewer on one application stands."""

    OPEN = "open"  # nothing given yet
    CONFLICT = "conflict"  # the reviewer declared a conflict of interest, and gives none
    GIVEN = "given"  # final
    EXCUSED = "excused"  # the officer does not wait for it any more, and says why


REVIEW_MOVES = total(
    {
        ReviewState.OPEN: frozenset({ReviewState.CONFLICT, ReviewState.GIVEN, ReviewState.EXCUSED}),
        # A conflict found out later takes the scores out of the count; they stay on record.
        ReviewState.GIVEN: frozenset({ReviewState.CONFLICT}),
        ReviewState.CONFLICT: frozenset(),
        # Who comes back in time may still give one.
        ReviewState.EXCUSED: frozenset({ReviewState.GIVEN, ReviewState.CONFLICT}),
    },
    ReviewState,
)
"""States that may follow each state of a review."""
