"""Create a call for proposals, in draft, or change it while nobody has read it."""

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django.db import transaction

from grappe.actions.call_record import call_to_change, check_may_run, check_state, record
from grappe.actions.trail import trace
from grappe.domain.actor import Actor
from grappe.domain.errors import BadChoice, InputRefused, Problem, Refused
from grappe.domain.identifiers import is_identifier
from grappe.domain.levels import country_groups
from grappe.domain.vocabulary import LANGUAGES
from grappe.policy import scheme
from grappe.policy.call_states import CallState
from grappe.policy.call_terms import scheme_problems
from grappe.policy.contract_schedule import reading_of
from grappe.policy.scoring import Criterion
from grappe.store.call_values import packed_grid
from grappe.store.models import Call
from grappe.store.scheme_folders import scheme_folders

LONGEST_ID = 60


@dataclass(frozen=True, slots=True)
class CallTerms:
    """What an officer says of a call.

    `cap` is the most that one applicant may ask for; `threshold` the score below which nobody is
    selected. Amounts are in the one currency.
    """

    scheme: str
    country: str
    title: Mapping[str, str]
    opens_at: datetime
    closes_at: datetime
    zone: str
    currency: str
    grid: tuple[Criterion, ...]
    description: Mapping[str, str] = dataclasses.field(default_factory=dict)
    budget: Decimal | None = None
    cap: Decimal | None = None
    threshold: Decimal | None = None
    reading: str | None = None

    def columns(self) -> dict[str, Any]:
        """The terms as columns of the row."""
        return {
            "scheme": self.scheme,
            "reading": self.reading,
            "country": self.country,
            "title": dict(self.title),
            "description": dict(self.description),
            "zone": self.zone,
            "opens_at": self.opens_at,
            "closes_at": self.closes_at,
            "budget": self.budget,
            "cap": self.cap,
            "currency": self.currency,
            "threshold": self.threshold,
            "grid": packed_grid(self.grid),
        }


def create_call(call: str, terms: CallTerms, *, by: Actor, at: datetime) -> Call:
    """Create a call under a scheme, in draft.

    Raises
    ------
    BadChoice
        If the id is none.
    UnknownThing
        If there is no such scheme.
    Forbidden
        If somebody may not run calls in that country.
    InputRefused
        With everything wrong in the terms.
    Refused
        If the id is taken.
    """
    if not is_identifier(call) or len(call) > LONGEST_ID:
        raise BadChoice("bad_call_id", value=call, longest=LONGEST_ID)
    row = Call(id=call, created_by=str(by), created_at=at, **terms.columns())
    check_may_run(row, by)
    _check_terms(call, terms)
    with transaction.atomic():
        if Call.objects.filter(id=call).exists():
            raise Refused("call_exists", call=call)
        row.save(force_insert=True)
        trace("create_call", call, by, at, version=row.version)
    return row


def change_call(call: str, terms: CallTerms, *, by: Actor, at: datetime, seen: int | None = None) -> Call:
    """Change the terms of a call that is still a draft; once published they stand.

    Raises
    ------
    UnknownThing, Forbidden, InputRefused
        As `create_call`.
    Refused
        If it was published, or changed by somebody else since version `seen`.
    """
    _check_terms(call, terms)
    with transaction.atomic():
        row = call_to_change(call, by, seen)
        check_state(row, CallState.DRAFT)
        for name, value in terms.columns().items():
            setattr(row, name, value)
        check_may_run(row, by)
        record("change_call", row, by, at)
    return row


def terms_problems(call: str, terms: CallTerms) -> list[Problem]:
    """Everything wrong in the terms of a call, each with what is accepted."""
    found: list[Problem] = []

    def say(code: str, field: str, value: object = None, **params: object) -> None:
        shown = None if value is None else str(value)
        found.append(
            Problem(code, call, field=field, value=shown, params={k: str(v) for k, v in params.items()})
        )

    if not any(text.strip() for text in terms.title.values()):
        say("call_without_title", "title")
    for spoken in {**terms.title, **terms.description}:
        if spoken not in LANGUAGES:
            say("call_language", "title", spoken, accepted=", ".join(LANGUAGES))
    if terms.zone not in available_timezones():
        say("call_zone", "zone", terms.zone)
    if terms.opens_at.tzinfo is None or terms.closes_at.tzinfo is None:
        raise ValueError("times of a call carry their zone.")
    if terms.closes_at <= terms.opens_at:
        say("call_closes_before", "closes_at", terms.closes_at, opens=terms.opens_at)
    if not terms.grid:
        say("grid_empty", "grid")
    if not re.fullmatch("[A-Z]{3}", terms.currency):
        say("bad_currency", "currency", terms.currency)
    if not any(terms.country in members for members in country_groups().values()):
        say("bad_country", "country", terms.country)
    ids = [one.id for one in terms.grid]
    for id in sorted({one for one in ids if ids.count(one) > 1}):
        say("criterion_twice", "grid", id)
    for name in ("budget", "cap", "threshold"):
        value = getattr(terms, name)
        if value is not None and value < 0:
            say("answer_negative", name, value)
        elif value == 0 and name != "threshold":
            say("terms_zero", name, value)
    most = sum((one.maximum * one.weight for one in terms.grid), Decimal())
    if terms.threshold is not None and terms.threshold > most:
        say("threshold_beyond", "threshold", terms.threshold, most=most)
    return found


def _check_terms(call: str, terms: CallTerms) -> None:
    known = scheme(terms.scheme, scheme_folders())
    if terms.reading is not None:
        reading_of(known, terms.reading)
    problems = terms_problems(call, terms)
    if terms.zone in available_timezones():
        on = terms.opens_at.astimezone(ZoneInfo(terms.zone)).date()
        problems += scheme_problems(
            call, known, on, country=terms.country, currency=terms.currency, cap=terms.cap,
            reading=terms.reading,
        )  # fmt: skip
    if problems:
        raise InputRefused("call_refused", call=call, count=len(problems), problems=problems)
    if known.holds(on) is False:
        raise Refused("not_in_force", scheme=known.id, on=on, cites=_cites(known))


def _cites(known: Any) -> str:
    return ", ".join(one.short for one in known.cites)
