"""What every action on a matchmaking event begins and ends with: the row to change, and the trace of it."""

from datetime import datetime

from grappe.actions.event_rights import check_may_run, check_may_speak_for
from grappe.actions.trail import changes_after, trace
from grappe.domain.actor import Actor
from grappe.domain.errors import Refused, UnknownThing
from grappe.domain.transitions import check_follows
from grappe.network.event_states import EVENT_MOVES, EventState
from grappe.store.models import MatchEvent, Meeting, Participation, Wish


def event_to_change(event: str, by: Actor, seen: int | None = None) -> MatchEvent:
    """The row of an event that its organiser is about to change, locked until the transaction ends.

    Raises
    ------
    UnknownThing
        If there is no such event.
    Forbidden
        If somebody may not run it.
    Refused
        If it was changed since the organiser saw version `seen`.
    """
    row = MatchEvent.objects.select_for_update().filter(id=event).first()
    if row is None:
        raise UnknownThing(kind="event", id=event)
    check_may_run(event, by)
    check_unchanged(row, seen)
    return row


def check_unchanged(event: MatchEvent, seen: int | None) -> None:
    """Refuse to change what another organiser has changed meanwhile, and say what they did.

    Raises
    ------
    Refused
        With the verbs of the changes and who did the last one.
    """
    if seen is None or seen == event.version:
        return
    changes, who = changes_after(event.id, seen, event.created_at)
    raise Refused("event_changed", event=event.title, changes=changes, who=who)


def change_state(event: MatchEvent, wanted: EventState) -> None:
    """Give an event another state; the row is saved by `record`.

    Raises
    ------
    Refused
        If that state may not follow the present one.
    """
    check_follows(EVENT_MOVES, EventState(event.state), wanted, "event_cannot", event=event.title)
    event.state = str(wanted)


def check_state(event: MatchEvent, accepted: frozenset[EventState]) -> None:
    """Refuse what an event does not take in its present state.

    Raises
    ------
    Refused
        With the states in which it would.
    """
    if EventState(event.state) not in accepted:
        wanted = ",".join(state for state in EventState if state in accepted)
        raise Refused("event_not_now", event=event.title, present=event.state, accepted=wanted)


def record(verb: str, event: MatchEvent, by: Actor, at: datetime, **detail: object) -> None:
    """Count a change of an event by its organisers, and keep its trace."""
    event.version += 1
    event.save()
    trace(verb, event.id, by, at, version=event.version, **detail)


def participation_to_change(participation: int, by: Actor) -> Participation:
    """The row of a participant that somebody who speaks for it is about to change.

    Raises
    ------
    UnknownThing
        If there is no such participant.
    Forbidden
        If somebody does not speak for it.
    """
    row = Participation.objects.select_for_update().filter(pk=participation).select_related("event").first()
    if row is None:
        raise UnknownThing(kind="participant", id=participation)
    check_may_speak_for(row, by)
    return row


def wish_to_change(wish: int) -> Wish:
    """The row of a wish.

    Raises
    ------
    UnknownThing
        If there is no such wish.
    """
    rows = Wish.objects.select_for_update().select_related("event", "sender", "receiver")
    row = rows.filter(pk=wish).first()
    if row is None:
        raise UnknownThing(kind="wish", id=wish)
    return row


def meeting_to_change(meeting: int, by: Actor, seen: int | None = None) -> tuple[Meeting, MatchEvent]:
    """The row of a meeting that an organiser is about to change, with its event.

    Raises
    ------
    UnknownThing
        If there is no such meeting.
    Forbidden
        If somebody may not run the event.
    Refused
        If the event was changed since the organiser saw version `seen`.
    """
    row = Meeting.objects.select_for_update().filter(pk=meeting).select_related("slot", "a", "b").first()
    if row is None:
        raise UnknownThing(kind="meeting", id=meeting)
    return row, event_to_change(row.event_id, by, seen)
