"""Answers by the decisions recorded until a moment: computed from the statements that stood then.

The stored rows know only the present; these functions are slower and need no row.
"""

from functools import lru_cache

from grappe.census.facts import Facts
from grappe.census.links import links
from grappe.census.row import ClusterRow, rows
from grappe.domain.entity import Kind
from grappe.domain.fold import fold
from grappe.present.clusters import cluster_plain, potential_plain
from grappe.present.entities import form_plain, organisation_plain, programme_plain
from grappe.present.geojson import cluster_features, form_features, link_feature
from grappe.present.links import link_plain
from grappe.present.plain import Plain
from grappe.present.searchable import searchable
from grappe.queries.facts import all_facts
from grappe.queries.filters import COUNTRIES, ClusterFilter
from grappe.queries.moment import Moment
from grappe.store.models import Decision

_BY_NAME_ALONE = ("name", "country", "places", "created", "members", "jobs")
_SORTED_BY = {"north": "partner_north", "south": "partner_south", "members": "members_total"}


def facts_known(when: Moment) -> Facts:
    """Facts by the decisions of a moment; the last few are kept until another decision is recorded."""
    newest = Decision.objects.order_by("-id").values_list("id", flat=True).first()
    return _facts(when, newest or 0)


@lru_cache(maxsize=2)
def _facts(when: Moment, newest: int) -> Facts:
    return all_facts(when.known)


def clusters_known(wanted: ClusterFilter, when: Moment, sort: str) -> list[tuple[ClusterRow, Plain]]:
    """Rows of clusters that match, with their plain form, in one of the orders of a list."""
    facts = facts_known(when)
    found = [
        (
            row,
            cluster_plain(facts, row)
            | {"disputed": list(row.contested), "life": row.life, "listed": row.listed},
        )
        for row in rows(facts, when.on)
        if not (row.state == "potential" and row.craft) and _matches(facts, row, wanted)
    ]
    return _ordered(facts, found, sort)


def links_known(when: Moment) -> list[Plain]:
    """All links."""
    facts = facts_known(when)
    return [link_plain(facts, link) for link in links(facts, when.on)]


def listing_known(when: Moment, kinds: tuple[str, ...]) -> list[Plain]:
    """Entities of some kinds, by name."""
    facts = facts_known(when)
    found: list[Plain] = []
    for kind in map(Kind, kinds):
        for one in facts.of_kind(kind):
            if kind is Kind.ORGANISATION:
                ends = {link.other_end(one) for link in links(facts, when.on, one)}
                clusters = sorted(end for end in ends if end in facts.of_kind(Kind.CLUSTER))
                found.append(organisation_plain(facts, one, when.on, clusters))
            elif kind is Kind.FORM:
                found.append(form_plain(facts, one, when.on))
            else:
                found.append(programme_plain(facts, one, when.on))
    return sorted(
        (plain for plain in found if plain["name"]), key=lambda plain: (fold(plain["name"]), plain["id"])
    )


def potential_known(when: Moment) -> list[Plain]:
    """Potential creative clusters."""
    facts = facts_known(when)
    return [
        potential_plain(facts, row) for row in rows(facts, when.on) if row.state == "potential" and row.craft
    ]


def features_known(wanted: ClusterFilter, when: Moment, layers: tuple[str, ...]) -> list[Plain]:
    """Map features of the layers asked."""
    facts = facts_known(when)
    found = clusters_known(wanted, when, "source")
    ids = {row.id for row, _ in found}
    features: list[Plain] = []
    if "clusters" in layers:
        features += [feature for row, _ in found for feature in cluster_features(facts, row)]
    if "forms" in layers:
        plains = listing_known(when, ("form",))
        features += [f for plain in plains for f in form_features(facts, plain["id"], plain)]
    if "links" in layers:
        drawn = [
            link_feature(facts, link, when.on)
            for link in links(facts, when.on)
            if {link.source, link.target} & ids
        ]
        features += [feature for feature in drawn if feature]
    return features


def _matches(facts: Facts, row: ClusterRow, wanted: ClusterFilter) -> bool:
    closed = all(
        not getattr(wanted, name) or getattr(row, name) in getattr(wanted, name)
        for name in ("country", "sector", "state", "anchoring")
    )
    flags = (
        (not wanted.north or row.partner_north)
        and (not wanted.south or row.partner_south)
        and (not wanted.creative or row.creative)
    )
    scope = wanted.scope == "all" or row.listed == (wanted.scope == "tables")
    return bool(closed and flags and scope and (not wanted.q or _says(facts, row.id, wanted.q)))


def _says(facts: Facts, entity: str, text: str) -> bool:
    words = " ".join(searchable(facts, entity)).split()
    asked = fold(text).split()
    return bool(asked) and all(any(word.startswith(part) for word in words) for part in asked)


def _ordered(
    facts: Facts, found: list[tuple[ClusterRow, Plain]], sort: str
) -> list[tuple[ClusterRow, Plain]]:
    name = sort.removeprefix("-")
    by_name = sorted(found, key=lambda pair: (fold(pair[0].name), pair[0].id))
    if name == "source":
        listed = {row.id: facts.statements(row.id, "listed") for row, _ in found}
        position = {one: s[0].lines[0] if s and s[0].lines else 0 for one, s in listed.items()}
        order = {code: index for index, code in enumerate(COUNTRIES)}
        by_name.sort(key=lambda pair: (order.get(pair[0].country or "", len(order)), position[pair[0].id]))
        return by_name[::-1] if sort.startswith("-") else by_name
    attribute = _SORTED_BY.get(name, name)
    if name not in _BY_NAME_ALONE:
        by_name.sort(key=lambda pair: pair[0].country or "~")

    def key(pair: tuple[ClusterRow, Plain]) -> object:
        value = pair[1].get(attribute)
        if name in ("name", "places"):
            return fold(", ".join(value) if isinstance(value, list) else str(value))
        return value

    known = [pair for pair in by_name if pair[1].get(attribute) not in (None, [])]
    unknown = [pair for pair in by_name if pair[1].get(attribute) in (None, [])]
    values = sorted({key(pair) for pair in known}, reverse=sort.startswith("-"))  # type: ignore[type-var]
    place = {value: index for index, value in enumerate(values)}
    return sorted(known, key=lambda pair: place[key(pair)]) + unknown
