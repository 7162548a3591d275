"""Which clusters are there? Lists and counts on any day."""

from dataclasses import dataclass

import orjson
from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import NullIf

from grappe.domain.errors import BadChoice
from grappe.present.clusters import KEYS
from grappe.present.plain import Plain
from grappe.queries.as_known import clusters_known
from grappe.queries.filters import COUNTRIES, ClusterFilter
from grappe.queries.moment import Moment
from grappe.store import search
from grappe.store.models import ClusterRow

SORTS = {
    "source": ("place_of_country", "position", "sort"),
    "name": ("sort",),
    "country": ("country", "sort"),
    "sector": ("sector", "country", "sort"),
    "state": ("state", "country", "sort"),
    "anchoring": ("anchoring", "country", "sort"),
    "north": ("partner_north", "country", "sort"),
    "south": ("partner_south", "country", "sort"),
    "places": ("where", "sort"),
    "created": ("created", "sort"),
    "members": ("members_total", "sort"),
    "jobs": ("jobs", "sort"),
}
"""Orders of a list of clusters; `source` follows the tables of the source."""
PAGE = 100


@dataclass(frozen=True, slots=True)
class ClusterPage:
    """A page of a list: the rows, how many there are in all, and which page this is."""

    rows: list[Plain]
    total: int
    page: int
    pages: int


def list_clusters(wanted: ClusterFilter, when: Moment, sort: str = "source") -> list[Plain]:
    """Rows of all clusters that match, with the keys of `grappe.present.clusters.KEYS`."""
    _check_sort(sort)
    if when.known is not None:
        return [_public(plain) for _, plain in clusters_known(wanted, when, sort)]
    rows = ordered(matching(wanted, when), sort)
    return [_public(orjson.loads(payload)) for payload in rows.values_list("payload", flat=True)]


def page_of_clusters(
    wanted: ClusterFilter, when: Moment, sort: str = "source", page: int = 1, size: int = PAGE
) -> ClusterPage:
    """One page of the list, `size` rows at most, with what only pages show (`disputed`, `life`)."""
    _check_sort(sort)
    if when.known is not None:
        everything = [plain for _, plain in clusters_known(wanted, when, sort)]
        pages = max(1, -(-len(everything) // size))
        start = (min(max(page, 1), pages) - 1) * size
        return ClusterPage(everything[start : start + size], len(everything), start // size + 1, pages)
    rows = matching(wanted, when)
    total = rows.count()
    pages = max(1, -(-total // size))
    page = min(max(page, 1), pages)
    start = (page - 1) * size
    # Sorting thousands of rows with their payloads costs several times what sorting their keys does.
    keys = list(ordered(rows, sort).values_list("pk", flat=True)[start : start + size])
    payloads = dict(ClusterRow.objects.filter(pk__in=keys).values_list("pk", "payload"))
    return ClusterPage([orjson.loads(payloads[key]) for key in keys], total, page, pages)


def matching(wanted: ClusterFilter, when: Moment) -> QuerySet[ClusterRow]:
    """Rows that match a filter on a day.

    A place that one source gives twice is matched by either name, as both are in the row.
    """
    rows = at(when).filter(potential=False)
    if wanted.scope != "all":
        rows = rows.filter(listed=wanted.scope == "tables")
    for name in ("country", "sector", "state", "anchoring"):
        if chosen := getattr(wanted, name):
            rows = rows.filter(**{f"{name}__in": chosen})
    if wanted.north:
        rows = rows.filter(partner_north=True)
    if wanted.south:
        rows = rows.filter(partner_south=True)
    if wanted.creative:
        rows = rows.filter(creative=True)
    if wanted.q:
        rows = rows.filter(entity__in=[entity for entity, _ in search.find(wanted.q, "cluster")])
    return rows


def at(when: Moment) -> QuerySet[ClusterRow]:
    """Rows that hold on a day, potential clusters included."""
    return ClusterRow.objects.filter(current(when))


def current(when: Moment) -> Q:
    """Condition on rows of any kind that hold on a day."""
    return Q(valid_from__lt=when.on.end) & (Q(valid_to__isnull=True) | Q(valid_to__gte=when.on.end))


def ordered(rows: QuerySet[ClusterRow], sort: str) -> QuerySet[ClusterRow]:
    """Rows in one of the orders of `SORTS`, from the last if it begins with a hyphen; unknowns come last.

    Raises
    ------
    BadChoice
        If there is no such order.
    """
    name = _check_sort(sort)
    rows = rows.annotate(
        place_of_country=Case(
            *(When(country=code, then=Value(index)) for index, code in enumerate(COUNTRIES)),
            default=Value(len(COUNTRIES)),
            output_field=IntegerField(),
        ),
        # No place is unknown, and comes last as every unknown does.
        where=NullIf("places", Value("")),
    )
    first, *rest = SORTS[name]
    # Where nothing is unknown there is nothing to put last, and an index can give the order.
    last = True if first not in ("sort", "place_of_country") else None
    leading = F(first).desc(nulls_last=last) if sort.startswith("-") else F(first).asc(nulls_last=last)
    return rows.order_by(leading, *rest, "entity")


def _public(plain: Plain) -> Plain:
    return {key: plain[key] for key in KEYS}


def _check_sort(sort: str) -> str:
    name = sort.removeprefix("-")
    if name not in SORTS:
        raise BadChoice(name="sort", value=sort, accepted=", ".join(SORTS))
    return name
