"""Small matchmaking events in a store, made by the actions that organisers and participants call."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from grappe.actions.answer_wish import answer_wish
from grappe.actions.close_wishes import close_wishes
from grappe.actions.create_event import EventTerms, create_event
from grappe.actions.open_event import open_event
from grappe.actions.publish_agenda import publish_agenda
from grappe.actions.register_participant import Profile, register_participant
from grappe.actions.schedule_event import schedule_event
from grappe.actions.send_wish import send_wish
from grappe.domain.actor import Actor
from grappe.network.slot_grid import Day, Grid
from grappe.store.models import MatchEvent, Meeting, Participation

OPERATOR = Actor("Zohra", "operator")
DAWN = datetime(2027, 1, 4, 9, tzinfo=UTC)
"""A Monday, long before the event."""
TUESDAY = date(2027, 3, 16)
MORNING = Grid((Day(TUESDAY, time(9), time(10, 20)),), 20, "Africa/Casablanca")
"""Four slots of twenty minutes: 0900, 0920, 0940, 1000."""
SLOTS = ("20270316-0900", "20270316-0920", "20270316-0940", "20270316-1000")
SIDES = (("north", "Nord"), ("south", "Sud"))
AFTER = datetime(2027, 3, 16, 18, tzinfo=UTC)
"""The evening of the event."""


def terms(**changes: Any) -> EventTerms:
    """Terms of an event of four slots, two tables and two sides, unless told otherwise."""
    return EventTerms(**({"title": "Orchard days", "grid": MORNING, "tables": 2, "sides": SIDES} | changes))


def opened(event: str = "orchard-days", **changes: Any) -> MatchEvent:
    """An event open for registration and wishes."""
    create_event(event, terms(**changes), by=OPERATOR, at=DAWN)
    return open_event(event, by=OPERATOR, at=DAWN)


def registered(event: str, name: str, side: str | None = None, **changes: Any) -> Participation:
    """A participant registered by the organiser."""
    return register_participant(event, Profile(name, side=side, **changes), by=OPERATOR, at=DAWN)


def wished(one: Participation, other: Participation, rank: int = 1, *, accept: bool | None = True) -> int:
    """Id of a wish, accepted unless told otherwise; `None` leaves it without answer."""
    wish = send_wish(one.pk, other.pk, rank=rank, by=OPERATOR, at=DAWN)
    if accept is not None:
        answer_wish(wish.pk, accept=accept, by=OPERATOR, at=DAWN)
    return wish.pk


def scheduled(event: str) -> MatchEvent:
    """The event closed for wishes and scheduled."""
    close_wishes(event, by=OPERATOR, at=DAWN)
    schedule_event(event, by=OPERATOR, at=DAWN)
    return MatchEvent.objects.get(id=event)


def published(event: str) -> MatchEvent:
    """The event scheduled and its agenda published."""
    scheduled(event)
    publish_agenda(event, by=OPERATOR, at=DAWN)
    return MatchEvent.objects.get(id=event)


def places(event: str) -> dict[tuple[str, str], tuple[str, int | None, str]]:
    """Slot, table and state of each meeting that is not cancelled, by the names of the two in order."""
    rows = Meeting.objects.filter(event_id=event).exclude(state="cancelled").select_related("a", "b", "slot")
    return {tuple(sorted((row.a.name, row.b.name))): (row.slot.code, row.table, row.state) for row in rows}  # type: ignore[misc]


def days_later(days: int) -> datetime:
    """An instant some days after the evening of the event."""
    return AFTER + timedelta(days=days)
