"""The decision of the panel on each application, and its announcement."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from grappe.actions.call_record import call_to_change, change_application, change_state, check_state, record
from grappe.actions.trail import trace
from grappe.domain.actor import Actor
from grappe.domain.errors import InputRefused, Refused, UnknownThing
from grappe.domain.roles import Capability
from grappe.policy.call_states import ApplicationState, CallState
from grappe.policy.panel import VERDICTS, Verdict, grant_problems, verdict_problems
from grappe.store.call_standing import granted, ranked_list, waiting_reviews, without_opinion
from grappe.store.call_values import examined_of, limits_of
from grappe.store.models import Application, Call, Letter, PanelDecision


def decide_call(
    call: str, verdicts: Mapping[str, Verdict], *, by: Actor, at: datetime, seen: int | None = None
) -> Call:
    """Decide on every admitted application at once, with reasons, within the budget.

    The panel is free to depart from the ranked list; it says why. A call that was decided can be
    decided again until it is announced: the later decision counts, the earlier stays on record.

    Raises
    ------
    UnknownThing, Forbidden
        If there is no such call, or somebody may not decide on it.
    Refused
        If opinions are still to be given, an application has none, the call is not under review, or
        somebody else changed it.
    InputRefused
        With everything wrong: an application without verdict or without reasons, somebody selected below
        the lowest score, an amount above what was asked, the cap or, together, the budget.
    """
    with transaction.atomic():
        row = call_to_change(call, by, seen, Capability.DECIDE_CALL)
        if row.state == CallState.DECIDED:
            _sit_again(row)
        check_state(row, CallState.UNDER_REVIEW)
        admitted = list(row.applications.select_for_update().filter(state=str(ApplicationState.ADMITTED)))
        if waiting := waiting_reviews(row):
            raise Refused("reviews_missing", call=row.id, count=len(waiting))
        if silent := without_opinion(row):
            names = ", ".join(one.cluster_name for one in silent)
            raise Refused("no_opinion", call=row.id, applications=names)
        examined = [examined_of(row, one) for one in admitted]
        problems = verdict_problems(row.id, limits_of(row), examined, verdicts)
        if problems:
            raise InputRefused("decision_refused", call=row.id, count=len(problems), problems=problems)
        ranks = {one.candidate.application: one.rank for one in ranked_list(row, admitted)}
        for one in admitted:
            verdict = verdicts[one.id]
            change_application(one, verdict.state)
            one.version += 1
            one.save()
            PanelDecision.objects.create(
                application=one,
                verdict=str(verdict.state),
                rank=ranks.get(one.id),
                amount=verdict.amount if verdict.state == ApplicationState.SELECTED else None,
                reasons=verdict.reasons.strip(),
                language=verdict.language,
                by=str(by),
                at=at,
            )
            trace("decide_application", one.id, by, at, version=one.version, verdict=str(verdict.state))
        change_state(row, CallState.DECIDED)
        record("decide_call", row, by, at)
    return row


def announce_results(
    call: str, letters: Mapping[str, Mapping[str, str]], *, by: Actor, at: datetime, seen: int | None = None
) -> Call:
    """Make the results of a call public, and keep the letters to the applicants.

    Parameters
    ----------
    call : str
    letters : mapping of application to a text per language
        As `grappe.present.call_letters` words them.

    Raises
    ------
    UnknownThing, Forbidden
        If there is no such call, or somebody may not decide on it.
    Refused
        If it is not decided, or somebody else changed it.
    """
    with transaction.atomic():
        row = call_to_change(call, by, seen, Capability.DECIDE_CALL)
        change_state(row, CallState.ANNOUNCED)
        row.announced_at = at
        there = set(row.applications.values_list("id", flat=True))
        Letter.objects.bulk_create(
            Letter(application_id=application, language=language, text=text, at=at)
            for application, texts in letters.items()
            if application in there
            for language, text in texts.items()
        )
        record("announce_results", row, by, at, letters=sum(len(texts) for texts in letters.values()))
    return row


def move_up(
    application: str,
    amount: Decimal | None,
    reasons: str,
    *,
    letters: Mapping[str, str] | None = None,
    language: str = "fr",
    by: Actor,
    at: datetime,
    seen: int | None = None,
) -> Application:
    """Select somebody of the reserve, after the announcement too, once money is free again.

    Parameters
    ----------
    application : str
    amount : Decimal or None
        What is granted.
    reasons : str
    letters : mapping of language to text, optional
        Kept once the results are announced; the earlier letter stays on record.
    language : str
        Of the reasons.

    Raises
    ------
    UnknownThing, Forbidden
        If there is no such application, or somebody may not decide on the call.
    Refused
        If the call is not decided, the application is not of the reserve, no reason is given, the budget
        would be exceeded, or somebody else changed the call.
    InputRefused
        If the amount or the score forbids it, as in `decide_call`.
    """
    if not reasons.strip():
        raise Refused("reason_missing", id=application)
    found = Application.objects.filter(id=application).values_list("call_id", flat=True).first()
    if found is None:
        raise UnknownThing(kind="application", id=application)
    with transaction.atomic():
        call = call_to_change(found, by, seen, Capability.DECIDE_CALL)
        check_state(call, CallState.DECIDED, CallState.ANNOUNCED)
        row = call.applications.select_for_update().get(id=application)
        if row.state != ApplicationState.RESERVE:
            raise Refused("not_of_the_reserve", application=row.cluster_name, present=row.state)
        problems = grant_problems(examined_of(call, row), amount, limits_of(call))
        if problems or amount is None:
            raise InputRefused("decision_refused", call=call.id, count=len(problems), problems=problems)
        spent = granted(call) + amount
        if call.budget is not None and spent > call.budget:
            raise Refused("budget_exceeded_by", spent=spent, budget=call.budget)
        change_application(row, ApplicationState.SELECTED)
        row.version += 1
        row.save()
        PanelDecision.objects.create(
            application=row, verdict=row.state, amount=amount, reasons=reasons.strip(), language=language,
            by=str(by), at=at,
        )  # fmt: skip
        if call.state == CallState.ANNOUNCED:
            Letter.objects.bulk_create(
                Letter(application=row, language=spoken, text=text, at=at)
                for spoken, text in (letters or {}).items()
            )
        trace("move_up", row.id, by, at, version=row.version)
        record("move_up", call, by, at, application=row.id)
    return row


def _sit_again(call: Call) -> None:
    """Take the verdicts of a call back, so that the panel can decide anew; the decisions stay on record."""
    for one in call.applications.filter(state__in=[str(state) for state in VERDICTS]):
        change_application(one, ApplicationState.ADMITTED)
        one.save()
    change_state(call, CallState.UNDER_REVIEW)
