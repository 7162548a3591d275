"""Contracts: their phases, money, commitments, targets, reports, audits, renewals, mergers and exits.

Amounts have three decimals, as the dinar has. States change, by actions alone, each with its audit event;
everything else is written once.
"""

from typing import ClassVar

from django.db import models


class Contract(models.Model):
    """A contract between a public body and a cluster; `version` grows with each change of it.

    `terms` is what the scheme said on the day it was drafted, `clauses` what both sides agreed on where
    the scheme is silent. `resumes` is the state to which a suspension or an audit gives back.
    """

    id = models.CharField(primary_key=True, max_length=100)
    award = models.CharField(max_length=100, unique=True)
    scheme = models.CharField(max_length=80, db_index=True)
    reading = models.CharField(max_length=40)
    call = models.CharField(max_length=60, null=True)
    application = models.CharField(max_length=90, null=True)
    cluster = models.CharField(max_length=80, null=True, db_index=True)
    cluster_name = models.CharField(max_length=200)
    country = models.CharField(max_length=2, db_index=True)
    sector = models.CharField(max_length=20, null=True)
    region = models.CharField(max_length=80, null=True)
    currency = models.CharField(max_length=3)
    language = models.CharField(max_length=2, default="fr")
    indicator_version = models.CharField(max_length=40, null=True)
    start = models.DateField()
    end = models.DateField()
    state = models.CharField(max_length=20, default="prepared", db_index=True)
    resumes = models.CharField(max_length=20, default="running")
    publication = models.CharField(max_length=12, default="private")
    clauses = models.JSONField(default=dict)
    terms = models.JSONField(default=dict)
    findings = models.JSONField(default=list)
    signed_by_state_on = models.DateField(null=True)
    signed_by_cluster_on = models.DateField(null=True)
    over_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)
    drafted_by = models.CharField(max_length=120)
    drafted_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["cluster_name", "start", "id"]


class ContractPhase(models.Model):
    """A phase as it was agreed, the first one or a renewal; `end` is the first day after."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="phases")
    number = models.PositiveIntegerField()
    phase = models.CharField(max_length=40)
    start = models.DateField()
    end = models.DateField()
    months = models.PositiveIntegerField()
    amount = models.DecimalField(max_digits=18, decimal_places=3)
    degressive = models.BooleanField(default=False)
    findings = models.JSONField(default=list)
    cites = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["contract", "number"], name="phase_once")]
        ordering: ClassVar = ["number"]


class Tranche(models.Model):
    """A part of the money; `due_on` is known once its condition is met."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="tranches")
    phase = models.ForeignKey(ContractPhase, on_delete=models.CASCADE, related_name="tranches")
    number = models.PositiveIntegerField()
    amount = models.DecimalField(max_digits=18, decimal_places=3)
    waits_for = models.CharField(max_length=12)
    period = models.PositiveIntegerField(null=True)
    planned_on = models.DateField()
    state = models.CharField(max_length=12, default="planned", db_index=True)
    due_on = models.DateField(null=True)
    paid_on = models.DateField(null=True)
    why = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["contract", "number"], name="tranche_once")]
        ordering: ClassVar = ["number"]


class Commitment(models.Model):
    """What the scheme says that one side owes the other, with the day agreed, if one was."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="commitments")
    code = models.CharField(max_length=60)
    side = models.CharField(max_length=12)
    name = models.JSONField(default=dict)
    due_on = models.DateField(null=True)
    kept_on = models.DateField(null=True)
    proof = models.TextField(blank=True)
    cites = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["contract", "code"], name="commitment_once")]
        ordering: ClassVar = ["id"]


class Target(models.Model):
    """A value that the cluster committed itself to, for one period; period 0 is the count at the start."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="targets")
    indicator = models.CharField(max_length=60)
    period = models.PositiveIntegerField()
    value = models.DecimalField(max_digits=18, decimal_places=6)
    unit = models.CharField(max_length=40, null=True)
    cites = models.JSONField(default=list)
    by = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contract", "indicator", "period"], name="target_once")
        ]
        ordering: ClassVar = ["indicator", "period"]


class ContractReport(models.Model):
    """The report on one period; its values are in `ReportedValue`, none ever overwritten."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="reports")
    number = models.PositiveIntegerField()
    start = models.DateField()
    end = models.DateField()
    due_on = models.DateField()
    state = models.CharField(max_length=12, default="due", db_index=True)
    submitted_on = models.DateField(null=True)
    decided_on = models.DateField(null=True)
    why = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["contract", "number"], name="report_once")]
        ordering: ClassVar = ["number"]


class ReportedValue(models.Model):
    """What a cluster declared of one indicator, as it was saved once; the greatest `saving` counts."""

    report = models.ForeignKey(ContractReport, on_delete=models.CASCADE, related_name="values")
    saving = models.PositiveIntegerField()
    name = models.CharField(max_length=60)
    value = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    note = models.TextField(blank=True)
    by = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "saving", "name"], name="value_once")
        ]
        ordering: ClassVar = ["saving", "id"]


class ReportProof(models.Model):
    """A document that proves what a report says."""

    report = models.ForeignKey(ContractReport, on_delete=models.CASCADE, related_name="proofs")
    indicator = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    by = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]


class Audit(models.Model):
    """An audit of a contract, from its order to its result."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="audits")
    state = models.CharField(max_length=12, default="ordered")
    why = models.TextField(blank=True)
    auditor = models.CharField(max_length=200, blank=True)
    ordered_by = models.CharField(max_length=120)
    ordered_on = models.DateField()
    summary = models.TextField(blank=True)
    recorded_by = models.CharField(max_length=120, blank=True)
    recorded_on = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["id"]


class RenewalProposal(models.Model):
    """A proposal to renew a contract, with what the rule said on that day, and the decision on it."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="renewals")
    phase = models.CharField(max_length=40)
    amount = models.DecimalField(max_digits=18, decimal_places=3)
    clauses = models.JSONField(default=dict)
    allowed = models.BooleanField(null=True)
    rules = models.JSONField(default=list)
    context = models.JSONField(default=list)
    cites = models.JSONField(default=list)
    state = models.CharField(max_length=12, default="proposed")
    why = models.TextField(blank=True)
    proposed_by = models.CharField(max_length=120)
    proposed_on = models.DateField()
    decided_by = models.CharField(max_length=120, blank=True)
    decided_on = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["id"]


class MergerDecision(models.Model):
    """What an officer decided on one contract when its cluster merged with another."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="mergers")
    other = models.ForeignKey(Contract, on_delete=models.CASCADE, null=True, related_name="absorbed")
    from_cluster = models.CharField(max_length=80, null=True)
    from_name = models.CharField(max_length=200)
    into_cluster = models.CharField(max_length=80, null=True)
    into_name = models.CharField(max_length=200)
    outcome = models.CharField(max_length=12)
    why = models.TextField()
    by = models.CharField(max_length=120)
    on = models.DateField()

    class Meta:
        ordering: ClassVar = ["id"]


class ContractExit(models.Model):
    """How a contract came to its end, and whether the cluster may answer a later call."""

    contract = models.OneToOneField(Contract, on_delete=models.CASCADE, related_name="exit")
    how = models.CharField(max_length=20)
    why = models.TextField(blank=True)
    may_return = models.BooleanField(default=True)
    by = models.CharField(max_length=120)
    on = models.DateField()


class LabelGrant(models.Model):
    """A label that a giver gave to a receiver; ended labels stay, with their last day and why."""

    kind = models.CharField(max_length=40, db_index=True)
    giver = models.CharField(max_length=80)
    giver_name = models.CharField(max_length=200)
    receiver = models.CharField(max_length=80, null=True, db_index=True)
    receiver_name = models.CharField(max_length=200)
    receiver_kind = models.CharField(max_length=12)
    start = models.DateField()
    end = models.DateField(null=True)
    why = models.TextField(blank=True)
    ended_why = models.TextField(blank=True)
    country = models.CharField(max_length=2, db_index=True)
    contract = models.ForeignKey(Contract, on_delete=models.SET_NULL, null=True, related_name="labels")
    version = models.PositiveIntegerField(default=1)
    by = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["start", "id"]


class CollaborativeProject(models.Model):
    """A collaborative project as it was saved once; the greatest `saving` of a `key` counts."""

    key = models.CharField(max_length=60, db_index=True)
    saving = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    cluster = models.CharField(max_length=80, null=True, db_index=True)
    cluster_name = models.CharField(max_length=200)
    country = models.CharField(max_length=2)
    lead = models.CharField(max_length=200)
    partners = models.JSONField(default=list)
    laboratory = models.CharField(max_length=200, blank=True)
    funder = models.CharField(max_length=200, blank=True)
    label = models.CharField(max_length=200, blank=True)
    amount = models.DecimalField(null=True, max_digits=18, decimal_places=3)
    currency = models.CharField(max_length=3, blank=True)
    stage = models.CharField(max_length=16)
    result = models.TextField(blank=True)
    start = models.DateField(null=True)
    end = models.DateField(null=True)
    contract = models.ForeignKey(Contract, on_delete=models.SET_NULL, null=True, related_name="projects")
    by = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["key", "saving"], name="project_once")]
        ordering: ClassVar = ["key", "saving"]


class StartUpCase(models.Model):
    """The support that a cluster gives a start-up, as it was saved once; the greatest `saving` counts."""

    key = models.CharField(max_length=60, db_index=True)
    saving = models.PositiveIntegerField()
    startup = models.CharField(max_length=200)
    cluster = models.CharField(max_length=80, null=True, db_index=True)
    cluster_name = models.CharField(max_length=200)
    country = models.CharField(max_length=2)
    steps = models.JSONField(default=list)
    fairs = models.JSONField(default=list)
    sought = models.DecimalField(null=True, max_digits=18, decimal_places=3)
    obtained = models.DecimalField(null=True, max_digits=18, decimal_places=3)
    currency = models.CharField(max_length=3, blank=True)
    funder = models.CharField(max_length=200, blank=True)
    label = models.ForeignKey(LabelGrant, on_delete=models.SET_NULL, null=True, related_name="cases")
    benefits = models.JSONField(default=list)
    by = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["key", "saving"], name="case_once")]
        ordering: ClassVar = ["key", "saving"]


class SelfAssessment(models.Model):
    """A cluster's own assessment on the indicators of a label, as it was saved once."""

    cluster = models.CharField(max_length=80, db_index=True)
    cluster_name = models.CharField(max_length=200)
    country = models.CharField(max_length=2)
    saving = models.PositiveIntegerField()
    scale = models.CharField(max_length=60)
    answers = models.JSONField(default=dict)
    facts = models.JSONField(default=dict)
    by = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cluster", "saving"], name="assessment_once")
        ]
        ordering: ClassVar = ["cluster", "saving"]


class AssessmentProof(models.Model):
    """A document that shows what a cluster answers on an indicator; for those who speak for it alone."""

    cluster = models.CharField(max_length=80, db_index=True)
    indicator = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    by = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]
