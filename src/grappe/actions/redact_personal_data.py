"""Redact personal data: erased in every table, the search index and the data-set file; a trace stays."""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import connection, transaction

from grappe.actions.load_dataset import load_dataset
from grappe.census.census import find_dataset
from grappe.census.redaction import Erasure, mentions_person, rewrite, touches
from grappe.domain.actor import Actor
from grappe.domain.entity import Kind
from grappe.domain.errors import BadChoice, GrappeError, Refused, UnknownThing
from grappe.domain.field import declaration
from grappe.domain.fold import fold
from grappe.domain.statement import Statement
from grappe.store import models, search
from grappe.store.codec import unpack_statement


@dataclass(frozen=True, slots=True)
class Redacted:
    """What was erased: entities touched, number of statements, number of files rewritten."""

    entities: tuple[str, ...]
    statements: int
    files: int


def redact_personal_data(entity: str, field: str, *, reason: str, by: Actor, at: datetime) -> Redacted:
    """Erase a person's data wherever it stands, starting from one field of an entity.

    ``person-… name`` erases that person; ``ma-… president`` erases the persons who hold that role:
    their names, every role that names them, and every printed text that holds the name. Locator
    and reason stay. The data-set file is rewritten first and loaded again, so nothing comes back.

    Raises
    ------
    UnknownThing
        If there is no such entity.
    BadChoice
        If the kind of entity has no such field.
    Refused
        If the field is not personal, holds nothing to erase, or the data set cannot be written.
    """
    if not reason.strip():
        raise GrappeError("missing_reason")
    row = models.Entity.objects.filter(id=entity).first()
    if row is None:
        raise UnknownThing("unknown_entity", id=entity, close="")
    fields = declaration(Kind(row.kind)).fields
    if field not in fields:
        raise BadChoice("unknown_field_of", kind=row.kind, field=field, accepted=", ".join(sorted(fields)))
    if not fields[field].personal:
        raise Refused("not_personal", entity=entity, field=field)
    erasure = _erasure(entity, field, Kind(row.kind))
    folder = _folder(row.dataset_id)
    files = rewrite(folder, erasure, reason)
    for path in files:
        if not os.access(path, os.W_OK):
            raise Refused("read_only_dataset", path=path)
    originals = {path: path.read_text("utf-8") for path in files}
    touched = [s for s in _all_statements(row.dataset_id) if _holds(erasure, s)]
    try:
        with transaction.atomic():
            _trace(touched, reason, by, at)
            _blank_readings(erasure)
            # What was said is erased from the rows themselves, withdrawn ones included.
            models.Statement.objects.filter(id__in=[s.id for s in touched]).delete()
            for path, text in files.items():
                _replace(path, text)
            load_dataset(folder, by=by, at=at)
    except BaseException:
        for path, text in originals.items():
            _replace(path, text)
        raise
    _vacuum()
    return Redacted(tuple(sorted({s.entity for s in touched})), len(touched), len(files))


def _erasure(entity: str, field: str, kind: Kind) -> Erasure:
    rows = [s for s in _statements(entity) if s.field == field and not s.redacted]
    if not rows:
        raise Refused("nothing_to_redact", entity=entity, field=field)
    if kind is Kind.PERSON:
        persons = {entity} if field == "name" else set()
    else:
        persons = {str(s.value) for s in rows if _is_person(str(s.value))}
        if not persons:
            raise Refused("nothing_to_redact", entity=entity, field=field)
    names: dict[str, None] = {}
    slots = {(entity, field)}
    for person in persons:
        for s in _statements(person):
            slots.add((person, s.field))
            if s.field in ("name", "alias") and not s.redacted:
                names[str(s.value)] = None
    return Erasure(frozenset(slots), frozenset(persons), tuple(names), _words_of_others(persons))


def _words_of_others(persons: set[str]) -> frozenset[str]:
    """Folded words in the names of everybody else: a surname among them proves nothing alone."""
    rows = models.Statement.objects.filter(entity__kind=str(Kind.PERSON), field__in=("name", "alias"))
    others = rows.exclude(entity_id__in=persons).values_list("id", "entity_id", "field", "content")
    return frozenset(word for row in others for word in fold(str(unpack_statement(*row).value)).split())


def _folder(dataset: str) -> Path:
    loaded = Path(models.Dataset.objects.get(id=dataset).folder)
    return loaded if loaded.is_dir() else find_dataset(dataset)


def _holds(erasure: Erasure, statement: Statement) -> bool:
    return not statement.redacted and touches(
        erasure, statement.entity, statement.field, statement.value, statement.printed
    )


def _trace(touched: list[Statement], reason: str, by: Actor, at: datetime) -> None:
    slots: dict[tuple[str, str], list[str]] = {}
    for s in touched:
        slots.setdefault((s.entity, s.field), []).append(s.locator)
    for (entity, field), locators in sorted(slots.items()):
        models.Redaction.objects.create(
            entity=entity, field=field, by=by.role, at=at, reason=reason, locators=sorted(locators)
        )
    models.AuditEvent.objects.create(
        verb="redact_personal_data",
        by=str(by),
        at=at,
        subject=", ".join(sorted({s.entity for s in touched}))[:200],
        detail={"statements": len(touched), "reason": reason},
    )


def _blank_readings(erasure: Erasure) -> None:
    """Erase the person from documents that people go through: their lines, proposals, and the file itself."""
    for row in models.DocumentReading.objects.exclude(lines=[]):
        lines = [line for line in row.lines if mentions_person(erasure, line[0])]
        proposals = [one.pk for one in row.proposals.all() if _proposes(erasure, one)]
        if not lines and not proposals:
            continue
        for line in lines:
            line[0] = ""
        row.leftovers = [one for one in row.leftovers if not mentions_person(erasure, one["text"])]
        row.content = None
        row.version += 1
        row.save()
        row.proposals.filter(pk__in=proposals).delete()


def _proposes(erasure: Erasure, one: models.ReadProposal) -> bool:
    content = one.content
    values = [content["value"], content.get("name"), (one.read or {}).get("value")]
    said = any(touches(erasure, content["entity"], content["field"], value, None) for value in values)
    return said or mentions_person(erasure, content.get("printed"))


def _statements(entity: str) -> list[Statement]:
    rows = models.Statement.objects.filter(entity_id=entity)
    return [unpack_statement(*row) for row in rows.values_list("id", "entity_id", "field", "content")]


def _all_statements(dataset: str) -> list[Statement]:
    rows = models.Statement.objects.filter(entity__dataset_id=dataset)
    return [
        unpack_statement(*row) for row in rows.values_list("id", "entity_id", "field", "content").iterator()
    ]


def _is_person(entity: str) -> bool:
    return models.Entity.objects.filter(id=entity, kind=str(Kind.PERSON)).exists()


def _replace(path: Path, text: str) -> None:
    temporary = path.with_suffix(".yml.new")
    temporary.write_text(text, "utf-8")
    temporary.replace(path)


def _vacuum() -> None:
    """Rewrite the database file, so that erased text does not linger in its free pages or its log."""
    search.purge()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
