"""Alarms and labels over HTTP; what only the two sides of a contract may read is never in them."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from grappe.policy.alarms import AlarmRule
from grappe.policy.label_register import LabelKind
from grappe.queries.alarms import list_alarms
from grappe.queries.labels import labels as ask_labels
from grappe.queries.moment import moment

router = Router()


def _parameters(**lists: tuple[str, ...]) -> dict[str, Any]:
    """Query parameters of an address, for the OpenAPI document."""
    found = []
    for name, accepted in {**lists, "on": (), "known": ()}.items():
        schema: dict[str, Any] = {"type": "string"} | ({"enum": list(accepted)} if accepted else {})
        found.append({"in": "query", "name": name, "required": False, "schema": schema})
    return {"parameters": found}


def _when(request: HttpRequest) -> Any:
    return moment(request.GET.get("on") or None, request.GET.get("known") or None)


@router.get(
    "/alarms",
    summary="What may stop clusters from lasting",
    openapi_extra=_parameters(
        cluster=(), country=(), rule=tuple(AlarmRule), raised=("yes", "no", "cannot_tell")
    ),
)
def alarms(request: HttpRequest) -> Any:
    """Alarms per cluster, each raised, not raised or "cannot tell" (null), with its reason and citations."""
    cluster, country, rule, raised = (
        request.GET.get(name) or None for name in ("cluster", "country", "rule", "raised")
    )
    return list_alarms(_when(request), cluster=cluster, country=country, rule=rule, raised=raised)


@router.get(
    "/labels", summary="Labels and their kinds", openapi_extra=_parameters(kind=tuple(LabelKind), country=())
)
def labels(request: HttpRequest) -> Any:
    """The seven kinds, the labels granted, and who awaits the label of another authority."""
    kind, country = (request.GET.get(name) or None for name in ("kind", "country"))
    return ask_labels(_when(request), kind=kind, country=country)
