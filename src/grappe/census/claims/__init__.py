"""Claims: what the study itself states of convergence, each put to the test of the census."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from grappe.census.claims.evidence import Answer, Asking, Tally, Verdict
from grappe.census.claims.queries import QUERIES
from grappe.census.facts import Facts
from grappe.census.row import ClusterRow
from grappe.domain.dates import PartialDate

__all__ = ["Answer", "Claim", "Examined", "Tally", "Verdict", "claims", "examine"]

SCOPES = ("without_creative", "with_creative", "constituted", "constituted_all", "all")
"""Clusters a claim can be read of; those of the country tables, but for ``all``."""
SOURCE = "ipemed-2019"


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement of the study: its words in three languages, the printed passage, the query."""

    id: str
    words: Mapping[str, str]
    quotes: tuple[tuple[int, str], ...]
    query: str
    params: Mapping[str, Any]
    scopes: tuple[str, ...]
    source: str = SOURCE


@dataclass(frozen=True, slots=True)
class Examined:
    """A claim with what the census answers in each scope; the first scope gives the verdict."""

    claim: Claim
    answers: Mapping[str, Answer]
    sizes: Mapping[str, int]

    @property
    def verdict(self) -> Verdict:
        """The verdict in the first scope."""
        return self.answers[self.claim.scopes[0]].verdict

    @property
    def holds_in_all(self) -> bool:
        """Whether every scope gives the same verdict."""
        return len({answer.verdict for answer in self.answers.values()}) == 1


@cache
def claims() -> tuple[Claim, ...]:
    """Every claim, in the order of the file.

    >>> len(claims()) >= 10
    True
    """
    text = (files("grappe.census.claims") / "claims.yml").read_text("utf-8")
    return tuple(
        Claim(
            id=str(name),
            words=row["claim"],
            quotes=tuple((one["line"], one["printed"]) for one in row["quotes"]),
            query=row["query"],
            params=row["params"],
            scopes=tuple(row["scopes"]),
        )
        for name, row in yaml.load(text, yaml.CSafeLoader).items()
    )


def examine(facts: Facts, rows: Sequence[ClusterRow], on: PartialDate) -> list[Examined]:
    """Put every claim to the test.

    Parameters
    ----------
    facts : everything that the census says
    rows : all clusters on the day, those of no table included
    on : day asked
    """
    scoped = {scope: _in_scope(rows, scope) for scope in SCOPES}
    return [
        Examined(
            claim,
            {
                scope: QUERIES[claim.query](Asking(facts, scoped[scope], rows, on), claim.params)
                for scope in claim.scopes
            },
            {scope: len(scoped[scope]) for scope in claim.scopes},
        )
        for claim in claims()
    ]


def _in_scope(rows: Sequence[ClusterRow], scope: str) -> list[ClusterRow]:
    if scope == "all":
        return [row for row in rows if not row.craft]
    found = [row for row in rows if row.listed]
    if scope in ("without_creative", "constituted"):
        found = [row for row in found if not (row.creative or row.sector == 7)]
    if scope.startswith("constituted"):
        found = [row for row in found if row.state == "constituted"]
    return found
