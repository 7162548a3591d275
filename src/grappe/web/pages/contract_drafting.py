"""An officer drafts a contract from an announced award."""

from datetime import UTC, date, datetime

from django.http import HttpRequest, HttpResponse

from grappe.actions.draft_contract import draft_contract
from grappe.domain.actor import Actor
from grappe.domain.errors import GrappeError
from grappe.present.plain import Plain
from grappe.queries import contract_drafts as queries
from grappe.queries.calls import find_call
from grappe.queries.contract_drafts import contract_of
from grappe.web.pages.contract_forms import (
    OTHERS,
    clauses_of,
    count_of_periods,
    day_or_none,
    needed_day,
    show_contracts,
    speech,
)
from grappe.web.pages.event_forms import see_other, whole_or_none
from grappe.web.pages.signed_in import signed_in


@signed_in
def draft(request: HttpRequest, *, by: Actor, application: str) -> HttpResponse:
    """The form of a draft, with the clauses that the scheme leaves open; once drafted, the contract."""
    award = queries.award_to_draft(application, by)
    drafted = contract_of(award.id)
    if drafted is not None:
        return see_other("contract", drafted)
    error: GrappeError | None = None
    start: date | None = None
    periods = 3
    try:
        start = day_or_none(request.POST, "start")
    except GrappeError as refused:
        error = refused
    page = queries.draft_page(award, start, request.POST.get("indicator_version") or None)
    try:
        periods = _periods(request, page)
        if request.method == "POST" and error is None and request.POST.get("deed") == "draft":
            indicators = page["indicators"]["items"] if page["indicators"] else ()
            clauses = clauses_of(
                request.POST, indicators, range(periods + 1), [one["id"] for one in page["commitments"]]
            )
            row = draft_contract(
                award,
                start=needed_day(request.POST, "start"),
                clauses=clauses,
                sector=request.POST.get("sector") or None,
                region=request.POST.get("region", "").strip() or None,
                by=by,
                at=datetime.now(UTC),
            )
            return see_other("contract", row.id)
    except GrappeError as refused:
        error = refused
    return show_contracts(
        request,
        "contracts/draft.html",
        error,
        draft=page,
        call=find_call(award.call) if award.call else None,
        periods=range(periods + 1),
        others=range(1, OTHERS + 1),
        words=speech(award.scheme, {"indicators": page["indicators"]}),
    )


def _periods(request: HttpRequest, page: Plain) -> int:
    months = page["phase"]["months"] or whole_or_none(request.POST, "months")
    length = whole_or_none(request.POST, "report_months")
    return count_of_periods(months, page["working"]["report_months"] if length is None else length)
