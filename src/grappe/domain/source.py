"""Sources: documents or declarations that say something, and the parts they are made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Part(StrEnum):
    """Where in a source a statement stands; the order is the default order of trust."""

    SHEET = "sheet"
    TABLE = "table"
    TEXT = "text"
    FOOTNOTE = "footnote"


class SourceKind(StrEnum):
    """What kind of document; the order is the order of trust between sources."""

    STUDY = "study"
    REGISTER = "register"
    WEBSITE = "website"
    INTERVIEW = "interview"
    DECLARATION = "declaration"


@dataclass(frozen=True, slots=True)
class Source:
    """A document: title, author, publisher, date, address, licence, kind, and its parts.

    `parts` maps a line to its part for documents cited by line: each entry is
    ``(first line, last line, part)``; a line outside every entry is running text.
    `columns` gives, for each table, the names of its columns from left to right.
    """

    id: str
    kind: SourceKind
    title: str
    date: str
    author: str | None = None
    publisher: str | None = None
    url: str | None = None
    licence: str | None = None
    language: str = "fr"
    cited_by: str = "line"
    note: Mapping[str, str] = field(default_factory=dict)
    parts: tuple[tuple[int, int, Part], ...] = ()
    columns: tuple[str, ...] = ()

    def part_of(self, line: int) -> Part:
        """Part of the source that `line` belongs to; narrower entries win over wider ones."""
        found = [(last - first, part) for first, last, part in self.parts if first <= line <= last]
        return min(found)[1] if found else Part.TEXT
