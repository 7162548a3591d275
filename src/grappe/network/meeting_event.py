"""What the scheduler is given: slots, tables, participants, wishes, pairs kept apart, meetings that stay."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
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
    found: list[Problem] = []

    def say(code: str, **params: object) -> None:
        found.append(Problem(code, name, params={key: str(value) for key, value in params.items()}))

    for one in event.participants:
        if not event.free(one.id):
            say("never_available", participant=one.id)
    pairs = {frozenset((w.sender, w.receiver)): w for w in event.wishes}
    pairs = {pair: w for pair, w in pairs.items() if pair not in event.blocked}
    degree: Counter[str] = Counter()
    for pair, wish in pairs.items():
        degree.update(pair)
        if not event.free(wish.sender) & event.free(wish.receiver):
            say("no_common_slot", sender=wish.sender, receiver=wish.receiver)
    for one in event.participants:
        slots = len(event.free(one.id))
        if slots and degree[one.id] > slots:
            say("more_meetings_than_slots", participant=one.id, meetings=degree[one.id], slots=slots)
    places = len(event.slots) * event.tables
    if len(pairs) > places:
        say("more_meetings_than_places", meetings=len(pairs), places=places)
    return found
