"""One country: counts, map, table, policy instruments."""

from django.http import HttpRequest, HttpResponse

from grappe.domain.errors import UnknownThing
from grappe.queries import clusters, lists, navigation, overview
from grappe.queries.filters import COUNTRIES, ClusterFilter
from grappe.web.jinja import language
from grappe.web.pages.map_island import BOUNDARIES, map_config
from grappe.web.pages.render import show, when_of


def country(request: HttpRequest, code: str) -> HttpResponse:
    """Everything the census holds of one country.

    Raises
    ------
    UnknownThing
        If the census does not cover the country.
    """
    when = when_of(request)
    if code.upper() not in COUNTRIES:
        raise UnknownThing(kind="country", id=code)
    code = code.upper()
    instruments = [one for one in lists.list_kind(when, ["instrument"]) if code in one["country"]]
    forms = [one for one in lists.list_kind(when, ["form"]) if one["country"] == code]
    return show(
        request,
        "country.html",
        when,
        code=code,
        countries=COUNTRIES,
        counts=overview.counts(when, code),
        rows=clusters.page_of_clusters(ClusterFilter(country=(code,)), when).rows,
        mentioned=clusters.page_of_clusters(
            ClusterFilter(country=(code,), scope="mentioned"), when, "name"
        ).rows,
        potential=lists.list_potential(when, country=code),
        instruments=instruments,
        forms=forms,
        boundaries=BOUNDARIES,
        config=map_config(),
        arabic=navigation.arabic_places() if language() == "ar" else {},
    )
