"""Admit applications to review, declare a conflict of interest, give an opinion."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from grappe.actions.call_record import (
    call_to_change,
    change_application,
    change_state,
    check_state,
    record,
    reviewer_of,
    trace,
)
from grappe.domain.actor import Actor
from grappe.domain.errors import InputRefused, Refused, UnknownThing
from grappe.domain.transitions import check_follows
from grappe.policy.call_states import REVIEW_MOVES, ApplicationState, CallState, ReviewState
from grappe.policy.scoring import Opinion, opinion_problems
from grappe.store.call_values import answers_of, eligibility_of, grid_of, packed_finding
from grappe.store.models import Application, Call, Review


def admit_applications(
    call: str,
    verdicts: Mapping[str, bool] | None = None,
    *,
    by: Actor,
    at: datetime,
    seen: int | None = None,
) -> Call:
    """Say which submitted applications are eligible, and hand those to the reviewers.

    Without a word of the officer an application is admitted unless a condition is surely not met; what
    cannot be told excludes nobody. The findings are kept as they are on this day.

    Parameters
    ----------
    call : str
    verdicts : mapping of application to bool, optional
        What the officer decides against the findings, either way.

    Raises
    ------
    UnknownThing, Forbidden
        If there is no such call or application, or somebody may not run the call.
    Refused
        If the call is not closed, or somebody else changed it.
    """
    decided = dict(verdicts or {})
    with transaction.atomic():
        row = call_to_change(call, by, seen)
        check_state(row, CallState.CLOSED)
        waiting = list(row.applications.select_for_update().filter(state=str(ApplicationState.SUBMITTED)))
        for id in decided.keys() - {one.id for one in waiting}:
            raise UnknownThing(kind="application", id=id)
        for one in waiting:
            answer = eligibility_of(row, answers_of(one), one.cluster)
            admitted = decided.get(one.id, answer.met is not False)
            one.findings = [packed_finding(finding) for finding in answer.findings]
            change_application(one, ApplicationState.ADMITTED if admitted else ApplicationState.INELIGIBLE)
            one.version += 1
            one.save()
            trace(
                "admit_application" if admitted else "exclude_application",
                one.id,
                by,
                at,
                version=one.version,
                against_findings=one.id in decided and decided[one.id] != (answer.met is not False),
            )
        change_state(row, CallState.UNDER_REVIEW)
        record("admit_applications", row, by, at)
    return row


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
        If reviews are over, the opinion was given already, or a conflict of interest was declared.
    InputRefused
        With every criterion whose points are missing or out of range.
    """
    with transaction.atomic():
        review = _review(application, by, at)
        row = review.application
        if row.state != ApplicationState.ADMITTED:
            raise Refused("not_under_review", application=row.cluster_name, present=row.state)
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


def _review(application: str, by: Actor, at: datetime) -> Review:
    row = Application.objects.select_related("call").filter(id=application).first()
    if row is None:
        raise UnknownThing(kind="application", id=application)
    reviewer = reviewer_of(row.call, by)
    check_state(row.call, CallState.CLOSED, CallState.UNDER_REVIEW)
    made, _ = Review.objects.select_for_update().get_or_create(
        application=row, reviewer=reviewer, defaults={"at": at}
    )
    return made
