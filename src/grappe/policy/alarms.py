"""Sustainability alarms: what may stop a cluster from lasting, each with its reason and citations.

An alarm is raised, not raised, or it cannot be told. Our own lack of data never raises one: what is not
known, or known only by facts older than `STALE_MONTHS`, gives "cannot tell" and names what to collect.
The study does not set these thresholds: they are the editors', and can be passed as arguments.
"""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from urllib.parse import urlsplit

from grappe.policy.cite import Cite, cite_of
from grappe.policy.indicators import Counted, growth
from grappe.policy.months import add_months

STALE_MONTHS = 24
"""Months after which a fact no longer tells how a cluster stands today."""
WARNING_MONTHS = 12
"""Months before the end of a contract in which its renewal should be under way."""
SILENT_DAYS = 90
"""Days after which a question that a cluster left unanswered counts as silence."""


class AlarmRule(StrEnum):
    """The alarms, a sentence each in `grappe.present.alarm_words`."""

    DONOR_ONLY = "donor_only"  # all known money comes from donors
    CONTRACT_ENDING = "contract_ending"  # the contract ends, or ended, and no renewal was granted
    NO_FACILITATOR = "no_facilitator"  # nobody facilitates
    HOST_DEPENDENT = "host_dependent"  # neither a budget nor a website apart from the host's
    SILENT = "silent"  # asked, and did not answer
    SHRINKING = "shrinking"  # fewer members than before


BASIS: Mapping[AlarmRule, tuple[Cite, ...]] = {
    rule: tuple(cite for text in texts if (cite := cite_of(text)))
    for rule, texts in {
        AlarmRule.DONOR_ONLY: ("l. 798", "l. 827"),
        AlarmRule.CONTRACT_ENDING: ("l. 377", "l. 392", "l. 798"),
        AlarmRule.NO_FACILITATOR: ("l. 315", "l. 798"),
        AlarmRule.HOST_DEPENDENT: (),
        AlarmRule.SILENT: (),
        AlarmRule.SHRINKING: ("l. 382",),
    }.items()
}
"""Lines of the study that make each matter; total over `AlarmRule`. Silence and the host have
none: these two rules are the editors' own."""


@dataclass(frozen=True, slots=True)
class Known:
    """A fact with the day it speaks of and where it stands."""

    value: object
    as_of: date
    cites: tuple[Cite, ...] = ()


@dataclass(frozen=True, slots=True)
class ContractEnd:
    """How the contract of a cluster ends: its last day is the one before `end`."""

    contract: str
    end: date
    over: bool
    renewed: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A question put to a cluster, such as a report due on a day; `answered` is None as long as it is not."""

    what: str
    asked: date
    answered: date | None


@dataclass(frozen=True, slots=True)
class ClusterFacts:
    """What is known of a cluster; what is left out is unknown, never no.

    Attributes
    ----------
    incomes : money of the latest period told in full, by origin (``own_income``, ``public_income``,
        ``donor_income``), or nothing
    other_funding : a fact that shows money which is not a donor's, such as a contract with a state
    contracts : every contract known
    facilitator : True if somebody facilitates, False if a source says that nobody does
    website, host_website : addresses
    hosted : whether a source names a host; whose address may be unknown
    own_budget : whether it has a budget apart from its host's
    spoken : the latest fact that comes from the cluster itself
    questions : what it was asked
    members : dated counts of its members
    """

    incomes: Known | None = None
    other_funding: Known | None = None
    contracts: tuple[ContractEnd, ...] = ()
    facilitator: Known | None = None
    website: Known | None = None
    host_website: Known | None = None
    hosted: bool = False
    own_budget: Known | None = None
    spoken: Known | None = None
    questions: tuple[Question, ...] = ()
    members: tuple[Counted, ...] = ()


@dataclass(frozen=True, slots=True)
class Alarm:
    """The answer of one alarm; `reason` is a code that `grappe.present` words with `params`."""

    rule: AlarmRule
    raised: bool | None
    reason: str
    params: Mapping[str, str] = field(default_factory=dict)
    cites: tuple[Cite, ...] = ()
    missing: tuple[str, ...] = ()


def alarms(facts: ClusterFacts, on: date) -> tuple[Alarm, ...]:
    """Every alarm of a cluster on a day, in the order of `AlarmRule`.

    Examples
    --------
    >>> [one.raised for one in alarms(ClusterFacts(), date(2019, 3, 1))]
    [None, None, None, None, None, None]
    """
    return (
        donor_only(facts, on),
        contract_ending(facts, on),
        no_facilitator(facts, on),
        host_dependent(facts, on),
        silent(facts, on),
        shrinking(facts, on),
    )


def fresh(day: date, on: date) -> bool:
    """Whether a fact of a day still tells how things stand; one of the future does not.

    >>> fresh(date(2017, 3, 1), date(2019, 3, 1)), fresh(date(2017, 2, 28), date(2019, 3, 1))
    (True, False)
    """
    return day <= on <= add_months(day, STALE_MONTHS)


def donor_only(facts: ClusterFacts, on: date) -> Alarm:
    """Whether all the money of a cluster comes from donors.

    Raised only by accounts that name every origin: a list of donors alone never proves that there is
    no other money.
    """
    rule = AlarmRule.DONOR_ONLY
    incomes = facts.incomes
    if incomes is not None and fresh(incomes.as_of, on) and isinstance(incomes.value, Mapping):
        told = {str(name): Decimal(str(value)) for name, value in incomes.value.items()}
        absent = tuple(n for n in ("own_income", "public_income", "donor_income") if n not in told)
        other = told.get("own_income", Decimal()) + told.get("public_income", Decimal())
        if other > 0:
            return _no(rule, "other_money", incomes.cites, other=str(other))
        if not absent and told["donor_income"] > 0:
            return _yes(rule, "donor_money_only", incomes.cites, donor=str(told["donor_income"]))
        return _cannot(rule, absent or ("incomes",), incomes.cites)
    if facts.other_funding is not None and fresh(facts.other_funding.as_of, on):
        what = str(facts.other_funding.value)
        return _no(rule, "other_funding", facts.other_funding.cites, what=what)
    return _cannot(rule, ("incomes",))


def contract_ending(facts: ClusterFacts, on: date) -> Alarm:
    """Whether the contract of a cluster ends within `WARNING_MONTHS`, or ended, without a renewal."""
    rule = AlarmRule.CONTRACT_ENDING
    if not facts.contracts:
        return _cannot(rule, ("contract",))
    last = max(facts.contracts, key=lambda one: (not one.over, one.end))
    params = {"contract": last.contract, "end": last.end.isoformat()}
    if last.over or last.end <= on:
        return _yes(rule, "contract_over", (), **params)
    if last.end <= add_months(on, WARNING_MONTHS) and not last.renewed:
        return _yes(rule, "contract_ends_soon", (), **params)
    return _no(rule, "contract_goes_on", (), **params)


def no_facilitator(facts: ClusterFacts, on: date) -> Alarm:
    """Whether a source says that nobody facilitates a cluster; that none is named says nothing."""
    rule = AlarmRule.NO_FACILITATOR
    known = facts.facilitator
    if known is None:
        return _cannot(rule, ("facilitator",))
    if not fresh(known.as_of, on):
        return _cannot(rule, ("recent_facilitator",), known.cites)
    if known.value:
        return _no(rule, "facilitated", known.cites, on=known.as_of.isoformat())
    return _yes(rule, "not_facilitated", known.cites, on=known.as_of.isoformat())


def host_dependent(facts: ClusterFacts, on: date) -> Alarm:
    """Whether a cluster has neither a budget nor a website apart from its host's.

    One of the two suffices to stand alone. A website under the host's address is the host's.
    """
    rule = AlarmRule.HOST_DEPENDENT
    site, budget = _own_site(facts, on), _recent(facts.own_budget, on)
    cites = tuple(
        cite
        for one in (facts.website, facts.host_website, facts.own_budget)
        if one is not None
        for cite in one.cites
    )
    if site:
        return _no(rule, "own_website", cites)
    if budget:
        return _no(rule, "own_budget", cites)
    if site is False and budget is False:
        return _yes(rule, "host_only", cites)
    address = "host_website" if facts.website is not None else "website"
    missing = tuple(name for name, told in ((address, site), ("own_budget", budget)) if told is None)
    return _cannot(rule, missing, cites)


def silent(facts: ClusterFacts, on: date) -> Alarm:
    """Whether a cluster was asked, and said nothing since within `SILENT_DAYS`.

    A sheet that nobody renewed is no silence: it may be us who did not ask.
    """
    rule = AlarmRule.SILENT
    spoken = facts.spoken
    words = [spoken.as_of] if spoken is not None and spoken.as_of <= on else []
    words += [one.answered for one in facts.questions if one.answered is not None and one.answered <= on]
    last = max(words, default=date.min)
    late = [
        one
        for one in facts.questions
        if one.answered is None and fresh(one.asked, on) and (on - one.asked).days > SILENT_DAYS
        if one.asked > last
    ]
    if late:
        oldest = min(late, key=lambda one: one.asked)
        return _yes(rule, "no_answer", what=oldest.what, asked=oldest.asked.isoformat())
    if words and fresh(last, on):
        return _no(rule, "spoke", spoken.cites if spoken else (), on=last.isoformat())
    return _cannot(rule, ("recent_fact",), spoken.cites if spoken else ())


def shrinking(facts: ClusterFacts, on: date) -> Alarm:
    """Whether the last count of members is surely below the one before it."""
    rule = AlarmRule.SHRINKING
    known = sorted((one for one in facts.members if one.on.first <= on), key=lambda one: one.on.first)
    pairs = [pair for pair in itertools.pairwise(known) if not pair[0].on.meets(pair[1].on)]
    if not pairs:
        return _cannot(rule, ("second_count",), known[-1].cites if known else ())
    before, last = pairs[-1]
    if not fresh(date.fromordinal(last.on.end.toordinal() - 1), on) and not fresh(last.on.first, on):
        return _cannot(rule, ("recent_count",), (*before.cites, *last.cites))
    change = growth([before, last])
    params = {"before": _number(before), "last": _number(last), "since": before.on.text, "on": last.on.text}
    if change.low is None or change.high is None:
        return _cannot(rule, change.missing, change.cites)
    if change.high < 0:
        return _yes(rule, "fewer_members", change.cites, **params)
    if change.low >= 0:
        return _no(rule, "not_fewer_members", change.cites, **params)
    return _cannot(rule, ("exact_count",), change.cites)


def _own_site(facts: ClusterFacts, on: date) -> bool | None:
    """Whether the website is the cluster's own; an address needs not be recent to have been its own."""
    if facts.website is None:
        return None
    if not facts.website.value:
        return False if fresh(facts.website.as_of, on) else None
    if facts.host_website is None:
        return None if facts.hosted else True
    return _domain(str(facts.website.value)) != _domain(str(facts.host_website.value))


def _recent(known: Known | None, on: date) -> bool | None:
    return bool(known.value) if known is not None and fresh(known.as_of, on) else None


def _domain(address: str) -> str:
    text = address if "//" in address else f"//{address}"
    return (urlsplit(text).hostname or "").removeprefix("www.")


def _number(count: Counted) -> str:
    low, high = count.number.low, count.number.high
    return f"{low:g}" if low == high else f"{low:g}-{high:g}"


def _yes(rule: AlarmRule, reason: str, cites: Sequence[Cite] = (), **params: str) -> Alarm:
    return Alarm(rule, True, reason, params, _with_basis(rule, cites))


def _no(rule: AlarmRule, reason: str, cites: Sequence[Cite] = (), **params: str) -> Alarm:
    return Alarm(rule, False, reason, params, _with_basis(rule, cites))


def _cannot(rule: AlarmRule, missing: Sequence[str], cites: Sequence[Cite] = ()) -> Alarm:
    return Alarm(rule, None, "cannot_tell", {}, _with_basis(rule, cites), tuple(missing))


def _with_basis(rule: AlarmRule, cites: Sequence[Cite]) -> tuple[Cite, ...]:
    return tuple(dict.fromkeys((*BASIS[rule], *cites)))
