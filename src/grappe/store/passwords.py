"""Passwords: weak ones refused with every reason, wrong ones counted for a while."""

from datetime import datetime, timedelta

from django.contrib.auth.password_validation import get_default_password_validators, validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.crypto import salted_hmac

from grappe.domain.errors import InputRefused, TooMany
from grappe.store.models import SignInAttempt, User

MOST = 10
"""Wrong passwords accepted for one address within `WINDOW`."""
WINDOW = timedelta(minutes=15)


def check_password_strength(password: str, *, address: str, name: str) -> None:
    """Refuse a password that is short, common, digits alone, or too like the person's address or name.

    Raises
    ------
    InputRefused
        With the code of every reason at once.
    """
    try:
        validate_password(password, User(username=address, display_name=name))
    except ValidationError as refused:
        reasons = ", ".join(str(one.code) for one in refused.error_list)
        raise InputRefused("weak_password", reasons=reasons, length=_shortest()) from None


def _shortest() -> int:
    validators = get_default_password_validators()
    return max(int(getattr(one, "min_length", 0)) for one in validators)


def count_attempt(address: str, at: datetime) -> None:
    """Note that a password is about to be tried for an address; a right one calls `forget_attempts`.

    It is noted before the password is looked at, so that many tries at one time cannot slip through.

    Raises
    ------
    TooMany
        If the limit is reached; nothing is noted then, so that the wait is no longer than the window.
    """
    key = _key(address)
    with transaction.atomic():
        SignInAttempt.objects.filter(at__lte=at - WINDOW).delete()
        if SignInAttempt.objects.filter(address_hash=key).count() >= MOST:
            raise TooMany(most=MOST, minutes=WINDOW.seconds // 60)
        SignInAttempt.objects.create(address_hash=key, at=at)


def forget_attempts(address: str) -> None:
    """The right password was given: the wrong ones before it no longer count."""
    SignInAttempt.objects.filter(address_hash=_key(address)).delete()


def _key(address: str) -> str:
    # The address itself would be a list of who tried; the hash is keyed, so that it cannot be guessed.
    return salted_hmac("grappe.sign-in", address, algorithm="sha256").hexdigest()
