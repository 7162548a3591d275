"""What may somebody see of an application: its cluster, a reviewer of the call, the officer?"""

from datetime import datetime

from grappe.domain.actor import Actor
from grappe.domain.errors import Forbidden, UnknownThing
from grappe.domain.roles import ROLES, Capability, Scope, ScopeKind, check_may, may
from grappe.policy.application_form import Answers, answer_problems
from grappe.policy.call_states import (
    EXAMINED_SINCE,
    IN_THE_RUN,
    WITHDRAWABLE_ONCE_TOLD,
    ApplicationState,
    CallState,
    ReviewState,
)
from grappe.policy.cite import CiteKind
from grappe.policy.profile import Profile
from grappe.present.plain import Plain
from grappe.present.policy_words import value_words
from grappe.present.problems import reason_words
from grappe.queries.calls import (
    application_plain,
    call_page,
    decision_plain,
    find_call,
    ruling_plain,
    trace_of,
)
from grappe.queries.navigation import named
from grappe.store.call_standing import submission_problems
from grappe.store.call_values import (
    answers_of,
    cap_cites,
    cap_of,
    eligibility_of,
    form_of,
    packed_finding,
    scheme_of,
    score_of,
)
from grappe.store.grants import call_scopes, held_by
from grappe.store.models import Application, Attachment, Call

ANNOUNCED = frozenset({CallState.ANNOUNCED})
"""States of a call in which a cluster is told what was decided on its application."""
_UNTOLD = frozenset(
    {
        ApplicationState.ADMITTED,
        ApplicationState.INELIGIBLE,
        ApplicationState.SELECTED,
        ApplicationState.RESERVE,
        ApplicationState.REJECTED,
    }
)
"""States that an applicant is not told before the results are announced."""


def clusters_of(by: Actor) -> Plain:
    """Names of the clusters that somebody speaks for, by their ids."""
    return {id: one["name"] for id, one in named(_spoken_for(by)).items()}


def applications_of(by: Actor) -> list[Plain]:
    """Applications of the clusters that somebody speaks for, the latest first."""
    rows = Application.objects.filter(cluster__in=_spoken_for(by)).select_related("call")
    return [
        application_plain(one)
        | {
            "state": _told_state(one),
            "call_title": one.call.title,
            "closes_at": one.call.closes_at.isoformat(),
        }
        for one in rows.order_by("-started_at")
    ]


def _spoken_for(by: Actor) -> list[str]:
    return [one.scope for one in held_by(by) if one.scope and Capability.APPLY in ROLES[one.role].may]


def _told_state(row: Application) -> str:
    """The state that its cluster is told: nothing of the examination before the announcement."""
    untold = row.call.state not in ANNOUNCED and row.state in _UNTOLD
    return str(ApplicationState.SUBMITTED) if untold else row.state


def find_application(application: str) -> Application:
    """The row of an application, with its call.

    Raises
    ------
    UnknownThing
        If there is none.
    """
    row = Application.objects.select_related("call").filter(id=application).first()
    if row is None:
        raise UnknownThing(kind="application", id=application)
    return row


def my_application(
    application: str, by: Actor, language: str, known: Profile | None = None, at: datetime | None = None
) -> Plain:
    """The desk of an applicant: the form with what was answered, what is missing, how eligibility looks now.

    Parameters
    ----------
    application : str
    by : Actor
    language : str
        Of the problems.
    known : Profile, optional
        What the census knows of the cluster, shown beside the questions.
    at : datetime, optional
        Instant at which the call is said to be open or not.

    Raises
    ------
    UnknownThing
        If there is no such application.
    Forbidden
        If somebody does not speak for its cluster.
    """
    row = find_application(application)
    check_may(held_by(by), Capability.APPLY, Scope(ScopeKind.CLUSTER, row.cluster or ""))
    answers = answers_of(row)
    scheme = scheme_of(row.call)
    rules = {one.field: one.id for one in scheme.all_conditions() if one.field}
    told = row.call.state in ANNOUNCED
    return application_plain(row) | {
        "state": _told_state(row),
        "call": call_page(row.call_id, by, at),
        "withdrawable": _withdrawable(row),
        "answers": answers,
        "known": {
            name: {
                "words": value_words(scheme, rules.get(name, name), fact.value, language),
                "cites": [cite.short for cite in fact.cites if cite.kind is not CiteKind.STATEMENT],
                "statements": [cite.statement for cite in fact.cites if cite.kind is CiteKind.STATEMENT],
            }
            for name, fact in (known or {}).items()
        },
        "attachments": attachments_plain(row),
        "missing": [
            {"field": one.field, "words": reason_words(one, language)} for one in submission_problems(row)
        ],
        "eligibility": eligibility_plain(row.call, answers, row.cluster),
        "decision": decision_plain(row) if told else None,
        "letters": letters_of(row) if told else {},
        "trace": trace_of(row.id, row.call) if told else [],
    }


def _withdrawable(row: Application) -> bool:
    """Whether its cluster may withdraw an application, as far as it is told."""
    state = ApplicationState(_told_state(row))
    if row.call.state == CallState.CANCELLED or state is ApplicationState.WITHDRAWN:
        return False
    return row.call.state not in ANNOUNCED or state in WITHDRAWABLE_ONCE_TOLD


def letters_of(row: Application) -> dict[str, str]:
    """The letter to an applicant in each language: the last one; earlier ones stay on record."""
    return {one.language: one.text for one in row.letters.order_by("at", "id")}


def eligibility_plain(call: Call, answers: Answers, cluster: str | None) -> Plain:
    """Eligibility by what is declared, with its findings."""
    found = eligibility_of(call, answers, cluster)
    return {
        "met": found.met,
        "on": found.on.isoformat(),
        "findings": [packed_finding(one) for one in found.findings],
        "missing": list(found.missing),
        "unless": list(found.unless),
    }


def live_check(call: str, answers: Answers, language: str, cluster: str | None = None) -> Plain:
    """What some answers would give, without saving them: problems, and eligibility.

    Raises
    ------
    UnknownThing
        If there is no such call.
    """
    row = find_call(call)
    form = form_of(row)
    given = {id: text for id, text in answers.items() if form.question(id) is not None and text.strip()}
    problems = answer_problems(form, given, call, cap=cap_of(row), cap_cites=cap_cites(row))
    found = eligibility_of(row, given, cluster)
    return {
        "problems": [{"field": one.field, "words": reason_words(one, language)} for one in problems],
        "met": found.met,
        "findings": [packed_finding(one) for one in found.findings],
        "missing": list(found.missing),
    }


def review_desk(call: str, by: Actor) -> Plain:
    """What a reviewer of a call looks at: applications without conflict, and their own opinions.

    Raises
    ------
    UnknownThing
        If there is no such call.
    Forbidden
        If somebody was not appointed to review it.
    """
    row = find_call(call)
    check_may(held_by(by), Capability.REVIEW, *call_scopes(row.id, row.country))
    reviewer = row.reviewers.filter(account_id=by.account).first()
    if reviewer is None:
        raise Forbidden("may_not_here", capability=Capability.REVIEW, scope=call)
    own = {one.application_id: one for one in reviewer.reviews.all()}
    shown = row.applications.filter(state__in=[str(state) for state in IN_THE_RUN])
    shown = shown if CallState(row.state) in EXAMINED_SINCE else shown.none()
    return call_page(call, by) | {
        "applications": [
            application_plain(one)
            | {
                "review": str(own[one.id].state) if one.id in own else str(ReviewState.OPEN),
                "points": own[one.id].points if one.id in own else {},
                "comments": own[one.id].comments if one.id in own else {},
                "conflict": own[one.id].conflict if one.id in own else "",
            }
            for one in shown
        ]
    }


def application_to_review(application: str, by: Actor) -> Plain:
    """An application as a reviewer or the officer reads it; a reviewer with a conflict does not.

    What other reviewers gave is shown to the officer, and to a reviewer once their own opinion and all
    others are given.

    Raises
    ------
    UnknownThing
        If there is no such application.
    Forbidden
        If somebody neither reviews the call nor runs it, or declared a conflict of interest; if the
        application is still being written, or for a reviewer was not admitted yet.
    """
    row = find_application(application)
    grants = held_by(by)
    here = call_scopes(row.call_id, row.call.country)
    runs = may(grants, Capability.RUN_CALL, *here)
    own = None
    if runs and row.state == ApplicationState.DRAFT:
        raise Forbidden("may_not_here", capability=Capability.REVIEW, scope=row.call_id)
    if not runs:
        check_may(grants, Capability.REVIEW, *here)
        reviewer = row.call.reviewers.filter(account_id=by.account).first()
        if reviewer is None or row.state not in IN_THE_RUN:
            raise Forbidden("may_not_here", capability=Capability.REVIEW, scope=row.call_id)
        own = reviewer.reviews.filter(application=row).first()
        if own is not None and own.state == ReviewState.CONFLICT:
            raise Forbidden("conflict_declared", application=row.cluster_name)
    given = list(row.reviews.filter(state=str(ReviewState.GIVEN)).select_related("reviewer__account"))
    silent = row.reviews.filter(state__in=[str(ReviewState.CONFLICT), str(ReviewState.EXCUSED)]).count()
    all_given = len(given) >= row.call.reviewers.count() - silent
    score = score_of(row.call, row) if runs or (own in given and all_given) else None
    return application_plain(row) | {
        "call": call_page(row.call_id, by),
        "answers": answers_of(row),
        "attachments": attachments_plain(row),
        "eligibility": eligibility_plain(row.call, answers_of(row), row.cluster),
        "review": (own.state if own else str(ReviewState.OPEN)) if not runs else None,
        "own": {"points": own.points, "comments": own.comments} if own else None,
        "opinions": [
            {"reviewer": one.reviewer.account.display_name, "points": one.points, "comments": one.comments}
            for one in given
        ]
        if score
        else [],
        "score": float(score.score) if score else None,
        "most": float(score.most) if score else None,
        "decision": decision_plain(row) if runs else None,
        "ruling": ruling_plain(row) if runs else None,
        "silent": [
            {"reviewer": one.reviewer.account.display_name, "state": one.state, "why": one.conflict}
            for one in row.reviews.exclude(state__in=[str(ReviewState.GIVEN), str(ReviewState.OPEN)])
        ]
        if runs
        else [],
        "letters": letters_of(row) if runs else {},
        "trace": trace_of(row.id, row.call) if runs else [],
        "runs": runs,
    }


def attachments_plain(row: Application) -> list[Plain]:
    """Documents handed in, without those that a newer one replaced."""
    return [
        {"id": one.pk, "document": one.document, "name": one.name, "size": one.size, "sha256": one.sha256}
        for one in row.attachments.filter(replaced_at__isnull=True).order_by("document").defer("content")
    ]


def attachment(number: int, by: Actor) -> Attachment:
    """A document, for its cluster, the reviewers of the call and its officer.

    Raises
    ------
    UnknownThing
        If there is none.
    Forbidden
        If somebody may not read its application.
    """
    row = Attachment.objects.select_related("application").filter(pk=number).first()
    if row is None:
        raise UnknownThing(kind="document", id=number)
    if not may(held_by(by), Capability.APPLY, Scope(ScopeKind.CLUSTER, row.application.cluster or "")):
        application_to_review(row.application_id, by)
    return row
