"""A census in memory: the facts of one data set, without Django or database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files
from itertools import chain
from pathlib import Path

from grappe.census.card import CARD, Card, read_card
from grappe.census.disputes import Dispute, disputes, shown_values
from grappe.census.facts import Facts, facts_of
from grappe.census.flat_rows import read_flat_rows
from grappe.census.links import Link, links
from grappe.census.reconciliation import Shown
from grappe.census.remarks import Remark, read_remarks
from grappe.census.row import ClusterRow, rows
from grappe.census.rows import read_yaml_rows
from grappe.census.rules import findings
from grappe.census.rulings import read_rulings
from grappe.census.validation import Validator, statements_of
from grappe.domain.dates import PartialDate
from grappe.domain.entity import Entity
from grappe.domain.errors import DatasetError, Problem, UnknownThing
from grappe.domain.finding import Finding
from grappe.domain.statement import Statement


@dataclass(frozen=True, slots=True)
class Dataset:
    """A data set read and found whole."""

    card: Card
    folder: Path
    entities: Sequence[Entity]
    statements: Sequence[Statement]
    remarks: Sequence[Remark]
    rulings: Mapping[str, str] = field(default_factory=dict)

    @property
    def preferred(self) -> frozenset[str]:
        """Ids of the statements that rulings prefer."""
        return frozenset(self.rulings)


class Census:
    """Clusters and all that is said of them, on a day (by default the data set's own)."""

    def __init__(self, dataset: Dataset, on: str | None = None) -> None:
        self.dataset = dataset
        self.on = PartialDate(on or dataset.card.as_of)

    @cached_property
    def facts(self) -> Facts:
        """All statements, grouped by entity."""
        read = self.dataset
        return facts_of(read.entities, read.statements, read.card.sources, read.preferred)

    def at(self, on: str) -> "Census":
        """The same census asked of another day."""
        return Census(self.dataset, on)

    def clusters(self, *, listed: bool | None = True) -> list[ClusterRow]:
        """Rows of clusters: those of the country tables, or with ``listed=None`` all."""
        return [row for row in rows(self.facts, self.on) if listed is None or row.listed == listed]

    def sheet(self, entity: str) -> dict[str, list[Shown]]:
        """Every field of an entity with the value shown, its rivals and why.

        Raises
        ------
        UnknownThing
            If no entity has this id.
        """
        if entity not in self.facts.entities:
            raise UnknownThing(kind="entity", id=entity)
        return shown_values(self.facts, entity, self.on)

    def links(self, entity: str | None = None) -> list[Link]:
        """All links, or those of one entity."""
        return links(self.facts, self.on, entity)

    def disputes(self) -> list[Dispute]:
        """Every dispute, computed now."""
        return list(disputes(self.facts, self.on))

    def findings(self) -> list[Finding]:
        """Findings of all consistency rules, computed now."""
        return findings(self.facts, self.on)


def shipped() -> dict[str, Path]:
    """Data sets that ship with the package, by name."""
    folder = Path(str(files("grappe.census") / "datasets"))
    return {path.parent.name: path.parent for path in sorted(folder.glob(f"*/{CARD}"))}


def find_dataset(name: str) -> Path:
    """Folder of a data set: one that ships, or a path.

    Raises
    ------
    UnknownThing
        If neither a shipped data set nor a folder with a card bears the name.
    """
    known = shipped()
    if name in known:
        return known[name]
    path = Path(name)
    if (path / CARD).is_file():
        return path
    raise UnknownThing("unknown_dataset", id=name, accepted=", ".join(known))


def read_dataset(folder: Path) -> Dataset:
    """Read and check a data set whole.

    Raises
    ------
    DatasetError
        With every problem found, if there is any.
    """
    problems: list[Problem] = []
    card = read_card(folder, problems)
    if card is None:
        raise DatasetError(folder.name, problems)
    validator = Validator(card, folder.name, problems)
    rows_read = chain(read_yaml_rows(folder, problems), read_flat_rows(folder, problems))
    statements = statements_of(rows_read, validator)
    validator.finish()
    remarks = read_remarks(folder, problems)
    for remark in remarks:
        if remark.source not in card.sources:
            accepted = {"accepted": ", ".join(sorted(card.sources))}
            file = f"{folder.name}/remarks.yml"
            problems.append(Problem("unknown_source", file, None, remark.id, remark.source, accepted))
        for entity in remark.entities:
            if entity not in validator.entities:
                problems.append(
                    Problem("dangling_reference", f"{folder.name}/remarks.yml", None, remark.id, entity)
                )
    rulings = read_rulings(folder, statements, problems)
    if problems:
        raise DatasetError(folder.name, problems)
    return Dataset(card, folder, list(validator.entities.values()), statements, remarks, rulings)


def open_census(name: str = "maghreb-2019", *, on: str | None = None) -> Census:
    """Open a data set by name or folder.

    Raises
    ------
    UnknownThing
        If there is no such data set.
    DatasetError
        If it is malformed.
    """
    return Census(read_dataset(find_dataset(name)), on)
