"""Run the scheduler on a matchmaking event, for the first time or again."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from grappe.actions.event_record import change_state, check_state, check_unchanged, event_to_change, record
from grappe.actions.event_rights import check_may_run
from grappe.domain.actor import Actor
from grappe.domain.errors import InputRefused, Problem, UnknownThing
from grappe.network.event_states import CAN_BE_SCHEDULED, EventState
from grappe.network.matchmaking import (
    BLOCKING,
    Asked,
    Room,
    Seat,
    calls_for_meeting,
    event_of,
    event_problems,
)
from grappe.network.meeting_event import Event
from grappe.network.meeting_states import MeetingState
from grappe.present.event_words import named
from grappe.present.schedules import unmet_plain
from grappe.store.event_values import (
    acceptance_of,
    asked_of,
    names_of,
    room_of,
    seat_of,
    standing,
)
from grappe.store.models import MatchEvent, Meeting, ScheduleRun

if TYPE_CHECKING:
    from grappe.network.meeting_schedule import Schedule

TIME_LIMIT = 20.0
"""Seconds that the scheduler may take, unless asked otherwise."""


@dataclass(frozen=True, slots=True)
class Task:
    """What the scheduler is given: room, wishes to meet, meetings that stay, slots that have begun."""

    room: Room
    wishes: tuple[Asked, ...]
    fixed: tuple[Seat, ...]
    begun: frozenset[str]


def schedule_event(
    event: str,
    *,
    seed: int = 0,
    time_limit: float = TIME_LIMIT,
    by: Actor,
    at: datetime,
    seen: int | None = None,
) -> ScheduleRun:
    """Make the schedule of an event, or mend it around the meetings that are frozen.

    Frozen are the meetings that participants were told of, those that are past, those that
    participants chose and those that an organiser put in place by hand. All others are planned anew.
    Once the agenda is published, slots that have begun are left alone.

    Raises
    ------
    UnknownThing
        If there is no such event.
    Forbidden
        If somebody may not run it.
    Refused
        If wishes are still open, or the event was changed meanwhile, also while the scheduler ran.
    InputRefused
        With everything that makes scheduling impossible.
    """
    row = MatchEvent.objects.filter(id=event).first()
    if row is None:
        raise UnknownThing(kind="event", id=event)
    check_may_run(event, by)
    check_unchanged(row, seen)
    check_state(row, CAN_BE_SCHEDULED)
    task = _task(row, at)
    problems = [one for one in event_problems(task.room, task.wishes, row.title) if one.code in BLOCKING]
    if problems:
        raise InputRefused(
            "event_refused", event=row.title, count=len(problems), problems=_with_names(row, problems)
        )
    # The scheduler may take its time: nothing is locked meanwhile, and what it worked on is checked after.
    day = event_of(task.room, task.wishes, task.fixed)
    agenda = solve(day, frozen=task.begun, seed=seed, time_limit=time_limit)
    with transaction.atomic():
        locked = event_to_change(event, by, row.version)
        return _write(locked, task, agenda, seed, by, at)


def _task(event: MatchEvent, at: datetime) -> Task:
    room = room_of(event)
    wishes = calls_for_meeting(asked_of(event.wishes.all()), acceptance_of(event), room)
    kept = [row for row in standing(event) if row.locked or row.state != MeetingState.PLANNED]
    begun: frozenset[str] = frozenset()
    if event.state == EventState.PUBLISHED:
        begun = frozenset(event.slots.filter(start__lte=at).values_list("code", flat=True))
    seats = tuple(seat_of(row) for row in kept)
    past = {seat.both for seat in seats if seat.slot in begun}
    refused = {
        frozenset((str(a), str(b)))
        for a, b in event.meetings.filter(state=str(MeetingState.CANCELLED), why="by_hand").values_list(
            "a_id", "b_id"
        )
    }
    done = past | refused
    return Task(
        room=room,
        wishes=tuple(w for w in wishes if frozenset((w.sender, w.receiver)) not in done),
        fixed=seats,
        begun=begun,
    )


def _with_names(event: MatchEvent, problems: list[Problem]) -> list[Problem]:
    names = names_of(event)
    return [Problem(p.code, p.file, params=named(p.params, names)) for p in problems]


def _write(
    event: MatchEvent, task: Task, agenda: "Schedule", seed: int, by: Actor, at: datetime
) -> ScheduleRun:
    event.meetings.filter(state=str(MeetingState.PLANNED), locked=False).delete()
    slots = dict(event.slots.values_list("code", "id"))
    kept = {seat.both for seat in task.fixed}
    Meeting.objects.bulk_create(
        Meeting(
            event=event,
            a_id=int(one.a),
            b_id=int(one.b),
            slot_id=slots[one.slot],
            table=one.table,
            changed_at=at,
        )
        for one in agenda.meetings
        if one.both not in kept
    )
    _give_tables(task, agenda)
    run = ScheduleRun.objects.create(
        event=event,
        at=at,
        by=str(by),
        seed=seed,
        status=agenda.status,
        objective=dict(agenda.objective),
        bound=agenda.bound,
        gap=agenda.gap,
        unmet=[unmet_plain(one) for one in agenda.unmet],
    )
    if event.state == EventState.CLOSED_FOR_WISHES:
        change_state(event, EventState.SCHEDULED)
    record("schedule_event", event, by, at, run=run.pk, meetings=len(agenda.meetings))
    return run


def _give_tables(task: Task, agenda: "Schedule") -> None:
    """Give a table to those meetings that had a slot and none yet."""
    tables = {one.both: one.table for one in agenda.meetings}
    for seat in task.fixed:
        if seat.table is None and (table := tables.get(seat.both)) is not None:
            Meeting.objects.filter(pk=int(seat.meeting)).update(table=table)


def solve(event: Event, *, frozen: Collection[str], seed: int, time_limit: float) -> "Schedule":
    """The schedule of an event, with its bound and the reason of each unmet wish.

    The one place where the scheduler is called.
    """
    # Imported here: solvers take a second that other actions need not wait for.
    from grappe.network.meeting_schedule import make_schedule

    return make_schedule(event, frozen=frozen, seed=seed, time_limit=time_limit)
