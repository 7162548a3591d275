"""What changed between two editions: events, flows between states, and what the earlier one foresaw.

Never a net change and never a growth rate: an edition that is not held has no list to subtract from,
so a comparison tells what sources report, and how much they leave open.
"""

import dataclasses
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from grappe.census.asked import Asked
from grappe.census.editions import Edition
from grappe.census.facts import Facts
from grappe.census.life_events import (
    During,
    EventKind,
    LifeEvent,
    dated_event,
    dated_events,
    during,
    final_events,
    partner_events,
    recognition_events,
    value_event,
)
from grappe.domain.dates import PartialDate, partial_date
from grappe.domain.entity import Kind
from grappe.domain.statement import Statement


class Unplaced(StrEnum):
    """Where a cluster stands on a day for which no source tells its state."""

    NOT_YET = "not_yet"  # created later
    EXISTING = "existing"  # created by then, or said to be active; its state is not told
    UNKNOWN = "unknown"  # nothing tells whether it existed


class Outcome(StrEnum):
    """What became of what an edition foresaw."""

    CAME_TRUE = "came_true"  # constituted
    ADVANCED = "advanced"  # nearer to it than foreseen
    STILL_FORESEEN = "still_foreseen"
    MERGED = "merged"
    DISSOLVED = "dissolved"
    ACTIVE = "active"  # goes on
    NOT_TOLD = "not_told"  # nothing later speaks of it


@dataclass(frozen=True, slots=True)
class Change:
    """An event that falls, certainly or possibly, between two editions."""

    event: LifeEvent
    when: During


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A cluster that the earlier edition told of before it was constituted, and what became of it."""

    cluster: str
    expectation: str
    outcome: Outcome
    after: str | None
    cites: tuple[Statement, ...]
    outcome_cites: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class EditionDiff:
    """Two editions compared; `backwards` if the first lies after the second.

    `flows` counts clusters by where they stand in the one and in the other; `standing` names them.
    `undated` are clusters told of in the later edition whose beginning nothing dates, so that nobody
    can say whether they are new; `links_undated` counts their links without a first or last day.
    """

    earlier: Edition
    later: Edition
    changes: tuple[Change, ...]
    standing: dict[str, tuple[str, str]]
    foreseen: tuple[Foreseen, ...]
    undated: tuple[str, ...]
    links_dated: int
    links_undated: int
    left_out: int
    backwards: bool = False

    @property
    def flows(self) -> Counter[tuple[str, str]]:
        """Clusters by their standing in the first and in the second edition."""
        return Counter(self.standing.values())


FORESEEN = ("potential", "expected", "emerging", "planned")
"""States, and the life of what is only planned, in which a cluster is foreseen rather than there."""
_STEPS = {"potential": 0, "planned": 1, "expected": 1, "emerging": 2, "constituted": 3}
_VALUES = {"name": EventKind.RENAMED, "legal_form": EventKind.LEGAL_FORM, "place": EventKind.MOVED}
_BACK = {
    EventKind.PARTNER_GAINED: EventKind.PARTNER_LOST,
    EventKind.PARTNER_LOST: EventKind.PARTNER_GAINED,
    EventKind.LINK_BEGAN: EventKind.LINK_ENDED,
    EventKind.LINK_ENDED: EventKind.LINK_BEGAN,
}


_RANK = {kind: rank for rank, kind in enumerate(EventKind)}


def compare_editions(facts: Facts, one: Edition, other: Edition) -> EditionDiff:
    """What changed from one edition to another.

    Compared with itself an edition shows no change. Read backwards, values and partners change the
    other way round; births, mergers and other events stay what they are, as they lie between the two.

    Parameters
    ----------
    facts : clusters with their links; organisations and instruments as far as they are to be compared
    one, other : the editions, in either order

    Returns
    -------
    EditionDiff
    """
    if one.day.end > other.day.end:
        return _backwards(compare_editions(facts, other, one))
    return _compare(Asked(facts), one, other)


def _compare(facts: Asked, one: Edition, other: Edition) -> EditionDiff:
    early, late = one.day, other.day
    clusters = _clusters(facts)
    births = {cluster: birth_of(facts, cluster, late) for cluster in clusters}
    standing = {
        cluster: (
            standing_of(facts, cluster, early, births[cluster]),
            standing_of(facts, cluster, late, births[cluster]),
        )
        for cluster in clusters
    }
    dated = sum(1 for link in facts.facts.of_kind(Kind.LINK) if _says_when(facts, link))
    return EditionDiff(
        earlier=one,
        later=other,
        changes=tuple(sorted(_changes(facts, births, early, late), key=_order)),
        standing={cluster: pair for cluster, pair in standing.items() if not _absent(pair)},
        foreseen=tuple(found for c in clusters if (found := foreseen_of(facts, c, births[c], early, late))),
        undated=tuple(
            cluster
            for cluster, (then, now) in standing.items()
            if then == Unplaced.UNKNOWN and now not in (*FORESEEN, *Unplaced)
        ),
        links_dated=dated,
        links_undated=len(facts.facts.of_kind(Kind.LINK)) - dated,
        left_out=len(facts.facts.of_kind(Kind.CLUSTER)) - len(clusters),
    )


def birth_of(facts: Asked, cluster: str, on: PartialDate) -> LifeEvent | None:
    """The creation of a cluster as told by a day, or nothing."""
    found = facts.shown(cluster, "created", on)
    return dated_event(cluster, EventKind.BORN, found[0]) if found else None


def standing_of(facts: Asked, cluster: str, on: PartialDate, birth: LifeEvent | None) -> str:
    """Where a cluster stands on a day: its state or end as told, else what its creation tells.

    Returns
    -------
    str
        A code of the lists `state` or `life`, or of `Unplaced`.
    """
    life = facts.shown(cluster, "life", on)
    lives = str(life[0].statement.value) if life else None
    if lives in ("merged", "dissolved"):
        return lives
    if state := facts.shown(cluster, "state", on):
        return str(state[0].statement.value)
    if lives == "planned":
        return lives
    if birth is not None and birth.earliest is not None and birth.earliest >= on.end:
        return Unplaced.NOT_YET
    if lives == "active" or (birth is not None and birth.end <= on.end):
        return Unplaced.EXISTING
    return Unplaced.UNKNOWN


def foreseen_of(
    facts: Asked, cluster: str, birth: LifeEvent | None, early: PartialDate, late: PartialDate
) -> Foreseen | None:
    """What became of a cluster that the earlier edition told of as not yet constituted."""
    told = _told(facts, cluster, early) or _announced(facts, cluster, birth, early, late)
    if told is None or told[0] not in (*FORESEEN, "announced"):
        return None
    expectation, cites = told
    now = _told(facts, cluster, late)
    later = [s for s in now[1] if partial_date(s.valid_from or s.as_of).first >= early.end] if now else []
    if now is None or not later:
        return Foreseen(cluster, expectation, Outcome.NOT_TOLD, None, cites, ())
    code = now[0]
    outcome = {"merged": Outcome.MERGED, "dissolved": Outcome.DISSOLVED, "active": Outcome.ACTIVE}.get(code)
    if outcome is None:
        further = _STEPS[code] > _STEPS.get(expectation, 1)
        outcome = Outcome.ADVANCED if further else Outcome.STILL_FORESEEN
        if code == "constituted":
            outcome = Outcome.CAME_TRUE
    return Foreseen(cluster, expectation, outcome, code, cites, now[1])


def _told(facts: Asked, cluster: str, on: PartialDate) -> tuple[str, tuple[Statement, ...]] | None:
    """State or life that sources tell of a day: an end first, then the state, then the life."""
    life = facts.shown(cluster, "life", on)
    state = facts.shown(cluster, "state", on)
    ended = life and life[0].statement.value in ("merged", "dissolved")
    chosen = life if ended or not state else state
    if not chosen:
        return None
    # Where the state stays expected, that the plan is still one tells the outcome better than silence.
    also = life if chosen is state and life else []
    return str(chosen[0].statement.value), tuple(
        s for one in (*chosen[:1], *also[:1]) for s in (*one.statements, *one.confirmed_by)
    )


def _announced(
    facts: Asked, cluster: str, birth: LifeEvent | None, early: PartialDate, late: PartialDate
) -> tuple[str, tuple[Statement, ...]] | None:
    """An initiative launched by the earlier edition, of a cluster that was not yet created then."""
    launched = facts.shown(cluster, "launched", late)
    if not launched or (birth is not None and during(birth, early, late) is not During.CERTAIN):
        return None
    event = dated_event(cluster, EventKind.ANNOUNCED, launched[0])
    return ("announced", event.cites) if event.end <= early.end else None


def _clusters(facts: Asked) -> list[str]:
    """Clusters compared: all but the potential ones of the footnotes, which are crafts of places."""
    return [c for c in facts.facts.of_kind(Kind.CLUSTER) if not facts.said(c, "craft")]


def _changes(
    facts: Asked, births: Mapping[str, LifeEvent | None], early: PartialDate, late: PartialDate
) -> Iterator[Change]:
    if early.end >= late.end:
        return
    for cluster, birth in births.items():
        for event in (
            *([birth] if birth else ()),
            *dated_events(facts, cluster, late, but="created"),
            *recognition_events(facts, cluster, late),
            *final_events(facts, cluster, late),
        ):
            if (when := during(event, early, late)) is not During.NO:
                yield Change(event, when)
        yield from _state_changes(facts, cluster, birth, early, late)
        for name, kind in _VALUES.items():
            for event, when in value_event(facts, cluster, name, kind, early, late):
                yield Change(event, when)
    for link in facts.facts.of_kind(Kind.LINK):
        if _says_when(facts, link):
            for event in partner_events(facts, link, late):
                if (when := during(event, early, late)) is not During.NO:
                    yield Change(event, when)
    yield from _others(facts, early, late)


def _state_changes(
    facts: Asked, cluster: str, birth: LifeEvent | None, early: PartialDate, late: PartialDate
) -> Iterator[Change]:
    """A state told to have changed, else what was born between the two and is constituted in the later."""
    changed = list(value_event(facts, cluster, "state", EventKind.STATE, early, late))
    for event, when in changed:
        kind = EventKind.CONSTITUTED if event.after == "constituted" else EventKind.STATE
        yield Change(dataclasses.replace(event, kind=kind), when)
    if changed or birth is None or (when := during(birth, early, late)) is During.NO:
        return
    state = facts.shown(cluster, "state", late)
    if state and state[0].statement.value == "constituted":
        told = (*state[0].statements, *state[0].confirmed_by)
        yield Change(
            LifeEvent(
                entity=birth.entity,
                kind=EventKind.CONSTITUTED,
                earliest=birth.earliest,
                end=max(birth.end, min(partial_date(s.as_of).end for s in told)),
                cites=(*birth.cites, *told),
                after="constituted",
                disputed=birth.disputed,
            ),
            when,
        )


def _others(facts: Asked, early: PartialDate, late: PartialDate) -> Iterator[Change]:
    """Organisations that were renamed, and rules of policy instruments that changed."""
    for organisation in facts.facts.of_kind(Kind.ORGANISATION):
        for event, when in value_event(facts, organisation, "name", EventKind.RENAMED, early, late):
            yield Change(event, when)
    for instrument in facts.facts.of_kind(Kind.INSTRUMENT):
        for event, when in value_event(facts, instrument, "figure", EventKind.RULE, early, late):
            yield Change(event, when)


def _says_when(facts: Asked, link: str) -> bool:
    return bool(
        facts.said(link, "start")
        or facts.said(link, "end")
        or any(s.value == "ended" for s in facts.said(link, "status"))
    )


def _absent(pair: tuple[str, str]) -> bool:
    return pair in ((Unplaced.NOT_YET, Unplaced.NOT_YET), (Unplaced.UNKNOWN, Unplaced.UNKNOWN))


def _backwards(diff: EditionDiff) -> EditionDiff:
    return dataclasses.replace(
        diff,
        earlier=diff.later,
        later=diff.earlier,
        changes=tuple(_turned(change) for change in diff.changes),
        standing={cluster: pair[::-1] for cluster, pair in diff.standing.items()},
        foreseen=(),
        backwards=True,
    )


def _turned(change: Change) -> Change:
    event = change.event
    turned = dataclasses.replace(
        event, kind=_BACK.get(event.kind, event.kind), before=event.after, after=event.before
    )
    return dataclasses.replace(change, event=turned)


def _order(change: Change) -> tuple[int, str, str, str]:
    return _RANK[change.event.kind], change.event.entity, change.when, str(change.event.other)


def by_kind(changes: Iterable[Change]) -> dict[EventKind, list[Change]]:
    """Changes by kind, in the order of the kinds; kinds without a change are left out."""
    found: dict[EventKind, list[Change]] = {}
    for change in changes:
        found.setdefault(change.event.kind, []).append(change)
    return {kind: found[kind] for kind in EventKind if kind in found}


__all__ = [
    "FORESEEN",
    "Change",
    "EditionDiff",
    "Foreseen",
    "Outcome",
    "Unplaced",
    "birth_of",
    "by_kind",
    "compare_editions",
    "foreseen_of",
    "standing_of",
]
