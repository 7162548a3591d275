"""Potential creative clusters of the footnotes."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse

from grappe.queries import lists, navigation
from grappe.queries.filters import COUNTRIES
from grappe.web.jinja import language
from grappe.web.pages.render import one_of, page_number, part_of, show, when_of


def potential(request: HttpRequest) -> HttpResponse:
    """Crafts and places that the source names as possible creative clusters."""
    when = when_of(request)
    country = one_of(request, "country", COUNTRIES)
    part = part_of(lists.list_potential(when, country=country), page_number(request))
    return show(
        request,
        "potential.html",
        when,
        part=part,
        country=country,
        countries=[(code, list(rows)) for code, rows in groupby(part.rows, key=lambda row: row["country"])],
        accepted=COUNTRIES,
        arabic=navigation.arabic_places() if language() == "ar" else {},
    )
