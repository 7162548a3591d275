"""The identity sheet of an entity as a plain dict: every field with its source, rivals and reason."""

from grappe.census.facts import Facts
from grappe.census.links import Link
from grappe.census.reconciliation import Shown
from grappe.census.remarks import Remark
from grappe.domain.entity import Kind
from grappe.domain.field import FieldType, declaration
from grappe.domain.finding import Finding
from grappe.present.findings import finding_plain, remark_plain
from grappe.present.links import link_plain
from grappe.present.plain import Plain, cites, shown_plain, stated

ROLES = (
    "president",
    "acting_president",
    "vice_president",
    "director",
    "facilitator",
    "secretary",
    "project_officer",
)
_WITHHELD: Plain = {"why": "withheld", "rivals": [], "confirmed_by": []}
_LEVELS = ("national", "euromed", "extra_regional")


def sheet_plain(
    facts: Facts,
    entity: str,
    values: dict[str, list[Shown]],
    found_links: list[Link],
    found: list[Finding | Remark],
    as_of: str,
) -> Plain:
    """Everything known of an entity on a day.

    `values` are the reconciled fields, `found_links` its links, `found` the findings and remarks.
    """
    kind = facts.entities[entity].kind
    sheet: Plain = {
        "id": entity,
        "kind": str(kind),
        "as_of": as_of,
        "fields": {
            name: _field(facts, kind, name, slots) for name, slots in values.items() if name not in ROLES
        },
        "people": people(facts, entity, values),
    }
    if kind is Kind.CLUSTER:
        sheet["members"] = [_member(facts, shown) for shown in values.get("member", [])]
        sheet["cooperation"] = cooperation(facts, entity, values, found_links)
    sheet["links"] = [link_plain(facts, link) for link in found_links]
    sheet["findings"] = [
        finding_plain(facts, one) if isinstance(one, Finding) else remark_plain(one) for one in found
    ]
    return sheet


def people(facts: Facts, entity: str, values: dict[str, list[Shown]]) -> list[Plain]:
    """Bearers of public roles with name, role, citation and rivals."""
    rows = []
    for role in ROLES:
        if role not in values:
            # An erased name leaves its place: who looks for it must see that it was erased, and why.
            erased = [s for s in facts.statements(entity, role) if s.redacted]
            rows += [{"role": role, "bearer": None, **stated(facts, s), **_WITHHELD} for s in erased[:1]]
        for shown in values.get(role, []):
            row = shown_plain(facts, shown)
            bearer = facts.entities.get(str(shown.statement.value))
            rows.append({"role": role, "bearer": str(bearer.kind) if bearer else None, **row})
    return rows


def cooperation(facts: Facts, entity: str, values: dict[str, list[Shown]], found: list[Link]) -> Plain:
    """Links and countries under the three printed levels, and the links printed under none."""
    levels: Plain = {level: [] for level in (*_LEVELS, "unprinted")}
    for link in found:
        levels[link.level_printed or "unprinted"].append(link_plain(facts, link))
    for shown in values.get("cooperation_country", []):
        statement = shown.statement
        row = stated(facts, statement)
        levels[str(statement.attributes.get("level", "unprinted"))].append(
            {
                "kind": "country",
                "country": statement.value,
                "status": row.get("status"),
                "cites": cites([statement]),
            }
        )
    return levels


def _field(facts: Facts, kind: Kind, name: str, slots: list[Shown]) -> Plain | list[Plain]:
    field = declaration(kind).fields[name]
    if field.type is FieldType.FIGURE and not field.many:
        return _figure(facts, slots)
    rows = [shown_plain(facts, shown) for shown in slots]
    return rows if field.many else rows[0]


def _figure(facts: Facts, slots: list[Shown]) -> Plain:
    # A cluster's own figure is that of its members, observed; targets and whole sectors stand beside it.
    own = [shown for shown in slots if shown.slot[:2] == ("members", "observed")]
    others = [shown_plain(facts, shown) for shown in slots if shown not in own]
    main: Plain = (
        shown_plain(facts, own[0])
        if own
        else {"value": None, "source": None, "locator": None, "as_of": None, "rivals": [], "why": "unknown"}
    )
    return main | {"context": others}


def _member(facts: Facts, shown: Shown) -> Plain:
    row = shown_plain(facts, shown)
    return {
        "id": row["value"],
        "name": row.get("name"),
        "role": row.get("role"),
        "cites": cites([shown.statement]),
    }
