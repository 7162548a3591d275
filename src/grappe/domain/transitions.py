"""Tables of states: which state may follow which; total, so that a test can try every ordered pair."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from grappe.domain.errors import Refused

S = TypeVar("S", bound=StrEnum)
Table = Mapping[S, frozenset[S]]


def total(table: Mapping[S, frozenset[S]], states: type[S]) -> Mapping[S, frozenset[S]]:
    """The table, read-only, with proof that it speaks of every state.

    Parameters
    ----------
    table : mapping of state to set of states
        For each state, those that may follow it; final ones have an empty set.
    states : enumeration
        All states there are.

    Returns
    -------
    read-only mapping

    Raises
    ------
    ValueError
        If a state has no line in the table.
    """
    missing = [str(state) for state in states if state not in table]
    if missing:
        raise ValueError(f"no line for {', '.join(missing)}.")
    return MappingProxyType({state: table[state] for state in states})


def can_follow(table: Table[S], present: S, wanted: S) -> bool:
    """Tell whether `wanted` may follow `present`.

    Examples
    --------
    >>> Door = StrEnum("Door", ["OPEN", "SHUT", "LOCKED"])
    >>> moves = {Door.OPEN: {Door.SHUT}, Door.SHUT: {Door.OPEN, Door.LOCKED}, Door.LOCKED: {Door.SHUT}}
    >>> can_follow(moves, Door.OPEN, Door.LOCKED)
    False
    """
    return wanted in table[present]


def check_follows(table: Table[S], present: S, wanted: S, code: str, /, **params: object) -> None:
    """Refuse a change of state that the table does not hold.

    Parameters
    ----------
    table : mapping of state to set of states
    present, wanted : state
        The state now, and the one to come.
    code : str
        Code of the error to raise; it gets `present`, `wanted` and `accepted` beside `params`.

    Raises
    ------
    Refused
        If `wanted` may not follow `present`.
    """
    if wanted not in table[present]:
        accepted = ",".join(sorted(table[present]))
        raise Refused(code, present=present, wanted=wanted, accepted=accepted, **params)


def diagram(table: Table[S], first: S) -> str:
    """The table as a Mermaid state diagram, for the manual.

    Parameters
    ----------
    table : mapping of state to set of states
    first : state
        The state in which a thing begins.

    Returns
    -------
    str
        Lines of Mermaid, without the fence.

    Examples
    --------
    >>> Door = StrEnum("Door", ["OPEN", "SHUT"])
    >>> print(diagram({Door.OPEN: {Door.SHUT}, Door.SHUT: {Door.OPEN}}, Door.OPEN).splitlines()[2].strip())
    open --> shut
    """
    states = list(table)
    lines = ["stateDiagram-v2", f"    [*] --> {first}"]
    lines += [
        f"    {state} --> {after}" for state in states for after in sorted(table[state], key=states.index)
    ]
    lines += [f"    {state} --> [*]" for state in states if not table[state]]
    return "\n".join(lines)
