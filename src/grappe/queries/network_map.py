"""What does the map draw beside the graph? The places and lines of one selection of the network."""

from collections.abc import Collection
from typing import Any

import orjson
from django.db.models import Q

from grappe.present.plain import Plain
from grappe.queries.as_known import features_known
from grappe.queries.clusters import current
from grappe.queries.filters import ClusterFilter
from grappe.queries.map_features import LAYERS
from grappe.queries.moment import Moment
from grappe.store.models import ClusterRow, LinkRow, Listing

_EVERY_SCOPE = ClusterFilter(scope="all")


def selected_features(
    actors: Collection[str], ties: Collection[str], when: Moment, language: str
) -> tuple[bytes, frozenset[str]]:
    """A feature collection of some actors and links, and the ids of the actors that have a place in it.

    Organisations, programmes and events have no symbol on the map; a link to one is a line all the
    same, from the middle of its country.
    """
    if when.known is not None:
        plains = [
            feature
            for feature in features_known(_EVERY_SCOPE, when, LAYERS)
            if feature["properties"]["id"] in (ties if _is_line(feature) else actors)
        ]
        return _collection([orjson.dumps(one).decode() for one in plains], language), frozenset(
            feature["properties"]["id"] for feature in plains if not _is_line(feature)
        )
    places: list[tuple[str, str]] = []
    for model in (ClusterRow, Listing):
        rows: Any = model.objects.filter(current(when)).exclude(features="")
        if len(actors) < 500:
            rows = rows.filter(entity__in=actors)
        places += [row for row in rows.values_list("entity", "features") if row[0] in actors]
    lines = LinkRow.objects.filter(current(when), feature__isnull=False)
    if len(actors) < 500:
        lines = lines.filter(Q(source__in=actors) | Q(target__in=actors))
    drawn = [feature for id, feature in lines.values_list("entity", "feature") if feature and id in ties]
    return _collection([*(text for _, text in places), *drawn], language), frozenset(id for id, _ in places)


def _is_line(feature: Plain) -> bool:
    return bool(feature["properties"].get("kind") == "link")


def _collection(parts: list[str], language: str) -> bytes:
    text = '{"type":"FeatureCollection","features":[' + ",".join(parts) + "]}"
    return text.replace('"@/', f'"/{language}/').encode()
