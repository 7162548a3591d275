"""Fairness and compactness of a schedule, improved without losing a wish."""

from collections.abc import Callable
from random import Random

from grappe.network.meeting_board import NOBODY, UNMET, Board
from grappe.network.meeting_grid import Grid, bits

STEPS = 60_000
"""Swaps tried at most for compactness."""
_LOOK = 64
_LONGEST = 60
"""Meetings that one swap may move; longer chains rarely help."""


def numbers_of_meetings(board: Board) -> list[int]:
    """How many meetings each participant has, fixed ones included.

    Parameters
    ----------
    board : Board

    Returns
    -------
    list of int
    """
    slots = len(board.grid.room)
    return [slots - mask.bit_count() for mask in board.free[: len(board.grid.event.participants)]]


def wanted(grid: Grid) -> list[int]:
    """Participants who have a meeting or a pair that could meet: those over whom fairness is counted.

    Parameters
    ----------
    grid : Grid

    Returns
    -------
    list of int
    """
    people = range(len(grid.event.participants))
    return [one for one in people if grid.around[one] or grid.busy[one]]


def fairer(board: Board, stop: Callable[[], bool]) -> Board:
    """A board whose participants with fewest meetings have one more, where an even exchange allows it.

    A pair of theirs comes in for one that weighs the same, between two who have more.

    Parameters
    ----------
    board : Board
    stop : function
        Whether time is up.

    Returns
    -------
    Board
    """
    now = Board(board.grid, board.slot_of)
    while not stop():
        counts = numbers_of_meetings(now)
        people = wanted(now.grid)
        least = min((counts[one] for one in people), default=0)
        poor = [one for one in people if counts[one] == least]
        if not poor or not all([_raised(now, one, counts, least) for one in poor]):
            break
    return now


def _raised(board: Board, one: int, counts: list[int], least: int) -> bool:
    pairs = board.grid.pairs
    if counts[one] > least:
        return True
    for number in board.grid.around[one]:
        if board.slot_of[number] != UNMET:
            continue
        pair = pairs[number]
        for slot in bits(pair.allowed):
            blockers = board.in_the_way(number, slot)
            if len(blockers) != 1 or one in (pairs[blockers[0]].a, pairs[blockers[0]].b):
                continue
            out = pairs[blockers[0]]
            same = (out.mutual, out.one_sided) == (pair.mutual, pair.one_sided)
            leaves = [p for p in (out.a, out.b) if p not in (pair.a, pair.b)]
            if same and all(counts[p] > least + 1 for p in leaves):
                board.take(blockers[0])
                board.place(number, slot)
                counts[one] += 1
                for p in leaves:
                    counts[p] -= 1
                for p in (pair.a + pair.b - one,):
                    counts[p] += p not in (out.a, out.b)
                return True
    return False


def idle(available: int, busy: int) -> int:
    """Slots without a meeting between the first and the last one, where the participant is available.

    Parameters
    ----------
    available, busy : int
        Slots, a bit each.

    Returns
    -------
    int

    Examples
    --------
    >>> idle(available=0b11111, busy=0b10010)
    2
    """
    if not busy:
        return 0
    span = (1 << busy.bit_length()) - (busy & -busy)
    return (span & available & ~busy).bit_count()


def availability(grid: Grid) -> list[int]:
    """Slots in which each participant is available, a bit each.

    Parameters
    ----------
    grid : Grid

    Returns
    -------
    list of int
    """
    place = {slot: number for number, slot in enumerate(grid.event.slots)}
    return [
        sum(1 << place[slot] for slot in grid.event.free(one.id)) for one in grid.event.participants
    ]


def compacted(board: Board, rng: Random, stop: Callable[[], bool], steps: int = STEPS) -> Board:
    """A board with fewer idle slots, reached by swapping two slots along chains of meetings.

    Parameters
    ----------
    board : Board
    rng : random.Random
    stop : function
        Whether time is up.
    steps : int
        Swaps to try.

    Returns
    -------
    Board
        The same pairs meet.
    """
    now = Board(board.grid, board.slot_of)
    met, available = now.met(), availability(now.grid)
    people, full = len(available), (1 << len(now.room)) - 1

    def gaps(one: int) -> int:
        return idle(available[one], full & ~now.free[one])

    for step in range(steps if met else 0):
        if step % _LOOK == 0 and stop():
            break
        number = met[rng.randrange(len(met))]
        pair, here = now.grid.pairs[number], now.slot_of[number]
        if not gaps(pair.a) and not gaps(pair.b):
            continue
        others = bits(pair.allowed & ~(1 << here))
        if not others:
            continue
        there = others[rng.randrange(len(others))]
        chain = _chain(now, number, here, there)
        if chain is None:
            continue
        touched = {one for n in chain for one in now.grid.pairs[n].takes if one < people}
        before = sum(map(gaps, touched))
        _swap(now, chain, here, there)
        if sum(map(gaps, touched)) > before:
            _swap(now, chain, here, there)
    return now


def _chain(board: Board, number: int, here: int, there: int) -> list[int] | None:
    """Meetings that must swap two slots together with one; nothing if some cannot."""
    pairs = board.grid.pairs
    found, stack, moved = [number], [number], {number}
    balance = 0
    while stack:
        one = stack.pop()
        to = there if board.slot_of[one] == here else here
        if not pairs[one].allowed >> to & 1:
            return None
        balance += 1 if to == there else -1
        for resource in pairs[one].takes:
            other = board.at[resource][to]
            if other != NOBODY and other not in moved:
                moved.add(other)
                found.append(other)
                stack.append(other)
        if len(found) > _LONGEST:
            return None
    if board.room[there] < balance or board.room[here] < -balance:
        return None
    return found


def _swap(board: Board, chain: list[int], here: int, there: int) -> None:
    slots = [board.take(number) for number in chain]
    for number, slot in zip(chain, slots, strict=True):
        board.place(number, there if slot == here else here)
