"""Named editions of the census: days with a name, and any other day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml

from grappe.domain.dates import PartialDate, is_date, partial_date
from grappe.domain.errors import BadChoice
from grappe.domain.source import Source, SourceKind
from grappe.domain.statement import Statement

TODAY = "today"
"""Name of the newest state of the census: its day is that of what is loaded, never that of a clock."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A line in which one source speaks of an edition, with the entities it speaks of."""

    source: str
    line: int
    printed: str
    entities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Edition:
    """A day at which the census is looked at; `held` tells whether a whole list of that day is held.

    `phrase` is its name within a sentence.
    An edition that is not held is known through the `passages` of another source alone.
    """

    name: str
    day: PartialDate
    held: bool
    title: Mapping[str, str] | None = None
    phrase: Mapping[str, str] | None = None
    note: Mapping[str, str] | None = None
    source: str | None = None
    passages: tuple[Passage, ...] = ()


@cache
def _declared() -> Mapping[str, Mapping[str, Any]]:
    text = (files("grappe.census") / "editions.yml").read_text("utf-8")
    return MappingProxyType({str(name): row for name, row in yaml.load(text, yaml.CSafeLoader).items()})


def edition_names() -> tuple[str, ...]:
    """Names of the declared editions, the earliest first.

    >>> edition_names()
    ('2014', '2019', 'today')
    """
    return tuple(_declared())


def edition(name: str, newest: PartialDate) -> Edition:
    """The edition of a name, or of any date written as ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.

    A name wins over a date: ``2014`` is the study of 2014, whose day is the first half of that year.
    A day that bears no name is never held: what is known of it is what sources say of it.

    Parameters
    ----------
    name : a declared name, or a date
    newest : the day of the newest data set, which ``today`` stands for

    Raises
    ------
    BadChoice
        If it is neither.

    Examples
    --------
    >>> edition("2014", PartialDate("2019-03")).day.text
    '2014-06'
    >>> edition("2016", PartialDate("2019-03")).held
    False
    """
    row = _declared().get(name)
    if row is None:
        if not is_date(name):
            accepted = ", ".join((*edition_names(), "YYYY", "YYYY-MM", "YYYY-MM-DD"))
            raise BadChoice(name="edition", value=name, accepted=accepted)
        return Edition(name, partial_date(name), held=False)
    return Edition(
        name=name,
        day=partial_date(str(row["day"])) if "day" in row else newest,
        held=row["held"],
        title=row["title"],
        phrase=row["phrase"],
        note=row["note"],
        source=row.get("source"),
        passages=tuple(
            Passage(one["source"], one["line"], one["printed"], tuple(one.get("entities", ())))
            for one in row.get("passages", ())
        ),
    )


def newest_source(statements: Iterable[Statement], sources: Mapping[str, Source]) -> Source | None:
    """The newest source that says something of what it observed, the editors' own notes left aside.

    Registers of places are no source on clusters: give the statements about clusters alone.
    """
    cited = {s.source for s in statements}
    telling = [
        sources[one] for one in cited if one in sources and sources[one].kind is not SourceKind.DECLARATION
    ]
    return max(telling, key=lambda source: (partial_date(source.date).first, source.id), default=None)
