"""Pages that compare: things side by side, the claims of the study, the legal forms of clusters."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from grappe.domain.entity import Kind
from grappe.domain.field import declaration
from grappe.domain.vocabulary import vocabulary
from grappe.present import comparisons as told
from grappe.present.plain import Plain
from grappe.queries import comparisons as ask
from grappe.queries import navigation
from grappe.queries.clusters import page_of_clusters
from grappe.queries.filters import COUNTRIES, ClusterFilter
from grappe.queries.moment import Moment
from grappe.web.jinja import language
from grappe.web.pages.render import show, when_of

MOST = 100
"""Clusters and lines named behind a claim; the JSON has all."""
LONGEST_LIST = 300
"""Clusters that a list to choose from holds; of more the reader writes the ids."""
DEFAULT = {"countries": ["DZ", "MA", "TN"]}
"""What the page compares before anything is asked."""


def compare(request: HttpRequest) -> HttpResponse:
    """Two to six countries, sectors, legal forms, clusters or spatial forms side by side."""
    when = when_of(request)
    asked = {name: _codes(request, name) for name in ask.WAYS}
    given = {name: codes for name, codes in asked.items() if codes} or DEFAULT
    found = ask.compare(when, **given)
    entities = found["by"] in ("cluster", "form")
    return show(
        request,
        "compare.html",
        when,
        found=found,
        given=given,
        fields=declaration(Kind(found["by"])).fields if entities else {},
        named=navigation.named(_ids(found)),
        words=words(),
        choices={
            "countries": COUNTRIES[:3],
            "sectors": list(vocabulary("sector")),
            "legal_forms": list(vocabulary("legal_form")),
        },
        clusters=_choices(when),
        arabic=navigation.arabic_places() if language() == "ar" else {},
    )


def claims(request: HttpRequest) -> HttpResponse:
    """What the study states of convergence: each claim with its verdict and evidence."""
    when = when_of(request)
    found = ask.list_claims(when)
    ids = {one for claim in found for one in claim["scopes"][0]["unknown"][:MOST]}
    ids |= {one for claim in found for row in claim["scopes"][0]["evidence"] for one in row["ids"][:MOST]}
    return show(
        request,
        "claims.html",
        when,
        claims=found,
        named=navigation.named(ids),
        words=words(),
        urban=ask.urban_plain(when),
        most=MOST,
    )


def legal_forms(request: HttpRequest) -> HttpResponse:
    """The matrix of legal forms: what is printed of each, and what is not."""
    when = when_of(request)
    found = ask.matrix_of_forms(when)
    rows = [
        row
        for form in found["forms"]
        for name in ("told_of_the_cluster", "told_of_the_country")
        for row in form[name]
    ]
    ids = {row["id"] for row in (*rows, *found["unknown"])}
    return show(request, "legal_forms.html", when, found=found, named=navigation.named(ids), words=words())


def words() -> dict[str, Any]:
    """Words of codes in the reader's language."""
    spoken = language()
    return {
        "verdict": lambda code: told.verdict_words(code, spoken),
        "scope": lambda code: told.scope_words(code, spoken),
        "tally": lambda code: told.tally_words(code, spoken),
        "reason": lambda code: told.reason_words(code, spoken),
        "part": lambda code: told.part_words(code, spoken),
        "code": lambda part, code: told.code_words(part, code, spoken),
        "share": lambda cell: told.share_words(cell, spoken),
        "aspect": lambda code: told.aspect_words(code, spoken),
        "form": lambda code: told.form_code_words(code, spoken),
    }


def _choices(when: Moment) -> list[Plain]:
    """Clusters to choose from, by name; none where there are too many for a list."""
    page = page_of_clusters(ClusterFilter(), when, "name", 1, LONGEST_LIST)
    return page.rows if page.total <= LONGEST_LIST else []


def _codes(request: HttpRequest, name: str) -> list[str]:
    """Values of a parameter: repeated, or parted by commas."""
    return [code.strip() for text in request.GET.getlist(name) for code in text.split(",") if code.strip()]


def _ids(found: Plain) -> set[str]:
    """Entities that a comparison names."""
    if "fields" in found:
        values = [s for row in found["fields"] for cells in row["values"].values() for s in cells]
        told_of = [s["value"] for s in values] + [s.get("by") for s in values]
        rivals = [r["value"] for s in values for r in s["rivals"]]
        flat = [
            one for value in (*told_of, *rivals) for one in (value if isinstance(value, list) else [value])
        ]
        return set(found["subjects"]) | {one for one in flat if isinstance(one, str) and "-" in one}
    return set()
