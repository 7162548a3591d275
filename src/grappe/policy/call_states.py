"""States of a call for proposals, of an application to it and of a review, and which may follow which."""

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
        ApplicationState.REJECTED: frozenset({ApplicationState.ADMITTED}),
        ApplicationState.WITHDRAWN: frozenset(),
    },
    ApplicationState,
)
"""States that may follow each state of an application."""


class ReviewState(StrEnum):
    """Where the opinion of one reviewer on one application stands."""

    OPEN = "open"  # nothing given yet
    CONFLICT = "conflict"  # the reviewer declared a conflict of interest, and gives none
    GIVEN = "given"  # final


REVIEW_MOVES = total(
    {
        ReviewState.OPEN: frozenset({ReviewState.CONFLICT, ReviewState.GIVEN}),
        # A conflict found out later takes the scores out of the count; they stay on record.
        ReviewState.GIVEN: frozenset({ReviewState.CONFLICT}),
        ReviewState.CONFLICT: frozenset(),
    },
    ReviewState,
)
"""States that may follow each state of a review."""
