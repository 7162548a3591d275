"""Exact repair with a constraint solver: of a whole small event, or of a few slots of a large one."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from grappe.network.meeting_board import UNMET, Board
from grappe.network.meeting_grid import Grid, bits, met_counts

WHOLE = 15_000
"""Pairs times slots up to which an event is solved whole."""
_SOLVER = "ortools.sat.python.cp_model"
_LOADING, _ASKING = 1.0, 0.02
"""Seconds that it takes at least to ask the solver, before it is loaded and once it is."""
_SHORT = 3.0
"""Seconds that one repair of some slots may take."""
_FIRST = 0.9
"""Share of the time that goes to wishes; the rest is for fairness."""


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

    def solve(self, seconds: float, seed: int, goal: int | None = None) -> tuple[list[int] | None, bool]:
        """Slot of every pair of the board, if a schedule was found, and whether it is proven the best.

        A schedule whose objective is the goal is the best.
        """
        solver = self.cp.CpSolver()
        solver.parameters.max_time_in_seconds = max(0.01, seconds)
        solver.parameters.num_workers = 1
        solver.parameters.linearization_level = 2
        solver.parameters.random_seed = seed
        status = solver.solve(self.model, None if goal is None else _until(goal))
        if status not in (self.cp.OPTIMAL, self.cp.FEASIBLE):
            return None, False
        found = list(self.board.slot_of)
        for number, cells in self.at.items():
            found[number] = next((s for s, cell in cells.items() if solver.boolean_value(cell)), UNMET)
        reached = goal is not None and solver.objective_value >= goal
        return found, reached or status == self.cp.OPTIMAL


def _until(goal: int) -> Any:
    """What ends a search once its objective is the goal."""
    from ortools.sat.python import cp_model

    class Until(cp_model.CpSolverSolutionCallback):
        def on_solution_callback(self) -> None:
            if self.objective_value >= goal:
                self.stop_search()

    return Until()


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


def in_time(seconds: float) -> bool:
    """Whether some seconds are enough to ask the solver, which takes about one to load the first time.

    Parameters
    ----------
    seconds : float

    Returns
    -------
    bool
    """
    return seconds > (_ASKING if _SOLVER in sys.modules else _LOADING)


def solved_whole(board: Board, most: tuple[int, int], left: Callable[[], float], seed: int) -> Repaired:
    """A whole event: mutual wishes and one-sided ones as one number, then the smallest number of meetings.

    Parameters
    ----------
    board : Board
        Where to start.
    most : (int, int)
        Mutual wishes and weight of one-sided ones that no schedule exceeds, fixed meetings included:
        the search ends as soon as it is there.
    left : function
        Seconds left.
    seed : int

    Returns
    -------
    Repaired
    """
    grid = board.grid
    model = _Model(board, range(len(grid.pairs)), (1 << len(grid.room)) - 1)
    step = 1 + sum(pair.one_sided for pair in grid.pairs)
    worth = [step * pair.mutual + pair.one_sided for pair in grid.pairs]
    total = sum(worth[number] * met for number, met in model.met.items())
    best, proven = list(board.slot_of), met_counts(grid, board.met()) == most
    if not proven:
        model.hint(best)
        model.model.maximize(total)
        goal = step * (most[0] - grid.fixed_mutual) + most[1] - grid.fixed_one_sided
        found, proven = model.solve(_FIRST * left(), seed, goal)
        model.model.clear_objective()
        best = found or best
    done = Board(grid, best)
    if not proven:
        return Repaired(done)
    mutual, one_sided = met_counts(grid, done.met())
    model.model.add(total >= sum(worth[number] for number in done.met()))
    least = _fairest(model, grid, best, left(), seed)
    if least is None:
        return Repaired(done, mutual, one_sided)
    return Repaired(Board(grid, least[0]), mutual, one_sided, least[1])


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


def repaired_slots(board: Board, rng: Random, cells: int, left: Callable[[], float], seed: int) -> Board:
    """A board whose meetings in a few slots, drawn by chance, are the best that these slots allow.

    Parameters
    ----------
    board : Board
    rng : random.Random
    cells : int
        Pairs times slots that are looked at together, about.
    left : function
        Seconds left.
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
    found, _ = model.solve(min(_SHORT, left()), seed)
    if found is None:
        return board
    better = Board(grid, found)
    return better if better.score() > board.score() else board


def filled(board: Board, left: Callable[[], float], seed: int) -> Board:
    """A board with the best of the unmet pairs in what is free; no meeting moves.

    Parameters
    ----------
    board : Board
    left : function
        Seconds left; with none, pairs are placed one after the other, the weightiest first.
    seed : int

    Returns
    -------
    Board
    """
    grid = board.grid
    simple = Board(grid, board.slot_of)
    order = sorted(range(len(grid.pairs)), key=lambda number: -grid.scores[number])
    hopeful = [n for n in order if board.slot_of[n] == UNMET and board.open_slots(n)]
    if not simple.fill(hopeful) or not in_time(left()):
        return simple
    model = _Model(board, hopeful, (1 << len(grid.room)) - 1)
    model.hint(simple.slot_of)
    model.model.maximize(sum(grid.scores[number] * met for number, met in model.met.items()))
    found, _ = model.solve(min(_SHORT, left()), seed)
    better = simple if found is None else Board(grid, found)
    return better if better.score() > simple.score() else simple


def fewest_moves(
    board: Board, claims: Sequence[int], displaced: set[int], left: Callable[[], float], seed: int
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
    left : function
        Seconds left.
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
    found, first = model.solve(left() / 2, seed)
    if found is None:
        return None, False
    model.model.clear_objective()
    model.model.add(total >= sum(worth[number] for number in claims if found[number] != UNMET))
    model.hint(found)
    stays = [model.at[number][board.slot_of[number]] for number in standing]
    model.model.maximize(sum(stays) if stays else 0)
    better, second = model.solve(left(), seed)
    return Board(grid, better or found), first and second
