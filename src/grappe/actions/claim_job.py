"""Take a job that waits, hear whether it is to stop, and write its end: what a worker does first and last."""

from datetime import datetime
from typing import Any

from django.db import transaction

from grappe.actions.job_record import move, trace
from grappe.domain.actor import LOADER
from grappe.domain.job import JobState
from grappe.store.models import Job


def claim_job(job: int, *, at: datetime) -> bool:
    """Begin a job that waits; false if it does not, or is no more.

    A worker claims before it loads the engine of tables, so that its owner sees at once that it came.
    """
    with transaction.atomic():
        row = Job.objects.select_for_update().filter(pk=job, state=JobState.QUEUED).first()
        if row is None:
            return False
        move(row, JobState.RUNNING)
        row.started_at, row.step = at, "read"
        row.save()
    return True


def end_job(job: int, state: JobState, at: datetime, **columns: Any) -> None:
    """Write the end of a running job, once: a job that has ended stays as it is."""
    with transaction.atomic():
        row = Job.objects.select_for_update().filter(pk=job, state=JobState.RUNNING).first()
        if row is None:
            return
        move(row, state)
        row.ended_at = at
        for name, value in columns.items():
            setattr(row, name, value)
        row.save()
        trace(f"job_{state}", row, LOADER, at)


def is_stopped(job: int) -> bool:
    """Whether the owner of a running job asked for its end."""
    return bool(Job.objects.filter(pk=job).values_list("stop", flat=True).first())
