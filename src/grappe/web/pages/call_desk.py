"""The desk of an officer: terms and state of a call, reviewers, eligibility, decision, letters."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from grappe.actions.admit_applications import Ruling, admit_applications, rule_on_eligibility
from grappe.actions.create_call import change_call
from grappe.actions.decide_call import announce_results, decide_call, move_up
from grappe.actions.publish_call import appoint_reviewer, cancel_call, close_call, publish_call
from grappe.actions.review_application import excuse_reviewer
from grappe.domain.actor import Actor
from grappe.domain.document import KINDS
from grappe.domain.errors import BadChoice, GrappeError
from grappe.present.call_letters import VERDICTS as LETTERS
from grappe.present.call_letters import letters
from grappe.queries import calls as queries
from grappe.queries.accounts import account_at
from grappe.queries.applications import application_to_review
from grappe.queries.call_letters import decided, decided_on
from grappe.queries.call_tables import applications_workbook
from grappe.web.jinja import language
from grappe.web.pages.call_forms import (
    CRITERIA,
    amount_of,
    given_terms,
    plain_number,
    rulings_of,
    seen_version,
    stored_terms,
    terms_of,
    verdicts_of,
    with_titles,
)
from grappe.web.pages.calls import scheme_choices
from grappe.web.pages.event_forms import see_other
from grappe.web.pages.signed_in import show_form, signed_in


@signed_in
def desk(request: HttpRequest, *, by: Actor, call: str) -> HttpResponse:
    """Where the call stands, what comes next, the applications and their scores."""
    return _desk(request, by, call)


def _desk(
    request: HttpRequest, by: Actor, call: str, error: GrappeError | None = None, **more: Any
) -> HttpResponse:
    return show_form(
        request,
        "calls/desk.html",
        error,
        call=queries.desk(call, by, datetime.now(UTC)),
        given=request.POST,
        **more,
    )


@signed_in
def terms(request: HttpRequest, *, by: Actor, call: str) -> HttpResponse:
    """The terms of a call that is still a draft."""
    page = queries.desk(call, by)

    def form(given: Any, error: GrappeError | None = None) -> HttpResponse:
        return show_form(
            request,
            "calls/terms.html",
            error,
            call=page,
            given=given,
            criteria=CRITERIA,
            schemes=scheme_choices(),
        )

    if request.method != "POST":
        return form(stored_terms(page))
    try:
        changed = with_titles(terms_of(request.POST), page)
        change_call(call, changed, by=by, at=datetime.now(UTC), seen=seen_version(request))
    except GrappeError as error:
        return form(given_terms(request.POST), error)
    return see_other("call-desk", call)


@require_POST
@signed_in
def state(request: HttpRequest, *, by: Actor, call: str) -> HttpResponse:
    """Publish, close, admit, announce or call off."""
    wanted, at, seen = request.POST.get("state", ""), datetime.now(UTC), seen_version(request)
    try:
        match wanted:
            case "published":
                publish_call(call, by=by, at=at, seen=seen)
            case "closed":
                close_call(call, by=by, at=at, seen=seen)
            case "under_review":
                admit_applications(call, rulings_of(request.POST), by=by, at=at, seen=seen)
            case "announced":
                texts = {id: letters(one) for id, one in decided(call, by, at).items()}
                announce_results(call, texts, by=by, at=at, seen=seen)
            case "cancelled":
                cancel_call(call, why=request.POST.get("why", ""), by=by, at=at, seen=seen)
            case _:
                raise BadChoice(
                    name="state",
                    value=wanted,
                    accepted="published, closed, under_review, announced, cancelled",
                )
    except GrappeError as error:
        return _desk(request, by, call, error)
    return see_other("call-desk", call)


@require_POST
@signed_in
def reviewers(request: HttpRequest, *, by: Actor, call: str) -> HttpResponse:
    """Appoint a reviewer by the address of their account."""
    try:
        appoint_reviewer(call, account_at(request.POST.get("address", "")), by=by, at=datetime.now(UTC))
    except GrappeError as error:
        return _desk(request, by, call, error)
    return see_other("call-desk", call, at="#reviewers")


@require_POST
@signed_in
def excuse(request: HttpRequest, *, by: Actor, call: str) -> HttpResponse:
    """Wait no longer for a reviewer."""
    try:
        account = request.POST.get("account", "")
        number = int(account) if account.isascii() and account.isdigit() and len(account) <= 9 else 0
        at, seen = datetime.now(UTC), seen_version(request)
        excuse_reviewer(call, number, request.POST.get("why", ""), by=by, at=at, seen=seen)
    except GrappeError as error:
        return _desk(request, by, call, error)
    return see_other("call-desk", call, at="#reviewers")


@signed_in
def decide(request: HttpRequest, *, by: Actor, call: str) -> HttpResponse:
    """The decision of the panel on every application, beside the ranked list."""
    page = queries.desk(call, by)
    page["applications"] = [
        one for one in page["applications"] if one["rank"] is not None or one["state"] == "admitted"
    ]

    def form(error: GrappeError | None = None) -> HttpResponse:
        return show_form(
            request, "calls/decide.html", error, call=page, given=request.POST, plain_number=plain_number
        )

    if request.method != "POST":
        return form()
    try:
        verdicts = verdicts_of(request.POST, [one["id"] for one in page["applications"]])
        decide_call(call, verdicts, by=by, at=datetime.now(UTC), seen=seen_version(request))
    except GrappeError as error:
        return form(error)
    return see_other("call-desk", call)


@require_GET
@signed_in
def workbook(request: HttpRequest, *, by: Actor, call: str) -> HttpResponse:
    """The list of applications and opinions, as a spreadsheet."""
    made = applications_workbook(call, by, language(), datetime.now(UTC))
    response = HttpResponse(made, content_type=KINDS["xlsx"][0])
    response["Content-Disposition"] = f'attachment; filename="{call}.xlsx"'
    response["Cache-Control"] = "private, no-store"
    return response


@signed_in
def application(request: HttpRequest, *, by: Actor, call: str, application: str) -> HttpResponse:
    """One application as the officer reads it; from here the reserve moves up, eligibility is put right."""
    error, at = None, datetime.now(UTC)
    if request.method == "POST":
        post, seen = request.POST, seen_version(request)
        reasons = post.get("reasons", "")
        try:
            if post.get("deed") == "rule":
                ruling = Ruling(post.get("admit") == "yes", reasons, language())
                rule_on_eligibility(application, ruling, by=by, at=at, seen=seen)
            else:
                granted = amount_of(post, "amount")
                told = decided_on(
                    application, by, at, verdict="selected", amount=granted, reasons=reasons.strip()
                )
                move_up(
                    application, granted, reasons, letters=letters(told), language=language(), by=by, at=at,
                    seen=seen,
                )  # fmt: skip
        except GrappeError as refused:
            error = refused
        else:
            return see_other("call-desk", call)
    page = application_to_review(application, by)
    page["call"] = queries.call_page(page["call"]["id"], by, at)
    shown = page["letters"]
    if not shown and page["call"]["state"] == "decided" and page["state"] in LETTERS:
        shown = letters(decided_on(application, by, at))
    return show_form(
        request, "calls/application.html", error, application=page, call=page["call"], given=request.POST,
        letters=shown,
    )  # fmt: skip
