"""What an address asks of suggestions: read alike by the page and by the API."""

from django.http import HttpRequest

from grappe.domain.errors import BadChoice
from grappe.present.plain import Plain
from grappe.queries.moment import moment
from grappe.queries.suggestions import (
    suggestions,
    suggestions_for_countries,
    suggestions_for_programme,
)

SUBJECTS = ("id", "countries", "programme")
"""Of what suggestions are asked; one of them."""


def asked(request: HttpRequest, language: str) -> Plain:
    """The answer that the parameters of an address ask for.

    Raises
    ------
    BadChoice
        If not exactly one of `id`, `countries` and `programme` is given, or a value is none.
    UnknownThing
        If there is no such entity.
    """
    when = moment(request.GET.get("on") or None, request.GET.get("known") or None)
    given = {name: request.GET[name].strip() for name in SUBJECTS if request.GET.get(name, "").strip()}
    if len(given) != 1:
        raise BadChoice(name="suggestions", value=", ".join(given), accepted=" | ".join(SUBJECTS))
    ((subject, value),) = given.items()
    ask = {"id": suggestions, "countries": suggestions_for_countries, "programme": suggestions_for_programme}
    return ask[subject](
        when,
        value,
        level=request.GET.get("level"),
        top=request.GET.get("top"),
        weight=weights_given(request),
        linked=request.GET.get("linked", "") in ("1", "true", "on"),
        language=language,
    )


def weights_given(request: HttpRequest) -> list[str]:
    """Weights of an address: ``weight=niche=3``, or ``w-niche=3`` as the form of the page sends them."""
    own = [
        f"{name.removeprefix('w-')}={value}"
        for name, value in request.GET.items()
        if name.startswith("w-") and str(value).strip()
    ]
    return [*request.GET.getlist("weight"), *own]
