"""The table of clusters and the identity sheet of one."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from grappe.queries import clusters, navigation, sheets
from grappe.queries.filters import accepted, cluster_filter
from grappe.web.jinja import language
from grappe.web.pages.arrangement import arranged, dispute_count, references
from grappe.web.pages.map_island import BOUNDARIES, map_config
from grappe.web.pages.render import given, one_of, page_number, show, when_of

VIEWS = ("tables", "list")


def table(request: HttpRequest) -> HttpResponse:
    """Clusters as the source's country tables, or as one list in any order."""
    when = when_of(request)
    wanted = cluster_filter(given(request))
    view = one_of(request, "view", VIEWS) or ("list" if request.GET.get("sort") else "tables")
    sort = "source" if view == "tables" else request.GET.get("sort") or "name"
    part = clusters.page_of_clusters(wanted, when, sort, page_number(request))
    countries = [(code, list(rows)) for code, rows in groupby(part.rows, key=lambda row: row["country"])]
    return show(
        request,
        "clusters.html",
        when,
        wanted=wanted,
        accepted=accepted(),
        view=view,
        sort=sort,
        part=part,
        countries=countries if view == "tables" else [],
        arabic=navigation.arabic_places() if language() == "ar" else {},
    )


def sheet(request: HttpRequest, entity: str) -> HttpResponse:
    """Identity sheet: every value with its source, what contradicts it beside it."""
    when = when_of(request)
    found = sheets.sheet(entity, when)
    if found["kind"] != "cluster":
        return elsewhere(entity)
    return show(
        request,
        "cluster.html",
        when,
        sheet=found,
        groups=arranged(found),
        named=navigation.named(references(found)),
        disputed=dispute_count(found),
        arabic=navigation.arabic_places() if language() == "ar" else {},
        boundaries=BOUNDARIES,
        config=map_config(minimap=True),
        located=navigation.features_of(entity) is not None,
    )


def elsewhere(entity: str) -> HttpResponse:
    """The page where an entity of another kind stands.

    Raises
    ------
    UnknownThing
        If its kind has no page.
    """
    folder, found = sheets.address_of(entity)
    name = "cluster" if folder == "clusters" else folder.removesuffix("s")
    return HttpResponseRedirect(reverse(name, args=(language(), found)))
