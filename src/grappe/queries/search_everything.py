"""Where does a word occur? Entities of every kind that has a page, best first."""

import orjson

from grappe.present.plain import Plain
from grappe.store import search
from grappe.store.models import ClusterRow, Listing

MOST = 60


def search_everything(text: str, limit: int = MOST) -> list[Plain]:
    """Entities found by any word of their sheet, as ``{id, kind, name, country, place}``."""
    hits = search.find(text, limit=limit)
    ids = [entity for entity, _ in hits]
    rows: dict[str, str] = {}
    for model in (Listing, ClusterRow):
        found = model.objects.filter(entity__in=ids).order_by("valid_from")
        rows |= dict(found.values_list("entity", "payload"))
    return [_hit(entity, kind, orjson.loads(rows[entity])) for entity, kind in hits if entity in rows]


def _hit(entity: str, kind: str, plain: Plain) -> Plain:
    place = plain.get("place") or ", ".join(plain.get("places") or [])
    country = plain.get("country")
    return {
        "id": entity,
        "kind": kind,
        "name": plain.get("name") or plain.get("craft"),
        "acronym": plain.get("acronym"),
        "country": country if isinstance(country, str) else None,
        "place": place or None,
    }
