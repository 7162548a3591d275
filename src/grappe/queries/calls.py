"""Which calls for proposals are there, what does one say, and what came of it?"""

from datetime import datetime

from grappe.domain.actor import Actor
from grappe.domain.errors import Refused, UnknownThing
from grappe.domain.roles import Capability, check_may, may
from grappe.policy.application_form import choices
from grappe.policy.call_states import (
    CALL_MOVES,
    IN_THE_RUN,
    PUBLIC,
    ApplicationState,
    CallState,
    ReviewState,
    standing,
)
from grappe.policy.panel import VERDICTS
from grappe.present.plain import Plain
from grappe.store.call_standing import granted, ranked_list, waiting_reviews
from grappe.store.call_values import form_of, local, scheme_of, score_of
from grappe.store.grants import call_scopes, held_by
from grappe.store.models import Application, AuditEvent, Call


def list_calls(by: Actor | None = None, *, at: datetime | None = None) -> list[Plain]:
    """Calls, the latest deadline first; those in draft are for the officers who run them.

    Parameters
    ----------
    by : Actor, optional
        Whose drafts are listed too.
    at : datetime, optional
        Instant at which calls are said to be open or not.
    """
    rows = Call.objects.order_by("-closes_at", "id")
    return [call_plain(row, at) for row in rows if _public(row) or (by is not None and may_run(row, by))]


def _public(row: Call) -> bool:
    return CallState(row.state) in PUBLIC and bool(row.terms)


def call_plain(row: Call, at: datetime | None = None) -> Plain:
    """The terms of a call, as everybody may read them; `standing` is its state at an instant."""
    state = CallState(row.state)
    return {
        "id": row.id,
        "scheme": row.scheme,
        "country": row.country,
        "title": row.title,
        "description": row.description,
        "state": row.state,
        "standing": standing(state, row.opens_at, row.closes_at, at) if at else row.state,
        "zone": row.zone,
        "opens_at": local(row, row.opens_at),
        "closes_at": local(row, row.closes_at),
        "budget": _money(row.budget),
        "cap": _money(row.cap),
        "currency": row.currency,
        "threshold": _money(row.threshold),
        "grid": row.grid,
        "reading": row.reading,
        "why": row.why,
    }


def find_call(call: str) -> Call:
    """The row of a call.

    Raises
    ------
    UnknownThing
        If there is none.
    """
    row = Call.objects.filter(id=call).first()
    if row is None:
        raise UnknownThing(kind="call", id=call)
    return row


def call_page(call: str, by: Actor | None = None, at: datetime | None = None) -> Plain:
    """A call with the law it rests on, its form and, once announced, its results.

    Raises
    ------
    UnknownThing
        If there is none that the reader may see: a draft is for its officers.
    """
    row = find_call(call)
    runs = by is not None and may_run(row, by)
    if not _public(row) and not runs:
        raise UnknownThing(kind="call", id=call)
    form = form_of(row)
    return call_plain(row, at) | {
        "terms": row.terms or None,
        "law": dict(scheme_of(row).name),
        "questions": [
            {
                "id": one.id,
                "type": str(one.type),
                "title": dict(one.title) if one.title else None,
                "needed": one.needed,
                "unit": one.unit,
                "options": list(one.options),
                "choices": list(choices(one)),
                "cites": [cite.short for cite in one.cites],
            }
            for one in form.questions
        ],
        "documents": [{"id": one.id, "title": dict(one.title)} for one in form.papers],
        "results": results(row),
        "version": row.version if runs else None,
        "runs": runs,
        "may_become": [
            str(state) for state in CallState if runs and state in CALL_MOVES[CallState(row.state)]
        ],
    }


def results(row: Call) -> list[Plain] | None:
    """Who was selected with how much, and who stands in reserve; nothing before the announcement.

    Those not selected are not named: that is between them and the panel.
    """
    if row.state != CallState.ANNOUNCED:
        return None
    shown = row.applications.filter(state__in=[str(ApplicationState.SELECTED), str(ApplicationState.RESERVE)])
    return [
        {
            "cluster": one.cluster,
            "name": one.cluster_name,
            "verdict": one.state,
            "amount": _money(last.amount) if (last := one.decisions.last()) else None,
            "currency": row.currency,
        }
        for one in shown.order_by("-state", "cluster_name")
    ]


def announced(call: str) -> list[Plain]:
    """The results of a call.

    Raises
    ------
    UnknownThing
        If there is no such call.
    Refused
        If they are not announced yet.
    """
    row = find_call(call)
    found = results(row)
    if found is None:
        raise Refused("call_not_now", call=call, present=row.state, accepted=str(CallState.ANNOUNCED))
    return found


def may_run(call: Call, by: Actor) -> bool:
    """Tell whether somebody runs a call."""
    return may(held_by(by), Capability.RUN_CALL, *call_scopes(call.id, call.country))


def desk(call: str, by: Actor, at: datetime | None = None) -> Plain:
    """All that the officer of a call looks at: applications, scores, opinions awaited, the ranked list.

    Raises
    ------
    UnknownThing
        If there is no such call.
    Forbidden
        If somebody does not run it.
    """
    row = find_call(call)
    check_may(held_by(by), Capability.RUN_CALL, *call_scopes(row.id, row.country))
    rows = list(
        row.applications.exclude(state=str(ApplicationState.DRAFT)).prefetch_related("reviews", "decisions")
    )
    examined = [one for one in rows if one.state in IN_THE_RUN]
    places = {one.candidate.application: one for one in ranked_list(row, examined)}
    awaited = waiting_reviews(row)
    most = None
    lines = []
    for one in rows:
        score = score_of(row, one) if one.state in IN_THE_RUN else None
        most = score.most if score else most
        place = places.get(one.id)
        last = decision_plain(one)
        lines.append(
            application_plain(one)
            | {
                "score": float(score.score) if score else None,
                "spread": float(score.spread) if score else None,
                "opinions": score.opinions if score else 0,
                "rank": place.rank if place else None,
                "tied": place.tied if place else None,
                "fits": place.fits if place else None,
                "findings": one.findings,
                "decision": last,
                "granted": last["amount"] if last and one.state == last["verdict"] else None,
                "met": _met(one.findings),
            }
        )
    return call_page(call, by, at) | {
        "granted": _money(granted(row)),
        "applications": sorted(lines, key=lambda one: (one["rank"] is None, one["rank"] or 0, one["name"])),
        "drafts": row.applications.filter(state=str(ApplicationState.DRAFT)).count(),
        "most": float(most) if most else None,
        "reviewers": [
            {
                "account": one.account_id,
                "name": one.account.display_name,
                **{
                    str(state): one.reviews.filter(state=str(state)).count()
                    for state in ReviewState
                    if state is not ReviewState.OPEN
                },
                "awaited": sum(reviewer.pk == one.pk for reviewer, _ in awaited),
            }
            for one in row.reviewers.select_related("account")
        ],
        "awaited": len(awaited),
        "trace": trace_of(call, row),
    }


def application_plain(row: Application) -> Plain:
    """An application in a line."""
    return {
        "id": row.id,
        "call": row.call_id,
        "cluster": row.cluster,
        "name": row.cluster_name,
        "state": row.state,
        "amount": _money(row.amount),
        "submitted_at": row.submitted_at.isoformat() if row.submitted_at else None,
        "version": row.version,
        "language": row.language,
    }


def decision_plain(row: Application) -> Plain | None:
    """The decision of the panel on an application that counts: the last one."""
    return _last(row, VERDICTS)


def ruling_plain(row: Application) -> Plain | None:
    """What the officer last decided on its eligibility with reasons, if it stands."""
    last = _last(row, (ApplicationState.ADMITTED, ApplicationState.INELIGIBLE))
    excluded = row.state == ApplicationState.INELIGIBLE
    return last if last and (last["verdict"] == ApplicationState.INELIGIBLE) == excluded else None


def _last(row: Application, verdicts: tuple[ApplicationState, ...]) -> Plain | None:
    last = row.decisions.filter(verdict__in=[str(one) for one in verdicts]).last()
    if last is None:
        return None
    return {
        "verdict": last.verdict,
        "rank": last.rank,
        "amount": _money(last.amount),
        "reasons": last.reasons,
        "language": last.language,
        "at": last.at.isoformat(),
        "by": last.by,
    }


def trace_of(subject: str, call: Call) -> list[Plain]:
    """Who did what to a call or an application, the earliest first, by the clocks of the call."""
    rows = AuditEvent.objects.filter(subject=subject).order_by("id")
    return [{"verb": row.verb, "by": row.by, "at": local(call, row.at)} for row in rows]


def _met(findings: list[Plain] | None) -> bool | None:
    """Whether the findings kept with an application are met: one that is not decides."""
    answers = [one["met"] for one in findings or []]
    return False if False in answers else None if None in answers or not answers else True


def _money(value: object) -> str | None:
    return None if value is None else str(value)
