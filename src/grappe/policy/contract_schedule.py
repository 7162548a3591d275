"""The schedule of a contract: its phases with their days, amounts, conditions and citations."""

import dataclasses
import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from grappe.domain.errors import BadChoice, Refused
from grappe.policy.cite import Cite
from grappe.policy.conditions import evaluate
from grappe.policy.finding import PARAMETER, Finding
from grappe.policy.months import add_months
from grappe.policy.profile import Profile
from grappe.policy.scheme import Amount, Phase, Reading, Scheme


@dataclass(frozen=True, slots=True)
class Instalment:
    """A year of a degressive phase with its part of the amount; the end is the first day after."""

    start: date
    end: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class ScheduledPhase:
    """A phase of a contract; `end` is the first day after it.

    `months`, `end` and `amount` are None where the source leaves them open and nobody has assumed
    them; a finding among `conditions` then names the parameter. `instalments` are known only where
    the amount and the shape of the degression are assumed.
    """

    phase: str
    start: date | None
    end: date | None
    months: int | None
    amount: Decimal | None
    currency: str | None
    degressive: bool
    conditions: tuple[Finding, ...]
    cites: tuple[Cite, ...]
    basis: str | None = None
    instalments: tuple[Instalment, ...] = ()


def reading_of(scheme: Scheme, id: str | None = None) -> Reading:
    """A reading of the phases of a scheme, the default one unless another is named.

    Raises
    ------
    Refused
        If the scheme has no phases.
    BadChoice
        If it has no such reading.
    """
    if not scheme.readings:
        raise Refused("no_phases", scheme=scheme.id)
    known = {one.id: one for one in scheme.readings}
    if id is not None and id not in known:
        raise BadChoice(name="reading", value=id, accepted=", ".join(known))
    return known[id] if id else scheme.readings[0]


def contract_schedule(
    scheme: Scheme,
    start: date,
    *,
    renewals: int = 0,
    profile: Profile | None = None,
    reading: str | None = None,
) -> tuple[ScheduledPhase, ...]:
    """Phases of a contract that starts on a day, the first and as many renewals as asked.

    Every day is counted from the start of the contract, so that a contract begun on the 31st does not
    drift. An amount is the one in force on the first day of its phase. Where the source does not say
    whether the later rule was already in force on that day, the earlier one is kept and a finding
    says so.

    Parameters
    ----------
    scheme : with phases; parameters assumed beforehand by `Scheme.assuming`
    start : first day of the contract
    renewals : how many renewals, zero or more
    profile : facts that conditions of renewal look at, such as ``audit``
    reading : which reading of the source; by default the first

    Returns
    -------
    tuple of ScheduledPhase
        Without gap and without overlap: each starts on the end of the one before.

    Raises
    ------
    BadChoice
        If the reading has not that many renewals, or no such reading exists.
    Refused
        If the scheme has no phases, was surely not in force on that day, or a condition of a renewal
        is not met.
    """
    chosen = reading_of(scheme, reading)
    last = len(chosen.phases) - 1
    if not 0 <= renewals <= last:
        accepted = ", ".join(str(n) for n in range(last + 1))
        raise BadChoice(name="renewals", value=renewals, accepted=accepted)
    in_force = scheme.holds(start)
    if in_force is False:
        raise Refused("not_in_force", scheme=scheme.id, on=start, cites=_shorts(scheme.cites))
    first = () if in_force else (Finding("in_force", None, start.isoformat(), cites=scheme.cites),)
    found: list[ScheduledPhase] = []
    day: date | None = start
    passed: int | None = 0
    for phase in chosen.phases[: renewals + 1]:
        months = _months(scheme, phase)
        passed = None if passed is None or months is None else passed + months
        end = add_months(start, passed) if passed is not None else None
        scheduled = _scheduled(scheme, phase, day, end, months, profile or {})
        if not found:
            scheduled = dataclasses.replace(scheduled, conditions=first + scheduled.conditions)
        found.append(scheduled)
        day = end
    return tuple(found)


def _scheduled(
    scheme: Scheme, phase: Phase, start: date | None, end: date | None, months: int | None, profile: Profile
) -> ScheduledPhase:
    on = start or date.max
    conditions = [
        evaluate(one, profile, on, scheme.parameters)
        for one in phase.conditions
        if scheme.holds(on, one.validity) is not False
    ]
    for finding in conditions:
        if finding.met is False:
            raise Refused(
                "renewal_not_allowed",
                phase=phase.id,
                rule=finding.rule,
                seen=finding.seen,
                needed=", ".join(finding.needed) if isinstance(finding.needed, tuple) else finding.needed,
                cites=_shorts(finding.cites),
            )
    if months is None:
        conditions.append(_open("months", phase.months_parameter, phase.cites))
    amount, sure = _amount_on(scheme, phase, start)
    value = _value(scheme, amount)
    if amount is not None and not sure:
        boundary = amount.validity.end or amount.validity.start
        conditions.append(_open("amount_in_force", boundary.parameter if boundary else None, amount.cites))
    if amount is not None and value is None:
        conditions.append(_open("amount", amount.parameter, amount.cites))
    shares = scheme.parameters[phase.degression].value if phase.degression else None
    if phase.degressive and not isinstance(shares, tuple):
        conditions.append(_open("degression", phase.degression, phase.cites))
    return ScheduledPhase(
        phase=phase.id,
        start=start,
        end=end,
        months=months,
        amount=value,
        currency=amount.currency if amount else None,
        degressive=phase.degressive,
        conditions=tuple(conditions),
        cites=tuple(dict.fromkeys((*phase.cites, *(amount.cites if amount else ())))),
        basis=amount.basis if amount else None,
        instalments=_instalments(start, end, value, shares if isinstance(shares, tuple) else ()),
    )


def _months(scheme: Scheme, phase: Phase) -> int | None:
    if phase.months is not None:
        return phase.months
    value = scheme.parameters[phase.months_parameter].value if phase.months_parameter else None
    return int(value) if isinstance(value, Decimal) else None


def _amount_on(scheme: Scheme, phase: Phase, start: date | None) -> tuple[Amount | None, bool]:
    """The amount in force on a day, and whether that is sure: else the earliest that may hold."""
    if start is None:
        only = phase.amounts[0] if len(phase.amounts) == 1 else None
        return only, True
    holding = [(one, scheme.holds(start, one.validity)) for one in phase.amounts]
    for wanted in (True, None):
        for amount, holds in holding:
            if holds is wanted:
                return amount, wanted is True
    return None, True


def _value(scheme: Scheme, amount: Amount | None) -> Decimal | None:
    if amount is None or amount.value is not None:
        return amount.value if amount else None
    assumed = scheme.parameters[amount.parameter].value if amount.parameter else None
    return assumed if isinstance(assumed, Decimal) else None


def _instalments(
    start: date | None, end: date | None, amount: Decimal | None, shares: tuple[object, ...]
) -> tuple[Instalment, ...]:
    """Yearly parts of an amount by the shares assumed; none if they do not fit the years of the phase."""
    parts = [share for share in shares if isinstance(share, Decimal)]
    if start is None or end is None or amount is None or not parts:
        return ()
    days = [add_months(start, 12 * year) for year in range(len(parts))] + [end]
    if any(later <= earlier for earlier, later in itertools.pairwise(days)):
        return ()
    return tuple(Instalment(days[n], days[n + 1], amount * share) for n, share in enumerate(parts))


def _open(rule: str, parameter: str | None, cites: tuple[Cite, ...]) -> Finding:
    return Finding(rule, None, cites=cites, missing=(f"{PARAMETER}{parameter}",))


def _shorts(cites: Iterable[Cite]) -> str:
    return ", ".join(cite.short for cite in cites)
