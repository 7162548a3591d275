"""The schedule of a contract by its scheme: phases, amounts, conditions, and what no source gives."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from grappe.domain.dates import PartialDate, is_date
from grappe.domain.errors import BadChoice, GrappeError
from grappe.policy.contract_schedule import ScheduledPhase, contract_schedule
from grappe.policy.parameter_values import FORMS, assumptions
from grappe.policy.profile import Fact
from grappe.policy.scheme import Scheme
from grappe.present.policy_tables import schedule_rows
from grappe.present.scheme_words import SchemeWords
from grappe.queries import navigation
from grappe.queries.schemes import scheme, schemes
from grappe.web.jinja import language
from grappe.web.pages.event_forms import whole_or_none
from grappe.web.pages.render import Here, one_of, when_of
from grappe.web.pages.signed_in import show_form
from grappe.web.pages.workbook import workbook

AUDITS = ("positive", "negative")
_ASSUME = "assume-"


@dataclass(frozen=True, slots=True)
class Asked:
    """A scheme under the values that the reader assumes, and the phases of a contract under it."""

    scheme: Scheme
    assumed: Mapping[str, str]
    phases: tuple[ScheduledPhase, ...]


def schedule(request: HttpRequest) -> HttpResponse:
    """The form and, once a scheme and a first day are given, the phases."""
    id = request.GET.get("scheme", "").strip()
    plain = scheme(id) if id else None
    error: GrappeError | None = None
    asked: Asked | None = None
    try:
        asked = _asked(request, plain) if plain is not None and request.GET.get("start") else None
    except GrappeError as refused:
        error = refused
    shown = asked.scheme if asked is not None else plain
    return show_form(
        request,
        "policy/schedule.html",
        error,
        when=when_of(request),
        here=Here(request),
        cards=navigation.source_cards(),
        schemes=sorted((one.name[language()], id) for id, one in schemes().items() if one.readings),
        scheme=shown,
        words=SchemeWords(shown, language()) if shown is not None else None,
        open=plain.open_parameters() if plain is not None else (),
        forms=FORMS,
        asked=asked,
        audits=AUDITS,
    )


def sheet(request: HttpRequest) -> HttpResponse:
    """The same schedule as a workbook."""
    found = _asked(request, scheme(request.GET.get("scheme", "").strip()))
    rows = schedule_rows(found.scheme, found.phases, language())
    return workbook(
        request,
        f"schedule-{found.scheme.id}",
        found.scheme.name[language()],
        {_("Schedule"): rows},
        notes=[
            _("Assumed by the reader, not given by the source: %(what)s") % {"what": f"{name} = {value}"}
            for name, value in found.assumed.items()
        ],
    )


def _asked(request: HttpRequest, plain: Scheme) -> Asked:
    """What the address asks.

    Raises
    ------
    BadChoice
        If a day, a number or an assumed value has the wrong form.
    Refused
        If the scheme was not in force, or a renewal is not allowed.
    """
    given = {name: request.GET.get(f"{_ASSUME}{name}", "").strip() for name in plain.parameters}
    assumed = {name: value for name, value in given.items() if value}
    one = plain.assuming(assumptions(plain, assumed))
    audit = one_of(request, "audit", AUDITS)
    phases = contract_schedule(
        one,
        _day(request.GET.get("start", "").strip()),
        renewals=whole_or_none(request.GET, "renewals") or 0,
        profile={"audit": Fact(audit)} if audit else {},
        reading=request.GET.get("reading") or None,
    )
    return Asked(one, assumed, phases)


def _day(text: str) -> date:
    if not is_date(text) or len(text) != len("YYYY-MM-DD"):
        raise BadChoice(name="start", value=text, accepted="YYYY-MM-DD")
    return PartialDate(text).first
