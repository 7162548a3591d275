"""A report on a period of a contract: the cluster writes and submits it, the officer decides on it."""

from datetime import UTC, datetime
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from grappe.actions.save_report import attach_proof, save_report, submit_report
from grappe.actions.verify_report import close_period, refuse_report, return_report, verify_report
from grappe.domain.actor import Actor
from grappe.domain.errors import BadChoice, GrappeError
from grappe.present.plain import Plain
from grappe.queries import contract_pages as queries
from grappe.web.pages.call_forms import amount_of, seen_version
from grappe.web.pages.contract_forms import show_contracts, speech, today
from grappe.web.pages.event_forms import see_other
from grappe.web.pages.signed_in import signed_in


@signed_in
def report(request: HttpRequest, *, by: Actor, contract: str, number: int) -> HttpResponse:
    """The report of a period: save, submit, verify, return, refuse, close the period."""
    if request.method != "POST":
        return _report(request, by, contract, number)
    try:
        _do(request, contract, number, by)
    except GrappeError as error:
        return _report(request, by, contract, number, error)
    return see_other("contract-report", contract, number, at="#state")


def _do(request: HttpRequest, contract: str, number: int, by: Actor) -> None:
    deed, why = request.POST.get("deed", ""), request.POST.get("why", "")
    at, seen = datetime.now(UTC), seen_version(request)
    match deed:
        case "save" | "submit":
            fields = queries.report_page(contract, number, at.date(), by=by)["fields"]
            values, notes = _typed(request, fields)
            row = save_report(contract, number, values, notes, by=by, at=at, seen=seen)
            if deed == "submit":
                submit_report(contract, number, by=by, at=at, seen=row.version)
        case "verify":
            verify_report(contract, number, by=by, at=at, seen=seen)
        case "return":
            return_report(contract, number, why, by=by, at=at, seen=seen)
        case "refuse":
            refuse_report(contract, number, why, by=by, at=at, seen=seen)
        case "close":
            close_period(contract, number, by=by, at=at, seen=seen)
        case _:
            raise BadChoice(name="deed", value=deed, accepted="save, submit, verify, return, refuse, close")


def _typed(request: HttpRequest, fields: list[Plain]) -> tuple[dict[str, Decimal | None], dict[str, str]]:
    """Values and notes typed; a field that is emptied takes its value back."""
    typed = {one["name"]: amount_of(request.POST, f"v-{one['name']}") for one in fields}
    had = {one["name"] for one in fields if one["value"] is not None}
    values = {name: value for name, value in typed.items() if value is not None or name in had}
    return values, {name: request.POST.get(f"note-{name}", "") for name in values}


@require_POST
@signed_in
def attach(request: HttpRequest, *, by: Actor, contract: str, number: int) -> HttpResponse:
    """Attach a proof of what is counted."""
    sent = request.FILES.get("file")
    try:
        if sent is None:
            raise BadChoice(name="file", value="", accepted="PDF, PNG, JPEG, DOCX, XLSX, ODT")
        attach_proof(
            contract,
            number,
            request.POST.get("indicator", ""),
            sent.name or "",
            sent.read(),
            by=by,
            at=datetime.now(UTC),
        )
    except GrappeError as error:
        return _report(request, by, contract, number, error)
    return see_other("contract-report", contract, number, at="#proofs")


def _report(
    request: HttpRequest, by: Actor, contract: str, number: int, error: GrappeError | None = None
) -> HttpResponse:
    page = queries.report_page(contract, number, today(), by=by)
    return show_contracts(
        request,
        "contracts/report.html",
        error,
        report=page,
        contract=page["contract"],
        words=speech(page["contract"]["scheme"], page["terms"]),
    )
