"""End a role: the grant stays on record, with the day it ended."""

from datetime import datetime

from django.db import transaction

from grappe.domain.actor import Actor
from grappe.domain.errors import Refused, UnknownThing
from grappe.domain.roles import Role, check_may_give, scope_of
from grappe.store import models
from grappe.store.grants import STANDING, around, held_by


def end_role(grant: int, *, by: Actor, at: datetime) -> None:
    """End a role of somebody else, or lay down one's own.

    Raises
    ------
    UnknownThing
        If there is no such grant.
    Forbidden
        If the role is somebody else's, and `by` may not give it.
    Refused
        If it has ended, or the last administrator would go; the operator of the machine may do that too.
    """
    with transaction.atomic():
        row = models.RoleGrant.objects.filter(pk=grant).first()
        if row is None:
            raise UnknownThing("unknown_grant", id=grant)
        role = Role(row.role)
        if row.user_id != by.account:
            check_may_give(held_by(by), role, *around(scope_of(role, row.scope)))
        if row.ended_at is not None:
            raise Refused("role_ended", duty=role)
        if role is Role.ADMINISTRATOR and not by.trusted:
            others = models.RoleGrant.objects.filter(STANDING, role=role).exclude(user_id=row.user_id)
            if not others.exists():
                raise Refused("last_administrator")
        row.ended_at = at
        row.save(update_fields=["ended_at"])
        models.AuditEvent.objects.create(
            verb="end_role",
            by=str(by),
            at=at,
            subject=f"account {row.user_id}",
            detail={"grant": row.pk, "role": row.role, "scope": row.scope},
        )
