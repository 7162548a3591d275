"""Schemes and eligibility over HTTP: the answers of the command line."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from grappe.policy.parameter_values import pairs
from grappe.queries import eligibility as eligibility_queries
from grappe.queries import schemes as scheme_queries
from grappe.queries.moment import moment

router = Router()


def _query(name: str, *, required: bool = False, many: bool = False) -> dict[str, Any]:
    text: dict[str, Any] = {"type": "string"}
    schema = {"type": "array", "items": text} if many else text
    return {"in": "query", "name": name, "required": required, "schema": schema}


@router.get("/schemes", summary="Schemes of support")
def schemes(request: HttpRequest) -> Any:
    """Every scheme as a line, with what the source leaves open."""
    return scheme_queries.list_schemes()


@router.get("/schemes/{id}", summary="Everything said of one scheme")
def scheme(request: HttpRequest, id: str) -> Any:
    """Phases, amounts, conditions, indicators, parameters, each with its citations."""
    return scheme_queries.show_scheme(id)


@router.get(
    "/eligibility",
    summary="Which clusters meet the conditions of a scheme",
    openapi_extra={
        "parameters": [
            _query("scheme", required=True),
            _query("cluster", many=True),
            _query("set", many=True),
            _query("on"),
            _query("known"),
        ]
    },
)
def eligibility(request: HttpRequest) -> Any:
    """Findings per cluster; with `set`, who enters and who leaves."""
    return eligibility_queries.eligibility(
        request.GET.get("scheme", ""),
        moment(request.GET.get("on") or None, request.GET.get("known") or None),
        clusters=[one for one in request.GET.getlist("cluster") if one],
        changed=pairs((one for one in request.GET.getlist("set") if one), "set"),
    )
