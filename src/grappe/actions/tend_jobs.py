"""Look after the jobs: tell which lost their worker, and start a worker where one is wanted."""

import os
import subprocess
import sys
from datetime import datetime

from django.conf import settings
from django.db import transaction

from grappe.actions.job_record import move, trace
from grappe.domain.actor import LOADER
from grappe.domain.job import JobState
from grappe.store.job_files import LOG, folder_of, worker_lock
from grappe.store.models import Job


def tend_jobs(*, at: datetime) -> None:
    """Mark running jobs without a worker as lost, and start a worker for the first that waits.

    Called whenever somebody looks at jobs, so that a restart of the machine needs no caretaker. Looking
    costs two reads where nothing is to do.
    """
    if not Job.objects.filter(state__in=[JobState.QUEUED, JobState.RUNNING]).exists():
        return
    with worker_lock() as idle:
        if not idle:
            return
        with transaction.atomic():
            for row in Job.objects.select_for_update().filter(state=JobState.RUNNING):
                move(row, JobState.CANCELLED if row.stop else JobState.LOST)
                row.ended_at = at
                row.save()
                trace("lose_job", row, LOADER, at)
    waiting = Job.objects.filter(state=JobState.QUEUED).order_by("id").values_list("pk", flat=True).first()
    if waiting is not None:
        start_worker(waiting)


def start_worker(job: int) -> None:
    """Start a process that runs one job and ends; the page that asked does not wait for it."""
    log = folder_of(job) / LOG
    with log.open("ab") as stream:
        subprocess.Popen(
            [sys.executable, "-m", "grappe.cli.working", "--job", str(job)],
            stdin=subprocess.DEVNULL, stdout=stream, stderr=stream, start_new_session=True,
            env=os.environ | {"GRAPPE_DATA": str(settings.DATA), "DJANGO_SETTINGS_MODULE": "grappe.settings"},
        )  # fmt: skip
