"""Rehearsal of the European excellence label: where a cluster stands on its three different paths.

Gold asks for a share of the points on 31 indicators; bronze and silver are other paths, with checklists of
their own. A rehearsal is a cluster's own assessment and binds nobody. The point scale of the label is not
public: another one can be given, and every answer names the one that was used.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from grappe.domain.errors import Problem
from grappe.policy.conditions import evaluate
from grappe.policy.finding import Finding, all_met
from grappe.policy.label_scale import PointScale
from grappe.policy.profile import Fact, Profile
from grappe.policy.scheme import Condition, Indicator, Scheme

SILVER = "eu-excellence-silver"
"""Scheme that an indicator of the gold list names where the silver audit uses it as well."""


COMPUTED = ("score", "indicators_assessed")
"""Facts of the checklists that follow from the answers on the indicators."""


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """A cluster's answer on one indicator: points on the scale, and what shows it."""

    points: Decimal
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class AssessedIndicator:
    """An indicator with its answer; `points` is None where there is none, and then it counts as zero.

    `weighed` are the points times their weight; `silver` tells whether the silver audit looks at it too.
    """

    indicator: Indicator
    points: Decimal | None
    maximum: Decimal
    weighed: Decimal
    weighed_maximum: Decimal
    evidence: str
    silver: bool


@dataclass(frozen=True, slots=True)
class NextStep:
    """A step towards gold: one indicator brought to its maximum, what it adds, what it costs."""

    indicator: str
    points: Decimal
    effort: int
    adds: Decimal


@dataclass(frozen=True, slots=True)
class Path:
    """A checklist: met, not met, or it cannot be told."""

    label: str
    met: bool | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """Where a cluster stands.

    `score` is a share of the highest score, `needed` what gold asks for, `gap` what is lacking (zero
    or more). `unproven` are answers above zero without evidence: they count, and are marked.
    """

    scale: PointScale
    items: tuple[AssessedIndicator, ...]
    answered: int
    score: Decimal
    needed: Decimal
    gap: Decimal
    unproven: tuple[str, ...]
    steps: tuple[NextStep, ...]
    paths: tuple[Path, ...]


def rehearsal(
    answers: Mapping[str, OwnAnswer],
    facts: Profile,
    *,
    bronze: Scheme,
    silver: Scheme,
    gold: Scheme,
    scale: PointScale,
    on: date,
) -> Rehearsal:
    """Score, gap to gold, the checklists, and the cheapest steps that would close the gap.

    Parameters
    ----------
    answers : by id of indicator; one left out counts as zero and is said to be unanswered
    facts : for the checklists: ``benchmark_interviews``, ``platform_profile`` and so on
    bronze, silver, gold : the three schemes
    scale : how points count
    on : day of the rehearsal

    Returns
    -------
    Rehearsal
        The steps are taken greedily by points per effort until the gap is closed; ties keep the order
        of the list. That is cheap advice, not an optimum.

    Raises
    ------
    ValueError
        If the gold scheme has no list of indicators or no score.
    """
    listed = gold.indicator_sets[0].indicators if gold.indicator_sets else ()
    condition = next((one for one in gold.conditions if one.field == "score"), None)
    if not listed or condition is None or not isinstance(condition.needed, Decimal):
        raise ValueError(f"{gold.id} has no indicators or no score.")
    items = tuple(_item(one, answers.get(one.id), scale) for one in listed)
    most = sum((one.weighed_maximum for one in items), Decimal())
    reached = sum((one.weighed for one in items), Decimal())
    score, needed = reached / most, condition.needed / 100
    told: dict[str, Fact] = {
        "score": Fact(float(score * 100)),
        "indicators_assessed": Fact(sum(one.points is not None for one in items)),
        **facts,
    }
    return Rehearsal(
        scale=scale,
        items=items,
        answered=sum(one.points is not None for one in items),
        score=score,
        needed=needed,
        gap=max(Decimal(), needed - score),
        unproven=tuple(one.indicator.id for one in items if one.points and not one.evidence.strip()),
        steps=_steps(items, scale, needed * most - reached, most),
        paths=tuple(_path(one, told, on) for one in (bronze, silver, gold)),
    )


def answer_problems(
    answers: Mapping[str, OwnAnswer], gold: Scheme, scale: PointScale, subject: str
) -> list[Problem]:
    """Everything wrong with the answers: points of no indicator, below zero, above the maximum."""
    known = {one.id for sets in gold.indicator_sets for one in sets.indicators}
    problems: list[Problem] = []
    for id, answer in answers.items():
        points = answer.points
        if id not in known:
            params = {"accepted": ", ".join(sorted(known))}
            problems.append(Problem("no_such_indicator", subject, field="answers", value=id, params=params))
        elif not points.is_finite():
            problems.append(Problem("value_no_number", subject, field=id, value=str(points)))
        elif points < 0:
            problems.append(Problem("value_negative", subject, field=id, value=str(points)))
        elif points > scale.line(id).maximum:
            params = {"most": str(scale.line(id).maximum), "scale": scale.id}
            problems.append(
                Problem("points_over_maximum", subject, field=id, value=str(points), params=params)
            )
    return problems


def asked_facts(*paths: Scheme) -> tuple[Condition, ...]:
    """What the checklists ask beside the indicators: one condition per fact, in the order of the paths."""
    found: dict[str, Condition] = {}
    for scheme in paths:
        for one in scheme.conditions:
            if one.field and one.field not in COMPUTED:
                found.setdefault(one.field, one)
    return tuple(found.values())


def fact_problems(facts: Mapping[str, bool | int], asked: Iterable[Condition], subject: str) -> list[Problem]:
    """Everything wrong with the facts of the checklists: one that nobody asks for, a count below zero."""
    known = {str(one.field) for one in asked}
    problems: list[Problem] = []
    for name, value in facts.items():
        if name not in known:
            params = {"accepted": ", ".join(sorted(known))}
            problems.append(Problem("no_such_fact", subject, field="facts", value=name, params=params))
        elif value < 0:
            problems.append(Problem("value_negative", subject, field=name, value=str(value)))
    return problems


def _item(indicator: Indicator, answer: OwnAnswer | None, scale: PointScale) -> AssessedIndicator:
    line = scale.line(indicator.id)
    points = answer.points if answer else None
    return AssessedIndicator(
        indicator=indicator,
        points=points,
        maximum=line.maximum,
        # Weights are of the indicator as a whole, whatever its number of levels.
        weighed=(points or Decimal()) / line.maximum * line.weight,
        weighed_maximum=line.weight,
        evidence=answer.evidence if answer else "",
        silver=SILVER in indicator.also,
    )


def _steps(
    items: tuple[AssessedIndicator, ...], scale: PointScale, lacking: Decimal, most: Decimal
) -> tuple[NextStep, ...]:
    open_ = []
    for one in items:
        line = scale.line(one.indicator.id)
        missing = line.maximum - (one.points or Decimal())
        if missing > 0:
            gain = one.weighed_maximum - one.weighed
            open_.append((gain / (missing * line.effort), gain, missing, line.effort, one.indicator.id))
    chosen: list[NextStep] = []
    for _, gain, missing, effort, id in sorted(open_, key=lambda one: -one[0]):
        if lacking <= 0:
            break
        chosen.append(NextStep(id, missing, effort, gain / most))
        lacking -= gain
    return tuple(chosen)


def _path(scheme: Scheme, facts: Profile, on: date) -> Path:
    findings = tuple(
        evaluate(one, facts, on, scheme.parameters)
        for one in scheme.conditions
        if scheme.holds(on, one.validity) is not False
    )
    return Path(scheme.id, all_met(one.met for one in findings), findings)
