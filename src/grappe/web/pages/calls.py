"""Calls for proposals: the list and one call for everybody; creating one."""

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse

from grappe.actions.create_call import create_call
from grappe.domain.actor import Actor
from grappe.domain.errors import GrappeError
from grappe.domain.roles import ROLES, Capability, Scope, ScopeKind, may, may_somewhere
from grappe.policy.call_terms import RECEIVER
from grappe.queries import calls as queries
from grappe.queries.applications import applications_of, clusters_of
from grappe.queries.schemes import schemes
from grappe.web.jinja import language
from grappe.web.pages.call_forms import CRITERIA, given_terms, terms_of
from grappe.web.pages.event_forms import see_other
from grappe.web.pages.signed_in import by_of, grants_of, needs, show_form
from grappe.web.reader import reader


def calls(request: HttpRequest) -> HttpResponse:
    """Every call; for those who are signed in also drafts, and the applications of their clusters."""
    grants = grants_of(request)
    runs = may_somewhere(grants, Capability.RUN_CALL)
    person = by_of(request) if reader(request) is not None else None
    now = datetime.now(UTC)
    return show_form(
        request,
        "calls/list.html",
        calls=queries.list_calls(person, at=now),
        runs=runs,
        mine=applications_of(person) if person is not None else [],
        reviews=[
            one
            for one in queries.list_calls(at=now)
            if may(grants, Capability.REVIEW, Scope(ScopeKind.CALL, one["id"]))
        ],
    )


def call(request: HttpRequest, call: str) -> HttpResponse:
    """One call: terms, law, form, and results once announced."""
    person = by_of(request) if reader(request) is not None else None
    page = queries.call_page(call, person, datetime.now(UTC))
    grants = grants_of(request)
    here = Scope(ScopeKind.CALL, call)
    return show_form(
        request,
        "calls/call.html",
        call=page,
        clusters=clusters_of(person) if person else {},
        reviews=may(grants, Capability.REVIEW, here, Scope(ScopeKind.COUNTRY, page["country"])),
    )


@needs(Capability.RUN_CALL, somewhere=True)
def new(request: HttpRequest, *, by: Actor) -> HttpResponse:
    """Create a call, in draft."""
    given = {"country": _own_country(request)} | given_terms(request.POST)

    def form(error: GrappeError | None = None) -> HttpResponse:
        return show_form(
            request, "calls/new.html", error, given=given, criteria=CRITERIA, schemes=scheme_choices()
        )

    if request.method != "POST":
        return form()
    try:
        made = create_call(
            request.POST.get("id", "").strip(), terms_of(request.POST), by=by, at=datetime.now(UTC)
        )
    except GrappeError as error:
        return form(error)
    return see_other("call-desk", made.id)


def _own_country(request: HttpRequest) -> str:
    """The country for which somebody runs calls, if they do for one."""
    held = (one.scope for one in grants_of(request) if Capability.RUN_CALL in ROLES[one.role].may)
    return next((scope for scope in held if scope and len(scope) == 2), "MA")


def scheme_choices() -> list[tuple[str, str]]:
    """Schemes that clusters apply to, by name."""
    named = [(id, one.name[language()]) for id, one in schemes().items() if RECEIVER in one.receivers]
    return sorted(named, key=lambda one: one[1])
