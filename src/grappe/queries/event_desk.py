"""What the desk of an organiser asks: who is kept apart, and where a meeting could go."""

from collections import Counter

from grappe.domain.errors import Problem, UnknownThing
from grappe.network.agenda_conflicts import conflicts_of
from grappe.network.matchmaking import Seat
from grappe.network.meeting_states import STANDS
from grappe.present.catalogue import DEFAULT
from grappe.present.event_words import named, slot_words
from grappe.present.plain import Plain
from grappe.present.problems import reason_words
from grappe.store.event_values import names_of, room_of, seats_of
from grappe.store.models import MatchEvent


def blocked_pairs(event: MatchEvent) -> list[Plain]:
    """Pairs of an event that its organiser keeps apart, with why."""
    rows = event.blocked.select_related("one", "other").order_by("one__name", "other__name")
    return [
        {
            "one": {"id": row.one_id, "name": row.one.name},
            "other": {"id": row.other_id, "name": row.other.name},
            "why": row.why,
        }
        for row in rows
    ]


def find_meeting(event: MatchEvent, meeting: int) -> Plain:
    """One meeting of an event, with both participants.

    Raises
    ------
    UnknownThing
        If the event has no such meeting.
    """
    row = event.meetings.filter(pk=meeting).select_related("slot", "a", "b").first()
    if row is None:
        raise UnknownThing(kind="meeting", id=meeting)
    return {
        "id": row.pk,
        "a": {"id": row.a_id, "name": row.a.name, "entity": row.a.entity},
        "b": {"id": row.b_id, "name": row.b.name, "entity": row.b.entity},
        "slot": row.slot.code,
        "table": row.table,
        "state": row.state,
        "locked": row.locked,
        "stands": row.state in {str(state) for state in STANDS},
    }


def places_for(event: MatchEvent, one: int, other: int, language: str = DEFAULT) -> list[Plain]:
    """Where the meeting of two participants could go: each slot, with its free tables or what forbids it.

    A meeting that the two have already is taken away first.
    """
    room, names = room_of(event), names_of(event)
    pair = frozenset((str(one), str(other)))
    seats = [seat for seat in seats_of(event) if seat.both != pair]
    taken = Counter((seat.slot, seat.table) for seat in seats)
    found = []
    for slot in room.slots:
        tables = [table for table in range(1, room.tables + 1) if not taken[slot, table]]
        tried = Seat("", str(one), str(other), slot, tables[0] if tables else None)
        against = [c for c in conflicts_of("", [*seats, tried], room) if c.hard]
        found.append(
            {
                "slot": slot,
                "words": slot_words(slot, language),
                "tables": tables,
                "against": [
                    reason_words(Problem(c.code, "", params=named(c.params, names)), language)
                    for c in against
                ],
            }
        )
    return found
