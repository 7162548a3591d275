"""Sign in: the one action that finds out who acts."""

from datetime import datetime

from django.contrib.auth import authenticate
from django.contrib.sessions.models import Session
from django.db import transaction

from grappe.domain.account import LONGEST_ADDRESS
from grappe.domain.actor import Actor
from grappe.domain.errors import SignInNeeded
from grappe.store import models
from grappe.store.passwords import count_attempt, forget_attempts


def sign_in(address: str, password: str, *, at: datetime) -> int:
    """Find the account that an address and a password open.

    The answer is the same for an unknown address and for a wrong password, and takes the same time.
    There is no `by`: who acts is what is asked.

    Returns
    -------
    int
        The number of the account.

    Raises
    ------
    SignInNeeded
        If address and password do not belong together (``sign_in_refused``).
    TooMany
        If too many passwords were tried for this address within a quarter of an hour.
    """
    address = address.strip().lower()[:LONGEST_ADDRESS]
    count_attempt(address, at)
    # Checking a password takes long by design: no transaction is open meanwhile.
    user = authenticate(username=address, password=password)
    if not isinstance(user, models.User):
        raise SignInNeeded("sign_in_refused")
    with transaction.atomic():
        forget_attempts(address)
        Session.objects.filter(expire_date__lte=at).delete()
        models.AuditEvent.objects.create(
            verb="sign_in",
            by=str(Actor(user.display_name or f"account {user.pk}", "account", user.pk)),
            at=at,
            subject=f"account {user.pk}",
        )
    return user.pk
