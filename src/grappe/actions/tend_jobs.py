"""Look after the jobs: tell which lost their worker, and start a worker where one is wanted."""

import os
import subprocess
import sys
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from grappe.actions.job_record import move, trace
from grappe.domain.actor import LOADER
from grappe.domain.job import JobState
from grappe.store.job_files import LOG, folder_of, worker_lock
from grappe.store.models import Job

PATIENCE = timedelta(seconds=30)
"""Time that a worker has to come before another is started for the same job."""


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
    queued = Job.objects.filter(state=JobState.QUEUED)
    waiting = queued.order_by("id").values_list("pk", flat=True).first()
    # A worker takes a moment to come: whoever looks meanwhile must not start a second one.
    if waiting is None:
        return
    called = queued.filter(Q(called_at=None) | Q(called_at__lt=at - PATIENCE), pk=waiting)
    if called.update(called_at=at):
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
