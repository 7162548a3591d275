"""Record what came of a meeting, at once or after 6, 12 or 24 months."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from grappe.actions.emit_statements import withdraw_source
from grappe.actions.event_record import check_state
from grappe.actions.event_rights import check_may_run, check_may_speak_for
from grappe.actions.trail import trace
from grappe.domain.actor import Actor
from grappe.domain.errors import BadChoice, Refused, UnknownThing
from grappe.domain.vocabulary import LANGUAGES
from grappe.network.event_states import EventState
from grappe.network.meeting_outcomes import Horizon, OutcomeKind, due_on
from grappe.network.meeting_states import MeetingState
from grappe.store.models import Meeting, MeetingOutcome

OUTCOMES_COME_IN = frozenset({EventState.PUBLISHED, EventState.HELD, EventState.CLOSED})
"""States of an event in which outcomes are told: a meeting may be over while others are still to come."""


def record_outcome(
    meeting: int,
    *,
    horizon: Horizon,
    kind: OutcomeKind,
    note: str = "",
    language: str = "fr",
    teller: int | None = None,
    by: Actor,
    at: datetime,
) -> MeetingOutcome:
    """Write what came of a meeting as one of the two tells it, or the organiser where `teller` is nothing.

    Telling it again replaces what was told, and takes the link back that came of it until it is
    published anew.

    Raises
    ------
    UnknownThing
        If there is no such meeting, or the teller has no part in it.
    Forbidden
        If somebody speaks neither for the teller nor for the event.
    BadChoice
        If the language is none.
    Refused
        If the meeting was not held, or its day for this horizon has not come.
    """
    if language not in LANGUAGES:
        raise BadChoice(name="language", value=language, accepted=", ".join(LANGUAGES))
    with transaction.atomic():
        rows = Meeting.objects.select_for_update().select_related("event", "slot", "a", "b")
        row = rows.filter(pk=meeting).first()
        if row is None:
            raise UnknownThing(kind="meeting", id=meeting)
        _check_teller(row, teller, by)
        _check_time(row, horizon, at)
        before = row.outcomes.filter(horizon=int(horizon), teller_id=teller).first()
        if before is not None and before.link:
            withdraw_source(outcome_source(row.event_id, before.pk), by=by, at=at)
        outcome, _ = MeetingOutcome.objects.update_or_create(
            meeting=row,
            horizon=int(horizon),
            teller_id=teller,
            defaults={
                "kind": str(kind),
                "note": note.strip(),
                "language": language,
                "recorded_by": str(by),
                "recorded_at": at,
                "link": None,
            },
        )
        trace("record_outcome", row.event_id, by, at, meeting=row.pk, horizon=int(horizon), kind=str(kind))
    return outcome


def _check_teller(meeting: Meeting, teller: int | None, by: Actor) -> None:
    if teller is None:
        check_may_run(meeting.event_id, by)
        return
    who = next((one for one in (meeting.a, meeting.b) if one.pk == teller), None)
    if who is None:
        raise UnknownThing(kind="participant", id=teller)
    check_may_speak_for(who, by)


def _check_time(meeting: Meeting, horizon: Horizon, at: datetime) -> None:
    check_state(meeting.event, OUTCOMES_COME_IN)
    if meeting.state != MeetingState.HELD:
        raise Refused("meeting_not_held", present=meeting.state)
    zone = ZoneInfo(meeting.event.zone)
    since = due_on(meeting.slot.start.astimezone(zone).date(), horizon)
    if at.astimezone(zone).date() < since:
        raise Refused("outcome_too_early", since=since.isoformat())


def outcome_source(event: str, outcome: int) -> str:
    """Id of the source that the declaration of an outcome is."""
    return f"{event}-outcome-{outcome}"
