"""Invite somebody to a role, by a link that opens once."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from grappe.domain.account import clean_address, clean_language
from grappe.domain.actor import Actor
from grappe.domain.errors import Refused
from grappe.domain.roles import Capability, Role, check_may_give, check_may_somewhere, scope_of
from grappe.store import models
from grappe.store.grants import STANDING, around, held_by
from grappe.store.invitations import hash_of

OPEN_FOR = timedelta(days=14)
"""How long an invitation can be accepted."""
_KEY_BYTES = 24


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation that was just made. The key is nowhere else: whoever loses it invites again."""

    id: int
    key: str
    address: str
    expires_at: datetime


def invite(
    address: str, *, role: Role, scope: str = "", language: str = "fr", by: Actor, at: datetime
) -> Invited:
    """Open a door for one address and one role; an earlier one that is still open is closed.

    Nothing is sent: the link, made of the key, is given to the person by whoever invites.

    Raises
    ------
    Forbidden
        If `by` may not invite, or not to this role over this thing.
    InputRefused
        If the address has not the form of one.
    BadChoice
        If the language is none of the three.
    UnknownThing
        If the scope names nothing.
    Refused
        If the role and its scope do not go together, or the person holds that role already.
    """
    grants = held_by(by)
    check_may_somewhere(grants, Capability.INVITE)
    check_may_give(grants, role, *around(scope_of(role, scope)))
    address, language = clean_address(address), clean_language(language)
    key = secrets.token_urlsafe(_KEY_BYTES)
    with transaction.atomic():
        held = models.RoleGrant.objects.filter(STANDING, user__username=address, role=role, scope=scope)
        if held.exists():
            raise Refused("already_held", duty=role)
        models.Invitation.objects.filter(
            address=address, role=role, scope=scope, accepted_at=None, withdrawn_at=None
        ).update(withdrawn_at=at)
        made = models.Invitation.objects.create(
            key_hash=hash_of(key),
            address=address,
            role=role,
            scope=scope,
            language=language,
            invited_by=str(by),
            invited_at=at,
            expires_at=at + OPEN_FOR,
        )
        models.AuditEvent.objects.create(
            verb="invite",
            by=str(by),
            at=at,
            subject=f"invitation {made.pk}",
            detail={"role": role, "scope": scope},
        )
    return Invited(made.pk, key, address, made.expires_at)
