"""Count rules of known observatories, each with its edition, voting on the figures of one footprint."""

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from grappe.domain.errors import BadChoice

_BOUNDS = {"at_least": ">=", "above": ">", "at_most": "<="}
_HOLDS: Mapping[str, Callable[[float, float], bool]] = {
    ">=": operator.ge,
    ">": operator.gt,
    "<=": operator.le,
}


@dataclass(frozen=True, slots=True)
class Criterion:
    """One bound of a rule: `quantity` must stand in the relation `bound` to `needed`, in `unit`."""

    quantity: str
    bound: str
    needed: float
    unit: str


@dataclass(frozen=True, slots=True)
class FootprintRule:
    """A named rule: all its criteria must be met.

    `published` is the year of the edition, None where it is not printed. `checked` tells whether all
    figures were read in a public source; `note` says what is recalled, and what else the rule asks.
    """

    code: str
    title: str
    published: int | None
    cites: str
    href: str | None
    checked: bool
    note: str
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """What one criterion found: `met` is None when `seen` is not known, as jobs without a weight."""

    quantity: str
    met: bool | None
    seen: float | None
    bound: str
    needed: float
    unit: str


@dataclass(frozen=True, slots=True)
class Vote:
    """The answer of one rule with its reasons: `met` is None when a criterion could not be judged."""

    rule: str
    title: str
    published: int | None
    cites: str
    checked: bool
    met: bool | None
    checks: tuple[Check, ...]


@lru_cache(maxsize=1)
def footprint_rules() -> Mapping[str, FootprintRule]:
    """The rules that ship with the package, by code.

    Examples
    --------
    >>> [one.needed for one in footprint_rules()["uk_dsit"].criteria]
    [10.0]
    """
    text = files("grappe.agglomeration").joinpath("footprint_rules.yml").read_text(encoding="utf-8")
    return {code: _rule(code, card) for code, card in yaml.safe_load(text).items()}


def chosen_rules(codes: Sequence[str] | None) -> tuple[FootprintRule, ...]:
    """The rules of some codes; all of them for None.

    Raises
    ------
    BadChoice
        If there is no rule of a code.
    """
    rules = footprint_rules()
    for code in codes or ():
        if code not in rules:
            raise BadChoice(name="rules", value=code, accepted=", ".join(rules))
    return tuple(rules[code] for code in (rules if codes is None else codes))


def vote(rule: FootprintRule, figures: Mapping[str, float | None]) -> Vote:
    """What a rule says of a footprint, criterion by criterion.

    Parameters
    ----------
    rule : FootprintRule
    figures : mapping
        Each quantity the rules speak of; None where it is not known.

    Examples
    --------
    >>> vote(footprint_rules()["uk_dsit"], {"establishments": 7}).checks[0]
    Check(quantity='establishments', met=False, seen=7, bound='>=', needed=10.0, unit='enterprises')
    """
    checks = tuple(_check(one, figures.get(one.quantity)) for one in rule.criteria)
    answers = {one.met for one in checks}
    met = False if False in answers else None if None in answers else True
    return Vote(rule.code, rule.title, rule.published, rule.cites, rule.checked, met, checks)


def _check(one: Criterion, seen: float | None) -> Check:
    met = None if seen is None else bool(_HOLDS[one.bound](seen, one.needed))
    return Check(one.quantity, met, seen, one.bound, one.needed, one.unit)


def _rule(code: str, card: Mapping[str, Any]) -> FootprintRule:
    criteria = tuple(
        Criterion(one["quantity"], sign, float(one[bound]), one["unit"])
        for one in card["criteria"]
        for bound, sign in _BOUNDS.items()
        if bound in one
    )
    return FootprintRule(
        code, card["title"], card["published"], card["cites"], card["href"], card["checked"], card["note"],
        criteria,
    )  # fmt: skip
