"""Pages to read: glossary, methods, data and API."""

from django.http import HttpRequest, HttpResponse

from grappe.domain.vocabulary import vocabulary
from grappe.present.glossary import TERMS
from grappe.queries import overview
from grappe.queries.filters import accepted
from grappe.web.pages.render import show, when_of

LISTS = (
    "sector", "state", "anchoring", "life", "recognition", "emergence_mode", "legal_form", "form_kind",
    "instrument_kind", "link_kind", "level", "level_printed", "stage", "status", "place_role", "perimeter",
    "modality", "precision", "member_category", "result", "obstacle",
)  # fmt: skip
"""Controlled lists that the glossary prints."""


def glossary(request: HttpRequest) -> HttpResponse:
    """One word per thing, in the three languages."""
    lists = {name: vocabulary(name) for name in LISTS}
    return show(request, "glossary.html", when_of(request), terms=TERMS, lists=lists)


def methods(request: HttpRequest) -> HttpResponse:
    """How values are chosen, what flags and levels mean, what the numbers do not say."""
    return show(request, "methods.html", when_of(request), datasets=overview.datasets())


def data(request: HttpRequest) -> HttpResponse:
    """Files to take away, the API, the licence."""
    return show(request, "data.html", when_of(request), datasets=overview.datasets(), accepted=accepted())
