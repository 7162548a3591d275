"""Give an opinion on an application, declare a conflict of interest, excuse a reviewer."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from grappe.actions.call_record import call_to_change, check_state, record, reviewer_of
from grappe.actions.trail import trace
from grappe.domain.actor import Actor
from grappe.domain.errors import InputRefused, Refused, UnknownThing
from grappe.domain.roles import Capability, Scope, ScopeKind, may
from grappe.domain.transitions import check_follows
from grappe.policy.call_states import REVIEW_MOVES, ApplicationState, CallState, ReviewState
from grappe.policy.scoring import Opinion, opinion_problems
from grappe.store.call_values import grid_of
from grappe.store.grants import held_by
from grappe.store.models import Application, CallReviewer, Review


def declare_conflict(application: str, why: str, *, by: Actor, at: datetime) -> Review:
    """Declare a conflict of interest: this reviewer gives no opinion on the application, nor reads it.

    Raises
    ------
    UnknownThing, Forbidden
        If there is no such application, or somebody does not review the call.
    Refused
        If no reason is given, reviews are over, or a conflict was declared already.
    """
    if not why.strip():
        raise Refused("reason_missing", id=application)
    with transaction.atomic():
        review = _review(application, by, at)
        check_follows(
            REVIEW_MOVES,
            ReviewState(review.state),
            ReviewState.CONFLICT,
            "review_cannot",
            application=review.application.cluster_name,
        )
        review.state, review.conflict, review.at = str(ReviewState.CONFLICT), why.strip(), at
        review.save()
        trace("declare_conflict", application, by, at, reviewer=review.reviewer_id)
    return review


def give_review(
    application: str,
    points: Mapping[str, Decimal],
    comments: Mapping[str, str] | None = None,
    *,
    by: Actor,
    at: datetime,
) -> Review:
    """Give an opinion; it is final.

    Raises
    ------
    UnknownThing, Forbidden
        If there is no such application, or somebody does not review the call.
    Refused
        If reviews are over, the opinion was given already, a conflict of interest was declared, or
        somebody speaks for the applicant themselves.
    InputRefused
        With every criterion whose points are missing or out of range.
    """
    with transaction.atomic():
        review = _review(application, by, at)
        row = review.application
        if may(held_by(by), Capability.APPLY, Scope(ScopeKind.CLUSTER, row.cluster or "")):
            raise Refused("own_application", application=row.cluster_name)
        problems = opinion_problems(
            grid_of(row.call), Opinion(str(review.reviewer_id), points), row.cluster_name
        )
        if problems:
            raise InputRefused(
                "review_refused", application=row.cluster_name, count=len(problems), problems=problems
            )
        check_follows(
            REVIEW_MOVES,
            ReviewState(review.state),
            ReviewState.GIVEN,
            "review_cannot",
            application=row.cluster_name,
        )
        review.state, review.at = str(ReviewState.GIVEN), at
        review.points = {criterion: str(value) for criterion, value in points.items()}
        review.comments = {
            criterion: text.strip() for criterion, text in (comments or {}).items() if text.strip()
        }
        review.save()
        trace("give_review", application, by, at, reviewer=review.reviewer_id)
    return review


def excuse_reviewer(
    call: str, account: int, why: str, *, by: Actor, at: datetime, seen: int | None = None
) -> CallReviewer:
    """Wait no longer for the opinions that a reviewer still owes; those given stay and count.

    Raises
    ------
    UnknownThing, Forbidden
        If there is no such call or reviewer, or somebody may not run the call.
    Refused
        If no reason is given, the call is not under review, nothing is owed, or somebody else changed it.
    """
    if not why.strip():
        raise Refused("reason_missing", id=call)
    with transaction.atomic():
        row = call_to_change(call, by, seen)
        check_state(row, CallState.UNDER_REVIEW)
        reviewer = row.reviewers.filter(account_id=account).first()
        if reviewer is None:
            raise UnknownThing(kind="account", id=account)
        excused = 0
        for application in row.applications.filter(state=str(ApplicationState.ADMITTED)):
            review, _ = Review.objects.select_for_update().get_or_create(
                application=application, reviewer=reviewer, defaults={"at": at}
            )
            if review.state != ReviewState.OPEN:
                continue
            review.state, review.conflict, review.at = str(ReviewState.EXCUSED), why.strip(), at
            review.save()
            excused += 1
        if not excused:
            raise Refused("nothing_owed", call=row.id)
        record("excuse_reviewer", row, by, at, account=account, opinions=excused)
    return reviewer


def _review(application: str, by: Actor, at: datetime) -> Review:
    row = Application.objects.select_related("call").filter(id=application).first()
    if row is None:
        raise UnknownThing(kind="application", id=application)
    reviewer = reviewer_of(row.call, by)
    check_state(row.call, CallState.UNDER_REVIEW)
    if row.state != ApplicationState.ADMITTED:
        raise Refused("not_under_review", application=row.cluster_name, present=row.state)
    made, _ = Review.objects.select_for_update().get_or_create(
        application=row, reviewer=reviewer, defaults={"at": at}
    )
    return made
