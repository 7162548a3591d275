"""What the forms of matchmaking events say, as the values that actions take."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponseRedirect, QueryDict
from django.urls import reverse

from grappe.actions.create_event import EventTerms
from grappe.actions.register_participant import Profile
from grappe.domain.errors import BadChoice
from grappe.network.matchmaking import Acceptance, Scheduling
from grappe.network.slot_grid import Break, Day, Grid
from grappe.present.plain import Plain
from grappe.present.words import country_choices
from grappe.web.jinja import language

Choice = TypeVar("Choice", bound=StrEnum)
ROWS = 4
"""Days and breaks that a form has room for; it grows when more are filled in."""
MOST_DIGITS = 9


class SeeOther(HttpResponseRedirect):
    """After a change, the page that shows it: asked by GET, so that reloading repeats nothing."""

    status_code = 303


def see_other(page: str, *arguments: object, at: str = "") -> SeeOther:
    """To a page of the reader's language, `at` one of its parts (``#wishes``) or with a query."""
    return SeeOther(reverse(page, args=(language(), *map(str, arguments))) + at)


def whole(post: QueryDict, name: str) -> int:
    """A whole number of a form.

    Raises
    ------
    BadChoice
        If it is none, or left out.
    """
    found = whole_or_none(post, name)
    if found is None:
        raise BadChoice(name=name, value="", accepted="1, 2, 3…")
    return found


def whole_or_none(post: QueryDict, name: str) -> int | None:
    """A whole number of a form; nothing if it is left empty.

    Raises
    ------
    BadChoice
        If something else stands there.
    """
    text = post.get(name, "").strip()
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > MOST_DIGITS:
        raise BadChoice(name=name, value=text, accepted="1, 2, 3…")
    return int(text)


def choice(post: QueryDict, name: str, choices: type[Choice]) -> Choice:
    """One of a closed list.

    Raises
    ------
    BadChoice
        With what is accepted.
    """
    value = post.get(name, "")
    if value not in tuple(choices):
        raise BadChoice(name=name, value=value, accepted=", ".join(choices))
    return choices(value)


def seen(request: HttpRequest) -> int | None:
    """The version of the event that the form was made from."""
    return whole_or_none(request.POST, "seen")


def terms_of(post: QueryDict, sides: Sequence[str] = ()) -> EventTerms:
    """The terms of an event as a form gives them; `sides` are the codes that its sides have already.

    Raises
    ------
    BadChoice
        If a day, an hour, a number or a mode is none.
    """
    zone = post.get("zone", "").strip()
    labels = [post.get(f"side_{n}", "").strip() for n in (1, 2)]
    codes = list(sides) if len(sides) == len(labels) else ["one", "two"]
    grid = Grid(
        days=tuple(Day(_day(day, "day"), _hour(start), _hour(end)) for day, start, end in _rows(post, "day")),
        slot_minutes=whole(post, "slot_minutes"),
        zone=zone,
        pause_minutes=whole_or_none(post, "pause_minutes") or 0,
        breaks=tuple(
            Break(_hour(start), _hour(end), _day(day, "break") if day else None)
            for day, start, end in _rows(post, "break")
        ),
    )
    return EventTerms(
        title=post.get("title", ""),
        grid=grid,
        tables=whole(post, "tables"),
        language=post.get("language", ""),
        description=post.get("description", ""),
        place=post.get("place", ""),
        country=_country(post),
        sides=tuple(zip(codes, labels, strict=True)) if any(labels) else (),
        scheduling=choice(post, "scheduling", Scheduling),
        acceptance=choice(post, "acceptance", Acceptance),
        most_wishes=whole(post, "most_wishes"),
        wishes_until=_instant(post.get("wishes_until", ""), zone),
    )


def given_terms(post: QueryDict) -> Plain:
    """What was typed into the form of the terms, to be shown again."""
    names = ("title", "language", "description", "place", "country", "zone", "slot_minutes", "pause_minutes")
    more = ("tables", "scheduling", "acceptance", "most_wishes", "wishes_until", "side_1", "side_2", "event")
    found: Plain = {name: post.get(name, "") for name in (*names, *more)}
    for kind in ("day", "break"):
        found[f"{kind}s"] = _roomy(_rows(post, kind))
    return found


def stored_terms(page: Plain) -> Plain:
    """The terms that an event has, as the fields of their form."""
    until = datetime.fromisoformat(page["wishes_until"]) if page["wishes_until"] else None
    local = until.astimezone(ZoneInfo(page["zone"])) if until else None
    labels = [side["label"] for side in page["sides"]]
    return {
        **page,
        "country": page["country"] or "",
        "wishes_until": f"{local:%Y-%m-%dT%H:%M}" if local else "",
        "side_1": labels[0] if labels else "",
        "side_2": labels[1] if labels else "",
        "days": _roomy([(one["day"], one["start"], one["end"]) for one in page["days"]]),
        "breaks": _roomy([(one["day"] or "", one["start"], one["end"]) for one in page["breaks"]]),
    }


def first_terms() -> Plain:
    """What the form of a new event proposes."""
    return {
        "language": language(),
        "zone": "Africa/Casablanca",
        "slot_minutes": 20,
        "pause_minutes": 5,
        "tables": 10,
        "scheduling": str(Scheduling.ORGANISER),
        "acceptance": str(Acceptance.OPT_IN),
        "most_wishes": 10,
        "days": _roomy([("", "09:00", "12:30")]),
        "breaks": _roomy([("", "10:30", "11:00")]),
    }


def profile_of(post: QueryDict, *, entity: str | None = None) -> Profile:
    """What a participant says of itself; slots are all of them unless some were left out."""
    slots = post.getlist("availability")
    return Profile(
        name=post.get("name", ""),
        entity=(post.get("entity", "").strip() or None) if entity is None else entity,
        side=post.get("side") or None,
        country=_country(post),
        languages=post.getlist("languages"),
        offers=post.getlist("offers"),
        needs=post.getlist("needs"),
        text=post.get("text", ""),
        text_language=post.get("text_language", ""),
        availability=None if post.get("always") else slots,
    )


def given_profile(post: QueryDict) -> Plain:
    """What was typed into the form of a profile, to be shown again."""
    return {
        "entity": post.get("entity", ""),
        "name": post.get("name", ""),
        "side": post.get("side", ""),
        "country": post.get("country", ""),
        "languages": post.getlist("languages"),
        "offers": post.getlist("offers"),
        "needs": post.getlist("needs"),
        "profile": post.get("text", ""),
        "profile_language": post.get("text_language", ""),
        "availability": None if post.get("always") else post.getlist("availability"),
        "address": post.get("address", ""),
    }


def _country(post: QueryDict) -> str:
    code = post.get("country", "")
    if code and code not in dict(country_choices()):
        raise BadChoice(name="country", value=code, accepted="MA, DZ, TN…")
    return code


def _rows(post: QueryDict, kind: str) -> list[tuple[str, str, str]]:
    """Rows of days or breaks that are filled in; of a day, the date decides, of a break the hour."""
    columns = [
        [text.strip() for text in post.getlist(f"{kind}_{part}")] for part in ("date", "from", "until")
    ]
    rows = list(zip(*columns, strict=False))
    return [row for row in rows if (row[0] if kind == "day" else row[1] or row[2])]


def _roomy(rows: Sequence[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    spare = max(ROWS - len(rows), 1)
    return [*rows, *[("", "", "")] * spare]


def _day(text: str, name: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadChoice(name=name, value=text, accepted="YYYY-MM-DD") from None


def _hour(text: str) -> time:
    try:
        return time.fromisoformat(text).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        raise BadChoice(name="hour", value=text, accepted="HH:MM") from None


def _instant(text: str, zone: str) -> datetime | None:
    if not text.strip():
        return None
    try:
        return datetime.fromisoformat(text.strip()).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    except (ValueError, OSError, KeyError):
        raise BadChoice(name="wishes_until", value=text, accepted="YYYY-MM-DDTHH:MM") from None
