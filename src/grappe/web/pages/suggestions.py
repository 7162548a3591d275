"""Suggested partners as a page: reasons with their sources, weights to change, and what that changes."""

from django.http import HttpRequest, HttpResponse

from grappe.domain.vocabulary import vocabulary
from grappe.queries import navigation
from grappe.queries import suggestions as ask
from grappe.web.jinja import language
from grappe.web.pages.render import show, when_of
from grappe.web.suggestions_asked import SUBJECTS, asked


def suggestions(request: HttpRequest) -> HttpResponse:
    """A form; below it, if it is filled in, the partners that it asks for."""
    when = when_of(request)
    answer = None
    if any(request.GET.get(name, "").strip() for name in SUBJECTS):
        answer = asked(request, language())
    ids = list(answer["names"]) if answer else []
    return show(
        request,
        "suggestions.html",
        when,
        answer=answer,
        named=navigation.named(ids),
        choices=ask.subjects(when),
        weights=answer["weights"] if answer else ask.weights(language()),
        part_names={row["code"]: row["words"] for row in ask.weights(language())},
        levels=list(vocabulary("level")),
        arabic=navigation.arabic_places() if language() == "ar" else {},
    )
