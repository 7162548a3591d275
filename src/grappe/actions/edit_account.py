"""Change what stands in one's own account: the name that others see, the language."""

from datetime import datetime

from django.db import transaction

from grappe.domain.account import clean_language, clean_name
from grappe.domain.actor import Actor
from grappe.domain.errors import SignInNeeded, UnknownThing
from grappe.store import models


def edit_account(*, name: str, language: str, by: Actor, at: datetime) -> None:
    """Change name and language of the account that acts; what was signed before keeps the old name.

    Raises
    ------
    SignInNeeded
        If nobody signed in.
    UnknownThing
        If the account is no longer there.
    InputRefused
        If the name is empty, too long, or holds an address.
    BadChoice
        If the language is none of the three.
    """
    name, language = clean_name(name), clean_language(language)
    if by.account is None:
        raise SignInNeeded
    with transaction.atomic():
        changed = models.User.objects.filter(pk=by.account).update(display_name=name, language=language)
        if not changed:
            raise UnknownThing("unknown_account", id=by.account)
        models.AuditEvent.objects.create(
            verb="edit_account",
            by=str(by),
            at=at,
            subject=f"account {by.account}",
            detail={"language": language},
        )
