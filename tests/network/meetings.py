"""Tiny events in a few letters, the rules of a schedule checked the obvious way, and every schedule tried."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from hypothesis import strategies as st

from grappe.network.meeting_event import Event, Meeting, Participant, Wish
from grappe.network.meeting_grid import host_table_of


def event(
    wishes: str,
    slots: int = 2,
    tables: int = 9,
    *,
    there: Mapping[str, str] | None = None,
    hosts: Mapping[str, int] | None = None,
    sides: str = "",
    blocked: str = "",
    fixed: Sequence[Meeting] = (),
    more: str = "",
) -> Event:
    """An event of participants named by letters, in slots 1, 2, …

    Parameters
    ----------
    wishes : str
        Such as ``"ab ba ac3"``: a and b wish for each other, a for c with rank 3.
    there : mapping
        Slots in which somebody is available, such as ``{"a": "12"}``; others always are.
    hosts : mapping
        Tables of hosts.
    sides : str
        Letters of the first side; nothing if there are no sides.
    blocked : str
        Such as ``"ab cd"``.
    more : str
        Participants without wishes.
    """
    named = sorted(set("".join(one[:2] for one in wishes.split()) + more))
    return Event(
        slots=tuple(str(slot) for slot in range(1, slots + 1)),
        tables=tables,
        participants=tuple(
            Participant(
                one,
                ("first" if one in sides else "second") if sides else None,
                frozenset(there[one]) if there and one in there else None,
                hosts.get(one) if hosts else None,
            )
            for one in named
        ),
        wishes=tuple(Wish(one[0], one[1], int(one[2:] or 1)) for one in wishes.split()),
        blocked=frozenset(frozenset(pair) for pair in blocked.split()),
        fixed=tuple(fixed),
    )


def broken(day: Event, meetings: Sequence[Meeting]) -> list[str]:
    """Hard rules that a schedule breaks, each looked at meeting by meeting; fixed meetings may break some."""
    found = []
    fixed = {one.both: one for one in day.fixed}
    for one, other in combinations(meetings, 2):
        if one.both == other.both:
            found.append(f"{one.a} and {one.b} meet twice")
        if one.slot == other.slot and one.both & other.both:
            found.append(f"two meetings of one participant in {one.slot}")
        if one.slot == other.slot and one.table == other.table:
            found.append(f"table {one.table} twice in {one.slot}")
    for one in meetings:
        if one.both in fixed:
            continue
        if one.both in day.blocked:
            found.append(f"{one.a} and {one.b} are kept apart")
        if not (one.slot in day.free(one.a) and one.slot in day.free(one.b)):
            found.append(f"{one.a} or {one.b} is not there in {one.slot}")
        if one.table is None or not 1 <= one.table <= day.tables:
            found.append(f"no table {one.table}")
        host = host_table_of(day, one.a, one.b)
        if host is not None and one.table != host:
            found.append(f"{one.a} and {one.b} are not at table {host}")
        if not {(one.a, one.b), (one.b, one.a)} & {(w.sender, w.receiver) for w in day.wishes}:
            found.append(f"nobody wished {one.a} and {one.b} to meet")
    now = {one.both: one for one in meetings}
    for both, stays in fixed.items():
        if both not in now or now[both].slot != stays.slot or stays.table not in (None, now[both].table):
            found.append(f"{stays.a} and {stays.b} moved")
    return found


def value(day: Event, pairs: set[frozenset[str]]) -> tuple[int, int]:
    """Mutual wishes that some pairs meet, and weight of the others: 10 for rank 1, 9, … 1 at least."""
    sent = {(w.sender, w.receiver) for w in day.wishes}
    mutual = sum({(a, b), (b, a)} <= sent for a, b in map(sorted, pairs))
    alone = [w for w in day.wishes if (w.receiver, w.sender) not in sent]
    return mutual, sum(max(1, 11 - w.rank) for w in alone if frozenset((w.sender, w.receiver)) in pairs)


def every_schedule(day: Event) -> Iterator[list[Meeting]]:
    """All schedules that break no rule, their tables aside: each pair in each slot or in none."""
    wished = dict.fromkeys(frozenset((w.sender, w.receiver)) for w in day.wishes)
    kept = {one.both for one in day.fixed}
    pairs = [sorted(pair) for pair in wished if pair not in day.blocked and pair not in kept]

    def fits(one: Meeting, others: Sequence[Meeting]) -> bool:
        here = [other for other in others if other.slot == one.slot]
        host = host_table_of(day, one.a, one.b)
        return (
            one.slot in day.free(one.a) & day.free(one.b)
            and len(here) < day.tables
            and not any(other.both & one.both for other in here)
            and (host is None or all(_table(day, other) != host for other in here))
        )

    def widen(number: int, so_far: list[Meeting]) -> Iterator[list[Meeting]]:
        if number == len(pairs):
            yield list(so_far)
            return
        yield from widen(number + 1, so_far)
        for slot in day.slots:
            one = Meeting(*pairs[number], slot)
            if fits(one, so_far):
                yield from widen(number + 1, [*so_far, one])

    yield from widen(0, list(day.fixed))


def _table(day: Event, one: Meeting) -> int | None:
    return one.table or host_table_of(day, one.a, one.b)


def best(day: Event) -> tuple[int, int, int]:
    """The best mutual wishes, one-sided ones and smallest number of meetings, by trying every schedule."""
    listed = list(every_schedule(day))
    # Who meets in some schedule could be met: fairness is counted over them.
    could = {name for meetings in listed for one in meetings for name in one.both}
    return max(
        (
            *value(day, {one.both for one in meetings}),
            min((sum(name in one.both for one in meetings) for name in could), default=0),
        )
        for meetings in listed
    )


@st.composite
def tiny_events(draw: st.DrawFn, *, most_wishes: int = 7, fixed: bool = True) -> Event:
    """Events of at most five participants in at most three slots."""
    names = "abcde"[: draw(st.integers(2, 5))]
    slots, tables = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    two = draw(st.booleans())
    pairs = [one + other for one in names for other in names if one != other]
    if two:
        pairs = [pair for pair in pairs if (ord(pair[0]) - ord(pair[1])) % 2]
    wishes = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=most_wishes))
    ranks = draw(st.lists(st.integers(1, 12), min_size=len(wishes), max_size=len(wishes)))
    every = "123"[:slots]
    there = draw(st.dictionaries(st.sampled_from(names), st.sets(st.sampled_from(every)).map("".join)))
    hosts = draw(st.dictionaries(st.sampled_from(names), st.integers(1, tables), max_size=2))
    stays = []
    if fixed and draw(st.booleans()):
        pair, slot = draw(st.sampled_from(pairs)), draw(st.sampled_from(every))
        stays = [Meeting(pair[0], pair[1], slot, draw(st.none() | st.integers(1, tables)))]
    return event(
        " ".join(f"{pair}{rank}" for pair, rank in zip(wishes, ranks, strict=True)),
        slots,
        tables,
        there=there,
        hosts=hosts,
        sides="ace" if two else "",
        blocked=" ".join(draw(st.lists(st.sampled_from(pairs), max_size=2))),
        fixed=stays,
        more=names,
    )
