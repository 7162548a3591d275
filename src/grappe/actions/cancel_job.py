"""Stop a job that waits or runs."""

from datetime import datetime

from django.db import transaction

from grappe.actions.job_record import job_to_change, move, trace
from grappe.domain.actor import Actor
from grappe.domain.errors import Refused
from grappe.domain.job import JobState
from grappe.store.job_files import worker_alive


def cancel_job(job: int, *, by: Actor, at: datetime) -> None:
    """Cancel a job: at once if it waits, or its worker is gone; else its worker is told to stop.

    Raises
    ------
    UnknownThing
        If the account has no such job.
    Refused
        If it has ended already.
    """
    with transaction.atomic():
        row = job_to_change(job, by)
        if row.state == JobState.RUNNING and worker_alive():
            row.stop = True
        elif row.state in (JobState.QUEUED, JobState.RUNNING):
            move(row, JobState.CANCELLED)
            row.ended_at = at
        else:
            raise Refused("job_cannot", job=row.title, present=row.state, wanted=JobState.CANCELLED)
        row.save()
        trace("cancel_job", row, by, at)
