"""Say which applications are eligible, and hand those to the reviewers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from grappe.actions.call_record import call_to_change, change_application, change_state, check_state, record
from grappe.actions.trail import trace
from grappe.domain.actor import Actor
from grappe.domain.errors import Refused, UnknownThing
from grappe.policy.call_states import ApplicationState, CallState
from grappe.store.call_values import answers_of, eligibility_of, packed_finding
from grappe.store.models import Application, Call, PanelDecision


@dataclass(frozen=True, slots=True)
class Ruling:
    """What an officer decides on the eligibility of an application, and why."""

    admitted: bool
    reasons: str
    language: str = "fr"


def admit_applications(
    call: str,
    rulings: Mapping[str, Ruling] | None = None,
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
    rulings : mapping of application to Ruling, optional
        What the officer decides, with or against the findings.

    Raises
    ------
    UnknownThing, Forbidden
        If there is no such call or application, or somebody may not run the call.
    Refused
        If the call is not closed, has nobody to review what is admitted, or was changed by somebody else;
        if a ruling against the findings has no reasons.
    """
    ruled = dict(rulings or {})
    with transaction.atomic():
        row = call_to_change(call, by, seen)
        check_state(row, CallState.CLOSED)
        waiting = list(row.applications.select_for_update().filter(state=str(ApplicationState.SUBMITTED)))
        for id in sorted(ruled.keys() - {one.id for one in waiting}):
            raise UnknownThing(kind="application", id=id)
        admitted = [_ruled_on(row, one, ruled.get(one.id), by, at) for one in waiting]
        if any(admitted) and not row.reviewers.exists():
            raise Refused("no_reviewer", call=row.id)
        change_state(row, CallState.UNDER_REVIEW)
        record("admit_applications", row, by, at, admitted=sum(admitted), of=len(admitted))
    return row


def rule_on_eligibility(
    application: str, ruling: Ruling, *, by: Actor, at: datetime, seen: int | None = None
) -> Application:
    """Put right who is eligible while applications are with the reviewers.

    Raises
    ------
    UnknownThing, Forbidden
        If there is no such application, or somebody may not run its call.
    Refused
        If the call is not under review, the application stands so already, was withdrawn, no reasons are
        given, or somebody else changed the call.
    """
    found = Application.objects.filter(id=application).values_list("call_id", flat=True).first()
    if found is None:
        raise UnknownThing(kind="application", id=application)
    if not ruling.reasons.strip():
        raise Refused("reason_missing", id=application)
    with transaction.atomic():
        call = call_to_change(found, by, seen)
        check_state(call, CallState.UNDER_REVIEW)
        row = Application.objects.select_for_update().get(id=application)
        _ruled_on(call, row, ruling, by, at)
        record("rule_on_eligibility", call, by, at, application=row.id)
    return row


def _ruled_on(call: Call, row: Application, ruling: Ruling | None, by: Actor, at: datetime) -> bool:
    answer = eligibility_of(call, answers_of(row), row.cluster)
    by_findings = answer.met is not False
    admitted = by_findings if ruling is None else ruling.admitted
    reasons = ruling.reasons.strip() if ruling is not None else ""
    if admitted != by_findings and not reasons:
        raise Refused("against_findings", application=row.cluster_name)
    row.findings = [packed_finding(finding) for finding in answer.findings]
    change_application(row, ApplicationState.ADMITTED if admitted else ApplicationState.INELIGIBLE)
    row.version += 1
    row.save()
    if ruling is not None and reasons:
        PanelDecision.objects.create(
            application=row, verdict=row.state, reasons=reasons, language=ruling.language, by=str(by), at=at
        )
    trace(
        "admit_application" if admitted else "exclude_application",
        row.id,
        by,
        at,
        version=row.version,
        against_findings=admitted != by_findings,
    )
    return admitted
