"""Editions, what changed between two, and timelines: as plain dicts and in words."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from grappe.census.edition_changes import Change, EditionDiff, Foreseen, Outcome, Unplaced, by_kind
from grappe.census.editions import Edition
from grappe.census.facts import Facts
from grappe.census.life_events import EventKind, LifeEvent
from grappe.domain.source import Source
from grappe.domain.vocabulary import vocabulary
from grappe.present.catalogue import DEFAULT, N_, say
from grappe.present.plain import Plain, caption, cites
from grappe.present.words import day, label

EVENT_WORDS = {
    EventKind.ANNOUNCED: N_("Announced"),
    EventKind.BORN: N_("Born"),
    EventKind.CONSTITUTED: N_("Constituted"),
    EventKind.STATE: N_("Changed state"),
    EventKind.LABELLED: N_("Labelled"),
    EventKind.CONTRACTED: N_("Came under contract"),
    EventKind.RECOGNISED: N_("Support or recognition began"),
    EventKind.RECOGNITION_ENDED: N_("Support or recognition ended"),
    EventKind.LEGAL_FORM: N_("Changed legal form"),
    EventKind.RENAMED: N_("Renamed"),
    EventKind.MOVED: N_("Moved"),
    EventKind.PARTNER_GAINED: N_("New partner"),
    EventKind.PARTNER_LOST: N_("Partner lost"),
    EventKind.LINK_BEGAN: N_("Other link that began"),
    EventKind.LINK_ENDED: N_("Other link that ended"),
    EventKind.MERGED: N_("Merged"),
    EventKind.DISSOLVED: N_("Dissolved"),
    EventKind.RULE: N_("Rule of a policy instrument changed"),
}
"""A word per kind of event; total, held by a test."""

STANDING_WORDS = {
    Unplaced.NOT_YET: N_("not there yet"),
    Unplaced.EXISTING: N_("there, state not told"),
    Unplaced.UNKNOWN: N_("cannot be told"),
}

OUTCOME_WORDS = {
    Outcome.CAME_TRUE: N_("came true: constituted"),
    Outcome.ADVANCED: N_("nearer to it"),
    Outcome.STILL_FORESEEN: N_("still only foreseen"),
    Outcome.MERGED: N_("merged"),
    Outcome.DISSOLVED: N_("dissolved"),
    Outcome.ACTIVE: N_("goes on"),
    Outcome.NOT_TOLD: N_("nothing later speaks of it"),
}

WHEN_WORDS = {"certain": N_("certain"), "possible": N_("possible")}

NO_NET_CHANGE = N_(
    "No net change and no growth rate are computed: the list of the earlier edition is not held, "
    "so there is nothing to subtract from."
)
NO_NET_CHANGE_HELD = N_(
    "No net change and no growth rate are computed: two editions do not look for clusters in the same way, "
    "so a difference of counts would measure the looking."
)

ORDER = (
    *(code for code in ("unknown", "not_yet", "existing")),
    "potential", "planned", "expected", "emerging", "constituted", "merged", "dissolved",
)  # fmt: skip
"""Order in which tables and diagrams show where clusters stand."""


def edition_plain(edition: Edition, newest: Source | None = None) -> Plain:
    """An edition: its day, whether its list is held, what it is, and what is printed of it."""
    return {
        "name": edition.name,
        "on": edition.day.text,
        "held": edition.held,
        "title": dict(edition.title) if edition.title else None,
        "note": dict(edition.note) if edition.note else None,
        "source": edition.source,
        "newest_source": {"id": newest.id, "title": newest.title, "date": newest.date} if newest else None,
        "passages": [
            {
                "source": one.source,
                "line": one.line,
                "printed": one.printed,
                "entities": list(one.entities),
            }
            for one in edition.passages
        ],
    }


def event_plain(facts: Facts, event: LifeEvent, *, when: str | None = None) -> Plain:
    """One event: who, what, the first and last day on which it can have happened, and its lines."""
    plain: Plain = {
        "kind": str(event.kind),
        "entity": event.entity,
        "name": caption(facts, event.entity) or event.entity,
        "country": _country(facts, event.entity, event),
        "earliest": event.earliest.isoformat() if event.earliest else None,
        "latest": (event.end - timedelta(days=1)).isoformat(),
        "printed": event.printed,
        "before": _listed(event.before),
        "after": _listed(event.after),
        "other": event.other,
        "other_name": caption(facts, event.other) if event.other else None,
        "disputed": event.disputed,
        "cites": cites(event.cites),
    }
    return plain if when is None else {**plain, "when": when}


def diff_plain(facts: Facts, diff: EditionDiff, newest: Source | None) -> Plain:
    """Two editions compared; `net_change` and `growth_rate` are always null, and `refused` says why."""
    grouped = by_kind(diff.changes)
    return {
        "from": edition_plain(diff.earlier, newest if diff.earlier.name == "today" else None),
        "to": edition_plain(diff.later, newest if diff.later.name == "today" else None),
        "backwards": diff.backwards,
        "counts": {str(kind): _certainty(found) for kind, found in grouped.items()},
        "changes": {
            str(kind): [event_plain(facts, one.event, when=str(one.when)) for one in found]
            for kind, found in grouped.items()
        },
        "flows": _flows(facts, diff),
        "foreseen": [foreseen_plain(facts, one) for one in diff.foreseen],
        "undated": [_entity(facts, one) for one in diff.undated],
        "links": {"dated": diff.links_dated, "undated": diff.links_undated},
        "potential_left_out": diff.left_out,
        "net_change": None,
        "growth_rate": None,
        "refused": "list_held_apart" if diff.earlier.held and diff.later.held else "list_not_held",
    }


def foreseen_plain(facts: Facts, one: Foreseen) -> Plain:
    """What was foreseen of a cluster, what became of it, and the lines of both."""
    return {
        **_entity(facts, one.cluster),
        "expectation": one.expectation,
        "outcome": str(one.outcome),
        "state": one.after,
        "cites": cites(one.cites),
        "outcome_cites": cites(one.outcome_cites),
    }


def _certainty(changes: Iterable[Change]) -> Plain:
    found = Counter(str(one.when) for one in changes)
    return {"certain": found["certain"], "possible": found["possible"]}


def _flows(facts: Facts, diff: EditionDiff) -> list[Plain]:
    by_pair: dict[tuple[str, str], list[str]] = {}
    for cluster, pair in diff.standing.items():
        by_pair.setdefault(pair, []).append(cluster)
    return [
        {"from": str(then), "to": str(now), "clusters": len(ids), "ids": sorted(ids)}
        for (then, now), ids in sorted(
            by_pair.items(), key=lambda item: (ORDER.index(item[0][0]), ORDER.index(item[0][1]))
        )
    ]


def _entity(facts: Facts, entity: str) -> Plain:
    return {
        "id": entity,
        "name": caption(facts, entity) or entity,
        "country": next((str(s.value) for s in facts.statements(entity, "country")), None),
    }


def _country(facts: Facts, entity: str, event: LifeEvent) -> str | None:
    found = facts.statements(entity, "country")
    return str(found[0].value) if found else None


def _listed(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def standing_words(code: str, language: str = DEFAULT) -> str:
    """Where a cluster stands, in words: a state, an end, or what can be told without one."""
    if code in set(Unplaced):
        return say(language, STANDING_WORDS[Unplaced(code)])
    if code == "announced":
        return say(language, N_("announced"))
    return label("state" if code in vocabulary("state") else "life", code, language)


def event_words(kind: str, language: str = DEFAULT) -> str:
    """A kind of event in words."""
    return say(language, EVENT_WORDS[EventKind(kind)])


def outcome_words(code: str, language: str = DEFAULT) -> str:
    """What became of what was foreseen, in words."""
    return say(language, OUTCOME_WORDS[Outcome(code)])


def when_words(code: str, language: str = DEFAULT) -> str:
    """Whether an event surely falls between two editions, in words."""
    return say(language, WHEN_WORDS[code])


def refused_words(code: str, language: str = DEFAULT) -> str:
    """Why no net change and no growth rate is given."""
    return say(language, NO_NET_CHANGE if code == "list_not_held" else NO_NET_CHANGE_HELD)


def span_words(row: Plain, language: str = DEFAULT) -> str:
    """When an event happened: the date as printed, or the bounds that are known."""
    if row["printed"]:
        return " / ".join(day(text, language) for text in row["printed"].split(" / "))
    last = day(row["latest"], language)
    if row["earliest"] is None:
        return say(language, N_("by {day}"), day=last)
    return say(language, N_("between {first} and {last}"), first=day(row["earliest"], language), last=last)


def change_words(row: Plain, language: str = DEFAULT) -> str:
    """What an event changed: the two values, or the other one concerned."""
    if row["before"] is not None or row["after"] is not None:
        values = [_value_words(row, row[end], language) for end in ("before", "after")]
        if row["before"] is None:
            return values[1]
        return say(language, N_("from {before} to {after}"), before=values[0], after=values[1])
    return row["other_name"] or row["other"] or ""


def _value_words(row: Plain, value: object, language: str) -> str:
    if value is None:
        return "—"
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    lists = {"constituted": "state", "state": "state", "legal_form": "legal_form"}
    lists |= {"recognised": "recognition", "recognition_ended": "recognition"}
    return label(lists[row["kind"]], value, language) if row["kind"] in lists else str(value)


def edition_title(plain: Plain, language: str = DEFAULT) -> str:
    """Title of an edition, or its day."""
    return str(plain["title"][language]) if plain["title"] else day(plain["on"], language)


def diff_words(plain: Plain, language: str = DEFAULT) -> str:
    """What a comparison covers and what it leaves open, in sentences."""
    sentences = [
        say(
            language,
            N_("From {one} to {other}."),
            one=edition_title(plain["from"], language),
            other=edition_title(plain["to"], language),
        ),
        refused_words(plain["refused"], language),
        say(
            language,
            N_("Links that no source dates: {undated} of {all}."),
            undated=plain["links"]["undated"],
            all=plain["links"]["undated"] + plain["links"]["dated"],
        ),
        say(
            language,
            N_("Clusters of which nothing tells whether they are new: {count}."),
            count=len(plain["undated"]),
        ),
    ]
    newest = plain["to"]["newest_source"] or plain["from"]["newest_source"]
    if newest:
        sentences.append(
            say(
                language,
                N_("Today's newest source: {title}, {date}."),
                title=newest["title"],
                date=day(newest["date"], language),
            )
        )
    return " ".join(sentences)


def sort_key(row: Plain) -> tuple[date, str]:
    """Order of a timeline: by the last day on which an event can have happened."""
    return date.fromisoformat(row["latest"]), row["name"]
