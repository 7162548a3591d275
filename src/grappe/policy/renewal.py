"""Renewal: which phase may follow, by which rule, and what speaks for and against it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from grappe.policy.cite import Cite
from grappe.policy.conditions import evaluate
from grappe.policy.contract_schedule import reading_of
from grappe.policy.finding import Finding, all_met
from grappe.policy.lateness import Kept, Lateness
from grappe.policy.profile import Fact, Profile
from grappe.policy.reported import Against
from grappe.policy.scheme import Phase, Scheme

AUDIT = "audit"
"""Name of the fact that conditions of renewal look at."""


@dataclass(frozen=True, slots=True)
class RenewalFindings:
    """What the scheme says of the next phase, and how the contract went so far.

    `allowed` follows from the rules alone: no if one is not met, None if one cannot be told. The
    `context` never decides: no source says by how much targets must be reached.
    """

    phase: Phase | None
    allowed: bool | None
    rules: tuple[Finding, ...]
    context: tuple[Finding, ...]
    cites: tuple[Cite, ...]


def audit_profile(result: str | None) -> Profile:
    """The result of the latest audit as a fact; nothing as long as there is none."""
    return {AUDIT: Fact(result)} if result is not None else {}


def renewal_findings(
    scheme: Scheme,
    *,
    reading: str | None,
    phases_so_far: int,
    next_start: date,
    audit: str | None,
    against: Iterable[Against] = (),
    reports: Iterable[Lateness] = (),
) -> RenewalFindings:
    """Whether a contract may be renewed, with the rule and its citation.

    Parameters
    ----------
    scheme, reading : whose phases apply
    phases_so_far : how many the contract has had, one or more
    next_start : first day of the phase that would follow
    audit : ``positive`` or ``negative``, the result of the latest audit; None if there is none
    against : results against targets
    reports : how reports that were due were handed in

    Returns
    -------
    RenewalFindings
        Without a phase where the reading has no further one.
    """
    chosen = reading_of(scheme, reading)
    context = (*_results(against), *_reports(reports))
    if phases_so_far >= len(chosen.phases):
        last = Finding("further_phase", False, phases_so_far, len(chosen.phases), "phases", chosen.cites)
        return RenewalFindings(None, False, (last,), context, chosen.cites)
    phase = chosen.phases[phases_so_far]
    rules = tuple(
        evaluate(one, audit_profile(audit), next_start, scheme.parameters)
        for one in phase.conditions
        if scheme.holds(next_start, one.validity) is not False
    )
    further = Finding("further_phase", True, phases_so_far, len(chosen.phases), "phases", chosen.cites)
    return RenewalFindings(phase, all_met(one.met for one in rules), (further, *rules), context, phase.cites)


def _results(against: Iterable[Against]) -> tuple[Finding, ...]:
    told = [one for one in against if one.period > 0]
    if not told:
        return ()
    known = [one.met for one in told if one.met is not None]
    met = all(known) if len(known) == len(told) else None if all(known) else False
    missing = tuple(f"{one.indicator}.{one.period}" for one in told if one.met is None)
    return (Finding("targets_reached", met, sum(known), len(told), "targets", missing=missing),)


def _reports(reports: Iterable[Lateness]) -> tuple[Finding, ...]:
    told = [one.kept for one in reports if one.kept is not Kept.NOT_DUE]
    if not told:
        return ()
    in_time = sum(one is Kept.KEPT for one in told)
    return (Finding("reports_in_time", in_time == len(told), in_time, len(told), "reports"),)
