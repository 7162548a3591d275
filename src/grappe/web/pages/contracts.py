"""Contracts to read: the portfolio, the list of everybody, one contract, the dashboard of a cluster."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from grappe.domain.actor import Actor
from grappe.domain.errors import GrappeError
from grappe.policy.audit_states import AUDIT_MOVES
from grappe.policy.contract_rights import Clause
from grappe.policy.contract_states import CONTRACT_MOVES, ContractState
from grappe.policy.renewal_states import RENEWAL_MOVES
from grappe.policy.report_states import REPORT_MOVES
from grappe.policy.tranche_states import TRANCHE_MOVES
from grappe.present.contract_speech import group_words
from grappe.present.contract_tables import contract_tables, dashboard_tables, portfolio_tables
from grappe.present.plain import Plain
from grappe.present.portfolio_bars import portfolio_bars
from grappe.present.words import number
from grappe.queries import contract_pages as queries
from grappe.queries.contract_dashboards import FEWEST_PEERS, cluster_dashboard, portfolio
from grappe.queries.schemes import schemes
from grappe.web.jinja import language
from grappe.web.pages.contract_forms import asked_day, show_contracts, speech
from grappe.web.pages.render import one_of
from grappe.web.pages.signed_in import by_of, signed_in
from grappe.web.pages.workbook import workbook
from grappe.web.reader import reader

MOVES = {
    "contract": CONTRACT_MOVES,
    "report": REPORT_MOVES,
    "tranche": TRANCHE_MOVES,
    "audit": AUDIT_MOVES,
    "renewal": RENEWAL_MOVES,
}
FILTERS = ("country", "sector", "region", "scheme", "state")


def person(request: HttpRequest) -> Actor | None:
    """Who reads, if somebody signed in."""
    return by_of(request) if reader(request) is not None else None


def contracts(request: HttpRequest) -> HttpResponse:
    """The portfolio of an officer; for a manager the contracts of their clusters; the list for everybody."""
    by, on = person(request), asked_day(request)
    mine, others = queries.listed_contracts(by)
    common: dict[str, Any] = {"mine": mine, "others": others, "speeches": _speeches([*mine, *others])}
    if not queries.follows_for_state(by):
        return show_contracts(request, "contracts/list.html", **common)
    everything = portfolio(on, by=by)
    only = _only(request, everything["contracts"])
    found = portfolio(on, by=by, **only) if any(only.values()) else everything
    return show_contracts(
        request,
        "contracts/portfolio.html",
        found=found,
        only=only,
        choices=_choices(everything["contracts"]),
        figures=_figures(found),
        merges=bool(by and queries.mergeable(by)),
        **common | {"speeches": _speeches(everything["contracts"])},
    )


def portfolio_file(request: HttpRequest) -> HttpResponse:
    """The portfolio as a workbook; of others than officers what they may read."""
    by, on = person(request), asked_day(request)
    only = _only(request, portfolio(on, by=by)["contracts"])
    return workbook(
        request,
        f"contracts-{on.isoformat()}",
        _("Contracts"),
        portfolio_tables(portfolio(on, by=by, **only)),
        on=on.isoformat(),
    )


def _only(request: HttpRequest, rows: Iterable[Plain]) -> dict[str, str | None]:
    return {name: one_of(request, name, values) for name, values in _choices(rows).items()}


def _choices(rows: Iterable[Plain]) -> dict[str, list[str]]:
    told = list(rows)
    found = {name: sorted({str(one[name]) for one in told if one[name]}) for name in FILTERS}
    return found | {"state": [str(one) for one in ContractState if str(one) in found["state"]]}


def _speeches(rows: Iterable[Plain]) -> dict[str, Any]:
    known = schemes()
    return {id: speech(id, {}) for id in {one["scheme"] for one in rows} if id in known}


def _figures(found: Plain) -> list[Plain]:
    """Drawings by sector and region, one per currency."""
    drawn = []
    for table in ("by_sector", "by_region"):
        key = table.removeprefix("by_")
        for currency in dict.fromkeys(one["currency"] for one in found[table]):
            rows = [one for one in found[table] if one["currency"] == currency]
            svg = portfolio_bars(
                rows,
                lambda row, key=key: group_words(key, row[key], language()),  # type: ignore[misc]
                lambda amount: number(amount, language()),
                mirrored=language() == "ar",
            )
            drawn.append({"key": key, "currency": currency, "rows": rows, "svg": svg})
    return drawn


def states(request: HttpRequest) -> HttpResponse:
    """What may follow what: contract, report, tranche, audit and renewal, from the tables that rule them."""
    return show_contracts(request, "contracts/states.html", moves=MOVES)


def contract(request: HttpRequest, contract: str) -> HttpResponse:
    """One contract: its schedule, money, what both sides owe, targets, reports, audits, renewals, trace."""
    return contract_form(request, person(request), contract)


def contract_form(
    request: HttpRequest,
    by: Actor | None,
    contract: str,
    error: GrappeError | None = None,
    deed: str | None = None,
) -> HttpResponse:
    """The page of a contract; what was refused stands beside the form of its deed."""
    page = queries.contract_page(contract, asked_day(request), by=by)
    return show_contracts(
        request,
        "contracts/contract.html",
        error,
        contract=page,
        words=speech(page["scheme"], page["terms"]),
        refused_deed=deed,
        clauses=[str(one) for one in Clause],
    )


def contract_file(request: HttpRequest, contract: str) -> HttpResponse:
    """A contract as a workbook: what the reader may read."""
    on = asked_day(request)
    page = queries.contract_page(contract, on, by=person(request))
    return workbook(
        request, f"contract-{contract}-{on.isoformat()}", contract, contract_tables(page), on=on.isoformat()
    )


def cluster(request: HttpRequest, cluster: str) -> HttpResponse:
    """The dashboard of a cluster: what is due, targets and peers, scoreboards."""
    on = asked_day(request)
    found = cluster_dashboard(cluster, on, by=person(request))
    return show_contracts(
        request,
        "contracts/cluster.html",
        found=found,
        cluster=cluster,
        fewest=FEWEST_PEERS,
        speeches={one["id"]: speech(one["scheme"], {}) for one in found["contracts"]},
    )


def cluster_file(request: HttpRequest, cluster: str) -> HttpResponse:
    """The dashboard of a cluster as a workbook."""
    on: date = asked_day(request)
    found = cluster_dashboard(cluster, on, by=person(request))
    return workbook(
        request, f"cluster-{cluster}-{on.isoformat()}", cluster, dashboard_tables(found), on=on.isoformat()
    )


@signed_in
def proof(request: HttpRequest, *, by: Actor, number: int) -> HttpResponse:
    """A proof, as a file to keep: it is never shown inside the page."""
    row = queries.find_proof(number, by)
    response = HttpResponse(bytes(row.content), content_type=row.media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=row.name) or ""
    response["Cache-Control"] = "private, no-store"
    return response
