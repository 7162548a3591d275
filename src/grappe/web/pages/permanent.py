"""Addresses without language: the start, an entity, a citation. They lead to the reader's language."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from grappe.queries import sheets
from grappe.web.language import preferred


def choose_language(request: HttpRequest) -> HttpResponse:
    """The map in the language that the browser prefers."""
    return _lead(request, reverse("map", args=(preferred(request),)))


def entity(request: HttpRequest, entity: str) -> HttpResponse:
    """The page of an entity, a merged one followed to what it became."""
    language = preferred(request)
    translation.activate(language)
    folder, found = sheets.address_of(entity)
    return _lead(request, f"/{language}/{folder}/{found}/")


def statement(request: HttpRequest, statement: str) -> HttpResponse:
    """The page of one citation."""
    return _lead(request, reverse("statement", args=(preferred(request), statement)))


def _lead(request: HttpRequest, address: str) -> HttpResponse:
    query = request.META.get("QUERY_STRING", "")
    response = HttpResponseRedirect(f"{address}?{query}" if query else address)
    patch_vary_headers(response, ["Accept-Language"])
    return response
