"""Tiny worlds: data sets of a few lines, and facts of a few tuples, so that a test shows its arithmetic.

In every tiny world the source `book` is a study cited by line, whose parts are told by the line:
lines 1 to 9 are a table, 10 to 99 a sheet, 900 to 999 footnotes, all others running text.
"""

import textwrap
from collections.abc import Callable, Iterable
from pathlib import Path
from types import MappingProxyType
from typing import Any

from grappe.census.card import read_card
from grappe.census.census import Census, read_dataset
from grappe.census.facts import Facts, facts_of
from grappe.domain.dates import PartialDate
from grappe.domain.entity import Entity, Kind
from grappe.domain.errors import DatasetError, Problem
from grappe.domain.field import Field, FieldType, declaration
from grappe.domain.source import Part, Source, SourceKind
from grappe.domain.statement import Statement

CARD = """
id: tiny
title: {fr: Petit monde, en: Tiny world, ar: عالم صغير}
as_of: 2019-03
licence: CC0
sources:
  book:
    kind: study
    title: A book
    date: 2019-03
    cited_by: line
    columns: [name, constituted, north]
    parts: {table: [[1, 9]], sheet: [[10, 99]], footnote: [[900, 999]]}
  web: {kind: website, title: A site, date: 2019, cited_by: key}
"""

_PARTS = ((1, 9, Part.TABLE), (10, 99, Part.SHEET), (900, 999, Part.FOOTNOTE))
BOOK = Source("book", SourceKind.STUDY, "A book", "2019-03", parts=_PARTS, columns=("name", "constituted"))
WEB = Source("web", SourceKind.WEBSITE, "A site", "2019", cited_by="key")
REGISTER = Source("register", SourceKind.REGISTER, "A register", "2019", cited_by="key")
SOURCES = {source.id: source for source in (BOOK, WEB, REGISTER)}

MARCH = PartialDate("2019-03")
"""The day of every tiny world, unless a test asks of another."""

_CONTENT = {
    "source", "as_of", "column", "key", "printed", "language", "valid_from", "valid_to", "personal",
    "redacted", "part", "lines",
}  # fmt: skip


def write_world(folder: Path, text: str) -> Path:
    """A data set folder from one text: each file follows a line ``== name``, the first is ``world.yml``.

    A text without a ``dataset.yml`` gets the card of tiny worlds.
    """
    folder = folder / "tiny"
    folder.mkdir(parents=True, exist_ok=True)
    files: dict[str, list[str]] = {}
    name = "world.yml"
    for line in textwrap.dedent(text).strip("\n").split("\n"):
        if line.startswith("== "):
            name = line.removeprefix("== ").strip()
            files[name] = []
        elif line.strip() or name in files:
            files.setdefault(name, []).append(line)
    files.setdefault("dataset.yml", CARD.strip("\n").split("\n"))
    for name, lines in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines) + "\n", "utf-8")
    return folder


def problems_of(folder: Path) -> list[Problem]:
    """Every problem for which a data set is refused; none if it is accepted."""
    try:
        read_dataset(folder)
    except DatasetError as error:
        return list(error.problems)
    return []


def codes(folder: Path) -> list[str]:
    """Codes of the problems for which a data set is refused, in the order found."""
    return [problem.code for problem in problems_of(folder)]


def kind_of(entity: str) -> Kind:
    """In facts of tuples an id begins with its kind: ``cluster-a``, ``place-c``, or ``pl-c``."""
    head = entity.split("-")[0]
    return Kind.PLACE if head == "pl" else Kind(head)


def field_of(entity: str, name: str) -> Field:
    """Declaration of a field of an entity of a tiny world."""
    return declaration(kind_of(entity)).fields[name]


def said(entity: str, name: str, value: Any, line: int | Iterable[int] = 500, /, **more: Any) -> Statement:
    """One statement of the book, on a line; a figure is of members and observed unless said otherwise.

    `more` takes content (``as_of``, ``source``, ``column`` …); what else it holds are attributes.
    """
    field = field_of(entity, name)
    content = {key: more.pop(key) for key in _CONTENT & more.keys()}
    lines = (line,) if isinstance(line, int) else tuple(line)
    if field.type is FieldType.FIGURE:
        more = {"perimeter": "members", "modality": "observed", **more}
    if field.type is FieldType.PLACES and isinstance(value, str):
        value = tuple(value.split())
    source = SOURCES[content.pop("source", "book")]
    cited = source.cited_by == "line"
    return Statement(
        entity=entity,
        field=name,
        value=value,
        source=source.id,
        part=content.pop("part", source.part_of(lines[0]) if cited else Part.TABLE),
        as_of=content.pop("as_of", "2019-03"),
        lines=content.pop("lines", lines) if cited else (),
        key=content.pop("key", None if cited else "1"),
        attributes=MappingProxyType(dict(sorted(more.items()))),
        **content,
    )


def facts(*rows: tuple[Any, ...], prefer: Iterable[Statement] = ()) -> Facts:
    """Facts of rows ``(entity, field, value, line, {attributes})``; the last two may be left out."""
    statements = [_statement(row) for row in rows]
    return facts_from(statements, prefer=prefer)


def facts_from(statements: Iterable[Statement], prefer: Iterable[Statement] = ()) -> Facts:
    """Facts of statements; entities come in the order of the statements."""
    known = list(statements)
    entities = [Entity(one, kind_of(one), "tiny") for one in dict.fromkeys(s.entity for s in known)]
    return facts_of(entities, known, SOURCES, frozenset(s.id for s in prefer))


def _statement(row: tuple[Any, ...]) -> Statement:
    entity, name, value, *rest = row
    more = rest.pop() if rest and isinstance(rest[-1], dict) else {}
    return said(entity, name, value, *rest, **more)


def census(folder: Path, on: str | None = None) -> Census:
    """Census of a data set folder."""
    return Census(read_dataset(folder), on)


def card_problems(folder: Path) -> list[Problem]:
    """Problems of the card alone."""
    problems: list[Problem] = []
    read_card(folder, problems)
    return problems


World = Callable[[str], Path]
