"""What is wrong with an agenda that somebody edited by hand: codes with parameters, worded elsewhere."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from grappe.network.matchmaking import Room, Seat

CONFLICTS: Mapping[str, bool] = MappingProxyType(
    {
        "participant_twice": True,
        "table_twice": True,
        "pair_twice": True,
        "pair_blocked": True,
        "same_side": True,
        "not_coming": True,
        "no_such_slot": True,
        "no_such_table": True,
        "not_available": True,
        "no_table": False,
        "not_at_host_table": False,
        "at_table_of_host": False,
    }
)
"""Codes of conflicts, and whether each forbids publication: the hard ones cannot happen in a room."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """One conflict of an agenda: its code, the meetings it lies in, and what fills its sentence."""

    code: str
    meetings: tuple[str, ...]
    params: Mapping[str, str]

    @property
    def hard(self) -> bool:
        """Whether it forbids publication."""
        return CONFLICTS[self.code]


def agenda_conflicts(seats: Iterable[Seat], room: Room) -> tuple[Conflict, ...]:
    """Every conflict of an agenda.

    Parameters
    ----------
    seats : iterable of Seat
        Meetings that stand, past and to come.
    room : Room

    Returns
    -------
    tuple of Conflict
        Those between two meetings first, then those of one meeting in the given order.

    Examples
    --------
    >>> from grappe.network.matchmaking import Person
    >>> room = Room(("s1",), 2, {one: Person(one) for one in "abc"})
    >>> seats = [Seat("m1", "a", "b", "s1", 1), Seat("m2", "a", "c", "s1", 2)]
    >>> [(one.code, one.params["participant"]) for one in agenda_conflicts(seats, room)]
    [('participant_twice', 'a')]
    """
    listed = list(seats)
    found = _between(listed)
    for seat in listed:
        found += _of_one(seat, room)
    return tuple(found)


def conflicts_of(meeting: str, seats: Iterable[Seat], room: Room) -> tuple[Conflict, ...]:
    """Those conflicts of an agenda in which one meeting has a part.

    Parameters
    ----------
    meeting : str
    seats : iterable of Seat
    room : Room

    Returns
    -------
    tuple of Conflict
    """
    return tuple(one for one in agenda_conflicts(seats, room) if meeting in one.meetings)


def _between(seats: list[Seat]) -> list[Conflict]:
    people: dict[tuple[str, str], list[str]] = defaultdict(list)
    tables: dict[tuple[int, str], list[str]] = defaultdict(list)
    pairs: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for seat in seats:
        for one in (seat.a, seat.b):
            people[one, seat.slot].append(seat.meeting)
        if seat.table is not None:
            tables[seat.table, seat.slot].append(seat.meeting)
        pairs[tuple(sorted(seat.both))].append(seat.meeting)
    found = [
        Conflict("participant_twice", tuple(meetings), {"participant": one, "slot": slot})
        for (one, slot), meetings in people.items()
        if len(meetings) > 1
    ]
    found += [
        Conflict("table_twice", tuple(meetings), {"table": str(table), "slot": slot})
        for (table, slot), meetings in tables.items()
        if len(meetings) > 1
    ]
    found += [
        Conflict("pair_twice", tuple(meetings), {"participant": pair[0], "other": pair[-1]})
        for pair, meetings in pairs.items()
        if len(meetings) > 1
    ]
    return found


def _of_one(seat: Seat, room: Room) -> list[Conflict]:
    found: list[Conflict] = []

    def say(code: str, **params: object) -> None:
        found.append(Conflict(code, (seat.meeting,), {key: str(value) for key, value in params.items()}))

    if seat.slot not in room.slots:
        say("no_such_slot", slot=seat.slot)
    if seat.table is None:
        say("no_table", slot=seat.slot)
    elif not 1 <= seat.table <= room.tables:
        say("no_such_table", table=seat.table, tables=room.tables)
    if seat.both in room.blocked:
        say("pair_blocked", participant=seat.a, other=seat.b)
    both = [room.people[one] for one in (seat.a, seat.b) if one in room.people]
    for person in both:
        if not person.present:
            say("not_coming", participant=person.id)
        elif seat.slot in room.slots and not person.free_in((seat.slot,)):
            say("not_available", participant=person.id, slot=seat.slot)
    if room.two_sided and len({person.side for person in both}) < len(both):
        say("same_side", participant=seat.a, other=seat.b)
    _tables(seat, room, say)
    return found


def _tables(seat: Seat, room: Room, say: Callable[..., None]) -> None:
    if seat.table is None:
        return
    hosts = {p.host_table: p.id for p in room.people.values() if p.host_table is not None and p.present}
    own = [t for t, one in hosts.items() if one in seat.both]
    if own and seat.table not in own:
        say("not_at_host_table", participant=hosts[own[0]], table=own[0])
    elif not own and seat.table in hosts:
        say("at_table_of_host", participant=hosts[seat.table], table=seat.table)
