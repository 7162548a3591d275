"""Editions, what changed between two, comparisons and claims over HTTP."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from grappe.domain.errors import BadChoice
from grappe.queries import comparisons
from grappe.queries import editions as ask
from grappe.queries.moment import moment

router = Router()


def _parameters(*names: str, required: tuple[str, ...] = ()) -> dict[str, Any]:
    """Query parameters of an address, for the OpenAPI document."""
    return {
        "parameters": [
            {"in": "query", "name": name, "required": name in required, "schema": {"type": "string"}}
            for name in names
        ]
    }


def _when(request: HttpRequest) -> Any:
    return moment(request.GET.get("on") or None, request.GET.get("known") or None)


def _known(request: HttpRequest) -> str | None:
    return request.GET.get("known") or None


@router.get("/editions", summary="Named editions", openapi_extra=_parameters("known"))
def editions(request: HttpRequest) -> Any:
    """The named editions, what is held of each and what is printed of it."""
    return ask.list_editions(_known(request))


@router.get("/editions/{name}", summary="The census at an edition", openapi_extra=_parameters("known"))
def edition(request: HttpRequest, name: str) -> Any:
    """Where each cluster stood at an edition, or on any day, as far as sources tell."""
    return ask.census_of(name, _known(request))


@router.get(
    "/diff",
    summary="What changed between two editions",
    openapi_extra=_parameters("from", "to", "known", required=("from", "to")),
)
def diff(request: HttpRequest) -> Any:
    """Events, flows between states and what was foreseen; never a net change or a growth rate."""
    ends = [request.GET.get(name, "") for name in ("from", "to")]
    for name, given in zip(("from", "to"), ends, strict=True):
        if not given:
            raise BadChoice(name=name, value="", accepted=", ".join(ask.edition_names()))
    return ask.diff(ends[0], ends[1], _known(request))


@router.get("/timeline", summary="Life events", openapi_extra=_parameters("country", "cluster"))
def timeline(request: HttpRequest) -> Any:
    """Life events of one cluster, or of those of one country."""
    if cluster := request.GET.get("cluster"):
        return ask.timeline_of_cluster(cluster)
    return ask.timeline_of_country(request.GET.get("country", ""))


@router.get("/compare", summary="Side by side", openapi_extra=_parameters(*comparisons.WAYS, "on", "known"))
def compare(request: HttpRequest) -> Any:
    """Two to six countries, sectors, legal forms, clusters or spatial forms."""
    asked = {
        name: [one.strip() for text in request.GET.getlist(name) for one in text.split(",") if one.strip()]
        for name in comparisons.WAYS
    }
    return comparisons.compare(_when(request), **asked)


@router.get("/claims", summary="Claims of the study", openapi_extra=_parameters("on", "known"))
def claims(request: HttpRequest) -> Any:
    """What the study states of convergence, each with its verdict and evidence."""
    return comparisons.list_claims(_when(request))


@router.get("/legal-forms", summary="Legal forms of clusters", openapi_extra=_parameters("on", "known"))
def legal_forms(request: HttpRequest) -> Any:
    """The matrix of legal forms."""
    return comparisons.matrix_of_forms(_when(request))
