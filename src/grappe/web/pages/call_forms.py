"""What the forms of calls say, as the values that actions take."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo, available_timezones

from django.http import HttpRequest, QueryDict

from grappe.actions.admit_applications import Ruling
from grappe.actions.create_call import CallTerms
from grappe.domain.errors import BadChoice
from grappe.domain.vocabulary import LANGUAGES
from grappe.policy.application_form import number_of
from grappe.policy.call_states import ApplicationState
from grappe.policy.panel import VERDICTS, Verdict
from grappe.policy.scoring import Criterion
from grappe.present.plain import Plain
from grappe.web.jinja import language

CRITERIA = 8
"""Criteria that the form of a call has room for."""


def terms_of(post: QueryDict) -> CallTerms:
    """The terms of a call as an officer typed them.

    Raises
    ------
    BadChoice
        If an instant, an amount or the zone cannot be read.
    """
    zone = post.get("zone", "").strip()
    if zone not in available_timezones():
        raise BadChoice(name="zone", value=zone, accepted="Africa/Casablanca, Africa/Algiers, Africa/Tunis…")
    return CallTerms(
        scheme=post.get("scheme", ""),
        country=post.get("country", ""),
        title=_texts(post, "title"),
        description=_texts(post, "description"),
        opens_at=_instant(post, "opens_at", zone),
        closes_at=_instant(post, "closes_at", zone),
        zone=zone,
        currency=post.get("currency", "").strip().upper(),
        grid=_grid(post),
        budget=amount_of(post, "budget"),
        cap=amount_of(post, "cap"),
        threshold=amount_of(post, "threshold"),
        reading=post.get("reading") or None,
    )


def given_terms(post: QueryDict) -> Plain:
    """What was typed, to fill the form again."""
    return {name: post.get(name, "") for name in post} | {
        "criteria": [
            {name: post.get(f"criterion-{number}-{name}", "") for name in ("title", "maximum", "weight")}
            for number in range(CRITERIA)
        ]
    }


def stored_terms(call: Plain) -> Plain:
    """The terms of a stored call, to fill the form."""
    found: Plain = {name: call[name] if call[name] is not None else "" for name in (
        "scheme", "country", "zone", "currency", "budget", "cap", "threshold", "reading",
    )}  # fmt: skip
    for spoken in LANGUAGES:
        found[f"title_{spoken}"] = call["title"].get(spoken, "")
        found[f"description_{spoken}"] = call["description"].get(spoken, "")
    for name in ("opens_at", "closes_at"):
        found[name] = call[name][:16]
    found["criteria"] = [{} for _ in range(CRITERIA)]
    for place, one in enumerate(call["grid"]):
        number = one["id"].removeprefix("c")
        at = int(number) - 1 if number.isdigit() and 0 < int(number) <= CRITERIA else place
        found["criteria"][at] = {
            "title": one["title"].get(language()) or next(iter(one["title"].values()), ""),
            "maximum": plain_number(one["maximum"]),
            "weight": plain_number(one["weight"]),
        }
    for name in ("budget", "cap", "threshold"):
        found[name] = plain_number(found[name]) if found[name] else ""
    return found


def plain_number(text: str) -> str:
    """A decimal without the zeros that say nothing, to fill a field: ``1500000.000`` is *1500000*."""
    return text.rstrip("0").rstrip(".") if "." in text else text


def with_titles(terms: CallTerms, stored: Plain) -> CallTerms:
    """The terms with the titles that criteria have in other languages: a page edits those of its own."""
    titles = {one["id"]: one["title"] for one in stored["grid"]}
    grid = tuple(replace(one, title={**titles.get(one.id, {}), **one.title}) for one in terms.grid)
    return replace(terms, grid=grid)


def verdicts_of(post: QueryDict, applications: list[str]) -> dict[str, Verdict]:
    """The verdicts of a panel, one per application that has one.

    Raises
    ------
    BadChoice
        If an amount or a verdict cannot be read.
    """
    found = {}
    for id in applications:
        state = post.get(f"verdict-{id}", "")
        if not state:
            continue
        if state not in VERDICTS:
            raise BadChoice(name="verdict", value=state, accepted=", ".join(VERDICTS))
        found[id] = Verdict(
            ApplicationState(state),
            post.get(f"reasons-{id}", ""),
            amount_of(post, f"amount-{id}"),
            language(),
        )
    return found


def rulings_of(post: QueryDict) -> dict[str, Ruling]:
    """What the officer decides on eligibility, for each application that is not left to the findings."""
    return {
        name.removeprefix("admit-"): Ruling(
            post[name] == "yes", post.get(f"why-{name.removeprefix('admit-')}", ""), language()
        )
        for name in post
        if name.startswith("admit-") and post[name] in ("yes", "no")
    }


def answers_of(post: QueryDict) -> dict[str, str]:
    """The answers of an applicant: every field named after a question; several that are ticked, by commas."""
    return {
        name.removeprefix("q-"): ",".join(one for one in post.getlist(name) if one.strip())
        for name in post
        if name.startswith("q-")
    }


def points_of(post: QueryDict, criteria: list[str]) -> dict[str, Decimal]:
    """The points of a reviewer; a criterion left empty is left out.

    Raises
    ------
    BadChoice
        If something that is no number stands there.
    """
    given = {id: amount_of(post, f"points-{id}") for id in criteria}
    return {id: value for id, value in given.items() if value is not None}


def amount_of(post: QueryDict, name: str) -> Decimal | None:
    """A number of a form; nothing if it is left empty.

    Raises
    ------
    BadChoice
        If something else stands there.
    """
    text = post.get(name, "").strip()
    if not text:
        return None
    value = number_of(text)
    if value is None:
        raise BadChoice(name=name, value=text, accepted="0, 1, 2,5…")
    return value


def seen_version(request: HttpRequest) -> int | None:
    """The version of what was looked at when the form was filled."""
    text = request.POST.get("seen", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None


def _texts(post: QueryDict, name: str) -> dict[str, str]:
    given = {spoken: post.get(f"{name}_{spoken}", "").strip() for spoken in LANGUAGES}
    return {spoken: text for spoken, text in given.items() if text}


def _instant(post: QueryDict, name: str, zone: str) -> datetime:
    text = post.get(name, "")
    try:
        return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))
    except ValueError:
        raise BadChoice(name=name, value=text, accepted="2027-03-01T08:00") from None


def _grid(post: QueryDict) -> tuple[Criterion, ...]:
    found = []
    for number in range(CRITERIA):
        title = post.get(f"criterion-{number}-title", "").strip()
        if not title:
            continue
        maximum = amount_of(post, f"criterion-{number}-maximum")
        weight = amount_of(post, f"criterion-{number}-weight")
        if maximum is None or maximum <= 0 or (weight is not None and weight <= 0):
            raise BadChoice(
                name=title,
                value=str(maximum if maximum is None or maximum <= 0 else weight),
                accepted="1, 2,5…",
            )
        found.append(Criterion(f"c{number + 1}", {language(): title}, maximum, weight or Decimal(1)))
    return tuple(found)
