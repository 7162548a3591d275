"""The language of a page is the first part of its address: `/fr/`, `/en/` or `/ar/`."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import register_converter
from django.utils import translation

from grappe.domain.vocabulary import LANGUAGES

View = Callable[..., HttpResponse]


class LanguageConverter:
    """Matches the three languages and nothing else, so that `/api/` is never taken for one."""

    regex = "|".join(LANGUAGES)

    def to_python(self, value: str) -> str:
        """The code as it stands."""
        return value

    def to_url(self, value: str) -> str:
        """The code as it stands."""
        return value


register_converter(LanguageConverter, "lang")


def spoken(view: View) -> View:
    """Answer in the language of the address; the view itself need not know it.

    The language stays active after the view, so that an error raised in it is worded in it too; the
    next request sets its own.
    """

    @wraps(view)
    def answer(request: HttpRequest, lang: str, **given: Any) -> HttpResponse:
        translation.activate(lang)
        request.LANGUAGE_CODE = lang
        return view(request, **given)

    return answer


def preferred(request: HttpRequest) -> str:
    """Language that the browser asks for, French when it asks for none of the three."""
    wanted = request.headers.get("Accept-Language", "")
    ranked = sorted(_asked(wanted), key=lambda pair: -pair[1])
    return next((code for code, weight in ranked if code in LANGUAGES and weight > 0), LANGUAGES[0])


def _asked(header: str) -> list[tuple[str, float]]:
    found = []
    for part in header.split(","):
        tag, _, weight = part.strip().partition(";q=")
        try:
            found.append((tag.split("-")[0].lower(), float(weight or 1)))
        except ValueError:
            continue
    return found
