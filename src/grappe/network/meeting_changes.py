"""A published schedule after a cancellation, an absence or a late arrival: as few meetings move as can be."""

import time
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from random import Random

from grappe.network.meeting_board import UNMET, Board
from grappe.network.meeting_bound import counted_bound, degree_rows, relaxed_bound
from grappe.network.meeting_event import Event, Meeting
from grappe.network.meeting_grid import Grid, bits, grid_of, met_counts
from grappe.network.meeting_repair import WHOLE, fewest_moves, filled, size
from grappe.network.meeting_schedule import TIME_LIMIT, Schedule, Stopwatch, meetings_of, schedule_of
from grappe.network.meeting_tables import with_tables

DEEPEST = 4
"""Most meetings that are moved for one claim by search; a small event is solved exactly instead."""
_NODES = 200_000


@dataclass(frozen=True, slots=True)
class Rescheduled:
    """A schedule made from an earlier one, and what changed.

    Attributes
    ----------
    schedule : Schedule
    moved : tuple of (Meeting, Meeting)
        Meetings in another slot or at another table than before: as it was, as it is.
    new : tuple of Meeting
    dropped : tuple of Meeting
        Earlier meetings that are off: somebody cancelled, nobody wishes them any more, or no place is left.
    proven : bool
        Whether no schedule that places as much moves fewer meetings to another slot.
    """

    schedule: Schedule
    moved: tuple[tuple[Meeting, Meeting], ...]
    new: tuple[Meeting, ...]
    dropped: tuple[Meeting, ...]
    proven: bool


def without(event: Event, absent: Iterable[str]) -> Event:
    """The event once some participants have cancelled: never available, their wishes withdrawn.

    Parameters
    ----------
    event : Event
    absent : iterable of str
        Ids of participants.

    Returns
    -------
    Event

    Examples
    --------
    >>> from grappe.network.meeting_event import Participant, Wish
    >>> event = Event(("s1",), 1, tuple(map(Participant, "abc")), (Wish("a", "b"), Wish("b", "c")))
    >>> without(event, ["a"]).wishes
    (Wish(sender='b', receiver='c', rank=1),)
    """
    gone = set(absent)
    return replace(
        event,
        participants=tuple(
            replace(one, available=frozenset()) if one.id in gone else one for one in event.participants
        ),
        wishes=tuple(one for one in event.wishes if not {one.sender, one.receiver} & gone),
    )


def reschedule(
    event: Event,
    previous: Sequence[Meeting],
    *,
    unmet_before: Collection[tuple[str, str]] = (),
    frozen: Collection[str] = (),
    seed: int = 0,
    time_limit: float = TIME_LIMIT,
    clock: Callable[[], float] = time.monotonic,
) -> Rescheduled:
    """Mend a schedule after a change, moving as few meetings as can be.

    Meetings in frozen slots stay, and none is added there. Others move only for a *claim*: a meeting
    that can no longer be where it was, or a wish that is new since. Wishes that were unmet before are
    met where a place is free, never by moving somebody else.

    Parameters
    ----------
    event : Event
        As it is now; see `without` for cancellations. Late participants stand in it with their wishes.
    previous : sequence of Meeting
        The schedule so far.
    unmet_before : collection of (from, to)
        Wishes that the schedule so far leaves unmet; any other unmet wish is new.
    frozen : collection of str
        Slots whose meetings stay: those that have begun, or that nobody may touch.
    seed : int
    time_limit : float
        Seconds.
    clock : function, optional

    Returns
    -------
    Rescheduled

    Examples
    --------
    A late arrival, ``d``, can meet ``a`` in the first slot alone, where ``a`` meets ``b``: one moves.

    >>> from grappe.network.meeting_event import Participant, Wish
    >>> people = (*map(Participant, "abc"), Participant("d", available=frozenset({"s1"})))
    >>> event = Event(("s1", "s2"), 2, people, (Wish("a", "b"), Wish("d", "a")))
    >>> done = reschedule(event, [Meeting("a", "b", "s1", 1)])
    >>> [(before.slot, after.slot) for before, after in done.moved], done.proven
    ([('s1', 's2')], True)
    """
    watch = Stopwatch(time_limit, clock)
    grid, start, dropped, moving = _start(event, previous, set(frozen))
    known = {frozenset(one) for one in unmet_before} | {one.both for one in previous}
    people = event.participants
    names = [frozenset((people[pair.a].id, people[pair.b].id)) for pair in grid.pairs]
    displaced = {number for number, both in enumerate(names) if both in moving}
    claims = sorted(
        (n for n, both in enumerate(names) if start.slot_of[n] == UNMET and (n in displaced or both not in known)),
        key=lambda n: (n not in displaced, -grid.scores[n]),
    )
    board, proven = _claimed(start, claims, displaced, watch, seed)
    board = filled(board, min(1.0, watch.left(0.7)), seed)
    return _told(event, grid, board, previous, dropped, proven, set(frozen), Random(seed), seed, watch)


def _start(
    event: Event, previous: Sequence[Meeting], frozen: set[str]
) -> tuple[Grid, Board, list[Meeting], dict[frozenset[str], Meeting]]:
    """The grid with frozen meetings fixed, what stands in it, what is off, what must find another place."""
    wished = {frozenset((wish.sender, wish.receiver)) for wish in event.wishes}
    already = {one.both for one in event.fixed}
    stays = [
        one
        for one in previous
        if one.slot in frozen and one.both <= event.number.keys() and one.both not in already
    ]
    kept = {one.both for one in stays} | already
    work = replace(
        event,
        fixed=(*event.fixed, *stays),
        participants=tuple(
            replace(one, available=event.free(one.id) - frozen) for one in event.participants
        ),
    )
    grid = grid_of(work)
    place = {slot: number for number, slot in enumerate(event.slots)}
    people = event.participants
    of = {frozenset((people[p.a].id, people[p.b].id)): n for n, p in enumerate(grid.pairs)}
    board, dropped, moving = Board(grid), [], {}
    for one in previous:
        if one.both in kept:
            continue
        number = of.get(one.both)
        if number is None or one.both not in wished:
            dropped.append(one)
        elif one.slot in place and board.open_slots(number) >> place[one.slot] & 1:
            board.place(number, place[one.slot])
        else:
            moving[one.both] = one
    return grid, board, dropped, moving


def _claimed(
    start: Board, claims: Sequence[int], displaced: set[int], watch: Stopwatch, seed: int
) -> tuple[Board, bool]:
    """The claims placed, and whether the number of moves is proven to be the smallest."""
    board = Board(start.grid, start.slot_of)
    left = board.fill(sorted(claims, key=lambda n: board.open_slots(n).bit_count()))
    if not left:
        return board, True
    if size(start.grid) <= WHOLE and watch.left(0.6):
        exact, proven = fewest_moves(start, claims, displaced, watch.left(0.6), seed)
        if exact is not None:
            return exact, proven
    proven = len(claims) == 1
    for number in left:
        search = _Chain(board, watch.up(0.6))
        if not search.place(number):
            proven = proven and search.complete and DEEPEST >= len(board.met())
    return board, proven


class _Chain:
    """Places one pair by moving others, one more at each try, so that the first success moves fewest."""

    def __init__(self, board: Board, stop: Callable[[], bool]) -> None:
        self.board, self.stop = board, stop
        self.nodes, self.complete = 0, True

    def place(self, number: int) -> bool:
        return any(self._put(number, moves, {number}) for moves in range(DEEPEST + 1))

    def _put(self, number: int, moves: int, moved: set[int]) -> bool:
        board = self.board
        self.nodes += 1
        if self.nodes > _NODES or (self.nodes % 256 == 0 and self.stop()):
            self.complete = False
            return False
        if mask := board.open_slots(number):
            board.place(number, bits(mask)[0])
            return True
        if not moves:
            return False
        for slot in bits(board.grid.pairs[number].allowed):
            blockers = board.in_the_way(number, slot)
            if len(blockers) > moves or moved & set(blockers):
                continue
            if blockers:
                options = [blockers]
            else:
                options = [[n] for n, at in enumerate(board.slot_of) if at == slot and n not in moved]
            if any(self._instead(number, slot, out, moves, moved) for out in options):
                return True
        return False

    def _instead(self, number: int, slot: int, out: list[int], moves: int, moved: set[int]) -> bool:
        board = self.board
        before = list(board.slot_of)
        for one in out:
            board.take(one)
        board.place(number, slot)
        left, now = moves - len(out), moved | set(out)
        if all(self._put(one, left, now) for one in out):
            return True
        self.board = Board(board.grid, before)
        board.__dict__.update(self.board.__dict__)
        self.board = board
        return False


def _told(
    event: Event,
    grid: Grid,
    board: Board,
    previous: Sequence[Meeting],
    dropped: list[Meeting],
    proven: bool,
    frozen: set[str],
    rng: Random,
    seed: int,
    watch: Stopwatch,
) -> Rescheduled:
    before = {one.both: one for one in previous}
    told = {one.both: one.table for one in previous if one.table is not None}
    slots = {one.both: one.slot for one in previous}
    found = meetings_of(board)
    stay = {both: table for both, table in told.items() if any(one.both == both and one.slot == slots[both] for one in found)}
    meetings = with_tables(event, found, stay)
    bound = counted_bound(grid)
    if watch.left():
        mutual = met_counts(grid, board.met())[0]
        relaxed = relaxed_bound(grid, degree_rows(grid), None, mutual, min(1.0, watch.left()))
        bound = relaxed
    schedule = schedule_of(board, meetings, bound, None, seed, watch.spent(), event=event, frozen=frozen)
    now = {one.both for one in meetings}
    return Rescheduled(
        schedule=schedule,
        moved=tuple(
            (before[one.both], one)
            for one in meetings
            if one.both in before and (before[one.both].slot, before[one.both].table) != (one.slot, one.table)
        ),
        new=tuple(one for one in meetings if one.both not in before),
        dropped=tuple(one for one in previous if one.both not in now),
        proven=proven,
    )
