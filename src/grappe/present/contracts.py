"""Contracts, scoreboards, alarms and rehearsals as plain dicts: what JSON, tables and pages show."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from grappe.policy.alarms import Alarm
from grappe.policy.autonomy import AutonomyStep
from grappe.policy.label_rehearsal import Rehearsal
from grappe.policy.lateness import Obligation, lateness
from grappe.policy.reported import Against
from grappe.policy.scoreboard import Scoreboard, SideScore
from grappe.present.catalogue import DEFAULT, say
from grappe.present.contract_words import ALARM_FACTS, ALARM_REASONS
from grappe.present.plain import Plain
from grappe.present.policies import cites_plain, finding_plain
from grappe.present.words import day as day_words
from grappe.present.words import number as number_words

PERCENT_DIGITS = 1
"""Digits of a percentage: a share of 0.2514 is 25.1 %."""


def tidy(value: Decimal | float | None) -> int | str | float | None:
    """A number as JSON: a whole one as such, a decimal as its text without idle zeros.

    Examples
    --------
    >>> tidy(Decimal("500000.000")), tidy(Decimal("61728.390")), tidy(Decimal("0.250000")), tidy(0.5)
    (500000, '61728.39', '0.25', 0.5)
    """
    if not isinstance(value, Decimal):
        return value
    if value == value.to_integral_value():
        return int(value)
    return format(value.normalize(), "f")


def day(value: date | None) -> str | None:
    """A day as text."""
    return value.isoformat() if value else None


def obligation_plain(one: Obligation, on: date) -> Plain:
    """What one side owes, and how it stands on a day."""
    how = lateness(one, on)
    return {
        "side": str(one.side),
        "kind": one.kind,
        "subject": one.subject,
        "due_on": day(one.due_on),
        "done_on": day(one.done_on),
        "amount": tidy(one.amount),
        "currency": one.currency,
        "kept": str(how.kept),
        "days_late": how.days,
    }


def against_plain(one: Against) -> Plain:
    """A target beside its result."""
    return {
        "indicator": one.indicator,
        "period": one.period,
        "target": tidy(one.target),
        "result": tidy(one.low),
        "result_high": tidy(one.high) if one.high != one.low else None,
        "unit": one.unit,
        "met": one.met,
        "missing": list(one.missing),
        "cites": cites_plain(one.cites),
    }


def autonomy_plain(one: AutonomyStep) -> Plain:
    """A step of the path to autonomy."""
    return {
        "period": one.period,
        "rate": tidy(one.rate),
        "target": tidy(one.target),
        "gap": tidy(one.gap),
        "met": one.met,
        "lacking_income": tidy(one.lacking_income),
        "missing": list(one.missing),
        "cites": cites_plain(one.cites),
    }


def scoreboard_plain(board: Scoreboard) -> Plain:
    """The scoreboard, rounded and dated."""
    return {
        "on": board.on.isoformat(),
        "state": _side(board.state),
        "beneficiary": _side(board.beneficiary),
        "results": [
            {
                "indicator": one.indicator,
                "period": one.period,
                "percent": one.percent,
                "met": one.met,
                "cites": cites_plain(one.cites),
            }
            for one in board.results
        ],
        "targets_met": board.met,
        "targets_told": board.told,
    }


def _side(one: SideScore) -> Plain:
    return {
        "due": one.due,
        "kept": one.kept,
        "kept_late": one.kept_late,
        "late": one.late,
        "longest_days": one.longest,
        "amount_due": tidy(one.amount_due),
        "amount_paid": tidy(one.amount_paid),
    }


def alarm_plain(one: Alarm) -> Plain:
    """An alarm as code: `raised` is true, false or null, for "cannot tell"."""
    return {
        "rule": str(one.rule),
        "raised": one.raised,
        "reason": one.reason,
        "params": dict(one.params),
        "missing": list(one.missing),
        "cites": cites_plain(one.cites),
    }


def alarm_sentence(one: Plain, language: str = DEFAULT) -> str:
    """Why an alarm is raised or not; what is lacking where it cannot be told."""
    worded = say(
        language,
        ALARM_REASONS[one["reason"]],
        **{name: _worded(name, value, language) for name, value in one["params"].items()},
    )
    if not one["missing"]:
        return worded
    return f"{worded} ({facts_words(one['missing'], language)})"


_DAYS = frozenset({"end", "on", "since", "asked"})
_SUMS = frozenset({"donor", "other"})


def _worded(name: str, value: str, language: str) -> str:
    """A gap of a reason: days and sums as the language writes them, the rest as it is."""
    if name in _DAYS:
        return day_words(value, language)
    return number_words(float(value), language) if name in _SUMS else value


def facts_words(names: Iterable[str], language: str = DEFAULT) -> str:
    """Facts to collect, in words."""
    return "; ".join(say(language, ALARM_FACTS.get(name, name)) for name in names)


def rehearsal_plain(found: Rehearsal) -> Plain:
    """A rehearsal with its score, its gap, its checklists and its cheapest steps."""
    return {
        "scale": {
            "id": found.scale.id,
            "source": found.scale.source,
            "note": dict(found.scale.note),
        },
        "answered": found.answered,
        "indicators": len(found.items),
        "score_percent": percent(found.score),
        "needed_percent": percent(found.needed),
        "gap_percent": percent(found.gap),
        "unproven": list(found.unproven),
        "items": [
            {
                "indicator": one.indicator.id,
                "section": one.indicator.section,
                "name": dict(one.indicator.name),
                "points": tidy(one.points),
                "maximum": tidy(one.maximum),
                "evidence": one.evidence,
                "silver": one.silver,
                "cites": cites_plain(one.indicator.cites),
            }
            for one in found.items
        ],
        "steps": [
            {
                "indicator": one.indicator,
                "points": tidy(one.points),
                "effort": one.effort,
                "adds_percent": percent(one.adds),
            }
            for one in found.steps
        ],
        "paths": [
            {
                "label": one.label,
                "met": one.met,
                "findings": [finding_plain(finding) for finding in one.findings],
            }
            for one in found.paths
        ],
    }


def percent(share: Decimal) -> float:
    """A share in per cent, for people: rounded.

    >>> percent(Decimal("0.25143"))
    25.1
    """
    return round(float(share * 100), PERCENT_DIGITS)
