"""What the letters to those who answered a call say."""

import dataclasses
from datetime import datetime
from decimal import Decimal
from typing import Any

from grappe.domain.actor import Actor
from grappe.domain.errors import UnknownThing
from grappe.domain.roles import Capability, check_may
from grappe.policy.call_states import ApplicationState
from grappe.present.call_letters import VERDICTS, Decided
from grappe.queries.calls import decision_plain, find_call, ruling_plain
from grappe.store.call_values import local, scheme_of
from grappe.store.grants import call_scopes, held_by
from grappe.store.models import Application, Call


def decided(call: str, by: Actor, at: datetime) -> dict[str, Decided]:
    """Each application that gets a letter, with what it says.

    Raises
    ------
    UnknownThing
        If there is no such call.
    Forbidden
        If somebody may not decide on it.
    """
    row = find_call(call)
    _check_decides(row, by)
    applications = row.applications.filter(submitted_at__isnull=False).exclude(
        state=str(ApplicationState.DRAFT)
    )
    answered = list(applications.prefetch_related("decisions"))
    return {one.id: _decided(row, one, len(answered), at) for one in answered if one.state in VERDICTS}


def decided_on(application: str, by: Actor, at: datetime, **instead: Any) -> Decided:
    """What the letter to one applicant says, or would say with another verdict, amount or reasons.

    Raises
    ------
    UnknownThing
        If there is no such application.
    Forbidden
        If somebody may not decide on its call.
    """
    one = Application.objects.select_related("call").filter(id=application).first()
    if one is None:
        raise UnknownThing(kind="application", id=application)
    _check_decides(one.call, by)
    count = one.call.applications.filter(submitted_at__isnull=False).exclude(
        state=str(ApplicationState.DRAFT)
    )
    told = _decided(one.call, one, count.count(), at)
    return dataclasses.replace(told, decided=local(one.call, at)[:10], **instead) if instead else told


def _check_decides(row: Call, by: Actor) -> None:
    here = call_scopes(row.id, row.country)
    check_may(held_by(by), Capability.DECIDE_CALL, *here)


def _decided(row: Call, one: Application, count: int, at: datetime) -> Decided:
    scheme = scheme_of(row)
    names = {condition.id: dict(condition.name) for condition in scheme.all_conditions()}
    excluded = one.state == ApplicationState.INELIGIBLE
    last = ruling_plain(one) if excluded else decision_plain(one)
    selected = one.state == ApplicationState.SELECTED
    return Decided(
        cluster=one.cluster_name,
        title=dict(row.title),
        authority=dict(scheme.authority),
        submitted=local(row, one.submitted_at or at)[:10],
        decided=local(row, datetime.fromisoformat(last["at"]) if last else at)[:10],
        count=count,
        verdict=one.state,
        reasons=last["reasons"] if last else "",
        amount=Decimal(last["amount"]) if last and selected and last["amount"] else None,
        currency=row.currency,
        conditions=tuple(
            names[finding["rule"]]
            for finding in one.findings or []
            if excluded and finding["met"] is False and finding["rule"] in names
        ),
    )
