"""Fields of every kind of entity, declared once in ``fields/*.yml``."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml

from grappe.domain.entity import Kind
from grappe.domain.source import Part


class FieldType(StrEnum):
    """What the value of a field is."""

    TEXT = "text"  # words as the source writes a name
    TAG = "tag"  # a code of a controlled list
    FLAG = "flag"  # true; absence is unknown, not false
    DATE = "date"  # a day, month or year
    URL = "url"  # an address on the web
    COUNTRY = "country"  # ISO 3166-1 alpha-2 code
    NUMBER = "number"  # a bare number, such as a coordinate
    FIGURE = "figure"  # a number with precision, modality, perimeter, period
    REF = "ref"  # id of another entity
    PLACES = "places"  # ids of one or more places, as one value


ATTRIBUTES: Mapping[FieldType, frozenset[str]] = MappingProxyType(
    {
        FieldType.TEXT: frozenset({"note"}),
        FieldType.TAG: frozenset({"note"}),
        FieldType.FLAG: frozenset({"note"}),
        FieldType.DATE: frozenset({"note", "precision"}),
        FieldType.URL: frozenset({"note"}),
        FieldType.COUNTRY: frozenset({"note"}),
        FieldType.NUMBER: frozenset({"note"}),
        FieldType.FIGURE: frozenset(
            {"note", "precision", "low", "high", "modality", "perimeter", "unit", "period"}
        ),
        FieldType.REF: frozenset({"note"}),
        FieldType.PLACES: frozenset({"note"}),
    }
)
"""Attributes that a value of each type may carry; a field may declare more."""

ATTRIBUTE_LISTS: Mapping[str, str] = MappingProxyType(
    {
        "modality": "modality",
        "perimeter": "perimeter",
        "precision": "precision",
        "unit": "unit",
        "status": "status",
        "level": "level_printed",
        "role": "member_role",
    }
)
"""Controlled list of an attribute; `of` takes the list of its field."""


@dataclass(frozen=True, slots=True)
class Field:
    """Declaration of one field: type, unit, whether it has one value or many, labels, trust order.

    `key` names the attribute that parts the slots of a `many` field within which values are rivals;
    `no_winner` says that two values of one source are both shown.
    """

    kind: Kind
    name: str
    type: FieldType
    label: Mapping[str, str]
    help: Mapping[str, str] = field(default_factory=dict)
    many: bool = False
    key: str | None = None
    vocabulary: str | None = None
    refers: tuple[Kind, ...] = ()
    unit: str | None = None
    personal: bool = False
    no_winner: bool = False
    group: str = "identity"
    trust: tuple[Part, ...] = tuple(Part)
    attributes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class KindDeclaration:
    """All fields of one kind of entity, and the field that captions it."""

    kind: Kind
    caption: str
    fields: Mapping[str, Field]


@cache
def declaration(kind: Kind) -> KindDeclaration:
    """Fields of one kind, read from its file.

    Raises
    ------
    FileNotFoundError
        If the kind has no declaration: a fault of the package, held by a test.
    """
    text = (files("grappe.domain") / "fields" / f"{kind.value}.yml").read_text("utf-8")
    read: dict[str, Any] = yaml.load(text, yaml.CSafeLoader)
    fields = {name: _field(kind, name, row) for name, row in read["fields"].items()}
    return KindDeclaration(kind, read["caption"], MappingProxyType(fields))


def _field(kind: Kind, name: str, row: dict[str, Any]) -> Field:
    kind_of_value = FieldType(row["type"])
    return Field(
        kind=kind,
        name=name,
        type=kind_of_value,
        label=row["label"],
        help=row.get("help", {}),
        many=row.get("many", False),
        key=row.get("key"),
        vocabulary=row.get("vocabulary"),
        refers=tuple(Kind(k) for k in row.get("refers", ("place",) if kind_of_value == "places" else ())),
        unit=row.get("unit"),
        personal=row.get("personal", False),
        no_winner=row.get("no_winner", False),
        group=row.get("group", "identity"),
        trust=tuple(Part(p) for p in row["trust"]) if "trust" in row else tuple(Part),
        attributes=ATTRIBUTES[kind_of_value] | set(row.get("attributes", ())),
    )
