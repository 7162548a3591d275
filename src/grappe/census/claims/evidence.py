"""What a query of a claim is asked of, and what it answers with."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from grappe.census.facts import Facts
from grappe.census.intervals import Share, wilson
from grappe.census.row import ClusterRow
from grappe.domain.dates import PartialDate
from grappe.domain.statement import Statement


class Verdict(StrEnum):
    """What the census says of a claim."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of how many clusters have a property; `label` is a sentence code or ``list:code``."""

    label: str
    share: Share
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query answers: the verdict, its counts, what it could not know, and the lines read."""

    verdict: Verdict
    tallies: tuple[Tally, ...]
    unknown: tuple[str, ...] = ()
    reason: str = ""
    cites: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class Asking:
    """Facts, the clusters of one scope, every cluster, and the day."""

    facts: Facts
    rows: Sequence[ClusterRow]
    everything: Sequence[ClusterRow]
    on: PartialDate

    def of_country(self, country: str) -> list[ClusterRow]:
        """Clusters of the scope in one country."""
        return [row for row in self.rows if row.country == country]

    def values(self, cluster: str, name: str) -> set[str]:
        """Every value told of a field of a cluster, rivals included."""
        return {str(s.value) for s in self.facts.statements(cluster, name)}

    def with_any(self, rows: Iterable[ClusterRow], params: Mapping[str, Any]) -> list[str]:
        """Clusters with one of some industries, niches, activities or sectors."""
        return [row.id for row in rows if self._has(row, params)]

    def said(
        self, ids: Iterable[str], names: Iterable[str], values: Iterable[str] = ()
    ) -> tuple[Statement, ...]:
        """Statements about some fields of some clusters, of some values if given."""
        wanted, chosen = tuple(names), {str(value) for value in values}
        return tuple(
            s
            for one in ids
            for name in wanted
            for s in self.facts.statements(one, name)
            if not chosen or str(s.value) in chosen
        )

    def _has(self, row: ClusterRow, params: Mapping[str, Any]) -> bool:
        fields = (("industries", "industry"), ("niches", "niche"), ("activities", "activity"))
        return row.sector in params.get("sectors", ()) or any(
            self.values(row.id, field) & set(params.get(name, ())) for name, field in fields
        )


Query = Callable[[Asking, Mapping[str, Any]], Answer]


def tally(label: str, ids: Iterable[str], of: int) -> Tally:
    """A count with its share of a whole."""
    found = tuple(sorted(ids))
    return Tally(label, wilson(len(found), of), found)
