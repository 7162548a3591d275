"""Rule on misplaced content: activities of a sheet that name the place of another cluster."""

from collections.abc import Iterator

from grappe.census.facts import Facts
from grappe.domain.dates import PartialDate
from grappe.domain.entity import Kind
from grappe.domain.finding import Finding, Severity
from grappe.domain.fold import fold
from grappe.domain.source import Part
from grappe.domain.statement import Statement

_FIELDS = ("activity", "facility", "project")


def activity_of_another_place(facts: Facts, on: PartialDate) -> Iterator[Finding]:
    """A sheet's activity names a town that is no place of this cluster and is the place of a neighbour.

    Only towns of the same country count, and only where one single other cluster has its seat:
    a capital that many share says nothing.
    """
    seats = {cluster: _places(facts, cluster) for cluster in facts.of_kind(Kind.CLUSTER)}
    country = {c: {s.value for s in facts.statements(c, "country")} for c in seats}
    holders: dict[str, set[str]] = {}
    for cluster, places in seats.items():
        if any(facts.statements(cluster, "listed")):
            for place in places:
                holders.setdefault(place, set()).add(cluster)
    names = {place: _names(facts, place) for place, owners in holders.items() if len(owners) == 1}
    for cluster, places in seats.items():
        by_owner: dict[str, list[Statement]] = {}
        for statement in (s for f in _FIELDS for s in facts.statements(cluster, f)):
            if statement.part is not Part.SHEET:
                continue
            words = f" {fold(statement.printed or '')} "
            for place, spellings in names.items():
                (owner,) = holders[place]
                elsewhere = owner != cluster and place not in places and country[owner] == country[cluster]
                if elsewhere and any(f" {spelling} " in words for spelling in spellings):
                    by_owner.setdefault(owner, []).append(statement)
        for owner, found in by_owner.items():
            yield Finding(
                "activity_of_another_place",
                Severity.MAJOR,
                (cluster, owner),
                tuple(sorted({s.field for s in found})),
                tuple(dict.fromkeys(s.id for s in found)),
            )


def _places(facts: Facts, cluster: str) -> set[str]:
    fields = ("place", "territory", "liaison_office")
    values = [s.value for name in fields for s in facts.statements(cluster, name)]
    return {place for value in values for place in (value if isinstance(value, tuple) else ())}


def _names(facts: Facts, place: str) -> set[str]:
    found = {fold(str(s.value)) for f in ("name", "alias") for s in facts.statements(place, f)}
    return {name for name in found if len(name) > 3}
