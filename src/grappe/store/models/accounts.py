"""Accounts: who may sign in, which roles were given, which invitations are open."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """An account; its address is its name for signing in, its roles stand in `RoleGrant`."""

    display_name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=2, default="fr")


class RoleGrant(models.Model):
    """A role held by a user: over one entity, one matchmaking event, or everywhere when `scope` is empty."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=16)
    scope = models.CharField(max_length=80, blank=True)
    given_by = models.CharField(max_length=120)
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """A role is held once at a time over the same thing."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "role", "scope"],
                condition=models.Q(ended_at__isnull=True),
                name="role_held_once",
            )
        ]


class Invitation(models.Model):
    """An open door for one address and one role; only the hash of its key is kept."""

    key_hash = models.CharField(max_length=64, unique=True)
    address = models.EmailField()
    role = models.CharField(max_length=16)
    scope = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=2, default="fr")
    invited_by = models.CharField(max_length=120)
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True)
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)


class SignInAttempt(models.Model):
    """A password given for an address, a while ago at most; the address is kept as a keyed hash only."""

    address_hash = models.CharField(max_length=64, db_index=True)
    at = models.DateTimeField()
