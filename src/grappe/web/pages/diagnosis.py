"""Diagnose a region of a table that somebody brings, or of a made-up example; nothing is kept."""

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from markupsafe import Markup

from grappe.agglomeration.activities import Concordance, check_nomenclature, nomenclatures
from grappe.agglomeration.upload_limits import ACCEPTED, MEGABYTE, Limits, check_sent, suffix_of
from grappe.domain.errors import GrappeError, InputRefused
from grappe.present.catalogue import N_, say
from grappe.present.diagnosis import diagnosis_body, diagnosis_note
from grappe.queries.declared_clusters import declared_in
from grappe.web.jinja import language
from grappe.web.pages.signed_in import show_form

if TYPE_CHECKING:
    from grappe.agglomeration.diagnosis import Diagnosis

BOUNDS = Limits(sent=20 * MEGABYTE, expanded=200 * MEGABYTE, rows=500_000)
"""Bounds of a table that is answered at once, within the request; the command line takes larger ones."""

EXAMPLE = N_("A made-up country: nothing in it is real.")


@csrf_exempt
def diagnosis(request: HttpRequest) -> HttpResponse:
    """The form; with ``?example=R03`` the built-in example; with a table its diagnosis."""
    if request.method != "POST":
        return _example(request) if request.GET.get("example") else _form(request)
    try:
        check_sent(max(int(request.META.get("CONTENT_LENGTH") or 0) - MEGABYTE, 1), "", BOUNDS)
    except GrappeError as error:
        return _form(request, error)
    return _asked(request)


@csrf_protect
def _asked(request: HttpRequest) -> HttpResponse:
    given = request.POST
    coverage = given.get("coverage", "").strip() or None
    try:
        found = _read(request)
    except GrappeError as error:
        return _form(request, error)
    return _answer(request, found, coverage, as_file=given.get("form") == "note")


def _read(request: HttpRequest) -> "Diagnosis":
    # Other pages need not wait for the tables engine when the server starts.
    from grappe.agglomeration.diagnosis import diagnose
    from grappe.agglomeration.uploaded_table import read_table

    given, sent = request.POST, request.FILES.get("table")
    if sent is None or "complete" not in given:
        raise InputRefused("upload_incomplete", name="?" if sent is None else sent.name)
    check_sent(sent.size or 0, sent.name or "", BOUNDS)
    codes = check_nomenclature(given.get("nomenclature") or "isic")
    names = {
        role: given.get(f"{role}_column", "").strip() or None for role in ("region", "industry", "value")
    }
    with tempfile.TemporaryDirectory() as folder:
        # The table is read from a file that goes with the request.
        path = Path(folder) / f"table{suffix_of(sent.name or '')}"
        with path.open("wb") as stream:
            stream.writelines(sent.chunks())
        read = read_table(
            path, names, earlier=given.get("earlier", "").strip() or None,
            establishments=given.get("establishments", "").strip() or None, limits=BOUNDS,
        )  # fmt: skip
    region = given.get("region", "").strip()
    return diagnose(
        read.table, region, value=read.value, establishments=read.establishments, earlier=read.earlier,
        earlier_value=read.earlier_value, clusters=declared_in(given.get("place", "").strip() or region),
        concordance=Concordance(codes),
    )  # fmt: skip


def _example(request: HttpRequest) -> HttpResponse:
    from grappe.agglomeration.diagnosis import diagnose
    from grappe.agglomeration.made_up_country import made_up_country

    country = made_up_country(4_000, 30, seed=3).points.to_pandas()
    counted = country.groupby(["region", "industry"], as_index=False)["jobs"].sum()
    table = counted.rename(columns={"jobs": "value"})
    try:
        found = diagnose(table, request.GET["example"])
    except GrappeError as error:
        return _form(request, error)
    return _answer(request, found, say(language(), EXAMPLE))


def _answer(
    request: HttpRequest, found: "Diagnosis", coverage: str | None, *, as_file: bool = False
) -> HttpResponse:
    if as_file:
        response = HttpResponse(diagnosis_note(found, coverage, language()))
        response["Content-Disposition"] = 'attachment; filename="grappe-diagnosis.html"'
        return response
    body = Markup(diagnosis_body(found, coverage, language()))
    return show_form(request, "diagnosis/result.html", found=found, body=body)


def _form(request: HttpRequest, error: GrappeError | None = None) -> HttpResponse:
    shown: dict[str, Any] = {
        "nomenclatures": nomenclatures(),
        "accepted": ACCEPTED,
        "most": BOUNDS.sent // MEGABYTE,
    }
    return show_form(
        request, "diagnosis/form.html", error, given=request.POST if request.method == "POST" else {}, **shown
    )  # fmt: skip
