"""Events from files: every mistake is named, with its place and its line."""

from collections.abc import Sequence
from typing import Any

import pytest

from grappe.domain.errors import InputRefused
from grappe.network.meeting_event import Event, Meeting, Participant, Wish, event_findings
from grappe.network.meeting_input import read_event
from tests.network.meetings import event

SOUND = {
    "slots": ["s1", "s2"],
    "tables": 2,
    "participants": [{"id": "a"}, {"id": "b", "available": ["s1"], "host_table": 2}, {"id": 7}],
    "wishes": [{"from": "a", "to": "b"}, {"from": 7, "to": "a", "rank": 3}],
    "blocked": [["b", 7]],
    "fixed": [{"a": "a", "b": 7, "slot": "s2"}],
}


def problems(**changes: Any) -> list[tuple[str, str | None]]:
    """Codes and places of what is wrong with the sound event once changed."""
    with pytest.raises(InputRefused) as refused:
        read_event(SOUND | changes, "event.yml")
    return [(one.code, one.field) for one in refused.value.problems]


def test_a_sound_event_is_read_as_it_is_written_and_numbers_are_ids():
    assert read_event(SOUND, "event.yml") == Event(
        slots=("s1", "s2"),
        tables=2,
        participants=(Participant("a"), Participant("b", None, frozenset({"s1"}), 2), Participant("7")),
        wishes=(Wish("a", "b", 1), Wish("7", "a", 3)),
        blocked=frozenset({frozenset({"b", "7"})}),
        fixed=(Meeting("a", "7", "s2"),),
    )


A, B = {"id": "a"}, {"id": "b"}


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"slots": []}, ("slots_empty", "slots")),
        ({"slots": ["s1", "s2", "s1"]}, ("id_twice", "slots")),
        ({"slots": "s1"}, ("wrong_type", "slots")),
        ({"tables": 0, "participants": [A, B, {"id": 7}]}, ("tables_below_one", "tables")),
        ({"tables": "two"}, ("wrong_type", "tables")),
        ({"tables": True}, ("wrong_type", "tables")),
        ({"tabels": 2}, ("key_not_known", "tabels")),
        ({"participants": [A, B, {"id": 7}, {"id": "a"}]}, ("id_twice", "participants[3].id")),
        ({"participants": [A, B, {"id": 7}, {}]}, ("key_missing", "participants[3]")),
        ({"participants": [A, B, {"id": 7, "available": ["s9"]}]},
         ("slot_not_listed", "participants[2].available")),
        ({"participants": [A, B, {"id": 7, "host_table": 3}]},
         ("table_not_there", "participants[2].host_table")),
        ({"participants": [A, {"id": "b", "side": "x"}, {"id": 7, "side": "y"}]},
         ("side_missing", "participants[0]")),
        ({"participants": [{"id": n, "side": n} for n in ("a", "b", 7)]},
         ("sides_not_two", "participants")),
        ({"wishes": [{"from": "a", "to": "a"}]}, ("wish_to_self", "wishes[0]")),
        ({"wishes": [{"from": "a", "to": "z"}]}, ("participant_not_listed", "wishes[0].to")),
        ({"wishes": [{"from": "a", "to": "b"}] * 2}, ("wish_twice", "wishes[1]")),
        ({"wishes": [{"from": "a", "to": "b", "rank": 0}]}, ("rank_below_one", "wishes[0].rank")),
        ({"wishes": [{"from": "a"}]}, ("key_missing", "wishes[0]")),
        ({"wishes": {"a": "b"}}, ("wrong_type", "wishes")),
        ({"blocked": [["a"]]}, ("wrong_type", "blocked[0]")),
        ({"blocked": [["a", "a"]]}, ("pair_of_one", "blocked[0]")),
        ({"fixed": [{"a": "a", "b": "b", "slot": "s9"}]}, ("slot_not_listed", "fixed[0].slot")),
        ({"fixed": [{"a": "a", "b": "b", "slot": "s1", "table": 3}]}, ("table_not_there", "fixed[0].table")),
        ({"fixed": [{"a": "a", "b": "b", "slot": s} for s in ("s1", "s2")]}, ("meeting_twice", "fixed[1]")),
        ({"fixed": [{"a": "a", "b": b, "slot": "s1"} for b in ("b", "7")]}, ("fixed_at_once", "fixed[1]")),
    ],
)  # fmt: skip
def test_each_mistake_is_named_by_itself(changes, found):
    assert problems(**changes) == [found]


def test_two_fixed_meetings_at_one_table_are_named():
    people = [{"id": one} for one in ("a", "b", "7", "d")]
    fixed = [{"a": one, "b": other, "slot": "s1", "table": 2} for one, other in ("ab", "7d")]
    assert problems(participants=people, fixed=fixed) == [("fixed_table_taken", "fixed[1]")]


def test_a_wish_within_a_side_is_named():
    people = [{"id": "a", "side": "x"}, {"id": "b", "side": "x"}, {"id": 7, "side": "y"}]
    assert problems(participants=people) == [("wish_within_side", "wishes[0]")]


def test_all_mistakes_are_named_at_once():
    found = problems(tables=0, slots=[], wishes=[{"from": "a", "to": "a"}, {"from": "z", "to": "a"}])
    assert {code for code, _ in found} >= {
        "tables_below_one", "slots_empty", "wish_to_self", "participant_not_listed",
    }  # fmt: skip


@pytest.mark.parametrize("given", [None, 3, "slots", [], [1]])
def test_what_is_no_mapping_is_no_event(given):
    with pytest.raises(InputRefused):
        read_event(given, "event.yml")


def test_a_mistake_has_the_line_that_its_path_has():
    def line_of(path: Sequence[str | int]) -> int:
        return {("wishes", 1, "to"): 12}[tuple(path)]

    with pytest.raises(InputRefused) as refused:
        read_event(SOUND | {"wishes": [{"from": "a", "to": "b"}, {"from": "a", "to": "z"}]}, "e.yml", line_of)
    assert [(one.line, one.value) for one in refused.value.problems] == [(12, "z")]


# --- limits ----------------------------------------------------------------------------------------------


def limits(day: Event) -> list[tuple[str, ...]]:
    return [(one.code, *one.params.values()) for one in event_findings(day, "days")]


def test_limits_are_counted_and_do_not_refuse_the_event():
    # a: three meetings in two slots. b is never there. Three meetings fit into 2 slots x 1 table = 2 places.
    day = event("ab ac ad", slots=2, tables=1, there={"b": ""})
    assert limits(day) == [
        ("never_available", "b"),
        ("no_common_slot", "a", "b"),
        ("more_meetings_than_slots", "a", "3", "2"),
        ("more_meetings_than_places", "3", "2"),
    ]


def test_a_mutual_wish_is_one_meeting_and_two_who_are_kept_apart_are_none():
    assert limits(event("ab ba ac", slots=1, blocked="ac", tables=1)) == []


def test_two_who_are_never_there_together_are_named_in_the_direction_of_the_first_wish():
    day = event("ba ab", there={"a": "1", "b": "2"})
    assert limits(day) == [("no_common_slot", "b", "a")]


def test_an_event_whose_parts_do_not_fit_together_cannot_be_made():
    with pytest.raises(ValueError, match="not in the event: z"):
        Event(("1",), 1, (Participant("a"),), (Wish("a", "z"),))
    with pytest.raises(ValueError, match="no table 3"):
        Event(("1",), 1, (Participant("a", host_table=3),))
