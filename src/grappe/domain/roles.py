"""Roles and what each of them may do: one total table, read by every desk.

A person holds **grants**: a role over one thing (a cluster, a country, an event, a call), or everywhere.
A deed needs a **capability** over the things it touches. The table `ROLES` says which role has which.
Nothing here knows a database: grants come in as values.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from grappe.domain.errors import BadChoice, Forbidden, Refused


class Role(StrEnum):
    """What a person is here for."""

    ANALYST = "analyst"
    """Collects facts with their sources and writes the next edition."""
    MANAGER = "manager"
    """Speaks for one cluster."""
    OFFICER = "officer"
    """Runs calls and follows contracts for a state, in one country or everywhere."""
    REVIEWER = "reviewer"
    """Gives an opinion on applications, of one call or of all."""
    ORGANISER = "organiser"
    """Runs matchmaking events, one or all."""
    PARTICIPANT = "participant"
    """Takes part in one event for a body that need not be a cluster: a firm, a laboratory, a buyer."""
    ADMINISTRATOR = "administrator"
    """Opens accounts, gives roles, erases personal data; decides nothing of what the observatory says."""


class Capability(StrEnum):
    """One thing that a role may do."""

    ENTER_FACTS = "enter_facts"
    """Enter statements with their sources; they are proposed until decided on."""
    DECIDE_FACTS = "decide_facts"
    """Accept, reject and prefer statements."""
    REDACT = "redact"
    """Erase personal data."""
    SEE_SIGNALS = "see_signals"
    """See signals of potential clusters that no witness has confirmed."""
    SPEAK_FOR_CLUSTER = "speak_for_cluster"
    """Correct the sheet of a cluster, state its offers and needs, answer a ruling."""
    TAKE_PART = "take_part"
    """Register for an event, wish for meetings, accept, decline and report them."""
    RUN_EVENT = "run_event"
    """Create an event, open its registration, schedule it, publish and change its agenda."""
    RUN_CALL = "run_call"
    """Open and close a call for proposals, appoint its reviewers."""
    APPLY = "apply"
    """Submit an application to a call."""
    REVIEW = "review"
    """Give an opinion on an application."""
    DECIDE_CALL = "decide_call"
    """Decide which applications are selected."""
    SIGN = "sign"
    """Sign a contract: the officer for the state, the manager for the cluster."""
    REPORT = "report"
    """Report the indicators of a contract, with their proofs."""
    FOLLOW_CONTRACTS = "follow_contracts"
    """See scoreboard and alarms of a contract."""
    INVITE = "invite"
    """Invite somebody to a role that one's own role gives."""
    MANAGE_ACCOUNTS = "manage_accounts"
    """See who has an account with which address; open accounts, end roles."""


class ScopeKind(StrEnum):
    """What a role can be held over."""

    CLUSTER = "cluster"
    COUNTRY = "country"
    EVENT = "event"
    CALL = "call"


@dataclass(frozen=True, slots=True)
class Scope:
    """One thing that a role is held over, or that a deed touches: ``Scope(ScopeKind.CLUSTER, "ma-ce3m")``.

    Raises
    ------
    ValueError
        If the id is empty: everywhere is no scope.
    """

    kind: ScopeKind
    id: str

    def __post_init__(self) -> None:
        if not self.id:
            raise ValueError("a scope needs an id; everywhere is the absence of a scope.")

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


@dataclass(frozen=True, slots=True)
class RoleRule:
    """What a role may do, what it is held over, and which roles it gives.

    `scope` is the kind of thing that a grant of this role can be narrowed to, none if it never is;
    `everywhere` tells whether it can also be held without scope. `gives` are the roles that its
    holder may invite others to, within the holder's own scope.
    """

    may: frozenset[Capability]
    scope: ScopeKind | None
    everywhere: bool
    gives: frozenset[Role] = frozenset()


_C = Capability

ROLES: Mapping[Role, RoleRule] = MappingProxyType(
    {
        Role.ANALYST: RoleRule(
            frozenset({_C.ENTER_FACTS, _C.DECIDE_FACTS, _C.SEE_SIGNALS}),
            ScopeKind.COUNTRY,
            everywhere=True,
        ),
        Role.MANAGER: RoleRule(
            frozenset(
                {
                    _C.ENTER_FACTS,
                    _C.SPEAK_FOR_CLUSTER,
                    _C.TAKE_PART,
                    _C.APPLY,
                    _C.SIGN,
                    _C.REPORT,
                    _C.FOLLOW_CONTRACTS,
                }
            ),
            ScopeKind.CLUSTER,
            everywhere=False,
        ),
        Role.OFFICER: RoleRule(
            frozenset({_C.RUN_CALL, _C.DECIDE_CALL, _C.SIGN, _C.FOLLOW_CONTRACTS, _C.INVITE}),
            ScopeKind.COUNTRY,
            everywhere=True,
            gives=frozenset({Role.MANAGER, Role.REVIEWER}),
        ),
        Role.REVIEWER: RoleRule(frozenset({_C.REVIEW}), ScopeKind.CALL, everywhere=True),
        Role.ORGANISER: RoleRule(
            frozenset({_C.RUN_EVENT, _C.INVITE}),
            ScopeKind.EVENT,
            everywhere=True,
            gives=frozenset({Role.PARTICIPANT}),
        ),
        Role.PARTICIPANT: RoleRule(frozenset({_C.TAKE_PART}), ScopeKind.EVENT, everywhere=False),
        Role.ADMINISTRATOR: RoleRule(
            frozenset({_C.MANAGE_ACCOUNTS, _C.INVITE, _C.REDACT}),
            None,
            everywhere=True,
            gives=frozenset(Role),
        ),
    }
)
"""The table: total over `Role`. A role that it does not name has no right at all."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A role held by a person over one thing, or everywhere when `scope` is empty."""

    role: Role
    scope: str = ""

    def covers(self, scopes: Iterable[Scope]) -> bool:
        """Tell whether the grant reaches one of the things, narrow or wide, that a deed touches."""
        return not self.scope or Scope(_kind(self.role), self.scope) in tuple(scopes)


OPERATOR: tuple[Grant, ...] = tuple(Grant(role) for role in Role)
"""What the operator of the machine holds: whoever owns the database file may do everything."""


def may(grants: Iterable[Grant], capability: Capability, *scopes: Scope) -> bool:
    """Tell whether one of the grants allows a deed.

    Parameters
    ----------
    grants
        What the person holds now; ended grants are left out.
    capability
        What the deed needs.
    scopes
        The things that the deed touches, from narrow to wide: a cluster and its country. Reaching
        one of them is enough. Without any, only a grant held everywhere will do.

    Examples
    --------
    >>> held = [Grant(Role.OFFICER, "MA")]
    >>> cluster, country = Scope(ScopeKind.CLUSTER, "ma-ce3m"), Scope(ScopeKind.COUNTRY, "MA")
    >>> may(held, Capability.SIGN, cluster, country), may(held, Capability.SIGN)
    (True, False)
    """
    return allowing(grants, capability, *scopes) is not None


def allowing(grants: Iterable[Grant], capability: Capability, *scopes: Scope) -> Grant | None:
    """The grant that allows a deed, the first in the order given; nothing if none does."""
    held = (grant for grant in grants if capability in ROLES[grant.role].may)
    return next((grant for grant in held if grant.covers(scopes)), None)


def may_somewhere(grants: Iterable[Grant], capability: Capability) -> bool:
    """Tell whether the capability is held over anything at all: whether a desk is shown to a person."""
    return any(capability in ROLES[grant.role].may for grant in grants)


def check_may(grants: Iterable[Grant], capability: Capability, *scopes: Scope) -> None:
    """Refuse a deed that no grant allows; the twin of `may`.

    Raises
    ------
    Forbidden
        With the roles that have the capability (``may_not``), or, if one of them is held over
        something else, with what the deed touches (``may_not_here``).
    """
    held = tuple(grants)
    if may(held, capability, *scopes):
        return
    check_may_somewhere(held, capability)
    raise Forbidden("may_not_here", capability=capability, scope=scopes[0].id if scopes else "")


def check_may_somewhere(grants: Iterable[Grant], capability: Capability) -> None:
    """Refuse a desk to somebody who holds the capability over nothing; the twin of `may_somewhere`.

    Raises
    ------
    Forbidden
        With the roles that have the capability.
    """
    if not may_somewhere(grants, capability):
        raise Forbidden("may_not", capability=capability, duties=", ".join(having(capability)))


def having(capability: Capability) -> tuple[Role, ...]:
    """Roles that have a capability, in the order of `Role`.

    >>> [str(role) for role in having(Capability.SIGN)]
    ['manager', 'officer']
    """
    return tuple(role for role in Role if capability in ROLES[role].may)


def role_of(text: str) -> Role:
    """A role by its code.

    Raises
    ------
    BadChoice
        If there is no such role.
    """
    if text not in tuple(Role):
        raise BadChoice(name="role", value=text, accepted=", ".join(Role))
    return Role(text)


def scope_of(role: Role, id: str) -> Scope | None:
    """What a grant of a role over `id` reaches; nothing when it is held everywhere.

    Raises
    ------
    Refused
        If the role is never narrowed (``role_without_scope``), or always is (``role_needs_scope``).
    """
    rule = ROLES[role]
    if id and rule.scope is None:
        raise Refused("role_without_scope", duty=role)
    if not id and not rule.everywhere:
        raise Refused("role_needs_scope", duty=role, kind=_kind(role))
    return Scope(_kind(role), id) if id else None


def may_give(grants: Iterable[Grant], role: Role, *scopes: Scope) -> bool:
    """Tell whether one of the grants gives a role over the things named, or everywhere if none is.

    >>> officer = [Grant(Role.OFFICER, "MA")]
    >>> may_give(officer, Role.MANAGER, Scope(ScopeKind.CLUSTER, "tn-2ts"), Scope(ScopeKind.COUNTRY, "TN"))
    False
    """
    return any(role in ROLES[grant.role].gives and grant.covers(scopes) for grant in grants)


def check_may_give(grants: Iterable[Grant], role: Role, *scopes: Scope) -> None:
    """Refuse to give a role that none of the grants gives; the twin of `may_give`.

    Raises
    ------
    Forbidden
        With the role, what it would be held over, and the roles that give it.
    """
    if may_give(grants, role, *scopes):
        return
    givers = [giver for giver in Role if role in ROLES[giver].gives]
    raise Forbidden("may_not_give", duty=role, scope=scopes[0].id if scopes else "", duties=", ".join(givers))


def _kind(role: Role) -> ScopeKind:
    kind = ROLES[role].scope
    if kind is None:
        raise ValueError(f"{role} is never held over one thing.")
    return kind
