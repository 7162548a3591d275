"""What came of the meetings of an event, what is still to be told, and how the event did as a whole."""

from collections import Counter, defaultdict
from datetime import date
from statistics import median
from zoneinfo import ZoneInfo

from grappe.network.matchmaking import calls_for_meeting, met
from grappe.network.meeting_outcomes import Horizon, OutcomeKind, due_on, outcomes_due
from grappe.present.plain import Plain
from grappe.store.event_values import acceptance_of, asked_of, room_of, seats_of
from grappe.store.models import MatchEvent, Meeting, MeetingOutcome, Participation


def outcome_plain(row: MeetingOutcome) -> Plain:
    """An outcome with who told it; the organiser where nobody of the two did."""
    return {
        "id": row.pk,
        "meeting": row.meeting_id,
        "horizon": row.horizon,
        "kind": row.kind,
        "note": row.note,
        "language": row.language,
        "teller": {"id": row.teller_id, "name": row.teller.name} if row.teller else None,
        "recorded_at": row.recorded_at.isoformat(),
        "link": row.link,
    }


def outcomes_of(event: MatchEvent) -> list[Plain]:
    """Meetings that were held, in the order of time, each with what was told of it."""
    told: dict[int, list[Plain]] = defaultdict(list)
    rows = MeetingOutcome.objects.filter(meeting__event=event).select_related("teller")
    for row in rows.order_by("horizon", "id"):
        told[row.meeting_id].append(outcome_plain(row))
    return [
        {
            "meeting": row.pk,
            "a": {"id": row.a_id, "name": row.a.name, "entity": row.a.entity},
            "b": {"id": row.b_id, "name": row.b.name, "entity": row.b.entity},
            "day": _day(row, event).isoformat(),
            "outcomes": told[row.pk],
        }
        for row in _held(event)
    ]


def due_outcomes(event: MatchEvent, on: date, participation: Participation | None = None) -> list[Plain]:
    """Outcomes asked for on a day and not told, the longest due first.

    For a `participation`, those it has not told of its own meetings; else those of which nobody said
    anything.
    """
    rows = {
        str(row.pk): row
        for row in _held(event)
        if participation is None or participation.pk in (row.a_id, row.b_id)
    }
    outcomes = MeetingOutcome.objects.filter(meeting__event=event)
    if participation is not None:
        outcomes = outcomes.filter(teller=participation)
    told = {
        (str(meeting), Horizon(horizon)) for meeting, horizon in outcomes.values_list("meeting_id", "horizon")
    }
    held = [(pk, _day(row, event)) for pk, row in rows.items()]
    return [
        {
            "meeting": int(due.meeting),
            "a": {"id": rows[due.meeting].a_id, "name": rows[due.meeting].a.name},
            "b": {"id": rows[due.meeting].b_id, "name": rows[due.meeting].b.name},
            "horizon": int(due.horizon),
            "since": due.since.isoformat(),
        }
        for due in outcomes_due(held, told, on)
    ]


def event_statistics(event: MatchEvent, on: date) -> Plain:
    """How an event did: wishes met, meetings of each, held and missed, outcomes at each horizon by a day.

    Shares are given with both counts. An outcome counts once a meeting; where the two tell it
    differently, it is counted as `disputed` and under no kind.
    """
    room, seats = room_of(event), seats_of(event)
    calling = calls_for_meeting(asked_of(event.wishes.all()), acceptance_of(event), room)
    done, asked = met(calling, seats)
    pairs = {(one.sender, one.receiver) for one in calling}
    mutual = [one for one in calling if (one.receiver, one.sender) in pairs]
    mutual_done, mutual_asked = met(mutual, seats)
    states = Counter(event.meetings.values_list("state", flat=True))
    each = Counter(one for seat in seats for one in seat.both)
    counts = [each[person.id] for person in room.people.values() if person.present]
    return {
        "wishes": {"sent": event.wishes.exclude(state="withdrawn").count(), "asked": asked, "met": done},
        "mutual_wishes": {"asked": mutual_asked // 2, "met": mutual_done // 2},
        "meetings": dict(states),
        "meetings_each": {
            "least": min(counts, default=0),
            "median": median(counts) if counts else 0,
            "most": max(counts, default=0),
        },
        "outcomes": [_horizon(event, horizon, on) for horizon in Horizon],
    }


def _horizon(event: MatchEvent, horizon: Horizon, on: date) -> Plain:
    held = [row for row in _held(event) if due_on(_day(row, event), horizon) <= on]
    told: dict[int, set[str]] = defaultdict(set)
    rows = MeetingOutcome.objects.filter(meeting__event=event, horizon=int(horizon))
    for meeting, kind in rows.values_list("meeting_id", "kind"):
        told[meeting].add(kind)
    agreed = Counter(next(iter(kinds)) for kinds in told.values() if len(kinds) == 1)
    return {
        "horizon": int(horizon),
        "due": len(held),
        "told": len(told),
        "disputed": sum(len(kinds) > 1 for kinds in told.values()),
        "kinds": {str(kind): agreed[str(kind)] for kind in OutcomeKind},
    }


def _held(event: MatchEvent) -> list[Meeting]:
    rows = event.meetings.filter(state="held").select_related("slot", "a", "b")
    return list(rows.order_by("slot__start", "table", "id"))


def _day(row: Meeting, event: MatchEvent) -> date:
    return row.slot.start.astimezone(ZoneInfo(event.zone)).date()
