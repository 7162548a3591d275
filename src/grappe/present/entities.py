"""Organisations, spatial forms, programmes, events and instruments as plain dicts for lists."""

from collections.abc import Mapping

from grappe.census.disputes import shown_values
from grappe.census.facts import Facts
from grappe.census.links import links
from grappe.census.reconciliation import Shown
from grappe.domain.dates import PartialDate
from grappe.domain.entity import Kind
from grappe.present.plain import Plain, caption, cite, cites

HOSTING = ("hosting", "support", "initiative")
"""Kinds of link by which a form hosts or supports a cluster."""

Values = Mapping[str, list[Shown]]


def organisation_plain(facts: Facts, entity: str, on: PartialDate, clusters: list[str]) -> Plain:
    """An organisation: name, acronym, type, country, the clusters it is a member or partner of."""
    values = shown_values(facts, entity, on)
    return {
        "id": entity,
        "name": _one(values, "name"),
        "acronym": _one(values, "acronym"),
        "type": _one(values, "type"),
        "country": _one(values, "country"),
        "clusters": clusters,
        "cites": cites(facts.statements(entity)),
    }


def form_plain(facts: Facts, entity: str, on: PartialDate) -> Plain:
    """A spatial form: kind, place, specialities, and the clusters it hosts or supports, with its role."""
    values = shown_values(facts, entity, on)
    hosts = [
        {
            "cluster": link.other_end(entity),
            "name": caption(facts, link.other_end(entity)),
            "role": link.role or link.kind,
            "kind": link.kind,
            "status": link.status,
        }
        for link in links(facts, on, entity)
        if link.kind in HOSTING and _is_cluster(facts, link.other_end(entity))
    ]
    return {
        "id": entity,
        "kind": _one(values, "form_kind"),
        "name": _one(values, "name"),
        "country": _one(values, "country"),
        "place": _places(facts, values),
        "specialities": [shown.statement.value for shown in values.get("speciality", [])],
        "hosts": hosts,
        "cites": cites(facts.statements(entity)),
    }


def programme_plain(facts: Facts, entity: str, on: PartialDate) -> Plain:
    """A programme, event or instrument: dates, place, figures."""
    values = shown_values(facts, entity, on)
    known = facts.entities[entity]
    kind = str(known.kind)
    if known.kind is Kind.INSTRUMENT:
        kind = str(_one(values, "instrument_kind") or kind)
    return {
        "id": entity,
        "kind": kind,
        "name": _one(values, "name"),
        "country": sorted({str(s.statement.value) for s in values.get("country", [])}),
        "start": _one(values, "start"),
        "end": _one(values, "end"),
        "place": _places(facts, values),
        "figures": [figure_plain(shown) for shown in values.get("figure", [])],
        "cites": cites(facts.statements(entity)),
    }


def figure_plain(shown: Shown) -> Plain:
    """A figure with what it counts, its unit, perimeter, modality, precision and citation."""
    statement = shown.statement
    keys = ("of", "unit", "perimeter", "modality", "precision", "low", "high", "period")
    found: Plain = {"value": statement.value}
    found |= {key: statement.attributes.get(key) for key in keys if key in statement.attributes}
    return found | {"cites": [cite(statement)]}


def _one(values: Values, name: str) -> object:
    return values[name][0].statement.value if name in values else None


def _places(facts: Facts, values: Values) -> str | None:
    names = [
        caption(facts, place) or place
        for shown in values.get("place", [])
        for statement in shown.statements
        for place in statement.places
    ]
    return ", ".join(dict.fromkeys(names)) or None


def _is_cluster(facts: Facts, entity: str) -> bool:
    return entity in facts.entities and facts.entities[entity].kind is Kind.CLUSTER
