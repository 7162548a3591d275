"""Change one's own password, or, at the machine itself, set one that was forgotten."""

from datetime import datetime

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from grappe.domain.actor import Actor
from grappe.domain.errors import Forbidden, SignInNeeded, UnknownThing
from grappe.store import models
from grappe.store.passwords import check_password_strength, count_attempt, forget_attempts


def change_password(*, old: str, new: str, by: Actor, at: datetime) -> None:
    """Change the password of the account that acts; its other sessions end.

    Raises
    ------
    SignInNeeded
        If nobody signed in, or the old password is wrong (``wrong_password``).
    TooMany
        If the old password was given wrong too often within a quarter of an hour.
    InputRefused
        If the new one is weak; every reason at once.
    """
    user = models.User.objects.filter(pk=by.account).first() if by.account is not None else None
    if user is None:
        raise SignInNeeded
    count_attempt(user.username, at)
    if not check_password(old, user.password):
        raise SignInNeeded("wrong_password")
    forget_attempts(user.username)
    _set(user, new, by, at)


def reset_password(address: str, *, new: str, by: Actor, at: datetime) -> None:
    """Set the password of somebody who forgot it: the operator of the machine alone can.

    Raises
    ------
    Forbidden
        If `by` is not the operator.
    UnknownThing
        If the address has no account.
    InputRefused
        If the password is weak; every reason at once.
    """
    if not by.trusted:
        raise Forbidden("operator_alone")
    user = models.User.objects.filter(username=address.strip().lower()).first()
    if user is None:
        raise UnknownThing("unknown_account", id=address)
    _set(user, new, by, at)


def _set(user: models.User, new: str, by: Actor, at: datetime) -> None:
    check_password_strength(new, address=user.username, name=user.display_name)
    hashed = make_password(new)
    with transaction.atomic():
        models.User.objects.filter(pk=user.pk).update(password=hashed)
        forget_attempts(user.username)
        models.AuditEvent.objects.create(
            verb="change_password", by=str(by), at=at, subject=f"account {user.pk}"
        )
