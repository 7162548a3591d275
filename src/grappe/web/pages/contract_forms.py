"""What the forms of contracts say, as the values that actions take; and how their pages are shown."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict

from grappe.domain.dates import is_date
from grappe.domain.errors import BadChoice, GrappeError
from grappe.policy.contract_clauses import Clauses
from grappe.present.contract_speech import ContractSpeech
from grappe.queries import navigation
from grappe.queries.schemes import scheme
from grappe.web.jinja import language
from grappe.web.pages.call_forms import amount_of
from grappe.web.pages.event_forms import whole_or_none
from grappe.web.pages.render import Here
from grappe.web.pages.signed_in import show_form

OTHERS = 3
"""Indicators of a draft that the source counts and does not name: room for so many."""
MOST_PERIODS = 40
"""Periods that a form lays out at most."""
HUNDRED = Decimal(100)


def show_contracts(
    request: HttpRequest, template: str, error: GrappeError | None = None, **context: Any
) -> HttpResponse:
    """A page of contracts: never cached, with the titles of sources for its citations."""
    common = {"cards": navigation.source_cards(), "here": Here(request), "given": request.POST}
    return show_form(request, template, error, **common | context)


def speech(id: str, terms: Mapping[str, Any]) -> ContractSpeech:
    """Words for a contract under a scheme."""
    return ContractSpeech(scheme(id), terms, language())


def asked_day(request: HttpRequest) -> date:
    """The day that a page speaks of: that of its address, else today.

    Raises
    ------
    BadChoice
        If the address names no day.
    """
    return day_or_none(request.GET, "on") or today()


def today() -> date:
    """Today."""
    return datetime.now(UTC).date()


def day_or_none(given: QueryDict, name: str) -> date | None:
    """A day of a form; nothing if it is left empty.

    Raises
    ------
    BadChoice
        If something else stands there.
    """
    text = given.get(name, "").strip()
    if not text:
        return None
    if not is_date(text) or len(text) != len("YYYY-MM-DD"):
        raise BadChoice(name=name, value=text, accepted="YYYY-MM-DD")
    return date.fromisoformat(text)


def needed_day(given: QueryDict, name: str) -> date:
    """A day of a form.

    Raises
    ------
    BadChoice
        If there is none.
    """
    found = day_or_none(given, name)
    if found is None:
        raise BadChoice(name=name, value="", accepted="YYYY-MM-DD")
    return found


def needed_amount(given: QueryDict, name: str) -> Decimal:
    """A number of a form.

    Raises
    ------
    BadChoice
        If there is none.
    """
    found = amount_of(given, name)
    if found is None:
        raise BadChoice(name=name, value="", accepted="1 500 000")
    return found


def shares_of(given: QueryDict, name: str = "shares") -> tuple[Decimal, ...]:
    """Parts of an amount typed in per cent, parted by semicolons or blanks: ``50; 30; 20``.

    Raises
    ------
    BadChoice
        If one is no number.
    """
    text = given.get(name, "").replace(";", " ").replace("%", " ")
    found = []
    for part in text.split():
        box = QueryDict(mutable=True)
        box[name] = part
        value = amount_of(box, name)
        if value is None:
            raise BadChoice(name=name, value=part, accepted="50; 30; 20")
        found.append(value / HUNDRED)
    return tuple(found)


def targets_of(
    given: QueryDict, indicators: Iterable[Mapping[str, Any]], periods: Iterable[int]
) -> dict[str, dict[int, Decimal]]:
    """Targets of a form: shares are typed in per cent, the count at the start of a growth as it is.

    Raises
    ------
    BadChoice
        If one is no number.
    """
    wanted = list(periods)
    names = {one["id"]: one["unit"] == "share" for one in indicators}
    found: dict[str, dict[int, Decimal]] = {}
    for id, share in names.items():
        found[id] = _targets(given, f"target-{id}", wanted, share=share)
    for n in range(1, OTHERS + 1):
        id = given.get(f"other-{n}", "").strip()
        if id:
            found[id] = _targets(given, f"target-other-{n}", wanted, share=False)
    return {id: values for id, values in found.items() if values}


def _targets(given: QueryDict, name: str, periods: Iterable[int], *, share: bool) -> dict[int, Decimal]:
    values = {period: amount_of(given, f"{name}-{period}") for period in periods}
    return {
        period: value / HUNDRED if share and period else value
        for period, value in values.items()
        if value is not None
    }


def clauses_of(
    given: QueryDict, indicators: Iterable[Mapping[str, Any]], periods: Iterable[int], due: Iterable[str] = ()
) -> Clauses:
    """The clauses of a contract as an officer typed them; what is left empty stays open.

    Raises
    ------
    BadChoice
        If a number or a day is none.
    """
    days = {id: day_or_none(given, f"due-{id}") for id in due}
    return Clauses(
        indicator_version=given.get("indicator_version") or None,
        months=whole_or_none(given, "months"),
        shares=shares_of(given),
        report_months=whole_or_none(given, "report_months"),
        report_days=whole_or_none(given, "report_days"),
        payment_days=whole_or_none(given, "payment_days"),
        targets=targets_of(given, indicators, periods),
        due={id: day for id, day in days.items() if day is not None},
        denominator=given.get("denominator") or None,
    )


def count_of_periods(months: int | None, length: int | None) -> int:
    """How many reporting periods a phase has, where both lengths are known; three else."""
    if not months or not length or length < 1:
        return 3
    return min(MOST_PERIODS, -(-months // length))
