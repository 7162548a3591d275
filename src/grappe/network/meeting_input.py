"""An event from the mapping of an ``event.yml``: every mistake is named at once, each with its place."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from grappe.domain.errors import InputRefused, Problem
from grappe.network.meeting_event import TWO_SIDES, Event, Meeting, Participant, Wish

Path = tuple[str | int, ...]
LineOf = Callable[[Path], int | None]

KEYS = {
    "event": (("slots", "tables", "participants"), ("wishes", "blocked", "fixed")),
    "participant": (("id",), ("side", "available", "host_table")),
    "wish": (("from", "to"), ("rank",)),
    "fixed": (("a", "b", "slot"), ("table",)),
}
"""Keys of each kind of mapping: those that must be there, and those that may."""


def read_event(given: Any, name: str, line_of: LineOf | None = None) -> Event:
    """An event from plain values, as YAML or JSON gives them.

    Parameters
    ----------
    given : mapping
        ``slots``, ``tables``, ``participants`` and, optionally, ``wishes``, ``blocked``, ``fixed``.
    name : str
        Name of the file, for messages.
    line_of : function, optional
        Gives the line of the value at a path of keys and indices.

    Returns
    -------
    Event

    Raises
    ------
    InputRefused
        With everything that is wrong: unknown or missing keys, wrong types, ids given twice or not
        listed, wishes to oneself, to one's own side or given twice, ranks, tables, no slot.

    Examples
    --------
    >>> given = {"slots": ["s1"], "tables": 1, "participants": [{"id": "a"}, {"id": "b"}],
    ...          "wishes": [{"from": "a", "to": "b", "rank": 1}]}
    >>> read_event(given, "event.yml").wishes
    (Wish(sender='a', receiver='b', rank=1),)
    >>> try:
    ...     read_event(given | {"tables": 0, "wishes": [{"from": "a", "to": "a"}]}, "event.yml")
    ... except InputRefused as error:
    ...     [(problem.code, problem.field) for problem in error.problems]
    [('tables_below_one', 'tables'), ('wish_to_self', 'wishes[0]')]
    """
    reader = _Reader(name, line_of or (lambda path: None))
    event = reader.event(given)
    if event is None:
        raise InputRefused(
            "schedule_refused", file=name, count=len(reader.problems), problems=reader.problems
        )
    return event


class _Reader:
    """Reads one event, keeping every problem it meets."""

    def __init__(self, name: str, line_of: LineOf) -> None:
        self.name, self.line_of = name, line_of
        self.problems: list[Problem] = []
        self.slots: list[str] = []
        self.ids: list[str] = []
        self.sides: dict[str, str | None] = {}

    def say(self, code: str, path: Path, value: object = None, /, **params: object) -> None:
        shown = None if value is None else str(value)[:120]
        words = {key: str(text) for key, text in params.items()}
        self.problems.append(Problem(code, self.name, self.line_of(path), _place(path), shown, words))

    def event(self, given: Any) -> Event | None:
        top = self.mapping(given, "event", ())
        if top is None:
            return None
        self.slots = self.names(top.get("slots"), ("slots",)) if "slots" in top else []
        if "slots" in top and isinstance(top["slots"], list) and not top["slots"]:
            self.say("slots_empty", ("slots",))
        tables = self.whole(top["tables"], ("tables",)) if "tables" in top else None
        if tables is not None and tables < 1:
            self.say("tables_below_one", ("tables",), tables)
        people = self.participants(top.get("participants", []), tables)
        wishes = self.wishes(top.get("wishes") or [])
        blocked = self.blocked(top.get("blocked") or [])
        fixed = self.fixed(top.get("fixed") or [], tables)
        if self.problems or tables is None:
            return None
        return Event(tuple(self.slots), tables, people, wishes, blocked, fixed)

    def mapping(self, given: Any, kind: str, path: Path) -> Mapping[str, Any] | None:
        if not isinstance(given, Mapping):
            self.say("wrong_type", path, _short(given), expected="mapping")
            return None
        needed, optional = KEYS[kind]
        for key in given:
            if key not in (*needed, *optional):
                self.say("key_not_known", (*path, str(key)), accepted=", ".join((*needed, *optional)))
        for key in needed:
            if given.get(key) is None:
                self.say("key_missing", path, key=key)
        return {str(key): value for key, value in given.items() if value is not None}

    def listed(self, given: Any, path: Path) -> Sequence[Any]:
        if isinstance(given, list | tuple):
            return given
        self.say("wrong_type", path, _short(given), expected="list")
        return ()

    def name_of(self, given: Any, path: Path) -> str | None:
        """An id: text or a whole number, as YAML reads ``7`` as a number."""
        if isinstance(given, int) and not isinstance(given, bool):
            return str(given)
        if isinstance(given, str) and given.strip():
            return given.strip()
        self.say("wrong_type", path, _short(given), expected="id")
        return None

    def names(self, given: Any, path: Path) -> list[str]:
        found = [
            one
            for place, value in enumerate(self.listed(given, path))
            if (one := self.name_of(value, (*path, place))) is not None
        ]
        for one, times in Counter(found).items():
            if times > 1:
                self.say("id_twice", path, one)
        return list(dict.fromkeys(found))

    def whole(self, given: Any, path: Path) -> int | None:
        if isinstance(given, int) and not isinstance(given, bool):
            return given
        self.say("wrong_type", path, _short(given), expected="whole")
        return None

    def known(self, given: Any, path: Path, among: Collection[str], code: str) -> str | None:
        one = self.name_of(given, path)
        if one is not None and one not in among:
            self.say(code, path, one)
            return None
        return one

    def participants(self, given: Any, tables: int | None) -> tuple[Participant, ...]:
        found = []
        for place, value in enumerate(self.listed(given, ("participants",))):
            path: Path = ("participants", place)
            row = self.mapping(value, "participant", path)
            if row is None or "id" not in row or (one := self.name_of(row["id"], (*path, "id"))) is None:
                continue
            if one in self.sides:
                self.say("id_twice", (*path, "id"), one)
                continue
            side = self.name_of(row["side"], (*path, "side")) if "side" in row else None
            self.sides[one] = side
            self.ids.append(one)
            available = None
            if "available" in row:
                slots = self.names(row["available"], (*path, "available"))
                for slot in slots:
                    if self.slots and slot not in self.slots:
                        self.say("slot_not_listed", (*path, "available"), slot)
                available = frozenset(slots)
            table = self.table(row, "host_table", path, tables)
            found.append(Participant(one, side, available, table))
        self.check_sides()
        return tuple(found)

    def table(self, row: Mapping[str, Any], key: str, path: Path, tables: int | None) -> int | None:
        if key not in row:
            return None
        place = (*path, key)
        table = self.whole(row[key], place)
        if table is not None and tables is not None and tables >= 1 and not 1 <= table <= tables:
            self.say("table_not_there", place, table, tables=tables)
        return table

    def check_sides(self) -> None:
        sides = sorted({side for side in self.sides.values() if side is not None})
        if len(sides) > TWO_SIDES:
            self.say("sides_not_two", ("participants",), ", ".join(sides))
        elif len(sides) == TWO_SIDES:
            for place, one in enumerate(self.ids):
                if self.sides[one] is None:
                    self.say("side_missing", ("participants", place), one, accepted=", ".join(sides))

    def two(self, pair: tuple[Any, Any], paths: tuple[Path, Path], whole: Path) -> tuple[str, str] | None:
        one = self.known(pair[0], paths[0], self.sides, "participant_not_listed")
        other = self.known(pair[1], paths[1], self.sides, "participant_not_listed")
        if one is None or other is None:
            return None
        if one == other:
            self.say("wish_to_self" if whole[0] == "wishes" else "pair_of_one", whole, one)
            return None
        return one, other

    def wishes(self, given: Any) -> tuple[Wish, ...]:
        found: dict[tuple[str, str], Wish] = {}
        two_sided = len(set(self.sides.values()) - {None}) == TWO_SIDES
        for place, value in enumerate(self.listed(given, ("wishes",))):
            path: Path = ("wishes", place)
            row = self.mapping(value, "wish", path)
            if row is None:
                continue
            rank = self.whole(row.get("rank", 1), (*path, "rank"))
            if rank is not None and rank < 1:
                self.say("rank_below_one", (*path, "rank"), rank)
            if "from" not in row or "to" not in row:
                continue
            both = self.two((row["from"], row["to"]), ((*path, "from"), (*path, "to")), path)
            if both is None:
                continue
            if both in found:
                self.say("wish_twice", path, f"{both[0]} → {both[1]}")
            elif two_sided and self.sides[both[0]] == self.sides[both[1]] is not None:
                self.say("wish_within_side", path, f"{both[0]} → {both[1]}", side=self.sides[both[0]])
            found[both] = Wish(*both, max(1, rank or 1))
        return tuple(found.values())

    def blocked(self, given: Any) -> frozenset[frozenset[str]]:
        found = set()
        for place, value in enumerate(self.listed(given, ("blocked",))):
            path: Path = ("blocked", place)
            if not isinstance(value, list | tuple) or len(value) != TWO_SIDES:
                self.say("wrong_type", path, _short(value), expected="pair")
                continue
            both = self.two((value[0], value[1]), ((*path, 0), (*path, 1)), path)
            if both is not None:
                found.add(frozenset(both))
        return frozenset(found)

    def fixed(self, given: Any, tables: int | None) -> tuple[Meeting, ...]:
        found: dict[frozenset[str], Meeting] = {}
        busy: set[tuple[str, str]] = set()
        used: set[tuple[int | None, str]] = set()
        for place, value in enumerate(self.listed(given, ("fixed",))):
            path: Path = ("fixed", place)
            row = self.mapping(value, "fixed", path)
            if row is None or not {"a", "b", "slot"} <= row.keys():
                continue
            both = self.two((row["a"], row["b"]), ((*path, "a"), (*path, "b")), path)
            slot = self.name_of(row["slot"], (*path, "slot"))
            if slot is not None and self.slots and slot not in self.slots:
                self.say("slot_not_listed", (*path, "slot"), slot)
            table = self.table(row, "table", path, tables)
            if both is None or slot is None:
                continue
            if frozenset(both) in found:
                self.say("meeting_twice", path, f"{both[0]} – {both[1]}")
            for one in both:
                if (one, slot) in busy:
                    self.say("fixed_at_once", path, one, slot=slot)
            if table is not None and (table, slot) in used:
                self.say("fixed_table_taken", path, table, slot=slot)
            busy.update((one, slot) for one in both)
            used.add((table, slot))
            found[frozenset(both)] = Meeting(*both, slot, table)
        return tuple(found.values())


def _place(path: Path) -> str | None:
    """A path in the words of the file, such as ``participants[3].id``."""
    words = ""
    for one in path:
        words += f"[{one}]" if isinstance(one, int) else f".{one}" if words else one
    return words or None


def _short(given: Any) -> str:
    return "null" if given is None else str(given)[:60]
