"""What is drawn on the map? GeoJSON as bytes, the unfiltered answer kept until the next load."""

import gzip
from collections.abc import Callable, Mapping
from functools import lru_cache

import brotli
import orjson
from django.db.models import Q

from grappe.queries.as_known import features_known
from grappe.queries.clusters import current, matching
from grappe.queries.filters import ClusterFilter
from grappe.queries.moment import Moment, moment
from grappe.store.models import Dataset, LinkRow, Listing

LAYERS = ("clusters", "forms", "links")
ENCODINGS: Mapping[str, Callable[[bytes], bytes]] = {
    "br": lambda body: bytes(brotli.compress(body, quality=5)),
    "gzip": lambda body: gzip.compress(body, compresslevel=1),
    "identity": lambda body: body,
}
"""How an answer may be sent, the best first; the quick level of each, as filters change all the time."""
_NO_FILTER = ClusterFilter()


def map_features(
    wanted: ClusterFilter, when: Moment, layers: tuple[str, ...], language: str, encoding: str = "identity"
) -> bytes:
    """A feature collection of the layers asked, addresses in a language, in an encoding of `ENCODINGS`.

    Cooperation lines are those of the clusters that match.
    """
    if is_unfiltered(wanted, when):
        return _unfiltered(layers, language, encoding, version())
    return ENCODINGS[encoding](_collect(wanted, when, layers, language))


def is_unfiltered(wanted: ClusterFilter, when: Moment) -> bool:
    """Whether the answer is the one that is kept until the next load."""
    return wanted == _NO_FILTER and when.default


def version() -> str:
    """Changes with every load: what caches of answers hang on."""
    return "|".join(sorted(Dataset.objects.values_list("digest", flat=True)))


@lru_cache(maxsize=48)
def _unfiltered(layers: tuple[str, ...], language: str, encoding: str, digest: str) -> bytes:
    return ENCODINGS[encoding](_collect(_NO_FILTER, moment(), layers, language))


def _collect(wanted: ClusterFilter, when: Moment, layers: tuple[str, ...], language: str) -> bytes:
    if when.known is not None:
        plains = features_known(wanted, when, layers)
        parts = [orjson.dumps(feature).decode() for feature in plains]
    else:
        parts = _stored(wanted, when, layers)
    text = '{"type":"FeatureCollection","features":[' + ",".join(parts) + "]}"
    return text.replace('"@/', f'"/{language}/').encode()


def _stored(wanted: ClusterFilter, when: Moment, layers: tuple[str, ...]) -> list[str]:
    parts: list[str] = []
    rows = list(matching(wanted, when).values_list("entity", "features"))
    if "clusters" in layers:
        parts += [features for _, features in rows if features]
    if "forms" in layers:
        forms = Listing.objects.filter(current(when), kind="form").exclude(features="")
        if wanted.country:
            forms = forms.filter(country__in=wanted.country)
        parts += list(forms.values_list("features", flat=True))
    if "links" in layers:
        ids = {entity for entity, _ in rows}
        links = LinkRow.objects.filter(current(when), feature__isnull=False)
        if len(ids) < 500:
            links = links.filter(Q(source__in=ids) | Q(target__in=ids))
        parts += [
            feature
            for source, target, feature in links.values_list("source", "target", "feature")
            if feature and (source in ids or target in ids)
        ]
    return parts
