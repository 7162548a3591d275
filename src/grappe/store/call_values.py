"""Rows of calls and applications as values of `grappe.policy`."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from grappe.policy import scheme as scheme_of_id
from grappe.policy.application_form import AMOUNT, Answers, Form, application_form, declared, number_of
from grappe.policy.award import Award
from grappe.policy.call_states import ReviewState
from grappe.policy.call_terms import ceiling, first_amount
from grappe.policy.cite import Cite
from grappe.policy.eligibility import Eligibility, eligible
from grappe.policy.finding import Finding
from grappe.policy.panel import Examined, Limits
from grappe.policy.profile import Fact
from grappe.policy.scheme import Scheme
from grappe.policy.scoring import Candidate, Criterion, Opinion, Total, total
from grappe.store.models import Application, Call, ClusterRow, Review
from grappe.store.scheme_folders import scheme_folders


def scheme_of(call: Call) -> Scheme:
    """The scheme under which a call is made."""
    return scheme_of_id(call.scheme, scheme_folders())


def closing_day(call: Call) -> date:
    """Day of the deadline where the call is made: eligibility is asked of it."""
    return call.closes_at.astimezone(ZoneInfo(call.zone)).date()


def local(call: Call, at: datetime) -> str:
    """An instant by the clocks of where a call is made, as ISO 8601 with its offset."""
    return at.astimezone(ZoneInfo(call.zone)).isoformat()


def form_of(call: Call) -> Form:
    """The form of an application to a call."""
    return application_form(scheme_of(call), closing_day(call))


def grid_of(call: Call) -> tuple[Criterion, ...]:
    """The scoring grid of a call."""
    return tuple(
        Criterion(one["id"], one["title"], Decimal(one["maximum"]), Decimal(one.get("weight", "1")))
        for one in call.grid
    )


def packed_grid(grid: tuple[Criterion, ...]) -> list[dict[str, Any]]:
    """A scoring grid as JSON; numbers as text, so that they stay exact."""
    return [
        {"id": one.id, "title": dict(one.title), "maximum": str(one.maximum), "weight": str(one.weight)}
        for one in grid
    ]


def answers_of(application: Application) -> Answers:
    """The answers of an application as they were saved last."""
    last = application.versions.order_by("-number").first()
    return dict(last.answers) if last else {}


def amount_of(answers: Answers) -> Decimal | None:
    """The amount that is applied for."""
    return number_of(answers.get(AMOUNT, ""))


def eligibility_of(call: Call, answers: Answers, cluster: str | None = None) -> Eligibility:
    """Whether an applicant meets the conditions of a call, on the day of its deadline.

    What is looked at is what the applicant declares, and that it is a cluster of its country; what the
    census knows beside it is shown, and decides nothing.
    """
    known = {"kind": Fact("cluster")}
    row = ClusterRow.objects.filter(entity=cluster).order_by("-valid_from").first() if cluster else None
    if row is not None and row.country:
        known["country"] = Fact(row.country)
    return eligible(scheme_of(call), declared(form_of(call), answers, known), closing_day(call))


def opening_day(call: Call) -> date:
    """Day of the opening where the call is made: the ceiling of the scheme is asked of it."""
    return call.opens_at.astimezone(ZoneInfo(call.zone)).date()


def cap_of(call: Call) -> Decimal | None:
    """Most that one application may ask for: the ceiling of the call, else that of its scheme."""
    if call.cap is not None:
        return call.cap
    most = ceiling(scheme_of(call), opening_day(call), call.reading)
    return most.value if most is not None else None


def cap_cites(call: Call) -> tuple[Cite, ...]:
    """Citations of what a scheme says of the amount of the first phase, on the day a call opens."""
    known = scheme_of(call)
    amount = first_amount(known, opening_day(call), call.reading)
    return amount.cites if amount is not None else known.cites


def limits_of(call: Call) -> Limits:
    """What a call sets to the decisions on its applications."""
    threshold = None if call.threshold is None else Fraction(call.threshold)
    return Limits(cap_of(call), cap_cites(call), call.budget, threshold)


def examined_of(call: Call, application: Application) -> Examined:
    """An application as the panel has it before it."""
    found = score_of(call, application)
    score = found.score if found is not None else None
    return Examined(application.id, application.cluster_name, application.amount, score)


def packed_finding(one: Finding) -> dict[str, Any]:
    """A finding as JSON, with what was seen and needed as text."""
    return {
        "rule": one.rule,
        "met": one.met,
        "seen": _text(one.seen),
        "needed": _text(one.needed),
        "unit": one.unit,
        "cites": [cite.short for cite in one.cites],
        "missing": list(one.missing),
        "parts": [packed_finding(part) for part in one.parts],
    }


def _text(value: object) -> Any:
    if value is None or isinstance(value, bool):
        return value
    return [str(one) for one in value] if isinstance(value, tuple) else str(value)


def opinion_of(review: Review) -> Opinion:
    """The points of a review."""
    points = {criterion: Decimal(one) for criterion, one in review.points.items()}
    return Opinion(str(review.reviewer_id), points)


def score_of(call: Call, application: Application) -> Total | None:
    """The score of an application, from the opinions given; conflicts of interest are not counted."""
    given = [one for one in application.reviews.all() if one.state == ReviewState.GIVEN]
    return total(grid_of(call), [opinion_of(one) for one in given])


def candidate_of(application: Application, score: Fraction) -> Candidate:
    """An application as a line of the ranked list."""
    return Candidate(application.id, score, application.amount or Decimal())


def award_of(application: Application, call: Call) -> Award:
    """What a selected application hands on to a contract.

    Raises
    ------
    ValueError
        If the panel has not decided on it.
    """
    decision = application.decisions.last()
    if decision is None:
        raise ValueError(f"{application.id} has no decision.")
    return Award(
        id=application.id,
        scheme=call.scheme,
        call=call.id,
        application=application.id,
        cluster=application.cluster,
        cluster_name=application.cluster_name,
        country=call.country,
        amount=decision.amount or Decimal(),
        currency=call.currency,
        decided_on=decision.at.astimezone(ZoneInfo(call.zone)).date(),
        language=application.language,
        reading=call.reading,
    )


def packed_terms(known: Scheme) -> dict[str, Any]:
    """What a call keeps of its scheme: its version of the law, for those who read the call later."""
    return {
        "scheme": known.id,
        "name": dict(known.name),
        "authority": dict(known.authority),
        "last_checked": known.last_checked.text,
        "conditions": [
            {
                "id": one.id,
                "name": dict(one.name),
                "key": one.key,
                "cites": [cite.short for cite in one.cites],
            }
            for one in known.all_conditions()
        ],
        "documents": [{"id": one.id, "name": dict(one.name)} for one in known.documents],
        "open": [one.id for one in known.open_parameters()],
    }
