"""Links: relations between two entities, with the level printed beside the level computed."""

from dataclasses import dataclass

from grappe.census.disputes import shown_values
from grappe.census.facts import Facts
from grappe.census.reconciliation import Shown
from grappe.domain.dates import PartialDate
from grappe.domain.entity import Kind
from grappe.domain.levels import in_group, level_between
from grappe.domain.statement import Statement

PARTNERSHIP_KINDS = frozenset(
    {"partnership", "convention", "coproduction", "membership", "support", "merger", "twinning", "mentoring"}
)
"""Kinds that count as cooperation; a listing, a fair attended or hosting never does (design, section 4)."""
REAL = frozenset({None, "active", "done", "ended"})
"""Statuses of a cooperation that exists or existed; planned and sought ones do not count."""


@dataclass(frozen=True, slots=True)
class Link:
    """One relation, reconciled on a day."""

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

    def other_end(self, entity: str) -> str:
        """The end that is not `entity`."""
        return self.target if self.source == entity else self.source

    @property
    def counts(self) -> bool:
        """Whether it is a cooperation that counts in flags and degrees."""
        return self.kind in PARTNERSHIP_KINDS and self.status in REAL


def country_of(facts: Facts, entity: str, on: PartialDate) -> str | None:
    """Country of an entity on a day, if exactly one is known."""
    countries = {str(s.value) for s in facts.statements(entity, "country")}
    return countries.pop() if len(countries) == 1 else None


def link_of(facts: Facts, entity: str, on: PartialDate) -> Link | None:
    """The link that an entity of kind link describes; nothing before the day it is spoken of."""
    values = shown_values(facts, entity, on)
    if not {"kind", "from", "to"} <= values.keys():
        return None
    source, target = _one(values, "from"), _one(values, "to")
    return Link(
        id=entity,
        kind=str(_one(values, "kind")),
        source=str(source),
        target=str(target),
        level_printed=_one(values, "level"),
        level=level_between(country_of(facts, str(source), on), country_of(facts, str(target), on), on.first),
        stage=_one(values, "stage"),
        status=_one(values, "status"),
        start=_one(values, "start"),
        end=_one(values, "end"),
        role=_one(values, "role"),
        via=tuple(str(shown.statement.value) for shown in values.get("via", [])),
        cites=_cites(facts.statements(entity)),
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


def _one(values: dict[str, list[Shown]], name: str) -> str | None:
    return str(values[name][0].statement.value) if name in values else None


def _cites(statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
    seen: dict[tuple[str, tuple[int, ...], str | None], Statement] = {}
    for statement in statements:
        seen.setdefault((statement.source, statement.lines, statement.key), statement)
    return tuple(seen.values())
