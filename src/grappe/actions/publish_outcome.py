"""Publish the outcome of a meeting: it becomes a link of the census, with the declaration as its source."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from grappe.actions.emit_statements import Declaration, emit_statements
from grappe.actions.event_rights import check_may_run
from grappe.actions.record_outcome import outcome_source
from grappe.actions.trail import trace
from grappe.domain.actor import Actor
from grappe.domain.entity import Kind
from grappe.domain.errors import Refused, UnknownThing
from grappe.domain.source import Part, Source, SourceKind
from grappe.domain.statement import Statement, Value
from grappe.domain.vocabulary import LANGUAGES
from grappe.network.meeting_outcomes import LINK_TERMS, Horizon, LinkTerms, OutcomeKind, due_on
from grappe.store.models import Entity, MatchEvent, MeetingOutcome

LICENCE = "CC-BY-4.0"


def publish_outcome(outcome: int, *, by: Actor, at: datetime) -> str:
    """State the link that came of a meeting, and return its id.

    The source is the declaration of whoever told it, of the day it was told. A later outcome of the
    same meeting speaks of the same link: the census then shows the later one, and keeps the earlier.

    Raises
    ------
    UnknownThing
        If there is no such outcome.
    Forbidden
        If somebody may not run the event.
    Refused
        If nothing came of the meeting, or one of the two is no entity of the census.
    """
    with transaction.atomic():
        rows = MeetingOutcome.objects.select_for_update().select_related(
            "meeting__event", "meeting__slot", "meeting__a", "meeting__b", "teller"
        )
        row = rows.filter(pk=outcome).first()
        if row is None:
            raise UnknownThing(kind="outcome", id=outcome)
        meeting = row.meeting
        check_may_run(meeting.event_id, by)
        terms = LINK_TERMS[OutcomeKind(row.kind)]
        if terms is None:
            raise Refused("no_link_of_nothing", event=meeting.event.title)
        for one in (meeting.a, meeting.b):
            if one.entity is None or not Entity.objects.filter(id=one.entity).exists():
                raise Refused("not_an_entity", name=one.name)
        link = f"lk-{meeting.event_id}-{meeting.pk}"
        if not Entity.objects.filter(id=meeting.event_id).exists():
            emit_statements(_frame(meeting.event, at.date().isoformat()), by=by, at=at)
        emit_statements(_declaration(row, terms, link), by=by, at=at)
        row.link = link
        row.save()
        trace("publish_outcome", meeting.event_id, by, at, outcome=row.pk, link=link)
    return link


def _declaration(outcome: MeetingOutcome, terms: LinkTerms, link: str) -> Declaration:
    meeting, event = outcome.meeting, outcome.meeting.event
    zone = ZoneInfo(event.zone)
    held = meeting.slot.start.astimezone(zone).date()
    told = outcome.recorded_at.astimezone(zone).date().isoformat()
    who = outcome.teller.name if outcome.teller else event.title
    source = Source(
        id=outcome_source(event.id, outcome.pk),
        kind=SourceKind.DECLARATION,
        title=f"{event.title}: {meeting.a.name} / {meeting.b.name}",
        date=told,
        author=who,
        publisher=event.title,
        licence=LICENCE,
        language=outcome.language,
        cited_by="key",
    )
    since = due_on(held, Horizon(outcome.horizon)).isoformat()
    values: dict[str, Value] = {
        "kind": terms.kind,
        "from": str(meeting.a.entity),
        "to": str(meeting.b.entity),
        "stage": terms.stage,
        "status": "active",
        "start": held.isoformat(),
        "via": event.id,
    }
    key = f"{outcome.horizon} months"
    statements = [
        _said(link, name, value, source.id, told, f"{key}, since {since}") for name, value in values.items()
    ]
    return Declaration(
        dataset=f"{event.id}-outcomes",
        title=dict.fromkeys(LANGUAGES, event.title),
        licence=LICENCE,
        source=source,
        kinds={link: Kind.LINK},
        statements=tuple(statements),
    )


def _frame(event: MatchEvent, told: str) -> Declaration:
    """The event itself, under a source of its own: the links that came of it name it as their frame."""
    days = sorted(day["day"] for day in event.days)
    source = Source(
        id=f"{event.id}-event",
        kind=SourceKind.DECLARATION,
        title=event.title,
        date=told,
        publisher=event.title,
        licence=LICENCE,
        language=event.language,
        cited_by="key",
    )
    values: dict[str, Value] = {"name": event.title, "start": days[0], "end": days[-1], "status": "done"}
    return Declaration(
        dataset=f"{event.id}-outcomes",
        title=dict.fromkeys(LANGUAGES, event.title),
        licence=LICENCE,
        source=source,
        kinds={event.id: Kind.EVENT},
        statements=tuple(
            _said(event.id, name, value, source.id, told, "event") for name, value in values.items()
        ),
    )


def _said(entity: str, field: str, value: Value, source: str, told: str, key: str) -> Statement:
    return Statement(
        entity=entity,
        field=field,
        value=value,
        source=source,
        part=Part.TEXT,
        as_of=told,
        key=key,
        printed=None,
    )
