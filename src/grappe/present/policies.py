"""Schemes, findings, schedules and answers of eligibility as plain dicts: what JSON and pages show."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from math import isinf
from typing import Any

from grappe.domain.dates import PartialDate
from grappe.domain.interval import Interval
from grappe.policy.cite import Cite
from grappe.policy.contract_schedule import ScheduledPhase
from grappe.policy.eligibility import Eligibility
from grappe.policy.finding import Finding
from grappe.policy.indicators import compare
from grappe.policy.scheme import (
    Amount,
    Boundary,
    Condition,
    Indicator,
    IndicatorSet,
    Parameter,
    Phase,
    Scheme,
    Validity,
)
from grappe.policy.what_if import Change, WhatIf
from grappe.present.plain import Plain

SCHEDULE_KEYS = (
    "phase", "start", "end", "months", "amount", "currency", "degressive", "conditions", "cites",
)  # fmt: skip
"""Keys of a phase in a schedule, in order."""


def exact(value: Decimal | None) -> int | str | None:
    """An exact number: a whole one as such, any other as text, so that no digit is lost.

    Examples
    --------
    >>> exact(Decimal("2000000")), exact(Decimal("1250000.50")), exact(None)
    (2000000, '1250000.50', None)
    """
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else str(value)


def cites_plain(cites: Iterable[Cite]) -> list[str]:
    """Citations in short: ``l. 377``, a title with its article, a title."""
    return [cite.short for cite in cites]


def cite_plain(cite: Cite) -> Plain:
    """A citation with what leads to it."""
    found = {
        "kind": str(cite.kind),
        "short": cite.short,
        "source": cite.source,
        "lines": list(cite.lines) or None,
        "statement": cite.statement,
        "title": cite.title,
        "article": cite.article,
        "href": cite.href,
        "published": cite.published,
    }
    return {key: value for key, value in found.items() if value is not None}


def finding_plain(finding: Finding) -> Plain:
    """A finding: rule, met, seen, needed, unit, cites, missing, and its parts if it has some."""
    found: Plain = {
        "rule": finding.rule,
        "met": finding.met,
        "seen": value_plain(finding.seen),
        "needed": value_plain(finding.needed),
        "unit": finding.unit,
        "cites": cites_plain(finding.cites),
        "missing": list(finding.missing),
    }
    if finding.parts:
        found["parts"] = [finding_plain(part) for part in finding.parts]
    return found


def value_plain(value: Any) -> Any:
    """A value of a rule or parameter: numbers exact, an interval as its bounds, codes as a list."""
    match value:
        case Interval():
            return {"low": value.low, "high": None if isinf(value.high) else value.high}
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case PartialDate():
            return value.text
        case tuple():
            return [value_plain(part) for part in value]
        case float() if value.is_integer():
            return int(value)
    return value


def schedule_plain(phases: Iterable[ScheduledPhase]) -> list[Plain]:
    """Phases of a contract, with the keys of `SCHEDULE_KEYS`; ends are the first day after."""
    return [
        {
            "phase": one.phase,
            "start": one.start.isoformat() if one.start else None,
            "end": one.end.isoformat() if one.end else None,
            "months": one.months,
            "amount": exact(one.amount),
            "currency": one.currency,
            "degressive": one.degressive,
            "conditions": [finding_plain(finding) for finding in one.conditions],
            "cites": cites_plain(one.cites),
        }
        for one in phases
    ]


def eligibility_plain(applicant: str, name: str | None, answer: Eligibility) -> Plain:
    """The answer of a scheme to one applicant."""
    return {
        "cluster": applicant,
        "name": name,
        "met": answer.met,
        "findings": [finding_plain(one) for one in answer.findings],
        "waived": list(answer.waived),
        "unless": list(answer.unless),
        "missing": list(answer.missing),
    }


def what_if_plain(answer: WhatIf, names: Mapping[str, str | None]) -> Plain:
    """Who enters, who leaves, and whose findings changed."""
    return {
        "enters": [_change(one, names) for one in answer.enters],
        "leaves": [_change(one, names) for one in answer.leaves],
        "moved": [_change(one, names) for one in answer.moved],
    }


def scheme_line(scheme: Scheme) -> Plain:
    """A scheme in a list."""
    return {
        "id": scheme.id,
        "country": scheme.country,
        "kind": scheme.kind,
        "name": dict(scheme.name),
        "authority": dict(scheme.authority),
        "receivers": list(scheme.receivers),
        "status": scheme.status,
        "valid_from": _boundary(scheme.validity.start),
        "valid_to": _boundary(scheme.validity.end),
        "last_checked": scheme.last_checked.text,
        "not_given": [one.id for one in scheme.open_parameters()],
        "cites": cites_plain(scheme.cites),
    }


def scheme_plain(scheme: Scheme) -> Plain:
    """Everything that is said of a scheme, each item with its citations."""
    return scheme_line(scheme) | {
        "cites": [cite_plain(one) for one in scheme.cites],
        "summary": dict(scheme.summary) if scheme.summary else None,
        "instruments": list(scheme.instruments),
        "parent": scheme.parent,
        "parameters": [_parameter(one) for one in scheme.parameters.values()],
        "conditions": [_condition(one) for one in scheme.conditions],
        "waivers": [_condition(one.condition) | {"waives": list(one.waives)} for one in scheme.waivers],
        "readings": [
            {
                "id": one.id,
                "name": dict(one.name),
                "note": dict(one.note) if one.note else None,
                "phases": [_phase(phase) for phase in one.phases],
                "cites": [cite_plain(cite) for cite in one.cites],
            }
            for one in scheme.readings
        ],
        "indicator_sets": [_indicator_set(one) for one in scheme.indicator_sets],
        "comparisons": [
            {
                "before": before.version,
                "after": after.version,
                "indicators": {id: str(found) for id, found in compare(before, after).items()},
            }
            for before, after in zip(scheme.indicator_sets, scheme.indicator_sets[1:], strict=False)
        ],
        "commitments": [_named(one) | {"side": one.side} for one in scheme.commitments],
        "steps": [_named(one) | {"actor": one.actor} for one in scheme.steps],
        "documents": [_named(one) for one in scheme.documents],
        "figures": [_named(one) | {"value": exact(one.value), "unit": one.unit} for one in scheme.figures],
    }


def _change(change: Change, names: Mapping[str, str | None]) -> Plain:
    return {
        "cluster": change.applicant,
        "name": names.get(change.applicant),
        "before": change.before.met,
        "after": change.after.met,
        "passes": list(change.passes),
        "fails": list(change.fails),
        "missing": list(change.after.missing),
    }


def _boundary(boundary: Boundary | None) -> str | Plain | None:
    if boundary is None:
        return None
    return boundary.printed.text if boundary.printed else {"parameter": boundary.parameter}


def _validity(validity: Validity) -> Plain:
    return {"valid_from": _boundary(validity.start), "valid_to": _boundary(validity.end)}


def _named(item: Any) -> Plain:
    return {"id": item.id, "name": dict(item.name), "cites": [cite_plain(one) for one in item.cites]}


def _parameter(parameter: Parameter) -> Plain:
    return _named(parameter) | {
        "type": str(parameter.type),
        "source": str(parameter.source),
        "value": exact(parameter.value)
        if isinstance(parameter.value, Decimal)
        else value_plain(parameter.value),
        "unit": parameter.unit,
        "not_before": parameter.not_before.text if parameter.not_before else None,
        "not_after": parameter.not_after.text if parameter.not_after else None,
        "choices": list(parameter.choices),
        "note": dict(parameter.note) if parameter.note else None,
    }


def _condition(condition: Condition) -> Plain:
    found = _named(condition) | {
        "kind": str(condition.kind),
        "threshold": condition.key,
        "field": condition.field,
        "needed": value_plain(condition.needed),
        "parameter": condition.parameter,
        "unit": condition.unit,
        "opens": condition.opens.text if condition.opens else None,
        "closes": condition.closes.text if condition.closes else None,
        "note": dict(condition.note) if condition.note else None,
        **_validity(condition.validity),
    }
    if condition.ways:
        found["ways"] = [_condition(way) for way in condition.ways]
    return found


def _phase(phase: Phase) -> Plain:
    return _named(phase) | {
        "months": phase.months,
        "months_parameter": phase.months_parameter,
        "degressive": phase.degressive,
        "degression": phase.degression,
        "amounts": [_amount(one) for one in phase.amounts],
        "conditions": [_condition(one) for one in phase.conditions],
    }


def _amount(amount: Amount) -> Plain:
    return {
        "value": exact(amount.value),
        "currency": amount.currency,
        "basis": amount.basis,
        "parameter": amount.parameter,
        "cites": [cite_plain(one) for one in amount.cites],
        **_validity(amount.validity),
    }


def _indicator_set(one: IndicatorSet) -> Plain:
    return {
        "version": one.version,
        "name": dict(one.name),
        "count": one.count,
        "note": dict(one.note) if one.note else None,
        "indicators": [_indicator(indicator) for indicator in one.indicators],
        "cites": [cite_plain(cite) for cite in one.cites],
        **_validity(one.validity),
    }


def _indicator(one: Indicator) -> Plain:
    return _named(one) | {
        "definition": dict(one.definition) if one.definition else None,
        "unit": one.unit,
        "formula": one.formula,
        "proof": dict(one.proof) if one.proof else None,
        "frequency": one.frequency,
        "section": one.section,
        "also": list(one.also),
    }
