"""Life events: what happened to a cluster, and between which days it can have happened.

A source often prints a year where an event has a day, and often no date at all: *several of these
clusters have merged*. An event is therefore an interval of days, and whether it falls between two
editions has three answers: certainly, possibly, no.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from grappe.census.agreement import agree
from grappe.census.asked import Asked
from grappe.census.links import link_of
from grappe.census.reconciliation import Shown
from grappe.domain.cooperation import is_cooperation
from grappe.domain.dates import PartialDate, partial_date
from grappe.domain.entity import Kind
from grappe.domain.field import declaration
from grappe.domain.statement import Statement, Value


class EventKind(StrEnum):
    """What happened."""

    ANNOUNCED = "announced"  # the initiative was launched
    BORN = "born"  # created
    CONSTITUTED = "constituted"  # reached the state of a constituted cluster
    STATE = "state"  # changed state in any other way
    LABELLED = "labelled"  # was given a label
    CONTRACTED = "contracted"  # came under a programme contract
    RECOGNISED = "recognised"  # support or recognition by an authority began
    RECOGNITION_ENDED = "recognition_ended"  # … ended
    LEGAL_FORM = "legal_form"  # changed legal form
    RENAMED = "renamed"
    MOVED = "moved"
    PARTNER_GAINED = "partner_gained"
    PARTNER_LOST = "partner_lost"
    LINK_BEGAN = "link_began"  # a link that is no cooperation of its own: support, membership, an event
    LINK_ENDED = "link_ended"
    MERGED = "merged"
    DISSOLVED = "dissolved"
    RULE = "rule"  # a figure of a policy instrument changed: a sum, a duration, a number of indicators


class During(StrEnum):
    """Whether an event falls between two editions."""

    CERTAIN = "certain"  # on every day it can have happened
    POSSIBLE = "possible"  # on some of them
    NO = "no"


@dataclass(frozen=True, slots=True)
class LifeEvent:
    """One event: it happened on one of the days ``[earliest, end)``; no `earliest` is no known bound.

    `printed` is the date as the source writes it; nothing where the source tells the event and not
    its day. `disputed` marks dates that cannot all be true: the interval then covers them all.
    """

    entity: str
    kind: EventKind
    earliest: date | None
    end: date
    cites: tuple[Statement, ...]
    printed: str | None = None
    before: Value = None
    after: Value = None
    other: str | None = None
    disputed: bool = False


DATED = {
    "launched": EventKind.ANNOUNCED,
    "created": EventKind.BORN,
    "labelled": EventKind.LABELLED,
    "contracted": EventKind.CONTRACTED,
}
"""Fields of a cluster that are the day of an event."""
_FINAL = {"merged": EventKind.MERGED, "dissolved": EventKind.DISSOLVED}


def during(event: LifeEvent, earlier: PartialDate, later: PartialDate) -> During:
    """Whether an event falls after the one day and by the other: between two editions.

    >>> born = LifeEvent("x", EventKind.BORN, date(2014, 1, 1), date(2015, 1, 1), ())
    >>> during(born, PartialDate("2014-06"), PartialDate("2019-03"))
    <During.POSSIBLE: 'possible'>
    >>> during(born, PartialDate("2013"), PartialDate("2019-03"))
    <During.CERTAIN: 'certain'>
    """
    starts = event.earliest or date.min
    if later.end <= earlier.end or event.end <= earlier.end or starts >= later.end:
        return During.NO
    return During.CERTAIN if starts >= earlier.end and event.end <= later.end else During.POSSIBLE


def life_events(facts: Asked, cluster: str, on: PartialDate) -> list[LifeEvent]:
    """Everything that happened to a cluster by a day, as sources tell it, in order of time.

    Changes of value (state, name, place, legal form) are events between the day of the one statement
    and that of the other.
    """
    found = [
        *dated_events(facts, cluster, on),
        *recognition_events(facts, cluster, on),
        *final_events(facts, cluster, on),
        *(
            event
            for link in facts.facts.links_of.get(cluster, ())
            for event in partner_events(facts, link, on)
        ),
    ]
    events = [event for event in found if event.entity == cluster]
    return sorted(events, key=_order)


def dated_events(facts: Asked, cluster: str, on: PartialDate, but: str = "") -> Iterator[LifeEvent]:
    """Events that have a field of their own, `but` one: launched, created, labelled, under contract."""
    for name, kind in DATED.items():
        if name == but:
            continue
        for shown in facts.shown(cluster, name, on):
            yield dated_event(cluster, kind, shown)


def dated_event(entity: str, kind: EventKind, shown: Shown, other: str | None = None) -> LifeEvent:
    """The event of a date: where dates agree the days they share, where they do not all their days."""
    agreeing = [partial_date(str(s.value)) for s in (*shown.statements, *shown.confirmed_by)]
    rivals = [partial_date(str(s.value)) for s in shown.rivals]
    first, end = max(d.first for d in agreeing), min(d.end for d in agreeing)
    if first >= end:  # each agrees with the date shown, and not with one another
        first, end = agreeing[0].first, agreeing[0].end
    if rivals:
        first, end = min(first, *(d.first for d in rivals)), max(end, *(d.end for d in rivals))
    end = _past(first, end, (*shown.statements, *shown.confirmed_by, *shown.rivals))
    return LifeEvent(
        entity=entity,
        kind=kind,
        earliest=first,
        end=end,
        cites=(*shown.statements, *shown.confirmed_by, *shown.rivals),
        printed=" / ".join(dict.fromkeys(str(s.value) for s in (*shown.statements, *shown.rivals))),
        other=other,
        disputed=bool(rivals),
    )


def _past(first: date, end: date, told: Sequence[Statement]) -> date:
    """A source of March that says *created this year* leaves no day after March; it may announce some."""
    spoken = max(partial_date(s.as_of).end for s in told)
    return min(end, spoken) if first < spoken else end


def recognition_events(facts: Asked, cluster: str, on: PartialDate) -> Iterator[LifeEvent]:
    """Support or recognition of an authority that has a first or a last day."""
    for statement in facts.said(cluster, "recognition"):
        by = statement.attributes.get("by")
        for text, kind in (
            (statement.valid_from, EventKind.RECOGNISED),
            (statement.valid_to, EventKind.RECOGNITION_ENDED),
        ):
            if text and partial_date(text).first < on.end:
                day = partial_date(text)
                yield LifeEvent(
                    entity=cluster,
                    kind=kind,
                    earliest=day.first,
                    end=_past(day.first, day.end, (statement,)),
                    cites=(statement,),
                    printed=text,
                    after=statement.value,
                    other=str(by) if by else None,
                )


def final_events(facts: Asked, cluster: str, on: PartialDate) -> Iterator[LifeEvent]:
    """Merger and dissolution: told by a day, and seldom dated.

    They happened after the last day on which the cluster was said to be active or planned.
    """
    shown = facts.shown(cluster, "life", on)
    kind = _FINAL.get(str(shown[0].statement.value)) if shown else None
    if kind is None:
        return
    told = (*shown[0].statements, *shown[0].confirmed_by)
    into = facts.shown(cluster, "merged_into", on)
    alive = [
        partial_date(s.as_of).first
        for s in facts.said(cluster, "life")
        if s.value not in _FINAL and not (s.valid_from or s.valid_to)
    ]
    end = min(partial_date(s.valid_from or s.as_of).end for s in told)
    yield LifeEvent(
        entity=cluster,
        kind=kind,
        earliest=max((day for day in alive if day < end), default=None),
        end=end,
        cites=(*told, *(s for one in into for s in one.statements)),
        other=str(into[0].statement.value) if into else None,
    )


def partner_events(facts: Asked, link: str, on: PartialDate) -> Iterator[LifeEvent]:
    """A link that began or ended, for each cluster at an end of it; only what is told.

    A cooperation that counts is a partner gained or lost; support, a membership or an event is a link
    that began or ended.
    """
    ends = [facts.shown(link, name, on) for name in ("from", "to")]
    if not all(ends):
        return
    pair = [str(one[0].statement.value) for one in ends]
    clusters = [one for one in pair if facts.kind(one) is Kind.CLUSTER]
    if not clusters:
        return
    gained, lost = EventKind.LINK_BEGAN, EventKind.LINK_ENDED
    if _counts(facts, link, on):
        gained, lost = EventKind.PARTNER_GAINED, EventKind.PARTNER_LOST
    started, over = (facts.shown(link, name, on) for name in ("start", "end"))
    for one in dict.fromkeys(clusters):
        other = pair[1] if one == pair[0] else pair[0]
        for shown in started:
            yield dated_event(one, gained, shown, other)
        for shown in over:
            yield dated_event(one, lost, shown, other)
        if not over:
            yield from _undated_end(facts, link, one, other, lost, on)


def _counts(facts: Asked, link: str, on: PartialDate) -> bool:
    """Whether a link is, or was, a cooperation that counts: one that ended counted before."""
    kind = facts.shown(link, "kind", on)
    status = facts.shown(link, "status", on)
    if not kind:
        return False
    code, said = str(kind[0].statement.value), str(status[0].statement.value) if status else None
    if code == "coproduction":  # between two clusters it is facilitated, and the ends decide
        found = link_of(facts.facts, link, on)
        return found is not None and found.counts
    return is_cooperation(code, said)


def _undated_end(
    facts: Asked, link: str, one: str, other: str, kind: EventKind, on: PartialDate
) -> Iterator[LifeEvent]:
    for shown in facts.shown(link, "status", on):
        if shown.statement.value == "ended":
            told = (*shown.statements, *shown.confirmed_by)
            end = min(partial_date(s.as_of).end for s in told)
            yield LifeEvent(one, kind, None, end, told, other=other)


def said_of(statements: Sequence[Statement], day: PartialDate) -> tuple[Statement, ...]:
    """Those of some statements that speak of a day itself, not of an earlier one that still holds."""
    return tuple(s for s in statements if s.valid_from or s.valid_to or partial_date(s.as_of).meets(day))


def value_event(
    facts: Asked, entity: str, name: str, kind: EventKind, earlier: PartialDate, later: PartialDate
) -> Iterator[tuple[LifeEvent, During]]:
    """A single field that shows one value on the one day and another on the other.

    The change is certain to fall between the two if the earlier value is told of the earlier day
    itself; if it is older, the change may be older too.
    """
    statements = facts.said(entity, name)
    if not _may_differ(statements):
        return
    field = declaration(facts.facts.entities[entity].kind).fields[name]
    then, now = (facts.shown(entity, name, day) for day in (earlier, later))
    for old in then:
        for new in now:
            if old.slot != new.slot or any(
                agree(field, a, b) for a in old.statements for b in new.statements
            ):
                continue
            told = said_of(old.statements, earlier)
            event = LifeEvent(
                entity=entity,
                kind=kind,
                earliest=max(partial_date(s.valid_from or s.as_of).first for s in told or old.statements),
                end=min(partial_date(s.valid_from or s.as_of).end for s in new.statements),
                cites=(*old.statements, *new.statements, *new.confirmed_by),
                before=old.statement.value,
                after=new.statement.value,
                disputed=old.disputed or new.disputed,
            )
            yield event, During.CERTAIN if told else During.POSSIBLE


def _may_differ(statements: Iterable[Statement]) -> bool:
    """Whether a value can differ between two days: statements of several days, or with a validity."""
    days = set()
    for statement in statements:
        if statement.valid_from or statement.valid_to:
            return True
        days.add(statement.as_of)
    return len(days) > 1


def _order(event: LifeEvent) -> tuple[date, date, str]:
    return event.end, event.earliest or date.min, event.kind
