"""Meetings placed in slots, and the moves that place one more: directly, or along an alternating path."""

from collections.abc import Iterable, Sequence

from grappe.network.meeting_grid import Grid, bits

NOBODY = -1
UNMET = -1


class Board:
    """A schedule in the making: which pair meets in which slot, never breaking a rule.

    Parameters
    ----------
    grid : Grid
    slot_of : sequence of int, optional
        Slot of each pair, `UNMET` for none; by default nobody meets.

    Examples
    --------
    >>> from grappe.network.meeting_event import Event, Participant, Wish
    >>> from grappe.network.meeting_grid import grid_of
    >>> people = tuple(map(Participant, "abc"))
    >>> board = Board(grid_of(Event(("s1", "s2"), 1, people, (Wish("a", "b"), Wish("b", "c")))))
    >>> board.open_slots(0)
    3
    >>> board.place(0, 0)
    >>> board.open_slots(1), board.met()
    (2, [0])
    """

    def __init__(self, grid: Grid, slot_of: Sequence[int] | None = None) -> None:
        self.grid = grid
        slots = len(grid.room)
        full = (1 << slots) - 1
        self.slot_of = [UNMET] * len(grid.pairs)
        self.at = [[NOBODY] * slots for _ in range(grid.resources)]
        self.free = [full & ~mask for mask in grid.busy]
        self.room = list(grid.room)
        self.open = sum(1 << slot for slot, left in enumerate(self.room) if left > 0)
        for number, slot in enumerate(slot_of or ()):
            if slot != UNMET:
                self.place(number, slot)

    def met(self) -> list[int]:
        """Pairs that meet, by number."""
        return [number for number, slot in enumerate(self.slot_of) if slot != UNMET]

    def score(self) -> int:
        """Sum of `Grid.scores` of the pairs that meet."""
        scores = self.grid.scores
        return sum(scores[number] for number, slot in enumerate(self.slot_of) if slot != UNMET)

    def open_slots(self, number: int) -> int:
        """Slots, a bit each, in which a pair could meet beside all that is placed."""
        pair = self.grid.pairs[number]
        mask = pair.allowed & self.open
        for one in pair.takes:
            mask &= self.free[one]
        return mask

    def place(self, number: int, slot: int) -> None:
        """Let an unmet pair meet in a slot that is open to it."""
        self.slot_of[number] = slot
        bit = 1 << slot
        for one in self.grid.pairs[number].takes:
            self.at[one][slot] = number
            self.free[one] &= ~bit
        self.room[slot] -= 1
        if self.room[slot] == 0:
            self.open &= ~bit

    def take(self, number: int) -> int:
        """Take a pair off; its slot."""
        slot = self.slot_of[number]
        self.slot_of[number] = UNMET
        bit = 1 << slot
        for one in self.grid.pairs[number].takes:
            self.at[one][slot] = NOBODY
            self.free[one] |= bit
        self.room[slot] += 1
        self.open |= bit
        return slot

    def in_the_way(self, number: int, slot: int) -> list[int]:
        """Pairs that hold what a pair needs in a slot; the number of tables is not looked at."""
        found = {self.at[one][slot] for one in self.grid.pairs[number].takes}
        return sorted(found - {NOBODY})

    def fill(self, order: Iterable[int]) -> list[int]:
        """Place pairs where a slot is open to them, the one with most room left; those that found none."""
        left = []
        for number in order:
            if self.slot_of[number] != UNMET:
                continue
            mask = self.open_slots(number)
            if mask:
                self.place(number, max(bits(mask), key=lambda slot: (self.room[slot], -slot)))
            else:
                left.append(number)
        return left

    def weave(self, number: int) -> bool:
        """Place a pair by swapping two slots along a path of meetings; whether that was possible.

        One of the two is free in slot s, the other in slot t. From the second, meetings in s and t
        alternate along a path; if every one of them may swap its slot, s becomes free for both. In a
        bipartite event without other conditions it always works: this is how König's theorem is proven.

        References
        ----------
        D. König, "Über Graphen und ihre Anwendung auf Determinantentheorie und Mengenlehre",
        Mathematische Annalen 77, 1916.
        """
        pair = self.grid.pairs[number]
        if mask := self.open_slots(number):
            self.place(number, max(bits(mask), key=lambda slot: (self.room[slot], -slot)))
            return True
        usable = pair.allowed
        for one in pair.takes[2:]:
            usable &= self.free[one]
        for start, other in ((pair.b, pair.a), (pair.a, pair.b)):
            for slot in bits(self.free[other] & usable):
                for spare in bits(self.free[start]):
                    if spare != slot and self._swap(start, other, slot, spare, number):
                        return True
        return False

    def _swap(self, start: int, other: int, slot: int, spare: int, number: int) -> bool:
        """Swap `slot` and `spare` along the path from `start`, then place the pair in `slot`."""
        path, pairs, at = [], self.grid.pairs, self.at
        here, now, then = start, slot, spare
        while (one := at[here][now]) != NOBODY:
            pair = pairs[one]
            # The table of a host would have to be looked after as well: such paths are left to others.
            if len(pair.takes) > 2 or not pair.allowed >> then & 1:
                return False
            path.append(one)
            here = pair.a + pair.b - here
            if here == other:
                return False
            if not (self.free[here] >> then & 1) and at[here][then] == NOBODY:
                return False
            now, then = then, now
        lost = (len(path) + 1) // 2  # meetings that leave `slot`; those that come are the others
        came = len(path) - lost
        if self.room[slot] + lost - came < 1 or self.room[spare] + came - lost < 0:
            return False
        for one in path:
            self.take(one)
        leaves = True
        for one in path:
            self.place(one, spare if leaves else slot)
            leaves = not leaves
        self.place(number, slot)
        return True
