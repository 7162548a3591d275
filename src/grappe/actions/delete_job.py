"""Delete a job with everything that was uploaded for it."""

import shutil
from datetime import datetime

from django.db import transaction

from grappe.actions.job_record import job_to_change, trace
from grappe.domain.actor import Actor
from grappe.domain.errors import Refused
from grappe.domain.job import JobState
from grappe.store.job_files import folder_of, worker_alive


def delete_job(job: int, *, by: Actor, at: datetime) -> None:
    """Delete a job, its file and its result; signals that were made of it keep their dossier.

    Raises
    ------
    UnknownThing
        If the account has no such job.
    Refused
        If it is running.
    """
    with transaction.atomic():
        row = job_to_change(job, by)
        if row.state == JobState.RUNNING and worker_alive():
            raise Refused("job_running", job=row.title)
        trace("delete_job", row, by, at)
        row.delete()
        folder = folder_of(job)
        if folder.exists():
            shutil.rmtree(folder)
