"""What was done, by whom, when."""

from django.db import models


class AuditEvent(models.Model):
    """What was done by an action; append-only."""

    verb = models.CharField(max_length=40)
    by = models.CharField(max_length=120)
    at = models.DateTimeField()
    subject = models.CharField(max_length=200)
    detail = models.JSONField(default=dict)
