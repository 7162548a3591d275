"""Matchmaking events: who takes part, who wishes to meet whom, who met, and what came of it."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class MatchEvent(models.Model):
    """A matchmaking event: where, when, how; `version` grows with each change of its organisers."""

    id = models.CharField(primary_key=True, max_length=60)
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=2, default="fr")
    description = models.TextField(blank=True)
    place = models.CharField(max_length=200, blank=True)
    country = models.CharField(max_length=2, blank=True)
    zone = models.CharField(max_length=40)
    days = models.JSONField(default=list)
    breaks = models.JSONField(default=list)
    slot_minutes = models.PositiveSmallIntegerField()
    pause_minutes = models.PositiveSmallIntegerField(default=0)
    tables = models.PositiveSmallIntegerField()
    sides = models.JSONField(default=list)
    scheduling = models.CharField(max_length=16)
    acceptance = models.CharField(max_length=16)
    most_wishes = models.PositiveSmallIntegerField(default=10)
    wishes_until = models.DateTimeField(null=True)
    state = models.CharField(max_length=20, default="draft", db_index=True)
    version = models.PositiveIntegerField(default=1)
    created_by = models.CharField(max_length=120)
    created_at = models.DateTimeField()


class EventSlot(models.Model):
    """A slot of an event; its code is the local day and hour."""

    event = models.ForeignKey(MatchEvent, on_delete=models.CASCADE, related_name="slots")
    code = models.CharField(max_length=16)
    start = models.DateTimeField()
    end = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["event", "code"], name="slot_once")]
        ordering: ClassVar = ["start"]


class Participation(models.Model):
    """Somebody who takes part: an entity of the census, or a body under its own name."""

    event = models.ForeignKey(MatchEvent, on_delete=models.CASCADE, related_name="participations")
    entity = models.CharField(max_length=80, null=True, db_index=True)
    name = models.CharField(max_length=200)
    country = models.CharField(max_length=2, blank=True)
    side = models.CharField(max_length=20, null=True)
    languages = models.JSONField(default=list)
    offers = models.JSONField(default=list)
    needs = models.JSONField(default=list)
    profile = models.TextField(blank=True)
    profile_language = models.CharField(max_length=2, default="fr")
    availability = models.JSONField(null=True)
    host_table = models.PositiveSmallIntegerField(null=True)
    state = models.CharField(max_length=12, default="invited")
    contact = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="participations"
    )
    address = models.EmailField(blank=True)
    feed_key = models.CharField(max_length=43, unique=True)
    late = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["event", "entity"],
                condition=models.Q(entity__isnull=False),
                name="entity_takes_part_once",
            ),
            models.UniqueConstraint(fields=["event", "name"], name="name_takes_part_once"),
        ]
        ordering: ClassVar = ["name", "id"]


class BlockedPair(models.Model):
    """Two participants who must not meet; the one with the lower id comes first."""

    event = models.ForeignKey(MatchEvent, on_delete=models.CASCADE, related_name="blocked")
    one = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+")
    why = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["one", "other"], name="blocked_once")]


class Wish(models.Model):
    """A wish of one participant to meet another; rank 1 is the strongest."""

    event = models.ForeignKey(MatchEvent, on_delete=models.CASCADE, related_name="wishes")
    sender = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="wishes_sent")
    receiver = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="wishes_received")
    rank = models.PositiveSmallIntegerField()
    reason = models.TextField(blank=True)
    language = models.CharField(max_length=2, default="fr")
    state = models.CharField(max_length=12, default="sent")
    answer = models.TextField(blank=True)
    sent_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["sender", "receiver"], name="wish_once")]


class Meeting(models.Model):
    """A meeting of two participants; `sequence` counts the publications that changed it."""

    event = models.ForeignKey(MatchEvent, on_delete=models.CASCADE, related_name="meetings")
    a = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="meetings_as_a")
    b = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="meetings_as_b")
    slot = models.ForeignKey(EventSlot, on_delete=models.PROTECT)
    table = models.PositiveSmallIntegerField(null=True)
    state = models.CharField(max_length=12, default="planned")
    locked = models.BooleanField(default=False)
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()
    why = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["event", "state"], name="meeting_by_event")]


class ScheduleRun(models.Model):
    """One run of the scheduler: how good its schedule is, and which wishes it leaves unmet and why."""

    event = models.ForeignKey(MatchEvent, on_delete=models.CASCADE, related_name="runs")
    at = models.DateTimeField()
    by = models.CharField(max_length=120)
    seed = models.IntegerField()
    status = models.CharField(max_length=20)
    objective = models.JSONField(default=dict)
    bound = models.JSONField(null=True)
    gap = models.FloatField(null=True)
    unmet = models.JSONField(default=list)


class PublishedAgenda(models.Model):
    """An agenda as participants were shown it; kept, so that one can tell what changed since."""

    event = models.ForeignKey(MatchEvent, on_delete=models.CASCADE, related_name="agendas")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.CharField(max_length=120)
    meetings = models.JSONField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["event", "number"], name="agenda_once")]


class MeetingOutcome(models.Model):
    """What came of a meeting, told by one of the two or by the organiser, at one horizon in months."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="outcomes")
    horizon = models.PositiveSmallIntegerField()
    teller = models.ForeignKey(Participation, on_delete=models.CASCADE, null=True, related_name="outcomes")
    kind = models.CharField(max_length=16)
    note = models.TextField(blank=True)
    language = models.CharField(max_length=2, default="fr")
    recorded_by = models.CharField(max_length=120)
    recorded_at = models.DateTimeField()
    link = models.CharField(max_length=80, null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "horizon", "teller"], name="outcome_once"),
            models.UniqueConstraint(
                fields=["meeting", "horizon"],
                condition=models.Q(teller__isnull=True),
                name="outcome_of_organiser_once",
            ),
        ]


class FictionalData(models.Model):
    """Says that everything in this database is invented; at most one row, in demonstration files alone."""

    title = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    datasets = models.JSONField(default=list)
