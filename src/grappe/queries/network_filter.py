"""Filters of the cooperation graph, one declaration for command line, pages and API."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from grappe.census.links import Link
from grappe.domain.dates import is_date, partial_date
from grappe.domain.errors import BadChoice
from grappe.domain.vocabulary import vocabulary
from grappe.network.cooperation import UNKNOWN
from grappe.network.fading import OVER

DEEPEST = 6
"""Most steps from the actor in focus that can be asked for."""
LISTS = {"kind": "link_kind", "level": "level", "stage": "stage", "status": "status"}
"""Filters with a controlled list; but for the kind, `unknown` can be asked for too."""
_TRUE = ("", "1", "true", "on", "yes", "oui")
_FALSE = ("0", "false", "off", "no", "non")


@dataclass(frozen=True, slots=True)
class NetworkFilter:
    """Which links to take; an empty filter takes all. Several values of one filter are alternatives.

    `country` takes a link with an end in one of the countries. `since` and `until` take links whose
    printed dates meet the period, and leave out those without a date. `others` false leaves out what
    is no cooperation. `focus` and `depth` cut a neighbourhood out, after everything is measured.
    """

    kind: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    stage: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    others: bool = True
    focus: str | None = None
    depth: int = 1
    half_life: float | None = None


def network_filter(given: Mapping[str, Any]) -> NetworkFilter:
    """Filter from raw options or query parameters; parameters of other names are not its business.

    Raises
    ------
    BadChoice
        If a value is not in the list of its filter.
    """
    found: dict[str, Any] = {}
    for name in {field.name for field in fields(NetworkFilter)} & given.keys():
        raw = given[name]
        single = isinstance(raw, str | int | float)
        values = [str(value) for value in ([raw] if single else list(raw or ()))]
        values = values if name == "others" else [value.strip() for value in values if value.strip()]
        if values:
            found[name] = _read(name, values)
    return NetworkFilter(**found)


def accepted() -> dict[str, list[str]]:
    """Accepted values of every filter with a closed list."""
    lists = {name: list(vocabulary(codes)) for name, codes in LISTS.items()}
    return {name: codes if name == "kind" else [*codes, UNKNOWN] for name, codes in lists.items()}


def _read(name: str, values: list[str]) -> object:
    if name in LISTS:
        return tuple(dict.fromkeys(_choice(name, value, accepted()[name]) for value in values))
    if name == "country":
        return tuple(dict.fromkeys(_country(value) for value in values))
    last = values[-1]
    if name == "others":
        return _flag(name, last)
    if name in ("since", "until") and not is_date(last):
        raise BadChoice(name=name, value=last, accepted="YYYY, YYYY-MM, YYYY-MM-DD")
    if name == "depth":
        return int(_choice(name, last, [str(n) for n in range(DEEPEST + 1)]))
    return _years(name, last) if name == "half_life" else last


def _choice(name: str, value: str, codes: list[str]) -> str:
    chosen = value.casefold()
    if chosen not in codes:
        raise BadChoice(name=name, value=value, accepted=", ".join(codes))
    return chosen


def _country(value: str) -> str:
    code = value.upper()
    if len(code) != 2 or not code.isascii() or not code.isalpha():
        raise BadChoice(name="country", value=value, accepted="MA, DZ, TN, MR, LY, FR…")
    return code


def _flag(name: str, value: str) -> bool:
    if value.strip().casefold() in (*_TRUE, *_FALSE):
        return value.strip().casefold() in _TRUE
    raise BadChoice(name=name, value=value, accepted="true, false")


def _years(name: str, value: str) -> float:
    try:
        years = float(value)
    except ValueError:
        years = 0.0
    if not 0 < years <= 1000:
        raise BadChoice(name=name, value=value, accepted="0.5, 1, 5, 10…")
    return years


def takes(wanted: NetworkFilter, link: Link, countries: set[str | None]) -> bool:
    """Whether a filter takes a link, whose ends are in some countries."""
    codes = all(
        not chosen or (getattr(link, name) or UNKNOWN) in chosen
        for name in LISTS
        for chosen in (getattr(wanted, name),)
    )
    return (
        codes
        and (link.counts or wanted.others)
        and (not wanted.country or bool(countries & set(wanted.country)))
        and _in_period(wanted, link)
    )


def _in_period(wanted: NetworkFilter, link: Link) -> bool:
    """Whether the printed dates of a link meet the period asked; without dates nobody can tell."""
    if wanted.since is None and wanted.until is None:
        return True
    start, end = (partial_date(day) if day else None for day in (link.start, link.end))
    if start is None and end is None:
        return False
    if end is None and link.status in OVER:
        end = start
    late = wanted.until and start and start.first >= partial_date(wanted.until).end
    early = wanted.since and end and end.end <= partial_date(wanted.since).first
    return not (late or early)
