"""Calendars of agendas: what stays, what counts up, what is taken back, and the hour in a zone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from grappe.domain.vocabulary import LANGUAGES
from grappe.present.agendas import AgendaEvent, AgendaMeeting, agenda_calendar, agenda_plain, meeting_uid

FOUNDED = datetime(2027, 1, 4, 9, tzinfo=UTC)
EVENT = AgendaEvent("orchard-days", "Orchard days", "Casablanca", "Africa/Casablanca", FOUNDED)
NINE = datetime(2027, 3, 16, 8, tzinfo=UTC)
"""Nine o'clock in Casablanca, an hour ahead of UTC on that day."""
MEETING = AgendaMeeting(
    id=7,
    with_id=3,
    with_name="Élan d'Ébène",
    slot="20270316-0900",
    start=NINE,
    end=NINE + timedelta(minutes=20),
    table=2,
    state="published",
    sequence=0,
    changed_at=FOUNDED,
)


def entries(*meetings: AgendaMeeting, event: AgendaEvent = EVENT, language: str = "en"):
    return Calendar.from_ical(agenda_calendar(event, "Oak", meetings, language)).walk("VEVENT")


def test_a_meeting_is_an_entry_at_its_local_hour():
    (entry,) = entries(MEETING)
    assert str(entry["SUMMARY"]) == "Meeting: Élan d'Ébène"
    assert str(entry["LOCATION"]) == "Casablanca, Table 2"
    assert entry["DTSTART"].params["TZID"] == "Africa/Casablanca"
    assert entry["DTSTART"].dt.strftime("%H:%M") == "09:00"
    assert entry["DTSTART"].dt == NINE
    assert str(entry["STATUS"]) == "CONFIRMED"


def test_the_calendar_brings_the_definition_of_its_zone():
    (zone,) = Calendar.from_ical(agenda_calendar(EVENT, "Oak", [MEETING])).walk("VTIMEZONE")
    assert str(zone["TZID"]) == "Africa/Casablanca"


def test_a_meeting_that_moves_keeps_its_uid_and_counts_up():
    (before,) = entries(MEETING)
    (after,) = entries(replace(MEETING, start=NINE + timedelta(hours=1), sequence=1))
    assert before["UID"] == after["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)


def test_a_meeting_that_is_off_stays_as_cancelled():
    (entry,) = entries(replace(MEETING, state="cancelled", sequence=1))
    assert (str(entry["STATUS"]), str(entry["TRANSP"])) == ("CANCELLED", "TRANSPARENT")


def test_both_participants_have_one_uid_and_no_two_meetings_share_it():
    assert meeting_uid(EVENT, 7) == meeting_uid(EVENT, 7)
    other_database = replace(EVENT, founded=FOUNDED + timedelta(seconds=1))
    assert len({meeting_uid(EVENT, 7), meeting_uid(EVENT, 8), meeting_uid(other_database, 7)}) == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_lines_are_folded_at_75_bytes_whatever_the_script(language):
    long = replace(MEETING, with_name="عنقود " * 30)
    stream = agenda_calendar(replace(EVENT, title="تظاهرة " * 20), "Oak", [long], language)
    assert all(len(line) <= 75 for line in stream.split(b"\r\n"))
    (entry,) = entries(long, language=language)
    assert str(entry["SUMMARY"]).endswith(("عنقود " * 30).strip() + " ") or "عنقود" in str(entry["SUMMARY"])


def test_commas_and_semicolons_in_names_are_text():
    (entry,) = entries(replace(MEETING, with_name="Oak, Elm; and \\Co\nBEGIN:VEVENT"))
    assert str(entry["SUMMARY"]) == "Meeting: Oak, Elm; and \\Co\nBEGIN:VEVENT"


def test_an_empty_agenda_is_a_calendar_without_entries():
    assert entries() == []


def test_a_table_that_is_not_given_yet_is_said():
    (entry,) = entries(replace(MEETING, table=None))
    assert str(entry["LOCATION"]) == "Casablanca, Table to be announced"


def test_an_agenda_as_a_plain_dict_has_local_times():
    plain = agenda_plain(EVENT, {"name": "Oak"}, [MEETING])
    (meeting,) = plain["meetings"]
    assert meeting["start"] == "2027-03-16T09:00:00+01:00"
    assert meeting["with"] == {"id": 3, "name": "Élan d'Ébène", "entity": None}
