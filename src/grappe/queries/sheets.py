"""What is known of one entity? Its sheet, its permanent address, one statement of it."""

import orjson

from grappe.census.disputes import shown_values
from grappe.census.links import links
from grappe.domain.entity import Kind
from grappe.domain.errors import UnknownThing
from grappe.present.geojson import PAGES
from grappe.present.plain import Plain, caption, stated
from grappe.present.sheet import sheet_plain
from grappe.queries.as_known import facts_known
from grappe.queries.disputes import list_findings
from grappe.queries.existence import check_exists, close_ids
from grappe.queries.facts import facts_about
from grappe.queries.moment import Moment
from grappe.store.codec import unpack_statement
from grappe.store.models import Decision, Entity, FindingEntity, Redaction, Statement


def sheet(entity: str, when: Moment) -> Plain:
    """The sheet of an entity: fields with sources and rivals, people, members, links, findings.

    Raises
    ------
    UnknownThing
        If there is no such entity; `close` names ids that look alike.
    """
    check_exists(entity)
    facts = facts_about([entity]) if when.known is None else facts_known(when)
    values = shown_values(facts, entity, when.on)
    plain = sheet_plain(facts, entity, values, links(facts, when.on, entity), [], when.on.text)
    plain["findings"] = _findings(entity, when)
    plain["name"] = caption(facts, entity)
    return plain


def address_of(entity: str) -> tuple[str, str]:
    """Folder and id of the page of an entity, a merged id followed to what it became.

    Raises
    ------
    UnknownThing
        If there is no such entity, or its kind has no page.
    """
    row = Entity.objects.filter(id=entity).first()
    while row is not None and row.redirect_to:
        row = Entity.objects.filter(id=row.redirect_to).first()
    folder = PAGES.get(Kind(row.kind)) if row else None
    if row is None or folder is None:
        raise UnknownThing("unknown_entity", id=entity, close=", ".join(close_ids(entity)))
    return folder, row.id


def statement(id: str) -> Plain:
    """One statement with its decisions: the page that a citation leads to.

    Raises
    ------
    UnknownThing
        If there is no such statement.
    """
    row = Statement.objects.select_related("entity").filter(id=id).first()
    if row is None:
        raise UnknownThing("unknown_statement", id=id)
    found = unpack_statement(row.id, row.entity_id, row.field, row.content)
    facts = facts_about([row.entity_id])
    plain = stated(facts, found)
    plain |= {
        "entity": row.entity_id,
        "entity_kind": row.entity.kind,
        "entity_name": caption(facts, row.entity_id),
        "field": row.field,
        "standing": row.standing,
        "language": found.language,
        "decisions": [
            {"verdict": d.verdict, "by": d.by, "at": d.at, "why": d.why}
            for d in Decision.objects.filter(statement=id).order_by("at", "id")
        ],
        "redactions": [
            {"by": r.by, "at": r.at, "reason": r.reason}
            for r in Redaction.objects.filter(entity=row.entity_id, field=row.field)
        ],
    }
    return plain


def _findings(entity: str, when: Moment) -> list[Plain]:
    if not when.default:
        return [row for row in list_findings(when) if entity in row["entities"]]
    rows = FindingEntity.objects.filter(entity=entity).select_related("finding").order_by("finding_id")
    return [orjson.loads(row.finding.payload) for row in rows]
