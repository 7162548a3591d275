"""The JSON API: the answers of the command line, over HTTP."""

from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.renderers import BaseRenderer

from grappe import __version__
from grappe.domain.errors import BadChoice, GrappeError
from grappe.domain.vocabulary import LANGUAGES
from grappe.present.clusters import KEYS
from grappe.queries import clusters as cluster_queries
from grappe.queries import disputes as dispute_queries
from grappe.queries import lists, overview, search_everything, sheets
from grappe.queries.filters import accepted, cluster_filter
from grappe.queries.map_features import LAYERS, is_unfiltered, map_features, version
from grappe.queries.moment import moment
from grappe.web.api.calls import router as calls_router
from grappe.web.api.editions import router as editions_router
from grappe.web.api.labels import router as label_router
from grappe.web.api.network import router as network_router
from grappe.web.api.policy import router as policy_router
from grappe.web.api.report import router as report_router
from grappe.web.api.suggestions import router as suggestions_router
from grappe.web.api.tables import as_csv
from grappe.web.errors import answer


class Orjson(BaseRenderer):
    """Answers as JSON in UTF-8."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        """Serialise an answer."""
        return orjson.dumps(data, default=str)


api = NinjaAPI(title="grappe", version=__version__, renderer=Orjson(), docs_url=None, urls_namespace="api")
api.add_router("", network_router)
api.add_router("", suggestions_router)
api.add_router("", policy_router)
api.add_router("", calls_router)
api.add_router("", report_router)
api.add_router("", editions_router)
api.add_router("", label_router)


@api.exception_handler(GrappeError)
def _grappe_error(request: HttpRequest, error: GrappeError) -> HttpResponse:
    return answer(request, error)


def _parameters(*names: str) -> dict[str, Any]:
    """Query parameters of an address, for the OpenAPI document: closed lists are those of the filters."""
    lists = accepted()
    flags = ("north", "south", "creative")
    found = []
    for name in names:
        schema: dict[str, Any] = {"type": "boolean" if name in flags else "string"}
        if name in lists:
            schema = {"type": "array", "items": {"type": "string", "enum": lists[name]}}
        found.append({"in": "query", "name": name, "required": False, "schema": schema})
    return {"parameters": found}


_FILTERS = ("country", "sector", "state", "anchoring", "north", "south", "creative", "q", "scope")
_MOMENT = ("on", "known")


def _given(request: HttpRequest) -> dict[str, list[str]]:
    return {name: request.GET.getlist(name) for name in request.GET}


def _when(request: HttpRequest) -> Any:
    return moment(request.GET.get("on") or None, request.GET.get("known") or None)


@api.get("/", summary="What there is to ask")
def index(request: HttpRequest) -> Any:
    """Addresses of the API and the accepted values of the filters."""
    return {
        "addresses": [
            "/api/clusters", "/api/clusters.csv", "/api/sheets/{id}", "/api/links", "/api/organisations",
            "/api/forms", "/api/potential", "/api/programmes", "/api/instruments", "/api/disputes",
            "/api/findings", "/api/map.geojson", "/api/network.json", "/api/network.gexf",
            "/api/network.graphml", "/api/network.csv", "/api/network-nodes.csv",
            "/api/network/without.json?id=", "/api/suggestions.json?id={id}", "/api/schemes",
            "/api/schemes/{scheme}", "/api/eligibility?scheme={scheme}", "/api/calls",
            "/api/report.pdf?country=MA", "/api/report.html?country=MA", "/api/report.docx?country=MA",
            "/api/editions", "/api/editions/2014", "/api/diff?from=2014&to=2019", "/api/timeline?country=MA",
            "/api/compare?countries=MA,TN", "/api/claims", "/api/legal-forms", "/api/alarms", "/api/labels",
            "/api/search?q=", "/api/statements/{id}", "/api/sources", "/api/openapi.json",
        ],
        "filters": accepted(),
        "version": version(),
    }  # fmt: skip


@api.get(
    "/clusters",
    summary="Clusters that match the filters",
    openapi_extra=_parameters(*_FILTERS, "sort", *_MOMENT),
)
def clusters(request: HttpRequest) -> Any:
    """List of clusters; filters as on the command line."""
    sort = request.GET.get("sort", "source")
    return cluster_queries.list_clusters(cluster_filter(_given(request)), _when(request), sort)


@api.get(
    "/clusters.csv",
    summary="Clusters that match the filters, as CSV",
    openapi_extra=_parameters(*_FILTERS, "sort", *_MOMENT),
)
def clusters_csv(request: HttpRequest) -> HttpResponse:
    """The same list as a table."""
    rows = cluster_queries.list_clusters(
        cluster_filter(_given(request)), _when(request), request.GET.get("sort", "source")
    )
    return as_csv(rows, KEYS, "clusters")


@api.get("/sheets/{entity}", summary="Everything known of one entity", openapi_extra=_parameters(*_MOMENT))
@api.get("/clusters/{entity}", summary="Everything known of one entity", include_in_schema=False)
def sheet(request: HttpRequest, entity: str) -> Any:
    """The sheet: every field with its source, rivals and reason."""
    return sheets.sheet(entity, _when(request))


@api.get(
    "/links",
    summary="Links between entities",
    openapi_extra=_parameters("kind", "level", "cluster", *_MOMENT),
)
def links(request: HttpRequest) -> Any:
    """Links, of one kind, computed level or cluster if asked."""
    wanted = {name: request.GET.get(name) or None for name in ("kind", "level", "cluster")}
    return lists.list_links(_when(request), **wanted)


def _list(name: str, kinds: tuple[str, ...]) -> None:
    def answer_list(request: HttpRequest) -> Any:
        return lists.list_kind(
            _when(request), kinds, country=request.GET.get("country") or None, q=request.GET.get("q", "")
        )

    answer_list.__doc__ = f"List of {name}, by name."
    answer_list.__name__ = name
    extra = _parameters("country", "q", *_MOMENT)
    api.get(f"/{name}", summary=f"List of {name}", openapi_extra=extra)(answer_list)


_list("organisations", ("organisation",))
_list("forms", ("form",))
_list("programmes", ("programme", "event"))
_list("instruments", ("instrument",))
_list("projects", ("project",))


@api.get("/potential", summary="Potential creative clusters", openapi_extra=_parameters("country", *_MOMENT))
def potential(request: HttpRequest) -> Any:
    """Potential creative clusters of the footnotes."""
    return lists.list_potential(_when(request), country=request.GET.get("country") or None)


@api.get("/disputes", summary="Values that cannot all be true", openapi_extra=_parameters("entity", *_MOMENT))
def disputes(request: HttpRequest) -> Any:
    """Disputes, gravest first."""
    return dispute_queries.list_disputes(_when(request), request.GET.get("entity") or None)


@api.get(
    "/findings", summary="Findings of the consistency rules", openapi_extra=_parameters("rule", *_MOMENT)
)
def findings(request: HttpRequest) -> Any:
    """Findings and remarks, gravest first."""
    return dispute_queries.list_findings(_when(request), request.GET.get("rule") or None)


@api.get("/search", summary="Where a word occurs", openapi_extra=_parameters("q"))
def search(request: HttpRequest) -> Any:
    """Entities found by any word of their sheet."""
    return search_everything.search_everything(request.GET.get("q", ""))


@api.get("/statements/{statement}", summary="One statement")
def statement(request: HttpRequest, statement: str) -> Any:
    """One statement with its locator and decisions."""
    return sheets.statement(statement)


@api.get("/sources", summary="Sources")
def sources(request: HttpRequest) -> Any:
    """Documents cited, with how many statements cite each."""
    return overview.list_sources()


@api.get(
    "/map.geojson",
    summary="What the map draws",
    openapi_extra=_parameters(*_FILTERS, "layer", "lang", *_MOMENT),
)
def map_geojson(request: HttpRequest) -> HttpResponse:
    """Clusters, spatial forms and cooperation lines as GeoJSON."""
    language = request.GET.get("lang", "fr")
    if language not in LANGUAGES:
        raise BadChoice(name="lang", value=language, accepted=", ".join(LANGUAGES))
    layers = tuple(request.GET.getlist("layer")) or LAYERS
    for layer in layers:
        if layer not in LAYERS:
            raise BadChoice(name="layer", value=layer, accepted=", ".join(LAYERS))
    wanted, when = cluster_filter(_given(request)), _when(request)
    kept = is_unfiltered(wanted, when)
    etag = f'"{version()[:16]}-{language}-{"-".join(sorted(layers))}"'
    if kept and request.headers.get("if-none-match") == etag:
        return HttpResponse(status=304)
    # Brotli is worth its time only for the answer that is kept until the next load.
    offered = ("br", "gzip") if kept else ("gzip",)
    takes = request.headers.get("accept-encoding", "")
    encoding = next((name for name in offered if name in takes), "identity")
    body = map_features(wanted, when, tuple(sorted(set(layers))), language, encoding)
    response = HttpResponse(body, content_type="application/geo+json")
    response["Cache-Control"] = "no-cache"
    response["Vary"] = "Accept-Encoding"
    if kept:
        response["ETag"] = etag
    if encoding != "identity":
        response["Content-Encoding"] = encoding
    return response
