"""The order of an identity sheet: groups of fields as a reader meets them, references with their names."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from grappe.domain.entity import Kind
from grappe.domain.field import Field, FieldType, declaration
from grappe.present.plain import Plain

GROUPS = (
    "identity",
    "dates",
    "location",
    "people",
    "members",
    "figures",
    "results",
    "activities",
    "cooperation",
)
"""Groups of fields in the order of the sheet."""

EXPECTED = (
    "acronym", "state", "sector", "legal_form", "emergence_mode", "website", "created", "anchoring", "place",
    "members_total", "jobs", "partner_north", "partner_south",
)  # fmt: skip
"""Fields of a cluster that a sheet shows even when they are unknown."""

EXPECTED_ROLES = ("president", "facilitator")
ELSEWHERE = ("member", "cooperation_country", "listed", "name")
"""Fields that the sheet shows in a form of their own."""

_PLACED = ("lon", "lat")


@dataclass(frozen=True, slots=True)
class ShownField:
    """A field on a sheet: its declaration and its values, none when it is unknown."""

    field: Field
    values: list[Plain]
    context: list[Plain]

    @property
    def name(self) -> str:
        """Code of the field."""
        return self.field.name

    @property
    def type(self) -> str:
        """What its values are."""
        return str(self.field.type)


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that belong together."""

    code: str
    fields: list[ShownField]


def arranged(sheet: Plain) -> list[Group]:
    """Groups of the fields of a sheet, empty ones left out."""
    kind = Kind(sheet["kind"])
    declared = declaration(kind).fields
    shown = {name: _shown(declared[name], given) for name, given in sheet["fields"].items()}
    if _is_organised(sheet):
        for name in EXPECTED:
            shown.setdefault(name, ShownField(declared[name], [], []))
    people = _people(sheet, declared)
    groups = []
    for code in GROUPS:
        fields = [
            shown[name]
            for name, field in declared.items()
            if field.group == code and name in shown and name not in ELSEWHERE
        ]
        groups.append(Group(code, people if code == "people" else fields))
    return [group for group in groups if group.fields]


def references(sheet: Plain) -> set[str]:
    """Ids of all entities that a sheet names."""
    found = {sheet["id"]}
    for row in _statements(sheet):
        value = row.get("value")
        found.update(value if isinstance(value, list) else [value] if isinstance(value, str) else [])
        if isinstance(row.get("by"), str):
            found.add(row["by"])
    for link in sheet["links"]:
        found |= {link["source"], link["target"], *(via["id"] for via in link["via"])}
    found.update(member["id"] for member in sheet.get("members", []))
    found.update(one for finding in sheet["findings"] for one in finding["entities"])
    return {one for one in found if "-" in one and " " not in one}


def dispute_count(sheet: Plain) -> int:
    """How many values of a sheet have rivals."""
    return sum(1 for row in _statements(sheet) if row.get("rivals"))


def coordinates(sheet: Plain) -> tuple[float, float] | None:
    """Longitude and latitude of a place, if both are known."""
    found = [sheet["fields"].get(name, {}).get("value") for name in _PLACED]
    return (found[0], found[1]) if None not in found else None


def _shown(field: Field, given: Plain | list[Plain]) -> ShownField:
    if isinstance(given, list):
        return ShownField(field, given, [])
    own = [] if field.type is FieldType.FIGURE and given["value"] is None else [given]
    return ShownField(field, own, given.get("context", []))


def _people(sheet: Plain, declared: Any) -> list[ShownField]:
    roles: dict[str, list[Plain]] = {}
    for row in sheet["people"]:
        roles.setdefault(row["role"], []).append(row)
    if _is_organised(sheet):
        for role in EXPECTED_ROLES:
            roles.setdefault(role, [])
    return [ShownField(declared[role], roles[role], []) for role in declared if role in roles]


def _is_organised(sheet: Plain) -> bool:
    # A potential cluster is a craft in a place: that it has no members or president is no gap.
    return sheet["kind"] == "cluster" and "craft" not in sheet["fields"]


def _statements(sheet: Plain) -> Iterator[Plain]:
    rows: list[Plain] = list(sheet["people"])
    for given in sheet["fields"].values():
        rows += given if isinstance(given, list) else [given, *given.get("context", [])]
    for row in rows:
        yield row
        yield from row.get("rivals", [])
