"""Accept proposals read from a document: they become statements, in one transaction, with one audit event."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from grappe.actions.emit_statements import Declaration, emit_statements
from grappe.actions.keep_apart import check_takes_facts
from grappe.census.reading import Proposal, Step, statements_of
from grappe.census.reading.proposals_file import ProposalsFile
from grappe.domain.actor import Actor
from grappe.domain.entity import Kind
from grappe.domain.errors import BadChoice, Refused
from grappe.domain.roles import Capability, Scope, ScopeKind, check_may
from grappe.domain.source import Source, SourceKind
from grappe.domain.vocabulary import LANGUAGES
from grappe.store import models
from grappe.store.codec import unpack_source
from grappe.store.grants import held_by

LICENCE = "CC-BY-4.0"


@dataclass(frozen=True, slots=True)
class Accepted:
    """What came of accepting: the source cited, the numbers of proposals, and of entities that are new."""

    source: str
    dataset: str
    accepted: int
    rejected: int
    entities: int


def accept_file(read: ProposalsFile, *, by: Actor, at: datetime, title: str | None = None) -> Accepted:
    """Accept what a file of proposals marks as accepted.

    A source that the census knows is cited as it is; any other is described by `title`.

    Raises
    ------
    BadChoice
        If the source is unknown and has no title.
    Refused, InputRefused, Forbidden
        As `accept_proposals`.
    """
    row = models.Source.objects.filter(id=read.source).first()
    if row is not None:
        source = unpack_source(row.id, row.content)
    elif title:
        source = described_source(
            read.source, title, read.edition, read.proposals, by_line=read.cited_by_line
        )
    else:
        raise BadChoice("source_of_another", source=read.source)
    return accept_proposals(
        read.proposals, source, edition=read.edition, by=by, at=at, file=read.name, lines=read.lines
    )


def described_source(
    id: str, title: str, date: str, proposals: Iterable[Proposal], *, by_line: bool, language: str = "fr"
) -> Source:
    """A source that the census does not know: its parts and columns are those that the reading found."""
    read = tuple(proposals)
    parts = sorted({(n, n, p.part) for p in read for n in p.lines})
    return Source(
        id=id,
        kind=SourceKind.STUDY,
        title=title,
        date=date,
        language=language,
        cited_by="line" if by_line else "key",
        parts=tuple(parts) if by_line else (),
        columns=tuple(dict.fromkeys(p.column for p in read if p.column)),
    )


def accept_proposals(
    proposals: Sequence[Proposal],
    source: Source,
    *,
    edition: str,
    by: Actor,
    at: datetime,
    file: str = "proposals",
    lines: Mapping[str, int] | None = None,
) -> Accepted:
    """Store the accepted ones of some proposals as statements; the rejected ones are counted in the trace.

    What the same source said before stays: a document may be accepted sheet by sheet. Accepting the
    same proposals twice changes nothing.

    Raises
    ------
    Refused
        If none is accepted, or the store holds invented data.
    InputRefused
        If one of them cannot be a statement; nothing is stored then.
    Forbidden
        If the person may not decide on facts of these countries.
    """
    wanted = [one for one in proposals if one.step is Step.ACCEPTED]
    rejected = sum(one.step is Step.REJECTED for one in proposals)
    if not wanted:
        raise Refused("nothing_accepted", file=file)
    dataset = f"read-{source.id}"
    check_takes_facts(dataset)
    with transaction.atomic():
        known = _kinds(wanted)
        _check_right(wanted, by)
        statements = statements_of(wanted, source, edition, known, file, lines)
        owner = models.Source.objects.filter(id=source.id).values_list("dataset_id", flat=True).first()
        emit_statements(
            Declaration(
                dataset=owner if owner is not None and owner.startswith("read-") else dataset,
                title=dict.fromkeys(LANGUAGES, source.title),
                licence=source.licence or LICENCE,
                source=source,
                kinds={**known, **{one.entity: one.kind for one in wanted}},
                statements=tuple(statements),
                adds=True,
            ),
            by=by,
            at=at,
        )
        new = {one.entity for one in wanted} - known.keys()
        models.AuditEvent.objects.create(
            verb="accept_proposals",
            by=str(by),
            at=at,
            subject=source.id,
            detail={
                "accepted": len(statements),
                "rejected": rejected,
                "entities": len(new),
                "edition": edition,
            },
        )
    return Accepted(source.id, dataset, len(statements), rejected, len(new))


def _kinds(proposals: Sequence[Proposal]) -> dict[str, Kind]:
    """Kinds of all entities of the census that the proposals speak of or refer to."""
    named = {one.entity for one in proposals}
    for one in proposals:
        named.update(one.value if isinstance(one.value, tuple) else [str(one.value)])
        named.update(str(value) for key, value in one.attributes.items() if key == "by")
    ids = sorted(named)
    found: dict[str, Kind] = {}
    for start in range(0, len(ids), 900):
        rows = models.Entity.objects.filter(id__in=ids[start : start + 900])
        found |= {entity: Kind(kind) for entity, kind in rows.values_list("id", "kind")}
    return found


def _check_right(proposals: Sequence[Proposal], by: Actor) -> None:
    """An analyst of one country decides on clusters of that country alone; who has all decides on all."""
    grants = held_by(by)
    countries = {str(p.value) for p in proposals if p.field == "country" and p.kind is Kind.CLUSTER}
    clusters = {p.entity for p in proposals if p.kind is Kind.CLUSTER}
    rows = models.ClusterRow.objects.filter(entity__in=clusters).exclude(country=None)
    countries |= {str(code) for code in rows.values_list("country", flat=True)}
    if not countries:
        check_may(grants, Capability.DECIDE_FACTS)
    for country in sorted(countries):
        check_may(grants, Capability.DECIDE_FACTS, Scope(ScopeKind.COUNTRY, country))


def decided(proposals: Iterable[Proposal], steps: dict[str, Step]) -> tuple[Proposal, ...]:
    """Proposals with the steps that a person chose, by their id; the others stay as they are."""
    return tuple(replace(one, step=steps.get(one.id, one.step)) for one in proposals)
