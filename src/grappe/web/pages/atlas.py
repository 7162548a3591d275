"""The map, its filters, its legend and the list beside it."""

from django.http import Http404, HttpRequest, HttpResponse

from grappe.domain.errors import BadChoice
from grappe.queries import clusters, lists, navigation
from grappe.queries.filters import accepted, cluster_filter
from grappe.queries.map_features import LAYERS
from grappe.web.jinja import language
from grappe.web.pages.map_island import BOUNDARIES, map_config
from grappe.web.pages.render import given, page_number, show, when_of

FIRST_LAYERS = ("clusters", "forms")
"""Layers of the first view: cooperation lines are drawn when asked for, as they cover the rest."""

BESIDE_MAP = 50
"""Clusters on one page of the list beside the map."""


def atlas(request: HttpRequest) -> HttpResponse:
    """Full-screen map; the list beside it holds the same clusters and reads without script."""
    when = when_of(request)
    wanted = cluster_filter(given(request))
    layers = [layer for layer in request.GET.getlist("layer") if layer] or list(FIRST_LAYERS)
    for layer in layers:
        if layer not in LAYERS:
            raise BadChoice(name="layer", value=layer, accepted=", ".join(LAYERS))
    forms = lists.list_kind(when, ["form"], q=wanted.q)
    return show(
        request,
        "map.html",
        when,
        wanted=wanted,
        accepted=accepted(),
        layers=layers,
        all_layers=LAYERS,
        part=clusters.page_of_clusters(wanted, when, "name", page_number(request), BESIDE_MAP),
        forms=[form for form in forms if not wanted.country or form["country"] in wanted.country],
        unlocated=navigation.unlocated(wanted, when),
        boundaries=BOUNDARIES,
        config=map_config(),
        days=navigation.days_of_change(),
        arabic=navigation.arabic_places() if language() == "ar" else {},
    )


def features(request: HttpRequest, entity: str) -> HttpResponse:
    """What the small map of a sheet draws.

    Raises
    ------
    Http404
        If the entity has no place on the map.
    """
    body = navigation.features_of(entity)
    if body is None:
        raise Http404
    return HttpResponse(
        body.replace(b'"@/', f'"/{language()}/'.encode()), content_type="application/geo+json"
    )
