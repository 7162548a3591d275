"""Withdraw an invitation that nobody has accepted."""

from datetime import datetime

from django.db import transaction

from grappe.domain.actor import Actor
from grappe.domain.errors import Refused, UnknownThing
from grappe.domain.roles import Role, check_may_give, scope_of
from grappe.store import models
from grappe.store.grants import around, held_by


def withdraw_invitation(invitation: int, *, by: Actor, at: datetime) -> None:
    """Close a door that is still open.

    Raises
    ------
    UnknownThing
        If there is no such invitation.
    Forbidden
        If `by` may not give the role that it offers.
    Refused
        If it was accepted or withdrawn before.
    """
    with transaction.atomic():
        row = models.Invitation.objects.filter(pk=invitation).first()
        if row is None:
            raise UnknownThing("unknown_invitation")
        role = Role(row.role)
        check_may_give(held_by(by), role, *around(scope_of(role, row.scope)))
        if row.accepted_at is not None:
            raise Refused("invitation_used")
        if row.withdrawn_at is not None:
            raise Refused("invitation_withdrawn")
        row.withdrawn_at = at
        row.save(update_fields=["withdrawn_at"])
        models.AuditEvent.objects.create(
            verb="withdraw_invitation", by=str(by), at=at, subject=f"invitation {row.pk}"
        )
