"""What a chapter holds, without words of any language: blocks, sentences by key, typed values.

A sentence is the key of a template and the values of its gaps. Every count carries the question that
it answers, every other value the statements that say it, so that nothing stands in a chapter
without a query behind it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any
from urllib.parse import urlencode


@dataclass(frozen=True, slots=True)
class Ask:
    """A question to the census: which list, which of its rows, and what is counted of them.

    `where` keeps rows by the value of a key. `measure` is ``count``, or ``known``, ``min``, ``max`` or
    ``values`` of the key `of`: how many rows know it, its bounds, how many distinct values it has.
    """

    what: str
    where: tuple[tuple[str, str | int | bool], ...] = ()
    measure: str = "count"
    of: str = ""

    @property
    def address(self) -> str:
        """Address below a language of the page that shows the same rows."""
        page = PAGES[self.what]
        if scheme := dict(self.where).get("scheme"):
            return f"{page}/{scheme}/"
        taken = [(key, str(value)) for key, value in self.where if key in FILTERS[page]]
        if self.what == "mentioned":
            taken.append(("scope", "mentioned"))
        return f"{page}/?{urlencode(taken)}" if taken else f"{page}/"


PAGES = {
    "clusters": "clusters", "mentioned": "clusters", "potential": "potential", "forms": "forms",
    "organisations": "organisations", "instruments": "instruments", "programmes": "programmes",
    "links": "links", "untied": "network", "disputes": "disputes", "findings": "disputes",
    "sources": "sources", "statements": "sources", "claims": "claims", "changes": "diff",
    "standing": "diff", "foreseen": "diff", "timeline": "timeline", "editions": "editions",
    "schemes": "policy", "told": "editions", "compared": "compare",
}  # fmt: skip
"""Page that shows the rows of each list."""

FILTERS: Mapping[str, frozenset[str]] = {
    "clusters": frozenset({"country", "state", "sector", "anchoring", "north", "south", "creative"}),
    "potential": frozenset({"country"}), "forms": frozenset({"country"}),
    "organisations": frozenset({"country"}), "instruments": frozenset({"country"}),
    "programmes": frozenset({"country"}), "links": frozenset({"level", "kind"}),
    "network": frozenset({"country"}), "disputes": frozenset(), "sources": frozenset(),
    "claims": frozenset(), "diff": frozenset({"from", "to"}), "timeline": frozenset({"country"}),
    "editions": frozenset({"edition"}), "policy": frozenset(), "compare": frozenset({"countries"}),
}  # fmt: skip
"""Filters that each page takes."""


@dataclass(frozen=True, slots=True)
class Count:
    """A number with the question it answers, or the statements that print it; `noun` is what is counted."""

    value: int | float
    ask: Ask | None = None
    noun: str | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name as the source writes it; with `entity`, it leads to its permanent address."""

    text: str
    entity: str | None = None
    lang: str = "fr"


@dataclass(frozen=True, slots=True)
class Code:
    """A code of a controlled list."""

    list: str
    code: str


@dataclass(frozen=True, slots=True)
class Label:
    """The label of a field."""

    kind: str
    field: str


@dataclass(frozen=True, slots=True)
class Country:
    """A country by its code."""

    code: str


@dataclass(frozen=True, slots=True)
class Day:
    """A date at the precision it has."""

    text: str


@dataclass(frozen=True, slots=True)
class Word:
    """A word or short phrase of the chapter itself, by key; with gaps like a sentence."""

    key: str
    params: "Mapping[str, Value]" = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding or an editor's remark, worded as on the pages."""

    rule: str
    params: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Title:
    """A title or text that its data bring in the three languages; `href` is where it leads."""

    texts: Mapping[str, str]
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Url:
    """An address on the web, as printed."""

    text: str


@dataclass(frozen=True, slots=True)
class Tally:
    """Something and how many of it: *Textile (2)*."""

    what: "Value"
    count: Count


@dataclass(frozen=True, slots=True)
class Several:
    """Several values, joined as the language joins them; ``how`` is ``and``, ``or`` or ``comma``."""

    items: "tuple[Value, ...]"
    how: str = "and"


Value = Count | Name | Code | Label | Country | Day | Word | Finding | Title | Url | Tally | Several


@dataclass(frozen=True, slots=True)
class Sentence:
    """A template and its values, with the statements that it rests on."""

    key: str
    params: Mapping[str, Value] = field(default_factory=dict)
    cites: tuple[str, ...] = ()
    asks: tuple[Ask, ...] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """How the symbol of a cluster or form is drawn: colour by sector, shape by anchoring, fill by state."""

    sector: int | None = None
    state: str | None = None
    anchoring: str | None = None
    ring: bool = False
    kind: str = "cluster"
    form_kind: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A value of a sheet's field or of a cell: its qualifiers, its statements and its rivals."""

    values: tuple[Value, ...]
    cites: tuple[str, ...] = ()
    qualifiers: tuple[Value, ...] = ()
    rivals: "tuple[Entry, ...]" = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: values one after another, the statements they rest on, a symbol before them.

    `entries` are several values each with statements of its own; `span` is 0 where the cell before covers it.
    """

    values: tuple[Value, ...] = ()
    cites: tuple[str, ...] = ()
    look: Look | None = None
    span: int = 1
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column: key of its heading, share of the width, how its cells stand; `group` is a heading above."""

    key: str
    width: float = 1.0
    align: str = "start"
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 3, worded by a key or by the value it stands for."""

    key: str
    level: int = 1
    params: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences one after another."""

    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Bullets:
    """Sentences as a list."""

    items: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A numbered table: caption, columns, rows, and below it a note by keys."""

    key: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    params: Mapping[str, Value] = field(default_factory=dict)
    asks: tuple[Ask, ...] = ()
    notes: tuple[Sentence, ...] = ()
    legend: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """A symbol of a map, in degrees, with the name of its cluster and that of its place."""

    lon: float
    lat: float
    look: Look
    label: str
    place: str
    place_ar: str | None = None


@dataclass(frozen=True, slots=True)
class MapDrawing:
    """A map of a country."""

    country: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class BarsDrawing:
    """Bars of counts by sector, parted by state: ``(sector, state, count)``."""

    rows: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class TiesDrawing:
    """Clusters on one side, partners by level on the other, and the ties between them.

    `clusters` are ``(id, name, sector, state, anchoring)``, `partners` ``(id, name, level, country)``,
    `ties` ``(cluster, partner, level)``; the level of a partner is the first of its ties.
    """

    clusters: tuple[tuple[str, str, Look], ...]
    partners: tuple[tuple[str, str, str, str | None], ...]
    ties: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class FlowsDrawing:
    """Where clusters stand at one edition and at another: ``(then, now, count)`` and both names."""

    earlier: "Value"
    later: "Value"
    rows: tuple[tuple[str, str, int], ...]


Drawing = MapDrawing | BarsDrawing | TiesDrawing | FlowsDrawing


@dataclass(frozen=True, slots=True)
class Figure:
    """A numbered figure: caption, drawing, and what it shows in words for those who do not see it."""

    key: str
    drawing: Drawing
    params: Mapping[str, Value] = field(default_factory=dict)
    asks: tuple[Ask, ...] = ()
    notes: tuple[Sentence, ...] = ()
    legend: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """An identity sheet: name, symbol, and rows of a label with its entries."""

    entity: str
    name: str
    look: Look
    rows: tuple[tuple[Value, tuple[Entry, ...]], ...]


Block = Heading | Paragraph | Bullets | Table | Figure | Sheet


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a statement stands, in short: source, line or key.

    What is no statement of the census has an address of its own in `href`: a line that no statement
    reads, or a document outside the census, which has a number and a title.
    """

    source: str
    line: int | None
    key: str | None = None
    href: str | None = None
    number: int | None = None
    title: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Chapter:
    """The chapter of one country at a day: blocks, and where each statement they cite stands."""

    country: str
    edition: str
    on: str
    blocks: tuple[Block, ...]
    citations: Mapping[str, Citation]
    sources: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Study:
    """The whole study: its chapters, the comparison of the countries first; then method and sources."""

    chapters: tuple[Chapter, ...]
    last: Chapter


def parts_of(thing: object) -> Iterator[Any]:
    """Every value within a block or a chapter, itself first: what tests and checks walk over."""
    yield thing
    if is_dataclass(thing):
        for one in fields(thing):
            yield from parts_of(getattr(thing, one.name))
    elif isinstance(thing, tuple | list):
        for item in thing:
            yield from parts_of(item)
    elif isinstance(thing, Mapping):
        for item in thing.values():
            yield from parts_of(item)
