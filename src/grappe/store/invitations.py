"""Invitations by their key: looked up by its hash, so that the store never knows the key."""

import hashlib
from datetime import datetime

from grappe.domain.errors import Refused, UnknownThing
from grappe.store.models import Invitation


def hash_of(key: str) -> str:
    """Hash under which an invitation is kept. A key is random and long: it needs no salt and no slow hash."""
    return hashlib.sha256(key.encode()).hexdigest()


def open_invitation(key: str, at: datetime) -> Invitation:
    """The invitation that a key opens.

    Raises
    ------
    UnknownThing
        If there is none with this key.
    Refused
        If it was accepted, withdrawn, or has expired.
    """
    found = Invitation.objects.filter(key_hash=hash_of(key)).first()
    if found is None:
        raise UnknownThing("unknown_invitation")
    if found.accepted_at is not None:
        raise Refused("invitation_used")
    if found.withdrawn_at is not None:
        raise Refused("invitation_withdrawn")
    if found.expires_at <= at:
        raise Refused("invitation_expired", day=found.expires_at.date())
    return found
