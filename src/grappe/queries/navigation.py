"""Where does a reference lead? Names, kinds and pages of entities, titles of sources, lines of a source."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import orjson
from django.db.models import Q

from grappe.domain.entity import Kind
from grappe.domain.errors import UnknownThing
from grappe.domain.fold import fold
from grappe.present.geojson import PAGES
from grappe.present.plain import Plain
from grappe.queries.clusters import at, matching
from grappe.queries.filters import ClusterFilter
from grappe.queries.map_features import version
from grappe.queries.moment import Moment
from grappe.store.codec import unpack_statement
from grappe.store.models import ClusterRow, Entity, LinkRow, Listing, Source, Statement

_CHUNK = 900
PAGE = 100


@dataclass(frozen=True, slots=True)
class StatementPage:
    """A page of what is taken from a source: the rows, how many in all, and which page this is."""

    rows: list[Plain]
    total: int
    page: int
    pages: int


def named(ids: Iterable[str]) -> dict[str, Plain]:
    """Name, kind and folder of entities, as ``{id: {name, kind, folder}}``; unknown ids are left out."""
    wanted = sorted({one for one in ids if one})
    found: dict[str, Plain] = {}
    for start in range(0, len(wanted), _CHUNK):
        chunk = wanted[start : start + _CHUNK]
        for id, kind in Entity.objects.filter(id__in=chunk).values_list("id", "kind"):
            found[id] = {"name": None, "kind": kind, "folder": PAGES.get(Kind(kind))}
        names: dict[str, str] = {}
        for model in (Listing, ClusterRow):
            rows = model.objects.filter(entity__in=chunk).order_by("valid_from")
            for entity, payload in rows.values_list("entity", "payload"):
                plain = orjson.loads(payload)
                names[entity] = plain.get("name") or plain.get("craft")
        for id in chunk:
            if id in found and names.get(id):
                found[id]["name"] = names[id]
    return found


def source_cards() -> dict[str, Plain]:
    """What a citation needs of each source: ``{id: {title, language, cited_by}}``."""
    return _source_cards(version())


@lru_cache(maxsize=4)
def _source_cards(digest: str) -> dict[str, Plain]:
    keys = ("title", "language", "cited_by")
    rows = Source.objects.values_list("id", "content")
    return {id: {key: content[key] for key in keys} for id, content in rows}


def source(id: str) -> Plain:
    """One source.

    Raises
    ------
    UnknownThing
        If there is no such source.
    """
    row = Source.objects.filter(id=id).first()
    if row is None:
        raise UnknownThing(kind="source", id=id)
    return {"id": row.id, **row.content}


def statements_of_source(id: str, line: int | None = None, page: int = 1) -> StatementPage:
    """What is taken from a source, in the order of its lines or keys; only one line if asked."""
    rows = Statement.objects.filter(standing=True, content__contains=f'"{id}"')
    if line is not None:
        rows = rows.filter(content__contains=str(line))
    places = []
    for statement, content in rows.values_list("id", "content"):
        read = orjson.loads(content)
        if read[1] == id and (line is None or line in read[4]):
            places.append((read[4] or [0], read[6] or "", read[5] or "", statement))
    places.sort()
    pages = max(1, -(-len(places) // PAGE))
    page = min(page, pages)
    chosen = [place[-1] for place in places[(page - 1) * PAGE : page * PAGE]]
    found = {row.id: row for row in Statement.objects.select_related("entity").filter(id__in=chosen)}
    return StatementPage([_line(found[one]) for one in chosen], len(places), page, pages)


def _line(row: Statement) -> Plain:
    statement = unpack_statement(row.id, row.entity_id, row.field, row.content)
    return {
        "statement": statement.id,
        "entity": statement.entity,
        "kind": row.entity.kind,
        "field": statement.field,
        "lines": list(statement.lines),
        "column": statement.column,
        "key": statement.key,
        "printed": None if statement.redacted else statement.printed,
        "redacted": statement.redacted,
        "language": statement.language,
    }


def pointing_to(entity: str) -> list[Plain]:
    """Which entities name this one in a field, links apart, as ``{entity, kind, field}``."""
    rows = (
        Statement.objects.filter(value=entity, standing=True)
        .exclude(entity__kind=str(Kind.LINK))
        .order_by("entity_id", "field")
        .values_list("entity_id", "entity__kind", "field")
        .distinct()
    )
    return [{"entity": one, "kind": kind, "field": field} for one, kind, field in rows]


def located_at(name: str, when: Moment) -> list[Plain]:
    """Clusters and forms that stand at a place, by its name, as ``{id, kind, name}``."""
    clusters = at(when).filter(places__contains=fold(name)).values_list("payload", flat=True)
    forms = Listing.objects.filter(kind=str(Kind.FORM), payload__contains=name)
    found = [("cluster", orjson.loads(payload)) for payload in clusters]
    found += [("form", orjson.loads(payload)) for payload in forms.values_list("payload", flat=True)]
    return [
        {"id": plain["id"], "kind": kind, "name": plain.get("name") or plain.get("craft")}
        for kind, plain in found
        if name in (plain.get("places") or str(plain.get("place") or "").split(", "))
    ]


def places() -> list[Plain]:
    """Places of the census with country, coordinates and names, in alphabetical order."""
    return _places(version())


@lru_cache(maxsize=4)
def _places(digest: str) -> list[Plain]:
    rows = Statement.objects.filter(entity__kind=str(Kind.PLACE), standing=True)
    found: dict[str, Plain] = {}
    for entity, field, content in rows.values_list("entity_id", "field", "content"):
        found.setdefault(entity, {"id": entity}).setdefault(field, orjson.loads(content)[0])
    return sorted(found.values(), key=lambda place: str(place.get("name", "")))


def arabic_places() -> dict[str, str]:
    """Arabic names of places by the name that lists show."""
    return {str(p["name"]): str(p["name_ar"]) for p in places() if "name" in p and "name_ar" in p}


def days_of_change() -> list[str]:
    """Days on which something on the map changes, in order: the stops of its slider."""
    return _days_of_change(version())


@lru_cache(maxsize=4)
def _days_of_change(digest: str) -> list[str]:
    days = ClusterRow.objects.filter(potential=False).values_list("valid_from", flat=True).distinct()
    return sorted({str(day) for day in days})


def unlocated(wanted: ClusterFilter, when: Moment) -> int:
    """How many of the clusters that match have no place on the map."""
    return matching(wanted, when).filter(located=False).count()


def features_of(entity: str) -> bytes | None:
    """What a small map draws of one entity: its places and its links; nothing if it has no place."""
    points: set[str] = set()
    for model in (ClusterRow, Listing):
        rows: Any = model.objects.filter(entity=entity).exclude(features="")
        points |= set(rows.values_list("features", flat=True))
    if not points:
        return None
    lines = LinkRow.objects.filter(Q(source=entity) | Q(target=entity), feature__isnull=False)
    parts = [*sorted(points), *filter(None, lines.values_list("feature", flat=True))]
    return ('{"type":"FeatureCollection","features":[' + ",".join(parts) + "]}").encode()
