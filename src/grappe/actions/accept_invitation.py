"""Accept an invitation: with the account one has, or with a new one."""

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from grappe.domain.account import clean_language, clean_name
from grappe.domain.actor import Actor
from grappe.domain.errors import Forbidden, SignInNeeded
from grappe.store import models
from grappe.store.invitations import open_invitation
from grappe.store.passwords import check_password_strength

GUEST = Actor("guest", "invited")
"""Who accepts without an account; the key is the proof."""


def accept_invitation(
    key: str, *, name: str = "", password: str = "", language: str = "", by: Actor = GUEST, at: datetime
) -> int:
    """Take the role that an invitation offers; the invitation is used up.

    Somebody who signed in takes it with that account, whose address must be the one invited. Anybody
    else makes an account by `name`, `password` and `language`, for the address invited and no other.

    Returns
    -------
    int
        The number of the account.

    Raises
    ------
    UnknownThing
        If no invitation has this key.
    Refused
        If it was accepted, withdrawn, or has expired.
    Forbidden
        If it was made for another address than that of `by`.
    SignInNeeded
        If the address has an account, which its owner must sign in with.
    InputRefused
        If the name or the password will not do.
    BadChoice
        If the language is none of the three.
    """
    invitation = open_invitation(key, at)
    made = None
    if by.account is None:
        if models.User.objects.filter(username=invitation.address).exists():
            raise SignInNeeded("account_exists_sign_in")
        made = _account(invitation, name, password, language, at)
    elif not models.User.objects.filter(pk=by.account, username=invitation.address).exists():
        raise Forbidden("invitation_of_another")
    with transaction.atomic():
        # Read again: somebody else may have accepted it while the password was hashed.
        invitation = open_invitation(key, at)
        if made is not None:
            if models.User.objects.filter(username=invitation.address).exists():
                raise SignInNeeded("account_exists_sign_in")
            made.save()
            by = Actor(made.display_name, "invited", made.pk)
        models.RoleGrant.objects.get_or_create(
            user_id=by.account,
            role=invitation.role,
            scope=invitation.scope,
            ended_at=None,
            defaults={"given_by": invitation.invited_by, "given_at": at},
        )
        invitation.accepted_at, invitation.accepted_by_id = at, by.account
        invitation.save(update_fields=["accepted_at", "accepted_by"])
        models.AuditEvent.objects.create(
            verb="accept_invitation",
            by=str(by),
            at=at,
            subject=f"invitation {invitation.pk}",
            detail={"account": by.account, "role": invitation.role, "scope": invitation.scope},
        )
    assert by.account is not None
    return by.account


def _account(
    invitation: models.Invitation, name: str, password: str, language: str, at: datetime
) -> models.User:
    name, language = clean_name(name), clean_language(language or invitation.language)
    check_password_strength(password, address=invitation.address, name=name)
    return models.User(
        username=invitation.address,
        email=invitation.address,
        display_name=name,
        language=language,
        password=make_password(password),
        date_joined=at,
    )
