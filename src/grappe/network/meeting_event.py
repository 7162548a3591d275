"""What the scheduler is given: slots, tables, participants, wishes, pairs kept apart, meetings that stay."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from grappe.domain.errors import Problem

TWO_SIDES = 2


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who meets others.

    Attributes
    ----------
    id : str
    side : str or None
        In an event with two sides, the one of the participant; only unlike sides meet.
    available : set of slots, or None
        Nothing means every slot; an empty set means never.
    host_table : int or None
        Table, counted from 1, at which all meetings of the participant take place.
    """

    id: str
    side: str | None = None
    available: frozenset[str] | None = None
    host_table: int | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish to meet: from whom, whom, and how strongly, 1 being the strongest."""

    sender: str
    receiver: str
    rank: int = 1

    def __post_init__(self) -> None:
        if self.sender == self.receiver:
            raise ValueError(f"{self.sender} wishes to meet itself.")
        if self.rank < 1:
            raise ValueError(f"a rank is 1 or more, not {self.rank}.")


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting of two participants in a slot, at a table counted from 1; no table means none yet."""

    a: str
    b: str
    slot: str
    table: int | None = None

    @property
    def both(self) -> frozenset[str]:
        """The two, in no order."""
        return frozenset((self.a, self.b))


@dataclass(frozen=True)
class Event:
    """A day of meetings to be scheduled; it refuses to exist when its parts do not fit together.

    Attributes
    ----------
    slots : tuple of str
        In the order of time.
    tables : int
        Tables are numbered from 1; each holds one meeting in a slot.
    participants : tuple of Participant
    wishes : tuple of Wish
    blocked : set of pairs
        Pairs who must not meet.
    fixed : tuple of Meeting
        Meetings that stay where they are, wished for or not: they were decided elsewhere, so they may
        even contradict availability or a pair kept apart.

    Raises
    ------
    ValueError
        If something is named that is not in the event. Files are read with `read_event`, which names
        every such thing at once.

    Examples
    --------
    >>> event = Event(("s1", "s2"), 1, (Participant("a"), Participant("b")), (Wish("a", "b"),))
    >>> event.two_sided, event.number["b"], event.free("a")
    (False, 1, frozenset({'s1', 's2'}))
    """

    slots: tuple[str, ...]
    tables: int
    participants: tuple[Participant, ...]
    wishes: tuple[Wish, ...] = ()
    blocked: frozenset[frozenset[str]] = frozenset()
    fixed: tuple[Meeting, ...] = ()

    def __post_init__(self) -> None:
        if self.tables < 1 or not self.slots:
            raise ValueError("an event needs a slot and a table.")
        if len(self.number) < len(self.participants) or len(set(self.slots)) < len(self.slots):
            raise ValueError("an id is given twice.")
        named = {name for wish in self.wishes for name in (wish.sender, wish.receiver)}
        named |= {name for pair in self.blocked for name in pair}
        named |= {name for meeting in self.fixed for name in meeting.both}
        slots = {slot for one in self.participants for slot in one.available or ()}
        slots |= {meeting.slot for meeting in self.fixed}
        if unknown := sorted((named - self.number.keys()) | (slots - set(self.slots))):
            raise ValueError(f"not in the event: {', '.join(unknown)}.")
        if len({(wish.sender, wish.receiver) for wish in self.wishes}) < len(self.wishes):
            raise ValueError("a wish is given twice.")
        for one in self.participants:
            if one.host_table is not None and not 1 <= one.host_table <= self.tables:
                raise ValueError(f"there is no table {one.host_table}.")

    @cached_property
    def number(self) -> Mapping[str, int]:
        """Place of each participant in the list."""
        return {one.id: place for place, one in enumerate(self.participants)}

    @cached_property
    def two_sided(self) -> bool:
        """Whether there are two sides, of which only unlike ones meet."""
        return len({one.side for one in self.participants} - {None}) == TWO_SIDES

    def free(self, participant: str) -> frozenset[str]:
        """Slots in which a participant is available."""
        available = self.participants[self.number[participant]].available
        return frozenset(self.slots) if available is None else available

    def closed_in(self, slots: Collection[str]) -> "Event":
        """The same event with nobody available in some slots; fixed meetings stay there."""
        if not slots:
            return self
        return replace(
            self,
            participants=tuple(
                replace(one, available=self.free(one.id) - set(slots)) for one in self.participants
            ),
        )


def event_findings(event: Event, name: str) -> list[Problem]:
    """What no schedule of an event can meet, found by counting alone, before anything is solved.

    These limits do not forbid scheduling: the schedule leaves some wishes unmet, and says which.

    Parameters
    ----------
    event : Event
    name : str
        What the findings name as their place.

    Returns
    -------
    list of Problem
        Of code ``never_available``, ``no_common_slot``, ``more_meetings_than_slots`` or
        ``more_meetings_than_places``.

    Examples
    --------
    >>> people = (Participant("a", available=frozenset({"s1"})), Participant("b", available=frozenset()))
    >>> event = Event(("s1",), 1, people, (Wish("a", "b"),))
    >>> [finding.code for finding in event_findings(event, "event.yml")]
    ['never_available', 'no_common_slot']
    """
    pairs = dict.fromkeys(frozenset((wish.sender, wish.receiver)) for wish in event.wishes)
    first = {frozenset((wish.sender, wish.receiver)): wish for wish in reversed(event.wishes)}
    return counted_limits(
        [(first[pair].sender, first[pair].receiver) for pair in pairs if pair not in event.blocked],
        {one.id: event.free(one.id) for one in event.participants},
        len(event.slots),
        event.tables,
        name,
    )


def counted_limits(
    pairs: Iterable[tuple[str, str]], free: Mapping[str, Collection[str]], slots: int, tables: int, name: str
) -> list[Problem]:
    """Limits that no schedule of some meetings can exceed, by counting slots and places.

    Parameters
    ----------
    pairs : iterable of pairs of ids
        Who is to meet whom, each pair once.
    free : mapping of id to slots
        When each participant is available.
    slots, tables : int
        How many there are.
    name : str
        What the problems name as their place.

    Returns
    -------
    list of Problem

    Examples
    --------
    >>> free = {"a": {"s1"}, "b": {"s1"}, "c": {"s1"}}
    >>> [(p.code, *p.params.values()) for p in counted_limits([("a", "b"), ("a", "c")], free, 1, 1, "days")]
    [('more_meetings_than_slots', 'a', '2', '1'), ('more_meetings_than_places', '2', '1')]
    """
    found: list[Problem] = []

    def say(code: str, **params: object) -> None:
        found.append(Problem(code, name, params={key: str(value) for key, value in params.items()}))

    listed = list(pairs)
    if slots:
        for one, there in free.items():
            if not there:
                say("never_available", participant=one)
    for sender, receiver in listed:
        if set(free[sender]).isdisjoint(free[receiver]):
            say("no_common_slot", sender=sender, receiver=receiver)
    degree = Counter(one for pair in listed for one in pair)
    for one, there in free.items():
        if there and degree[one] > len(there):
            say("more_meetings_than_slots", participant=one, meetings=degree[one], slots=len(there))
    places = slots * max(tables, 0)
    if len(listed) > places:
        say("more_meetings_than_places", meetings=len(listed), places=places)
    return found
