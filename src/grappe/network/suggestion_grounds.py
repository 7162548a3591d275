"""What is known of countries, beside what is known of clusters: borders, visas, payments, languages."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Ground:
    """One fact about countries: its id, what it is about, and the document that says so."""

    id: str
    kind: str
    title: str
    publisher: str
    date: str
    url: str
    row: Mapping[str, Any] = field(default_factory=dict)

    def holds(self, on: datetime.date) -> bool:
        """Whether it holds on a day."""
        until: datetime.date | None = self.row.get("until")
        since: datetime.date = self.row["since"]
        return since <= on and (until is None or on < until)


@dataclass(frozen=True, slots=True)
class Common:
    """Languages that two countries have in common, and the grounds that say so."""

    languages: tuple[str, ...]
    grounds: tuple[str, ...]
    official: bool


@cache
def grounds() -> Mapping[str, Ground]:
    """Every fact of ``suggestion_grounds.yml``, by id."""
    text = (files("grappe.network") / "suggestion_grounds.yml").read_text("utf-8")
    read = yaml.load(text, yaml.CSafeLoader)
    sources = read.pop("sources")
    return MappingProxyType(
        {
            name: Ground(name, kind, **_cited(sources[row["source"]]), row=MappingProxyType(row))
            for kind, rows in read.items()
            for name, row in rows.items()
        }
    )


def _cited(source: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(source[name]) for name in ("title", "publisher", "date", "url")}


def _of_kind(kind: str, on: datetime.date) -> Iterator[Ground]:
    return (one for one in grounds().values() if one.kind == kind and one.holds(on))


@lru_cache(maxsize=4096)
def closed_border(one: str, other: str, on: datetime.date) -> tuple[str, ...]:
    """Ids of the grounds by which the land border of two countries is closed on a day.

    Examples
    --------
    >>> from datetime import date
    >>> closed_border("MA", "DZ", date(2019, 3, 1)), closed_border("MA", "TN", date(2019, 3, 1))
    (('border-dz-ma',), ())
    """
    return tuple(g.id for g in _of_kind("borders", on) if {one, other} == set(g.row["countries"]))


@lru_cache(maxsize=4096)
def visa_needed(one: str, other: str, on: datetime.date) -> tuple[str, ...]:
    """Ids of the grounds by which people of one country need a visa for the other, either way round.

    Examples
    --------
    >>> from datetime import date
    >>> visa_needed("FR", "TN", date(2019, 3, 1)), visa_needed("MA", "TN", date(2019, 3, 1))
    (('visa-schengen',), ())
    """
    return tuple(
        ground.id
        for ground in _of_kind("visas", on)
        for home, there in ((one, other), (other, one))
        if home in ground.row["of"] and there in ground.row["for"]
    )


def exchange_control(countries: Iterable[str], on: datetime.date) -> dict[str, str]:
    """Those of some countries whose payments abroad are controlled, each with its ground.

    Examples
    --------
    >>> from datetime import date
    >>> exchange_control(["TN", "FR"], date(2019, 3, 1))
    {'TN': 'exchange-tn'}
    """
    found = {str(g.row["country"]): g.id for g in _of_kind("payments", on)}
    return {one: found[one] for one in sorted(set(countries)) if one in found}


@lru_cache(maxsize=4096)
def common_language(one: str, other: str, on: datetime.date) -> Common | None:
    """What two countries have in common of languages; nothing if those of one are not known.

    Parameters
    ----------
    one, other : codes of countries
    on : day asked

    Returns
    -------
    Common or None
        Official languages of both; failing that, working languages by membership of an organisation;
        no language at all if both are known and have none in common.

    Examples
    --------
    >>> from datetime import date
    >>> common_language("MA", "TN", date(2019, 3, 1)).languages
    ('ar',)
    >>> common_language("FR", "TN", date(2019, 3, 1))
    Common(languages=('fr',), grounds=('working-fr',), official=False)
    >>> common_language("ES", "TN", date(2019, 3, 1)).languages
    ()
    >>> common_language("US", "TN", date(2019, 3, 1)) is None
    True
    """
    known = {str(g.row["country"]): g for g in _of_kind("languages", on)}
    if one not in known or other not in known:
        return None
    cites = tuple(sorted({known[one].id, known[other].id}))
    shared = sorted(set(known[one].row["official"]) & set(known[other].row["official"]))
    if shared:
        return Common(tuple(shared), cites, official=True)
    working = [g for g in _of_kind("working", on) if {one, other} <= set(g.row["countries"])]
    if working:
        return Common(
            tuple(sorted(str(g.row["language"]) for g in working)), tuple(g.id for g in working), False
        )
    return Common((), cites, official=True)
