"""What is derived from the facts, rebuilt by each load: rows, lists, disputes, findings."""

from typing import ClassVar

from django.db import models

from grappe.store.models.facts import Dataset


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
