"""Level of a link, computed from the countries of its two ends; groups of countries are dated data."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import yaml

UNION = "EU"
"""Code of the European Union, which stands for a country in the census."""
_FOREVER = date.max


@cache
def country_groups() -> Mapping[str, Mapping[str, tuple[date, date]]]:
    """Each group with its members: country to the half-open interval of membership."""
    text = (files("grappe.domain") / "country_groups.yml").read_text("utf-8")
    read = yaml.load(text, yaml.CSafeLoader)
    return MappingProxyType(
        {
            name: {str(c): _period(since) for c, since in group["members"].items()}
            for name, group in read.items()
        }
    )


def _period(since: date | list[date]) -> tuple[date, date]:
    return (since[0], since[1]) if isinstance(since, list) else (since, _FOREVER)


def in_group(country: str, group: str, on: date) -> bool:
    """Tell whether a country belongs to a group on a day.

    >>> in_group("GB", "europe", date(2019, 3, 1)), in_group("GB", "europe", date(2024, 1, 1))
    (True, False)
    """
    start, end = country_groups()[group].get(country, (_FOREVER, _FOREVER))
    return start <= on < end


def level_between(one: str | None, other: str | None, on: date) -> str | None:
    """Level of a link between two countries on a day; nothing when a country is unknown.

    The rule reads from the narrowest to the widest: same country; both in the Maghreb; one end
    in Europe and the other south or east of the Mediterranean; one end south of the Sahara; both
    ends in the South; anything else.

    >>> level_between("TN", "MA", date(2019, 3, 1)), level_between("TN", "FR", date(2019, 3, 1))
    ('intra_maghreb', 'euromed')
    """
    if one is None or other is None:
        return None
    if one == other:
        # Two bodies of the Union share no nation.
        return "national" if one != UNION else "other"
    ends = (one, other)

    def inside(*groups: str) -> list[bool]:
        return [any(in_group(end, group, on) for group in groups) for end in ends]

    if all(inside("maghreb")):
        return "intra_maghreb"
    if any(inside("europe")) and any(inside("maghreb", "east_mediterranean")):
        return "euromed"
    if any(inside("sub_saharan_africa")) and all(inside("sub_saharan_africa", "maghreb")):
        return "africa"
    if all(inside("maghreb", "east_mediterranean", "sub_saharan_africa")):
        return "south_south"
    return "other"
