"""Better sets of meetings by many small exchanges: one pair comes in, those in its way go elsewhere or out."""

import math
from collections.abc import Callable
from random import Random

from grappe.network.meeting_board import NOBODY, UNMET, Board
from grappe.network.meeting_grid import bits

STEPS = 400_000
"""Exchanges tried at most; a schedule that stops by this number alone is the same on any machine."""
_HOT, _COLD = 1.5, 0.05
"""Weights of wishes that may be lost at the start and at the end with a chance of one in e."""
_LOOK = 64


def exchanged(
    board: Board, target: int, rng: Random, stop: Callable[[], bool], steps: int = STEPS
) -> Board:
    """The best board found by simulated annealing over exchanges, and by filling what is left open.

    An exchange takes an unmet pair and a slot, takes off what is in its way there, and places each of
    those in another open slot where there is one. It is accepted if it loses nothing, or with a chance
    that falls with the loss and with time.

    Parameters
    ----------
    board : Board
        Where to start; it is left as it is.
    target : int
        Score at which nothing can be gained any more.
    rng : random.Random
    stop : function
        Whether time is up; asked every few exchanges.
    steps : int
        Exchanges to try.

    Returns
    -------
    Board

    References
    ----------
    S. Kirkpatrick, C. D. Gelatt and M. P. Vecchi, "Optimization by simulated annealing", Science 220,
    1983. I. Blöchliger and N. Zufferey, "A graph coloring heuristic using partial solutions and a
    reactive tabu scheme", Computers & Operations Research 35, 2008, for partial colourings.
    """
    grid = board.grid
    now = Board(grid, board.slot_of)
    now.fill(sorted(range(len(grid.pairs)), key=lambda n: -grid.scores[n]))
    unmet = [number for number, slot in enumerate(now.slot_of) if slot == UNMET]
    score = best = now.score()
    kept = list(now.slot_of)
    for step in range(steps):
        if not unmet or best >= target or (step % _LOOK == 0 and stop()):
            break
        heat = _HOT * (_COLD / _HOT) ** (step / steps)
        place = rng.randrange(len(unmet))
        gain = _exchange(now, unmet, place, heat, rng)
        score += gain
        if gain > 0 and score > best:
            best, kept = score, list(now.slot_of)
    found = Board(grid, kept)
    found.fill(sorted(range(len(grid.pairs)), key=lambda n: -grid.scores[n]))
    return found


def _exchange(board: Board, unmet: list[int], place: int, heat: float, rng: Random) -> int:
    """Try one exchange for an unmet pair; what the score gained."""
    grid, number = board.grid, unmet[place]
    weights, scores = grid.pairs, grid.scores
    best: tuple[float, float, int, list[int]] | None = None
    for slot in bits(grid.pairs[number].allowed):
        blockers = board.in_the_way(number, slot)
        if not blockers and not board.room[slot]:
            other = _somebody(board, slot, rng)
            if other is None:
                continue
            blockers = [other]
        loss = 0.0
        for one in blockers:
            if not board.open_slots(one) & ~(1 << slot):
                loss += weights[one].weight
        key = (loss, rng.random(), slot, blockers)
        if best is None or key < best:
            best = key
    if best is None:
        return 0
    loss, _, slot, blockers = best
    change = weights[number].weight - loss
    if change < 0 and rng.random() >= math.exp(change / heat):
        return 0
    for one in blockers:
        board.take(one)
    board.place(number, slot)
    gain = scores[number]
    unmet[place] = unmet[-1]
    unmet.pop()
    for one in blockers:
        mask = board.open_slots(one)
        if mask:
            choices = bits(mask)
            board.place(one, choices[rng.randrange(len(choices))])
        else:
            gain -= scores[one]
            unmet.append(one)
    return gain


def _somebody(board: Board, slot: int, rng: Random) -> int | None:
    """A meeting of a slot, drawn by chance, rather one that can move elsewhere or weighs little."""
    people = len(board.grid.event.participants)
    found: int | None = None
    for _ in range(8):
        one = board.at[rng.randrange(people)][slot]
        if one == NOBODY:
            continue
        if board.open_slots(one):
            return one
        if found is None or board.grid.pairs[one].weight < board.grid.pairs[found].weight:
            found = one
    return found
