"""Derive the rebuildable rows (lists, map features, search index, disputes, findings) from facts."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import orjson

from grappe.census.disputes import disputes_in, shown_values
from grappe.census.facts import Facts
from grappe.census.links import link_of
from grappe.census.remarks import Remark
from grappe.census.row import ClusterRow as Row
from grappe.census.row import breakpoints, row_of
from grappe.census.rules import findings
from grappe.domain.dates import PartialDate
from grappe.domain.entity import Kind
from grappe.domain.fold import fold
from grappe.present.clusters import cluster_plain, potential_plain
from grappe.present.entities import form_plain, organisation_plain, programme_plain
from grappe.present.findings import dispute_plain, finding_plain, remark_plain
from grappe.present.geojson import cluster_features, form_features, link_feature
from grappe.present.links import link_plain
from grappe.present.plain import Plain
from grappe.present.searchable import searchable
from grappe.store import search
from grappe.store.models import ClusterRow, DisputeRow, FindingEntity, FindingRow, LinkRow, Listing

BATCH = 2000
LISTED = (Kind.ORGANISATION, Kind.FORM, Kind.PROGRAMME, Kind.EVENT, Kind.INSTRUMENT, Kind.PROJECT)
SEARCHED = (Kind.CLUSTER, *LISTED)


def intervals(facts: Facts, entity: str) -> Iterator[tuple[PartialDate, date, date | None]]:
    """Intervals in which nothing said of an entity changes: the day asked, first day, first day out."""
    days = breakpoints(facts.statements(entity))
    for day, after in zip(days, [*days[1:], None], strict=True):
        yield day, day.first, after.first if after else None


def cluster_rows(facts: Facts, entity: str) -> Iterator[ClusterRow]:
    """Rows of a cluster, one an interval."""
    for day, first, after in intervals(facts, entity):
        row = row_of(facts, entity, day)
        if row is not None:
            yield _cluster_row(facts, row, first, after)


def _cluster_row(facts: Facts, row: Row, first: date, after: date | None) -> ClusterRow:
    potential = row.state == "potential" and row.craft is not None
    plain = potential_plain(facts, row) if potential else cluster_plain(facts, row)
    features = _join(cluster_features(facts, row))
    names = plain["place"] if potential else ", ".join(plain["places"])
    if not potential:
        plain["disputed"] = list(row.contested)
        plain["life"] = row.life
        plain["listed"] = row.listed
    return ClusterRow(
        entity=row.id,
        valid_from=first,
        valid_to=after,
        sort=fold(row.name)[:240],
        name=row.name[:240],
        country=row.country,
        state=row.state,
        sector=row.sector,
        partner_north=row.partner_north,
        partner_south=row.partner_south,
        anchoring=row.anchoring,
        creative=row.creative,
        listed=row.listed,
        potential=potential,
        located=bool(features),
        members_total=row.members_total,
        jobs=row.jobs,
        created=row.created,
        position=_position(facts, row.id),
        places=fold(names or ""),
        payload=orjson.dumps(plain).decode(),
        features=features,
    )


def _position(facts: Facts, entity: str) -> int:
    """Line of the country table that lists a cluster, so that the table keeps the order of the source."""
    listed = facts.statements(entity, "listed")
    return listed[0].lines[0] if listed and listed[0].lines else 0


def link_rows(facts: Facts, entity: str) -> Iterator[LinkRow]:
    """Rows of a link, one an interval."""
    for day, first, after in intervals(facts, entity):
        link = link_of(facts, entity, day)
        if link is not None:
            feature = link_feature(facts, link, day)
            yield LinkRow(
                entity=entity,
                valid_from=first,
                valid_to=after,
                kind=link.kind,
                level=link.level,
                status=link.status,
                source=link.source,
                target=link.target,
                payload=orjson.dumps(link_plain(facts, link)).decode(),
                feature=orjson.dumps(feature).decode() if feature else None,
            )


def listings(facts: Facts, entity: str, clusters: dict[str, list[str]]) -> Iterator[Listing]:
    """Lines of lists of an organisation, form, programme, event, instrument or project."""
    kind = facts.entities[entity].kind
    for day, first, after in intervals(facts, entity):
        features: list[Plain] = []
        if kind is Kind.ORGANISATION:
            plain = organisation_plain(facts, entity, day, clusters.get(entity, []))
        elif kind is Kind.FORM:
            plain = form_plain(facts, entity, day)
            features = form_features(facts, entity, plain)
        else:
            plain = programme_plain(facts, entity, day)
        country = plain.get("country")
        yield Listing(
            entity=entity,
            kind=str(kind),
            valid_from=first,
            valid_to=after,
            country=country if isinstance(country, str) else None,
            sort=fold(str(plain["name"] or entity))[:240],
            payload=orjson.dumps(plain).decode(),
            features=_join(features),
        )


def clusters_of_organisations(facts: Facts) -> dict[str, list[str]]:
    """For each organisation, the clusters that name it as a member, an officer or an end of a link."""
    found: dict[str, set[str]] = defaultdict(set)
    clusters = set(facts.of_kind(Kind.CLUSTER))
    organisations = set(facts.of_kind(Kind.ORGANISATION))
    for cluster in clusters:
        for statement in facts.statements(cluster):
            if statement.field in ("member", "facilitator", "president") and statement.value in organisations:
                found[str(statement.value)].add(cluster)
    for link in facts.of_kind(Kind.LINK):
        ends = {str(s.value) for s in facts.statements(link) if s.field in ("from", "to")}
        for organisation in ends & organisations:
            found[organisation] |= ends & clusters
    return {organisation: sorted(ids) for organisation, ids in found.items()}


def store_rows(facts: Facts, entities: Iterable[str]) -> None:
    """Write the rows and search entries of some entities; what was there of them must be gone."""
    wanted = sorted(entities)
    by_kind: dict[Kind, list[str]] = defaultdict(list)
    for one in wanted:
        by_kind[facts.entities[one].kind].append(one)
    named = clusters_of_organisations(facts) if by_kind[Kind.ORGANISATION] else {}
    _store(ClusterRow, (row for one in by_kind[Kind.CLUSTER] for row in cluster_rows(facts, one)))
    _store(LinkRow, (row for one in by_kind[Kind.LINK] for row in link_rows(facts, one)))
    _store(Listing, (row for kind in LISTED for one in by_kind[kind] for row in listings(facts, one, named)))
    search.add((one, str(kind), *searchable(facts, one)) for kind in SEARCHED for one in by_kind[kind])


def store_disputes(
    facts: Facts, dataset: str, on: PartialDate, entities: Iterable[str] | None = None
) -> None:
    """Write the disputes of a data set on its day: of all entities that the facts speak of, or of some."""
    _store(
        DisputeRow,
        (
            DisputeRow(
                entity=one,
                dataset_id=dataset,
                field=dispute.field,
                severity=str(dispute.severity),
                payload=orjson.dumps(dispute_plain(facts, dispute)).decode(),
            )
            for one in sorted(facts.by_entity if entities is None else entities)
            for dispute in disputes_in(one, shown_values(facts, one, on))
        ),
    )


def store_findings(facts: Facts, dataset: str, on: PartialDate, remarks: Iterable[Remark]) -> None:
    """Write the findings of every rule and the editors' remarks."""
    plains = [finding_plain(facts, finding) for finding in findings(facts, on)]
    plains += [remark_plain(remark) for remark in remarks]
    rows = FindingRow.objects.bulk_create(
        (
            FindingRow(
                dataset_id=dataset,
                rule=plain["rule"],
                severity=plain["severity"],
                payload=orjson.dumps(plain).decode(),
            )
            for plain in plains
        ),
        batch_size=BATCH,
    )
    _store(
        FindingEntity,
        (
            FindingEntity(finding=row, entity=one)
            for row, plain in zip(rows, plains, strict=True)
            for one in dict.fromkeys(plain["entities"])
        ),
    )


def _store(model: Any, rows: Iterable[Any]) -> None:
    batch: list[Any] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            model.objects.bulk_create(batch)
            batch = []
    if batch:
        model.objects.bulk_create(batch)


def _join(features: list[Plain]) -> str:
    return ",".join(orjson.dumps(feature).decode() for feature in features)
