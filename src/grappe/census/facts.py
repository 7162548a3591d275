"""Facts: the standing statements about some entities, ready to be asked."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from grappe.domain.entity import Entity, Kind
from grappe.domain.source import Source
from grappe.domain.statement import Statement


@dataclass(frozen=True, slots=True)
class Facts:
    """Entities, their standing statements in the order loaded, sources, and editors' rulings.

    `preferred` holds the ids of statements that a ruling prefers.
    """

    entities: Mapping[str, Entity]
    by_entity: Mapping[str, tuple[Statement, ...]]
    sources: Mapping[str, Source]
    preferred: frozenset[str] = frozenset()
    links_of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    by_id: Mapping[str, Statement] = field(default_factory=dict)

    def statements(self, entity: str, name: str | None = None) -> tuple[Statement, ...]:
        """Statements about one entity, or about one field of it."""
        found = self.by_entity.get(entity, ())
        return found if name is None else tuple(s for s in found if s.field == name)

    def of_kind(self, kind: Kind) -> list[str]:
        """Ids of all entities of one kind, in alphabetical order."""
        return sorted(e.id for e in self.entities.values() if e.kind is kind and e.redirect_to is None)


def facts_of(
    entities: Iterable[Entity],
    statements: Iterable[Statement],
    sources: Mapping[str, Source],
    preferred: frozenset[str] = frozenset(),
) -> Facts:
    """Group statements by entity, and links by both of their ends."""
    grouped: dict[str, list[Statement]] = defaultdict(list)
    ends: dict[str, list[str]] = defaultdict(list)
    known = {entity.id: entity for entity in entities}
    for statement in statements:
        grouped[statement.entity].append(statement)
        entity = known.get(statement.entity)
        if entity and entity.kind is Kind.LINK and statement.field in ("from", "to"):
            end = str(statement.value)
            if statement.entity not in ends[end]:
                ends[end].append(statement.entity)
    return Facts(
        entities=known,
        by_entity={entity: tuple(rows) for entity, rows in grouped.items()},
        sources=sources,
        preferred=preferred,
        links_of={end: tuple(links) for end, links in ends.items()},
        by_id={statement.id: statement for rows in grouped.values() for statement in rows},
    )
