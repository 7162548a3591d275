"""Readings of documents that people go through: the document, its proposals, what was decided on each."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class DocumentReading(models.Model):
    """A document that was read; `version` grows with each decision, `lines` hold text, locator and use."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="readings"
    )
    document = models.CharField(max_length=200)
    form = models.CharField(max_length=12)
    digest = models.CharField(max_length=64)
    content = models.BinaryField(null=True)
    encoding = models.CharField(max_length=40, blank=True)
    cited_by_line = models.BooleanField(default=True)
    source = models.CharField(max_length=80)
    title = models.CharField(max_length=200, blank=True)
    edition = models.CharField(max_length=10)
    language = models.CharField(max_length=2, default="fr")
    lines = models.JSONField(default=list)
    leftovers = models.JSONField(default=list)
    state = models.CharField(max_length=12, default="open", db_index=True)
    version = models.PositiveIntegerField(default=1)
    made_by = models.CharField(max_length=120)
    made_at = models.DateTimeField()
    changed_by = models.CharField(max_length=120, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-made_at", "-id"]


class ReadProposal(models.Model):
    """One proposal of a reading, in the order of the document; `content` holds it as its file would.

    `read` is what the rules had read before a person corrected it.
    """

    reading = models.ForeignKey(DocumentReading, on_delete=models.CASCADE, related_name="proposals")
    place = models.PositiveIntegerField()
    code = models.CharField(max_length=12)
    sheet = models.CharField(max_length=80)
    line = models.PositiveIntegerField()
    step = models.CharField(max_length=12, default="proposed")
    change = models.CharField(max_length=12)
    read = models.JSONField(null=True)
    decided_by = models.CharField(max_length=120, blank=True)
    content = models.JSONField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reading", "code"], name="proposal_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["reading", "sheet"], name="proposals_of_sheet")]
        ordering: ClassVar = ["place"]
