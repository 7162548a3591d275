"""Tables for meetings whose slots are known: hosts at their own, others where one of the two already sits."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

import numpy as np
import scipy.optimize

from grappe.network.meeting_event import Event, Meeting
from grappe.network.meeting_grid import host_table_of

_OF_A_HOST = 4
"""Cost of giving away the table of a host, in changes of table: done only when no other is free."""
_KEPT = 16
"""Cost of changing a table that both were told of."""


def with_tables(
    event: Event, meetings: Sequence[Meeting], told: Mapping[frozenset[str], int] | None = None
) -> list[Meeting]:
    """The same meetings, each at a table.

    Slot after slot, each by an optimal assignment, so that as few participants as possible change
    table between two of their meetings. The meeting of a host is at the host's table.

    Parameters
    ----------
    event : Event
    meetings : sequence of Meeting
        No more in a slot than tables; those with a table keep it.
    told : mapping of pair to table, optional
        Tables that should stay as they are if they can.

    Returns
    -------
    list of Meeting
        In the order of slots, then of tables.

    Examples
    --------
    >>> from grappe.network.meeting_event import Participant
    >>> event = Event(("s1", "s2"), 2, tuple(map(Participant, "abcd")))
    >>> placed = with_tables(event, [Meeting("a", "b", "s1", 2), Meeting("b", "c", "s2")])
    >>> [(one.slot, one.table) for one in placed]
    [('s1', 2), ('s2', 2)]
    """
    told = told or {}
    hosted = {one.host_table for one in event.participants}
    last: dict[str, int] = {}
    found: list[Meeting] = []
    for slot in event.slots:
        here = [one for one in meetings if one.slot == slot]
        done = [one for one in here if one.table is not None]
        taken = {one.table for one in done}
        free: list[Meeting] = []
        for one in here:
            if one.table is not None:
                continue
            table = host_table_of(event, one.a, one.b)
            if table is None or table in taken:
                free.append(one)
            else:
                taken.add(table)
                done.append(replace(one, table=table))
        dear = {last.get(name) for one in free for name in one.both} | {told.get(one.both) for one in free}
        tables = _offered(event, len(free), taken, hosted | dear)
        if free and tables:
            costs = np.array([[table in hosted for table in tables]] * len(free)) * float(_OF_A_HOST)
            place = {table: column for column, table in enumerate(tables)}
            for row, one in enumerate(free):
                for name in one.both:
                    if last.get(name) in place:
                        costs[row, place[last[name]]] -= 1
                if told.get(one.both) in place:
                    costs[row, place[told[one.both]]] -= _KEPT
            for row, column in zip(*scipy.optimize.linear_sum_assignment(costs), strict=True):
                done.append(replace(free[row], table=tables[column]))
        for one in done:
            if one.table is not None:
                last |= dict.fromkeys(one.both, one.table)
        found += sorted(done, key=lambda one: (one.table or 0, one.a, one.b))
    return found


def _offered(event: Event, needed: int, taken: Set[int | None], known: Set[int | None]) -> list[int]:
    """Free tables among which some meetings are placed: those whose cost is known, and enough others.

    A hall may have any number of tables; no meeting gains by the choice among more that are all alike.
    """
    enough = min(event.tables, len(taken) + len(known) + needed)
    wanted = {*range(1, enough + 1), *(table for table in known if table is not None)}
    return sorted(table for table in wanted if table not in taken)


def table_changes(event: Event, meetings: Sequence[Meeting]) -> int:
    """How often a participant changes table between two of its meetings.

    Parameters
    ----------
    event : Event
    meetings : sequence of Meeting, each with a table

    Returns
    -------
    int
    """
    place = {slot: number for number, slot in enumerate(event.slots)}
    last: dict[str, int | None] = {}
    changes = 0
    for one in sorted(meetings, key=lambda one: place[one.slot]):
        for name in (one.a, one.b):
            changes += name in last and last[name] != one.table
            last[name] = one.table
    return changes
