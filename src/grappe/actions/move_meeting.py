"""Move a meeting by hand, or put one into the agenda."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from grappe.actions.event_record import check_state, event_to_change, meeting_to_change, record
from grappe.domain.actor import Actor
from grappe.domain.errors import InputRefused, Problem, Refused, UnknownThing
from grappe.network.agenda_conflicts import Conflict, conflicts_of
from grappe.network.event_states import AGENDA_IS_EDITED
from grappe.network.meeting_states import ANNOUNCED, TO_COME, MeetingState
from grappe.present.event_words import named
from grappe.store.event_values import names_of, room_of, seat_of, seats_of
from grappe.store.models import MatchEvent, Meeting


def move_meeting(
    meeting: int,
    *,
    slot: str,
    table: int | None,
    force: bool = False,
    by: Actor,
    at: datetime,
    seen: int | None = None,
) -> Meeting:
    """Move a meeting to another slot or table, and keep it there: the scheduler will leave it.

    Raises
    ------
    UnknownThing
        If there is no such meeting, or the event has no such slot.
    Forbidden
        If somebody may not run the event.
    Refused
        If the agenda is not to be edited now, the meeting is past, or the event was changed meanwhile.
    InputRefused
        With every conflict that this would bring, unless `force`d: it then stands in the agenda of
        the event as a conflict, and forbids publication until it is solved.
    """
    with transaction.atomic():
        row, event = meeting_to_change(meeting, by, seen)
        check_state(event, AGENDA_IS_EDITED)
        state = MeetingState(row.state)
        if state not in TO_COME:
            raise Refused("meeting_past", present=state)
        before = (row.slot.code, row.table)
        _put(row, event, slot, table, force)
        if state in ANNOUNCED and (slot, table) != before:
            row.state = str(MeetingState.MOVED)
        row.changed_at = at
        row.save()
        record("move_meeting", event, by, at, meeting=meeting, slot=slot, table=table)
    return row


def plan_meeting(
    event: str,
    one: int,
    other: int,
    *,
    slot: str,
    table: int | None,
    force: bool = False,
    by: Actor,
    at: datetime,
    seen: int | None = None,
) -> Meeting:
    """Put a meeting of two participants into the agenda by hand.

    Raises
    ------
    UnknownThing
        If there is no such event, participant or slot.
    Forbidden
        If somebody may not run the event.
    Refused
        If the agenda is not to be edited now, or the event was changed meanwhile.
    InputRefused
        With every conflict that this would bring, unless `force`d.
    """
    with transaction.atomic():
        row = event_to_change(event, by, seen)
        check_state(row, AGENDA_IS_EDITED)
        found = {p.pk: p for p in row.participations.filter(pk__in=(one, other))}
        for pk in (one, other):
            if pk not in found:
                raise UnknownThing(kind="participant", id=pk)
        if one == other:
            raise Refused("self_wish", sender=found[one].name, receiver=found[other].name)
        meeting = Meeting(event=row, a=found[one], b=found[other], changed_at=at)
        _put(meeting, row, slot, table, force)
        meeting.save()
        record("plan_meeting", row, by, at, meeting=meeting.pk, slot=slot, table=table)
    return meeting


def _put(meeting: Meeting, event: MatchEvent, slot: str, table: int | None, force: bool) -> None:
    into = event.slots.filter(code=slot).first()
    if into is None:
        raise UnknownThing(kind="slot", id=slot)
    meeting.slot, meeting.table, meeting.locked = into, table, True
    mine = str(meeting.pk)
    seats = [seat for seat in seats_of(event) if seat.meeting != mine]
    conflicts = conflicts_of(mine, [*seats, seat_of(meeting)], room_of(event))
    hard = [one for one in conflicts if one.hard]
    if hard and not force:
        raise conflicts_error("meeting_conflicts", event, hard)


def conflicts_error(code: str, event: MatchEvent, conflicts: Sequence[Conflict]) -> InputRefused:
    """The error that lists conflicts of an agenda, with the names of those concerned."""
    names = names_of(event)
    problems = [Problem(one.code, event.title, params=named(one.params, names)) for one in conflicts]
    return InputRefused(code, event=event.title, count=len(problems), problems=problems)
