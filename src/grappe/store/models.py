"""All models: thin, columns and constraints only; no rule lives here.

`Source`, `Entity`, `Statement`, `Decision` are the facts. `ClusterRow`, `LinkRow`, `Listing`,
`DisputeRow`, `FindingRow` and the search index are rebuilt from them at will.
"""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """An account; roles come with the desks that need them."""


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


class AuditEvent(models.Model):
    """What was done by an action; append-only."""

    verb = models.CharField(max_length=40)
    by = models.CharField(max_length=120)
    at = models.DateTimeField()
    subject = models.CharField(max_length=200)
    detail = models.JSONField(default=dict)


class Redaction(models.Model):
    """Trace of an erasure: which entity and field, where it stood, why; never what it said."""

    entity = models.CharField(max_length=80)
    field = models.CharField(max_length=40)
    by = models.CharField(max_length=120)
    at = models.DateTimeField()
    reason = models.TextField()
    locators = models.JSONField(default=list)


class ClusterRow(models.Model):
    """A cluster during an interval in which nothing of it changes."""

    entity = models.CharField(max_length=80, db_index=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    sort = models.CharField(max_length=240)
    name = models.CharField(max_length=240)
    country = models.CharField(max_length=2, null=True)
    state = models.CharField(max_length=16, null=True)
    sector = models.PositiveSmallIntegerField(null=True)
    partner_north = models.BooleanField(null=True)
    partner_south = models.BooleanField(null=True)
    anchoring = models.CharField(max_length=16, null=True)
    creative = models.BooleanField(null=True)
    listed = models.BooleanField(default=False)
    potential = models.BooleanField(default=False)
    located = models.BooleanField(default=False)
    members_total = models.FloatField(null=True)
    jobs = models.FloatField(null=True)
    created = models.CharField(max_length=10, null=True)
    position = models.IntegerField(default=0)
    places = models.TextField()
    payload = models.TextField()
    features = models.TextField()

    class Meta:
        """Every column that lists are counted, filtered and ordered by, so that the wide rows stay unread."""

        indexes: ClassVar = [
            models.Index(
                fields=[
                    "listed",
                    "potential",
                    "country",
                    "sector",
                    "state",
                    "anchoring",
                    "partner_north",
                    "partner_south",
                    "creative",
                    "located",
                    "valid_from",
                    "valid_to",
                    "sort",
                    "position",
                    "entity",
                ],
                name="row_cover",
            ),
            models.Index(fields=["listed", "potential", "sort", "entity"], name="row_by_name"),
            models.Index(fields=["listed"], name="row_unlocated", condition=models.Q(located=False)),
        ]


class LinkRow(models.Model):
    """A link during an interval in which nothing of it changes."""

    entity = models.CharField(max_length=80, db_index=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    kind = models.CharField(max_length=16, db_index=True)
    level = models.CharField(max_length=16, null=True)
    status = models.CharField(max_length=16, null=True)
    source = models.CharField(max_length=80, db_index=True)
    target = models.CharField(max_length=80, db_index=True)
    payload = models.TextField()
    feature = models.TextField(null=True)


class Listing(models.Model):
    """A line of a list of organisations, forms, programmes, potential clusters."""

    entity = models.CharField(max_length=80, db_index=True)
    kind = models.CharField(max_length=16)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    country = models.CharField(max_length=2, null=True)
    sort = models.CharField(max_length=240)
    payload = models.TextField()
    features = models.TextField(default="")

    class Meta:
        """Lists are read kind by kind in alphabetical order."""

        indexes: ClassVar = [models.Index(fields=["kind", "sort"], name="listing_kind")]


class DisputeRow(models.Model):
    """A dispute as computed on the day of its data set."""

    entity = models.CharField(max_length=80, db_index=True)
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE)
    field = models.CharField(max_length=40)
    severity = models.CharField(max_length=8)
    payload = models.TextField()


class FindingRow(models.Model):
    """A finding or remark as computed on the day of its data set."""

    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE)
    rule = models.CharField(max_length=40)
    severity = models.CharField(max_length=8)
    payload = models.TextField()


class FindingEntity(models.Model):
    """Which entities a finding speaks of."""

    finding = models.ForeignKey(FindingRow, on_delete=models.CASCADE)
    entity = models.CharField(max_length=80, db_index=True)
