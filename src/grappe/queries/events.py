"""Which matchmaking events are there, and what does one look like?"""

from collections import Counter
from zoneinfo import ZoneInfo

from grappe.domain.errors import UnknownThing
from grappe.network.event_states import EVENT_MOVES, EventState
from grappe.present.agendas import AgendaEvent
from grappe.present.plain import Plain
from grappe.store.event_values import state_of
from grappe.store.models import AuditEvent, EventSlot, MatchEvent


def list_events(*, drafts: bool = False) -> list[Plain]:
    """Events, the latest first; those in draft are shown to organisers alone."""
    rows = MatchEvent.objects.all()
    if not drafts:
        rows = rows.exclude(state=str(EventState.DRAFT))
    return sorted(
        (event_summary(row) for row in rows), key=lambda one: (one["start"] or "", one["id"]), reverse=True
    )


def event_summary(row: MatchEvent) -> Plain:
    """An event in a line: title, place, days, state, how many take part."""
    days = sorted(day["day"] for day in row.days)
    return {
        "id": row.id,
        "title": row.title,
        "language": row.language,
        "place": row.place,
        "country": row.country or None,
        "start": days[0] if days else None,
        "end": days[-1] if days else None,
        "state": row.state,
        "participants": row.participations.filter(state__in=("registered", "confirmed")).count(),
        "meetings": row.meetings.exclude(state="cancelled").count(),
    }


def find_event(event: str) -> MatchEvent:
    """The row of an event.

    Raises
    ------
    UnknownThing
        If there is none.
    """
    row = MatchEvent.objects.filter(id=event).first()
    if row is None:
        raise UnknownThing(kind="event", id=event)
    return row


def event_page(event: str) -> Plain:
    """Everything that the page of an event shows: terms, slots, counts, and which states may follow.

    Raises
    ------
    UnknownThing
        If there is none.
    """
    row = find_event(event)
    return event_summary(row) | {
        "description": row.description,
        "zone": row.zone,
        "days": row.days,
        "breaks": row.breaks,
        "slot_minutes": row.slot_minutes,
        "pause_minutes": row.pause_minutes,
        "tables": row.tables,
        "sides": row.sides,
        "scheduling": row.scheduling,
        "acceptance": row.acceptance,
        "most_wishes": row.most_wishes,
        "wishes_until": row.wishes_until.isoformat() if row.wishes_until else None,
        "version": row.version,
        "slots": [slot_plain(slot, row.zone) for slot in row.slots.order_by("start")],
        "may_become": [str(state) for state in EventState if state in EVENT_MOVES[state_of(row)]],
        "participants_by_state": dict(Counter(row.participations.values_list("state", flat=True))),
        "participants_by_side": dict(
            Counter(
                side
                for side in row.participations.filter(state__in=("registered", "confirmed")).values_list(
                    "side", flat=True
                )
                if side
            )
        ),
        "wishes_by_state": dict(Counter(row.wishes.values_list("state", flat=True))),
        "agenda_number": row.agendas.count(),
    }


def slot_plain(slot: EventSlot, zone: str) -> Plain:
    """A slot with its local hours."""
    local = ZoneInfo(zone)
    start, end = slot.start.astimezone(local), slot.end.astimezone(local)
    return {
        "code": slot.code,
        "day": start.date().isoformat(),
        "start": start.isoformat(),
        "end": end.isoformat(),
        "hours": f"{start:%H:%M}-{end:%H:%M}",
    }


def changes_since(event: str, version: int) -> list[Plain]:
    """What organisers changed in an event since one of its versions, the earliest first."""
    rows = AuditEvent.objects.filter(subject=event).order_by("id")
    return [
        {"verb": row.verb, "by": row.by, "at": row.at.isoformat(), "version": row.detail["version"]}
        for row in rows
        if row.detail.get("version", 0) > version
    ]


def agenda_event(row: MatchEvent) -> AgendaEvent:
    """What an agenda says of its event."""
    return AgendaEvent(row.id, row.title, row.place, row.zone, row.created_at)
