"""The agenda of an event as its organiser makes it: schedule, edit by hand, see conflicts, publish."""

from collections.abc import Callable
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from grappe.actions.cancel_meeting import cancel_meeting
from grappe.actions.close_event import close_event
from grappe.actions.close_wishes import close_wishes
from grappe.actions.hold_event import hold_event
from grappe.actions.move_meeting import move_meeting, plan_meeting
from grappe.actions.open_event import open_event
from grappe.actions.publish_agenda import publish_agenda
from grappe.actions.report_meeting import report_meeting
from grappe.actions.schedule_event import schedule_event
from grappe.domain.actor import Actor
from grappe.domain.errors import BadChoice, GrappeError
from grappe.network.event_states import AGENDA_IS_EDITED, CAN_BE_SCHEDULED
from grappe.present.plain import Plain
from grappe.queries import event_agendas, event_participants
from grappe.queries import events as queries
from grappe.queries.event_desk import find_meeting, places_for
from grappe.web.jinja import language
from grappe.web.pages.event_desk import overview, runs, show_desk
from grappe.web.pages.event_forms import see_other, seen, whole, whole_or_none
from grappe.web.pages.events import by_day

STATES: dict[str, Callable[..., object]] = {
    "open": open_event,
    "closed_for_wishes": close_wishes,
    "published": publish_agenda,
    "held": hold_event,
    "closed": close_event,
}
"""The action that brings an event into each state which its organiser can choose."""
LONGEST = 120
"""Seconds that the scheduler may be given from a page; a longer search belongs to the command line."""
ADVISED = 10


@runs
def agenda(request: HttpRequest, *, by: Actor, event: str) -> HttpResponse:
    """Slots and tables with their meetings, conflicts, unmet wishes, what changed since the publication."""
    return show_agenda(request, event)


def show_agenda(request: HttpRequest, event: str, error: GrappeError | None = None) -> HttpResponse:
    """The page of the agenda, with what was refused."""
    row = queries.find_event(event)
    found = event_agendas.event_agenda(row, language())
    conflicting = {meeting for one in found["conflicts"] for meeting in one["meetings"]}
    return show_desk(
        request,
        "desk_agenda.html",
        event,
        error,
        agenda=found,
        days=by_day(found["slots"]),
        cells=_cells(found["meetings"]),
        loose=[one for one in found["meetings"] if one["table"] is None],
        conflicting=conflicting,
        names={str(one["id"]): one["name"] for one in event_participants.list_participants(row)},
        edits=row.state in AGENDA_IS_EDITED,
        schedules=row.state in CAN_BE_SCHEDULED,
        given=request.POST,
        longest=LONGEST,
        advised=ADVISED,
    )


def _cells(meetings: list[Plain]) -> dict[tuple[str, int], list[Plain]]:
    cells: dict[tuple[str, int], list[Plain]] = {}
    for one in meetings:
        if one["table"] is not None:
            cells.setdefault((one["slot"], one["table"]), []).append(one)
    return cells


@require_POST
@runs
def change_state(request: HttpRequest, *, by: Actor, event: str) -> HttpResponse:
    """Bring the event into another state; publishing again keeps it and tells what changed."""
    wanted = request.POST.get("state", "")
    show, page = (
        (show_agenda, "event-agenda") if request.POST.get("from") == "agenda" else (overview, "event-desk")
    )
    try:
        if wanted not in STATES:
            raise BadChoice(name="state", value=wanted, accepted=", ".join(STATES))
        STATES[wanted](event, by=by, at=datetime.now(UTC), seen=seen(request))
    except GrappeError as error:
        return show(request, event, error)
    return see_other(page, event)


@require_POST
@runs
def schedule(request: HttpRequest, *, by: Actor, event: str) -> HttpResponse:
    """Run the scheduler, from a seed and within a time."""
    try:
        seed = whole_or_none(request.POST, "seed") or 0
        limit = whole_or_none(request.POST, "time_limit") or ADVISED
        if limit > LONGEST:
            raise BadChoice(name="time_limit", value=limit, accepted=f"1-{LONGEST}")
        schedule_event(
            event, seed=seed, time_limit=float(limit), by=by, at=datetime.now(UTC), seen=seen(request)
        )
    except GrappeError as error:
        return show_agenda(request, event, error)
    return see_other("event-agenda", event, at="#schedule")


@runs
def meeting(request: HttpRequest, *, by: Actor, event: str, meeting: int) -> HttpResponse:
    """Move a meeting by hand: where it could go, what it would bring about, and then the change."""
    one = find_meeting(queries.find_event(event), meeting)
    if request.method != "POST":
        return _place(request, event, one, {"slot": one["slot"], "table": one["table"]})
    post, at = request.POST, datetime.now(UTC)
    given = {"slot": post.get("slot", ""), "table": post.get("table", "")}
    try:
        match post.get("deed", "move"):
            case "cancel":
                cancel_meeting(meeting, by=by, at=at, seen=seen(request))
            case "held" | "missed" as deed:
                report_meeting(meeting, held=deed == "held", by=by, at=at)
            case _:
                move_meeting(
                    meeting,
                    slot=given["slot"], table=whole_or_none(post, "table"), force="force" in post,
                    by=by, at=at, seen=seen(request),
                )  # fmt: skip
    except GrappeError as error:
        return _place(request, event, one, given, error)
    return see_other("event-agenda", event, at=f"#m-{meeting}")


@runs
def plan(request: HttpRequest, *, by: Actor, event: str) -> HttpResponse:
    """Put a meeting of two participants into the agenda by hand."""
    given = {
        name: request.POST.get(name) or request.GET.get(name, "") for name in ("slot", "table", "a", "b")
    }
    if request.method != "POST":
        return _place(request, event, None, given)
    try:
        a, b = whole(request.POST, "a"), whole(request.POST, "b")
        made = plan_meeting(
            event, a, b,
            slot=given["slot"], table=whole_or_none(request.POST, "table"), force="force" in request.POST,
            by=by, at=datetime.now(UTC), seen=seen(request),
        )  # fmt: skip
    except GrappeError as error:
        return _place(request, event, None, given, error)
    return see_other("event-agenda", event, at=f"#m-{made.pk}")


def _place(
    request: HttpRequest, event: str, one: Plain | None, given: Plain, error: GrappeError | None = None
) -> HttpResponse:
    row = queries.find_event(event)
    places = places_for(row, one["a"]["id"], one["b"]["id"], language()) if one else []
    return show_desk(
        request,
        "desk_meeting.html",
        event,
        error,
        meeting=one,
        places=places,
        given=given,
        people=event_participants.browse_profiles(row) if one is None else [],
    )
