"""Who acts for which side of a contract, and who may read which of its parts."""

from collections.abc import Iterable
from enum import StrEnum

from grappe.domain.errors import Forbidden
from grappe.domain.roles import Capability, Grant, Role, Scope, ScopeKind, check_may, may
from grappe.policy.lateness import Side


class Clause(StrEnum):
    """What a contract says of its publication."""

    PRIVATE = "private"  # cluster and funder alone; the default
    RESULTS = "results"  # everybody reads the scoreboard
    ALL = "all"  # everybody reads terms, reports and payments as well


class Part(StrEnum):
    """A part of what is known of a contract."""

    EXISTENCE = "existence"  # that there is one: its parties, scheme, days and state
    SCOREBOARD = "scoreboard"  # commitments of both sides against results, rounded
    TERMS = "terms"  # amounts, tranches, targets
    REPORTS = "reports"  # what the cluster reported, audits, renewals
    FILES = "files"  # proofs, drafts, reasons of officers: never public


PUBLISHED = {
    Clause.PRIVATE: frozenset({Part.EXISTENCE}),
    Clause.RESULTS: frozenset({Part.EXISTENCE, Part.SCOREBOARD}),
    Clause.ALL: frozenset({Part.EXISTENCE, Part.SCOREBOARD, Part.TERMS, Part.REPORTS}),
}
"""Parts that everybody reads under each clause; total over `Clause`."""

_SIDES = {Side.STATE: Role.OFFICER, Side.BENEFICIARY: Role.MANAGER}


def scopes_of(side: Side, cluster: str | None, country: str) -> tuple[Scope, ...]:
    """What a deed of a side touches: the country for the state, the cluster for the cluster."""
    if side is Side.STATE:
        return (Scope(ScopeKind.COUNTRY, country),)
    return (Scope(ScopeKind.CLUSTER, cluster),) if cluster else ()


def check_acts_for(
    side: Side, grants: Iterable[Grant], capability: Capability, cluster: str | None, country: str
) -> None:
    """Refuse somebody who does not act for a side of a contract.

    Only the role of that side counts: an officer of all countries does not sign for a cluster.

    Raises
    ------
    Forbidden
        With what is lacking.
    """
    held = tuple(grants)
    role = _SIDES[side]
    of_side = [one for one in held if one.role is role]
    if not of_side and may(held, capability, *scopes_of(side, cluster, country)):
        raise Forbidden("other_side", capability=capability, duty=role)
    check_may(of_side, capability, *scopes_of(side, cluster, country))


def parts_for(grants: Iterable[Grant], cluster: str | None, country: str, clause: Clause) -> frozenset[Part]:
    """Parts of a contract that somebody may read.

    Cluster and funder read everything; everybody else what the publication clause says.

    Examples
    --------
    >>> officer = [Grant(Role.OFFICER, "MA")]
    >>> sorted(str(one) for one in parts_for(officer, "ma-oak", "TN", Clause.RESULTS))
    ['existence', 'scoreboard']
    >>> Part.FILES in parts_for(officer, "ma-oak", "MA", Clause.PRIVATE)
    True
    """
    held = tuple(grants)
    for side, role in _SIDES.items():
        of_side = [one for one in held if one.role is role]
        if may(of_side, Capability.FOLLOW_CONTRACTS, *scopes_of(side, cluster, country)):
            return frozenset(Part)
    return PUBLISHED[clause]
