"""What is known of every cluster, as suggestions see it, at a moment."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from grappe.census.disputes import shown_field
from grappe.census.facts import Facts, facts_of
from grappe.census.links import Link
from grappe.census.reconciliation import Shown
from grappe.domain.dates import PartialDate, partial_date
from grappe.domain.entity import Kind
from grappe.domain.statement import Statement
from grappe.network.event_states import AGENDA_IS_SEEN, PRESENT
from grappe.network.suggestion_profile import (
    Actor,
    Count,
    Field,
    KnownLink,
    Profile,
    Said,
    field_of,
    with_links,
)
from grappe.present.plain import caption
from grappe.queries.as_known import facts_known
from grappe.queries.facts import sources
from grappe.queries.ledger import ledger, state_of_store
from grappe.queries.moment import Moment
from grappe.store import models
from grappe.store.codec import unpack_entity, unpack_statement
from grappe.store.rulings import preferred_now

_FIELDS = (
    "name", "acronym", "alias", "country", "type", "sector", "state", "life", "craft", "created",
    "members_total", "industry", "niche", "cooperation_country", "activity", "obstacle",
)  # fmt: skip
_KINDS = ("cluster", "organisation", "programme", "event", "form", "project")
_LOOKED_FOR = frozenset({"planned", "sought"})
"""Statuses of what a cluster looks towards and does not have yet."""
FOREIGN = "foreign_cluster"
"""Type of an organisation that is a cluster abroad."""


@dataclass(frozen=True, slots=True)
class Known:
    """Profiles of a moment, the links, and the facts that ids and names are read from."""

    field: Field
    facts: Facts
    links: Mapping[str, Link]


def known_profiles(when: Moment) -> Known:
    """Profiles of a moment; the last few are kept until something is decided or an event changes."""
    declared = _declared()
    return _known(when, state_of_store(), tuple(sorted(declared.items())))


@lru_cache(maxsize=4)
def _known(when: Moment, store: tuple[str, int, int], declared: tuple[tuple[str, "Declared"], ...]) -> Known:
    facts = _facts() if when.known is None else facts_known(when)
    book = ledger(when)
    by_end: dict[str, list[KnownLink]] = defaultdict(list)
    for link in book.links:
        known = KnownLink(link.id, link.source, link.target, link.kind, link.counts, link.status, link.via)
        for end in {link.source, link.target}:
            by_end[end].append(known)
    actors = {one: Actor(str(entity.kind), _type(facts, one)) for one, entity in facts.entities.items()}
    latest: dict[str, str] = {}
    for link in book.links:
        for end in {link.source, link.target}:
            latest[end] = _later([latest.get(end), *(s.as_of for s in link.cites)])
    said = dict(declared)
    profiles = [
        with_links(
            _profile(facts, one, when.on, latest.get(one), said.get(one, ((), ()))), by_end[one], actors
        )
        for one in _suggestible(facts, when.on)
    ]
    return Known(field_of(profiles), facts, {link.id: link for link in book.links})


def _suggestible(facts: Facts, on: PartialDate) -> list[str]:
    """Clusters that somebody has constituted or means to, and clusters abroad; no potential ones."""
    clusters = [
        one
        for one in facts.of_kind(Kind.CLUSTER)
        if not (facts.statements(one, "craft") and _value(facts, one, "state", on) == "potential")
    ]
    return clusters + [one for one in facts.of_kind(Kind.ORGANISATION) if _type(facts, one) == FOREIGN]


def _profile(facts: Facts, one: str, on: PartialDate, latest: str | None, declared: "Declared") -> Profile:
    kind = str(facts.entities[one].kind)
    country = _single(facts, one, "country", on)
    if kind != "cluster":
        said = [s.as_of for s in facts.statements(one)]
        return Profile(one, kind, country=country, latest=_later([latest, *said]) or None)
    abroad = _many(facts, one, "cooperation_country", on)
    done = _many(facts, one, "activity", on)
    offers, needs = declared
    return Profile(
        one,
        kind,
        country=country,
        sector=_single(facts, one, "sector", on),
        state=_single(facts, one, "state", on),
        life=_single(facts, one, "life", on),
        created=_single(facts, one, "created", on),
        members=_members(facts, one, on),
        industries=tuple(_said(shown) for shown in _many(facts, one, "industry", on)),
        niches=tuple(_said(shown) for shown in _many(facts, one, "niche", on)),
        abroad=tuple(_said(shown) for shown in abroad if _status(shown) not in _LOOKED_FOR),
        sought=tuple(_said(shown) for shown in abroad if _status(shown) in _LOOKED_FOR),
        searching=tuple(
            cite
            for shown in done
            if shown.statement.value == "partner_search" and _status(shown) in _LOOKED_FOR
            for cite in _said(shown).cites
        ),
        offers=_merged([_said(shown) for shown in done if _status(shown) not in _LOOKED_FOR], offers),
        needs=_merged([_said(shown) for shown in _many(facts, one, "obstacle", on)], needs),
        latest=_later([latest, *(s.as_of for s in facts.statements(one))]) or None,
    )


def _members(facts: Facts, one: str, on: PartialDate) -> Count | None:
    """The cluster's own members, observed; never a target, never a sector's."""
    for shown in shown_field(facts, one, "members_total", on):
        if shown.slot[:2] == ("members", "observed") and isinstance(shown.statement.value, int | float):
            interval = shown.statement.interval
            return Count(interval.low, interval.high, _ids(shown))
    return None


def _single(facts: Facts, one: str, name: str, on: PartialDate) -> Said | None:
    shown = shown_field(facts, one, name, on)
    return _said(shown[0]) if shown else None


def _many(facts: Facts, one: str, name: str, on: PartialDate) -> list[Shown]:
    return shown_field(facts, one, name, on)


def _said(shown: Shown) -> Said:
    return Said(str(shown.statement.value), _ids(shown))


def _ids(shown: Shown) -> tuple[str, ...]:
    """Ids of the statements that say the value shown: the winner, and what says the very same."""
    value = shown.statement.value
    same = [s for s in (*shown.statements, *shown.confirmed_by) if s.value == value]
    return tuple(dict.fromkeys(s.id for s in same))


def _status(shown: Shown) -> object:
    return shown.statement.attributes.get("status")


def _value(facts: Facts, one: str, name: str, on: PartialDate) -> object:
    said = _single(facts, one, name, on)
    return said.value if said else None


def _type(facts: Facts, one: str) -> str | None:
    types = facts.statements(one, "type")
    return str(types[0].value) if types else None


def _later(days: Iterable[str | None]) -> str:
    """The latest of some days, at the precision given; an empty text if there is none."""
    return max((day for day in days if day), key=lambda day: partial_date(day).end, default="")


def _merged(stated: list[Said], declared: Iterable[Said]) -> tuple[Said, ...]:
    """What is said in two ways, each value once with all that says so."""
    found: dict[str, tuple[str, ...]] = {}
    for said in (*stated, *declared):
        found[said.value] = (*found.get(said.value, ()), *said.cites)
    return tuple(Said(value, cites) for value, cites in found.items())


Declared = tuple[tuple[Said, ...], tuple[Said, ...]]
"""Offers and needs that a cluster has declared for matchmaking events."""


def _declared() -> dict[str, Declared]:
    """Offers and needs declared for events, once participants have their agendas; cited by the event.

    Before that they are for the participants of the event alone.
    """
    rows = models.Participation.objects.filter(
        entity__isnull=False, state__in=[str(one) for one in PRESENT],
        event__state__in=[str(one) for one in AGENDA_IS_SEEN],
    ).order_by("event_id", "id")  # fmt: skip
    found: dict[str, tuple[list[Said], list[Said]]] = defaultdict(lambda: ([], []))
    for entity, event, offers, needs in rows.values_list("entity", "event_id", "offers", "needs"):
        for side, tags in zip(found[str(entity)], (offers, needs), strict=True):
            side += [Said(tag, (event,)) for tag in tags]
    return {entity: (tuple(offers), tuple(needs)) for entity, (offers, needs) in found.items()}


def _facts() -> Facts:
    """Standing statements that suggestions look at, about everything that can be an end of a link."""
    rows = models.Statement.objects.filter(standing=True, field__in=_FIELDS, entity__kind__in=_KINDS)
    said = [unpack_statement(*row) for row in rows.values_list("id", "entity_id", "field", "content")]
    entities = models.Entity.objects.filter(kind__in=_KINDS)
    return facts_of(
        (unpack_entity(*row) for row in entities.values_list("id", "kind", "dataset_id", "redirect_to")),
        said,
        sources(),
        preferred_now(),
    )


def cited(known: Known, ids: Iterable[str]) -> dict[str, tuple[Statement, ...]]:
    """Statements behind cited ids: the statement itself, or those of the link."""
    found: dict[str, tuple[Statement, ...]] = {}
    for one in ids:
        if one in known.links:
            found[one] = known.links[one].cites
        elif one in known.facts.by_id:
            found[one] = (known.facts.by_id[one],)
    return found


def name_of(known: Known, entity: str) -> str:
    """Name of an entity; its id where it has none."""
    return (caption(known.facts, entity) if entity in known.facts.entities else None) or entity
