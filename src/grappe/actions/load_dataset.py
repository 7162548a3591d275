"""Load a data set: idempotent, all or nothing."""

import dataclasses
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TypeVar

from django.db import connection, transaction

from grappe.actions.derive_rows import store_disputes, store_findings, store_rows
from grappe.actions.keep_apart import check_takes_facts
from grappe.census.census import Dataset as ReadDataset
from grappe.census.census import read_dataset
from grappe.census.facts import facts_of
from grappe.census.redaction import GAP
from grappe.domain.actor import Actor
from grappe.domain.dates import PartialDate
from grappe.domain.decision import Verdict
from grappe.domain.entity import Kind
from grappe.domain.field import FieldType, declaration
from grappe.domain.source import Source
from grappe.domain.statement import NO_ATTRIBUTES, Statement
from grappe.store import models, search
from grappe.store.codec import pack_source, pack_statement, unpack_source, unpack_statement
from grappe.store.rulings import preferred_now

FORMAT = "3"
"""Raised when the shape of rebuildable rows changes, so that an unchanged data set is loaded anew."""
_CHUNK = 20_000
T = TypeVar("T")
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did: counts of entities and statements, and whether anything changed."""

    dataset: str
    entities: int
    statements: int
    added: int
    withdrawn: int
    changed: bool


def load_dataset(folder: Path, *, by: Actor, at: datetime, progress: Progress = lambda step: None) -> Loaded:
    """Read, check and store a data set in one transaction.

    Nothing is written when the data set is refused, or when the very same content is loaded already.

    Raises
    ------
    DatasetError
        With every problem of a malformed data set; the database is as before.
    Refused
        If the database holds invented data, and the data set is not part of them.
    """
    progress("read")
    read = read_dataset(folder)
    check_takes_facts(read.card.id)
    progress("hash")
    read = _withheld(read)
    digest = digest_of(read)
    known = models.Dataset.objects.filter(id=read.card.id).first()
    if known is not None and known.digest == digest:
        return Loaded(read.card.id, len(read.entities), len(read.statements), 0, 0, changed=False)
    with transaction.atomic():
        return _store(read, digest, by, at, progress)


def _withheld(read: ReadDataset) -> ReadDataset:
    """The data set without what was erased here before: an untouched copy must not bring a name back."""
    traces = {
        (row.entity, row.field, locator): row.reason
        for row in models.Redaction.objects.order_by("id")
        for locator in row.locators
    }
    if not traces:
        return read
    statements = [_erased(s, traces.get((s.entity, s.field, s.locator))) for s in read.statements]
    unique = {statement.id: statement for statement in statements}
    return dataclasses.replace(read, statements=list(unique.values()))


def _erased(statement: Statement, reason: str | None) -> Statement:
    if reason is None or statement.redacted:
        return statement
    if not statement.personal:
        # The value is no person's: only the printed text, which held the name, goes.
        return dataclasses.replace(statement, printed=GAP, id="")
    return dataclasses.replace(
        statement, value=None, printed=None, attributes=NO_ATTRIBUTES, redacted=reason, id=""
    )


def digest_of(read: ReadDataset) -> str:
    """Hash of the content of a data set: its statements, card, remarks and rulings."""
    digest = hashlib.blake2b(digest_size=20)
    digest.update(f"{FORMAT}{read.card}{read.remarks}{sorted(read.preferred)}".encode())
    for statement in read.statements:
        digest.update(statement.id.encode())
        # The id of a personal statement says nothing of its value, which must be loaded when it changes.
        digest.update(pack_statement(statement).encode() if statement.personal else b"")
    return digest.hexdigest()


def _store(read: ReadDataset, digest: str, by: Actor, at: datetime, progress: Progress) -> Loaded:
    card = read.card
    models.Dataset.objects.update_or_create(
        id=card.id,
        defaults={
            "as_of": card.as_of,
            "digest": digest,
            "folder": str(read.folder.resolve()),
            "loaded_at": at,
            "card": {
                "title": card.title,
                "licence": card.licence,
                "coverage": card.coverage,
                "notice": card.notice,
                "as_of": card.as_of,
            },
        },
    )
    for source in card.sources.values():
        models.Source.objects.update_or_create(
            id=source.id, defaults={"dataset_id": card.id, "content": pack_source(source)}
        )
    progress("store")
    before = _standing(card.id)
    _write_entities(read)
    now = {statement.id for statement in read.statements}
    withdrawn = before - now
    _write_statements(read.statements, at, by, before)
    _withdraw(withdrawn, at, by)
    _rule(read, at, by)
    progress("rows")
    _forget_rows(card.id)
    said, sources = _accepted(card.id)
    facts = facts_of(read.entities, [*read.statements, *said], {**sources, **card.sources}, read.preferred)
    on = PartialDate(card.as_of)
    store_rows(facts, facts.by_entity)
    progress("disputes")
    store_disputes(facts, card.id, on)
    store_findings(facts, card.id, on, read.remarks)
    added = len(now - before)
    models.AuditEvent.objects.create(
        verb="load_dataset",
        by=str(by),
        at=at,
        subject=card.id,
        detail={"statements": len(now), "added": added, "withdrawn": len(withdrawn)},
    )
    return Loaded(card.id, len(read.entities), len(now), added, len(withdrawn), changed=True)


def _standing(dataset: str) -> set[str]:
    # What people accepted about the same entities is not the data set's to withdraw.
    accepted = models.Decision.objects.filter(verdict=str(Verdict.ACCEPTED)).values("statement")
    rows = models.Statement.objects.filter(entity__dataset_id=dataset, standing=True)
    return set(rows.exclude(id__in=accepted).values_list("id", flat=True))


def _accepted(dataset: str) -> tuple[list[Statement], dict[str, Source]]:
    """Standing statements of people about entities of the data set, and their sources: rows show them too."""
    accepted = models.Decision.objects.filter(verdict=str(Verdict.ACCEPTED)).values("statement")
    rows = models.Statement.objects.filter(entity__dataset_id=dataset, standing=True, id__in=accepted)
    said = [unpack_statement(*row) for row in rows.values_list("id", "entity_id", "field", "content")]
    known = models.Source.objects.filter(id__in={s.source for s in said})
    return said, {row.id: unpack_source(row.id, row.content) for row in known}


def _write_entities(read: ReadDataset) -> None:
    known = set(models.Entity.objects.values_list("id", flat=True))
    models.Entity.objects.bulk_create(
        (
            models.Entity(id=entity.id, kind=str(entity.kind), dataset_id=read.card.id)
            for entity in read.entities
            if entity.id not in known
        ),
        batch_size=2000,
    )


def _write_statements(statements: Iterable[Statement], at: datetime, by: Actor, standing: set[str]) -> None:
    rows = (
        (s.id, s.entity, s.field, pack_statement(s), _reference(s), 1, int(s.personal)) for s in statements
    )
    new = (s.id for s in statements if s.id not in standing)
    verdicts = ((one, str(Verdict.LOADED), by.role, at.isoformat(sep=" "), "") for one in new)
    with connection.cursor() as cursor:
        for chunk in _chunks(rows):
            cursor.executemany(
                "INSERT INTO store_statement (id, entity_id, field, content, value, standing, personal)"
                " VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT (id) DO UPDATE SET"
                " content = excluded.content, value = excluded.value, standing = excluded.standing",
                chunk,
            )
        for verdict in _chunks(verdicts):
            cursor.executemany(
                'INSERT INTO store_decision (statement, verdict, "by", at, why) VALUES (%s, %s, %s, %s, %s)',
                verdict,
            )


def _withdraw(ids: set[str], at: datetime, by: Actor) -> None:
    for chunk in _chunks(sorted(ids), 900):
        models.Statement.objects.filter(id__in=chunk).update(standing=False)
        models.Decision.objects.bulk_create(
            models.Decision(statement=one, verdict=str(Verdict.WITHDRAWN), by=by.role, at=at, why="")
            for one in chunk
        )


def _rule(read: ReadDataset, at: datetime, by: Actor) -> None:
    mine = {statement.id for statement in read.statements}
    preferred = preferred_now() & mine
    taken_back = preferred - read.preferred
    new = [(one, Verdict.PREFERRED, why) for one, why in read.rulings.items() if one not in preferred]
    new += [(one, Verdict.LOADED, "ruling taken back") for one in sorted(taken_back)]
    models.Decision.objects.bulk_create(
        models.Decision(statement=one, verdict=str(verdict), by=by.role, at=at, why=why)
        for one, verdict, why in new
    )


def _forget_rows(dataset: str) -> None:
    # Rows are rebuilt whole: one data set is one census; several would be told apart by their entities.
    mine = models.Entity.objects.filter(dataset_id=dataset).values("id")
    models.ClusterRow.objects.filter(entity__in=mine).delete()
    models.LinkRow.objects.filter(entity__in=mine).delete()
    models.Listing.objects.filter(entity__in=mine).delete()
    models.DisputeRow.objects.filter(dataset_id=dataset).delete()
    models.FindingRow.objects.filter(dataset_id=dataset).delete()
    if models.Dataset.objects.count() == 1:
        search.clear_index()
    else:
        search.forget(models.Entity.objects.filter(dataset_id=dataset).values_list("id", flat=True))


def _reference(statement: Statement) -> str | None:
    referring = statement.field in _REFERENCES and isinstance(statement.value, str)
    return str(statement.value) if referring else None


_REFERENCES = frozenset(
    name for kind in Kind for name, field in declaration(kind).fields.items() if field.type is FieldType.REF
)


def _chunks(rows: Iterable[T], size: int = _CHUNK) -> Iterable[list[T]]:
    iterator = iter(rows)
    while chunk := list(islice(iterator, size)):
        yield chunk
