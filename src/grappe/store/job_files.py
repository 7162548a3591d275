"""Folders of jobs below the data folder, and the lock that tells whether a worker is alive."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

INPUT, OWN, RESULT, FIRMS, LOG = "register", "concordance.csv", "result.json", "firms.csv", "log"
"""Names of files in the folder of a job; the input keeps the suffix of the uploaded file."""


def jobs_folder() -> Path:
    """Where all jobs keep their files."""
    folder = Path(settings.DATA) / "jobs"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def folder_of(job: int) -> Path:
    """The folder of one job; it need not exist."""
    return jobs_folder() / str(job)


@contextmanager
def worker_lock() -> Iterator[bool]:
    """Try to be the one worker of this data folder; true inside the block if it worked.

    The system lets go of the lock when the process ends, however it ends: a job that is running while
    nobody holds the lock has lost its worker.
    """
    handle = os.open(jobs_folder() / "worker.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield _locked(handle)
    finally:
        os.close(handle)


def worker_alive() -> bool:
    """Whether some worker holds the lock now."""
    with worker_lock() as mine:
        return not mine


def _locked(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
