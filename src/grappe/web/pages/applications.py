"""The desk of an applicant: the form with its eligibility, documents, submission; the desk of a reviewer."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from grappe.actions.review_application import declare_conflict, give_review
from grappe.actions.save_application import (
    attach_document,
    reopen_application,
    save_application,
    start_application,
)
from grappe.actions.submit_application import submit_application, withdraw_application
from grappe.domain.actor import Actor
from grappe.domain.errors import BadChoice, GrappeError
from grappe.policy.profile import Profile
from grappe.queries import applications as queries
from grappe.queries.eligibility import profile
from grappe.queries.moment import moment
from grappe.web.jinja import language
from grappe.web.pages.call_forms import answers_of, points_of, seen_version
from grappe.web.pages.event_forms import see_other
from grappe.web.pages.signed_in import show_form, signed_in


@require_POST
@signed_in
def start(request: HttpRequest, *, by: Actor, call: str) -> HttpResponse:
    """Start, or go on with, the application of a cluster."""
    cluster = request.POST.get("cluster", "")
    made = start_application(call, cluster, language=language(), by=by, at=datetime.now(UTC))
    return see_other("application", made.id)


@signed_in
def application(request: HttpRequest, *, by: Actor, application: str) -> HttpResponse:
    """The form of an application: save, submit, take back, withdraw."""
    if request.method != "POST":
        return _application(request, by, application)
    deed, at, seen = request.POST.get("deed", ""), datetime.now(UTC), seen_version(request)
    try:
        match deed:
            case "save" | "submit":
                row = save_application(application, answers_of(request.POST), by=by, at=at, seen=seen)
                if deed == "submit":
                    submit_application(application, by=by, at=at, seen=row.version)
            case "reopen":
                reopen_application(application, by=by, at=at)
            case "withdraw":
                withdraw_application(application, by=by, at=at)
            case _:
                raise BadChoice(name="deed", value=deed, accepted="save, submit, reopen, withdraw")
    except GrappeError as error:
        return _application(request, by, application, error)
    return see_other("application", application, at="#state")


@require_POST
@signed_in
def attach(request: HttpRequest, *, by: Actor, application: str) -> HttpResponse:
    """Hand in a document."""
    sent = request.FILES.get("file")
    try:
        if sent is None:
            raise BadChoice(name="file", value="", accepted="PDF, PNG, JPEG, DOCX, XLSX, ODT")
        attach_document(
            application,
            request.POST.get("document", ""),
            sent.name or "",
            sent.read(),
            by=by,
            at=datetime.now(UTC),
        )
    except GrappeError as error:
        return _application(request, by, application, error)
    return see_other("application", application, at="#documents")


@require_GET
@signed_in
def check(request: HttpRequest, *, by: Actor, application: str) -> HttpResponse:
    """Eligibility of answers that are not saved yet: a part of the page, for the one who types."""
    page = queries.my_application(application, by, language())
    given = {**page["answers"], **answers_of(request.GET)}
    found = queries.live_check(page["call"]["id"], given, language(), page["cluster"])
    return show_form(request, "calls/eligibility.html", eligibility=found, call=page["call"])


@signed_in
def document(request: HttpRequest, *, by: Actor, number: int) -> HttpResponse:
    """A document, as a file to keep: it is never shown inside the page."""
    row = queries.attachment(number, by)
    response = HttpResponse(bytes(row.content), content_type=row.media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=row.name) or ""
    response["Cache-Control"] = "private, no-store"
    return response


@signed_in
def reviews(request: HttpRequest, *, by: Actor, call: str) -> HttpResponse:
    """What a reviewer has to read."""
    return show_form(request, "calls/reviews.html", call=queries.review_desk(call, by))


@signed_in
def review(request: HttpRequest, *, by: Actor, call: str, application: str) -> HttpResponse:
    """Read an application, give an opinion on it, or declare a conflict of interest."""
    error = None
    if request.method == "POST":
        at = datetime.now(UTC)
        try:
            if request.POST.get("deed") == "conflict":
                declare_conflict(application, request.POST.get("conflict", ""), by=by, at=at)
            else:
                criteria = [
                    one["id"] for one in queries.application_to_review(application, by)["call"]["grid"]
                ]
                comments = {id: request.POST.get(f"comment-{id}", "") for id in criteria}
                give_review(application, points_of(request.POST, criteria), comments, by=by, at=at)
        except GrappeError as refused:
            error = refused
        else:
            return see_other("call-review", call)
    page = queries.application_to_review(application, by)
    return show_form(
        request, "calls/review.html", error, application=page, call=page["call"], given=request.POST
    )


def _application(
    request: HttpRequest, by: Actor, application: str, error: GrappeError | None = None, **more: Any
) -> HttpResponse:
    page = queries.my_application(application, by, language(), _known(application), datetime.now(UTC))
    # What was typed stays in the form when it is refused.
    shown = {**page["answers"], **answers_of(request.POST)}
    return show_form(
        request, "calls/apply.html", error, application=page, call=page["call"], answers=shown, **more
    )


def _known(application: str) -> Profile:
    """What the census knows of the applicant, to be shown beside the questions."""
    row = queries.find_application(application)
    return profile(row.cluster, moment(None, None)) if row.cluster else {}
