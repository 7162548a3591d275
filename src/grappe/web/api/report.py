"""The chapter of a country as a file, over HTTP."""

from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from ninja import Router

from grappe.domain.errors import BadChoice
from grappe.domain.vocabulary import LANGUAGES
from grappe.present.report.writing import MEDIA, SUFFIXES, chapter_bytes
from grappe.queries.chapter_answers import ALL
from grappe.queries.chapters import check_country, report_of
from grappe.queries.ledger import state_of_store

router = Router()


def _report(suffix: str) -> None:
    def answer_report(request: HttpRequest) -> HttpResponse:
        code = check_country(request.GET.get("country", ""))
        language = request.GET.get("lang", "fr")
        if language not in LANGUAGES:
            raise BadChoice(name="lang", value=language, accepted=", ".join(LANGUAGES))
        edition = request.GET.get("edition") or None
        base = request.build_absolute_uri("/")
        known = request.GET.get("known") or None
        body = _written(code, edition, known, language, base, suffix, state_of_store())
        response = HttpResponse(body, content_type=MEDIA[suffix])
        # A file to keep: shown within the site, its own style would be refused.
        kept = "study" if code == ALL else f"chapter-{code.lower()}"
        name = f"{kept}-{edition or 'today'}-{language}{suffix}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    answer_report.__doc__ = f"The chapter of a country as {suffix.removeprefix('.').upper()}, in a language."
    answer_report.__name__ = f"report_{suffix.removeprefix('.')}"
    choices = {
        "country": None, "edition": None, "lang": list(LANGUAGES), "known": None,
    }  # fmt: skip
    parameters = [
        {
            "in": "query",
            "name": name,
            "required": name == "country",
            "schema": {"type": "string"} | ({"enum": values} if values else {}),
        }
        for name, values in choices.items()
    ]
    router.get(
        f"/report{suffix}",
        summary=f"Chapter of a country as {suffix.removeprefix('.').upper()}",
        openapi_extra={"parameters": parameters},
    )(answer_report)


for _suffix in SUFFIXES:
    _report(_suffix)


@lru_cache(maxsize=16)
def _written(
    code: str, edition: str | None, known: str | None, language: str, base: str, suffix: str,
    store: tuple[str, int, int],
) -> bytes:  # fmt: skip
    """The file; the last few are kept until another decision is recorded."""
    return chapter_bytes(report_of(code, edition, known), language, base, suffix)
