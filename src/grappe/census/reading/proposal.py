"""What a reader makes of a document: proposed statements, what is left over, and the use of every line."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from grappe.domain.entity import Kind
from grappe.domain.source import Part
from grappe.domain.statement import Value

LONGEST = 140
"""Characters of a text as printed: enough to recognise it, too few to copy a study."""

NOTHING: Mapping[str, Value] = MappingProxyType({})


class Use(StrEnum):
    """What became of a line of the document; every line has exactly one use."""

    FACT = "fact"  # at least one proposal rests on it
    HEADING = "heading"  # a title, or the name of a group of columns
    BLANK = "blank"  # nothing printed, or layout alone
    LABEL = "label"  # a label of a sheet or table whose cell is empty: unknown, so nothing to propose
    LEGEND = "legend"  # explains marks and codes
    CONTENTS = "contents"  # table of contents, page numbers
    PROSE = "prose"  # running text that names nothing the rules look for
    LEFTOVER = "leftover"  # it may hold facts, and the rules did not understand it


class Step(StrEnum):
    """What became of a proposal in the hands of a person."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Mention:
    """Something that the document names, before anybody knows whether the census has it.

    `places` helps to tell apart two things of one name; `country` is a two-letter code.
    """

    kind: Kind
    name: str
    acronym: str | None = None
    country: str | None = None
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is proposed, or left over: a code that `grappe.present.proposals` words."""

    code: str
    params: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement that names things by what is printed, not by an id.

    `value` is a plain value, a mention, or several mentions (of places). `confidence` lies in
    0..1 and is that of the rule which read the text; what is in doubt about names comes later.
    """

    subject: Mention
    field: str
    value: Value | Mention | tuple[Mention, ...]
    printed: str
    lines: tuple[int, ...]
    part: Part
    confidence: float
    reason: Reason
    column: str | None = None
    attributes: Mapping[str, Value] = dataclasses.field(default_factory=lambda: NOTHING)


@dataclass(frozen=True, slots=True)
class LinkDraft:
    """A relation between two things that the document names; `values` are further fields of the link."""

    kind: str
    source: Mention
    target: Mention
    printed: str
    lines: tuple[int, ...]
    part: Part
    confidence: float
    reason: Reason
    values: Mapping[str, Value] = dataclasses.field(default_factory=lambda: NOTHING)


@dataclass(frozen=True, slots=True)
class Leftover:
    """A piece of the document that may hold a fact and was not understood; `line` counts from one."""

    line: int
    text: str
    why: Reason


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed statement: entity, field and value as the census would hold them, and why.

    `known` says whether the census has the entity; `doubt` holds the parts of the match of its name,
    ``(part, points)``, which add up to the score.
    """

    id: str
    entity: str
    kind: Kind
    field: str
    value: Value
    printed: str
    part: Part
    confidence: float
    reason: Reason
    lines: tuple[int, ...] = ()
    locator: str = ""
    column: str | None = None
    attributes: Mapping[str, Value] = dataclasses.field(default_factory=lambda: NOTHING)
    known: bool = False
    name: str = ""
    doubt: tuple[tuple[str, float], ...] = ()
    step: Step = Step.PROPOSED


@dataclass(frozen=True, slots=True)
class Notes:
    """What one rule took from some lines."""

    drafts: tuple[Draft, ...] = ()
    links: tuple[LinkDraft, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    uses: Mapping[int, Use] = dataclasses.field(default_factory=dict)


def shortened(text: str, longest: int = LONGEST) -> str:
    """The beginning of a printed text, cut between words so that it still stands on its line.

    >>> shortened("Cluster of leather and footwear", 22)
    'Cluster of leather and'
    """
    text = text.strip().strip(";,").strip()
    if len(text) <= longest:
        return text
    head = text[: longest + 1]
    return (head.rsplit(" ", 1)[0] if " " in head else head[:longest]).strip()
