"""Errors of a user as helpful pages or JSON, never a traceback."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language

from grappe.domain.errors import Forbidden, GrappeError
from grappe.present.problems import error_words
from grappe.queries.moment import Moment, moment

Handler = Callable[[HttpRequest], HttpResponse]


class ErrorPages:
    """Turns the errors of `grappe.domain.errors` into a page, or into JSON under ``/api/``."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a `GrappeError`; any other exception is a bug and stays one."""
        return answer(request, error) if isinstance(error, GrappeError) else None


def answer(request: HttpRequest, error: GrappeError) -> HttpResponse:
    """The error as JSON for the API, as a page elsewhere."""
    language = get_language() or "fr"
    message = error_words(error, language[:2])
    if request.path.startswith("/api/"):
        return JsonResponse(error_body(error, message), status=error.http_status)
    return render(
        request,
        "error.html",
        {"message": message, "error": error, "when": _today()},
        status=error.http_status,
    )


def _today() -> Moment | None:
    """The day that pages speak of; nothing when no data set is loaded."""
    try:
        return moment()
    except GrappeError:
        return None


def error_body(error: GrappeError, message: str) -> dict[str, object]:
    """The one form of JSON errors: code, message, and the accepted values where there is a list."""
    body: dict[str, object] = {"error": error.code, "message": message, "params": error.params}
    if "accepted" in error.params:
        body["accepted"] = error.params["accepted"].split(", ")
    return body


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that does not bear the sign of its page: it is old, or another site sent it."""
    return answer(request, Forbidden("form_expired"))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """No such address: the way to the map, the table and the search."""
    if request.path.startswith("/api/"):
        return JsonResponse(
            {
                "error": "unknown_address",
                "message": f"There is nothing at {request.path}. See /api/.",
                "params": {},
            },
            status=404,
        )
    return render(request, "error.html", {"message": None, "error": None, "when": _today()}, status=404)
