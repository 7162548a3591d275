"""The cooperation graph over HTTP: as JSON, as files for graph programs, ways and losses."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from grappe.present.network_files import as_gexf, as_graphml, as_link_list, as_node_list
from grappe.present.plain import Plain
from grappe.queries.moment import moment
from grappe.queries.network import network, path_between, without
from grappe.queries.network_filter import accepted

router = Router()
FILTERS = (
    "kind", "level", "stage", "status", "country", "since", "until", "others", "focus", "depth", "half_life",
)  # fmt: skip
"""Parameters of the graph; those with a list may be repeated."""
_REPEATED = ("kind", "level", "stage", "status", "country")


def _parameters(*first: str) -> dict[str, Any]:
    """Query parameters of an address, for the OpenAPI document."""
    lists = accepted()
    found = []
    for name in (*first, *FILTERS, "on", "known"):
        item: dict[str, Any] = {"type": "string"}
        if name in lists:
            item |= {"enum": lists[name]}
        repeated = name in _REPEATED or name == "id"
        schema = {"type": "array", "items": item} if repeated else item
        found.append({"in": "query", "name": name, "required": name in first, "schema": schema})
    return {"parameters": found}


def _given(request: HttpRequest) -> dict[str, list[str]]:
    return {name: request.GET.getlist(name) for name in FILTERS if name in request.GET}


def _when(request: HttpRequest) -> Any:
    return moment(request.GET.get("on") or None, request.GET.get("known") or None)


def _asked(request: HttpRequest) -> Plain:
    return network(_when(request), _given(request))


@router.get("/network.json", summary="The cooperation graph", openapi_extra=_parameters())
def graph(request: HttpRequest) -> Any:
    """Actors, links and measures; links that are no cooperation are marked, and count nowhere."""
    return _asked(request)


@router.get("/network/path.json", summary="The shortest way", openapi_extra=_parameters("from", "to"))
def path(request: HttpRequest) -> Any:
    """The shortest way of alliances from one actor to another, every step with its links."""
    source, target = (request.GET.get(name, "") for name in ("from", "to"))
    return path_between(_when(request), source, target, _given(request))


@router.get("/network/without.json", summary="What goes with an actor", openapi_extra=_parameters("id"))
def loss(request: HttpRequest) -> Any:
    """Links that go, clusters left without a partner, parts that fall apart."""
    gone = [one for one in request.GET.getlist("id") if one]
    return without(_when(request), gone, _given(request))


@router.get("/network.gexf", summary="The graph as GEXF", openapi_extra=_parameters())
def gexf(request: HttpRequest) -> HttpResponse:
    """The graph for Gephi and the like."""
    return _file(as_gexf(_asked(request)), "network.gexf", "application/gexf+xml")


@router.get("/network.graphml", summary="The graph as GraphML", openapi_extra=_parameters())
def graphml(request: HttpRequest) -> HttpResponse:
    """The graph for yEd, Cytoscape, igraph and the like."""
    return _file(as_graphml(_asked(request)), "network.graphml", "application/graphml+xml")


@router.get("/network.csv", summary="Links as CSV", openapi_extra=_parameters())
def links_csv(request: HttpRequest) -> HttpResponse:
    """Every link of the graph as a line."""
    return _csv(as_link_list(_asked(request)), "network.csv")


@router.get("/network-nodes.csv", summary="Actors as CSV", openapi_extra=_parameters())
def nodes_csv(request: HttpRequest) -> HttpResponse:
    """Every actor of the graph as a line."""
    return _csv(as_node_list(_asked(request)), "network-nodes.csv")


def _csv(text: str, name: str) -> HttpResponse:
    # A spreadsheet tells UTF-8 by the mark.
    return _file(("\ufeff" + text).encode(), name, "text/csv; charset=utf-8")


def _file(body: bytes, name: str, media_type: str) -> HttpResponse:
    response = HttpResponse(body, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
