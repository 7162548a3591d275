"""Collaborative projects and start-ups that a cluster supports: their closed lists and what is refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from grappe.domain.errors import Problem
from grappe.domain.transitions import total
from grappe.policy.cite import Cite, cite_of


class Stage(StrEnum):
    """Where a collaborative project stands."""

    IDEA = "idea"
    ASSEMBLED = "assembled"  # partners found, the file is written
    LABELLED = "labelled"  # by the cluster
    SUBMITTED = "submitted"  # to a funder's call
    FUNDED = "funded"
    UNDER_WAY = "under_way"
    DONE = "done"
    DROPPED = "dropped"


_S = Stage
STAGE_MOVES = total(
    {
        _S.IDEA: frozenset({_S.ASSEMBLED, _S.DROPPED}),
        # Not every cluster labels its projects, and not every project is answered by a funder's call.
        _S.ASSEMBLED: frozenset({_S.LABELLED, _S.SUBMITTED, _S.FUNDED, _S.UNDER_WAY, _S.DROPPED}),
        _S.LABELLED: frozenset({_S.SUBMITTED, _S.FUNDED, _S.UNDER_WAY, _S.DROPPED}),
        # A project that a funder turned down is assembled anew.
        _S.SUBMITTED: frozenset({_S.FUNDED, _S.ASSEMBLED, _S.DROPPED}),
        _S.FUNDED: frozenset({_S.UNDER_WAY, _S.DROPPED}),
        _S.UNDER_WAY: frozenset({_S.DONE, _S.DROPPED}),
        _S.DONE: frozenset(),
        _S.DROPPED: frozenset(),
    },
    Stage,
)
"""Stages that may follow each stage of a project."""


class Dimension(StrEnum):
    """The three kinds of support to start-ups that the study tells apart (l. 404-406)."""

    INNOVATION = "innovation"
    FINANCE = "finance"
    COMMERCIAL = "commercial"


SUPPORT_STEPS: Mapping[Dimension, tuple[str, ...]] = {
    Dimension.INNOVATION: ("diagnosis", "technologies", "application_file", "project_management"),
    Dimension.FINANCE: ("suitable_finance", "market_places"),
    Dimension.COMMERCIAL: ("fairs", "networking", "order_of_large_group"),
}
"""Steps of the support pathway, by dimension; total over `Dimension`."""

SUPPORT_CITES: tuple[Cite, ...] = tuple(
    cite for text in ("l. 394", "l. 402", "l. 404", "l. 405", "l. 406") if (cite := cite_of(text))
)

BENEFITS: Mapping[str, tuple[Cite, ...]] = {
    "startup_act": tuple(cite for text in ("l. 835",) if (cite := cite_of(text))),
    "guarantee_fund": tuple(cite for text in ("l. 394",) if (cite := cite_of(text))),
}
"""Benefits of a scheme that a start-up can have: the Startup Act, funds by way of the guarantee fund."""


@dataclass(frozen=True, slots=True)
class ProjectContent:
    """What is said of a collaborative project: the money of its funder is a second stream, beside the
    money of a contract.
    """

    title: str
    lead: str
    partners: tuple[str, ...]
    stage: Stage
    laboratory: str = ""
    funder: str = ""
    label: str = ""
    amount: Decimal | None = None
    currency: str = ""
    result: str = ""
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class SupportStep:
    """A step of support: which, when, what came of it."""

    step: str
    on: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class CaseContent:
    """What is said of the support that a cluster gives a start-up."""

    startup: str
    steps: tuple[SupportStep, ...] = ()
    fairs: tuple[str, ...] = ()
    sought: Decimal | None = None
    obtained: Decimal | None = None
    currency: str = ""
    funder: str = ""
    benefits: tuple[str, ...] = ()


def project_problems(project: ProjectContent, subject: str) -> list[Problem]:
    """Everything wrong in what is said of a project.

    A collaborative R&D project has two partners or more, or one and a laboratory.
    """
    problems: list[Problem] = []
    if not project.title.strip():
        problems.append(Problem("title_missing", subject, field="title"))
    if not project.lead.strip():
        problems.append(Problem("lead_missing", subject, field="lead"))
    elif project.lead not in project.partners:
        problems.append(Problem("lead_no_partner", subject, field="lead", value=project.lead))
    if len(set(project.partners)) + bool(project.laboratory.strip()) < 2:
        problems.append(Problem("too_few_partners", subject, field="partners"))
    problems += _money(subject, project.currency, amount=project.amount)
    if project.start and project.end and project.end <= project.start:
        problems.append(Problem("ends_before_start", subject, field="end", value=project.end.isoformat()))
    return problems


def case_problems(case: CaseContent, subject: str, on: date) -> list[Problem]:
    """Everything wrong in what is said of a start-up's support."""
    accepted = [step for steps in SUPPORT_STEPS.values() for step in steps]
    problems: list[Problem] = []
    if not case.startup.strip():
        problems.append(Problem("title_missing", subject, field="startup"))
    for one in case.steps:
        if one.step not in accepted:
            params = {"accepted": ", ".join(accepted)}
            problems.append(Problem("no_such_step", subject, field="steps", value=one.step, params=params))
        elif one.on > on:
            problems.append(Problem("step_in_future", subject, field=one.step, value=one.on.isoformat()))
    for benefit in case.benefits:
        if benefit not in BENEFITS:
            params = {"accepted": ", ".join(BENEFITS)}
            problems.append(
                Problem("no_such_benefit", subject, field="benefits", value=benefit, params=params)
            )
    return problems + _money(subject, case.currency, sought=case.sought, obtained=case.obtained)


def _money(subject: str, currency: str, **amounts: Decimal | None) -> list[Problem]:
    given = {name: amount for name, amount in amounts.items() if amount is not None}
    problems = [
        Problem("amount_negative", subject, field=name, value=str(amount))
        for name, amount in given.items()
        if amount < 0
    ]
    if given and not (len(currency) == 3 and currency.isascii() and currency.isupper()):
        problems.append(Problem("currency_missing", subject, field="currency", value=currency or None))
    return problems
