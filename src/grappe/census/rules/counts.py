"""Rules on counts: parts against totals, named members against counts, counted lists against the census."""

from collections.abc import Iterator

from grappe.census.disputes import shown_field
from grappe.census.facts import Facts
from grappe.census.reconciliation import Shown
from grappe.census.row import own_figure
from grappe.domain.dates import PartialDate
from grappe.domain.entity import Kind
from grappe.domain.finding import Finding, Severity
from grappe.domain.statement import Statement

_COMPANY_TYPES = ("company", "industrial_group")


def parts_beyond_total(facts: Facts, on: PartialDate) -> Iterator[Finding]:
    """The categories of members of one part of a source add up to more than the total it prints."""
    for cluster in facts.of_kind(Kind.CLUSTER):
        total = _own(shown_field(facts, cluster, "members_total", on))
        parts = [
            one.statement
            for one in shown_field(facts, cluster, "members_count", on)
            if one.slot[1:3] == ("members", "observed")
        ]
        parts = [part for part in parts if total is not None and part.lines == total.lines]
        if total is None or len(parts) < 2:
            continue
        summed = sum(part.interval.low for part in parts)
        if summed > total.interval.high:
            yield Finding(
                "parts_beyond_total",
                Severity.MAJOR,
                (cluster,),
                ("members_total", "members_count"),
                (total.id, *(part.id for part in parts)),
                {"total": f"{total.value:g}", "sum": f"{summed:g}"},
            )


def named_beyond_count(facts: Facts, on: PartialDate) -> Iterator[Finding]:
    """More companies are named on a line than the count that the line prints."""
    for cluster in facts.of_kind(Kind.CLUSTER):
        members = shown_field(facts, cluster, "member", on)
        for one in shown_field(facts, cluster, "members_count", on):
            if one.slot[0] != "companies" or one.slot[2] != "observed":
                continue
            count = one.statement
            named = [
                member.statement
                for member in members
                if member.statement.lines == count.lines and _is_company(facts, str(member.statement.value))
            ]
            if len(named) > count.interval.high:
                yield Finding(
                    "named_beyond_count",
                    Severity.MAJOR,
                    (cluster,),
                    ("members_count", "member"),
                    (count.id, *(s.id for s in named)),
                    {"count": f"{count.value:g}", "named": str(len(named))},
                )


def counted_lists(facts: Facts, on: PartialDate) -> Iterator[Finding]:
    """A printed number of groupings identified in a country differs from the list the source gives."""
    for holder in (*facts.of_kind(Kind.PROGRAMME), *facts.of_kind(Kind.INSTRUMENT)):
        for statement in facts.statements(holder, "figure"):
            if statement.attributes.get("of") != "groups_identified":
                continue
            country = _country(facts, statement, holder)
            listed = [
                s
                for cluster in facts.of_kind(Kind.CLUSTER)
                for s in facts.statements(cluster, "state")
                if s.value == "potential" and s.part == "footnote" and _is_in(facts, cluster, country)
            ]
            if listed and not statement.interval.low <= len(listed) <= statement.interval.high:
                yield Finding(
                    "counted_lists",
                    Severity.MINOR,
                    (holder,),
                    ("figure",),
                    (statement.id, *(s.id for s in listed)),
                    {"count": f"{statement.value:g}", "listed": str(len(listed)), "country": country or ""},
                )


def recognised_counts(facts: Facts, on: PartialDate) -> Iterator[Finding]:
    """A printed number of clusters under contract differs from those recorded as such."""
    for holder in facts.of_kind(Kind.INSTRUMENT):
        for statement in facts.statements(holder, "figure"):
            measure = statement.attributes.get("of")
            if measure not in ("clusters_contracted_now", "clusters_contracted_ever"):
                continue
            country = _country(facts, statement, holder)
            contracted = _contracted(facts, country, ever=measure == "clusters_contracted_ever")
            if contracted and not statement.interval.low <= len(contracted) <= statement.interval.high:
                yield Finding(
                    "recognised_counts",
                    Severity.MINOR,
                    (holder,),
                    ("figure", "recognition"),
                    (statement.id, *(s.id for s in contracted.values())),
                    {
                        "count": f"{statement.value:g}",
                        "listed": str(len(contracted)),
                        "country": country or "",
                    },
                )


def _contracted(facts: Facts, country: str | None, *, ever: bool) -> dict[str, Statement]:
    found: dict[str, Statement] = {}
    for cluster in facts.of_kind(Kind.CLUSTER):
        if not _is_in(facts, cluster, country):
            continue
        merged = any(s.value == "merged" for s in facts.statements(cluster, "life"))
        for s in facts.statements(cluster, "recognition"):
            if s.value == "contracted" and (ever or not merged):
                found.setdefault(cluster, s)
        if ever and merged:
            for s in facts.statements(cluster, "life"):
                found.setdefault(cluster, s)
    return found


def _own(slots: list[Shown]) -> Statement | None:
    shown = [one for one in slots if one.slot[:2] == ("members", "observed")]
    return shown[0].statement if shown and own_figure({"it": shown}, "it") is not None else None


def _is_company(facts: Facts, organisation: str) -> bool:
    return any(s.value in _COMPANY_TYPES for s in facts.statements(organisation, "type"))


def _country(facts: Facts, statement: Statement, holder: str) -> str | None:
    countries = {str(s.value) for s in facts.statements(holder, "country")}
    return next(iter(countries)) if len(countries) == 1 else _country_by_part(facts, statement)


def _country_by_part(facts: Facts, statement: Statement) -> str | None:
    # A programme of several countries: the nearest cluster cited before the line tells the chapter.
    nearest: tuple[int, str] | None = None
    line = statement.lines[0] if statement.lines else 0
    for cluster in facts.of_kind(Kind.CLUSTER):
        for s in facts.statements(cluster, "name"):
            if s.lines and s.lines[0] <= line and (nearest is None or s.lines[0] > nearest[0]):
                nearest = (s.lines[0], cluster)
    countries = facts.statements(nearest[1], "country") if nearest else ()
    return str(countries[0].value) if countries else None


def _is_in(facts: Facts, cluster: str, country: str | None) -> bool:
    return any(s.value == country for s in facts.statements(cluster, "country"))
