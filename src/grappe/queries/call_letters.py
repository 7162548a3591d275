"""What the letters to those who answered a call say."""

from datetime import datetime

from grappe.domain.actor import Actor
from grappe.domain.roles import Capability, Scope, ScopeKind, check_may
from grappe.policy.call_states import ApplicationState
from grappe.present.call_letters import VERDICTS, Decided
from grappe.queries.calls import find_call
from grappe.store.call_values import scheme_of
from grappe.store.grants import held_by


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
    here = (Scope(ScopeKind.CALL, row.id), Scope(ScopeKind.COUNTRY, row.country))
    check_may(held_by(by), Capability.DECIDE_CALL, *here)
    scheme = scheme_of(row)
    names = {one.id: dict(one.name) for one in scheme.all_conditions()}
    applications = list(row.applications.filter(submitted_at__isnull=False).prefetch_related("decisions"))
    answered = [one for one in applications if one.state != ApplicationState.DRAFT]
    found = {}
    for one in answered:
        if one.state not in VERDICTS:
            continue
        last = one.decisions.last()
        unmet = [
            names[finding["rule"]]
            for finding in one.findings or []
            if finding["met"] is False and finding["rule"] in names
        ]
        found[one.id] = Decided(
            cluster=one.cluster_name,
            title=dict(row.title),
            authority=dict(scheme.authority),
            submitted=one.submitted_at.date().isoformat() if one.submitted_at else at.date().isoformat(),
            decided=(last.at if last else at).date().isoformat(),
            count=len(answered),
            verdict=one.state,
            reasons=last.reasons if last and one.state != ApplicationState.INELIGIBLE else "",
            amount=last.amount if last and one.state == ApplicationState.SELECTED else None,
            currency=row.currency,
            conditions=tuple(unmet) if one.state == ApplicationState.INELIGIBLE else (),
        )
    return found
