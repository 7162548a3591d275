"""Eligibility: the conditions of a scheme asked of an applicant's profile on a day."""

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from grappe.domain.dates import PartialDate, is_date
from grappe.domain.errors import BadChoice, UnknownThing
from grappe.policy.conditions import evaluate
from grappe.policy.finding import Finding, all_met
from grappe.policy.parameter_values import assumptions
from grappe.policy.profile import Profile
from grappe.policy.scheme import AREAS, Condition, ConditionKind, Scheme, Waiver
from grappe.policy.scheme_nodes import decimal_of


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Answer of a scheme to an applicant.

    Attributes
    ----------
    scheme : id of the scheme
    on : day of the question
    met : yes, no, or None where it cannot be told
    findings : one per condition, in the order of the scheme; those of waivers last
    waived : conditions that a waiver does away with
    unless : waivers that would do away with every unmet condition, if they were shown
    missing : facts to collect, and parameters to name, before it can be told
    """

    scheme: str
    on: date
    met: bool | None
    findings: tuple[Finding, ...]
    waived: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def eligible(
    scheme: Scheme, profile: Profile, on: date, changed: Mapping[str, str] | None = None
) -> Eligibility:
    """Whether an applicant meets the conditions of a scheme on a day.

    One condition that is not met decides; then one that cannot be told does. A condition out of force
    on that day is not asked. A waiver counts only once it is shown, as it is an exception.

    Parameters
    ----------
    scheme : as published, or with parameters assumed
    profile : known facts of the applicant
    on : day of the question
    changed : thresholds and parameters to change for the question, such as ``{"members.min": "10"}``

    Raises
    ------
    UnknownThing
        If `changed` names no threshold or parameter of the scheme.
    BadChoice
        If a changed value has the wrong form.

    Examples
    --------
    >>> from grappe.policy import scheme
    >>> from grappe.policy.profile import Fact
    >>> answer = eligible(scheme("eu-collaboration-platform"), {"members": Fact(14)}, date(2019, 3, 31))
    >>> answer.met, [one.seen for one in answer.findings if one.rule == "members"]
    (False, [14])
    >>> eligible(
    ...     scheme("eu-collaboration-platform"),
    ...     {"members": Fact(14)},
    ...     date(2019, 3, 31),
    ...     {"members.min": "10"},
    ... ).met is None
    True
    """
    asked = with_changes(scheme, changed or {})
    findings = list(_frame(asked, profile, on))
    for condition in asked.conditions:
        holds = asked.holds(on, condition.validity)
        if holds is not False:
            found = evaluate(condition, profile, on, asked.parameters)
            # What may not be in force excludes nobody.
            unsure = holds is None and found.met is False
            findings.append(dataclasses.replace(found, met=None) if unsure else found)
    waivers = [(one, evaluate(one.condition, profile, on, asked.parameters)) for one in asked.waivers]
    waived = {id for waiver, found in waivers if found.met for id in waiver.waives}
    counted = [one for one in findings if one.rule not in waived]
    met = all_met(one.met for one in counted)
    unmet = {one.rule for one in counted if one.met is False}
    unless = _unless(waivers, unmet)
    shown = [one for one in counted if one.met is None] + [
        found for waiver, found in waivers if found.met is None and waiver.condition.id in unless
    ]
    return Eligibility(
        scheme=asked.id,
        on=on,
        met=met,
        findings=(*findings, *(found for _, found in waivers)),
        waived=tuple(one.rule for one in findings if one.rule in waived),
        unless=unless,
        missing=tuple(dict.fromkeys(name for one in shown for name in one.missing)),
    )


def thresholds(scheme: Scheme) -> dict[str, Condition]:
    """Conditions of a scheme whose threshold can be changed, by the name of the threshold.

    Examples
    --------
    >>> from grappe.policy import scheme
    >>> "members.min" in thresholds(scheme("eu-collaboration-platform"))
    True
    """
    fixed = (ConditionKind.FLAG, ConditionKind.ANY_OF)
    return {one.key: one for one in scheme.all_conditions() if one.kind not in fixed}


def with_changes(scheme: Scheme, changed: Mapping[str, str]) -> Scheme:
    """The scheme with changed thresholds and assumed parameters, for a question.

    A threshold is named ``condition.kind`` (``members.min``), a parameter by its id. Codes are parted
    by commas; the closing day of a window is a day.

    Raises
    ------
    UnknownThing
        If there is no such threshold or parameter.
    BadChoice
        If a value has the wrong form.
    """
    known = thresholds(scheme)
    new: dict[str, Condition] = {}
    assumed: dict[str, str] = {}
    for name, text in changed.items():
        if name in known:
            new[known[name].id] = _changed(known[name], name, text)
        elif name in scheme.parameters:
            assumed[name] = text
        else:
            accepted = ", ".join((*known, *scheme.parameters))
            raise UnknownThing("unknown_threshold", id=name, scheme=scheme.id, accepted=accepted)
    if not changed:
        return scheme
    return dataclasses.replace(
        scheme.assuming(assumptions(scheme, assumed)),
        conditions=tuple(_replaced(one, new) for one in scheme.conditions),
        waivers=tuple(
            dataclasses.replace(one, condition=_replaced(one.condition, new)) for one in scheme.waivers
        ),
    )


def _frame(scheme: Scheme, profile: Profile, on: date) -> Iterable[Finding]:
    """What every scheme asks: to be in force, and an applicant of its country and of a kind it receives."""
    yield Finding("in_force", scheme.holds(on), on.isoformat(), cites=scheme.cites)
    kind = profile.get("kind")
    yield Finding(
        "receiver",
        None if kind is None else kind.value in scheme.receivers,
        str(kind.value) if kind else None,
        scheme.receivers,
        cites=scheme.cites,
        missing=() if kind else ("kind",),
    )
    if scheme.country in AREAS:
        return
    country = profile.get("country")
    yield Finding(
        "country",
        None if country is None else country.value == scheme.country,
        str(country.value) if country else None,
        scheme.country,
        cites=(*scheme.cites, *(country.cites if country else ())),
        missing=() if country else ("country",),
    )


def _unless(waivers: Iterable[tuple[Waiver, Finding]], unmet: set[str]) -> tuple[str, ...]:
    """Waivers not shown, which together would do away with every unmet condition."""
    open_ = [(one.condition.id, set(one.waives) & unmet) for one, found in waivers if found.met is None]
    useful = [(id, away) for id, away in open_ if away]
    together: set[str] = set().union(*(away for _, away in useful))
    return tuple(id for id, _ in useful) if unmet and together == unmet else ()


def _changed(condition: Condition, name: str, text: str) -> Condition:
    match condition.kind:
        case ConditionKind.MIN | ConditionKind.MAX:
            number = decimal_of(text.strip())
            if number is None:
                raise BadChoice(name=name, value=text, accepted="0, 10, 0.5…")
            return dataclasses.replace(condition, needed=number, parameter=None)
        case ConditionKind.WINDOW:
            if not is_date(text):
                raise BadChoice(name=name, value=text, accepted="YYYY, YYYY-MM, YYYY-MM-DD")
            return dataclasses.replace(condition, closes=PartialDate(text))
    codes = tuple(part.strip() for part in text.split(",") if part.strip())
    if not codes:
        raise BadChoice(name=name, value=text, accepted="code,code…")
    return dataclasses.replace(condition, needed=codes, parameter=None)


def _replaced(condition: Condition, new: Mapping[str, Condition]) -> Condition:
    ways = tuple(new.get(way.id, way) for way in condition.ways)
    return dataclasses.replace(new.get(condition.id, condition), ways=ways)
