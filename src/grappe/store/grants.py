"""Grants in force: which roles a person holds now, and what surrounds the thing that a role is held over."""

from django.db.models import Q

from grappe.domain.actor import Actor
from grappe.domain.entity import Kind
from grappe.domain.errors import UnknownThing
from grappe.domain.identifiers import is_identifier
from grappe.domain.levels import country_groups
from grappe.domain.roles import OPERATOR, Grant, Role, Scope, ScopeKind
from grappe.store.models import ClusterRow, Entity, RoleGrant

STANDING = Q(ended_at__isnull=True, user__is_active=True)
"""Rows of roles that are held now."""


def grants_of(account: int) -> tuple[Grant, ...]:
    """Roles that an account holds now, in the order in which they were given."""
    rows = RoleGrant.objects.filter(STANDING, user_id=account).order_by("id")
    return tuple(Grant(Role(role), scope) for role, scope in rows.values_list("role", "scope"))


def held_by(actor: Actor) -> tuple[Grant, ...]:
    """Roles that an actor holds now: all of them for the machine's own, none for somebody unknown."""
    if actor.trusted:
        return OPERATOR
    return grants_of(actor.account) if actor.account is not None else ()


def around(scope: Scope | None) -> tuple[Scope, ...]:
    """The thing that a role is held over and what contains it: a cluster and its country.

    A role may be given over an event or a call before that is made: only the form of their ids is
    looked at.

    Raises
    ------
    UnknownThing
        If there is no such cluster or country, or an event or call could not bear that id.
    """
    if scope is None:
        return ()
    match scope.kind:
        case ScopeKind.CLUSTER:
            return (scope, *_country_of(scope))
        case ScopeKind.COUNTRY:
            if not any(scope.id in members for members in country_groups().values()):
                raise UnknownThing(kind=scope.kind, id=scope.id)
        case _:
            if not is_identifier(scope.id):
                raise UnknownThing(kind=scope.kind, id=scope.id)
    return (scope,)


def _country_of(cluster: Scope) -> tuple[Scope, ...]:
    if not Entity.objects.filter(id=cluster.id, kind=str(Kind.CLUSTER)).exists():
        raise UnknownThing(kind=cluster.kind, id=cluster.id)
    row = ClusterRow.objects.filter(entity=cluster.id).order_by("-valid_from").first()
    return (Scope(ScopeKind.COUNTRY, row.country),) if row is not None and row.country else ()


def call_scopes(call: str, country: str) -> tuple[Scope, ...]:
    """What a deed on a call touches: the call, and its country if one is told."""
    here = Scope(ScopeKind.CALL, call)
    return (here, Scope(ScopeKind.COUNTRY, country)) if country else (here,)
