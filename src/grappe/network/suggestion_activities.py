"""Activities of ISIC Rev. 4 behind niches and industries: how near two are, and who supplies whom."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import StringIO
from types import MappingProxyType
from typing import Any

import yaml

from grappe.domain.errors import BadChoice

CLASS, GROUP, DIVISION = 4, 3, 2
"""Digits of a class, a group and a division of ISIC."""
FULL_AT = 0.1
"""Share of a buyer's inputs from which a supply of an input-output table counts in full."""
_WIDE = 0.6
"""Share that a supply between whole divisions brings; one between classes or groups brings all."""


@dataclass(frozen=True, slots=True)
class Supply:
    """What activity supplies what other, as codes of ISIC, and how much of it counts (0 to 1).

    `of` and `into` narrow it to some tags, where a class is wider than what is meant.
    """

    source: str
    target: str
    share: float
    of: frozenset[str] = frozenset()
    into: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Activity:
    """An activity of ISIC and the tag that it was read from."""

    code: str
    tag: str = ""


@cache
def activity_codes() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """For the lists `niche` and `industry`, each tag with its activities."""
    read = _read()
    return MappingProxyType(
        {
            name: MappingProxyType({tag: tuple(codes) for tag, codes in read[name].items()})
            for name in ("niche", "industry")
        }
    )


@cache
def default_supplies() -> tuple[Supply, ...]:
    """Supplies of ``suggestion_activities.yml``."""
    return tuple(
        Supply(
            row["from"],
            row["to"],
            1.0 if min(len(row["from"]), len(row["to"])) >= GROUP else _WIDE,
            frozenset(row.get("of", ())),
            frozenset(row.get("into", ())),
        )
        for row in _read()["supplies"]
    )


@cache
def _read() -> Any:
    text = (files("grappe.network") / "suggestion_activities.yml").read_text("utf-8")
    return yaml.load(text, yaml.CSafeLoader)


def is_within(code: str, wider: str) -> bool:
    """Whether an activity lies within a wider one, or is it.

    Examples
    --------
    >>> is_within("1050", "10"), is_within("10", "1050")
    (True, False)
    """
    return code.startswith(wider)


def supply(source: Activity, target: Activity, table: Iterable[Supply]) -> float:
    """How much one activity supplies another: the largest share of a row that holds for both, or 0.

    Examples
    --------
    >>> milk, dairies = Activity("0141"), Activity("1050")
    >>> supply(milk, dairies, default_supplies()), supply(dairies, milk, default_supplies())
    (1.0, 0.0)
    """
    rows = (
        row.share
        for row in table
        if is_within(source.code, row.source)
        and is_within(target.code, row.target)
        and (not row.of or source.tag in row.of)
        and (not row.into or target.tag in row.into)
    )
    return max(rows, default=0.0)


def read_input_output(text: str, name: str = "table") -> tuple[Supply, ...]:
    r"""Supplies of an input-output table, in place of those shipped.

    Parameters
    ----------
    text : CSV with the columns ``from``, ``to`` (codes of ISIC) and ``share`` (of the buyer's inputs, 0
        to 1)
    name : what the table is called in an error

    Returns
    -------
    tuple of Supply
        A supply counts in full from a tenth of the buyer's inputs on, below in proportion.

    Raises
    ------
    BadChoice
        If a column is missing, or a cell is no code or no share.

    References
    ----------
    W. W. Leontief, "Quantitative input and output relations in the economic system of the United
    States", The Review of Economics and Statistics 18, 1936: the table.

    Examples
    --------
    >>> [row.share for row in read_input_output("\n".join(["from,to,share", "01,10,0.4", "22,10,0.05"]))]
    [1.0, 0.5]
    """
    rows = csv.DictReader(StringIO(text.removeprefix("\ufeff")))
    if not {"from", "to", "share"} <= set(rows.fieldnames or ()):
        raise BadChoice(name=name, value=", ".join(rows.fieldnames or ()), accepted="from, to, share")
    return tuple(_supply(row, name, line) for line, row in enumerate(rows, 2))


def _supply(row: Mapping[str, str | None], name: str, line: int) -> Supply:
    source, target, share = ((row[column] or "").strip() for column in ("from", "to", "share"))
    for code in (source, target):
        if not (code.isascii() and code.isdigit() and 2 <= len(code) <= 4):
            raise BadChoice(name=f"{name}, {line}", value=code, accepted="01, 011, 0111…")
    try:
        value = float(share)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise BadChoice(name=f"{name}, {line}", value=share, accepted="0 … 1")
    return Supply(source, target, min(1.0, value / FULL_AT))
