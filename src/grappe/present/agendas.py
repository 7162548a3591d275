"""Agendas of matchmaking events: as plain dicts, and as calendars that follow every change."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from grappe.present.catalogue import DEFAULT, N_, say
from grappe.present.plain import Plain

NAMESPACE = UUID("6f0a5c0e-6f5f-5d0b-9a3e-0d5c3e8b7c11")
"""Root of the identifiers of meetings in calendars; changing it would double every entry of every reader."""
PRODUCT = "-//grappe//matchmaking//EN"

_SUMMARY = N_("Meeting: {name}")
_TABLE = N_("Table {table}")
_TABLE_TO_COME = N_("Table to be announced")
_CANCELLED = N_("This meeting is cancelled.")


@dataclass(frozen=True, slots=True)
class AgendaEvent:
    """What an agenda says of its event.

    `founded` is the instant at which the event was created: with the id it tells events of two
    databases apart.
    """

    id: str
    title: str
    place: str
    zone: str
    founded: datetime


@dataclass(frozen=True, slots=True)
class AgendaMeeting:
    """A meeting in somebody's agenda: with whom, when, at which table; instants are in UTC.

    `sequence` grows with each published change, `changed_at` is when the last one was made.
    """

    id: int
    with_id: int
    with_name: str
    slot: str
    start: datetime
    end: datetime
    table: int | None
    state: str
    sequence: int
    changed_at: datetime
    with_entity: str | None = None
    why: str = ""

    @property
    def cancelled(self) -> bool:
        """Whether the meeting is off; one that was missed stays in calendars as it was."""
        return self.state == "cancelled"


def meeting_uid(event: AgendaEvent, meeting: int) -> str:
    """Identifier of a meeting in calendars: the same for both participants, for ever."""
    return str(uuid5(NAMESPACE, f"{event.id}/{event.founded.isoformat()}/{meeting}"))


def meeting_plain(event: AgendaEvent, meeting: AgendaMeeting) -> Plain:
    """A meeting as a plain dict, with local times."""
    zone = ZoneInfo(event.zone)
    return {
        "id": meeting.id,
        "with": {"id": meeting.with_id, "name": meeting.with_name, "entity": meeting.with_entity},
        "slot": meeting.slot,
        "start": meeting.start.astimezone(zone).isoformat(),
        "end": meeting.end.astimezone(zone).isoformat(),
        "table": meeting.table,
        "state": meeting.state,
        "sequence": meeting.sequence,
        "why": meeting.why or None,
        "uid": meeting_uid(event, meeting.id),
    }


def agenda_plain(event: AgendaEvent, who: Mapping[str, object], meetings: Iterable[AgendaMeeting]) -> Plain:
    """The agenda of a participant as a plain dict."""
    return {
        "event": {"id": event.id, "title": event.title, "place": event.place, "zone": event.zone},
        "participant": dict(who),
        "meetings": [meeting_plain(event, one) for one in meetings],
    }


def agenda_calendar(
    event: AgendaEvent,
    who: str,
    meetings: Iterable[AgendaMeeting],
    language: str = DEFAULT,
    *,
    watermark: str | None = None,
) -> bytes:
    """The agenda of a participant as an iCalendar stream; a `watermark` stands in every name in it.

    Each meeting keeps its UID; a published change raises SEQUENCE, and a meeting that is off stays
    as CANCELLED, so that calendars take it out. Times are local, with the definition of their zone.

    References
    ----------
    RFC 5545, Internet Calendaring and Scheduling Core Object Specification, sections 3.8.7.4 and 3.8.1.11.
    RFC 7986, New Properties for iCalendar.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    name = _marked(f"{event.title} · {who}", watermark)
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", event.zone)
    for meeting in meetings:
        calendar.add_component(_entry(event, meeting, language, watermark))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _marked(name: str, watermark: str | None) -> str:
    return f"{name} ({watermark})" if watermark else name


def _entry(event: AgendaEvent, meeting: AgendaMeeting, language: str, watermark: str | None) -> Event:
    zone = ZoneInfo(event.zone)
    entry = Event()
    entry.add("uid", meeting_uid(event, meeting.id))
    entry.add("dtstamp", meeting.changed_at)
    entry.add("last-modified", meeting.changed_at)
    entry.add("sequence", meeting.sequence)
    entry.add("dtstart", meeting.start.astimezone(zone))
    entry.add("dtend", meeting.end.astimezone(zone))
    entry.add("summary", _marked(say(language, _SUMMARY, name=meeting.with_name), watermark))
    table = (
        say(language, _TABLE_TO_COME) if meeting.table is None else say(language, _TABLE, table=meeting.table)
    )
    entry.add("location", ", ".join(part for part in (event.place, table) if part))
    entry.add("status", "CANCELLED" if meeting.cancelled else "CONFIRMED")
    entry.add("transp", "TRANSPARENT" if meeting.cancelled else "OPAQUE")
    if meeting.cancelled:
        entry.add("description", say(language, _CANCELLED))
    return entry
