"""The rehearsal of the excellence label: a cluster's own answers, its result, and a report to print."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from grappe.actions.attach_evidence import attach_evidence
from grappe.actions.save_self_assessment import save_self_assessment
from grappe.domain.actor import Actor
from grappe.domain.errors import BadChoice, GrappeError
from grappe.policy.label_evidence import EVIDENCE
from grappe.policy.label_rehearsal import OwnAnswer
from grappe.policy.scheme import ConditionKind
from grappe.present.label_tables import rehearsal_tables
from grappe.present.plain import Plain
from grappe.present.scheme_words import SchemeWords
from grappe.queries import navigation, rehearsals, sheets
from grappe.queries.applications import clusters_of
from grappe.queries.cluster_desk import country_of
from grappe.queries.moment import moment
from grappe.web.jinja import language
from grappe.web.pages.arrangement import ShownField, arranged, references
from grappe.web.pages.call_forms import amount_of, seen_version
from grappe.web.pages.event_forms import see_other, whole_or_none
from grappe.web.pages.signed_in import show_form, signed_in
from grappe.web.pages.workbook import workbook


@signed_in
def mine(request: HttpRequest, *, by: Actor) -> HttpResponse:
    """The clusters that somebody may rehearse the label with, and what the rehearsal is."""
    return show_form(
        request,
        "labels/rehearsals.html",
        clusters=clusters_of(by),
        scale=rehearsals.scale_in_use(),
        paths=[SchemeWords(one, language()) for one in rehearsals.paths()],
    )


@signed_in
def rehearsal(request: HttpRequest, *, by: Actor, cluster: str) -> HttpResponse:
    """Answers, result and next steps of one cluster; saving keeps what was there before."""
    rehearsals.check_speaks(cluster, by)
    if request.method != "POST":
        return _rehearsal(request, by, cluster)
    found = sheets.sheet(cluster, moment(None, None))
    try:
        save_self_assessment(
            cluster,
            _answers(request.POST),
            _facts(request.POST),
            cluster_name=str(found["name"] or cluster),
            country=country_of(cluster),
            scale=rehearsals.scale_in_use(),
            by=by,
            at=datetime.now(UTC),
            seen=seen_version(request),
        )
    except GrappeError as error:
        return _rehearsal(request, by, cluster, error)
    return see_other("rehearsal", cluster, at="#result")


@require_POST
@signed_in
def attach(request: HttpRequest, *, by: Actor, cluster: str) -> HttpResponse:
    """Keep a document beside the answer on one indicator."""
    sent, indicator = request.FILES.get("file"), request.POST.get("indicator", "")
    try:
        if sent is None:
            raise BadChoice(name="file", value="", accepted="PDF, PNG, JPEG, DOCX, XLSX, ODT")
        attach_evidence(
            cluster,
            indicator,
            sent.name or "",
            sent.read(),
            by=by,
            at=datetime.now(UTC),
        )
    except GrappeError as error:
        return _rehearsal(request, by, cluster, error)
    return see_other("rehearsal", cluster, at=f"#{indicator}")


@signed_in
def document(request: HttpRequest, *, by: Actor, number: int) -> HttpResponse:
    """A document, as a file to keep: it is never shown inside the page."""
    row = rehearsals.evidence(number, by)
    response = HttpResponse(bytes(row.content), content_type=row.media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=row.name) or ""
    response["Cache-Control"] = "private, no-store"
    return response


@require_GET
@signed_in
def report(request: HttpRequest, *, by: Actor, cluster: str) -> HttpResponse:
    """The report of a saving, to print or to keep."""
    on = datetime.now(UTC).date()
    found = rehearsals.rehearsal_of(cluster, on, by=by, saving=_saving(request))
    return show_form(
        request,
        "labels/report.html",
        found=found,
        paths={one.id: SchemeWords(one, language()) for one in rehearsals.paths()},
        cards=navigation.source_cards(),
    )


@require_GET
@signed_in
def sheet(request: HttpRequest, *, by: Actor, cluster: str) -> HttpResponse:
    """The result of a saving as a workbook."""
    on = datetime.now(UTC).date()
    found = rehearsals.rehearsal_of(cluster, on, by=by, saving=_saving(request))
    title = _("Rehearsal of the excellence label: %(name)s") % {"name": found["name"]}
    response = workbook(
        request, f"rehearsal-{cluster}", title, rehearsal_tables(found, language()), on=found["on"]
    )
    response["Cache-Control"] = "private, no-store"
    return response


def _rehearsal(
    request: HttpRequest, by: Actor, cluster: str, error: GrappeError | None = None
) -> HttpResponse:
    when = moment(None, None)
    desk = rehearsals.rehearsal_desk(cluster, datetime.now(UTC).date(), by=by, saving=_saving(request))
    census = sheets.sheet(cluster, when)
    known = _known(census)
    return show_form(
        request,
        "labels/rehearsal.html",
        error,
        desk=desk,
        name=census["name"] or cluster,
        known=known,
        asked=rehearsals.asked(),
        flag=ConditionKind.FLAG,
        # What was typed stays in the form when it is refused.
        given=request.POST if error is not None else {},
        paths={one.id: SchemeWords(one, language()) for one in rehearsals.paths()},
        named=navigation.named(references(census)),
        cards=navigation.source_cards(),
        when=when,
        arabic=navigation.arabic_places() if language() == "ar" else {},
    )


def _known(census: Plain) -> dict[str, list[ShownField]]:
    """What the census says that may show something, by indicator."""
    fields = {one.name: one for group in arranged(census) for one in group.fields if one.values}
    return {
        indicator: [fields[name] for name in names if name in fields] for indicator, names in EVIDENCE.items()
    }


def _answers(post: QueryDict) -> dict[str, OwnAnswer]:
    """Answers of the form; an indicator without points is unanswered.

    Raises
    ------
    BadChoice
        If something that is no number stands for points.
    """
    found = {}
    for name in post:
        if not name.startswith("points-"):
            continue
        id = name.removeprefix("points-")
        points: Decimal | None = amount_of(post, name)
        if points is not None:
            found[id] = OwnAnswer(points, post.get(f"evidence-{id}", ""))
    return found


def _facts(post: QueryDict) -> dict[str, bool | int]:
    """Facts of the checklists; one left empty is unknown, never no.

    Raises
    ------
    BadChoice
        If something that is no whole number stands for a count.
    """
    found: dict[str, bool | int] = {}
    for one in rehearsals.asked():
        name = f"fact-{one.field}"
        if one.kind is ConditionKind.FLAG:
            if post.get(name) in ("yes", "no"):
                found[str(one.field)] = post[name] == "yes"
        elif (number := whole_or_none(post, name)) is not None:
            found[str(one.field)] = number
    return found


def _saving(request: HttpRequest) -> int | None:
    query: Any = request.GET
    return whole_or_none(query, "saving")
