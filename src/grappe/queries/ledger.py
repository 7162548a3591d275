"""The ledger of a moment: every link with its ends, who names it, and what each end is."""

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import QuerySet

from grappe.census.disputes import shown_field
from grappe.census.facts import Facts, facts_of
from grappe.census.links import Link, country_of, links, sides
from grappe.census.row import own_figure
from grappe.census.speakers import Headings, headings, refers_to, speakers, speaks_of_countries
from grappe.domain.dates import PartialDate
from grappe.domain.entity import Kind
from grappe.domain.statement import Statement
from grappe.network.cooperation import NamedBy, Node, group_of, named_by, one_sided
from grappe.present.geojson import end_point, point_of
from grappe.present.plain import Plain, caption
from grappe.queries.as_known import facts_known
from grappe.queries.facts import sources
from grappe.queries.map_features import version
from grappe.queries.moment import Moment
from grappe.store import models
from grappe.store.codec import unpack_entity, unpack_statement
from grappe.store.rulings import preferred_now

_CHUNK = 900
_OF_ENDS = (
    "name", "acronym", "country", "sector", "state", "life", "place", "type", "form_kind", "listed",
    "members_total", "partner_north", "partner_south", "cooperation_country",
)  # fmt: skip
"""Fields of an actor that the graph shows or reckons with."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """Links of a day, the actors at their ends, and who names whom.

    `sided` is asked by the two ends in alphabetical order. `frames` are what links stand in the frame
    of without it being an actor, `untied` the listed clusters that no cooperation is known of.
    """

    on: PartialDate
    links: tuple[Link, ...]
    nodes: Mapping[str, Node]
    actors: Mapping[str, Plain]
    named: Mapping[str, NamedBy | None]
    sided: Mapping[tuple[str, str], bool | None]
    frames: Mapping[str, Plain]
    untied: tuple[Plain, ...]


def ledger(when: Moment) -> Ledger:
    """The ledger of a moment; the last few are kept until another decision is recorded."""
    return _ledger(when, state_of_store())


def state_of_store() -> tuple[str, int, int]:
    """Changes with every load, decision and erasure: what is kept of earlier answers hangs on it."""
    newest = models.Decision.objects.order_by("-id").values_list("id", flat=True).first()
    return version(), newest or 0, models.Redaction.objects.count()


@lru_cache(maxsize=4)
def _ledger(when: Moment, store: tuple[str, int, int]) -> Ledger:
    facts = _facts() if when.known is None else facts_known(when)
    on = when.on
    found = tuple(_followed(facts, link) for link in links(facts, on))
    by_end: dict[str, list[Link]] = defaultdict(list)
    for link in found:
        for end in {link.source, link.target}:
            by_end[end].append(link)
    sheets = headings(facts)
    spoken = {link.id: speakers(facts, link.cites, sheets) for link in found}
    countries = {end: country_of(facts, end, on) for end in by_end}
    nodes = {
        end: Node(end, str(facts.entities[end].kind), group_of(countries[end], on.first))
        for end in sorted(by_end)
    }
    return Ledger(
        on=on,
        links=found,
        nodes=nodes,
        actors={end: _actor(facts, node, countries, by_end[end], on) for end, node in nodes.items()},
        named={link.id: named_by(spoken[link.id], link.source, link.target) for link in found},
        sided=_sided(facts, found, spoken, sheets, countries),
        frames={one: _frame(facts, one) for link in found for one in link.via if one not in nodes},
        untied=tuple(
            _untied(facts, one, by_end.get(one, ()), on)
            for one in facts.of_kind(Kind.CLUSTER)
            if facts.statements(one, "listed") and not any(link.counts for link in by_end.get(one, ()))
        ),
    )


def _facts() -> Facts:
    """Standing statements about links, about their ends, and about the places of these."""
    said = _statements(models.Statement.objects.filter(entity__kind=str(Kind.LINK), standing=True))
    ends = {str(s.value) for s in said if s.field in ("from", "to", "via")}
    ends |= set(models.Entity.objects.filter(kind=str(Kind.CLUSTER)).values_list("id", flat=True))
    entities = _entities(ends | {s.entity for s in said})
    ends |= {row[3] for row in entities if row[3]}
    entities += _entities({row[3] for row in entities if row[3]})
    near = _of(ends, _OF_ENDS)
    # A cluster that refers to another in its own sheet names it, link or not.
    clusters = [row[0] for row in entities if row[1] == str(Kind.CLUSTER)]
    near += [s for s in _referring(clusters) if s.field not in _OF_ENDS]
    places = {place for s in near for place in s.places}
    places |= {f"pl-country-{str(s.value).lower()}" for s in near if s.field == "country"}
    entities += _entities(places)
    said += near + _of(places, ("lon", "lat", "name"))
    return facts_of((unpack_entity(*row) for row in entities), said, sources(), preferred_now())


def _referring(clusters: Iterable[str]) -> list[Statement]:
    found: list[Statement] = []
    for chunk in _chunked(clusters):
        rows = models.Statement.objects.filter(value__in=chunk, standing=True, entity__kind=str(Kind.CLUSTER))
        found += _statements(rows)
    return found


def _of(ids: Iterable[str], fields: tuple[str, ...]) -> list[Statement]:
    found: list[Statement] = []
    for chunk in _chunked(ids):
        rows = models.Statement.objects.filter(entity_id__in=chunk, standing=True, field__in=fields)
        found += _statements(rows)
    return found


def _statements(rows: QuerySet[models.Statement]) -> list[Statement]:
    return [unpack_statement(*row) for row in rows.values_list("id", "entity_id", "field", "content")]


def _entities(ids: Iterable[str]) -> list[tuple[str, str, str, str | None]]:
    found: list[tuple[str, str, str, str | None]] = []
    for chunk in _chunked(ids):
        rows = models.Entity.objects.filter(id__in=chunk)
        found += rows.values_list("id", "kind", "dataset_id", "redirect_to")
    return found


def _chunked(ids: Iterable[str]) -> Iterator[list[str]]:
    ordered = sorted(ids)
    for start in range(0, len(ordered), _CHUNK):
        yield ordered[start : start + _CHUNK]


def _followed(facts: Facts, link: Link) -> Link:
    """The link with its ends followed from a merged id to what it became."""
    source, target = (_became(facts, end) for end in (link.source, link.target))
    return dataclasses.replace(link, source=source, target=target)


def _became(facts: Facts, entity: str) -> str:
    known = facts.entities.get(entity)
    while known is not None and known.redirect_to is not None:
        entity, known = known.redirect_to, facts.entities.get(known.redirect_to)
    return entity


def _sided(
    facts: Facts,
    found: Iterable[Link],
    spoken: Mapping[str, frozenset[str | None]],
    sheets: Headings,
    countries: Mapping[str, str | None],
) -> dict[tuple[str, str], bool | None]:
    """For each pair of actors, whether one names the other and is not named in return.

    Who says in its sheet that it works with the clusters of a country, and names none, is not silent
    about any of them: it has no say in such a pair.
    """
    namers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for link in found:
        pair = pair_of(link.source, link.target)
        namers[pair] |= {one for one in spoken[link.id] if one in pair}
    have_sheet = frozenset(cluster for rows in sheets.values() for _, cluster in rows)
    for pair, naming in namers.items():
        naming |= {
            one
            for one, other in (pair, pair[::-1])
            if one in have_sheet and refers_to(facts, one, other, sheets)
        }
    at_large = {one: speaks_of_countries(facts, one, sheets) for one in have_sheet}
    vague = {
        pair: {
            one
            for one, other in (pair, pair[::-1])
            if one in have_sheet and countries[other] in at_large[one]
        }
        for pair in namers
    }
    return {pair: one_sided(naming, pair, have_sheet - vague[pair]) for pair, naming in namers.items()}


def pair_of(one: str, other: str) -> tuple[str, str]:
    """Two ids in alphabetical order."""
    return (one, other) if one <= other else (other, one)


def _actor(
    facts: Facts, node: Node, countries: Mapping[str, str | None], around: Iterable[Link], on: PartialDate
) -> Plain:
    """What the graph shows of an actor."""
    known = facts.entities[node.id]
    at_place = end_point(facts, node.id, on, by_country=False)
    country = countries[node.id]
    point = at_place or (point_of(facts, f"pl-country-{country.lower()}") if country else None)
    members = shown_field(facts, node.id, "members_total", on) if known.kind is Kind.CLUSTER else []
    plain = {
        "id": node.id,
        "name": caption(facts, node.id) or node.id,
        "acronym": _value(facts, node.id, "acronym", on),
        "kind": node.kind,
        "type": _value(facts, node.id, "type" if known.kind is Kind.ORGANISATION else "form_kind", on),
        "country": country,
        "group": str(node.group) if node.group else None,
        "sector": _value(facts, node.id, "sector", on),
        "state": _value(facts, node.id, "state", on),
        "life": _value(facts, node.id, "life", on),
        "members": own_figure({"members_total": members}, "members_total"),
        "lon": point[0] if point else None,
        "lat": point[1] if point else None,
        "located": None if point is None else "place" if at_place else "country",
    }
    if known.kind is Kind.CLUSTER:
        plain["flags"] = _flags(facts, node.id, around, on)
    return plain


def _untied(facts: Facts, cluster: str, around: Iterable[Link], on: PartialDate) -> Plain:
    """What is told of a listed cluster that no cooperation is known of."""
    return {
        "id": cluster,
        "name": caption(facts, cluster) or cluster,
        "country": country_of(facts, cluster, on),
        "flags": _flags(facts, cluster, around, on),
    }


def _flags(facts: Facts, cluster: str, around: Iterable[Link], on: PartialDate) -> Plain:
    """Partners in the North and in the South: as printed, and as the links give them; never a no."""
    made = sides(facts, cluster, around, on)
    return {
        where: {
            "printed": _value(facts, cluster, f"partner_{where}", on),
            "computed": True if made[where] else None,
            "links": [one.id for one in made[where] if isinstance(one, Link)],
            "countries": [str(one.value) for one in made[where] if isinstance(one, Statement)],
        }
        for where in ("north", "south")
    }


def _frame(facts: Facts, entity: str) -> Plain:
    known = facts.entities.get(entity)
    return {
        "id": entity,
        "name": caption(facts, entity) or entity,
        "kind": str(known.kind) if known else None,
    }


def _value(facts: Facts, entity: str, name: str, on: PartialDate) -> object:
    if not facts.statements(entity, name):
        return None
    shown = shown_field(facts, entity, name, on)
    return shown[0].statement.value if shown else None
