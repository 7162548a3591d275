"""Schemes and answers as rows of a table on a terminal; pages and JSON show more."""

from collections.abc import Iterable

from grappe.policy.cite import Cite
from grappe.policy.contract_schedule import ScheduledPhase
from grappe.policy.eligibility import Eligibility
from grappe.policy.scheme import Boundary, Parameter, Scheme, Validity
from grappe.policy.what_if import Change
from grappe.present.catalogue import DEFAULT, N_, say
from grappe.present.plain import Plain
from grappe.present.policies import exact, value_plain
from grappe.present.policy_words import BASES, ELIGIBLE, needs_words, rule_name, unit_words
from grappe.present.words import day, number


def answer_row(scheme: Scheme, applicant: str, answer: Eligibility, language: str = DEFAULT) -> Plain:
    """The answer to one applicant: verdict, conditions not met, what is missing."""
    unmet = [one.rule for one in answer.findings if one.met is False and one.rule not in answer.waived]
    return {
        "cluster": applicant,
        "answer": say(language, ELIGIBLE[answer.met]),
        "not_met": [rule_name(scheme, rule, language) for rule in unmet if rule not in _waiving(scheme)],
        "missing": needs_words(scheme, answer.missing, language),
    }


def move_row(scheme: Scheme, change: Change, language: str = DEFAULT) -> Plain:
    """How one applicant moves under changed thresholds."""
    return {
        "cluster": change.applicant,
        "before": say(language, ELIGIBLE[change.before.met]),
        "after": say(language, ELIGIBLE[change.after.met]),
        "passes": [rule_name(scheme, rule, language) for rule in change.passes],
        "fails": [rule_name(scheme, rule, language) for rule in change.fails],
    }


def schedule_rows(scheme: Scheme, phases: Iterable[ScheduledPhase], language: str = DEFAULT) -> list[Plain]:
    """Phases of a contract, a row each; what the source leaves open stands in a column of its own."""
    names = {phase.id: phase.name[language] for reading in scheme.readings for phase in reading.phases}
    return [
        {
            say(language, N_("Phase")): names[one.phase],
            say(language, N_("First day")): one.start.isoformat() if one.start else None,
            say(language, N_("First day after")): one.end.isoformat() if one.end else None,
            say(language, N_("Months")): one.months,
            say(language, N_("Amount")): exact(one.amount),
            say(language, N_("Currency")): one.currency,
            say(language, N_("Basis")): say(language, BASES[one.basis]) if one.basis else None,
            say(language, N_("Degressive")): say(language, N_("yes") if one.degressive else N_("no")),
            say(language, N_("Not given by the source")): needs_words(
                scheme,
                dict.fromkeys(name for finding in one.conditions for name in finding.missing),
                language,
            ),
            say(language, N_("Source")): [cite.short for cite in one.cites],
        }
        for one in phases
    ]


def moves_words(name: str, count: int, language: str = DEFAULT) -> str:
    """Heading of those who enter or leave under changed thresholds."""
    words = N_("Who enters: {n}") if name == "enters" else N_("Who leaves: {n}")
    return say(language, words, n=number(count, language))


def scheme_rows(scheme: Scheme, language: str = DEFAULT) -> list[Plain]:
    """A scheme item by item: part, item, value, citations."""
    rows = [
        _row("scheme", scheme.name[language], validity_words(scheme, scheme.validity, language), scheme.cites)
    ]
    rows += [
        _row("condition", one.name[language], _needed(value_plain(one.needed), one.unit, language), one.cites)
        for one in scheme.all_conditions()
    ]
    for reading in scheme.readings:
        for phase in reading.phases:
            months = say(language, N_("{n} months"), n=phase.months) if phase.months else ""
            rows.append(_row(f"reading {reading.id}", phase.name[language], months, phase.cites))
            rows += [
                _row(
                    f"reading {reading.id}",
                    phase.name[language],
                    f"{exact(one.value) or '—'} {one.currency}, {say(language, BASES[one.basis])}",
                    one.cites,
                )
                for one in phase.amounts
            ]
    for version in scheme.indicator_sets:
        rows.append(
            _row(f"indicators {version.version}", version.name[language], str(version.count), version.cites)
        )
        rows += [
            _row(
                f"indicators {version.version}", one.name[language], unit_words(one.unit, language), one.cites
            )
            for one in version.indicators
        ]
    rows += [
        _row("parameter", one.name[language], parameter_words(one, language), one.cites)
        for one in scheme.parameters.values()
    ]
    for part, items in (
        ("commitment", scheme.commitments),
        ("step", scheme.steps),
        ("document", scheme.documents),
    ):
        rows += [_row(part, one.name[language], "", one.cites) for one in items]
    rows += [
        _row("figure", one.name[language], f"{exact(one.value)} {unit_words(one.unit, language)}", one.cites)
        for one in scheme.figures
    ]
    return rows


def parameter_words(parameter: Parameter, language: str = DEFAULT) -> str:
    """The value of a parameter, with who says it."""
    if parameter.value is None:
        return say(language, N_("not given by the source"))
    value = value_plain(parameter.value)
    text = ", ".join(str(part) for part in value) if isinstance(value, list) else str(value)
    return say(language, N_("{value}, an assumption"), value=text)


def validity_words(scheme: Scheme, validity: Validity, language: str = DEFAULT) -> str:
    """A period in words; a side that is not given names its parameter."""
    start, end = (boundary_words(scheme, side, language) for side in (validity.start, validity.end))
    if start and end:
        return say(language, N_("from {start} until before {end}"), start=start, end=end)
    if start:
        return say(language, N_("from {start}"), start=start)
    return say(language, N_("until before {end}"), end=end) if end else ""


def boundary_words(scheme: Scheme, boundary: Boundary | None, language: str = DEFAULT) -> str:
    """A day in words, or the parameter that names it with the bounds that the source gives."""
    if boundary is None:
        return ""
    if boundary.printed is not None:
        return day(boundary.printed.text, language)
    parameter = scheme.parameters[str(boundary.parameter)]
    if parameter.value is not None:
        return day(str(parameter.value), language)
    if parameter.not_before and parameter.not_after:
        return say(
            language,
            N_("a day not given, between {first} and {last}"),
            first=day(parameter.not_before.text, language),
            last=day(parameter.not_after.text, language),
        )
    return say(language, N_("a day not given"))


def _needed(needed: object, unit: str | None, language: str) -> str:
    text = ", ".join(map(str, needed)) if isinstance(needed, list) else "" if needed is None else str(needed)
    return f"{text} {unit_words(unit, language)}".strip()


def _waiving(scheme: Scheme) -> set[str]:
    return {waiver.condition.id for waiver in scheme.waivers}


def _row(part: str, item: str, value: str, cites: Iterable[Cite]) -> Plain:
    return {"part": part, "item": item, "value": value, "cites": [one.short for one in cites]}
