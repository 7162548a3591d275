"""People of the tests of accounts, made by the actions that users call."""

from typing import Any

import pytest

from grappe.actions.create_account import create_account
from grappe.actions.grant_role import grant_role
from grappe.domain.actor import Actor
from grappe.domain.roles import Role
from tests.actions.stored import MONDAY

OPERATOR = Actor("root", "operator")
GOOD = "correct horse battery"


@pytest.fixture
def quick_passwords(settings: Any) -> None:
    """Hashing made slow on purpose is made quick: what is tested is who gets in, not how long it takes."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def account(name: str, role: Role | None = None, scope: str = "", language: str = "fr") -> Actor:
    """An account at ``name@example.org`` with at most one role, as the actor who signs by it."""
    number = create_account(
        f"{name}@example.org", name=name.title(), password=GOOD, language=language, role=role, scope=scope,
        by=OPERATOR, at=MONDAY,
    )  # fmt: skip
    return Actor(name.title(), role or "account", number)


def grant(number: int, role: Role, scope: str = "") -> None:
    """One more role of an account."""
    grant_role(number, role=role, scope=scope, by=OPERATOR, at=MONDAY)
