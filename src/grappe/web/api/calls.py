"""Calls for proposals over HTTP: what everybody may read."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router

from grappe.queries.calls import call_page, list_calls

router = Router()


@router.get("/calls", summary="Calls for proposals")
def calls(request: HttpRequest) -> Any:
    """Every call that was published, the latest deadline first."""
    return list_calls(at=datetime.now(UTC))


@router.get("/calls/{id}", summary="One call, with its results once announced")
def call(request: HttpRequest, id: str) -> Any:
    """Terms, law, questions and documents; applications and opinions are never given here."""
    return call_page(id, at=datetime.now(UTC))
