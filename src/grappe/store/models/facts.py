"""What sources say, and what was decided about it: kept for ever, never edited."""

from typing import ClassVar

from django.db import models


class Dataset(models.Model):
    """A data set that was loaded: its card, and the hash of what was loaded."""

    id = models.CharField(primary_key=True, max_length=80)
    as_of = models.CharField(max_length=10)
    digest = models.CharField(max_length=64)
    folder = models.TextField()
    loaded_at = models.DateTimeField()
    card = models.JSONField()


class Source(models.Model):
    """A document or declaration."""

    id = models.CharField(primary_key=True, max_length=80)
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE)
    content = models.JSONField()


class Entity(models.Model):
    """The identity of a thing."""

    id = models.CharField(primary_key=True, max_length=80)
    kind = models.CharField(max_length=16, db_index=True)
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE)
    redirect_to = models.CharField(max_length=80, null=True)


class Statement(models.Model):
    """What a source says of an entity; never edited, erased only by redaction."""

    id = models.CharField(primary_key=True, max_length=20)
    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, db_index=True)
    field = models.CharField(max_length=40)
    content = models.TextField()
    value = models.CharField(max_length=80, null=True)
    standing = models.BooleanField(default=True)
    personal = models.BooleanField(default=False)

    class Meta:
        """`value` holds references alone, so that an entity finds what points to it."""

        indexes: ClassVar = [
            models.Index(fields=["value"], name="statement_value", condition=models.Q(value__isnull=False))
        ]


class Decision(models.Model):
    """What was decided about a statement, by whom, when, why; append-only."""

    statement = models.CharField(max_length=20, db_index=True)
    verdict = models.CharField(max_length=12)
    by = models.CharField(max_length=120)
    at = models.DateTimeField()
    why = models.TextField(blank=True)

    class Meta:
        """Rulings are few among decisions, and are looked for among all of them."""

        indexes: ClassVar = [
            models.Index(
                fields=["statement"], name="decision_preferred", condition=models.Q(verdict="preferred")
            )
        ]


class Redaction(models.Model):
    """Trace of an erasure: which entity and field, where it stood, why; never what it said."""

    entity = models.CharField(max_length=80)
    field = models.CharField(max_length=40)
    by = models.CharField(max_length=120)
    at = models.DateTimeField()
    reason = models.TextField()
    locators = models.JSONField(default=list)
