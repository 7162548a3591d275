"""Give a role to somebody who has an account."""

from datetime import datetime

from django.db import transaction

from grappe.domain.actor import Actor
from grappe.domain.errors import Refused, UnknownThing
from grappe.domain.roles import Role, check_may_give, scope_of
from grappe.store import models
from grappe.store.grants import around, held_by


def grant_role(account: int, *, role: Role, scope: str = "", by: Actor, at: datetime) -> int:
    """Give a role over one thing, or everywhere.

    Returns
    -------
    int
        The number of the grant, by which `end_role` ends it.

    Raises
    ------
    Forbidden
        If `by` may not give this role over this thing.
    UnknownThing
        If there is no such account, or the scope names nothing.
    Refused
        If the role and its scope do not go together, or the role is held already.
    """
    check_may_give(held_by(by), role, *around(scope_of(role, scope)))
    with transaction.atomic():
        user = models.User.objects.filter(pk=account, is_active=True).first()
        if user is None:
            raise UnknownThing("unknown_account", id=account)
        if models.RoleGrant.objects.filter(user=user, role=role, scope=scope, ended_at=None).exists():
            raise Refused("already_held", duty=role)
        grant = models.RoleGrant.objects.create(
            user=user, role=role, scope=scope, given_by=str(by), given_at=at
        )
        models.AuditEvent.objects.create(
            verb="grant_role",
            by=str(by),
            at=at,
            subject=f"account {user.pk}",
            detail={"grant": grant.pk, "role": role, "scope": scope},
        )
    return grant.pk
