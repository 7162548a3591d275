"""Deeds of both sides on a contract, its renewal, and a merger; what is refused stands beside its form."""

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from grappe.actions.end_contract import (
    end_contract,
    leave_contract,
    resume_contract,
    suspend_contract,
    terminate_contract,
)
from grappe.actions.merge_contracts import Merged, MergerOutcome, MergerVerdict, merge_contracts
from grappe.actions.order_audit import order_audit, record_audit
from grappe.actions.pay_tranche import pay_tranche, release_tranche, withhold_tranche
from grappe.actions.propose_renewal import decide_renewal, propose_renewal
from grappe.actions.set_publication_clause import keep_commitment, set_publication_clause
from grappe.actions.sign_contract import sign_contract
from grappe.domain.actor import Actor
from grappe.domain.errors import BadChoice, GrappeError
from grappe.policy.audit_states import AuditState
from grappe.policy.contract_clauses import WORKING
from grappe.policy.contract_rights import Clause
from grappe.policy.lateness import Side
from grappe.queries import contract_pages as queries
from grappe.web.pages.call_forms import seen_version
from grappe.web.pages.contract_forms import (
    clauses_of,
    count_of_periods,
    day_or_none,
    needed_amount,
    show_contracts,
    speech,
    today,
)
from grappe.web.pages.contracts import contract_form
from grappe.web.pages.event_forms import choice, see_other, whole, whole_or_none
from grappe.web.pages.signed_in import signed_in

PLACES = {
    "sign": "#next",
    "pay": "#money",
    "withhold": "#money",
    "release": "#money",
    "keep": "#sides",
    "order_audit": "#audits",
    "record_audit": "#audits",
    "publish": "#publication",
}
"""Where the page shows what a deed did; its head by default."""


@require_POST
@signed_in
def deed(request: HttpRequest, *, by: Actor, contract: str) -> HttpResponse:
    """One deed of one side."""
    wanted = request.POST.get("deed", "")
    try:
        _do(request, wanted, contract, by)
    except GrappeError as error:
        about = request.POST.get("about", "")
        return contract_form(request, by, contract, error, f"{wanted}-{about}" if about else wanted)
    return see_other("contract", contract, at=PLACES.get(wanted, ""))


def _do(request: HttpRequest, wanted: str, contract: str, by: Actor) -> None:
    post, at, seen = request.POST, datetime.now(UTC), seen_version(request)
    why = post.get("why", "")
    match wanted:
        case "sign":
            sign_contract(contract, choice(post, "side", Side), by=by, at=at, seen=seen)
        case "pay":
            pay_tranche(
                contract,
                whole(post, "about"),
                amount=needed_amount(post, "amount"),
                paid_on=day_or_none(post, "paid_on"),
                by=by,
                at=at,
                seen=seen,
            )
        case "withhold":
            withhold_tranche(contract, whole(post, "about"), why, by=by, at=at, seen=seen)
        case "release":
            release_tranche(contract, whole(post, "about"), by=by, at=at, seen=seen)
        case "keep":
            kept_on = day_or_none(post, "kept_on")
            code = post.get("about", "")
            keep_commitment(contract, code, post.get("proof", ""), kept_on=kept_on, by=by, at=at, seen=seen)
        case "order_audit":
            order_audit(contract, why, auditor=post.get("auditor", ""), by=by, at=at, seen=seen)
        case "record_audit":
            result = choice(post, "result", AuditState)
            record_audit(contract, result, post.get("summary", ""), by=by, at=at, seen=seen)
        case "suspend":
            suspend_contract(contract, why, by=by, at=at, seen=seen)
        case "resume":
            resume_contract(contract, by=by, at=at, seen=seen)
        case "end":
            end_contract(contract, by=by, at=at, seen=seen)
        case "terminate":
            may_return = post.get("may_return") == "yes"
            terminate_contract(contract, why, may_return=may_return, by=by, at=at, seen=seen)
        case "leave":
            leave_contract(contract, why, by=by, at=at, seen=seen)
        case "publish":
            set_publication_clause(contract, choice(post, "clause", Clause), by=by, at=at, seen=seen)
        case _:
            raise BadChoice(name="deed", value=wanted, accepted="sign, pay, withhold, release, keep…")


@signed_in
def renewal(request: HttpRequest, *, by: Actor, contract: str) -> HttpResponse:
    """The rule of the next phase with its findings; propose it, and decide on the proposal."""
    page = queries.renewal_page(contract, today(), by=by)
    indicators = (page["terms"].get("indicators") or {}).get("items", ())
    error: GrappeError | None = None
    periods = range(0)
    try:
        periods = _periods(request, page)
        if request.method == "POST":
            at, seen, why = datetime.now(UTC), seen_version(request), request.POST.get("why", "")
            match request.POST.get("deed", ""):
                case "propose":
                    clauses = clauses_of(request.POST, indicators, periods)
                    amount = needed_amount(request.POST, "amount")
                    propose_renewal(contract, amount, clauses, by=by, at=at, seen=seen)
                    return see_other("contract-renewal", contract, at="#decision")
                case "grant" | "refuse" as verdict:
                    decide_renewal(contract, verdict == "grant", why, by=by, at=at, seen=seen)
                    return see_other("contract", contract, at="#renewals")
                case "lay_out":
                    pass
                case other:
                    raise BadChoice(name="deed", value=other, accepted="propose, grant, refuse")
    except GrappeError as refused:
        error = refused
        # What somebody else did meanwhile is shown with the refusal.
        page = queries.renewal_page(contract, today(), by=by)
    return show_contracts(
        request,
        "contracts/renewal.html",
        error,
        contract=page,
        indicators=indicators,
        periods=periods,
        words=speech(page["scheme"], page["terms"]),
    )


def _periods(request: HttpRequest, page: dict) -> range:  # type: ignore[type-arg]
    phase, first = page["next"]["phase"], page["next"]["first_period"]
    months = (phase or {}).get("months") or whole_or_none(request.POST, "months")
    length = page["clauses"].get("report_months") or WORKING["report_months"]
    return range(first, first + count_of_periods(months, length))


@signed_in
def merger(request: HttpRequest, *, by: Actor) -> HttpResponse:
    """Two clusters merge: the officer decides on each of their contracts, all of them or none."""
    given = request.POST if request.method == "POST" else request.GET
    clusters = [one for one in given.getlist("cluster") if one]
    rows = queries.merging(clusters, by)
    error: GrappeError | None = None
    if request.method == "POST":
        try:
            verdicts = {one["id"]: _verdict(request, one["id"]) for one in rows}
            if not verdicts:
                raise BadChoice(name="cluster", value="", accepted=", ".join(queries.mergeable(by)))
            seen = {one["id"]: whole(request.POST, f"seen-{one['id']}") for one in rows}
            merged = Merged(request.POST.get("name", "").strip(), request.POST.get("into_cluster") or None)
            if not merged.name:
                raise BadChoice(name="name", value="", accepted="…")
            merge_contracts(verdicts, merged, by=by, at=datetime.now(UTC), seen=seen)
        except GrappeError as refused:
            error = refused
        else:
            return see_other("contracts")
    return show_contracts(
        request,
        "contracts/merger.html",
        error,
        rows=rows,
        chosen=clusters,
        choices=queries.mergeable(by),
        outcomes=[str(one) for one in MergerOutcome],
        speeches={one["id"]: speech(one["scheme"], {}) for one in rows},
    )


def _verdict(request: HttpRequest, id: str) -> MergerVerdict:
    outcome = choice(request.POST, f"outcome-{id}", MergerOutcome)
    into = request.POST.get(f"into-{id}") or None
    absorbed = outcome is MergerOutcome.ABSORBED
    return MergerVerdict(outcome, request.POST.get(f"why-{id}", ""), into if absorbed else None)
