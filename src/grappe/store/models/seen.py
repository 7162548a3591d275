"""Work in the background and its files, and the signals that come of it."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class Job(models.Model):
    """A piece of work asked for by an account; `called_at` is when a worker was last started for it."""

    kind = models.CharField(max_length=16)
    state = models.CharField(max_length=12, default="queued", db_index=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="jobs")
    title = models.CharField(max_length=200)
    file = models.CharField(max_length=80)
    options = models.JSONField(default=dict)
    step = models.CharField(max_length=16, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    stop = models.BooleanField(default=False)
    error = models.JSONField(null=True)
    summary = models.JSONField(null=True)
    created_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-id"]


class Signal(models.Model):
    """A concentration that nobody declared: never a cluster, in no count."""

    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="signals")
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="signals")
    concentration = models.CharField(max_length=80)
    country = models.CharField(max_length=2, db_index=True)
    title = models.CharField(max_length=200)
    note = models.TextField(blank=True)
    state = models.CharField(max_length=12, default="private", db_index=True)
    dossier = models.JSONField()
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["job", "concentration"],
                condition=models.Q(job__isnull=False),
                name="signal_once",
            )
        ]
        ordering: ClassVar = ["-id"]


class SignalWord(models.Model):
    """What a local witness says of a signal, signed by role."""

    signal = models.ForeignKey(Signal, on_delete=models.CASCADE, related_name="words")
    witness = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=16)
    word = models.CharField(max_length=10)
    note = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["signal", "witness"], name="word_once")]
