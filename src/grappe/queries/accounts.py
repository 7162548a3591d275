"""Who has an account, with which roles; who was invited. Addresses are for their owner and administrators."""

from dataclasses import dataclass
from datetime import datetime

from grappe.domain.actor import Actor
from grappe.domain.errors import Refused, SignInNeeded, UnknownThing
from grappe.domain.roles import ROLES, Capability, Grant, Role, Scope, ScopeKind, check_may, scope_of
from grappe.queries.navigation import named
from grappe.store import grants as stored
from grappe.store.invitations import open_invitation
from grappe.store.models import Invitation, RoleGrant, User


@dataclass(frozen=True, slots=True)
class Held:
    """A role as it is shown: its number, what it is held over, since when, given by whom."""

    id: int
    role: Role
    kind: ScopeKind | None
    scope: str
    given_at: datetime
    given_by: str


@dataclass(frozen=True, slots=True)
class Person:
    """An account as its owner and administrators see it."""

    id: int
    name: str
    address: str
    language: str
    active: bool
    last_seen: datetime | None
    roles: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class Door:
    """An invitation that is still open; `account` tells whether its address has one."""

    id: int
    role: Role
    kind: ScopeKind | None
    scope: str
    address: str
    language: str
    invited_by: str
    expires_at: datetime
    account: bool


def grants_of(account: int) -> tuple[Grant, ...]:
    """Roles that an account holds now."""
    return stored.grants_of(account)


def around(scope: Scope | None) -> tuple[Scope, ...]:
    """A thing and what contains it, as rights are asked for: a cluster and its country.

    Raises
    ------
    UnknownThing
        If there is no such cluster, country, event or call.
    """
    return stored.around(scope)


def around_grant(role: Role, scope: str) -> tuple[Scope, ...]:
    """What a grant of a role touches: `around` its scope.

    Raises
    ------
    Refused
        If the role and its scope do not go together.
    UnknownThing
        If the scope names nothing.
    """
    return stored.around(scope_of(role, scope))


def user_of(account: int) -> User:
    """The row of an account, for the session of the faces.

    Raises
    ------
    UnknownThing
        If there is no such account.
    """
    user = User.objects.filter(pk=account).first()
    if user is None:
        raise UnknownThing("unknown_account", id=account)
    return user


def account_at(address: str) -> int:
    """The number of the account of an address, for the operator of the machine.

    Raises
    ------
    UnknownThing
        If the address has no account.
    """
    user = User.objects.filter(username=address.strip().lower()).first()
    if user is None:
        raise UnknownThing("unknown_account", id=address)
    return user.pk


def grant_at(address: str, role: Role, scope: str) -> int:
    """The number of a role that the account of an address holds now, for the operator of the machine.

    Raises
    ------
    UnknownThing
        If the address has no account.
    Refused
        If it does not hold that role over that thing.
    """
    rows = RoleGrant.objects.filter(user_id=account_at(address), role=role, scope=scope, ended_at=None)
    number = rows.values_list("pk", flat=True).first()
    if number is None:
        raise Refused("role_not_held", duty=role, scope=scope)
    return number


def who_am_i(by: Actor) -> Person:
    """One's own account.

    Raises
    ------
    SignInNeeded
        If nobody signed in.
    """
    user = User.objects.filter(pk=by.account, is_active=True).first() if by.account is not None else None
    if user is None:
        raise SignInNeeded
    return _person(user, _held(user.pk)[user.pk])


def people(*, by: Actor) -> list[Person]:
    """Everybody who has an account, by name, with the roles they hold now.

    Raises
    ------
    Forbidden
        If `by` does not manage accounts.
    """
    check_may(stored.held_by(by), Capability.MANAGE_ACCOUNTS)
    held = _held()
    users = User.objects.order_by("display_name", "pk")
    return [_person(user, held.get(user.pk, ())) for user in users]


def open_invitations(*, by: Actor, at: datetime) -> list[Door]:
    """Invitations that can still be accepted, the latest first.

    Raises
    ------
    Forbidden
        If `by` does not manage accounts.
    """
    check_may(stored.held_by(by), Capability.MANAGE_ACCOUNTS)
    rows = Invitation.objects.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=at)
    return [_door(row) for row in rows.order_by("-id")]


def invitation(key: str, *, at: datetime) -> Door:
    """The invitation that a key opens, for its bearer.

    Raises
    ------
    UnknownThing
        If there is none with this key.
    Refused
        If it was accepted, withdrawn, or has expired.
    """
    return _door(open_invitation(key, at))


def scope_names(held: list[Held | Door]) -> dict[str, str]:
    """Names of the clusters among the things that roles are held over: ``{id: name}``."""
    ids = {one.scope for one in held if one.kind is ScopeKind.CLUSTER}
    return {id: found["name"] for id, found in named(ids).items() if found["name"]}


def _held(account: int | None = None) -> dict[int, tuple[Held, ...]]:
    rows = RoleGrant.objects.filter(ended_at=None).order_by("id")
    found: dict[int, tuple[Held, ...]] = {} if account is None else {account: ()}
    for row in rows if account is None else rows.filter(user_id=account):
        role = Role(row.role)
        held = Held(row.pk, role, ROLES[role].scope, row.scope, row.given_at, row.given_by)
        found[row.user_id] = (*found.get(row.user_id, ()), held)
    return found


def _person(user: User, roles: tuple[Held, ...]) -> Person:
    return Person(
        user.pk, user.display_name, user.username, user.language, user.is_active, user.last_login, roles
    )


def _door(row: Invitation) -> Door:
    role = Role(row.role)
    return Door(
        id=row.pk,
        role=role,
        kind=ROLES[role].scope,
        scope=row.scope,
        address=row.address,
        language=row.language,
        invited_by=row.invited_by,
        expires_at=row.expires_at,
        account=User.objects.filter(username=row.address).exists(),
    )
