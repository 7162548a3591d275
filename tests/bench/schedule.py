"""Meetings at size: how good schedules are and how long they take, on easy and on tight events.

``python -m tests.bench.schedule`` makes up seeded events, schedules each in a process of its own within
its limit, and prints one JSON object per event. Events:

- *easy*: two sides, everybody always there, a table for every pair: only degrees bind.
- *tight*: one side, everybody there in 7 slots of 10, a third fewer tables than pairs of people.
- *planted*: wishes are those of a schedule that was drawn first, everybody is there only where that
  schedule needs them and in two slots more, tables are just enough: all wishes can be met.

Then schedules are mended: after a cancellation, when nothing need move; and after somebody has left a slot,
which sets off a chain in which a known number of meetings must move.
"""

import json
import random
import subprocess
import sys
import time
from dataclasses import replace
from typing import Any

from grappe.network.meeting_event import Event, Meeting, Participant, Wish
from tests.bench.complexity import _peak_mb

SEED = 20190301
SIZES = {40: (12, 8, 2.0), 200: (24, 12, 20.0), 1000: (30, 10, 60.0)}
"""Slots, wishes of each and seconds allowed, by number of participants."""
KINDS = ("easy", "tight", "planted")
CHAIN = 3
"""Meetings that must move beside the one whose slot is lost."""


def made_up(kind: str, people: int) -> Event:
    """A seeded event of some kind and size."""
    rng = random.Random(SEED + people)
    count, each, _ = SIZES[people]
    slots = [f"s{n:02d}" for n in range(count)]
    if kind == "planted":
        return _planted(rng, people, slots, each)
    easy = kind == "easy"
    participants = [
        Participant(
            f"p{n}",
            ("north", "south")[n % 2] if easy else None,
            None if easy else frozenset(slot for slot in slots if rng.random() < 0.7),
        )
        for n in range(people)
    ]
    wishes = []
    for n in range(people):
        others = [m for m in range(people) if m != n and (not easy or (m - n) % 2)]
        wishes += [Wish(f"p{n}", f"p{m}", rank) for rank, m in enumerate(rng.sample(others, each), 1)]
    return Event(tuple(slots), people // 2 if easy else people // 3, tuple(participants), tuple(wishes))


def _planted(rng: random.Random, people: int, slots: list[str], each: int) -> Event:
    busy: dict[int, set[str]] = {n: set() for n in range(people)}
    met: set[frozenset[int]] = set()
    load = dict.fromkeys(slots, 0)
    for slot in rng.sample(slots, len(slots)) * 2:
        here = [n for n in range(people) if slot not in busy[n] and len(busy[n]) < each]
        rng.shuffle(here)
        while len(here) > 1:
            one = here.pop()
            other = next((n for n in here if frozenset((one, n)) not in met), None)
            if other is not None:
                here.remove(other)
                met.add(frozenset((one, other)))
                busy[one].add(slot)
                busy[other].add(slot)
                load[slot] += 1
    wishes = []
    for pair in sorted(map(sorted, met)):
        one, other = rng.sample(pair, 2)
        wishes.append(Wish(f"p{one}", f"p{other}", rng.randint(1, 8)))
        if rng.random() < 0.3:
            wishes.append(Wish(f"p{other}", f"p{one}", rng.randint(1, 8)))
    there = {n: frozenset(busy[n] | set(rng.sample(slots, 2))) for n in range(people)}
    return Event(
        tuple(slots),
        max(load.values()),
        tuple(Participant(f"p{n}", None, there[n]) for n in range(people)),
        tuple(wishes),
    )


def with_chain(event: Event, meetings: list[Meeting]) -> tuple[Event, list[Meeting]]:
    """The event with people of a chain: the first has left a slot, and known meetings must move.

    x0 meets x1 in slot 0, x1 meets x2 in slot 1, and so on; each pair could meet in its slot or in the
    next. Once x0 has left slot 0 every meeting must go one slot on: 1 + `CHAIN` of them.
    """
    slots = event.slots
    there = [frozenset(slots[max(0, n - 1) : n + 2]) for n in range(CHAIN + 2)]
    people = [Participant(f"x{n}", event.participants[n].side, one) for n, one in enumerate(there)]
    people[0] = replace(people[0], available=frozenset({slots[1]}))
    pairs = range(CHAIN + 1)
    told = [Meeting(f"x{n}", f"x{n + 1}", slots[n], event.tables + 1 + n) for n in pairs]
    wishes = [Wish(f"x{n}", f"x{n + 1}") for n in pairs]
    wider = replace(
        event,
        tables=event.tables + CHAIN + 1,
        participants=(*event.participants, *people),
        wishes=(*event.wishes, *wishes),
    )
    return wider, [*meetings, *told]


def scheduled(kind: str, people: int) -> dict[str, Any]:
    """One event within its limit: how long it took, how good it is."""
    from grappe.network.meeting_schedule import make_schedule

    event = made_up(kind, people)
    limit = SIZES[people][2]
    start = time.perf_counter()
    made = make_schedule(event, seed=SEED, time_limit=limit)
    return {
        "event": kind,
        "participants": people,
        "slots": len(event.slots),
        "wishes": len(event.wishes),
        "limit_s": limit,
        "wall_s": time.perf_counter() - start,
        "peak_mb": _peak_mb(),
        "unmet": len(made.unmet),
        "status": made.status,
        "gap_percent": 100 * made.gap,
    }


def mended(kind: str, people: int) -> list[dict[str, Any]]:
    """A schedule after one cancellation, and after somebody has left a slot."""
    from grappe.network.meeting_changes import reschedule, without
    from grappe.network.meeting_schedule import make_schedule

    event = made_up(kind, people)
    before = make_schedule(event, seed=SEED, time_limit=5)
    unmet = [(one.sender, one.receiver) for one in before.unmet]
    chain, told = with_chain(event, list(before.meetings))
    changes = {
        "one cancels": (without(event, ["p0"]), list(before.meetings), 0),
        "one leaves a slot": (chain, told, 1 + CHAIN),
    }
    rows = []
    for change, (day, meetings, unavoidable) in changes.items():
        start = time.perf_counter()
        done = reschedule(day, meetings, unmet_before=unmet, seed=SEED, time_limit=2.0)
        rows.append(
            {
                "event": kind,
                "participants": people,
                "change": change,
                "unavoidable_moves": unavoidable,
                "moves": sum(one.slot != other.slot for one, other in done.moved),
                "other_table": sum(one.slot == other.slot for one, other in done.moved),
                "new": len(done.new),
                "proven": done.proven,
                "wall_s": time.perf_counter() - start,
            }
        )
    return rows


def main() -> None:
    """Each event in a process of its own."""
    for task in ("scheduled", "mended"):
        for people in SIZES:
            for kind in KINDS:
                subprocess.run(
                    [sys.executable, "-m", "tests.bench.schedule", task, kind, str(people)], check=True
                )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        task, kind, people = sys.argv[1:]
        found = scheduled(kind, int(people)) if task == "scheduled" else mended(kind, int(people))
        for row in found if isinstance(found, list) else [found]:
            print(json.dumps(row), flush=True)
    else:
        main()
