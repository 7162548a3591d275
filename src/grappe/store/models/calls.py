"""Calls for proposals: their terms, the applications, the opinions of reviewers, the decisions.

Amounts have three decimals, as the dinar has.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models


class Call(models.Model):
    """A call for proposals under a scheme; `version` grows with each change of its officers.

    `terms` is the scheme as it was in force when the call was published, so that a later change of the
    scheme does not change what applicants answered.
    """

    id = models.CharField(primary_key=True, max_length=60)
    scheme = models.CharField(max_length=80, db_index=True)
    reading = models.CharField(max_length=40, null=True)
    country = models.CharField(max_length=2, db_index=True)
    title = models.JSONField(default=dict)
    description = models.JSONField(default=dict)
    zone = models.CharField(max_length=40)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    budget = models.DecimalField(null=True, max_digits=18, decimal_places=3)
    cap = models.DecimalField(null=True, max_digits=18, decimal_places=3)
    currency = models.CharField(max_length=3)
    threshold = models.DecimalField(null=True, max_digits=9, decimal_places=3)
    grid = models.JSONField(default=list)
    terms = models.JSONField(default=dict)
    state = models.CharField(max_length=16, default="draft", db_index=True)
    why = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    created_by = models.CharField(max_length=120)
    created_at = models.DateTimeField()
    announced_at = models.DateTimeField(null=True)


class CallReviewer(models.Model):
    """Somebody appointed to give opinions on the applications of a call."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="reviewers")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    appointed_by = models.CharField(max_length=120)
    appointed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["call", "account"], name="reviewer_once")]


class Application(models.Model):
    """What a cluster answers a call; its answers are in `ApplicationVersion`, none ever overwritten."""

    id = models.CharField(primary_key=True, max_length=90)
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="applications")
    cluster = models.CharField(max_length=80, null=True, db_index=True)
    cluster_name = models.CharField(max_length=200)
    language = models.CharField(max_length=2, default="fr")
    amount = models.DecimalField(null=True, max_digits=18, decimal_places=3)
    state = models.CharField(max_length=12, default="draft", db_index=True)
    findings = models.JSONField(null=True)
    version = models.PositiveIntegerField(default=1)
    started_by = models.CharField(max_length=120)
    started_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["call", "cluster"],
                condition=models.Q(cluster__isnull=False) & ~models.Q(state="withdrawn"),
                name="cluster_applies_once",
            )
        ]
        ordering: ClassVar = ["cluster_name", "id"]


class ApplicationVersion(models.Model):
    """The answers of an application as they were saved once."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    answers = models.JSONField(default=dict)
    by = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "number"], name="answers_once")
        ]
        ordering: ClassVar = ["number"]


class Attachment(models.Model):
    """A document handed in with an application; one that a newer replaces stays."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="attachments")
    document = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    by = models.CharField(max_length=120)
    at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)


class Review(models.Model):
    """The opinion of one reviewer on one application; final once given."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="reviews")
    reviewer = models.ForeignKey(CallReviewer, on_delete=models.CASCADE, related_name="reviews")
    state = models.CharField(max_length=12, default="open")
    points = models.JSONField(default=dict)
    comments = models.JSONField(default=dict)
    conflict = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "reviewer"], name="review_once")
        ]


class PanelDecision(models.Model):
    """What the panel decided on an application, and why; a later one takes the place of an earlier."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="decisions")
    verdict = models.CharField(max_length=12)
    rank = models.PositiveIntegerField(null=True)
    amount = models.DecimalField(null=True, max_digits=18, decimal_places=3)
    reasons = models.TextField()
    language = models.CharField(max_length=2, default="fr")
    by = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at", "id"]


class Letter(models.Model):
    """A letter to an applicant, as it was generated, a language each; a later one leaves the earlier."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="letters")
    language = models.CharField(max_length=2)
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "language", "at"], name="letter_once")
        ]
