"""Correct a proposal of a reading: another value, field or entity; it is accepted with the correction."""

from datetime import datetime
from typing import Any

from django.db import transaction

from grappe.actions.decide_proposals import decide_proposals
from grappe.actions.reading_record import check_open, reading_to_change, record
from grappe.census.facts import Facts, facts_of
from grappe.census.reading import compare, statements_of
from grappe.census.reading.proposal import Proposal, Step
from grappe.census.reading.proposals_file import plain_proposal, proposal_of
from grappe.census.reading.sheets_of import referred
from grappe.domain.actor import Actor
from grappe.domain.entity import Kind
from grappe.domain.errors import BadChoice, InputRefused, Problem, UnknownThing
from grappe.domain.field import FieldType, declaration
from grappe.domain.source import Source, SourceKind
from grappe.store.codec import unpack_entity, unpack_statement
from grappe.store.models import DocumentReading, Entity, ReadProposal, Statement


def edit_proposal(
    reading: int,
    code: str,
    *,
    entity: str,
    field: str,
    value: str,
    of: str = "",
    by: Actor,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Give a proposal another entity, field or value, as written in a form, and accept it.

    Parameters
    ----------
    reading, code
        Which proposal.
    entity, field : str
        What the value is of; the kind of the entity stays.
    value : str
        As a person writes it: a code of the list, ``yes`` for a flag, ids of places parted by commas.
    of : str
        For a count, the category that is counted.
    by, at, seen
        Who corrects, when, and which version of the reading they saw.

    Raises
    ------
    UnknownThing
        If there is no such reading or proposal.
    Refused
        If the reading is not open, or was changed meanwhile.
    BadChoice
        If the kind has no such field.
    InputRefused
        If the value is none that the field can have, or refers to nothing.
    """
    with transaction.atomic():
        row = reading_to_change(reading, by, seen)
        check_open(row)
        found = row.proposals.filter(code=code).first()
        if found is None:
            raise UnknownThing("no_such_proposal", id=code)
        edited = _edited(found, entity.strip(), field, value, of, row.document)
        _check(edited, row)
        (difference,) = compare([edited], _facts(edited.entity), row.edition)
        if found.read is None:
            found.read = {
                name: found.content.get(name) for name in ("entity", "field", "value", "attributes")
            }
        found.content = plain_proposal(edited, difference)
        found.change = str(difference.change)
        found.save()
        record("edit_proposal", row, by, at, proposal=code, entity=edited.entity, field=field)
        decide_proposals(reading, Step.ACCEPTED, codes=[code], by=by, at=at)


def _edited(row: ReadProposal, entity: str, field: str, value: str, of: str, file: str) -> Proposal:
    kind = Kind(row.content["kind"])
    fields = declaration(kind).fields
    if field not in fields:
        raise BadChoice("unknown_field_of", kind=kind, field=field, accepted=", ".join(fields))
    known = Entity.objects.filter(id=entity).values_list("kind", flat=True).first()
    plain = {
        **row.content,
        "entity": entity,
        "field": field,
        "value": _value(fields[field].type, value.strip()),
        "step": row.step,
        "known": known is not None,
    }
    attributes = {k: v for k, v in row.content.get("attributes", {}).items() if k != "of"}
    if field != row.content["field"]:
        # What qualified a value of one field need not be allowed on another.
        attributes = {k: v for k, v in attributes.items() if fields[field].type is FieldType.FIGURE}
    if of:
        attributes["of"] = of
    plain["attributes"] = attributes
    if entity != row.content["entity"]:
        plain["name"] = ""
        plain.pop("doubt", None)
    problems: list[Problem] = []
    edited = proposal_of(plain, file, row.line, 1, problems)
    if edited is None:
        raise InputRefused("edit_refused", problems=problems, count=len(problems))
    return edited


def _value(type_: FieldType, text: str) -> Any:
    """The value that somebody wrote; what cannot be one is left as it is, for the checks to name it."""
    if type_ is FieldType.FLAG:
        return True if text.casefold() in ("true", "yes", "oui", "نعم", "1") else text
    if type_ in (FieldType.FIGURE, FieldType.NUMBER):
        plain = text.replace("\u202f", "").replace("\u00a0", "").replace(" ", "").replace(",", ".")
        try:
            return int(plain)
        except ValueError:
            try:
                return float(plain)
            except ValueError:
                return text
    if type_ is FieldType.PLACES:
        return [part.strip() for part in text.replace("،", ",").split(",") if part.strip()]
    return text


def _check(edited: Proposal, row: DocumentReading) -> None:
    """Refuse a value that its field cannot have, and a reference to what neither census nor reading has."""
    named = {edited.entity, *referred(edited)}
    known = {id: Kind(kind) for id, kind in Entity.objects.filter(id__in=named).values_list("id", "kind")}
    for content in row.proposals.values_list("content", flat=True):
        if content["entity"] in named:
            known.setdefault(content["entity"], Kind(content["kind"]))
    key = "line" if row.cited_by_line else "key"
    source = Source(
        id=row.source, kind=SourceKind.STUDY, title=row.title or row.source, date=row.edition, cited_by=key
    )
    if edited.entity not in known and edited.field != declaration(edited.kind).caption:
        problem = Problem("dangling_reference", row.document, edited.lines[0] if edited.lines else None,
                          "entity", edited.entity)  # fmt: skip
        raise InputRefused("edit_refused", problems=[problem], count=1)
    places = {edited.id: edited.lines[0]} if edited.lines else {}
    try:
        statements_of([edited], source, row.edition, known, row.document, places)
    except InputRefused as error:
        raise InputRefused("edit_refused", problems=error.problems, count=len(error.problems)) from error


def _facts(entity: str) -> Facts:
    rows = Statement.objects.filter(entity_id=entity, standing=True)
    said = [unpack_statement(*one) for one in rows.values_list("id", "entity_id", "field", "content")]
    entities = Entity.objects.filter(id=entity).values_list("id", "kind", "dataset_id", "redirect_to")
    return facts_of((unpack_entity(*one) for one in entities), said, {})
