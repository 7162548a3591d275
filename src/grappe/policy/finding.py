"""What a rule answers: never a bare yes or no, but what was seen, what is needed, and by which text."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from grappe.domain.interval import Interval
from grappe.policy.cite import Cite

Seen = bool | int | float | Decimal | str | Interval | tuple[str, ...] | None
"""A value that a rule compares: a figure as an interval, a code, several codes, a yes or no, or nothing."""

PARAMETER = "parameter:"
"""Prefix, in `Finding.missing`, of what the source leaves open; other names are facts to collect."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Answer of one rule.

    Attributes
    ----------
    rule : id of the condition
    met : yes, no, or None where it cannot be told
    seen : what is known of the one asked of; None if nothing
    needed : what the rule asks for
    unit : unit of both; None where they have none
    cites : text of the rule first, then where what was seen comes from
    missing : facts to collect, or parameters to name (see `PARAMETER`), before it can be told
    parts : findings of the ways to meet a rule that has several
    """

    rule: str
    met: bool | None
    seen: Seen = None
    needed: Seen = None
    unit: str | None = None
    cites: tuple[Cite, ...] = ()
    missing: tuple[str, ...] = ()
    parts: tuple["Finding", ...] = ()


def all_met(answers: Iterable[bool | None]) -> bool | None:
    """Whether all hold: one no decides, then one unknown does.

    Examples
    --------
    >>> all_met([True, None]), all_met([None, False]), all_met([])
    (None, False, True)
    """
    known = list(answers)
    if False in known:
        return False
    return None if None in known else True


def any_met(answers: Iterable[bool | None]) -> bool | None:
    """Whether at least one holds: one yes decides, then one unknown does.

    Examples
    --------
    >>> any_met([False, None]), any_met([None, True]), any_met([])
    (None, True, False)
    """
    known = list(answers)
    if True in known:
        return True
    return None if None in known else False
