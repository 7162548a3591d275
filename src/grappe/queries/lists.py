"""Lists of links, organisations, forms, programmes, instruments and potential clusters."""

from collections.abc import Iterable

import orjson
from django.db.models import Q

from grappe.domain.errors import BadChoice, UnknownThing
from grappe.domain.vocabulary import vocabulary
from grappe.present.plain import Plain
from grappe.queries.clusters import at
from grappe.queries.moment import Moment
from grappe.store import search
from grappe.store.models import Entity, LinkRow, Listing

PAGE = 100


def list_links(
    when: Moment, *, kind: str | None = None, level: str | None = None, cluster: str | None = None
) -> list[Plain]:
    """Links, of one kind, computed level or cluster if asked.

    Raises
    ------
    BadChoice
        If `kind` or `level` is not in its list.
    UnknownThing
        If there is no such cluster.
    """
    rows = LinkRow.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=when.on.end), valid_from__lt=when.on.end
    )
    if kind:
        rows = rows.filter(kind=_code("kind", kind, vocabulary("link_kind")))
    if level:
        rows = rows.filter(level=_code("level", level, vocabulary("level")))
    if cluster:
        if not Entity.objects.filter(id=cluster).exists():
            raise UnknownThing(kind="entity", id=cluster)
        rows = rows.filter(Q(source=cluster) | Q(target=cluster))
    return [orjson.loads(payload) for payload in rows.order_by("entity").values_list("payload", flat=True)]


def list_kind(when: Moment, kinds: Iterable[str], *, country: str | None = None, q: str = "") -> list[Plain]:
    """Entities of some kinds (organisation, form, programme, event, instrument, project) by name."""
    rows = Listing.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=when.on.end),
        valid_from__lt=when.on.end,
        kind__in=list(kinds),
    )
    if country:
        rows = rows.filter(country=country)
    if q:
        found = [entity for kind in kinds for entity, _ in search.find(q, kind)]
        rows = rows.filter(entity__in=found)
    return [
        orjson.loads(payload) for payload in rows.order_by("sort", "entity").values_list("payload", flat=True)
    ]


def list_potential(when: Moment, *, country: str | None = None) -> list[Plain]:
    """Potential creative clusters of the footnotes."""
    rows = at(when).filter(potential=True)
    if country:
        rows = rows.filter(country=country)
    return [
        orjson.loads(payload)
        for payload in rows.order_by("country", "sort").values_list("payload", flat=True)
    ]


def _code(name: str, value: str, codes: Iterable[str]) -> str:
    if value not in codes:
        raise BadChoice(name=name, value=value, accepted=", ".join(codes))
    return value
