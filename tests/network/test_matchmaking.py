"""Rules of matchmaking events, on gatherings of a few letters."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grappe.domain.errors import Refused
from grappe.domain.transitions import can_follow, check_follows, total
from grappe.domain.vocabulary import vocabulary
from grappe.network.agenda_conflicts import CONFLICTS, agenda_conflicts, conflicts_of
from grappe.network.event_states import EVENT_MOVES, PARTICIPANT_MOVES, EventState, ParticipantState
from grappe.network.matchmaking import (
    BLOCKING,
    MEETABLE,
    Acceptance,
    Asked,
    Person,
    Room,
    Seat,
    calls_for_meeting,
    event_of,
    event_problems,
    free_slots,
    free_table,
    met,
    terms_problems,
    wish_problem,
)
from grappe.network.meeting_event import Event, Meeting, Participant, Wish
from grappe.network.meeting_outcomes import LINK_TERMS, Due, Horizon, OutcomeKind, due_on, outcomes_due
from grappe.network.meeting_states import MEETING_MOVES, MeetingState
from grappe.network.slot_grid import Break, Day, Grid, Slot, grid_problems, slots_of
from grappe.network.wish_states import WISH_MOVES, WishState

CASABLANCA = "Africa/Casablanca"
TUESDAY = date(2027, 3, 16)
TABLES = {
    "event": (EVENT_MOVES, EventState, {
        ("draft", "open"), ("draft", "closed"),
        ("open", "closed_for_wishes"), ("open", "closed"),
        ("closed_for_wishes", "open"), ("closed_for_wishes", "scheduled"), ("closed_for_wishes", "closed"),
        ("scheduled", "open"), ("scheduled", "published"), ("scheduled", "closed"),
        ("published", "held"), ("published", "closed"),
        ("held", "closed"),
    }),
    "participant": (PARTICIPANT_MOVES, ParticipantState, {
        ("invited", "registered"), ("invited", "cancelled"),
        ("registered", "confirmed"), ("registered", "cancelled"), ("registered", "no_show"),
        ("confirmed", "cancelled"), ("confirmed", "no_show"),
        ("cancelled", "registered"),
        ("no_show", "confirmed"),
    }),
    "wish": (WISH_MOVES, WishState, {
        ("sent", "accepted"), ("sent", "declined"), ("sent", "withdrawn"),
        ("accepted", "declined"), ("accepted", "withdrawn"),
        ("declined", "accepted"), ("declined", "withdrawn"),
        ("withdrawn", "sent"),
    }),
    "meeting": (MEETING_MOVES, MeetingState, {
        ("planned", "published"), ("planned", "cancelled"),
        ("published", "moved"), ("published", "cancelled"), ("published", "held"), ("published", "missed"),
        ("moved", "published"), ("moved", "cancelled"), ("moved", "held"), ("moved", "missed"),
        ("held", "missed"), ("missed", "held"),
    }),
}  # fmt: skip
PAIRS = [
    (name, one, other) for name, (_, states, _) in TABLES.items() for one, other in product(states, states)
]


@pytest.mark.parametrize(("name", "present", "wanted"), PAIRS, ids=lambda value: str(value))
def test_every_ordered_pair_of_states_is_allowed_or_refused(name, present, wanted):
    table, _, allowed = TABLES[name]
    if (str(present), str(wanted)) in allowed:
        assert can_follow(table, present, wanted)
        check_follows(table, present, wanted, "event_cannot", event="x")
    else:
        with pytest.raises(Refused) as refused:
            check_follows(table, present, wanted, "event_cannot", event="x")
        assert refused.value.params["present"] == present
        assert set(refused.value.params["accepted"].split(",")) - {""} == {
            w for p, w in allowed if p == present
        }


def test_a_table_that_forgets_a_state_is_refused():
    with pytest.raises(ValueError, match="withdrawn"):
        total(
            {WishState.SENT: frozenset(), WishState.ACCEPTED: frozenset(), WishState.DECLINED: frozenset()},
            WishState,
        )


def test_an_event_can_always_end():
    # From every state, some way leads to the last one.
    for state in EventState:
        reached, front = {state}, {state}
        while front := {after for one in front for after in EVENT_MOVES[one]} - reached:
            reached |= front
        assert EventState.CLOSED in reached


# --- slots ---------------------------------------------------------------------------------------------


def grid(
    *days: Day, minutes: int = 20, pause: int = 0, breaks: tuple[Break, ...] = (), zone: str = CASABLANCA
):
    return Grid(days, minutes, zone, pause, breaks)


def codes(problems):
    return [problem.code for problem in problems]


MORNING = Day(TUESDAY, time(9), time(10))


def test_an_hour_holds_three_slots_of_twenty_minutes():
    assert [slot.code for slot in slots_of(grid(MORNING))] == [
        "20270316-0900", "20270316-0920", "20270316-0940",
    ]  # fmt: skip


def test_slots_are_instants_in_utc():
    # Morocco is one hour ahead of UTC in March 2027, after Ramadan.
    first = slots_of(grid(MORNING))[0]
    assert first == Slot(
        "20270316-0900", datetime(2027, 3, 16, 8, tzinfo=UTC), datetime(2027, 3, 16, 8, 20, tzinfo=UTC)
    )


def test_a_slot_that_would_run_into_a_break_begins_after_it():
    pause = Break(time(9, 30), time(9, 40))
    # 9:00-9:20 fits; 9:20-9:40 does not; after the break 9:40-10:00 does.
    assert [slot.code[-4:] for slot in slots_of(grid(MORNING, breaks=(pause,)))] == ["0900", "0940"]


def test_a_break_of_one_day_leaves_the_others_alone():
    other = Day(TUESDAY + timedelta(days=1), time(9), time(10))
    pause = Break(time(9), time(10), TUESDAY)
    assert {slot.code[:8] for slot in slots_of(grid(MORNING, other, breaks=(pause,)))} == {"20270317"}


def test_a_pause_parts_the_slots():
    assert [slot.code[-4:] for slot in slots_of(grid(MORNING, pause=10))] == ["0900", "0930"]


@given(
    minutes=st.integers(5, 90),
    pause=st.integers(0, 30),
    length=st.integers(30, 600),
    breaks=st.lists(st.tuples(st.integers(0, 500), st.integers(1, 90)), max_size=4),
)
def test_slots_never_overlap_each_other_nor_a_break_and_stay_in_the_day(minutes, pause, length, breaks):
    start = datetime(2027, 3, 16, 8, tzinfo=UTC)

    def hour(offset: int) -> time:
        return (start + timedelta(minutes=offset)).time()

    spans = [(since, min(since + lasting, 900)) for since, lasting in breaks]
    made = slots_of(
        grid(
            Day(TUESDAY, hour(0), hour(length)),
            minutes=minutes,
            pause=pause,
            breaks=tuple(Break(hour(since), hour(until)) for since, until in spans),
            zone="UTC",
        )
    )
    opening = datetime(2027, 3, 16, 8, tzinfo=UTC)
    offsets = [((slot.start - opening).seconds // 60, (slot.end - opening).seconds // 60) for slot in made]
    assert all(since >= 0 and until <= length and until - since == minutes for since, until in offsets)
    assert all(until + pause <= since for (_, until), (since, _) in pairwise(offsets))
    assert all(until <= a or b <= since for since, until in offsets for a, b in spans)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (grid(Day(TUESDAY, time(10), time(9))), "day_ends_before_start"),
        (grid(Day(TUESDAY, time(9), time(11)), Day(TUESDAY, time(10), time(12))), "days_overlap"),
        (grid(MORNING, breaks=(Break(time(9, 30), time(9, 20)),)), "break_ends_before_start"),
        (grid(MORNING, breaks=(Break(time(9), time(9, 10), date(2027, 3, 18)),)), "break_of_no_day"),
        (grid(MORNING, minutes=0), "bad_slot_length"),
        (grid(MORNING, minutes=90), "no_slot"),
        (grid(MORNING, pause=-5), "bad_pause"),
        (grid(MORNING, zone="Africa/Atlantis"), "unknown_zone"),
        (grid(), "no_day"),
        (
            grid(*(Day(date(2027, 1, n), time(0), time(23)) for n in range(1, 20)), minutes=5),
            "too_many_slots",
        ),
        # In Paris the clocks go from 2:00 to 3:00 on that Sunday.
        (grid(Day(date(2027, 3, 28), time(2, 30), time(9)), zone="Europe/Paris"), "no_such_hour"),
    ],
)
def test_an_impossible_grid_is_named(wrong, code):
    assert codes(grid_problems(wrong, "ev")) == [code]


def test_everything_wrong_with_a_grid_is_named_at_once():
    wrong = grid(Day(TUESDAY, time(10), time(9)), minutes=1, zone="Nowhere")
    assert codes(grid_problems(wrong, "ev")) == ["unknown_zone", "bad_slot_length", "day_ends_before_start"]


def test_a_good_grid_has_no_problem():
    assert grid_problems(grid(MORNING), "ev") == []


def test_terms_without_title_tables_or_wishes_and_with_one_side_are_named():
    assert codes(terms_problems(" ", 0, ("north",), 0, "ev")) == [
        "no_title",
        "no_tables",
        "bad_sides",
        "no_wishes",
    ]
    assert codes(terms_problems("Days", 501, (), 8, "ev")) == ["too_many_tables"]
    assert terms_problems("Days", 500, ("north", "south"), 8, "ev") == []


# --- wishes --------------------------------------------------------------------------------------------


def room(letters: str = "abc", slots: str = "12", tables: int = 2, sides: str = "", **people: Person) -> Room:
    """A room of people with one letter each; `sides` gives the side of each in the same order."""
    known = {one: Person(one, side=sides[n] if sides else None) for n, one in enumerate(letters)}
    return Room(tuple(slots), tables, known | people, two_sided=bool(sides))


def wishes(text: str, state: WishState = WishState.SENT) -> list[Asked]:
    """Wishes such as ``ab bc``, each of rank 1."""
    return [Asked(pair[0], pair[1], 1, state) for pair in text.split()]


def pairs(found) -> str:
    return " ".join(one.sender + one.receiver for one in found)


def test_opt_in_takes_accepted_wishes_alone():
    asked = [*wishes("ab"), *wishes("bc", WishState.ACCEPTED), *wishes("ca", WishState.DECLINED)]
    assert pairs(calls_for_meeting(asked, Acceptance.OPT_IN, room())) == "bc"


def test_automatic_takes_whatever_is_not_declined_or_withdrawn():
    asked = [*wishes("ab"), *wishes("bc", WishState.ACCEPTED), *wishes("ca", WishState.DECLINED)]
    asked += wishes("ac", WishState.WITHDRAWN)
    assert pairs(calls_for_meeting(asked, Acceptance.AUTOMATIC, room())) == "ab bc"


def test_two_who_wish_for_each_other_have_accepted_by_that():
    assert pairs(calls_for_meeting(wishes("ab ba bc"), Acceptance.OPT_IN, room())) == "ab ba"


def test_a_wish_declined_is_not_revived_by_a_wish_back():
    asked = [*wishes("ab", WishState.DECLINED), *wishes("ba")]
    assert pairs(calls_for_meeting(asked, Acceptance.OPT_IN, room())) == ""


@pytest.mark.parametrize(
    "state", [ParticipantState.CANCELLED, ParticipantState.NO_SHOW, ParticipantState.INVITED]
)
def test_who_will_not_come_is_not_met(state):
    gone = room(b=Person("b", state=state))
    assert pairs(calls_for_meeting(wishes("ab ac"), Acceptance.AUTOMATIC, gone)) == "ac"


def test_the_modes_of_acceptance_are_all_in_the_table():
    assert set(MEETABLE) == set(Acceptance)


@pytest.mark.parametrize(
    ("pair", "problem"),
    [
        ("aa", "self_wish"),
        ("ax", "unknown_participant"),
        ("xa", "unknown_participant"),
        ("ab", "same_side_wish"),
        ("ac", None),
    ],
)
def test_a_wish_that_cannot_be_is_named(pair, problem):
    assert wish_problem(*pair, room(sides="NNS")) == problem


def test_a_wish_between_two_who_are_kept_apart_is_named():
    apart = Room(("1",), 1, room().people, blocked=frozenset({frozenset("ab")}))
    assert wish_problem("b", "a", apart) == "blocked_wish"


# --- what is impossible, before solving ------------------------------------------------------------------


def named(room_: Room, text: str) -> list[tuple[str, ...]]:
    return [(one.code, *one.params.values()) for one in event_problems(room_, wishes(text), "ev")]


def test_nothing_is_wrong_with_a_sound_event():
    assert named(room(), "ab bc") == []


def test_each_contradiction_is_named_by_itself():
    odd = room(tables=0, sides="NNS", d=Person("d", side=None), c=Person("c", "S", available=frozenset("19")))
    assert named(odd, "aa ab ax ac ac") == [
        ("no_tables", "0"),
        ("unknown_slot", "c", "9"),
        ("missing_side", "d"),
        ("repeated_wish", "a", "c"),
        ("self_wish", "a", "a"),
        ("same_side_wish", "a", "b"),
        ("unknown_participant", "x"),
        ("more_meetings_than_places", "1", "0"),
    ]


def test_two_who_are_never_there_together_are_named_and_the_rest_is_solved():
    apart = room(a=Person("a", available=frozenset("1")), b=Person("b", available=frozenset("2")))
    (problem,) = event_problems(apart, wishes("ab"), "ev")
    assert (problem.code, problem.code in BLOCKING) == ("no_common_slot", False)


def test_more_meetings_than_slots_are_counted():
    # Three meetings of a in two slots; three meetings in 2 x 1 places.
    assert named(room("abcd", tables=1), "ab ac ad") == [
        ("more_meetings_than_slots", "a", "3", "2"),
        ("more_meetings_than_places", "3", "2"),
    ]


def test_two_who_wish_for_each_other_are_one_meeting():
    assert named(room("ab", slots="1", tables=1), "ab ba") == []


def test_a_host_beyond_the_tables_and_an_odd_rank_are_named():
    host = room(a=Person("a", host_table=3))
    assert codes(event_problems(host, [Asked("a", "b", 0)], "ev")) == ["host_beyond_tables", "bad_rank"]


def test_an_event_without_slots_is_named():
    assert "no_slots" in codes(event_problems(room(slots=""), wishes("ab"), "ev"))


# --- free slots and tables -------------------------------------------------------------------------------


def test_a_slot_is_free_if_both_are_and_a_table_is():
    seats = [Seat("m", "a", "c", "1", 1)]
    assert free_slots("a", "b", room(), seats) == ("2",)
    assert free_slots("b", "d", room("abcd", tables=1), seats) == ("2",)
    assert free_slots("b", "d", room("abcd", tables=2), seats) == ("1", "2")


def test_a_host_meets_at_its_table_and_others_leave_it_free():
    host = room("abcd", tables=2, a=Person("a", host_table=1))
    assert free_table("a", "b", "1", host, []) == 1
    assert free_table("c", "d", "1", host, []) == 2
    # With the other table taken, the host's is better than none.
    assert free_table("c", "d", "1", host, [Seat("m", "b", "e", "1", 2)]) == 1


def test_two_who_are_never_free_have_no_slot():
    apart = room(a=Person("a", available=frozenset("1")), b=Person("b", available=frozenset("2")))
    assert free_slots("a", "b", apart, []) == ()


# --- what the scheduler reads ----------------------------------------------------------------------------


def test_the_scheduler_takes_those_who_come_with_their_wishes_and_the_meetings_that_stay():
    people = room(
        sides="NNS",
        a=Person("a", "N", available=frozenset("2")),
        b=Person("b", "N", ParticipantState.CANCELLED),
    )
    assert event_of(people, wishes("ac"), [Seat("m", "a", "c", "2", 1)]) == Event(
        slots=("1", "2"),
        tables=2,
        participants=(Participant("a", "N", frozenset("2")), Participant("c", "S")),
        wishes=(Wish("a", "c", 1),),
        fixed=(Meeting("a", "c", "2", 1),),
    )


def test_whoever_a_meeting_that_stays_names_is_known_to_the_scheduler_and_never_available():
    people = room(b=Person("b", state=ParticipantState.CANCELLED, host_table=1))
    event = event_of(people, [], [Seat("m", "a", "b", "2", 1)])
    assert event.participants[1] == Participant("b", available=frozenset())


def test_a_wish_is_met_whoever_sent_it():
    assert met(wishes("ab ba ca"), [Seat("m", "a", "b", "1")]) == (2, 3)
    assert met([], []) == (0, 0)


# --- conflicts of a hand edit ----------------------------------------------------------------------------


def found(seats: list[Seat], room_: Room) -> Counter:
    return Counter(one.code for one in agenda_conflicts(seats, room_))


def seat(text: str, table: int | None = 1, meeting: str = "") -> Seat:
    """A meeting such as ``ab1``: a meets b in slot 1."""
    return Seat(meeting or text, text[0], text[1], text[2:], table)


@pytest.mark.parametrize(
    ("seats", "code"),
    [
        ([seat("ab1"), seat("ac1", 2)], "participant_twice"),
        ([seat("ab1"), seat("cd1")], "table_twice"),
        ([seat("ab1"), seat("ba2")], "pair_twice"),
        ([seat("ab9")], "no_such_slot"),
        ([seat("ab1", 3)], "no_such_table"),
        ([seat("ab1", None)], "no_table"),
        ([seat("ae2")], "not_available"),
        ([seat("af1")], "not_coming"),
        ([seat("ag1", 1)], "not_at_host_table"),
        ([seat("ab1", 2)], "at_table_of_host"),
    ],
)  # fmt: skip
def test_each_conflict_is_named(seats, code):
    people = room(
        "abcd",
        e=Person("e", available=frozenset("1")),
        f=Person("f", state=ParticipantState.CANCELLED),
        **({"g": Person("g", host_table=2)} if "host" in code else {}),
    )
    assert found(seats, people) == {code: 1}


def test_sides_and_pairs_kept_apart_are_conflicts_too():
    apart = Room(("1",), 1, room(sides="NNS").people, two_sided=True, blocked=frozenset({frozenset("ac")}))
    assert found([seat("ab1")], apart) == {"same_side": 1}
    assert found([seat("ac1")], apart) == {"pair_blocked": 1}


def test_an_agenda_without_conflict_has_none():
    assert found([seat("ab1"), seat("cd1", 2), seat("ac2")], room("abcd")) == {}


def test_conflicts_of_one_meeting_leave_those_of_others_out():
    seats = [seat("ab1"), seat("ac1", 2), seat("bd2", 9)]
    assert [one.code for one in conflicts_of("ab1", seats, room("abcd"))] == ["participant_twice"]


LETTERS = "abcdef"


@given(
    st.lists(
        st.tuples(
            st.sampled_from(LETTERS), st.sampled_from(LETTERS), st.sampled_from("123"), st.integers(1, 3)
        ).filter(lambda row: row[0] != row[1]),
        max_size=8,
    )
)
def test_double_bookings_are_those_that_a_slow_count_finds(rows):
    seats = [Seat(str(n), a, b, slot, table) for n, (a, b, slot, table) in enumerate(rows)]
    told = found(seats, room(LETTERS, slots="123", tables=3))
    twice = sum(
        len([1 for s in seats if who in (s.a, s.b) and s.slot == slot]) > 1
        for who in LETTERS
        for slot in "123"
    )
    tables = sum(
        len([1 for s in seats if (s.table, s.slot) == place]) > 1 for place in product((1, 2, 3), "123")
    )
    assert (told["participant_twice"], told["table_twice"]) == (twice, tables)


@given(
    st.lists(
        st.tuples(st.sampled_from(LETTERS), st.sampled_from(LETTERS)).filter(lambda p: p[0] != p[1]),
        max_size=12,
    )
)
def test_meetings_put_into_free_slots_at_free_tables_never_conflict(asked):
    people = room(LETTERS, slots="123", tables=2, a=Person("a", host_table=1))
    seats: list[Seat] = []
    for n, (a, b) in enumerate(asked):
        if any(one.both == {a, b} for one in seats):
            continue
        for slot in free_slots(a, b, people, seats)[:1]:
            seats.append(Seat(str(n), a, b, slot, free_table(a, b, slot, people, seats)))
    assert [one for one in agenda_conflicts(seats, people) if one.hard] == []


def test_every_conflict_that_is_found_is_in_the_table():
    assert sum(CONFLICTS.values()) == 9
    assert set(CONFLICTS) - {code for code, hard in CONFLICTS.items() if hard} == {
        "no_table", "not_at_host_table", "at_table_of_host",
    }  # fmt: skip


# --- outcomes --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("held", "horizon", "due"),
    [
        (date(2027, 3, 16), 0, date(2027, 3, 16)),
        (date(2027, 3, 16), 6, date(2027, 9, 16)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2027, 12, 1), 24, date(2029, 12, 1)),
    ],
)
def test_outcomes_are_due_on_the_same_day_of_a_later_month(held, horizon, due):
    assert due_on(held, Horizon(horizon)) == due


def test_only_the_latest_horizon_is_asked_for():
    held = [("m", date(2027, 3, 16))]
    assert outcomes_due(held, [], date(2027, 3, 15)) == ()
    assert outcomes_due(held, [], date(2027, 3, 16)) == (Due("m", Horizon.AT_ONCE, date(2027, 3, 16)),)
    assert outcomes_due(held, [], date(2028, 4, 1)) == (Due("m", Horizon.ONE_YEAR, date(2028, 3, 16)),)


def test_what_was_told_is_not_asked_again():
    assert outcomes_due([("m", TUESDAY)], [("m", Horizon.AT_ONCE)], TUESDAY) == ()


def test_every_outcome_has_a_link_of_known_kind_and_stage_or_none():
    assert set(LINK_TERMS) == set(OutcomeKind)
    assert LINK_TERMS[OutcomeKind.NOTHING] is None
    for terms in LINK_TERMS.values():
        if terms is not None:
            assert terms.kind in vocabulary("link_kind")
            assert terms.stage in vocabulary("stage")
