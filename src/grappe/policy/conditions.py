"""Conditions: a small closed set, each answered with a finding on a profile and a day."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeVar

from grappe.domain.interval import Interval
from grappe.policy.cite import Cite
from grappe.policy.finding import PARAMETER, Finding, Seen, any_met
from grappe.policy.profile import Fact, Profile
from grappe.policy.scheme import Condition, ConditionKind, Parameter

Item = TypeVar("Item")
Rule = Callable[[Condition, Fact, Seen], bool | None]


def evaluate(
    condition: Condition, profile: Profile, on: date, parameters: Mapping[str, Parameter]
) -> Finding:
    """The answer of one condition.

    Parameters
    ----------
    condition : of a scheme, as written or changed
    profile : known facts of the applicant; what is absent is unknown, never no
    on : day of the question
    parameters : parameters of the scheme, with what was assumed

    Returns
    -------
    Finding
        `met` is None where the fact is unknown, a printed figure is too vague, or the threshold is
        not given by the source.
    """
    if condition.kind is ConditionKind.ANY_OF:
        parts = tuple(evaluate(way, profile, on, parameters) for way in condition.ways)
        met = any_met(part.met for part in parts)
        missing = () if met is not None else _union(part.missing for part in parts)
        return Finding(
            condition.id,
            met,
            cites=_union((condition.cites, *(part.cites for part in parts))),
            missing=missing,
            parts=parts,
        )
    if condition.kind is ConditionKind.WINDOW:
        return _window(condition, on)
    needed, open_ = _needed(condition, parameters)
    fact = profile.get(condition.field or "")
    missing = tuple(
        name
        for name, lacks in (
            (condition.field or "", fact is None),
            (f"{PARAMETER}{condition.parameter}", open_),
        )
        if lacks
    )
    if fact is None or open_:
        return Finding(
            condition.id, None, _seen(fact), needed, condition.unit, _cites(condition, fact), missing
        )
    met = RULES[condition.kind](condition, fact, needed)
    return Finding(
        condition.id,
        met,
        _seen(fact),
        needed,
        condition.unit,
        _cites(condition, fact),
        (condition.field or "",) if met is None else (),
    )


def _needed(condition: Condition, parameters: Mapping[str, Parameter]) -> tuple[Seen, bool]:
    """What is asked for, and whether the source leaves it open."""
    if condition.kind is ConditionKind.FLAG:
        return True, False
    if condition.needed is not None:
        return condition.needed, False
    value = parameters[condition.parameter].value if condition.parameter else None
    if isinstance(value, tuple):
        return tuple(str(part) for part in value), False
    return (value, False) if isinstance(value, Decimal) else (None, True)


def _window(condition: Condition, on: date) -> Finding:
    """Open from the first day to the closing day, that day included."""
    opens, closes = condition.opens, condition.closes
    assert closes is not None
    met: bool | None = on < closes.end
    if opens is not None and met:
        # A call printed as launched in a month is surely open on its last day only.
        surely = on + timedelta(days=1) >= opens.end
        met = False if on < opens.first else True if surely else None
    text = f"{opens.text if opens else ''}/{closes.text}"
    return Finding(
        condition.id,
        met,
        on.isoformat(),
        text,
        "day",
        condition.cites,
        ("opening_day",) if met is None else (),
    )


def _at_least(condition: Condition, fact: Fact, needed: Seen) -> bool | None:
    seen = fact.interval
    if seen is None or not isinstance(needed, Decimal):
        return None
    if seen.low >= needed:
        return True
    return False if seen.high < needed else None


def _at_most(condition: Condition, fact: Fact, needed: Seen) -> bool | None:
    seen = fact.interval
    if seen is None or not isinstance(needed, Decimal):
        return None
    if seen.high <= needed:
        return True
    return False if seen.low > needed else None


def _one_of(condition: Condition, fact: Fact, needed: Seen) -> bool | None:
    return bool(_codes(fact.value) & _codes(needed))


def _all_of(condition: Condition, fact: Fact, needed: Seen) -> bool | None:
    # Absence denies nothing: of codes that a source names, others may hold unnamed.
    return True if _codes(needed) <= _codes(fact.value) else None


def _flag(condition: Condition, fact: Fact, needed: Seen) -> bool | None:
    return fact.value if isinstance(fact.value, bool) else None


RULES: Mapping[ConditionKind, Rule] = {
    ConditionKind.MIN: _at_least,
    ConditionKind.MAX: _at_most,
    ConditionKind.ONE_OF: _one_of,
    ConditionKind.ALL_OF: _all_of,
    ConditionKind.FLAG: _flag,
}
"""Comparison of each kind that looks at one fact; total but for ``any_of`` and ``window``."""


def _codes(value: object) -> frozenset[str]:
    return frozenset(str(part) for part in value) if isinstance(value, tuple) else frozenset({str(value)})


def _seen(fact: Fact | None) -> Seen:
    if fact is None:
        return None
    value = fact.value
    return value.low if isinstance(value, Interval) and value.low == value.high else value


def _cites(condition: Condition, fact: Fact | None) -> tuple[Cite, ...]:
    return _union((condition.cites, fact.cites if fact else ()))


def _union(groups: Iterable[Iterable[Item]]) -> tuple[Item, ...]:
    return tuple(dict.fromkeys(one for group in groups for one in group))
