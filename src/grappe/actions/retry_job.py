"""Queue again a job that ended without a result."""

from datetime import datetime

from django.db import transaction

from grappe.actions.job_record import job_to_change, move, trace
from grappe.domain.actor import Actor
from grappe.domain.job import JobState


def retry_job(job: int, *, by: Actor, at: datetime) -> None:
    """Queue a job again, with the same file and options.

    Raises
    ------
    UnknownThing
        If the account has no such job.
    Refused
        If it has a result, or has not ended.
    """
    with transaction.atomic():
        row = job_to_change(job, by)
        move(row, JobState.QUEUED)
        row.stop, row.error, row.ended_at, row.started_at = False, None, None, None
        row.called_at = None
        row.step, row.done, row.total = "", 0, 0
        row.save()
        trace("retry_job", row, by, at)
