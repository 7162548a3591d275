"""Who meets whom, when and where? The agenda of a participant, its calendar, the agenda of an event."""

from collections.abc import Mapping
from typing import Any

from grappe.domain.errors import Problem, UnknownThing
from grappe.network.agenda_conflicts import agenda_conflicts
from grappe.network.event_states import AGENDA_IS_SEEN
from grappe.network.matchmaking import BLOCKING, Scheduling, calls_for_meeting, event_problems, met
from grappe.network.meeting_states import STANDS
from grappe.present.agendas import AgendaMeeting, agenda_calendar, agenda_plain, meeting_plain
from grappe.present.catalogue import DEFAULT
from grappe.present.event_words import named
from grappe.present.plain import Plain
from grappe.present.problems import problem_words
from grappe.present.schedules import unmet_words
from grappe.queries.event_participants import profile_plain
from grappe.queries.events import agenda_event, event_summary, slot_plain
from grappe.queries.fiction import watermark
from grappe.store.event_values import (
    acceptance_of,
    asked_of,
    meetings_with,
    names_of,
    room_of,
    scheduling_of,
    seats_of,
    standing,
    state_of,
)
from grappe.store.models import MatchEvent, Meeting, Participation, ScheduleRun

_OVER = ("cancelled", "missed", "held")


def agenda_of(participation: Participation) -> Plain:
    """The agenda of a participant as last published; what is cancelled since shows as such at once.

    Where participants choose their slots, `provisional` holds what they chose and nobody published.
    """
    event = participation.event
    shown = agenda_event(event)
    plain = agenda_plain(shown, profile_plain(participation), published_meetings(participation))
    plain["number"] = event.agendas.count()
    plain["provisional"] = []
    if scheduling_of(event) is Scheduling.PARTICIPANTS:
        rows = meetings_with(participation).filter(state="planned")
        plain["provisional"] = [meeting_plain(shown, _meeting(row, participation, None)) for row in rows]
    return plain


def agenda_by_key(key: str) -> Participation:
    """The participant whose calendar has a key.

    Raises
    ------
    UnknownThing
        If no calendar has it; the key is not repeated.
    """
    row = Participation.objects.filter(feed_key=key).select_related("event").first() if key else None
    if row is None:
        raise UnknownThing(kind="calendar", id="…")
    return row


def calendar_of(participation: Participation, language: str = DEFAULT) -> bytes:
    """The published agenda of a participant as an iCalendar stream; inventions say so in every name."""
    event = agenda_event(participation.event)
    meetings = published_meetings(participation)
    return agenda_calendar(event, participation.name, meetings, language, watermark=watermark())


def published_meetings(participation: Participation) -> list[AgendaMeeting]:
    """Meetings of a participant as last published, in the order of time."""
    event = participation.event
    last = event.agendas.order_by("-number").first()
    if last is None or state_of(event) not in AGENDA_IS_SEEN:
        return []
    told: dict[int, dict[str, Any]] = {
        one["id"]: one for one in last.meetings if participation.pk in (one["a"], one["b"])
    }
    rows = {row.pk: row for row in meetings_with(participation).filter(pk__in=told)}
    slots = {slot.code: slot for slot in event.slots.all()}
    found = []
    for pk, one in told.items():
        row = rows[pk]
        row.slot = slots[one["slot"]]
        found.append(_meeting(row, participation, one))
    return sorted(found, key=lambda meeting: (meeting.start, meeting.id))


def _meeting(row: Meeting, who: Participation, told: dict[str, Any] | None) -> AgendaMeeting:
    """A meeting in the agenda of one of the two; slot and table are those that were `told`."""
    other = row.b if row.a_id == who.pk else row.a
    over = told is None or row.state in _OVER
    return AgendaMeeting(
        id=row.pk,
        with_id=other.pk,
        with_name=other.name,
        with_entity=other.entity,
        slot=row.slot.code,
        start=row.slot.start,
        end=row.slot.end,
        table=told["table"] if told else row.table,
        state=row.state if over else "published",
        sequence=row.sequence if over or told is None else told["sequence"],
        changed_at=row.changed_at,
        why=row.why,
    )


def event_agenda(event: MatchEvent, language: str = DEFAULT) -> Plain:
    """The agenda of an event as its organiser edits it.

    Beside slots, tables and meetings: the conflicts of what was edited by hand, what makes the event
    impossible or tight, the wishes that the last schedule leaves unmet and why, and what changed
    since the last publication.
    """
    names = names_of(event)
    room, seats = room_of(event), seats_of(event)
    conflicts = [
        {
            "code": one.code,
            "hard": one.hard,
            "meetings": [int(meeting) for meeting in one.meetings],
            "params": named(one.params, names),
            "message": problem_words(
                Problem(one.code, event.title, params=named(one.params, names)), language
            ),
        }
        for one in agenda_conflicts(seats, room)
    ]
    calling = calls_for_meeting(asked_of(event.wishes.all()), acceptance_of(event), room)
    done, asked = met(calling, seats)
    cancelled = event.meetings.filter(state="cancelled").select_related("slot", "a", "b")
    return {
        "event": event_summary(event) | {"version": event.version, "tables": event.tables},
        "slots": [slot_plain(slot, event.zone) for slot in event.slots.order_by("start")],
        "meetings": [_row(row) for row in standing(event).select_related("a", "b")],
        "cancelled": [_row(row) for row in cancelled.order_by("slot__start", "id")],
        "conflicts": conflicts,
        "troubles": event_troubles(event, language),
        "wishes": {"met": done, "asked": asked},
        "run": _run(event.runs.order_by("-id").first(), names, language),
        "changes": unpublished_changes(event),
    }


def event_troubles(event: MatchEvent, language: str = DEFAULT) -> list[Plain]:
    """What is contradictory, impossible or tight in an event, each thing named, before it is scheduled."""
    names, room = names_of(event), room_of(event)
    calling = calls_for_meeting(asked_of(event.wishes.all()), acceptance_of(event), room)
    found = []
    for one in event_problems(room, calling, event.title):
        params = named(one.params, names)
        found.append(
            {
                "code": one.code,
                "blocks": one.code in BLOCKING,
                "params": params,
                "message": problem_words(Problem(one.code, event.title, params=params), language),
            }
        )
    return found


def unpublished_changes(event: MatchEvent) -> list[Plain]:
    """What differs from the agenda as last published: meetings that are new, moved or taken off."""
    last = event.agendas.order_by("-number").first()
    told = {one["id"]: one for one in last.meetings} if last else {}
    found = []
    for row in event.meetings.select_related("slot", "a", "b").order_by("slot__start", "id"):
        before = told.get(row.pk)
        stands = row.state in {str(state) for state in STANDS}
        if before is None:
            change = "new" if stands else None
        elif not stands:
            change = "cancelled" if before["state"] != "cancelled" else None
        else:
            change = "moved" if (before["slot"], before["table"]) != (row.slot.code, row.table) else None
        if change:
            found.append(_row(row) | {"change": change, "from_slot": before["slot"] if before else None})
    return found


def _row(row: Meeting) -> Plain:
    return {
        "id": row.pk,
        "a": {"id": row.a_id, "name": row.a.name, "entity": row.a.entity},
        "b": {"id": row.b_id, "name": row.b.name, "entity": row.b.entity},
        "slot": row.slot.code,
        "table": row.table,
        "state": row.state,
        "locked": row.locked,
        "sequence": row.sequence,
        "why": row.why or None,
    }


def _run(run: ScheduleRun | None, names: Mapping[str, str], language: str) -> Plain | None:
    if run is None:
        return None
    return {
        "at": run.at.isoformat(),
        "by": run.by,
        "seed": run.seed,
        "status": run.status,
        "objective": run.objective,
        "bound": run.bound,
        "gap": run.gap,
        "unmet": [
            one
            | {
                "from": {"id": int(one["from"]), "name": names.get(one["from"])},
                "to": {"id": int(one["to"]), "name": names.get(one["to"])},
                "message": unmet_words(one["reason"], named(one, names), language),
            }
            for one in run.unmet
        ],
    }
