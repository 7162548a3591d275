"""State something that was decided or declared here, in the same form as what data sets say."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from grappe.actions.derive_rows import store_disputes, store_rows
from grappe.census.facts import Facts, facts_of
from grappe.domain.actor import Actor
from grappe.domain.dates import PartialDate
from grappe.domain.decision import Verdict
from grappe.domain.entity import Kind
from grappe.domain.field import FieldType, declaration
from grappe.domain.source import Source
from grappe.domain.statement import Statement
from grappe.store import models, search
from grappe.store.codec import (
    pack_source,
    pack_statement,
    unpack_entity,
    unpack_source,
    unpack_statement,
)
from grappe.store.rulings import preferred_now


@dataclass(frozen=True, slots=True)
class Declaration:
    """What is stated at once: one source, the entities it speaks of, and its statements.

    `dataset` gathers the declarations of one kind, such as all outcomes of one event; `kinds` gives
    the kind of each entity that may be new. With `adds`, what the source said before stays, and so does
    the source itself where the census knows it; otherwise what it says no longer is withdrawn.
    """

    dataset: str
    title: Mapping[str, str]
    licence: str
    source: Source
    kinds: Mapping[str, Kind]
    statements: tuple[Statement, ...]
    adds: bool = False


def emit_statements(declared: Declaration, *, by: Actor, at: datetime) -> None:
    """Write statements with their source, and derive the rows of the entities they speak of.

    What the same source said before and says no longer is withdrawn, unless the declaration only adds.
    The audit event is that of the action which declares.
    """
    with transaction.atomic():
        _write_dataset(declared, at)
        written = {"dataset_id": declared.dataset, "content": pack_source(declared.source)}
        if declared.adds:
            models.Source.objects.get_or_create(id=declared.source.id, defaults=written)
        else:
            models.Source.objects.update_or_create(id=declared.source.id, defaults=written)
        for entity in dict.fromkeys(s.entity for s in declared.statements):
            models.Entity.objects.get_or_create(
                id=entity, defaults={"kind": str(declared.kinds[entity]), "dataset_id": declared.dataset}
            )
        touched = {s.entity for s in declared.statements}
        _write_statements(declared, touched, by, at)
        _derive(touched)


def _write_dataset(declared: Declaration, at: datetime) -> None:
    known = models.Dataset.objects.filter(id=declared.dataset).first()
    as_of = max(declared.source.date, known.as_of if known else "")
    said = f"{known.digest if known else ''}{sorted(s.id for s in declared.statements)}"
    models.Dataset.objects.update_or_create(
        id=declared.dataset,
        defaults={
            "as_of": as_of,
            "digest": hashlib.blake2b(said.encode(), digest_size=20).hexdigest(),
            "folder": "",
            "loaded_at": at,
            "card": {
                "title": dict(declared.title),
                "licence": declared.licence,
                "coverage": {},
                "notice": {},
                "as_of": as_of,
            },
        },
    )


def _write_statements(declared: Declaration, touched: set[str], by: Actor, at: datetime) -> None:
    now = {s.id for s in declared.statements}
    standing = [s for s in _statements(touched) if s.source == declared.source.id]
    withdrawn = set() if declared.adds else {s.id for s in standing} - now
    models.Statement.objects.filter(id__in=withdrawn).update(standing=False)
    for statement in declared.statements:
        models.Statement.objects.update_or_create(
            id=statement.id,
            defaults={
                "entity_id": statement.entity,
                "field": statement.field,
                "content": pack_statement(statement),
                "value": _reference(declared.kinds[statement.entity], statement),
                "standing": True,
                "personal": statement.personal,
            },
        )
    before = {s.id for s in standing}
    rows = [(one, Verdict.WITHDRAWN) for one in sorted(withdrawn)]
    rows += [(one, Verdict.ACCEPTED) for one in sorted(now - before)]
    models.Decision.objects.bulk_create(
        models.Decision(statement=one, verdict=str(verdict), by=by.role, at=at) for one, verdict in rows
    )


def _derive(touched: set[str]) -> None:
    models.ClusterRow.objects.filter(entity__in=touched).delete()
    models.LinkRow.objects.filter(entity__in=touched).delete()
    models.Listing.objects.filter(entity__in=touched).delete()
    models.DisputeRow.objects.filter(entity__in=touched).delete()
    search.forget(sorted(touched))
    facts = _facts(touched)
    # Of what nothing is said any more, no row is left.
    standing = touched & facts.entities.keys()
    store_rows(facts, standing)
    # Pages ask of the day of the newest data set unless told otherwise.
    newest = models.Dataset.objects.order_by("-as_of").values_list("as_of", flat=True).first()
    by_dataset: dict[str, list[str]] = defaultdict(list)
    for entity in standing:
        by_dataset[facts.entities[entity].dataset].append(entity)
    for dataset, entities in by_dataset.items():
        store_disputes(facts, dataset, PartialDate(str(newest)), entities)


def _facts(touched: set[str]) -> Facts:
    """Facts about some entities and those they refer to, whose names and countries the rows repeat."""
    own = _statements(touched)
    around = {str(s.value) for s in own if isinstance(s.value, str)} - touched
    near = _statements(around)
    places = {place for s in near for place in s.places} | {
        f"pl-country-{str(s.value).lower()}" for s in near if s.field == "country"
    }
    places |= {place for s in own for place in s.places}
    statements = [*own, *near]
    loaded = around | touched
    # A place lies in another, and that one in a third: a dispute between the two is a small one.
    while places := places - loaded:
        said = _statements(places)
        statements += said
        loaded |= places
        places = {str(s.value) for s in said if s.field == "within"}
    entities = models.Entity.objects.filter(id__in={s.entity for s in statements})
    ids = {s.source for s in statements}
    sources = {row.id: unpack_source(row.id, row.content) for row in models.Source.objects.filter(id__in=ids)}
    return facts_of(
        (unpack_entity(*row) for row in entities.values_list("id", "kind", "dataset_id", "redirect_to")),
        statements,
        sources,
        preferred_now({s.id for s in statements}),
    )


def _statements(entities: Iterable[str]) -> list[Statement]:
    rows = models.Statement.objects.filter(entity_id__in=list(entities), standing=True)
    return [unpack_statement(*row) for row in rows.values_list("id", "entity_id", "field", "content")]


def _reference(kind: Kind, statement: Statement) -> str | None:
    refers = declaration(kind).fields[statement.field].type is FieldType.REF
    return statement.value if refers and isinstance(statement.value, str) else None


def withdraw_source(source: str, *, by: Actor, at: datetime) -> None:
    """Withdraw all that one declaration says; what others say of the same entities stays."""
    row = models.Source.objects.filter(id=source).first()
    if row is None:
        return
    with transaction.atomic():
        mine = models.Statement.objects.filter(entity__dataset_id=row.dataset_id, standing=True)
        said = [unpack_statement(*one) for one in mine.values_list("id", "entity_id", "field", "content")]
        gone = [s for s in said if s.source == source]
        models.Statement.objects.filter(id__in=[s.id for s in gone]).update(standing=False)
        models.Decision.objects.bulk_create(
            models.Decision(statement=s.id, verdict=str(Verdict.WITHDRAWN), by=by.role, at=at) for s in gone
        )
        _derive({s.entity for s in gone})
