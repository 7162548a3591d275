"""The command that runs work in the background; a page starts it, and it ends by itself."""

import os
import threading
from datetime import UTC, datetime

import click

from grappe.cli.ready import set_up

LOOKS = 0.5
"""Seconds between two looks at whether the owner wants the job stopped."""


@click.command()
@click.option("--job", type=int, metavar="NUMBER", help="Run this job first, then all that wait, in order.")
def work(job: int | None) -> None:
    """Run queued jobs, one at a time, with low priority, and end.

    Pages start it by themselves. A second worker on the same data folder ends at once.
    """
    set_up()
    from grappe.actions.claim_job import claim_job
    from grappe.queries.jobs import waiting_jobs
    from grappe.store.job_files import worker_lock

    with worker_lock() as mine:
        if not mine:
            return
        wanted = [job] if job is not None else []
        # Jobs that came meanwhile are done as well: no other worker can have them.
        while wanted := wanted or waiting_jobs()[:1]:
            one, done = wanted.pop(), threading.Event()
            threading.Thread(target=_watch, args=(one, done), daemon=True).start()
            if claim_job(one, at=_now()):
                _run(one)
            done.set()


def _run(job: int) -> None:
    # The engine of tables takes seconds to load: its owner has seen by now that a worker came.
    if hasattr(os, "nice"):
        os.nice(10)
    from grappe.actions.run_job import run_job
    from grappe.queries.declared_clusters import declared_now

    run_job(job, census=declared_now, clock=_now)


def _now() -> datetime:
    return datetime.now(UTC)


def _watch(job: int, done: threading.Event) -> None:
    """End the process as soon as the owner asks: a long step of the search does not look by itself."""
    from grappe.actions.claim_job import end_job, is_stopped
    from grappe.domain.job import JobState

    while not done.wait(LOOKS):
        if is_stopped(job):
            end_job(job, JobState.CANCELLED, _now())
            os._exit(0)


if __name__ == "__main__":
    work()
