"""An event as numbers: pairs who could meet, what each takes up, slots as bits, weights of wishes."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from grappe.network.meeting_event import Event

STRONGEST = 10
"""Weight of a wish of rank 1; each further rank weighs one less, down to 1."""
MUTUAL = 2 * STRONGEST
"""Weight of a mutual wish in the weighted sum of met wishes, as two wishes of the first rank."""


def rank_weight(rank: int) -> int:
    """Weight of a wish that only one of the two has: ``max(1, 11 - rank)``.

    Parameters
    ----------
    rank : int
        1 is the strongest.

    Returns
    -------
    int, from 10 down to 1

    Examples
    --------
    >>> [rank_weight(rank) for rank in (1, 2, 10, 40)]
    [10, 9, 1, 1]
    """
    return max(1, STRONGEST + 1 - rank)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two who could meet.

    Attributes
    ----------
    a, b : int
        Places of the two in the list of participants, the smaller first.
    takes : tuple of int
        What a meeting takes up for a slot: both participants, and the table of a host among them.
    allowed : int
        Slots in which they could meet, a bit each.
    mutual : bool
    one_sided : int
        Weight of the wish if only one of the two has it, else 0.
    ranks : int
        Sum of the weights of both wishes of a mutual pair, else 0: only breaks ties.
    """

    a: int
    b: int
    takes: tuple[int, ...]
    allowed: int
    mutual: bool
    one_sided: int
    ranks: int

    @property
    def weight(self) -> int:
        """Weight in the weighted sum of met wishes."""
        return MUTUAL if self.mutual else self.one_sided


@dataclass(frozen=True)
class Grid:
    """The scheduling problem in numbers.

    Attributes
    ----------
    event : Event
    pairs : tuple of Pair
        Those that a wish asks for, that nothing forbids and that have no fixed meeting yet.
    resources : int
        Participants first, then tables of hosts: each serves one meeting in a slot.
    room : tuple of int
        Tables left in each slot beside the fixed meetings.
    fixed_mutual, fixed_one_sided : int
        What the fixed meetings already meet: number of mutual wishes, weight of one-sided ones.
    busy : tuple of int
        Slots, a bit each, that fixed meetings take up, per resource.
    """

    event: Event
    pairs: tuple[Pair, ...]
    resources: int
    room: tuple[int, ...]
    fixed_mutual: int
    fixed_one_sided: int
    busy: tuple[int, ...]

    @cached_property
    def scores(self) -> tuple[int, ...]:
        """A number per pair; sums order schedules by mutual wishes, then one-sided ones, then ranks."""
        ties = 1 + sum(pair.ranks for pair in self.pairs)
        step = ties * (1 + sum(pair.one_sided for pair in self.pairs))
        return tuple(step * pair.mutual + ties * pair.one_sided + pair.ranks for pair in self.pairs)

    @cached_property
    def around(self) -> tuple[tuple[int, ...], ...]:
        """Pairs that take up each resource."""
        found: list[list[int]] = [[] for _ in range(self.resources)]
        for number, pair in enumerate(self.pairs):
            for one in pair.takes:
                found[one].append(number)
        return tuple(map(tuple, found))

    @cached_property
    def uniform(self) -> int:
        """Slots common to all pairs if every pair could meet in the same ones, else 0.

        Then only degrees and the number of tables bind, and a bipartite event is solved exactly.
        """
        masks = {pair.allowed for pair in self.pairs}
        people = len(self.event.participants)
        shared = any(not _star(self, table) for table in range(people, self.resources))
        return masks.pop() if len(masks) == 1 and not shared and len(set(self.room)) == 1 else 0

    @cached_property
    def sides(self) -> tuple[int, ...] | None:
        """Side 0 or 1 of each participant so that every pair has both; nothing if there is no such split."""
        side = [-1] * len(self.event.participants)
        for start in range(len(side)):
            if side[start] >= 0:
                continue
            side[start], stack = 0, [start]
            while stack:
                one = stack.pop()
                for number in self.around[one]:
                    pair = self.pairs[number]
                    other = pair.a + pair.b - one
                    if side[other] == side[one]:
                        return None
                    if side[other] < 0:
                        side[other] = 1 - side[one]
                        stack.append(other)
        return tuple(side)


def _star(grid: Grid, table: int) -> bool:
    """Whether all pairs at a table share a participant, who then keeps them apart anyhow."""
    both = [{grid.pairs[n].a, grid.pairs[n].b} for n in grid.around[table]]
    return bool(set.intersection(*both)) if both else True


def bits(mask: int) -> list[int]:
    """Numbers of the bits that are set, the lowest first.

    Parameters
    ----------
    mask : int

    Returns
    -------
    list of int

    Examples
    --------
    >>> bits(0b1010)
    [1, 3]
    """
    found = []
    while mask:
        low = mask & -mask
        found.append(low.bit_length() - 1)
        mask ^= low
    return found


def host_table_of(event: Event, a: str, b: str) -> int | None:
    """Table at which two must meet because one of them is a host, or nothing.

    Two hosts meet at the table that fewer hosts share; if that does not decide, at the table of the
    one listed first.

    Parameters
    ----------
    event : Event
    a, b : str
        Ids of the two.

    Returns
    -------
    int or None

    Examples
    --------
    >>> from grappe.network.meeting_event import Participant
    >>> people = (Participant("a", host_table=2), Participant("b", host_table=1), Participant("c"))
    >>> event = Event(("s1",), 2, people)
    >>> host_table_of(event, "b", "a"), host_table_of(event, "c", "b"), host_table_of(event, "c", "c")
    (2, 1, None)
    """
    listed = sorted({event.number[a], event.number[b]})
    tables = [t for n in listed if (t := event.participants[n].host_table) is not None]
    return min(tables, key=lambda table: _hosts(event, table)) if tables else None


def _hosts(event: Event, table: int) -> int:
    return sum(one.host_table == table for one in event.participants) if table else 0


def grid_of(event: Event) -> Grid:
    """The numbers of an event.

    Parameters
    ----------
    event : Event

    Returns
    -------
    Grid

    Examples
    --------
    >>> from grappe.network.meeting_event import Participant, Wish
    >>> event = Event(("s1",), 1, (Participant("a"), Participant("b")), (Wish("a", "b"), Wish("b", "a", 3)))
    >>> [(pair.mutual, pair.ranks) for pair in grid_of(event).pairs]
    [(True, 18)]
    """
    people = len(event.participants)
    place = {slot: number for number, slot in enumerate(event.slots)}
    free = [sum(1 << place[slot] for slot in event.free(one.id)) for one in event.participants]
    hosted = sorted({one.host_table for one in event.participants if one.host_table is not None})
    resource = {table: people + number for number, table in enumerate(hosted)}
    room, busy = [event.tables] * len(event.slots), [0] * (people + len(hosted))
    for meeting in event.fixed:
        slot = place[meeting.slot]
        room[slot] = max(0, room[slot] - 1)
        table = meeting.table or host_table_of(event, meeting.a, meeting.b)
        taken = [event.number[meeting.a], event.number[meeting.b]]
        for one in taken + ([resource[table]] if table in resource else []):
            busy[one] |= 1 << slot
    closed = sum(1 << slot for slot, left in enumerate(room) if not left)
    ranks: dict[tuple[int, int], list[int]] = {}
    for wish in event.wishes:
        low, high = sorted((event.number[wish.sender], event.number[wish.receiver]))
        ranks.setdefault((low, high), []).append(rank_weight(wish.rank))
    done = {meeting.both for meeting in event.fixed}
    pairs, fixed_mutual, fixed_one_sided = [], 0, 0
    names = [one.id for one in event.participants]
    tables = _table_per_host(event)
    for (a, b), weights in ranks.items():
        both = frozenset((names[a], names[b]))
        mutual = len(weights) > 1
        if both in done:
            fixed_mutual += mutual
            fixed_one_sided += 0 if mutual else weights[0]
            continue
        if both in event.blocked or _same_side(event, a, b):
            continue
        hosts = [tables[n] for n in (a, b) if n in tables]
        table = min(hosts)[1] if hosts else None
        takes = (a, b) if table is None else (a, b, resource[table])
        allowed = free[a] & free[b] & ~closed
        for one in takes:
            allowed &= ~busy[one]
        if allowed:
            weight = 0 if mutual else weights[0]
            pairs.append(Pair(a, b, takes, allowed, mutual, weight, sum(weights) if mutual else 0))
    return Grid(event, tuple(pairs), len(busy), tuple(room), fixed_mutual, fixed_one_sided, tuple(busy))


def _table_per_host(event: Event) -> dict[int, tuple[tuple[int, int], int]]:
    """Per host, its table, and what it is chosen by against another's: fewest hosts, then listed first."""
    found = {}
    for number, one in enumerate(event.participants):
        if one.host_table is not None:
            found[number] = ((_hosts(event, one.host_table), number), one.host_table)
    return found


def _same_side(event: Event, a: int, b: int) -> bool:
    return event.two_sided and event.participants[a].side == event.participants[b].side


def met_counts(grid: Grid, met: Sequence[int]) -> tuple[int, int]:
    """Mutual wishes met, and weight of one-sided wishes met, fixed meetings included.

    Parameters
    ----------
    grid : Grid
    met : sequence of int
        Numbers of the pairs that meet.

    Returns
    -------
    (int, int)
    """
    mutual = grid.fixed_mutual + sum(grid.pairs[n].mutual for n in met)
    return mutual, grid.fixed_one_sided + sum(grid.pairs[n].one_sided for n in met)
