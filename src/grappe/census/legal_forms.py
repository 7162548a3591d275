"""A matrix of the legal forms of clusters: who may be a member, admission, access to public money."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from grappe.census.facts import Facts
from grappe.census.row import ClusterRow
from grappe.domain.dates import PartialDate, partial_date

ASPECTS = ("law", "members", "admission", "public_money")
"""What the matrix tells of a form; an aspect that no line tells of is unknown."""
GENERAL = frozenset({226, 365, 920})
"""Lines that speak of a whole country: a cluster covered by them alone is told of by no line of its own."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is printed of one aspect of a form, and where."""

    lines: tuple[int, ...]
    printed: str
    code: str | None = None


@dataclass(frozen=True, slots=True)
class LegalForm:
    """A legal form in one country, with the clusters that have it.

    `own` are clusters of which a line of their own tells the form, `general` those that only a sentence
    on the whole country covers; `categories` counts the clusters of the form that name a category of
    members: who is a member, which is not yet who may be one.
    """

    id: str
    country: str
    covers: tuple[str, ...]
    aspects: Mapping[str, Told | None]
    own: tuple[str, ...]
    general: tuple[str, ...]
    categories: Mapping[str, tuple[str, ...]]
    told_categories: int


@cache
def _declared() -> Mapping[str, Mapping[str, Any]]:
    text = (files("grappe.census") / "legal_forms.yml").read_text("utf-8")
    read: Mapping[str, Mapping[str, Any]] = yaml.load(text, yaml.CSafeLoader)
    return read


def legal_forms(facts: Facts, rows: Iterable[ClusterRow], on: PartialDate) -> list[LegalForm]:
    """The matrix on a day, over some clusters.

    A cluster whose sources tell two forms stands under both.
    """
    known = list(rows)
    return [_form(facts, known, name, row, on) for name, row in _declared().items()]


def without_form(facts: Facts, rows: Iterable[ClusterRow]) -> list[ClusterRow]:
    """Clusters of which no line at all tells a legal form."""
    return [row for row in rows if not facts.statements(row.id, "legal_form")]


def _form(
    facts: Facts, rows: list[ClusterRow], name: str, row: Mapping[str, Any], on: PartialDate
) -> LegalForm:
    own: list[str] = []
    general: list[str] = []
    for cluster in rows:
        lines = [
            set(s.lines)
            for s in facts.statements(cluster.id, "legal_form")
            if s.value in row["covers"] and partial_date(s.as_of).first < on.end
        ]
        if cluster.country == row["country"] and lines:
            (general if all(found <= GENERAL for found in lines) else own).append(cluster.id)
    categories: dict[str, list[str]] = {}
    told = 0
    for one in (*own, *general):
        found = {str(s.value) for s in facts.statements(one, "member_category")}
        found |= {str(s.attributes.get("of")) for s in facts.statements(one, "members_count")}
        told += bool(found)
        for category in found:
            categories.setdefault(category, []).append(one)
    return LegalForm(
        id=name,
        country=row["country"],
        covers=tuple(row["covers"]),
        aspects={aspect: _told(row.get(aspect)) for aspect in ASPECTS},
        own=tuple(own),
        general=tuple(general),
        categories={
            name: tuple(ids) for name, ids in sorted(categories.items(), key=lambda i: (-len(i[1]), i[0]))
        },
        told_categories=told,
    )


def _told(row: Mapping[str, Any] | None) -> Told | None:
    if row is None:
        return None
    lines = row["line"] if isinstance(row["line"], list) else [row["line"]]
    return Told(tuple(lines), row["printed"], row.get("code"))
