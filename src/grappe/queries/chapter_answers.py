"""Answers that a chapter is made of: rows of the lists of one country, and counts of them.

A `Count` of a chapter is made by `Answers.count` alone, out of the `Ask` it carries: no number can
stand in a chapter without the question it answers.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from functools import cached_property
from typing import Any

from grappe.census.asked import Asked
from grappe.census.edition_changes import EditionDiff, compare_editions
from grappe.census.editions import TODAY, Edition, edition, edition_names
from grappe.census.facts import Facts
from grappe.census.life_events import life_events
from grappe.domain.entity import Kind
from grappe.domain.statement import Statement
from grappe.policy.cite import Cite, CiteKind
from grappe.present.editions import event_plain, foreseen_plain, sort_key
from grappe.present.plain import Plain, caption
from grappe.present.report.content import Ask, Citation, Count, Name
from grappe.queries.as_known import facts_known
from grappe.queries.clusters import list_clusters, page_of_clusters
from grappe.queries.comparisons import list_claims
from grappe.queries.disputes import list_disputes, list_findings
from grappe.queries.facts import all_facts
from grappe.queries.filters import COUNTRIES, ClusterFilter
from grappe.queries.ledger import state_of_store
from grappe.queries.lists import list_kind, list_potential
from grappe.queries.moment import Moment, moment
from grappe.queries.network import network
from grappe.queries.schemes import schemes_of

ALL = "ALL"
"""Code of all countries together."""
Where = str | int | bool
_MANY = 1_000_000


class Answers:
    """The census asked of one country at one moment, that of an edition."""

    def __init__(
        self,
        country: str,
        when: Moment,
        named: Edition | None = None,
        outside: dict[str, Citation] | None = None,
    ) -> None:
        self.country = country
        self.when = when
        self.edition = named or edition(TODAY, when.on)
        self.newest = moment(known=None).on
        self.outside: dict[str, Citation] = {} if outside is None else outside
        self._rows: dict[str, list[Plain]] = {}

    @cached_property
    def facts(self) -> Facts:
        """Statements by which the chapter cites."""
        return facts_known(self.when) if self.when.known is not None else _all_facts(state_of_store())

    @cached_property
    def earlier(self) -> Edition | None:
        """The named edition that this one is compared with: the latest that ended before it begins."""
        found = [edition(name, self.when.on) for name in edition_names() if name != TODAY]
        before = [one for one in found if one.day.end <= self.edition.day.first]
        return max(before, key=lambda one: one.day.end, default=None)

    @cached_property
    def comparison(self) -> EditionDiff | None:
        """What changed since the earlier edition, in all countries; nothing where there is none."""
        return compare_editions(self.facts, self.earlier, self.edition) if self.earlier else None

    def rows(self, what: str, **where: Where) -> list[Plain]:
        """Rows of a list of the country, those that bear the values asked."""
        if what not in self._rows:
            self._rows[what] = self._listed(what)
        return [
            row for row in self._rows[what] if all(_bears(row, key, value) for key, value in where.items())
        ]

    def count(
        self, what: str, noun: str | None = None, *, measure: str = "count", of: str = "", **where: Where
    ) -> Count:
        """How many rows, or what else `measure` asks of them, with the question itself."""
        asked = Ask(what, self._where(where), measure, of)
        return Count(answer(asked, self.rows(what, **where)), asked, noun)

    def ask(self, what: str, **where: Where) -> Ask:
        """The question whose rows a table or a drawing shows."""
        return Ask(what, self._where(where))

    def _where(self, where: Mapping[str, Where]) -> tuple[tuple[str, Where], ...]:
        own = () if self.country == ALL or "country" in where else (("country", self.country),)
        return (*own, *where.items())

    def cites(self, entity: str, *fields: str) -> tuple[str, ...]:
        """Statements about an entity in some fields, one per line of a source, at most three."""
        found: dict[tuple[object, ...], Statement] = {}
        for name in fields:
            for one in self.facts.statements(entity, name):
                found.setdefault((one.source, one.lines, one.key), one)
        return first_cites(found.values())

    def name(self, entity: str) -> Name:
        """The name of an entity that leads to it; of two clusters of one name, each with its place."""
        text = caption(self.facts, entity) or entity
        twins = [row for what in ("clusters", "mentioned") for row in self.rows(what) if row["name"] == text]
        places: list[str] = next((row["places"] for row in twins if row["id"] == entity), [])
        return Name(f"{text} ({', '.join(places)})" if len(twins) > 1 and places else text, entity)

    @cached_property
    def by_line(self) -> Mapping[tuple[str, int], tuple[Statement, ...]]:
        """Statements by the line that prints them."""
        found: dict[tuple[str, int], list[Statement]] = {}
        for one in self.facts.by_id.values():
            for line in one.lines:
                found.setdefault((one.source, line), []).append(one)
        return {where: tuple(rows) for where, rows in found.items()}

    def at_lines(self, source: str | None, lines: Iterable[int], entities: Iterable[str]) -> tuple[str, ...]:
        """A statement for each of some lines, one about the entities named where there is one."""
        about = set(entities)
        found = []
        for line in lines:
            rows = self.by_line.get((str(source), line), ())
            found += sorted(rows, key=lambda one: (one.entity not in about, one.id))[:1]
        return first_cites(found, 4)

    def cites_of_line(self, source: str, line: int, about: Iterable[str] = ()) -> tuple[str, ...]:
        """A statement that reads a line first of all its lines; where there is none, the line itself."""
        named = set(about)
        rows = [one for one in self.by_line.get((source, line), ()) if one.lines[0] == line]
        if rows:
            return (min(rows, key=lambda one: (one.entity not in named, one.id)).id,)
        id = f"{source}:{line}"
        self.outside.setdefault(id, Citation(source, line, href=f"@/sources/{source}/?line={line}"))
        return (id,)

    def outside_cites(self, cites: Iterable[Cite], about: Iterable[str], address: str) -> tuple[str, ...]:
        """Citations of the policy desk: lines and statements of the census, legal texts and pages by number.

        A text without an address of its own leads to `address`, the page that names it.
        """
        found: list[str] = []
        about = tuple(about)
        for cite in cites:
            if cite.kind is CiteKind.LINE:
                for line in cite.lines[:1]:
                    found += self.cites_of_line(str(cite.source), line, about)
            elif cite.kind is CiteKind.STATEMENT:
                found += [str(cite.statement)] if cite.statement in self.facts.by_id else []
            else:
                found.append(self._document(cite, address))
        return tuple(dict.fromkeys(found))

    def _document(self, cite: Cite, address: str) -> str:
        id = f"document:{cite.short}"
        if id not in self.outside:
            number = 1 + sum(1 for one in self.outside.values() if one.number is not None)
            self.outside[id] = Citation(
                "", None, href=cite.href or address, number=number, title=cite.short, published=cite.published
            )
        return id

    @cached_property
    def ids(self) -> frozenset[str]:
        """Ids of all clusters of the country, those outside its table included."""
        return frozenset(row["id"] for what in ("clusters", "mentioned") for row in self.rows(what))

    def _listed(self, what: str) -> list[Plain]:
        when = self.when
        code = None if self.country == ALL else self.country
        chosen = (code,) if code else ()
        wanted = ClusterFilter(country=chosen)
        match what:
            case "clusters":
                return list_clusters(wanted, when)
            case "mentioned":
                # Only pages of the list tell the life of a cluster.
                return page_of_clusters(
                    ClusterFilter(country=chosen, scope="mentioned"), when, "name", 1, _MANY
                ).rows
            case "potential":
                return list_potential(when, country=code)
            case "forms" | "organisations" | "instruments":
                return list_kind(when, [what.removesuffix("s")], country=code)
            case "programmes":
                return list_kind(when, ["programme", "event"], country=code)
            case "links":
                return [
                    one
                    for one in (network(when, country=code) if code else network(when))["links"]
                    if {one["source"], one["target"]} & self.ids
                ]
            case "untied":
                left = network(when)["measures"]["clusters_without_tie"]
                return [one for one in left if code in (None, one["country"])]
            case "disputes":
                about = self._about
                return [one for one in list_disputes(when) if one["entity"] in about]
            case "findings":
                about = self._about
                return [one for one in list_findings(when) if about.intersection(one["entities"])]
            case "changes" | "standing" | "foreseen":
                return list(self._compared(what))
            case "timeline":
                return self._timeline()
            case "claims":
                return list(self._claims())
            case "told":
                from grappe.queries.chapter_told import standings

                return standings(self)
            case "schemes":
                day = when.on.end - timedelta(days=1)
                countries = chosen or COUNTRIES
                return [
                    {"id": one.id, "country": one.country, "in_force": one.holds(day)}
                    for country in sorted(countries)
                    for one in schemes_of(country, day)
                ]
        raise KeyError(what)

    def _compared(self, what: str) -> Iterator[Plain]:
        diff = self.comparison
        if diff is None:
            return
        if what == "changes":
            partners = {one for row in self.rows("links") for one in (row["source"], row["target"])}
            for change in diff.changes:
                row = event_plain(self.facts, change.event, when=str(change.when))
                nowhere = row["country"] is None and row["entity"] in partners
                if self.country in (ALL, row["country"]) or nowhere:
                    yield row | {"statements": first_cites(change.event.cites)}
        elif what == "standing":
            for id, (then, now) in diff.standing.items():
                if self.is_of(id):
                    yield {"id": id, "then": str(then), "now": str(now)}
        else:
            for one in diff.foreseen:
                if self.is_of(one.cluster):
                    yield foreseen_plain(self.facts, one) | {
                        "statements": first_cites((*one.cites, *one.outcome_cites))
                    }

    def _timeline(self) -> list[Plain]:
        asked, on = Asked(self.facts), self.when.on
        clusters = [id for id in self.facts.of_kind(Kind.CLUSTER) if self.is_of(id)]
        found = [
            event_plain(self.facts, event) | {"statements": first_cites(event.cites)}
            for id in clusters
            for event in life_events(asked, id, self.newest)
            # An end that is only planned lies after the day spoken of.
            if event.earliest is None or event.earliest < on.end
        ]
        return sorted(found, key=sort_key)

    def _claims(self) -> Iterator[Plain]:
        """Claims on the country, and those on several of which it is one; not those on another country."""
        for claim in list_claims(self.when):
            named = claim["params"].get("country")
            if self.country == ALL:
                yield claim | {"own": False}
                continue
            if named not in (None, self.country):
                continue
            countries = claim["params"].get("countries", [self.country])
            told = {id for one in claim["scopes"][0]["evidence"] for id in one["ids"]}
            told |= set(claim["scopes"][0]["unknown"])
            if named or (self.country in countries and told & self.ids):
                yield claim | {"own": named is not None}

    def is_of(self, entity: str) -> bool:
        """Whether a cluster is said to be of the country."""
        said = self.facts.statements(entity, "country")
        return self.country == ALL or any(str(one.value) == self.country for one in said)

    @cached_property
    def _about(self) -> frozenset[str]:
        """What the chapter speaks of: clusters, forms and instruments of the country, and their links."""
        told = {row["id"] for what in ("forms", "instruments", "potential") for row in self.rows(what)}
        links = {row["id"] for row in self.rows("links")}
        return self.ids | told | links


_KEPT: dict[tuple[str, int, int], Facts] = {}


def _all_facts(state: tuple[str, int, int]) -> Facts:
    """Every standing statement; kept until another decision is recorded."""
    if state not in _KEPT:
        _KEPT.clear()
        _KEPT[state] = all_facts()
    return _KEPT[state]


def answer(asked: Ask, rows: Iterable[Plain]) -> int | float:
    """What a question comes to over the rows of its list.

    Raises
    ------
    ValueError
        If the measure has no answer, as the largest of no value.
    """
    values: list[Any] = (
        [row[asked.of] for row in rows if row.get(asked.of) not in (None, [])] if asked.of else list(rows)
    )
    match asked.measure:
        case "count" | "known":
            return len(values)
        case "min":
            least: int | float = min(values)
            return least
        case "max":
            most: int | float = max(values)
            return most
        case "values":
            return len(Counter(values))
    raise ValueError(asked.measure)


def first_cites(statements: Iterable[Statement], most: int = 3) -> tuple[str, ...]:
    """Ids of some statements, one per line, what documents say before what editors classify."""
    found: dict[tuple[object, ...], Statement] = {}
    for one in statements:
        found.setdefault((one.source, one.lines, one.key), one)
    ordered = sorted(found.values(), key=lambda one: (not one.lines, one.lines, one.source))
    told = [one for one in ordered if one.lines] or ordered
    return tuple(one.id for one in told[:most])


def _bears(row: Mapping[str, object], key: str, value: Where) -> bool:
    name = {"north": "partner_north", "south": "partner_south"}.get(key, key)
    if value == "unknown":
        return row.get(name) in (None, value)
    return row.get(name) == value
