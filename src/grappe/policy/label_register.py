"""Labels: the seven kinds that the study names, each with its giver, its receiver, its right."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from grappe.domain.errors import Refused
from grappe.domain.roles import Capability, Scope, ScopeKind
from grappe.domain.transitions import total
from grappe.policy.cite import Cite, cite_of


class Receiver(StrEnum):
    """What kind of thing receives a label."""

    CLUSTER = "cluster"
    PROJECT = "project"
    STARTUP = "startup"


class Giver(StrEnum):
    """What kind of body gives a label."""

    AUTHORITY = "authority"  # a ministry, a fund, a European initiative
    CLUSTER = "cluster"


class LabelKind(StrEnum):
    """The seven kinds."""

    INDUSTRY_MINISTRY = "industry_ministry"
    AGRICULTURE_MINISTRY = "agriculture_ministry"
    GUARANTEE_FUND = "guarantee_fund"
    CLUSTER_PROJECT = "cluster_project"
    CLUSTER_STARTUP = "cluster_startup"
    STARTUP_ACT = "startup_act"
    EUROPEAN_EXCELLENCE = "european_excellence"


@dataclass(frozen=True, slots=True)
class LabelRule:
    """Who gives a kind of label to what, and what right it brings.

    `authority` is the giver's entity in the census, where one body alone gives it; `scheme` the scheme
    that sets its rules; `right` a code that `grappe.present` words.
    """

    giver: Giver
    receiver: Receiver
    right: str
    cites: tuple[Cite, ...]
    authority: str | None = None
    country: str | None = None
    scheme: str | None = None


def _lines(*texts: str) -> tuple[Cite, ...]:
    return tuple(cite for text in texts if (cite := cite_of(text)))


LABEL_RULES: Mapping[LabelKind, LabelRule] = {
    LabelKind.INDUSTRY_MINISTRY: LabelRule(
        Giver.AUTHORITY,
        Receiver.CLUSTER,
        "programme_contract",
        _lines("l. 365", "l. 438", "l. 917"),
        "ma-ministry-industry",
        "MA",
        "ma-contract-programme",
    ),
    LabelKind.AGRICULTURE_MINISTRY: LabelRule(
        Giver.AUTHORITY,
        Receiver.CLUSTER,
        "agri_food_contract",
        _lines("l. 438", "l. 1256"),
        "ma-ministry-agriculture",
        "MA",
        "ma-agri-food-contract",
    ),
    LabelKind.GUARANTEE_FUND: LabelRule(
        Giver.AUTHORITY, Receiver.CLUSTER, "fund_startups", _lines("l. 394"), "ma-ccg", "MA"
    ),
    LabelKind.CLUSTER_PROJECT: LabelRule(
        Giver.CLUSTER, Receiver.PROJECT, "name_of_cluster", _lines("l. 1162")
    ),
    LabelKind.CLUSTER_STARTUP: LabelRule(
        Giver.CLUSTER, Receiver.STARTUP, "cluster_support", _lines("l. 1149", "l. 394", "l. 402")
    ),
    LabelKind.STARTUP_ACT: LabelRule(
        Giver.AUTHORITY,
        Receiver.STARTUP,
        "tax_and_finance",
        _lines("l. 835"),
        None,
        "TN",
        "tn-startup-act",
    ),
    LabelKind.EUROPEAN_EXCELLENCE: LabelRule(
        Giver.AUTHORITY,
        Receiver.CLUSTER,
        "recognised_management",
        _lines("l. 954"),
        None,
        None,
        "eu-excellence-bronze",
    ),
}
"""The table: total over `LabelKind`, as a test holds."""


class LabelState(StrEnum):
    """Where a label stands on a day."""

    COMING = "coming"  # granted, its first day lies ahead
    HELD = "held"
    ENDED = "ended"


LABEL_MOVES = total(
    {
        LabelState.COMING: frozenset({LabelState.HELD, LabelState.ENDED}),
        LabelState.HELD: frozenset({LabelState.ENDED}),
        LabelState.ENDED: frozenset(),
    },
    LabelState,
)
"""States that may follow each state of a label; they follow from its days."""


def label_state(start: date, end: date | None, on: date) -> LabelState:
    """Where a label stands on a day; `end` is the first day without it.

    >>> str(label_state(date(2019, 1, 1), date(2021, 1, 1), date(2021, 1, 1)))
    'ended'
    """
    if end is not None and end <= on:
        return LabelState.ENDED
    return LabelState.COMING if on < start else LabelState.HELD


def right_to_give(giver: Giver, id: str, country: str) -> tuple[Capability, Scope]:
    """What somebody must hold to act for the giver of a label: an authority's decisions, a cluster's word.

    >>> capability, scope = right_to_give(Giver.CLUSTER, "ma-ce3m", "MA")
    >>> str(capability), str(scope)
    ('speak_for_cluster', 'cluster ma-ce3m')
    """
    if giver is Giver.AUTHORITY:
        return Capability.DECIDE_CALL, Scope(ScopeKind.COUNTRY, country)
    return Capability.SPEAK_FOR_CLUSTER, Scope(ScopeKind.CLUSTER, id)


def check_label(
    kind: LabelKind, giver: Giver, receiver: Receiver, country: str, start: date, end: date | None
) -> None:
    """Refuse a label whose giver, receiver, country or days are not those of its kind.

    Raises
    ------
    Refused
        With the rule and its citation.
    """
    rule = LABEL_RULES[kind]
    cites = ", ".join(one.short for one in rule.cites)
    if giver is not rule.giver or receiver is not rule.receiver:
        raise Refused(
            "label_of_another_kind",
            label=kind,
            giver=giver,
            receiver=receiver,
            accepted=f"{rule.giver} → {rule.receiver}",
            cites=cites,
        )
    if rule.country is not None and country != rule.country:
        raise Refused(
            "label_of_another_country", label=kind, country=country, accepted=rule.country, cites=cites
        )
    if end is not None and end <= start:
        raise Refused("label_ends_before", start=start, end=end)


@dataclass(frozen=True, slots=True)
class Standing:
    """How an authority has received a cluster, as a dated source says."""

    authority: str
    standing: str
    cites: tuple[Cite, ...] = ()


RECEIVED = frozenset({"contracted", "labelled", "selected"})
AWAITING = "awaiting_label"


@dataclass(frozen=True, slots=True)
class TwoAuthorities:
    """Contracted, labelled or selected under one authority while awaiting another's label."""

    received_by: str
    standing: str
    awaits: str
    cites: tuple[Cite, ...]


def awaiting_another(standings: Iterable[Standing]) -> tuple[TwoAuthorities, ...]:
    """Where a cluster has one authority's contract or label and awaits another's.

    Examples
    --------
    >>> told = [Standing("ministry-a", "selected"), Standing("ministry-b", "awaiting_label")]
    >>> [(one.received_by, one.awaits) for one in awaiting_another(told)]
    [('ministry-a', 'ministry-b')]
    """
    known = list(standings)
    return tuple(
        TwoAuthorities(
            one.authority,
            one.standing,
            other.authority,
            tuple(dict.fromkeys((*one.cites, *other.cites))),
        )
        for one in known
        for other in known
        if one.standing in RECEIVED and other.standing == AWAITING and one.authority != other.authority
    )
