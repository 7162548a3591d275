"""Rows of a matchmaking event as the values that the rules of `grappe.network` take."""

from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any

from django.db.models import Q, QuerySet

from grappe.network.event_states import EventState, ParticipantState
from grappe.network.matchmaking import Acceptance, Asked, Person, Room, Scheduling, Seat
from grappe.network.meeting_states import STANDS, MeetingState
from grappe.network.slot_grid import Break, Day, Grid
from grappe.network.wish_states import WishState
from grappe.store.models import MatchEvent, Meeting, Participation, Wish


def grid_of(event: MatchEvent) -> Grid:
    """What the slots of an event are cut from."""
    return Grid(
        days=tuple(_day(row) for row in event.days),
        slot_minutes=event.slot_minutes,
        zone=event.zone,
        pause_minutes=event.pause_minutes,
        breaks=tuple(_break(row) for row in event.breaks),
    )


def packed_days(days: Iterable[Day]) -> list[dict[str, str]]:
    """Days as they are stored."""
    return [
        {"day": one.day.isoformat(), "start": f"{one.start:%H:%M}", "end": f"{one.end:%H:%M}"} for one in days
    ]


def packed_breaks(breaks: Iterable[Break]) -> list[dict[str, str | None]]:
    """Breaks as they are stored."""
    return [
        {
            "start": f"{one.start:%H:%M}",
            "end": f"{one.end:%H:%M}",
            "day": one.day.isoformat() if one.day else None,
        }
        for one in breaks
    ]


def state_of(event: MatchEvent) -> EventState:
    """State of an event."""
    return EventState(event.state)


def scheduling_of(event: MatchEvent) -> Scheduling:
    """Who says when the meetings of an event take place."""
    return Scheduling(event.scheduling)


def acceptance_of(event: MatchEvent) -> Acceptance:
    """When a wish calls for a meeting in an event."""
    return Acceptance(event.acceptance)


def person_of(row: Participation) -> Person:
    """A participant as the rules see them."""
    return Person(
        id=str(row.pk),
        side=row.side,
        state=ParticipantState(row.state),
        available=None if row.availability is None else frozenset(row.availability),
        host_table=row.host_table,
    )


def room_of(event: MatchEvent) -> Room:
    """Where the meetings of an event can take place, and between whom."""
    people = {str(row.pk): person_of(row) for row in event.participations.order_by("id")}
    blocked = event.blocked.values_list("one_id", "other_id")
    return Room(
        slots=tuple(event.slots.order_by("start").values_list("code", flat=True)),
        tables=event.tables,
        people=people,
        two_sided=len(event.sides) == 2,
        blocked=frozenset(frozenset((str(one), str(other))) for one, other in blocked),
    )


def asked_of(rows: QuerySet[Wish]) -> tuple[Asked, ...]:
    """Wishes as the rules see them, in the order in which they were sent."""
    return tuple(
        Asked(str(sender), str(receiver), rank, WishState(state))
        for sender, receiver, rank, state in rows.order_by("id").values_list(
            "sender_id", "receiver_id", "rank", "state"
        )
    )


def seat_of(row: Meeting) -> Seat:
    """A meeting as the rules see it."""
    return Seat(str(row.pk), str(row.a_id), str(row.b_id), row.slot.code, row.table)


def standing(event: MatchEvent) -> QuerySet[Meeting]:
    """Meetings of an event that take up a slot and a table, in the order of time."""
    rows = event.meetings.filter(state__in=[str(state) for state in STANDS])
    return rows.select_related("slot").order_by("slot__start", "table", "id")


def seats_of(event: MatchEvent) -> tuple[Seat, ...]:
    """Meetings of an event that stand, as the rules see them."""
    return tuple(seat_of(row) for row in standing(event))


def meetings_with(participation: Participation) -> QuerySet[Meeting]:
    """Meetings of a participant, whatever their state, in the order of time."""
    rows = Meeting.objects.filter(Q(a=participation) | Q(b=participation))
    return rows.select_related("slot", "a", "b").order_by("slot__start", "id")


def meeting_state(row: Meeting) -> MeetingState:
    """State of a meeting."""
    return MeetingState(row.state)


def names_of(event: MatchEvent) -> Mapping[str, str]:
    """Names of the participants of an event, by the id that the rules know them by."""
    return {str(pk): name for pk, name in event.participations.values_list("pk", "name")}


def _day(row: dict[str, Any]) -> Day:
    return Day(
        date.fromisoformat(row["day"]), time.fromisoformat(row["start"]), time.fromisoformat(row["end"])
    )


def _break(row: dict[str, Any]) -> Break:
    day = date.fromisoformat(row["day"]) if row.get("day") else None
    return Break(time.fromisoformat(row["start"]), time.fromisoformat(row["end"]), day)
