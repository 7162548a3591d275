"""GeoJSON features of clusters, spatial forms and cooperation lines."""

from collections.abc import Mapping
from typing import Any

from grappe.census.facts import Facts
from grappe.census.links import Link, country_of
from grappe.census.row import ClusterRow
from grappe.domain.dates import PartialDate
from grappe.domain.entity import Kind
from grappe.present.plain import Plain, caption

PAGES: Mapping[Kind, str] = {
    Kind.CLUSTER: "clusters",
    Kind.FORM: "forms",
    Kind.ORGANISATION: "organisations",
    Kind.PROGRAMME: "programmes",
    Kind.EVENT: "programmes",
    Kind.INSTRUMENT: "instruments",
    Kind.PROJECT: "projects",
    Kind.PLACE: "places",
}
"""Folder of the page of each kind; `@` in an address stands for the language prefix."""

Point = tuple[float, float]


def page_of(facts: Facts, entity: str) -> str | None:
    """Address of an entity's page with `@` for the language; nothing for a kind that has no page."""
    known = facts.entities.get(entity)
    folder = PAGES.get(known.kind) if known else None
    return f"@/{folder}/{entity}/" if folder else None


def point_of(facts: Facts, place: str) -> Point | None:
    """Longitude and latitude of a place in degrees, if both are known."""
    lon, lat = facts.statements(place, "lon"), facts.statements(place, "lat")
    if not lon or not lat:
        return None
    x, y = lon[0].value, lat[0].value
    return (float(x), float(y)) if isinstance(x, int | float) and isinstance(y, int | float) else None


def cluster_features(facts: Facts, row: ClusterRow) -> list[Plain]:
    """One point a place; where a source gives several places, each is marked as rival."""
    located = [(place, point) for place in row.places if (point := point_of(facts, place))]
    rival = "place" in row.disputed
    return [
        _point(
            point,
            id=row.id,
            kind="cluster",
            name=row.acronym or row.name,
            title=row.name,
            place=caption(facts, place),
            place_ar=_arabic(facts, place),
            country=row.country,
            sector=row.sector,
            state=row.state,
            anchoring=row.anchoring if row.anchoring != "none" else None,
            provisional=bool(row.provisional_location),
            rival=rival,
            url=page_of(facts, row.id),
        )
        for place, point in located
    ]


def form_features(facts: Facts, entity: str, plain: Plain) -> list[Plain]:
    """Points of a spatial form."""
    places = [place for s in facts.statements(entity, "place") for place in s.places]
    return [
        _point(
            point,
            id=entity,
            kind="form",
            name=plain["name"],
            title=plain["name"],
            place=caption(facts, place),
            place_ar=_arabic(facts, place),
            country=plain["country"],
            sector=None,
            state=None,
            anchoring=None,
            provisional=False,
            rival=False,
            form_kind=plain["kind"],
            url=page_of(facts, entity),
        )
        for place in dict.fromkeys(places)
        if (point := point_of(facts, place))
    ]


def link_feature(facts: Facts, link: Link, on: PartialDate) -> Plain | None:
    """A line between the two ends; nothing unless a cluster is one of them and both can be placed."""
    ends = [facts.entities.get(end) for end in (link.source, link.target)]
    if not any(end is not None and end.kind is Kind.CLUSTER for end in ends):
        return None
    # A partner known by its country alone stands at that country's point; at home that point would
    # be a place where nobody is, so a national link needs two places.
    abroad = link.level != "national"
    points = [end_point(facts, end, on, by_country=abroad) for end in (link.source, link.target)]
    if points[0] is None or points[1] is None or points[0] == points[1]:
        return None
    return {
        "type": "Feature",
        "geometry": {"type": "LineString", "coordinates": [list(points[0]), list(points[1])]},
        "properties": {
            "id": link.id,
            "kind": "link",
            "level": link.level,
            "link_kind": link.kind,
            "status": link.status,
            "a": link.source,
            "b": link.target,
            "a_name": caption(facts, link.source),
            "b_name": caption(facts, link.target),
            "a_url": page_of(facts, link.source),
            "b_url": page_of(facts, link.target),
        },
    }


def end_point(facts: Facts, entity: str, on: PartialDate, *, by_country: bool) -> Point | None:
    """Where an end of a link is drawn: its first place, else, if asked, the point of its country."""
    for statement in facts.statements(entity, "place"):
        for place in statement.places:
            if point := point_of(facts, place):
                return point
    country = country_of(facts, entity, on) if by_country else None
    return point_of(facts, f"pl-country-{country.lower()}") if country else None


def _point(point: Point, **properties: Any) -> Plain:
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": list(point)},
        "properties": properties,
    }


def _arabic(facts: Facts, place: str) -> str | None:
    names = facts.statements(place, "name_ar")
    return str(names[0].value) if names else None
