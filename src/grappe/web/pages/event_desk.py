"""The desk of an organiser: terms and state of an event, its participants, whom it keeps apart."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from grappe.actions.add_late_participant import add_late_participant
from grappe.actions.block_pair import block_pair
from grappe.actions.cancel_participation import cancel_participation
from grappe.actions.change_availability import give_host_table
from grappe.actions.change_event import change_event
from grappe.actions.confirm_participation import confirm_participation
from grappe.actions.invite_participant import invite_participant
from grappe.actions.register_participant import register_participant
from grappe.actions.report_no_show import report_no_show
from grappe.domain.actor import Actor
from grappe.domain.errors import BadChoice, GrappeError, UnknownThing
from grappe.domain.roles import Capability, Scope, ScopeKind
from grappe.domain.vocabulary import vocabulary
from grappe.network.event_states import ACCEPTS_LATE, ACCEPTS_REGISTRATION
from grappe.queries import event_agendas, event_participants, event_wishes
from grappe.queries import events as queries
from grappe.queries.event_desk import blocked_pairs
from grappe.web.jinja import language
from grappe.web.language import View
from grappe.web.pages.event_forms import (
    given_profile,
    given_terms,
    profile_of,
    see_other,
    seen,
    stored_terms,
    terms_of,
    whole,
    whole_or_none,
)
from grappe.web.pages.events import by_day
from grappe.web.pages.signed_in import needs, show_form


def runs(view: View) -> View:
    """Call the view with the organiser of the event in its address; others are refused."""
    return needs(Capability.RUN_EVENT, lambda event, **_: Scope(ScopeKind.EVENT, event))(view)


def show_desk(
    request: HttpRequest, template: str, event: str, error: GrappeError | None = None, **context: Any
) -> HttpResponse:
    """A page of the desk: with the event, and its version for the forms."""
    return show_form(request, f"events/{template}", error, event=queries.event_page(event), **context)


@runs
def desk(request: HttpRequest, *, by: Actor, event: str) -> HttpResponse:
    """Where the event stands, what is to be done next, what stands in the way."""
    return overview(request, event)


def overview(request: HttpRequest, event: str, error: GrappeError | None = None) -> HttpResponse:
    """The first page of the desk, with what was refused."""
    row = queries.find_event(event)
    changes = reversed(queries.changes_since(event, 0)[-8:])
    troubles = event_agendas.event_troubles(row, language())
    return show_desk(request, "desk.html", event, error, troubles=troubles, changes=list(changes))


@runs
def terms(request: HttpRequest, *, by: Actor, event: str) -> HttpResponse:
    """Days, slots, breaks, tables, sides and modes, as long as they can change."""
    if request.method != "POST":
        given = stored_terms(queries.event_page(event))
        return show_desk(request, "desk_terms.html", event, given=given)
    try:
        sides = [side["code"] for side in queries.event_page(event)["sides"]]
        terms = terms_of(request.POST, sides)
        change_event(event, terms, by=by, at=datetime.now(UTC), seen=seen(request))
    except GrappeError as error:
        return show_desk(request, "desk_terms.html", event, error, given=given_terms(request.POST))
    return see_other("event-desk", event)


@runs
def participants(request: HttpRequest, *, by: Actor, event: str) -> HttpResponse:
    """Everybody on the list, with their states; who is kept apart."""
    return _participants(request, event)


def _participants(request: HttpRequest, event: str, error: GrappeError | None = None) -> HttpResponse:
    row = queries.find_event(event)
    return show_desk(
        request,
        "desk_participants.html",
        event,
        error,
        people=event_participants.list_participants(row),
        blocked=blocked_pairs(row),
        given=request.POST,
        late=row.state in ACCEPTS_LATE,
        registers=row.state in ACCEPTS_REGISTRATION,
    )


@runs
def add(request: HttpRequest, *, by: Actor, event: str) -> HttpResponse:
    """Register somebody, invite somebody, or add a late arrival, as the state of the event has it."""
    row = queries.find_event(event)
    late = row.state in ACCEPTS_LATE
    post, at = request.POST, datetime.now(UTC)

    def form(error: GrappeError | None = None) -> HttpResponse:
        page = queries.event_page(event)
        return show_desk(
            request, "desk_add.html", event, error,
            given=given_profile(post), late=late, activities=list(vocabulary("activity")),
            days=by_day(page["slots"]), fresh=request.method != "POST",
        )  # fmt: skip

    if request.method != "POST":
        return form()
    try:
        profile = profile_of(post)
        if late:
            add_late_participant(event, profile, by=by, at=at, seen=seen(request))
        elif post.get("deed") == "invite":
            invite_participant(event, profile, address=post.get("address", ""), by=by, at=at)
        else:
            register_participant(event, profile, by=by, at=at)
    except GrappeError as error:
        return form(error)
    return see_other("event-participants", event)


@require_POST
@runs
def change_participant(request: HttpRequest, *, by: Actor, event: str, seat: int) -> HttpResponse:
    """Cancel or confirm a participant, report one missing, give one a table of its own."""
    deed, at = request.POST.get("deed", ""), datetime.now(UTC)
    try:
        _of_event(event, seat)
        match deed:
            case "cancel":
                cancel_participation(seat, by=by, at=at)
            case "confirm":
                confirm_participation(seat, by=by, at=at)
            case "no_show":
                report_no_show(seat, by=by, at=at, seen=seen(request))
            case "table":
                give_host_table(seat, whole_or_none(request.POST, "table"), by=by, at=at)
            case _:
                raise BadChoice(name="deed", value=deed, accepted="cancel, confirm, no_show, table")
    except GrappeError as error:
        return _participants(request, event, error)
    return see_other("event-participants", event, at=f"#p-{seat}")


def _of_event(event: str, *seats: int) -> None:
    """Refuse participants of another event: the right was asked for this one."""
    for seat in seats:
        if event_participants.find_participation(seat).event_id != event:
            raise UnknownThing(kind="participant", id=seat)


@require_POST
@runs
def keep_apart(request: HttpRequest, *, by: Actor, event: str) -> HttpResponse:
    """Keep two participants apart, or no longer."""
    try:
        one, other = whole(request.POST, "one"), whole(request.POST, "other")
        _of_event(event, one, other)
        blocked = request.POST.get("deed") != "release"
        why = request.POST.get("why", "")
        block_pair(one, other, blocked=blocked, why=why, by=by, at=datetime.now(UTC))
    except GrappeError as error:
        return _participants(request, event, error)
    return see_other("event-participants", event, at="#apart")


@runs
def wishes(request: HttpRequest, *, by: Actor, event: str) -> HttpResponse:
    """Every wish, with its answer and its meeting."""
    rows = event_wishes.wishes_of_event(queries.find_event(event))
    return show_desk(request, "desk_wishes.html", event, wishes=rows)
