"""What does the observatory hold? Counts by country, sector, state, anchoring; data sets and sources."""

from collections import Counter
from typing import Any

import orjson

from grappe.present.plain import Plain
from grappe.queries.as_known import clusters_known
from grappe.queries.clusters import at
from grappe.queries.filters import ClusterFilter
from grappe.queries.moment import Moment
from grappe.store.models import Dataset, Source, Statement

COUNTED = ("state", "sector", "anchoring", "country")


def counts(when: Moment, country: str | None = None) -> dict[str, Counter[Any]]:
    """Clusters of the country tables by state, sector, anchoring and country; ``None`` is unknown."""
    flags = ("partner_north", "partner_south", "creative")
    found: list[Plain]
    if when.known is not None:
        chosen = ClusterFilter(country=(country,) if country else ())
        found = [plain for _, plain in clusters_known(chosen, when, "source")]
    else:
        rows = at(when).filter(listed=True)
        if country:
            rows = rows.filter(country=country)
        found = list(rows.values(*COUNTED, *flags))
    by: dict[str, Counter[Any]] = {name: Counter(row[name] for row in found) for name in COUNTED}
    for flag in flags:
        by[flag] = Counter(row[flag] for row in found)
    return by


def datasets() -> list[Plain]:
    """Data sets loaded, with their cards."""
    return [
        {"id": row.id, "as_of": row.as_of, "loaded_at": row.loaded_at, **row.card}
        for row in Dataset.objects.order_by("id")
    ]


def list_sources() -> list[Plain]:
    """Sources, with how many standing statements cite each."""
    cited: Counter[str] = Counter()
    for content in (
        Statement.objects.filter(standing=True).values_list("content", flat=True).iterator(chunk_size=5000)
    ):
        cited[str(orjson.loads(content)[1])] += 1
    return [
        {"id": row.id, "statements": cited[row.id], **row.content} for row in Source.objects.order_by("id")
    ]
