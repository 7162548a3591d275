"""Exact repair with a constraint solver: of a whole small event, or of a few slots of a large one."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from grappe.network.meeting_board import UNMET, Board
from grappe.network.meeting_grid import Grid, bits

WHOLE = 15_000
"""Pairs times slots up to which an event is solved whole."""


@dataclass(frozen=True, slots=True)
class Repaired:
    """A board, and what was proven of it: the most that any schedule reaches, where that is known.

    `one_sided` presumes as many mutual wishes as the board meets; both include fixed meetings.
    """

    board: Board
    mutual: int | None = None
    one_sided: int | None = None
    least: int | None = None


class _Model:
    """The rules over some pairs and slots, as constraints."""

    def __init__(self, board: Board, pairs: Sequence[int], slots: int) -> None:
        # Imported here: it takes a second, and most events are solved without it.
        from ortools.sat.python import cp_model

        self.cp = cp_model
        self.model: Any = cp_model.CpModel()
        self.board, self.pairs = board, list(pairs)
        grid = board.grid
        inside = set(self.pairs)
        room = list(board.room)
        held: dict[tuple[int, int], list[Any]] = {}
        here: dict[int, list[Any]] = {}
        self.at: dict[int, dict[int, Any]] = {}
        for number in self.pairs:
            now = board.slot_of[number]
            if now != UNMET:
                room[now] += 1
        for number in self.pairs:
            pair = grid.pairs[number]
            self.at[number] = {}
            for slot in bits(pair.allowed & slots):
                blockers = [board.at[one][slot] for one in pair.takes]
                if any(one >= 0 and one not in inside for one in blockers):
                    continue
                cell = self.model.new_bool_var("")
                self.at[number][slot] = cell
                for one in pair.takes:
                    held.setdefault((one, slot), []).append(cell)
                here.setdefault(slot, []).append(cell)
        for cells in held.values():
            if len(cells) > 1:
                self.model.add_at_most_one(cells)
        for slot, cells in here.items():
            if len(cells) > room[slot]:
                self.model.add(sum(cells) <= room[slot])
        self.met: dict[int, Any] = {}
        for number, cells_of in self.at.items():
            self.met[number] = self.model.new_bool_var("")
            self.model.add_exactly_one([*cells_of.values(), self.met[number].negated()])

    def hint(self, slot_of: Sequence[int]) -> None:
        self.model.clear_hints()
        for number, cells in self.at.items():
            for slot, cell in cells.items():
                self.model.add_hint(cell, slot_of[number] == slot)
            self.model.add_hint(self.met[number], slot_of[number] != UNMET)

    def solve(self, seconds: float, seed: int) -> tuple[list[int] | None, bool]:
        """Slot of every pair of the board, if a schedule was found, and whether it is proven the best."""
        solver = self.cp.CpSolver()
        solver.parameters.max_time_in_seconds = max(0.01, seconds)
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = seed
        status = solver.solve(self.model)
        if status not in (self.cp.OPTIMAL, self.cp.FEASIBLE):
            return None, False
        found = list(self.board.slot_of)
        for number, cells in self.at.items():
            found[number] = next((s for s, cell in cells.items() if solver.boolean_value(cell)), UNMET)
        return found, status == self.cp.OPTIMAL


def size(grid: Grid) -> int:
    """Pairs times the slots in which each could meet.

    Parameters
    ----------
    grid : Grid

    Returns
    -------
    int
    """
    return sum(pair.allowed.bit_count() for pair in grid.pairs)


def solved_whole(board: Board, proven: tuple[bool, bool], seconds: float, seed: int) -> Repaired:
    """A whole event, term after term: mutual wishes, one-sided ones, the smallest number of meetings.

    Parameters
    ----------
    board : Board
        Where to start.
    proven : (bool, bool)
        Whether its mutual and its one-sided wishes are known to be the most already.
    seconds : float
        Time for all.
    seed : int

    Returns
    -------
    Repaired
    """
    grid = board.grid
    full = (1 << len(grid.room)) - 1
    model = _Model(board, range(len(grid.pairs)), full)
    best = list(board.slot_of)
    reached: list[int | None] = []
    terms = [[int(pair.mutual) for pair in grid.pairs], [pair.one_sided for pair in grid.pairs]]
    base = (grid.fixed_mutual, grid.fixed_one_sided)
    for term, known, fixed in zip(terms, proven, base, strict=True):
        total = sum(term[number] * met for number, met in model.met.items() if term[number])
        decided = known
        if not known and any(term):
            model.hint(best)
            model.model.maximize(total)
            found, decided = model.solve(seconds / 3, seed)
            model.model.clear_objective()
            best = found or best
        value = sum(term[number] for number, slot in enumerate(best) if slot != UNMET)
        reached.append(fixed + value if decided or not any(term) else None)
        if any(term):
            model.model.add(total >= value)
        if not decided and any(term):
            # What comes after is worth nothing before this term is settled.
            return Repaired(Board(grid, best), *[*reached, None][:2])
    least = _fairest(model, grid, best, seconds / 3, seed)
    if least is not None:
        best = least[0]
    return Repaired(Board(grid, best), reached[0], reached[1], least[1] if least else None)


def _fairest(
    model: _Model, grid: Grid, best: list[int], seconds: float, seed: int
) -> tuple[list[int], int] | None:
    """A schedule whose smallest number of meetings is proven to be the largest, and that number."""
    people = [one for one in range(len(grid.event.participants)) if grid.around[one] or grid.busy[one]]
    if not people:
        return None
    lowest = model.model.new_int_var(0, len(grid.room), "")
    for one in people:
        met = [model.met[number] for number in grid.around[one]]
        model.model.add(lowest <= sum(met) + grid.busy[one].bit_count())
    model.hint(best)
    model.model.maximize(lowest)
    found, decided = model.solve(seconds, seed)
    if found is None or not decided:
        return None
    counts = [grid.busy[one].bit_count() for one in range(len(grid.event.participants))]
    for number, slot in enumerate(found):
        if slot != UNMET:
            counts[grid.pairs[number].a] += 1
            counts[grid.pairs[number].b] += 1
    return found, min(counts[one] for one in people)


def repaired_slots(board: Board, rng: Random, cells: int, seconds: float, seed: int) -> Board:
    """A board whose meetings in a few slots, drawn by chance, are the best that these slots allow.

    Parameters
    ----------
    board : Board
    rng : random.Random
    cells : int
        Pairs times slots that are looked at together, about.
    seconds : float
    seed : int

    Returns
    -------
    Board
        Never worse than the one given.
    """
    grid = board.grid
    slots, chosen, looked = 0, set[int](), 0
    unmet = [number for number, slot in enumerate(board.slot_of) if slot == UNMET]
    for slot in rng.sample(range(len(grid.room)), len(grid.room)):
        here = [number for number, at in enumerate(board.slot_of) if at == slot]
        more = [number for number in unmet if grid.pairs[number].allowed >> slot & 1]
        looked += len(here) + len(more)
        if slots and (looked * (slots.bit_count() + 1)) > cells:
            break
        slots |= 1 << slot
        chosen |= {*here, *more}
    model = _Model(board, sorted(chosen), slots)
    scores = grid.scores
    model.hint(board.slot_of)
    model.model.maximize(sum(scores[number] * met for number, met in model.met.items()))
    found, _ = model.solve(seconds, seed)
    if found is None:
        return board
    better = Board(grid, found)
    return better if better.score() > board.score() else board


def filled(board: Board, seconds: float, seed: int) -> Board:
    """A board with the best of the unmet pairs in what is free; no meeting moves.

    Parameters
    ----------
    board : Board
    seconds : float
        With 0, pairs are placed one after the other, the weightiest first.
    seed : int

    Returns
    -------
    Board
    """
    grid = board.grid
    simple = Board(grid, board.slot_of)
    order = sorted(range(len(grid.pairs)), key=lambda number: -grid.scores[number])
    hopeful = [n for n in order if board.slot_of[n] == UNMET and board.open_slots(n)]
    left = simple.fill(hopeful)
    if not left or seconds <= 0:
        return simple
    model = _Model(board, hopeful, (1 << len(grid.room)) - 1)
    model.hint(simple.slot_of)
    model.model.maximize(sum(grid.scores[number] * met for number, met in model.met.items()))
    found, _ = model.solve(seconds, seed)
    better = simple if found is None else Board(grid, found)
    return better if better.score() > simple.score() else simple


def fewest_moves(
    board: Board, claims: Sequence[int], displaced: set[int], seconds: float, seed: int
) -> tuple[Board | None, bool]:
    """The claims that can be placed while all others still meet, and the fewest moves that this takes.

    Parameters
    ----------
    board : Board
        Meetings that stand; claims are unmet.
    claims : sequence of int
        Pairs to place.
    displaced : set of int
        Claims that had a meeting before: placed before any other.
    seconds : float
    seed : int

    Returns
    -------
    (Board or None, bool)
        Nothing if none was found in time; whether both steps are proven.
    """
    grid = board.grid
    standing = board.met()
    model = _Model(board, [*standing, *claims], (1 << len(grid.room)) - 1)
    for number in standing:
        model.model.add(model.met[number] == 1)
    step = 1 + sum(grid.scores[number] for number in claims)
    worth = {n: grid.scores[n] + (step if n in displaced else 0) for n in claims}
    total = sum(worth[number] * model.met[number] for number in claims)
    model.hint(board.slot_of)
    model.model.maximize(total)
    found, first = model.solve(seconds / 2, seed)
    if found is None:
        return None, False
    model.model.clear_objective()
    model.model.add(total >= sum(worth[number] for number in claims if found[number] != UNMET))
    model.hint(found)
    stays = [model.at[number][board.slot_of[number]] for number in standing]
    model.model.maximize(sum(stays) if stays else 0)
    better, second = model.solve(seconds / 2, seed)
    return Board(grid, better or found), first and second
