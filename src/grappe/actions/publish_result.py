"""Show the result of a job to everybody, or to its owner alone again."""

from datetime import datetime

from django.db import transaction

from grappe.actions.job_record import job_to_change, trace
from grappe.domain.actor import Actor
from grappe.domain.errors import Refused
from grappe.domain.job import JobState


def publish_result(job: int, *, public: bool, by: Actor, at: datetime) -> None:
    """Publish the result of a job, or take it back.

    What is published are lists, figures and footprints of at least ten establishments: never the file, a
    row of it, or the name of a firm.

    Raises
    ------
    UnknownThing
        If the account has no such job.
    Refused
        If it has no result, or nobody said what the register covers.
    """
    with transaction.atomic():
        row = job_to_change(job, by)
        if public and row.state != JobState.DONE:
            raise Refused("no_result_yet", job=row.title)
        if public and not row.options.get("coverage"):
            raise Refused("coverage_missing", job=row.title)
        row.published_at = at if public else None
        row.save()
        trace("publish_result" if public else "withdraw_result", row, by, at)
