"""How an application and a call stand: what is missing, which opinions are awaited, who ranks where."""

from decimal import Decimal
from fractions import Fraction

from grappe.domain.errors import Problem
from grappe.policy.application_form import answer_problems
from grappe.policy.call_states import ApplicationState, ReviewState
from grappe.policy.scoring import Placed, ranked
from grappe.store.call_values import answers_of, candidate_of, cap_cites, cap_of, form_of, score_of
from grappe.store.models import Application, Call, CallReviewer, Review


def submission_problems(application: Application) -> list[Problem]:
    """Everything that an application still lacks before it can be submitted."""
    call = application.call
    form = form_of(call)
    problems = answer_problems(
        form,
        answers_of(application),
        application.cluster_name,
        cap=cap_of(call),
        cap_cites=cap_cites(call),
        complete=True,
    )
    there = set(application.attachments.filter(replaced_at__isnull=True).values_list("document", flat=True))
    problems += [
        Problem("document_missing", application.cluster_name, field=paper.id)
        for paper in form.papers
        if paper.id not in there
    ]
    return problems


def waiting_reviews(call: Call) -> list[tuple[CallReviewer, Application]]:
    """Opinions that are still to be given: every reviewer owes one on every admitted application."""
    given = {
        (one.reviewer_id, one.application_id)
        for one in Review.objects.filter(application__call=call).exclude(state=str(ReviewState.OPEN))
    }
    return [
        (reviewer, application)
        for application in call.applications.filter(state=str(ApplicationState.ADMITTED))
        for reviewer in call.reviewers.all()
        if (reviewer.pk, application.pk) not in given
    ]


def without_opinion(call: Call) -> list[Application]:
    """Admitted applications on which nobody has given an opinion that counts."""
    admitted = call.applications.filter(state=str(ApplicationState.ADMITTED))
    return [one for one in admitted if not one.reviews.filter(state=str(ReviewState.GIVEN)).exists()]


def granted(call: Call) -> Decimal:
    """What is granted to the applications that are selected now."""
    selected = call.applications.filter(state=str(ApplicationState.SELECTED)).prefetch_related("decisions")
    last = [one.decisions.last() for one in selected]
    return sum((one.amount for one in last if one is not None and one.amount is not None), Decimal())


def ranked_list(call: Call, applications: list[Application]) -> list[Placed]:
    """The applications with a score, ranked within the budget of their call."""
    scores = {one.id: score_of(call, one) for one in applications}
    candidates = [candidate_of(one, found.score) for one in applications if (found := scores[one.id])]
    threshold = None if call.threshold is None else Fraction(call.threshold)
    return ranked(candidates, call.budget, threshold)
