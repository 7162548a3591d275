"""Asking readings of invented texts."""

from typing import Any

from grappe.census.reading import Proposal, Reading, document_of, read
from grappe.census.reading.document import text_lines


def reading(text: str) -> Reading:
    """A text read without any census."""
    return read(document_of(text_lines(text)), source="xx-study")


def facts(text: str) -> list[Proposal]:
    """Proposals of a text."""
    return list(reading(text).proposals)


def values(said: list[Proposal], entity: str, field: str) -> list[Any]:
    """Values proposed for a field of an entity, each once, in their order."""
    return list(dict.fromkeys(p.value for p in said if p.entity == entity and p.field == field))


def leftovers(text: str, code: str) -> list[str]:
    """Texts left over for one reason."""
    return [one.text for one in reading(text).leftovers if one.why.code == code]


def names(said: list[Proposal], entity: str, field: str) -> list[str]:
    """Names of the entities that a field of another refers to."""
    captions = {p.entity: str(p.value) for p in said if p.field == "name"}
    return [captions.get(str(value), str(value)) for value in values(said, entity, field)]
