"""Clusters as rows: the keys that `grappe clusters --json`, the API and the CSV share."""

from grappe.census.facts import Facts
from grappe.census.row import ClusterRow
from grappe.present.plain import Plain, caption

KEYS = (
    "id", "name", "acronym", "country", "state", "sector", "partner_north", "partner_south", "anchoring",
    "places", "provisional_location", "created", "website", "members_total", "jobs", "has_sheet",
    "creative", "legal_form", "emergence_mode",
)  # fmt: skip
"""Keys of a cluster in lists, in order; unknown is null, a flag is true or null."""


def cluster_plain(facts: Facts, row: ClusterRow) -> Plain:
    """A cluster's row as a plain dict; places by name."""
    found: Plain = {key: getattr(row, key) for key in KEYS}
    found["places"] = [caption(facts, place) or place for place in row.places]
    found["has_sheet"] = True if row.has_sheet else None
    return found


def potential_plain(facts: Facts, row: ClusterRow) -> Plain:
    """A potential creative cluster: its craft, place and citations."""
    from grappe.present.plain import cites

    names = [caption(facts, place) or place for place in row.places]
    return {
        "id": row.id,
        "craft": row.craft,
        "place": ", ".join(names) or None,
        "country": row.country,
        "cites": cites(facts.statements(row.id, "name")),
    }
