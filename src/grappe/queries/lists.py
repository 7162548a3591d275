"""Lists of links, organisations, forms, programmes, instruments and potential clusters."""

from collections.abc import Iterable

import orjson
from django.db.models import Q

from grappe.domain.errors import BadChoice, UnknownThing
from grappe.domain.vocabulary import vocabulary
from grappe.present.plain import Plain
from grappe.queries.as_known import links_known, listing_known, potential_known
from grappe.queries.clusters import at, current
from grappe.queries.filters import COUNTRIES
from grappe.queries.moment import Moment
from grappe.store import search
from grappe.store.models import Entity, LinkRow, Listing


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
    wanted = {
        "kind": _code("kind", kind, vocabulary("link_kind")),
        "level": _code("level", level, vocabulary("level")),
    }
    if cluster and not Entity.objects.filter(id=cluster).exists():
        raise UnknownThing("unknown_entity", id=cluster, close="")
    if when.known is not None:
        return [
            link
            for link in links_known(when)
            if all(value is None or link[name] == value for name, value in wanted.items())
            and (cluster is None or cluster in (link["source"], link["target"]))
        ]
    rows = LinkRow.objects.filter(current(when), **{name: value for name, value in wanted.items() if value})
    if cluster:
        rows = rows.filter(Q(source=cluster) | Q(target=cluster))
    return [orjson.loads(payload) for payload in rows.order_by("entity").values_list("payload", flat=True)]


def list_kind(when: Moment, kinds: Iterable[str], *, country: str | None = None, q: str = "") -> list[Plain]:
    """Entities of some kinds (organisation, form, programme, event, instrument, project) by name."""
    names = tuple(kinds)
    code = _country(country)
    if when.known is not None:
        plains = listing_known(when, names)
    else:
        rows = Listing.objects.filter(current(when), kind__in=names).order_by("sort", "entity")
        plains = [orjson.loads(payload) for payload in rows.values_list("payload", flat=True)]
    if code:
        plains = [plain for plain in plains if code == plain["country"] or code in (plain["country"] or [])]
    if q:
        found = {entity for kind in names for entity, _ in search.find(q, kind)}
        plains = [plain for plain in plains if plain["id"] in found]
    return plains


def list_potential(when: Moment, *, country: str | None = None) -> list[Plain]:
    """Potential creative clusters of the footnotes."""
    code = _country(country)
    if when.known is not None:
        plains = potential_known(when)
    else:
        rows = at(when).filter(potential=True).order_by("country", "sort", "entity")
        plains = [orjson.loads(payload) for payload in rows.values_list("payload", flat=True)]
    return [plain for plain in plains if code is None or plain["country"] == code]


def _country(given: str | None) -> str | None:
    """A country code in capitals; any country may have organisations.

    Raises
    ------
    BadChoice
        If it is not two letters.
    """
    if not given:
        return None
    code = given.strip().upper()
    if len(code) != 2 or not code.isascii() or not code.isalpha():
        raise BadChoice(name="country", value=given, accepted=", ".join(COUNTRIES))
    return code


def _code(name: str, value: str | None, codes: Iterable[str]) -> str | None:
    if value is not None and value not in codes:
        raise BadChoice(name=name, value=value, accepted=", ".join(codes))
    return value
