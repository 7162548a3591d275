"""Who may meet whom: modes of an event, wishes that call for a meeting, checks before solving, free slots."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from grappe.domain.errors import Problem
from grappe.domain.identifiers import is_identifier
from grappe.network.event_states import PRESENT, ParticipantState
from grappe.network.meeting_event import Event, Meeting, Participant, Wish, counted_limits
from grappe.network.wish_states import WishState


class Scheduling(StrEnum):
    """Who says when a meeting takes place."""

    PARTICIPANTS = "participants"  # who accepts a wish chooses the slot; the scheduler fills in the rest
    ORGANISER = "organiser"  # the organiser runs the scheduler


class Acceptance(StrEnum):
    """When a wish calls for a meeting."""

    OPT_IN = "opt_in"  # once the other side has accepted it
    AUTOMATIC = "automatic"  # as soon as it is sent, unless declined


MEETABLE: Mapping[Acceptance, frozenset[WishState]] = MappingProxyType(
    {
        Acceptance.OPT_IN: frozenset({WishState.ACCEPTED}),
        Acceptance.AUTOMATIC: frozenset({WishState.SENT, WishState.ACCEPTED}),
    }
)
"""States of a wish that call for a meeting, total over `Acceptance`."""

SIDES = (0, 2)
"""How many sides an event may have: none, where any two may meet, or two, where only unlike ones do."""
MOST_RANK = 100
"""Rank of the weakest wish; 1 is the strongest."""
MOST_TABLES = 500
"""Tables of an event of the database, at most: each is a column of the organiser's agenda."""


@dataclass(frozen=True, slots=True)
class Person:
    """A participant as the rules see them.

    Attributes
    ----------
    id : str
    side : str or None
        Code of a side, nothing in an event without sides.
    state : ParticipantState
    available : set of slot codes, or None
        Nothing means every slot.
    host_table : int or None
        Table at which a participant stays while the others come to them.
    """

    id: str
    side: str | None = None
    state: ParticipantState = ParticipantState.REGISTERED
    available: frozenset[str] | None = None
    host_table: int | None = None

    @property
    def present(self) -> bool:
        """Whether they can be met at all."""
        return self.state in PRESENT

    def free_in(self, slots: Iterable[str]) -> tuple[str, ...]:
        """Those of some slots in which they are available, in the given order."""
        return tuple(slot for slot in slots if self.available is None or slot in self.available)


@dataclass(frozen=True, slots=True)
class Asked:
    """A wish as the rules see it: from whom, to whom, how strongly (1 is the strongest), its state."""

    sender: str
    receiver: str
    rank: int
    state: WishState = WishState.SENT


@dataclass(frozen=True, slots=True)
class Seat:
    """A meeting as the rules see it: its two participants, slot and table."""

    meeting: str
    a: str
    b: str
    slot: str
    table: int | None = None

    @property
    def both(self) -> frozenset[str]:
        """The two participants, in no order."""
        return frozenset((self.a, self.b))


@dataclass(frozen=True, slots=True)
class Room:
    """Where meetings can take place, and between whom.

    Attributes
    ----------
    slots : sequence of slot codes, in the order of time
    tables : int
        Number of tables; they are numbered from 1.
    people : mapping of id to Person
    two_sided : bool
        Whether only participants of unlike sides meet.
    blocked : set of pairs
        Pairs who must not meet.
    """

    slots: tuple[str, ...]
    tables: int
    people: Mapping[str, Person]
    two_sided: bool = False
    blocked: frozenset[frozenset[str]] = frozenset()


def calls_for_meeting(wishes: Iterable[Asked], acceptance: Acceptance, room: Room) -> tuple[Asked, ...]:
    """Wishes that the scheduler is to meet: in a state that calls for it, between two who will be there.

    Two who wished for each other have accepted each other by that, whatever the mode.

    Parameters
    ----------
    wishes : iterable of Asked
    acceptance : Acceptance
    room : Room

    Returns
    -------
    tuple of Asked, in the given order

    Examples
    --------
    >>> room = Room(("s1",), 1, {"a": Person("a"), "b": Person("b")})
    >>> one = Asked("a", "b", 1)
    >>> len(calls_for_meeting([one], Acceptance.OPT_IN, room))
    0
    >>> len(calls_for_meeting([one, Asked("b", "a", 1)], Acceptance.OPT_IN, room))
    2
    """
    listed = list(wishes)
    sent = {(w.sender, w.receiver) for w in listed if w.state in MEETABLE[Acceptance.AUTOMATIC]}
    wanted = MEETABLE[acceptance]
    return tuple(
        w
        for w in listed
        if (w.state in wanted or {(w.sender, w.receiver), (w.receiver, w.sender)} <= sent)
        and all(one in room.people and room.people[one].present for one in (w.sender, w.receiver))
    )


def wish_problem(sender: str, receiver: str, room: Room) -> str | None:
    """Code of what forbids a wish, or nothing.

    Parameters
    ----------
    sender, receiver : str
        Ids of participants.
    room : Room

    Returns
    -------
    str or None
        One of `WISH_PROBLEMS`.

    Examples
    --------
    >>> wish_problem("a", "a", Room(("s1",), 1, {"a": Person("a")}))
    'self_wish'
    """
    if sender == receiver:
        return "self_wish"
    if sender not in room.people or receiver not in room.people:
        return "unknown_participant"
    if room.two_sided and room.people[sender].side == room.people[receiver].side:
        return "same_side_wish"
    if frozenset((sender, receiver)) in room.blocked:
        return "blocked_wish"
    return None


WISH_PROBLEMS = ("self_wish", "unknown_participant", "same_side_wish", "blocked_wish")
"""What `wish_problem` can find."""

BLOCKING = frozenset(
    {
        "no_tables", "no_slots", "self_wish", "unknown_participant", "same_side_wish", "unknown_slot",
        "missing_side", "host_beyond_tables", "bad_rank", "repeated_wish",
    }
)  # fmt: skip
"""Problems with which nothing can be solved; the others leave some wishes unmet, and say which."""


def terms_problems(
    title: str, tables: int, sides: Sequence[str], most_wishes: int, event: str
) -> list[Problem]:
    """What is impossible in the terms of an event, beside its slots.

    Parameters
    ----------
    title : str
    tables : int
    sides : sequence of str
        Codes of its sides.
    most_wishes : int
        Wishes that each participant may send.
    event : str
        Id of the event, which the problems name as their place.

    Returns
    -------
    list of Problem

    Examples
    --------
    >>> [problem.code for problem in terms_problems("Days", 0, ("north",), 8, "ev")]
    ['no_tables', 'bad_sides']
    """
    found = []
    if not title.strip():
        found.append(Problem("no_title", event))
    if tables < 1:
        found.append(Problem("no_tables", event, params={"tables": str(tables)}))
    if tables > MOST_TABLES:
        found.append(
            Problem("too_many_tables", event, params={"tables": str(tables), "most": str(MOST_TABLES)})
        )
    if len(sides) not in SIDES or len(set(sides)) < len(sides) or not all(map(is_identifier, sides)):
        found.append(Problem("bad_sides", event, params={"sides": ", ".join(sides)}))
    if most_wishes < 1:
        found.append(Problem("no_wishes", event, params={"most": str(most_wishes)}))
    return found


def event_problems(room: Room, wishes: Sequence[Asked], event: str) -> list[Problem]:
    """Everything contradictory or impossible in an event, each named, before anything is solved.

    Parameters
    ----------
    room : Room
    wishes : sequence of Asked
        Those that call for a meeting.
    event : str
        Id of the event, which the problems name as their place.

    Returns
    -------
    list of Problem
        Those whose code is in `BLOCKING` forbid solving; the others are limits that the schedule
        will run into: somebody who is never available, a pair without a common slot, a participant
        with more meetings than slots, more meetings than places.

    Examples
    --------
    >>> room = Room(("s1",), 0, {"a": Person("a")})
    >>> [p.code for p in event_problems(room, [Asked("a", "b", 1)], "ev")]
    ['no_tables', 'unknown_participant']
    """
    found: list[Problem] = []

    def say(code: str, **params: object) -> None:
        found.append(Problem(code, event, params={key: str(value) for key, value in params.items()}))

    if room.tables < 1:
        say("no_tables", tables=room.tables)
    if not room.slots:
        say("no_slots")
    for person in room.people.values():
        _check_person(person, room, say)
    seen: Counter[tuple[str, str]] = Counter((w.sender, w.receiver) for w in wishes)
    for (sender, receiver), times in seen.items():
        if times > 1:
            say("repeated_wish", sender=sender, receiver=receiver)
    for wish in wishes:
        code = wish_problem(wish.sender, wish.receiver, room)
        if code == "unknown_participant":
            unknown = wish.receiver if wish.sender in room.people else wish.sender
            say(code, participant=unknown)
        elif code is not None:
            say(code, sender=wish.sender, receiver=wish.receiver)
        if not 1 <= wish.rank <= MOST_RANK:
            say("bad_rank", sender=wish.sender, receiver=wish.receiver, rank=wish.rank, most=MOST_RANK)
    sound = {
        frozenset((w.sender, w.receiver)) for w in wishes if wish_problem(w.sender, w.receiver, room) is None
    }
    pairs = [(one, other) for one, other in sorted(sorted(pair) for pair in sound)]
    free = {
        person.id: person.free_in(room.slots)
        for person in room.people.values()
        if person.present or any(person.id in pair for pair in sound)
    }
    return found + counted_limits(pairs, free, len(room.slots), room.tables, event)


def _check_person(person: Person, room: Room, say: Callable[..., None]) -> None:
    if room.two_sided and person.side is None:
        say("missing_side", participant=person.id)
    if person.host_table is not None and not 1 <= person.host_table <= room.tables:
        say("host_beyond_tables", participant=person.id, table=person.host_table, tables=room.tables)
    for slot in sorted((person.available or frozenset()) - set(room.slots)):
        say("unknown_slot", participant=person.id, slot=slot)


def free_slots(a: str, b: str, room: Room, seats: Iterable[Seat]) -> tuple[str, ...]:
    """Slots in which two participants could meet, a table being free as well.

    Parameters
    ----------
    a, b : str
        Ids of the two.
    room : Room
    seats : iterable of Seat
        Meetings that stand.

    Returns
    -------
    tuple of slot codes, in the order of time

    Examples
    --------
    >>> room = Room(("s1", "s2"), 1, {"a": Person("a"), "b": Person("b"), "c": Person("c")})
    >>> free_slots("a", "b", room, [Seat("m", "a", "c", "s1", 1)])
    ('s2',)
    """
    taken = list(seats)
    busy = {seat.slot for seat in taken if seat.both & {a, b}}
    common = set(room.people[a].free_in(room.slots)) & set(room.people[b].free_in(room.slots)) - busy
    return tuple(
        slot for slot in room.slots if slot in common and free_table(a, b, slot, room, taken) is not None
    )


def free_table(a: str, b: str, slot: str, room: Room, seats: Iterable[Seat]) -> int | None:
    """A table for two in a slot: that of the host among them, else the lowest that is free and no host's.

    Parameters
    ----------
    a, b : str
        Ids of the two.
    slot : str
    room : Room
    seats : iterable of Seat
        Meetings that stand.

    Returns
    -------
    int or None
        Number of the table, counted from 1; nothing if none is free.
    """
    taken = {seat.table for seat in seats if seat.slot == slot}
    hosts = [table for one in (a, b) if (table := room.people[one].host_table) is not None]
    if hosts:
        return next((table for table in hosts if table not in taken), None)
    kept = {person.host_table for person in room.people.values() if person.present}
    order = [table for table in range(1, room.tables + 1) if table not in kept]
    # A host's table is given to others only when nothing else is free.
    order += [table for table in range(1, room.tables + 1) if table in kept]
    return next((table for table in order if table not in taken), None)


def event_of(room: Room, wishes: Iterable[Asked], fixed: Iterable[Seat] = ()) -> Event:
    """The event as the scheduler takes it.

    Parameters
    ----------
    room : Room
        Without contradictions: `event_problems` finds none that is `BLOCKING`.
    wishes : iterable of Asked
        Those that call for a meeting.
    fixed : iterable of Seat
        Meetings that must stay where they are, whatever the rules say about them.

    Returns
    -------
    Event
        Participants who will not come are left out; those whom a fixed meeting names are never available.

    Examples
    --------
    >>> room = Room(("s1",), 1, {"a": Person("a"), "b": Person("b", host_table=1)})
    >>> event_of(room, [Asked("a", "b", 2)]).wishes
    (Wish(sender='a', receiver='b', rank=2),)
    """
    kept = tuple(Meeting(seat.a, seat.b, seat.slot, seat.table) for seat in fixed)
    named = {one for meeting in kept for one in meeting.both}
    people = [person for person in room.people.values() if person.present or person.id in named]
    listed = {person.id for person in people}
    return Event(
        slots=room.slots,
        tables=room.tables,
        participants=tuple(_participant(person, room) for person in people),
        wishes=tuple(Wish(one.sender, one.receiver, one.rank) for one in wishes),
        blocked=frozenset(pair for pair in room.blocked if pair <= listed),
        fixed=kept,
    )


def _participant(person: Person, room: Room) -> Participant:
    side = person.side if room.two_sided else None
    if not person.present:
        return Participant(person.id, side, frozenset())
    available = None if person.available is None else frozenset(person.free_in(room.slots))
    return Participant(person.id, side, available, person.host_table)


def met(wishes: Iterable[Asked], seats: Iterable[Seat]) -> tuple[int, int]:
    """How many wishes are met, of how many: a wish is met if the two have a meeting.

    Parameters
    ----------
    wishes : iterable of Asked
    seats : iterable of Seat

    Returns
    -------
    (int, int)
        Wishes met, wishes in all.

    Examples
    --------
    >>> met([Asked("a", "b", 1), Asked("c", "a", 1)], [Seat("m", "b", "a", "s1")])
    (1, 2)
    """
    pairs = {seat.both for seat in seats}
    asked = list(wishes)
    return sum(frozenset((w.sender, w.receiver)) in pairs for w in asked), len(asked)
