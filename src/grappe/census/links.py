"""Links: relations between two entities, with the level printed beside the level computed."""

from collections.abc import Iterable
from dataclasses import dataclass

from grappe.census.disputes import shown_field, shown_values
from grappe.census.facts import Facts
from grappe.census.reconciliation import Shown
from grappe.domain.cooperation import PARTNERSHIP_KINDS, REAL, is_cooperation, is_facilitation
from grappe.domain.dates import PartialDate
from grappe.domain.entity import Kind
from grappe.domain.levels import in_group, level_between
from grappe.domain.statement import Statement

__all__ = ["PARTNERSHIP_KINDS", "REAL", "Link", "country_of", "link_of", "links", "side", "sides"]


@dataclass(frozen=True, slots=True)
class Link:
    """One relation, reconciled on a day; `facilitated` marks a co-production that its ends facilitated."""

    id: str
    kind: str
    source: str
    target: str
    level_printed: str | None
    level: str | None
    stage: str | None
    status: str | None
    start: str | None
    end: str | None
    role: str | None
    via: tuple[str, ...]
    cites: tuple[Statement, ...]
    facilitated: bool = False

    def other_end(self, entity: str) -> str:
        """The end that is not `entity`."""
        return self.target if self.source == entity else self.source

    @property
    def counts(self) -> bool:
        """Whether it is a cooperation that counts in flags and degrees."""
        return is_cooperation(self.kind, self.status, facilitated=self.facilitated)


def country_of(facts: Facts, entity: str, on: PartialDate) -> str | None:
    """Country of an entity on a day, if exactly one is known."""
    countries = {str(s.value) for s in facts.statements(entity, "country")}
    return countries.pop() if len(countries) == 1 else None


def link_of(facts: Facts, entity: str, on: PartialDate) -> Link | None:
    """The link that an entity of kind link describes; nothing before the day it is spoken of."""
    values = shown_values(facts, entity, on)
    if not {"kind", "from", "to"} <= values.keys():
        return None
    kind, source, target = (str(_one(values, name)) for name in ("kind", "from", "to"))
    return Link(
        id=entity,
        kind=kind,
        source=source,
        target=target,
        level_printed=_one(values, "level"),
        level=level_between(country_of(facts, source, on), country_of(facts, target, on), on.first),
        stage=_one(values, "stage"),
        status=_one(values, "status"),
        start=_one(values, "start"),
        end=_one(values, "end"),
        role=_one(values, "role"),
        via=tuple(str(shown.statement.value) for shown in values.get("via", [])),
        cites=_cites(facts.statements(entity)),
        facilitated=is_facilitation(kind, (_what(facts, source), _what(facts, target))),
    )


def links(facts: Facts, on: PartialDate, entity: str | None = None) -> list[Link]:
    """All links on a day, or those of one entity, in alphabetical order of id."""
    ids = facts.of_kind(Kind.LINK) if entity is None else sorted(facts.links_of.get(entity, ()))
    return [link for one in ids if (link := link_of(facts, one, on)) is not None]


def side(country: str | None, on: PartialDate) -> str | None:
    """Side of the Mediterranean that a partner's country stands for: ``north`` or ``south``.

    The source gives no rule; ours, published in the methods: north is a country of the group
    `europe`, south any country of the groups `maghreb`, `sub_saharan_africa` and
    `east_mediterranean`; other countries count for neither.
    """
    if country is None:
        return None
    if in_group(country, "europe", on.first):
        return "north"
    if any(in_group(country, g, on.first) for g in ("maghreb", "sub_saharan_africa", "east_mediterranean")):
        return "south"
    return None


def sides(
    facts: Facts, cluster: str, around: Iterable[Link], on: PartialDate
) -> dict[str, list[Link | Statement]]:
    """What makes a cluster's partnerships with the North and with the South, by the published rule.

    A link that counts with a partner of that side does, and so does a country of that side named
    without a partner there, unless the cooperation is only planned or sought. The cluster's own
    country counts for neither.

    Parameters
    ----------
    facts : the countries of the partners must be among them
    cluster : id of a cluster
    around : links of the cluster
    on : day asked

    Returns
    -------
    dict
        ``north`` and ``south``, each with its links and statements; an empty list is no "no".
    """
    found: dict[str, list[Link | Statement]] = {"north": [], "south": []}
    home = country_of(facts, cluster, on)
    for link in around:
        country = country_of(facts, link.other_end(cluster), on)
        where = side(country, on) if country != home else None
        if link.counts and where:
            found[where].append(link)
    for one in shown_field(facts, cluster, "cooperation_country", on):
        country = str(one.statement.value)
        where = side(country, on) if country != home else None
        if where and one.statement.attributes.get("status") in REAL:
            found[where].append(one.statement)
    return found


def _what(facts: Facts, entity: str) -> str | None:
    """What an end is: its type if it is an organisation of a known type, else its kind."""
    known = facts.entities.get(entity)
    if known is not None and known.kind is Kind.ORGANISATION and (types := facts.statements(entity, "type")):
        return str(types[0].value)
    return str(known.kind) if known else None


def _one(values: dict[str, list[Shown]], name: str) -> str | None:
    return str(values[name][0].statement.value) if name in values else None


def _cites(statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
    seen: dict[tuple[str, tuple[int, ...], str | None], Statement] = {}
    for statement in statements:
        seen.setdefault((statement.source, statement.lines, statement.key), statement)
    return tuple(seen.values())
