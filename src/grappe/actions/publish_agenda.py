"""Publish the agenda of a matchmaking event, or what changed in it since."""

from datetime import datetime

from django.db import transaction

from grappe.actions.event_record import change_state, check_state, event_to_change, record
from grappe.actions.move_meeting import conflicts_error
from grappe.domain.actor import Actor
from grappe.domain.errors import Refused
from grappe.network.agenda_conflicts import agenda_conflicts
from grappe.network.event_states import EventState
from grappe.network.meeting_states import MeetingState
from grappe.store.event_values import room_of, seats_of
from grappe.store.models import MatchEvent, PublishedAgenda


def publish_agenda(event: str, *, by: Actor, at: datetime, seen: int | None = None) -> PublishedAgenda:
    """Show every participant their agenda; meetings are frozen from then on.

    Meetings planned or moved since the last publication are published; each move counts, so that
    calendars take the newer one.

    Raises
    ------
    UnknownThing
        If there is no such event.
    Forbidden
        If somebody may not run it.
    Refused
        If it is not scheduled, nothing changed since the last publication, or it was changed
        meanwhile by somebody else.
    InputRefused
        With every conflict that cannot happen in a room.
    """
    with transaction.atomic():
        row = event_to_change(event, by, seen)
        check_state(row, frozenset({EventState.SCHEDULED, EventState.PUBLISHED}))
        room = room_of(row)
        hard = [
            one for one in agenda_conflicts(seats_of(row), room) if one.hard and _to_come(row, one.meetings)
        ]
        if hard:
            raise conflicts_error("agenda_conflicts", row, hard)
        if row.state == EventState.SCHEDULED:
            change_state(row, EventState.PUBLISHED)
        for meeting in row.meetings.filter(state=str(MeetingState.MOVED)):
            meeting.state, meeting.sequence = str(MeetingState.PUBLISHED), meeting.sequence + 1
            meeting.changed_at = at
            meeting.save()
        planned = row.meetings.filter(state=str(MeetingState.PLANNED))
        planned.update(state=str(MeetingState.PUBLISHED), changed_at=at)
        agenda = _snapshot(row, by, at)
        record("publish_agenda", row, by, at, number=agenda.number)
    return agenda


def _to_come(event: MatchEvent, meetings: tuple[str, ...]) -> bool:
    """Whether a conflict can still be solved: what was held or missed is past."""
    past = (str(MeetingState.HELD), str(MeetingState.MISSED))
    return event.meetings.filter(pk__in=meetings).exclude(state__in=past).exists()


def _snapshot(event: MatchEvent, by: Actor, at: datetime) -> PublishedAgenda:
    rows = event.meetings.select_related("slot").order_by("slot__start", "table", "id")
    # A cancelled meeting that nobody was told of is nobody's business; one that was, stays to be taken back.
    shown = [row for row in rows if row.state != MeetingState.CANCELLED or row.sequence]
    meetings = [
        {
            "id": row.pk,
            "a": row.a_id,
            "b": row.b_id,
            "slot": row.slot.code,
            "table": row.table,
            "state": row.state,
            "sequence": row.sequence,
            "changed_at": row.changed_at.isoformat(),
        }
        for row in shown
    ]
    last = event.agendas.order_by("-number").first()
    if last is not None and last.meetings == meetings:
        raise Refused("nothing_to_publish", event=event.title)
    number = last.number + 1 if last else 1
    return PublishedAgenda.objects.create(event=event, number=number, at=at, by=str(by), meetings=meetings)
