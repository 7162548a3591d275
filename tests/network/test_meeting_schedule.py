"""Schedules of tiny events: rules kept, terms in their order, optima reached and proven."""

from dataclasses import replace
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grappe.network import meeting_schedule
from grappe.network.meeting_board import Board
from grappe.network.meeting_event import Event, Meeting, Participant, Wish
from grappe.network.meeting_schedule import Schedule, make_schedule
from grappe.network.meeting_tables import table_changes
from tests.network.meetings import best, broken, event, tiny_events, value


def pairs(schedule: Schedule) -> str:
    """Who meets, such as ``"ab cd"``."""
    return " ".join(sorted("".join(sorted(one.both)) for one in schedule.meetings))


def wide(people: int, slots: int, each: int, tables: int) -> Event:
    """Participant n of the first half wishes for the next `each` of the second half."""
    half = people // 2
    wishes = [f"{n}>{half + (n + step) % half}" for n in range(half) for step in range(each)]
    day = event("", slots, tables)
    return replace(
        day,
        participants=tuple(map(Participant, map(str, range(people)))),
        wishes=tuple(Wish(*wish.split(">")) for wish in wishes),
    )


# --- hard rules ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "met"),
    [
        # Two meetings of a need two slots.
        (event("ab ac", slots=1), 1),
        (event("ab ac", slots=2), 2),
        # b is never there when a is.
        (event("ab", there={"a": "1", "b": "2"}), 0),
        # One table holds one meeting a slot: 2 slots x 1 table.
        (event("ab cd ef", slots=2, tables=1), 2),
        # Kept apart.
        (event("ab ac", blocked="ba"), 1),
        # Both at table 1, in one slot.
        (event("ab cd", slots=1, tables=2, hosts={"a": 1, "c": 1}), 1),
        # A meeting that stays takes the only slot of b and c.
        (event("ab ac", slots=1, fixed=[Meeting("b", "c", "1", 1)]), 1),
    ],
)
def test_a_hard_rule_is_never_broken_whatever_it_costs(day: Event, met: int):
    schedule = make_schedule(day)
    assert broken(day, schedule.meetings) == []
    assert len(schedule.meetings) == met
    assert schedule.status == "optimal"


def test_a_host_stays_at_its_table_and_others_leave_it_alone():
    schedule = make_schedule(event("ab ac de", slots=2, tables=2, hosts={"a": 2}))
    assert {(one.a, one.b): one.table for one in schedule.meetings} == {
        ("a", "b"): 2, ("a", "c"): 2, ("d", "e"): 1,
    }  # fmt: skip


def test_meetings_that_stay_are_untouched_even_where_they_break_a_rule():
    stays = (Meeting("a", "b", "1", 7), Meeting("a", "c", "1", 7))
    day = event("ad be", slots=2, fixed=stays, blocked="ab", there={"c": "2"}, more="c")
    schedule = make_schedule(day)
    assert set(stays) <= set(schedule.meetings)
    assert {one.both: one.slot for one in schedule.meetings}[frozenset("ad")] == "2"


def test_nothing_is_added_in_a_slot_that_is_frozen():
    stays = Meeting("a", "b", "1", 1)
    schedule = make_schedule(event("cd ab", slots=2, fixed=[stays]), frozen={"1"})
    assert {(one.a + one.b, one.slot) for one in schedule.meetings} == {("ab", "1"), ("cd", "2")}


@given(day=tiny_events())
@settings(max_examples=150)
def test_every_rule_holds_in_every_event(day: Event):
    assert broken(day, make_schedule(day, time_limit=5).meetings) == []


# --- the order of the terms ------------------------------------------------------------------------------


def test_a_mutual_wish_comes_before_any_number_of_one_sided_ones():
    # a and b for each other, weakly; or a with c and b with d, strongly: 10 + 10 against one mutual wish.
    schedule = make_schedule(event("ab9 ba9 ac1 bd1", slots=1))
    assert pairs(schedule) == "ab"
    assert schedule.objective["weighted"] == 20


def test_a_stronger_wish_comes_before_a_weaker_one_and_two_weak_ones_before_one_strong_one():
    assert pairs(make_schedule(event("ab2 ac1", slots=1))) == "ac"
    # Ranks 5 and 6 weigh 6 + 5, rank 1 weighs 10.
    assert pairs(make_schedule(event("bc1 ab5 cd6", slots=1))) == "ab cd"


def test_of_schedules_that_meet_as_much_the_one_whose_poorest_has_most_is_taken():
    # In two slots a has two of its four wishes met, all alike, and so has e: b, c and d can have one each.
    schedule = make_schedule(event("ab ac eb ec ed", slots=2, tables=2, blocked="bx", more="x"))
    counts = {one: sum(one in m.both for m in schedule.meetings) for one in "abcde"}
    assert (schedule.objective["one_sided"], min(counts.values())) == (40, 1)
    assert schedule.objective["least_meetings"] == schedule.bounds["least_meetings"] == 1


def test_meetings_of_a_participant_follow_one_another_where_nothing_else_is_lost():
    # a is there in the slots 1 to 5; its three meetings need not leave a slot idle between them.
    schedule = make_schedule(event("ab ac ad", slots=5))
    assert (len(schedule.meetings), schedule.objective["idle_slots"]) == (3, 0)


def test_whoever_stays_at_a_table_is_not_sent_to_another():
    schedule = make_schedule(event("ab ac ad", slots=3, tables=4))
    assert len({one.table for one in schedule.meetings}) == 1
    assert schedule.objective["table_changes"] == 0


def test_changes_of_table_are_counted_from_one_meeting_of_a_participant_to_its_next():
    day = event("ab ac bd", slots=3)
    # a goes from table 1 to 2, b from 1 to 3.
    meetings = [Meeting("a", "b", "1", 1), Meeting("a", "c", "3", 2), Meeting("b", "d", "2", 3)]
    assert table_changes(day, meetings) == 2


# --- optima and bounds -----------------------------------------------------------------------------------


@given(day=tiny_events())
@settings(max_examples=120)
def test_the_best_of_all_schedules_is_found_and_proven(day: Event):
    schedule = make_schedule(day, time_limit=10)
    mutual, one_sided, least = best(day)
    assert (schedule.objective["mutual"], schedule.objective["one_sided"]) == (mutual, one_sided)
    assert value(day, {one.both for one in schedule.meetings}) == (mutual, one_sided)
    assert (schedule.status, schedule.gap) == ("optimal", 0)
    assert schedule.bound == 20 * mutual + one_sided
    assert schedule.objective["least_meetings"] == least
    assert schedule.bounds.get("least_meetings", least) == least


@given(day=tiny_events(), limit=st.sampled_from([0.0, 10.0]))
@settings(max_examples=80)
def test_no_schedule_is_above_the_bound(day: Event, limit: float):
    schedule = make_schedule(day, time_limit=limit)
    mutual, one_sided, _ = best(day)
    assert schedule.bounds["mutual"] >= mutual
    if schedule.objective["mutual"] == mutual:
        assert schedule.bounds["one_sided"] >= one_sided
    assert schedule.bound >= schedule.objective["weighted"]
    assert schedule.gap >= 0


@given(
    edges=st.sets(st.tuples(st.integers(0, 6), st.integers(7, 13)), min_size=1, max_size=30),
    spare=st.integers(0, 2),
)
@settings(max_examples=60)
def test_two_sides_need_no_more_slots_than_the_largest_number_of_meetings(
    edges: set[tuple[int, int]], spare: int
):
    letters = "abcdefghijklmn"
    degree = max(sum(one in edge for edge in edges) for one in range(14))
    # König: as many slots as the busiest participant has meetings; and ceil(meetings / slots) tables.
    slots = degree + spare
    day = event(" ".join(letters[a] + letters[b] for a, b in edges), slots, -(-len(edges) // slots))
    schedule = make_schedule(day)
    assert broken(day, schedule.meetings) == []
    assert len(schedule.meetings) == len(edges)
    assert schedule.unmet == ()
    assert schedule.status == "optimal"


def test_where_tables_bind_each_slot_is_full():
    # Seven meetings wished, of seven pairs: two slots of three tables hold six.
    schedule = make_schedule(event("ab cd ef gh ij kl mn", slots=2, tables=3))
    assert (len(schedule.meetings), schedule.bound, schedule.status) == (6, 60, "optimal")


def test_three_who_all_wish_to_meet_need_three_slots():
    # No two of the three meetings can share a slot, although nobody has more than two.
    assert len(make_schedule(event("ab bc ca", slots=2)).meetings) == 2
    assert make_schedule(event("ab bc ca", slots=2)).status == "optimal"
    assert len(make_schedule(event("ab bc ca", slots=3)).meetings) == 3


def test_an_event_without_wishes_has_an_empty_schedule_that_is_optimal():
    schedule = make_schedule(event("", more="abc"))
    assert (schedule.meetings, schedule.unmet, schedule.status, schedule.gap) == ((), (), "optimal", 0)


# --- limits and seeds ------------------------------------------------------------------------------------


def test_there_is_a_schedule_at_once_when_there_is_no_time():
    day = wide(60, slots=8, each=6, tables=30)
    schedule = make_schedule(day, time_limit=0)
    assert broken(day, schedule.meetings) == []
    # Nobody asked for is left out where both and a table are free.
    assert not any(one.reason == "not_placed" for one in schedule.unmet)
    assert len(schedule.meetings) > 100


def test_work_ends_soon_after_the_limit_by_whatever_clock():
    # A clock that advances by a tenth of a second each time it is asked: asked seldom after ten seconds.
    ticks = count()
    schedule = make_schedule(
        event("ab bc ca de ef fd ad be cf", slots=2, tables=2),
        time_limit=10,
        clock=lambda: next(ticks) / 10,
    )
    assert schedule.seconds < 10 + 2
    assert schedule.meetings


def test_the_same_seed_gives_the_same_agenda():
    day = event("ab bc ca de ef fd ad be cf af cd", slots=3, tables=2, there={"a": "12", "d": "23"})
    first, second = (make_schedule(day, seed=7) for _ in range(2))
    assert (first.meetings, first.unmet, first.objective) == (second.meetings, second.unmet, second.objective)
    assert first.seed == 7


def test_a_hall_of_any_number_of_tables_is_no_burden():
    # A table of costs over all of them would not fit into any memory.
    schedule = make_schedule(event("ab cd ac bd", slots=2, tables=10**12, hosts={"a": 10**11}))
    assert [(one.a, one.b, one.table) for one in schedule.meetings if "a" in one.both] == [
        ("a", "b", 10**11), ("a", "c", 10**11),
    ]  # fmt: skip
    assert all(1 <= (one.table or 0) <= 10**12 for one in schedule.meetings)


def test_whoever_the_ordering_sets_free_together_meets(monkeypatch):
    # Swaps that close gaps may open a slot to two who wish for each other: here, the slots of everybody.
    monkeypatch.setattr(meeting_schedule, "compacted", lambda board, rng, stop: Board(board.grid))
    assert len(make_schedule(event("ab cd")).meetings) == 2
