"""Why a wish is not met: each reason is true, checked slot by slot."""

from collections.abc import Mapping

import pytest
from hypothesis import given, settings

from grappe.network.meeting_event import Event, Meeting
from grappe.network.meeting_grid import host_table_of
from grappe.network.meeting_reasons import REASONS, Unmet, unmet_wishes
from grappe.network.meeting_schedule import make_schedule
from grappe.present.schedules import REASONS as WORDS
from grappe.present.schedules import unmet_words
from tests.network.meetings import event, tiny_events


def is_true(day: Event, meetings: tuple[Meeting, ...], one: Unmet) -> bool:
    """Whether a reason holds: what each common slot lacks, a set of words per slot."""
    pair, params = {one.sender, one.receiver}, one.params
    common = [slot for slot in day.slots if all(slot in day.free(name) for name in pair)]
    host = host_table_of(day, one.sender, one.receiver)
    lacks: Mapping[str, set[str]] = {slot: set() for slot in common}
    for slot in common:
        here = [meeting for meeting in meetings if meeting.slot == slot]
        lacks[slot] |= {name for name in pair if any(name in meeting.both for meeting in here)}
        if len(here) >= day.tables:
            lacks[slot].add("table")
        if host is not None and any(meeting.table == host for meeting in here):
            lacks[slot].add("host")
    both_free = {slot: lack for slot, lack in lacks.items() if not lack & pair}
    return {
        "blocked": lambda: pair in day.blocked,
        "no_common_slot": lambda: not common,
        "participant_full": lambda: all(params["participant"] in lack for lack in lacks.values()),
        "both_full": lambda: all(pair <= lack for lack in lacks.values()),
        "never_free_together": lambda: all(pair & lack for lack in lacks.values()),
        "host_table_taken": lambda: params["table"] == host and all("host" in x for x in both_free.values()),
        "tables_full": lambda: all({"host", "table"} & lack for lack in both_free.values()),
    }[one.reason]()


@given(day=tiny_events(most_wishes=12))
@settings(max_examples=200)
def test_every_reason_given_is_true_and_a_place_that_was_free_was_used(day: Event):
    schedule = make_schedule(day, time_limit=5)
    met = {one.both for one in schedule.meetings}
    assert {(one.sender, one.receiver) for one in schedule.unmet} == {
        (wish.sender, wish.receiver) for wish in day.wishes if {wish.sender, wish.receiver} not in met
    }
    assert [one for one in schedule.unmet if not is_true(day, schedule.meetings, one)] == []


@given(day=tiny_events(most_wishes=12))
@settings(max_examples=60)
def test_so_it_is_when_there_is_no_time(day: Event):
    schedule = make_schedule(day, time_limit=0)
    assert [one for one in schedule.unmet if not is_true(day, schedule.meetings, one)] == []


@pytest.mark.parametrize(
    ("day", "meetings", "reason", "params"),
    [
        (event("ab", blocked="ab"), "", "blocked", {}),
        (event("ab", there={"a": "1", "b": "2"}), "", "no_common_slot", {}),
        (event("ab ac", slots=1), "ac1", "participant_full", {"participant": "a", "slots": 1}),
        (event("ab ac bd", slots=1), "ac1 bd1", "both_full", {"slots": 1}),
        (event("ab ac bd", slots=2), "ac1 bd2", "never_free_together", {"slots": 2}),
        (event("ab ac bd", slots=2, there={"a": "12"}), "ac1 bd2", "never_free_together", {"slots": 2}),
        (event("ab cd", slots=1, hosts={"a": 1, "c": 1}), "cd1", "host_table_taken",
         {"table": 1, "slots": 1}),
        (event("ab cd", slots=1, tables=1), "cd1", "tables_full", {"slots": 1}),
    ],
)  # fmt: skip
def test_each_reason_has_its_case(day, meetings, reason, params):
    held = [Meeting(one[0], one[1], one[2], number) for number, one in enumerate(meetings.split(), 1)]
    found = {(one.sender, one.receiver): one for one in unmet_wishes(day, held)}
    assert (found["a", "b"].reason, dict(found["a", "b"].params)) == (reason, params)


def test_a_place_in_a_frozen_slot_is_told_as_such_and_a_place_that_was_missed_too():
    day = event("ab", slots=1)
    assert unmet_wishes(day, [], frozen={"1"})[0].reason == "slots_frozen"
    assert unmet_wishes(day, [])[0].reason == "not_placed"


def test_every_reason_has_a_sentence_and_every_sentence_a_reason():
    assert set(WORDS) == set(REASONS)


def test_a_reason_is_said_with_what_it_is_about():
    assert unmet_words("host_table_taken", {"table": 3, "slots": 4}) == (
        "Table 3 is in use whenever both are free (4 slots)."
    )
