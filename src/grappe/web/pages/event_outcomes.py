"""What came of the meetings: told by participants and organiser, published as links of the census."""

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from grappe.actions.publish_outcome import publish_outcome
from grappe.actions.record_outcome import record_outcome
from grappe.actions.report_meeting import report_meeting
from grappe.domain.actor import Actor
from grappe.domain.errors import BadChoice, GrappeError, UnknownThing
from grappe.network.meeting_outcomes import LINK_TERMS, Horizon, OutcomeKind
from grappe.present.plain import Plain
from grappe.queries import event_outcomes
from grappe.queries import events as queries
from grappe.queries.event_desk import find_meeting
from grappe.web.pages.event_desk import runs, show_desk
from grappe.web.pages.event_forms import choice, see_other, whole
from grappe.web.pages.event_seat import seated, show_agenda, show_seat


@runs
def outcomes(request: HttpRequest, *, by: Actor, event: str) -> HttpResponse:
    """How the event did: outcomes at each horizon, each meeting with what was told, what is still due."""
    return _outcomes(request, event)


def _outcomes(request: HttpRequest, event: str, error: GrappeError | None = None) -> HttpResponse:
    row, on = queries.find_event(event), datetime.now(UTC).date()
    return show_desk(
        request,
        "desk_outcomes.html",
        event,
        error,
        statistics=event_outcomes.event_statistics(row, on),
        meetings=event_outcomes.outcomes_of(row),
        due=event_outcomes.due_outcomes(row, on),
        kinds=[str(kind) for kind in OutcomeKind],
        linking=[str(kind) for kind, terms in LINK_TERMS.items() if terms is not None],
    )


@require_POST
@runs
def publish(request: HttpRequest, *, by: Actor, event: str, outcome: int) -> HttpResponse:
    """State the link that came of a meeting."""
    try:
        told = event_outcomes.outcomes_of(queries.find_event(event))
        if outcome not in {one["id"] for meeting in told for one in meeting["outcomes"]}:
            raise UnknownThing(kind="outcome", id=outcome)
        publish_outcome(outcome, by=by, at=datetime.now(UTC))
    except GrappeError as error:
        return _outcomes(request, event, error)
    return see_other("event-outcomes", event, at=f"#o-{outcome}")


@runs
def outcome(request: HttpRequest, *, by: Actor, event: str, meeting: int) -> HttpResponse:
    """What came of one meeting, as the organiser learnt it."""

    def form(error: GrappeError | None = None) -> HttpResponse:
        return show_desk(
            request, "desk_outcome.html", event, error,
            **_meeting(event, meeting), given=request.POST, **_choices(),
        )  # fmt: skip

    if request.method != "POST":
        return form()
    try:
        find_meeting(queries.find_event(event), meeting)
        _record(request, meeting, None, by)
    except GrappeError as error:
        return form(error)
    return see_other("event-outcomes", event, at=f"#m-{meeting}")


@seated
def seat_outcome(request: HttpRequest, *, by: Actor, event: str, seat: int, meeting: int) -> HttpResponse:
    """What came of one of one's own meetings."""
    _check_own(event, meeting, seat)

    def form(error: GrappeError | None = None) -> HttpResponse:
        return show_seat(
            request, "seat_outcome.html", event, seat, error,
            **_meeting(event, meeting), given=request.POST, **_choices(),
        )  # fmt: skip

    if request.method != "POST":
        return form()
    try:
        _record(request, meeting, seat, by)
    except GrappeError as error:
        return form(error)
    return see_other("seat", event, seat, at=f"#m-{meeting}")


@require_POST
@seated
def report(request: HttpRequest, *, by: Actor, event: str, seat: int, meeting: int) -> HttpResponse:
    """Say that a meeting took place, or did not."""
    try:
        _check_own(event, meeting, seat)
        report_meeting(meeting, held=request.POST.get("deed") == "held", by=by, at=datetime.now(UTC))
    except GrappeError as error:
        return show_agenda(request, event, seat, error)
    return see_other("seat", event, seat, at=f"#m-{meeting}")


def _check_own(event: str, meeting: int, seat: int) -> None:
    """Refuse meetings of others: what came of them is not shown to everybody."""
    one = find_meeting(queries.find_event(event), meeting)
    if seat not in (one["a"]["id"], one["b"]["id"]):
        raise UnknownThing(kind="meeting", id=meeting)


def _record(request: HttpRequest, meeting: int, teller: int | None, by: Actor) -> None:
    post = request.POST
    months = whole(post, "horizon")
    if months not in tuple(Horizon):
        raise BadChoice(name="horizon", value=months, accepted=", ".join(str(int(one)) for one in Horizon))
    record_outcome(
        meeting,
        horizon=Horizon(months),
        kind=choice(post, "kind", OutcomeKind),
        note=post.get("note", ""),
        language=post.get("language", ""),
        teller=teller,
        by=by,
        at=datetime.now(UTC),
    )


def _meeting(event: str, meeting: int) -> dict[str, Plain]:
    row = queries.find_event(event)
    told = {one["meeting"]: one["outcomes"] for one in event_outcomes.outcomes_of(row)}
    return {"meeting": find_meeting(row, meeting) | {"outcomes": told.get(meeting, [])}}


def _choices() -> Plain:
    return {"kinds": [str(kind) for kind in OutcomeKind], "horizons": [int(one) for one in Horizon]}
