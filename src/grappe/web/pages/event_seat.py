"""The place of a participant at an event: profile, others, wishes, agenda, and their printable sheet."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from grappe.actions.answer_wish import answer_wish, withdraw_wish
from grappe.actions.cancel_participation import cancel_participation
from grappe.actions.change_profile import change_profile
from grappe.actions.choose_slot import choose_slot
from grappe.actions.confirm_participation import confirm_participation
from grappe.actions.event_rights import check_may_speak_for
from grappe.actions.register_participant import register_participant
from grappe.actions.send_wish import send_wish
from grappe.domain.actor import Actor
from grappe.domain.errors import BadChoice, GrappeError, UnknownThing
from grappe.domain.roles import Capability, Role, Scope, ScopeKind
from grappe.domain.vocabulary import vocabulary
from grappe.network.event_states import ACCEPTS_LATE, ACCEPTS_REGISTRATION
from grappe.present.plain import Plain
from grappe.queries import event_agendas, event_outcomes, event_participants, event_wishes, navigation
from grappe.queries import events as queries
from grappe.web.jinja import language
from grappe.web.language import View
from grappe.web.pages.event_forms import given_profile, profile_of, see_other, whole
from grappe.web.pages.events import by_day, seen_event
from grappe.web.pages.render import one_of
from grappe.web.pages.signed_in import by_of, grants_of, show_form, signed_in


def seated(view: View) -> View:
    """Call the view with the participant in its address and who speaks for it; others are refused."""

    @wraps(view)
    @signed_in
    def answer(request: HttpRequest, *, by: Actor, event: str, seat: int, **given: Any) -> HttpResponse:
        row = event_participants.find_participation(seat)
        if row.event_id != event:
            raise UnknownThing(kind="participant", id=seat)
        scopes = [Scope(ScopeKind.CLUSTER, row.entity)] if row.entity else []
        by = by_of(request, Capability.TAKE_PART, *scopes, Scope(ScopeKind.EVENT, event))
        check_may_speak_for(row, by)
        return view(request, by=by, event=event, seat=seat, **given)

    return answer


def show_seat(
    request: HttpRequest,
    template: str,
    event: str,
    seat: int,
    error: GrappeError | None = None,
    **context: Any,
) -> HttpResponse:
    """A page of a participant: with the event and the profile."""
    row = event_participants.find_participation(seat)
    return show_form(
        request,
        f"events/{template}",
        error,
        event=queries.event_page(event),
        me=event_participants.profile_plain(row),
        there=event_participants.present_ids(row.event),
        **context,
    )


@signed_in
def register(request: HttpRequest, *, by: Actor, event: str) -> HttpResponse:
    """Register a cluster that one speaks for, or the body for which one was invited."""
    page, post = seen_event(request, event), request.POST
    clusters = [grant.scope for grant in grants_of(request) if grant.role is Role.MANAGER]
    by = by_of(request, Capability.TAKE_PART, Scope(ScopeKind.EVENT, event))

    def form(error: GrappeError | None = None) -> HttpResponse:
        given = given_profile(post) if error else _proposed(clusters)
        return show_form(
            request, "events/register.html", error,
            event=page, given=given, clusters=navigation.named(clusters), fresh=error is None,
            activities=list(vocabulary("activity")), days=by_day(page["slots"]),
        )  # fmt: skip

    if request.method != "POST":
        return form()
    try:
        seat = register_participant(event, profile_of(post), by=by, at=datetime.now(UTC))
    except GrappeError as error:
        return form(error)
    return see_other("seat", event, seat.pk)


def _proposed(clusters: list[str]) -> Plain:
    named = navigation.named(clusters)
    first = clusters[0] if clusters else ""
    name = (named.get(first) or {}).get("name") or ""
    blank: Plain = {"side": "", "country": "", "offers": [], "needs": [], "profile": "", "availability": None}
    return blank | {"entity": first, "name": name, "languages": [language()], "profile_language": language()}


@seated
def seat(request: HttpRequest, *, by: Actor, event: str, seat: int) -> HttpResponse:
    """One's agenda, with its calendar, what is still to be told of it, and whether one comes."""
    return show_agenda(request, event, seat)


def show_agenda(
    request: HttpRequest, event: str, seat: int, error: GrappeError | None = None
) -> HttpResponse:
    """The agenda of a participant, with what was refused."""
    row = event_participants.find_participation(seat)
    now, agenda = datetime.now(UTC), event_agendas.agenda_of(row)
    address = reverse("event-calendar", args=(language(), row.feed_key))
    scheme = "https" if settings.HTTPS else request.scheme
    return show_seat(
        request,
        "seat.html",
        event,
        seat,
        error,
        agenda=agenda,
        begun={one["id"] for one in agenda["meetings"] if datetime.fromisoformat(one["start"]) <= now},
        calendar=f"{scheme}://{request.get_host()}{address}",
        due=event_outcomes.due_outcomes(row.event, now.date(), row),
    )


@seated
def sheet(request: HttpRequest, *, by: Actor, event: str, seat: int) -> HttpResponse:
    """One's agenda on a sheet of paper, with what each partner offers and needs."""
    row = event_participants.find_participation(seat)
    agenda = event_agendas.agenda_of(row)
    partners = {one["id"]: one for one in event_participants.list_participants(row.event)}
    return show_seat(request, "sheet.html", event, seat, agenda=agenda, partners=partners)


@require_POST
@seated
def change_seat(request: HttpRequest, *, by: Actor, event: str, seat: int) -> HttpResponse:
    """Confirm that one comes, or cancel."""
    deeds: dict[str, Callable[..., object]] = {
        "confirm": confirm_participation,
        "cancel": cancel_participation,
    }
    deed = request.POST.get("deed", "")
    try:
        if deed not in deeds:
            raise BadChoice(name="deed", value=deed, accepted=", ".join(deeds))
        deeds[deed](seat, by=by, at=datetime.now(UTC))
    except GrappeError as error:
        return show_agenda(request, event, seat, error)
    return see_other("seat", event, seat)


@seated
def profile(request: HttpRequest, *, by: Actor, event: str, seat: int) -> HttpResponse:
    """What one says of oneself, and when one is available."""
    row = event_participants.find_participation(seat)
    given = event_participants.profile_plain(row)
    slots = [queries.slot_plain(slot, row.event.zone) for slot in row.event.slots.order_by("start")]

    def form(error: GrappeError | None = None) -> HttpResponse:
        return show_seat(
            request, "seat_profile.html", event, seat, error,
            given=given | given_profile(request.POST) if error else given,
            activities=list(vocabulary("activity")), days=by_day(slots), fresh=False,
            saved="saved" in request.GET,
            changes=row.event.state in ACCEPTS_REGISTRATION | ACCEPTS_LATE,
        )  # fmt: skip

    if request.method != "POST":
        return form()
    try:
        said = profile_of(request.POST, entity=row.entity or "")
        change_profile(seat, said, by=by, at=datetime.now(UTC))
    except GrappeError as error:
        return form(error)
    return see_other("seat-profile", event, seat, at="?saved=1")


@seated
def others(request: HttpRequest, *, by: Actor, event: str, seat: int) -> HttpResponse:
    """Whom one may meet, with what each offers and needs, narrowed by filters."""
    row = event_participants.find_participation(seat)
    everybody = event_participants.browse_profiles(row.event, viewer=row)
    spoken = sorted({code for one in everybody for code in one["languages"]})
    chosen = {
        "q": request.GET.get("q", "").strip(),
        "offer": one_of(request, "offer", vocabulary("activity")),
        "need": one_of(request, "need", vocabulary("activity")),
        "language": one_of(request, "language", spoken),
    }
    found = event_participants.browse_profiles(row.event, viewer=row, **chosen)  # type: ignore[arg-type]
    return show_seat(
        request,
        "seat_others.html",
        event,
        seat,
        found=sorted(found, key=_promise),
        total=len(everybody),
        chosen=chosen,
        spoken=spoken,
        offers=sorted({code for one in everybody for code in one["offers"]}),
        needs=sorted({code for one in everybody for code in one["needs"]}),
    )


def _promise(one: Plain) -> int:
    """Those who have most for each other come first; the order of names is kept within."""
    return -len(one["match"]["they_offer"]) - len(one["match"]["they_need"])


@seated
def other(request: HttpRequest, *, by: Actor, event: str, seat: int, other: int) -> HttpResponse:
    """The profile of somebody one may meet, and the wish to meet them."""
    row = event_participants.find_participation(seat)

    def form(error: GrappeError | None = None) -> HttpResponse:
        seen = {one["id"]: one for one in event_participants.browse_profiles(row.event, viewer=row)}
        if other not in seen:
            raise UnknownThing(kind="participant", id=other)
        wishes = event_wishes.wishes_of(row)
        sent = next((one for one in wishes["sent"] if one["to"]["id"] == other), None)
        received = next((one for one in wishes["received"] if one["from"]["id"] == other), None)
        return show_seat(
            request, "seat_other.html", event, seat, error,
            them=seen[other], sent=sent, received=received, left=wishes["left"], given=request.POST,
            next_rank=1 + max((w["rank"] for w in wishes["sent"] if w["state"] != "withdrawn"), default=0),
        )  # fmt: skip

    if request.method != "POST":
        return form()
    post = request.POST
    try:
        send_wish(
            seat, other,
            rank=whole(post, "rank"), reason=post.get("reason", ""), language=post.get("language", ""),
            by=by, at=datetime.now(UTC),
        )  # fmt: skip
    except GrappeError as error:
        return form(error)
    return see_other("seat-wishes", event, seat)


@seated
def wishes(request: HttpRequest, *, by: Actor, event: str, seat: int) -> HttpResponse:
    """Wishes sent, by rank, and received, with their answers and meetings."""
    return _wishes(request, event, seat)


def _wishes(request: HttpRequest, event: str, seat: int, error: GrappeError | None = None) -> HttpResponse:
    row = event_participants.find_participation(seat)
    return show_seat(
        request, "seat_wishes.html", event, seat, error,
        wishes=event_wishes.wishes_of(row), given=request.POST,
    )  # fmt: skip


@require_POST
@seated
def answer(request: HttpRequest, *, by: Actor, event: str, seat: int, wish: int) -> HttpResponse:
    """Accept, decline or withdraw a wish, or choose the slot of the meeting that it calls for."""
    post, at = request.POST, datetime.now(UTC)
    deed = post.get("deed", "")
    try:
        match deed:
            case "accept" | "decline":
                answer_wish(wish, accept=deed == "accept", answer=post.get("answer", ""), by=by, at=at)
            case "withdraw":
                withdraw_wish(wish, by=by, at=at)
            case "slot":
                choose_slot(wish, post.get("slot", ""), by=by, at=at)
            case _:
                raise BadChoice(name="deed", value=deed, accepted="accept, decline, withdraw, slot")
    except GrappeError as error:
        return _wishes(request, event, seat, error)
    return see_other("seat-wishes", event, seat, at=f"#w-{wish}")
