"""Filters of clusters, one declaration for command line, pages and API."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from grappe.domain.errors import BadChoice
from grappe.domain.vocabulary import vocabulary

COUNTRIES = ("MA", "DZ", "TN", "MR", "LY")
SCOPES = ("tables", "mentioned", "all")
_TRUE = ("1", "true", "on", "yes", "oui")
_FALSE = ("", "0", "false", "off", "no", "non")


@dataclass(frozen=True, slots=True)
class ClusterFilter:
    """Which clusters to list; an empty filter takes all of the scope.

    `scope`: ``tables``, those of the source's country tables; ``mentioned``, those outside them;
    ``all``. Several values of one filter are alternatives.
    """

    country: tuple[str, ...] = ()
    sector: tuple[int, ...] = ()
    state: tuple[str, ...] = ()
    anchoring: tuple[str, ...] = ()
    north: bool = False
    south: bool = False
    creative: bool = False
    q: str = ""
    scope: str = "tables"


def accepted() -> dict[str, list[str]]:
    """Accepted values of every filter with a closed list."""
    return {
        "country": list(COUNTRIES),
        "sector": list(vocabulary("sector")),
        "state": list(vocabulary("state")),
        "anchoring": list(vocabulary("anchoring")),
        "scope": list(SCOPES),
    }


def cluster_filter(given: Mapping[str, Any]) -> ClusterFilter:
    """Filter from raw options or query parameters; parameters of other names are not its business.

    Raises
    ------
    BadChoice
        If a value is not in the closed list of its filter; the accepted values are in the error.
    """
    lists = accepted()
    known = {field.name for field in fields(ClusterFilter)}
    found: dict[str, Any] = {}
    for name in known & given.keys():
        raw = given[name]
        values = [raw] if isinstance(raw, str | int | bool) else list(raw or ())
        if name in ("north", "south", "creative"):
            found[name] = _flag(name, values)
        elif name == "q":
            found[name] = str(values[0]).strip() if values else ""
        elif name == "scope":
            found[name] = _choice(name, str(values[0]), lists[name]) if values and values[0] else "tables"
        else:
            codes = [_choice(name, str(value), lists[name]) for value in values if value not in ("", None)]
            found[name] = tuple(int(code) for code in codes) if name == "sector" else tuple(codes)
    return ClusterFilter(**found)


def _choice(name: str, value: str, choices: list[str]) -> str:
    by_fold = {choice.casefold(): choice for choice in choices}
    chosen = by_fold.get(value.strip().casefold())
    if chosen is None:
        raise BadChoice(name=name, value=value, accepted=", ".join(choices))
    return chosen


def _flag(name: str, values: list[Any]) -> bool:
    if not values or values[0] is False or str(values[0]).casefold() in _FALSE:
        return False
    if values[0] is True or str(values[0]).casefold() in _TRUE:
        return True
    raise BadChoice(name=name, value=values[0], accepted="true, false")
