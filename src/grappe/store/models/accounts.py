"""Accounts: who may sign in."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """An account; roles come with the desks that need them."""
