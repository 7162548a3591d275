"""The schedule of a matchmaking event: built, bounded, improved, with its tables and its reasons."""

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from random import Random
from types import MappingProxyType

from grappe.network.meeting_board import UNMET, Board
from grappe.network.meeting_bound import Bound, counted_bound, degree_rows, relaxed_bound, slot_rows
from grappe.network.meeting_colouring import NO_EDGE, edge_colouring, levelled
from grappe.network.meeting_event import Event, Meeting
from grappe.network.meeting_grid import MUTUAL, Grid, bits, grid_of, met_counts
from grappe.network.meeting_order import availability, compacted, fairer, idle, numbers_of_meetings, wanted
from grappe.network.meeting_reasons import Unmet, unmet_wishes
from grappe.network.meeting_repair import WHOLE, in_time, repaired_slots, size, solved_whole
from grappe.network.meeting_search import exchanged
from grappe.network.meeting_selection import best_selection
from grappe.network.meeting_tables import table_changes, with_tables

TIME_LIMIT = 60.0
"""Seconds a schedule may take, unless asked otherwise."""
SLOT_RELAXATION = 40_000
"""Pairs times slots up to which the finer, slower relaxation is tried."""
_CELLS = 6_000
_FRUITLESS = 12
"""Repairs of some slots without gain after which no more are tried."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """Meetings, with what they reach, what nothing can exceed, and why each other wish is unmet.

    Attributes
    ----------
    meetings : tuple of Meeting
        In the order of slots, then of tables.
    unmet : tuple of Unmet
    wishes : int
        How many there are.
    objective : mapping
        Per term, in the order in which they count: ``mutual`` (wishes of both, met),
        ``one_sided`` (weight of the others met), ``least_meetings`` (of any participant who could be
        met), ``idle_slots``, ``table_changes``; and ``weighted``, which the bound is about.
    bounds : mapping
        Proven upper bound of ``mutual``, ``one_sided`` and, where known, ``least_meetings``.
    bound, gap : float
        ``weighted`` cannot exceed the first; the gap is ``(bound - weighted) / bound``.
    status : str
        ``optimal`` if the wishes met are proven to be the most; else ``feasible``.
    seed : int
    seconds : float
        Time it took.
    """

    meetings: tuple[Meeting, ...]
    unmet: tuple[Unmet, ...]
    wishes: int
    objective: Mapping[str, int]
    bounds: Mapping[str, int]
    bound: int
    gap: float
    status: str
    seed: int
    seconds: float


class Stopwatch:
    """Time left of a limit, by a clock that is given."""

    def __init__(self, limit: float, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._start = clock()
        self.limit = max(0.0, limit)

    def spent(self) -> float:
        """Seconds since the start."""
        return self._clock() - self._start

    def left(self, share: float = 1.0) -> float:
        """Seconds left of a share of the limit, none below zero."""
        return max(0.0, share * self.limit - self.spent())

    def up(self, share: float = 1.0) -> Callable[[], bool]:
        """A function that says whether a share of the limit is spent."""
        return lambda: self.left(share) <= 0


def make_schedule(
    event: Event,
    *,
    frozen: Collection[str] = (),
    seed: int = 0,
    time_limit: float = TIME_LIMIT,
    clock: Callable[[], float] = time.monotonic,
) -> Schedule:
    """The best schedule of an event that was found within a time limit, with its proven bound.

    Built first by filling, so that there is a schedule whatever the limit; then from the best set of
    pairs that degrees and tables allow, coloured by alternating paths; then improved by exchanges and
    by exact repair. See ``docs/methods/meeting-schedules.md``.

    Parameters
    ----------
    event : Event
    frozen : collection of str
        Slots in which nothing is added to the fixed meetings: those that have begun.
    seed : int
        The same seed gives the same schedule, unless the time limit cuts the work short.
    time_limit : float
        Seconds; with 0 the schedule is filled and no more.
    clock : function, optional
        Gives seconds that only rise.

    Returns
    -------
    Schedule

    Examples
    --------
    >>> from grappe.network.meeting_event import Participant, Wish
    >>> event = Event(("s1", "s2"), 1, tuple(map(Participant, "abc")), (Wish("a", "b"), Wish("a", "c")))
    >>> schedule = make_schedule(event)
    >>> len(schedule.meetings), schedule.status, schedule.gap
    (2, 'optimal', 0.0)
    """
    watch = Stopwatch(time_limit, clock)
    grid, rng = grid_of(event.closed_in(frozen)), Random(seed)
    board = Board(grid)
    board.fill(_by_score(grid))
    board, bound, least = _improved(board, watch, rng, seed)
    board = _ordered(board, watch, rng, least)
    meetings = with_tables(event, meetings_of(board))
    return schedule_of(board, meetings, bound, least, seed, watch.spent(), event=event, frozen=frozen)


def _improved(board: Board, watch: Stopwatch, rng: Random, seed: int) -> tuple[Board, Bound, int | None]:
    """A better board, the bound, and the largest smallest number of meetings where that is proven."""
    grid = board.grid
    bound, least = counted_bound(grid), None
    if not grid.pairs or not watch.left():
        return board, bound, least
    rows = degree_rows(grid)
    selected = best_selection(grid, rows, watch.left(0.5))
    if selected is not None:
        chosen, fair = selected
        built = _built(grid, chosen)
        if built.score() >= board.score():
            board = built
        if fair and all(board.slot_of[number] != UNMET for number in chosen):
            counts = numbers_of_meetings(board)
            least = min(counts[one] for one in wanted(grid))
    bound = _lower(bound, relaxed_bound(grid, rows, None, _mutual(board), watch.left(0.6)))
    if not _reached(board, bound):
        least = None
        board = exchanged(board, _target(grid, bound), rng, watch.up(0.2 if size(grid) <= WHOLE else 0.5))
        bound = _lower(bound, relaxed_bound(grid, rows, None, _mutual(board), watch.left(0.6)))
    if not _reached(board, bound) and size(grid) <= SLOT_RELAXATION and watch.left(0.7):
        finer, owner = slot_rows(grid)
        bound = _lower(bound, relaxed_bound(grid, finer, owner, _mutual(board), watch.left(0.7)))
    if least is None and size(grid) <= WHOLE and in_time(watch.left(0.9)):
        whole = solved_whole(board, (bound.mutual, bound.one_sided), partial(watch.left, 0.9), seed)
        board, least = whole.board, whole.least
        bound = Bound(
            bound.mutual if whole.mutual is None else whole.mutual,
            bound.one_sided if whole.one_sided is None else whole.one_sided,
        )
    fruitless = 0
    while not _reached(board, bound) and in_time(watch.left(0.9)) and fruitless < _FRUITLESS:
        better = repaired_slots(board, rng, _CELLS, partial(watch.left, 0.9), seed)
        fruitless = 0 if better is not board else fruitless + 1
        board = better
    return board, bound, least


def _built(grid: Grid, chosen: list[int]) -> Board:
    """A board of the chosen pairs, as many as find a slot, and of what else fits."""
    board = _coloured(grid, chosen) if grid.uniform else Board(grid)
    order = sorted(
        (n for n in chosen if board.slot_of[n] == UNMET), key=lambda n: grid.pairs[n].allowed.bit_count()
    )
    for number in order:
        board.weave(number)
    for number in board.fill(_by_score(grid)):
        board.weave(number)
    return board


def _coloured(grid: Grid, chosen: list[int]) -> Board:
    """A board by edge colouring, in the first slots that are enough, the same number in each."""
    slots = bits(grid.uniform)
    edges = [(grid.pairs[number].a, grid.pairs[number].b) for number in chosen]
    people = len(grid.event.participants)
    degrees = [0] * people
    for pair in edges:
        for one in pair:
            degrees[one] += 1
    tables = grid.room[slots[0]]
    needed = max(*degrees, -(-len(edges) // tables))
    for colours in range(min(needed, len(slots)), len(slots) + 1):
        colour = edge_colouring(edges, people, colours)
        if NO_EDGE not in colour:
            break
    colour = levelled(edges, colour, people, colours)
    board = Board(grid)
    for number, one in zip(chosen, colour, strict=True):
        if one != NO_EDGE and board.open_slots(number) >> slots[one] & 1:
            board.place(number, slots[one])
    return board


def _counts(board: Board) -> tuple[int, int]:
    return met_counts(board.grid, board.met())


def _mutual(board: Board) -> int:
    return _counts(board)[0]


def _reached(board: Board, bound: Bound) -> bool:
    return _counts(board) == (bound.mutual, bound.one_sided)


def _lower(one: Bound, other: Bound) -> Bound:
    return Bound(min(one.mutual, other.mutual), min(one.one_sided, other.one_sided))


def _target(grid: Grid, bound: Bound) -> int:
    """Score that no board exceeds, its ties left out: reached once the bounds are."""
    ties = 1 + sum(pair.ranks for pair in grid.pairs)
    step = ties * (1 + sum(pair.one_sided for pair in grid.pairs))
    return step * (bound.mutual - grid.fixed_mutual) + ties * (bound.one_sided - grid.fixed_one_sided)


def _ordered(board: Board, watch: Stopwatch, rng: Random, least: int | None) -> Board:
    if least is None:
        board = fairer(board, watch.up(0.95))
    board = compacted(board, rng, watch.up(0.97))
    # Meetings that moved may have left a slot open to two who wished for each other in vain.
    board.fill(_by_score(board.grid))
    return board


def _by_score(grid: Grid) -> list[int]:
    return sorted(range(len(grid.pairs)), key=lambda number: -grid.scores[number])


def meetings_of(board: Board) -> list[Meeting]:
    """Meetings of a board, without tables, and the fixed ones as they are.

    Parameters
    ----------
    board : Board

    Returns
    -------
    list of Meeting
    """
    event = board.grid.event
    people = event.participants
    found = list(event.fixed)
    for number in board.met():
        pair = board.grid.pairs[number]
        found.append(Meeting(people[pair.a].id, people[pair.b].id, event.slots[board.slot_of[number]]))
    return found


def schedule_of(
    board: Board,
    meetings: Sequence[Meeting],
    bound: Bound,
    least: int | None,
    seed: int,
    seconds: float,
    *,
    event: Event | None = None,
    frozen: Collection[str] = (),
) -> Schedule:
    """A board with its tables as a schedule: terms, bound, gap, unmet wishes.

    Parameters
    ----------
    board : Board
    meetings : sequence of Meeting
        Its meetings, each at a table.
    bound : Bound
    least : int or None
        The largest smallest number of meetings, where it is proven.
    seed : int
    seconds : float
        Time it took.
    event : Event, optional
        What unmet wishes are explained by, if it is not that of the board.
    frozen : collection of str
        Slots in which nothing could be added.

    Returns
    -------
    Schedule
    """
    grid = board.grid
    event = event or grid.event
    mutual, one_sided = _counts(board)
    counts, there = numbers_of_meetings(board), availability(grid)
    full = (1 << len(grid.room)) - 1
    objective = {
        "mutual": mutual,
        "one_sided": one_sided,
        "least_meetings": min((counts[one] for one in wanted(grid)), default=0),
        "idle_slots": sum(idle(there[one], full & ~board.free[one]) for one in range(len(there))),
        "table_changes": table_changes(event, meetings),
        "weighted": MUTUAL * mutual + one_sided,
    }
    bounds = {"mutual": bound.mutual, "one_sided": bound.one_sided}
    if least is not None:
        bounds["least_meetings"] = least
    return Schedule(
        meetings=tuple(meetings),
        unmet=unmet_wishes(event, meetings, frozen),
        wishes=len(event.wishes),
        objective=MappingProxyType(objective),
        bounds=MappingProxyType(bounds),
        bound=bound.weighted,
        gap=(bound.weighted - objective["weighted"]) / bound.weighted if bound.weighted else 0.0,
        status="optimal" if _reached(board, bound) else "feasible",
        seed=seed,
        seconds=seconds,
    )
