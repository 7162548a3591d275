"""What every action on a job begins and ends with: the row to change, and the trace of it."""

from datetime import datetime

from grappe.actions import trail
from grappe.domain.actor import Actor
from grappe.domain.errors import Refused, UnknownThing
from grappe.domain.job import JOB_MOVES, JobState
from grappe.store.models import Job


def job_to_change(job: int, by: Actor) -> Job:
    """The row of a job that its owner is about to change.

    Raises
    ------
    UnknownThing
        If there is no such job, or it is somebody else's: which of the two is nobody's business.
    """
    row = Job.objects.select_for_update().filter(pk=job).first()
    if row is None or not (by.trusted or row.owner_id == by.account):
        raise UnknownThing(kind="job", id=job)
    return row


def move(job: Job, wanted: JobState) -> None:
    """Give a job another state; the caller saves it.

    Raises
    ------
    Refused
        If that state may not follow the present one.
    """
    if wanted not in JOB_MOVES[JobState(job.state)]:
        raise Refused("job_cannot", job=job.title, present=job.state, wanted=wanted)
    job.state = str(wanted)


def trace(verb: str, job: Job, by: Actor, at: datetime, **detail: object) -> None:
    """Keep the trace of a change of a job; what was uploaded is not in it."""
    trail.trace(verb, f"job {job.pk}", by, at, **detail)
