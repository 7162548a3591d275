"""What a panel decides on applications, and what it cannot decide."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from grappe.domain.errors import Problem
from grappe.domain.vocabulary import LANGUAGES
from grappe.policy.call_states import ApplicationState
from grappe.policy.cite import Cite

VERDICTS = (ApplicationState.SELECTED, ApplicationState.RESERVE, ApplicationState.REJECTED)
"""What a panel can decide on an application that was admitted."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the panel decides on one application; the amount is for those selected."""

    state: ApplicationState
    reasons: str
    amount: Decimal | None = None
    language: str = "fr"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a call sets to its decisions; none of them need be set.

    Attributes
    ----------
    cap : Decimal or None
        Most that one application may get, with the text that says so.
    budget : Decimal or None
        Most that is granted in all.
    threshold : Fraction or None
        Score below which nobody is selected.
    """

    cap: Decimal | None = None
    cap_cites: tuple[Cite, ...] = ()
    budget: Decimal | None = None
    threshold: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Examined:
    """An application before the panel: its name, what it asks for, its score if anybody gave one."""

    id: str
    name: str
    asked: Decimal | None
    score: Fraction | None


def grant_problems(one: Examined, amount: Decimal | None, limits: Limits) -> list[Problem]:
    """What forbids to select an application with an amount, the budget apart.

    Parameters
    ----------
    one : Examined
    amount : Decimal or None
    limits : Limits

    Returns
    -------
    list of Problem
        Of code ``amount_missing``, ``amount_over_cap``, ``amount_over_asked`` or ``below_threshold``.

    Examples
    --------
    >>> oak = Examined("a", "Oak", Decimal(500), Fraction(7))
    >>> [one.code for one in grant_problems(oak, Decimal(600), Limits(cap=Decimal(550)))]
    ['amount_over_cap', 'amount_over_asked']
    >>> [one.code for one in grant_problems(oak, Decimal(0), Limits(threshold=Fraction(8)))]
    ['amount_missing', 'below_threshold']
    """
    found: list[Problem] = []

    def say(code: str, field: str, value: object = None, **params: object) -> None:
        shown = None if value is None else str(value)
        told = {key: str(given) for key, given in params.items()}
        found.append(Problem(code, one.name, field=field, value=shown, params=told))

    if amount is None or amount <= 0:
        say("amount_missing", "amount", amount)
    else:
        if limits.cap is not None and amount > limits.cap:
            cites = ", ".join(cite.short for cite in limits.cap_cites)
            say("amount_over_cap", "amount", amount, cap=limits.cap, cites=cites)
        if one.asked is not None and amount > one.asked:
            say("amount_over_asked", "amount", amount, asked=one.asked)
    if limits.threshold is not None and one.score is not None and one.score < limits.threshold:
        say("below_threshold", "verdict", float(one.score), threshold=float(limits.threshold))
    return found


def verdict_problems(
    call: str, limits: Limits, examined: Iterable[Examined], verdicts: Mapping[str, Verdict]
) -> list[Problem]:
    """Everything wrong with the verdicts of a panel on the applications before it.

    Parameters
    ----------
    call : str
        What a sum above the budget names as its place.
    limits : Limits
    examined : iterable of Examined
    verdicts : mapping of application to Verdict

    Returns
    -------
    list of Problem
        Those of `grant_problems`, and ``verdict_on_none``, ``verdict_missing``, ``reasons_missing``,
        ``call_language``, ``budget_exceeded``.

    Examples
    --------
    >>> oak = Examined("a", "Oak", Decimal(500), Fraction(7))
    >>> given = {"a": Verdict(ApplicationState.SELECTED, " ", Decimal(500))}
    >>> [one.code for one in verdict_problems("call", Limits(budget=Decimal(400)), [oak], given)]
    ['reasons_missing', 'budget_exceeded']
    """
    there = list(examined)
    found = [
        Problem("verdict_on_none", id, field="verdict")
        for id in sorted(verdicts.keys() - {one.id for one in there})
    ]
    spent = Decimal()
    for one in there:
        verdict = verdicts.get(one.id)
        if verdict is None or verdict.state not in VERDICTS:
            accepted = ", ".join(VERDICTS)
            found.append(Problem("verdict_missing", one.name, field="verdict", params={"accepted": accepted}))
            continue
        if not verdict.reasons.strip():
            found.append(Problem("reasons_missing", one.name, field="reasons"))
        if verdict.language not in LANGUAGES:
            accepted = ", ".join(LANGUAGES)
            params, spoken = {"accepted": accepted}, verdict.language
            found.append(Problem("call_language", one.name, field="language", value=spoken, params=params))
        if verdict.state is ApplicationState.SELECTED:
            found += grant_problems(one, verdict.amount, limits)
            spent += verdict.amount or Decimal()
    if limits.budget is not None and spent > limits.budget:
        params = {"budget": str(limits.budget)}
        found.append(Problem("budget_exceeded", call, field="amount", value=str(spent), params=params))
    return found
