"""The decision of the panel on each application, and its announcement."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from grappe.actions.call_record import (
    call_to_change,
    change_application,
    change_state,
    check_state,
    record,
    trace,
)
from grappe.domain.actor import Actor
from grappe.domain.errors import InputRefused, Problem, Refused
from grappe.domain.roles import Capability
from grappe.domain.vocabulary import LANGUAGES
from grappe.policy.call_states import ApplicationState, CallState
from grappe.store.call_standing import ranked_list, waiting_reviews
from grappe.store.call_values import cap_cites
from grappe.store.models import Application, Call, Letter, PanelDecision

VERDICTS = (ApplicationState.SELECTED, ApplicationState.RESERVE, ApplicationState.REJECTED)
"""What a panel can decide on an application that was admitted."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the panel decides on one application; the amount is for those selected."""

    state: ApplicationState
    reasons: str
    amount: Decimal | None = None
    language: str = "fr"


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
        If opinions are still to be given, the call is not under review, or somebody else changed it.
    InputRefused
        With everything wrong: an application without verdict or without reasons, an amount above
        what was asked, the cap or, together, the budget.
    """
    with transaction.atomic():
        row = call_to_change(call, by, seen, Capability.DECIDE_CALL)
        if row.state == CallState.DECIDED:
            _sit_again(row)
        check_state(row, CallState.UNDER_REVIEW)
        admitted = list(row.applications.select_for_update().filter(state=str(ApplicationState.ADMITTED)))
        if waiting := waiting_reviews(row):
            raise Refused("reviews_missing", call=row.id, count=len(waiting))
        problems = verdict_problems(row, admitted, verdicts)
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


def verdict_problems(
    call: Call, admitted: list[Application], verdicts: Mapping[str, Verdict]
) -> list[Problem]:
    """Everything wrong with the verdicts of a panel."""
    found: list[Problem] = []

    def say(code: str, name: str, field: str, value: object = None, **params: object) -> None:
        shown = None if value is None else str(value)
        found.append(
            Problem(code, name, field=field, value=shown, params={k: str(v) for k, v in params.items()})
        )

    names = {one.id: one.cluster_name for one in admitted}
    for id in sorted(verdicts.keys() - names.keys()):
        say("verdict_on_none", id, "verdict")
    spent = Decimal()
    for one in admitted:
        verdict = verdicts.get(one.id)
        if verdict is None or verdict.state not in VERDICTS:
            say("verdict_missing", one.cluster_name, "verdict", accepted=", ".join(VERDICTS))
            continue
        if not verdict.reasons.strip():
            say("reasons_missing", one.cluster_name, "reasons")
        if verdict.language not in LANGUAGES:
            say(
                "call_language", one.cluster_name, "language", verdict.language, accepted=", ".join(LANGUAGES)
            )
        if verdict.state != ApplicationState.SELECTED:
            continue
        amount = verdict.amount
        if amount is None or amount < 0:
            say("amount_missing", one.cluster_name, "amount", amount)
            continue
        spent += amount
        if call.cap is not None and amount > call.cap:
            cites = ", ".join(cite.short for cite in cap_cites(call))
            say("amount_over_cap", one.cluster_name, "amount", amount, cap=call.cap, cites=cites)
        if one.amount is not None and amount > one.amount:
            say("amount_over_asked", one.cluster_name, "amount", amount, asked=one.amount)
    if call.budget is not None and spent > call.budget:
        say("budget_exceeded", call.id, "amount", spent, budget=call.budget)
    return found


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


def move_up(application: str, amount: Decimal, reasons: str, *, by: Actor, at: datetime) -> Application:
    """Select somebody of the reserve, after the announcement too, once money is free again.

    Raises
    ------
    Forbidden
        If somebody may not decide on the call.
    Refused
        If the application is not of the reserve, no reason is given, or the budget would be exceeded.
    """
    if not reasons.strip():
        raise Refused("reason_missing", id=application)
    with transaction.atomic():
        row = Application.objects.select_related("call").filter(id=application).first()
        call = call_to_change(row.call_id if row else application, by, None, Capability.DECIDE_CALL)
        assert row is not None
        check_state(call, CallState.DECIDED, CallState.ANNOUNCED)
        if row.state != ApplicationState.RESERVE:
            raise Refused("not_of_the_reserve", application=row.cluster_name, present=row.state)
        spent = sum(
            (
                last.amount
                for one in call.applications.filter(state=str(ApplicationState.SELECTED))
                if (last := one.decisions.last()) and last.amount
            ),
            Decimal(),
        )
        if call.budget is not None and spent + amount > call.budget:
            raise Refused("budget_exceeded_by", spent=spent + amount, budget=call.budget)
        change_application(row, ApplicationState.SELECTED)
        row.version += 1
        row.save()
        PanelDecision.objects.create(
            application=row, verdict=row.state, amount=amount, reasons=reasons.strip(), by=str(by), at=at
        )
        record("move_up", call, by, at, application=row.id)
    return row


def _sit_again(call: Call) -> None:
    """Take the verdicts of a call back, so that the panel can decide anew; the decisions stay on record."""
    for one in call.applications.filter(state__in=[str(state) for state in VERDICTS]):
        change_application(one, ApplicationState.ADMITTED)
        one.save()
    change_state(call, CallState.UNDER_REVIEW)
