"""Why a wish is not met: what binds it in the schedule as it is, checked slot by slot."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from grappe.network.meeting_event import Event, Meeting
from grappe.network.meeting_grid import host_table_of

REASONS = (
    "blocked",
    "no_common_slot",
    "participant_full",
    "both_full",
    "never_free_together",
    "host_table_taken",
    "tables_full",
    "slots_frozen",
    "not_placed",
)
"""Codes of reasons, in the order in which they are looked for."""


@dataclass(frozen=True, slots=True)
class Unmet:
    """A wish that is not met, with the reason that binds it."""

    sender: str
    receiver: str
    reason: str
    params: Mapping[str, object]


def unmet_wishes(
    event: Event, meetings: Sequence[Meeting], frozen: Collection[str] = ()
) -> tuple[Unmet, ...]:
    """Every wish without a meeting, with its reason.

    The first reason that holds is given, from what nothing can change to what other meetings bring about:

    - ``blocked``: the two are kept apart.
    - ``no_common_slot``: they are never available together.
    - ``participant_full``: one of the two has another meeting in every slot they have in common
      (`participant`, `slots`); ``both_full``: each of them has.
    - ``never_free_together``: in every common slot one of them has another meeting (`slots`).
    - ``host_table_taken``: in every slot in which both are free, the table of the host is in use (`table`).
    - ``tables_full``: in every slot in which both are free, that table or all tables are in use (`slots`).
    - ``slots_frozen``: a slot in which both are free, and a table, may not be changed any more (`slots`).
    - ``not_placed``: none of these; a schedule that was filled up never has it.

    Parameters
    ----------
    event : Event
    meetings : sequence of Meeting
        The whole schedule, each at a table.
    frozen : collection of str
        Slots in which nothing may change any more.

    Returns
    -------
    tuple of Unmet, in the order of wishes

    Examples
    --------
    >>> from grappe.network.meeting_event import Participant, Wish
    >>> event = Event(("s1",), 1, tuple(map(Participant, "abc")), (Wish("a", "b"), Wish("c", "a", 2)))
    >>> one, = unmet_wishes(event, [Meeting("a", "b", "s1", 1)])
    >>> one.sender, one.reason, dict(one.params)
    ('c', 'participant_full', {'slots': 1, 'participant': 'a'})
    """
    met = {one.both for one in meetings}
    busy: dict[str, set[str]] = {one.id: set() for one in event.participants}
    tables: dict[str, set[int | None]] = {slot: set() for slot in event.slots}
    load = dict.fromkeys(event.slots, 0)
    for one in meetings:
        busy[one.a].add(one.slot)
        busy[one.b].add(one.slot)
        tables[one.slot].add(one.table)
        load[one.slot] += 1
    found = []
    for wish in event.wishes:
        a, b = wish.sender, wish.receiver
        if frozenset((a, b)) in met:
            continue
        common = event.free(a) & event.free(b)
        both = {slot for slot in common if slot not in busy[a] and slot not in busy[b]}
        table = host_table_of(event, a, b)
        full = [one for one in (a, b) if common <= busy[one]]
        params: dict[str, object] = {}
        if frozenset((a, b)) in event.blocked:
            code = "blocked"
        elif not common:
            code = "no_common_slot"
        elif full:
            code = "both_full" if len(full) > 1 else "participant_full"
            params = {"slots": len(common)} | ({"participant": full[0]} if len(full) == 1 else {})
        elif not both:
            code, params = "never_free_together", {"slots": len(common)}
        elif table is not None and all(table in tables[slot] for slot in both):
            code, params = "host_table_taken", {"table": table, "slots": len(both)}
        elif all(load[slot] >= event.tables or (table is not None and table in tables[slot]) for slot in both):
            code, params = "tables_full", {"slots": len(both)}
        else:
            room = {slot for slot in both if load[slot] < event.tables and (table is None or table not in tables[slot])}
            code = "slots_frozen" if room <= set(frozen) else "not_placed"
            params = {"slots": len(room)} if code == "slots_frozen" else {}
        found.append(Unmet(a, b, code, MappingProxyType(params)))
    return tuple(found)
