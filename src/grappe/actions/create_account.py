"""Create an account, with a first role if one is named."""

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from grappe.domain.account import clean_address, clean_language, clean_name
from grappe.domain.actor import Actor
from grappe.domain.errors import Refused
from grappe.domain.roles import Capability, Role, check_may, check_may_give, scope_of
from grappe.store import models
from grappe.store.grants import around, held_by
from grappe.store.passwords import check_password_strength


def create_account(
    address: str,
    *,
    name: str,
    password: str,
    language: str = "fr",
    role: Role | None = None,
    scope: str = "",
    by: Actor,
    at: datetime,
) -> int:
    """Open an account for somebody else; people whom one can write to are better invited.

    Returns
    -------
    int
        The number of the account.

    Raises
    ------
    Forbidden
        If `by` does not manage accounts, or may not give the role.
    InputRefused
        If the address, the name or the password will not do; every reason against the password at once.
    BadChoice
        If the language is none of the three.
    UnknownThing
        If the scope names nothing.
    Refused
        If the address has an account, or the role and its scope do not go together.
    """
    grants = held_by(by)
    check_may(grants, Capability.MANAGE_ACCOUNTS)
    address, name, language = clean_address(address), clean_name(name), clean_language(language)
    if role is not None:
        check_may_give(grants, role, *around(scope_of(role, scope)))
    check_password_strength(password, address=address, name=name)
    hashed = make_password(password)
    with transaction.atomic():
        if models.User.objects.filter(username=address).exists():
            raise Refused("account_exists")
        user = models.User.objects.create(
            username=address,
            email=address,
            display_name=name,
            language=language,
            password=hashed,
            date_joined=at,
        )
        if role is not None:
            models.RoleGrant.objects.create(user=user, role=role, scope=scope, given_by=str(by), given_at=at)
        models.AuditEvent.objects.create(
            verb="create_account",
            by=str(by),
            at=at,
            subject=f"account {user.pk}",
            detail={"role": role, "scope": scope},
        )
    return user.pk
