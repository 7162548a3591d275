"""Suggested partners over HTTP: for a cluster, two countries, or a programme."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from grappe.domain.errors import BadChoice
from grappe.domain.vocabulary import LANGUAGES, vocabulary
from grappe.web.suggestions_asked import SUBJECTS, asked

router = Router()


def _parameters() -> dict[str, Any]:
    """Query parameters of the address, for the OpenAPI document."""
    lists = {"level": list(vocabulary("level")), "lang": list(LANGUAGES)}
    found = []
    for name in (*SUBJECTS, "level", "top", "weight", "linked", "lang", "on", "known"):
        schema: dict[str, Any] = {"type": "string"} | ({"enum": lists[name]} if name in lists else {})
        if name == "weight":
            schema = {"type": "array", "items": schema}
        found.append({"in": "query", "name": name, "required": False, "schema": schema})
    return {"parameters": found}


@router.get("/suggestions.json", summary="Suggested partners", openapi_extra=_parameters())
def suggested(request: HttpRequest) -> Any:
    """Ranked partners; the parts of a score add up, each cites facts, and something always speaks against."""
    language = request.GET.get("lang") or "fr"
    if language not in LANGUAGES:
        raise BadChoice(name="lang", value=language, accepted=", ".join(LANGUAGES))
    return asked(request, language)
