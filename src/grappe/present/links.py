"""Links as plain dicts."""

from grappe.census.facts import Facts
from grappe.census.links import Link
from grappe.present.plain import Plain, caption, cites

KEYS = (
    "id", "kind", "source", "target", "level_printed", "level", "stage", "status", "start", "end", "cites",
    "source_name", "target_name", "role", "via",
)  # fmt: skip
"""Keys of a link in lists, in order."""


def link_plain(facts: Facts, link: Link) -> Plain:
    """A link with its ends by id and name, and every line that prints it."""
    return {
        "id": link.id,
        "kind": link.kind,
        "source": link.source,
        "target": link.target,
        "level_printed": link.level_printed,
        "level": link.level,
        "stage": link.stage,
        "status": link.status,
        "start": link.start,
        "end": link.end,
        "cites": cites(link.cites),
        "source_name": caption(facts, link.source),
        "target_name": caption(facts, link.target),
        "role": link.role,
        "via": [{"id": one, "name": caption(facts, one)} for one in link.via],
    }
