"""Matchmaking events as everybody sees them: the list, one event, the calendar of a participant."""

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from grappe.actions.create_event import create_event
from grappe.actions.event_rights import may_run
from grappe.domain.actor import Actor
from grappe.domain.errors import GrappeError, UnknownThing
from grappe.domain.roles import Capability, Role, may_somewhere
from grappe.present.plain import Plain
from grappe.queries import event_agendas, event_participants
from grappe.queries import events as queries
from grappe.web.jinja import language
from grappe.web.pages.event_forms import first_terms, given_terms, see_other, terms_of
from grappe.web.pages.signed_in import by_of, grants_of, needs, show_form
from grappe.web.reader import reader


def events(request: HttpRequest) -> HttpResponse:
    """Every event, the latest first; those in preparation for who may run them."""
    held = grants_of(request)
    runs = may_somewhere(held, Capability.RUN_EVENT)
    rows = queries.list_events(drafts=runs)
    if runs:
        by = by_of(request, Capability.RUN_EVENT)
        rows = [row for row in rows if row["state"] != "draft" or may_run(row["id"], by)]
    person = reader(request)
    seats = event_participants.participations_of(person.pk) if person else []
    return show_form(request, "events/list.html", events=rows, runs=runs, seats=seats)


def event(request: HttpRequest, event: str) -> HttpResponse:
    """What an event is, when and where; the ways in for those who have a part in it.

    Raises
    ------
    UnknownThing
        If there is none, or it is in preparation and not the reader's.
    """
    page = seen_event(request, event)
    person = reader(request)
    runs = person is not None and may_run(event, by_of(request, Capability.RUN_EVENT))
    return show_form(
        request,
        "events/event.html",
        event=page,
        days=by_day(page["slots"]),
        runs=runs,
        seats=event_participants.participations_of(person.pk, event) if person else [],
        clusters=_clusters(request),
        may_enter=may_somewhere(grants_of(request), Capability.TAKE_PART),
    )


def seen_event(request: HttpRequest, event: str) -> Plain:
    """The page of an event, for those who may see it.

    Raises
    ------
    UnknownThing
        If there is none, or it is in preparation and not the reader's.
    """
    page = queries.event_page(event)
    if page["state"] == "draft":
        runs = reader(request) is not None and may_run(event, by_of(request, Capability.RUN_EVENT))
        if not runs:
            raise UnknownThing(kind="event", id=event)
    return page


def by_day(slots: list[Plain]) -> list[tuple[str, list[Plain]]]:
    """Slots by their day, both in the order of time."""
    days: dict[str, list[Plain]] = {}
    for slot in slots:
        days.setdefault(slot["day"], []).append(slot)
    return list(days.items())


def _clusters(request: HttpRequest) -> list[str]:
    return [grant.scope for grant in grants_of(request) if grant.role is Role.MANAGER]


@needs(Capability.RUN_EVENT, somewhere=True)
def new(request: HttpRequest, *, by: Actor) -> HttpResponse:
    """Create an event, in preparation."""
    if request.method != "POST":
        return show_form(request, "events/new.html", given=first_terms())
    name = request.POST.get("event", "").strip()
    try:
        create_event(name, terms_of(request.POST), by=by, at=datetime.now(UTC))
    except GrappeError as error:
        return show_form(request, "events/new.html", error, given=given_terms(request.POST))
    return see_other("event-desk", name)


def calendar(request: HttpRequest, key: str) -> HttpResponse:
    """The agenda of a participant as a calendar that follows it, for whoever knows its address.

    Raises
    ------
    UnknownThing
        If no participant has that key.
    """
    stream = event_agendas.calendar_of(event_agendas.agenda_by_key(key), language())
    response = HttpResponse(stream, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="agenda.ics"'
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    add_never_cache_headers(response)
    return response
