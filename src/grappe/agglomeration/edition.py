"""Editions of the rules by which observatories tell a strong cluster: dated, cited data."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal

import yaml

from grappe.domain.errors import BadChoice

Measure = Literal[
    "value",
    "lq",
    "region_share",
    "industry_share",
    "establishments",
    "establishment_density",
    "wage",
    "growth",
]
MODIFIED = " (modified)"
"""Added to the name of an edition whose thresholds were changed."""

_FOLDER = "grappe.agglomeration.editions"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One threshold of an edition.

    A cell meets it when its `measure` is at least `limit`, or above it if `strictly`. A limit that is a
    percentile is the value at that percentile (linear between ranks) of the regions where the industry
    is present: of all of them, or of those of the same type (`among` is ``industry`` or ``type``).
    `checked` tells whether the threshold was read in a source, or is only recalled.
    """

    name: str
    measure: Measure
    limit: float
    strictly: bool
    percentile: bool
    among: Literal["industry", "type"]
    unit: str
    checked: bool


@dataclass(frozen=True, slots=True)
class Edition:
    """The rules of one observatory at one date.

    `levels` gives each class, strongest first, with the criteria that it takes together; `strong` names
    those called strong here. `stars` are criteria that earn a star each, once all of `floor` are met; with
    `strong_stars` of them a cell is called strong.
    """

    name: str
    title: str
    published: int | None
    units: str
    cites: str
    href: str | None
    checked: bool
    note: str
    criteria: Mapping[str, Criterion]
    levels: Mapping[str, tuple[str, ...]]
    strong: tuple[str, ...]
    stars: tuple[str, ...]
    floor: tuple[str, ...]
    strong_stars: int | None

    def with_thresholds(self, thresholds: Mapping[str, float]) -> "Edition":
        """The same rules with other limits, named as modified.

        Raises
        ------
        BadChoice
            If a name is not one of the criteria.
        """
        for name in thresholds:
            if name not in self.criteria:
                raise BadChoice(
                    "bad_choice", name="thresholds", value=name, accepted=", ".join(self.criteria)
                )
        changed = {
            name: replace(one, limit=float(thresholds[name]), checked=False) if name in thresholds else one
            for name, one in self.criteria.items()
        }
        name = f"{self.name}{MODIFIED}" if thresholds else self.name
        return replace(self, name=name, criteria=MappingProxyType(changed))


def edition_names() -> tuple[str, ...]:
    """Names of the editions that ship with the library, in alphabetical order.

    Examples
    --------
    >>> "us-2014" in edition_names()
    True
    """
    found = (entry.name for entry in files(_FOLDER).iterdir())
    return tuple(sorted(name.removesuffix(".yml") for name in found if name.endswith(".yml")))


@cache
def read_edition(name: str) -> Edition:
    """One edition of the rules, read from its file.

    Parameters
    ----------
    name : str
        Such as ``us-2014``; a wrong one is answered with the list.

    Returns
    -------
    Edition

    Raises
    ------
    BadChoice
        If there is no such edition.

    Examples
    --------
    >>> read_edition("us-2014").criteria["over_represented"].limit
    1.0
    """
    if name not in edition_names():
        raise BadChoice("bad_choice", name="edition", value=name, accepted=", ".join(edition_names()))
    read: dict[str, Any] = yaml.load((files(_FOLDER) / f"{name}.yml").read_text("utf-8"), yaml.CSafeLoader)
    criteria = {key: _criterion(key, row, checked=read["checked"]) for key, row in read["criteria"].items()}
    return Edition(
        name=name,
        title=read["title"],
        published=read["published"],
        units=read["units"],
        cites=read["cites"],
        href=read["href"],
        checked=read["checked"],
        note=read["note"],
        criteria=MappingProxyType(criteria),
        levels=MappingProxyType({level: tuple(needs) for level, needs in read.get("levels", {}).items()}),
        strong=tuple(read.get("strong", ())),
        stars=tuple(read.get("stars", ())),
        floor=tuple(read.get("floor", ())),
        strong_stars=read.get("strong_stars"),
    )


def _criterion(name: str, row: Mapping[str, Any], *, checked: bool) -> Criterion:
    strictly = "above" in row
    return Criterion(
        name=name,
        measure=row["measure"],
        limit=float(row["above"] if strictly else row["at_least"]),
        strictly=strictly,
        percentile=row.get("as") == "percentile",
        among=row.get("among", "industry"),
        unit=row["unit"],
        checked=row.get("checked", checked),
    )
