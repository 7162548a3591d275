"""What did the census know at an edition, what changed between two, what happened to a cluster?"""

from functools import lru_cache

from grappe.census.asked import Asked
from grappe.census.edition_changes import birth_of, compare_editions, standing_of
from grappe.census.editions import TODAY, Edition, edition, edition_names, newest_source
from grappe.census.facts import Facts
from grappe.census.life_events import life_events
from grappe.domain.entity import Kind
from grappe.domain.errors import UnknownThing
from grappe.domain.source import Source
from grappe.present.editions import diff_plain, edition_plain, event_plain, sort_key
from grappe.present.plain import Plain, caption, cites
from grappe.queries.existence import check_exists
from grappe.queries.facts import facts_about
from grappe.queries.filters import COUNTRIES
from grappe.queries.ledger import state_of_store
from grappe.queries.moment import Moment, moment
from grappe.queries.wide_facts import EDITIONS, uncollected, wide_facts

__all__ = [
    "census_of",
    "diff",
    "edition_names",
    "list_editions",
    "timeline_of_cluster",
    "timeline_of_country",
]


def list_editions(known: str | None = None) -> list[Plain]:
    """The named editions, the earliest first."""
    when = moment(known=known)
    return [_edition_plain(edition(name, when.on), when) for name in edition_names()]


def census_of(name: str, known: str | None = None) -> Plain:
    """The census at an edition or on any day: where each cluster stood, as far as sources tell.

    Raises
    ------
    BadChoice
        If `name` is neither an edition nor a date.
    """
    when = moment(known=known)
    chosen = edition(name, when.on)
    facts = wide_facts(when, EDITIONS)
    asked = Asked(facts)
    rows = []
    for cluster in facts.of_kind(Kind.CLUSTER):
        if facts.statements(cluster, "craft"):
            continue
        birth = birth_of(asked, cluster, when.on)
        standing = standing_of(asked, cluster, chosen.day, birth)
        told = [s for s in facts.statements(cluster) if s.field in ("state", "life", "created")]
        rows.append(
            {
                "id": cluster,
                "name": caption(facts, cluster) or cluster,
                "country": next((str(s.value) for s in facts.statements(cluster, "country")), None),
                "standing": str(standing),
                "born": birth.printed if birth else None,
                "cites": cites(told),
            }
        )
    counts: dict[str, int] = {}
    for row in rows:
        counts[str(row["standing"])] = counts.get(str(row["standing"]), 0) + 1
    return {
        **_edition_plain(chosen, when),
        "counts": counts,
        "clusters": sorted(rows, key=lambda row: (row["country"] or "~", row["name"])),
    }


def diff(one: str, other: str, known: str | None = None) -> Plain:
    """What changed from one edition, or day, to another.

    Raises
    ------
    BadChoice
        If either is neither an edition nor a date.
    """
    when = moment(known=known)
    return _diff(one, other, when, state_of_store())


@lru_cache(maxsize=8)
def _diff(one: str, other: str, when: Moment, store: tuple[str, int, int]) -> Plain:
    facts = wide_facts(when, EDITIONS)
    with uncollected():
        found = compare_editions(facts, edition(one, when.on), edition(other, when.on))
        plain = diff_plain(facts, found, _newest(facts))
    return plain | {"known": when.known.isoformat() if when.known else None}


def timeline_of_cluster(cluster: str) -> Plain:
    """Everything that happened to one cluster.

    Raises
    ------
    UnknownThing
        If there is no such cluster.
    """
    row = check_exists(cluster)
    if row.kind != Kind.CLUSTER:
        raise UnknownThing("unknown_entity", id=cluster, close="")
    when = moment()
    facts = facts_about([cluster])
    asked = Asked(facts)
    events = [event_plain(facts, event) for event in life_events(asked, cluster, when.on)]
    return {"on": when.on.text, "cluster": cluster, "events": sorted(events, key=sort_key)}


def timeline_of_country(country: str) -> Plain:
    """Everything that happened to the clusters of one country.

    Raises
    ------
    UnknownThing
        If the census has no such country.
    """
    code = country.upper()
    if code not in COUNTRIES:
        raise UnknownThing(kind="country", id=country)
    when = moment()
    facts = wide_facts(when, EDITIONS)
    asked = Asked(facts)
    events = [
        event_plain(facts, event)
        for cluster in facts.of_kind(Kind.CLUSTER)
        if any(s.value == code for s in facts.statements(cluster, "country"))
        for event in life_events(asked, cluster, when.on)
    ]
    return {"on": when.on.text, "country": code, "events": sorted(events, key=sort_key)}


def _edition_plain(chosen: Edition, when: Moment) -> Plain:
    newest = _newest(wide_facts(when, EDITIONS)) if chosen.name == TODAY else None
    return edition_plain(chosen, newest)


def _newest(facts: Facts) -> Source | None:
    clusters = facts.of_kind(Kind.CLUSTER)
    return newest_source((s for one in clusters for s in facts.statements(one)), facts.sources)
