"""One search over everything."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse

from grappe.queries import navigation
from grappe.queries.search_everything import MOST, search_everything
from grappe.web.jinja import language
from grappe.web.pages.render import show, when_of

KINDS = ("cluster", "form", "organisation", "programme", "event", "instrument", "project", "place")
"""Kinds of hits in the order of the page; kinds left out come last."""


def search(request: HttpRequest) -> HttpResponse:
    """Hits by kind, clusters first, best first within a kind."""
    q = request.GET.get("q", "").strip()
    hits = search_everything(q) if q else []
    ranked = sorted(hits, key=lambda hit: KINDS.index(hit["kind"]) if hit["kind"] in KINDS else len(KINDS))
    return show(
        request,
        "search.html",
        when_of(request),
        q=q,
        hits=hits,
        most=MOST,
        groups=[(kind, list(rows)) for kind, rows in groupby(ranked, key=lambda hit: hit["kind"])],
        named=navigation.named(hit["id"] for hit in hits),
        arabic=navigation.arabic_places() if language() == "ar" else {},
    )
