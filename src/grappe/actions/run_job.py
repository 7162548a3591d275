"""Run a job in a worker: read the register, search it, match it with the census, keep the result."""

import csv
import os
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

import orjson

from grappe.actions.claim_job import end_job, is_stopped
from grappe.agglomeration.activities import Concordance
from grappe.agglomeration.matching import DeclaredCluster, DeclaredPlace, SectorRule, Thresholds
from grappe.agglomeration.search_declared import Answer, Question, seen_in_register
from grappe.agglomeration.uploaded_register import Uploaded, firm_rows, read_concordance, read_uploaded
from grappe.domain.errors import GrappeError, InputRefused
from grappe.domain.job import JobState
from grappe.present.declared_seen import comparison_plain
from grappe.store.job_files import FIRMS, OWN, RESULT, folder_of
from grappe.store.models import Job

EVERY = 0.3
"""Seconds between two writes of the progress, at least."""

QUOTED = 50
"""Bad rows kept with a result; their number is always given in full."""

Clock = Callable[[], datetime]


class Declared(Protocol):
    """What the census declares: clusters, the towns that give names, the day it is of."""

    @property
    def clusters(self) -> list[DeclaredCluster]:
        """Clusters that live."""
        ...

    @property
    def places(self) -> list[DeclaredPlace]:
        """Towns with their coordinates."""
        ...

    @property
    def on(self) -> str:
        """The day spoken of."""
        ...


Census = Callable[[str | None], Declared]
"""What is declared in a country, or anywhere; a query answers it."""


class Stopped(Exception):
    """The owner of the job asked for its end."""


def run_job(job: int, *, census: Census, clock: Clock) -> None:
    """Run a job that was claimed, to its end.

    Refusals of the input end in the state ``failed`` with their reason. A mistake of ours does too, and goes
    on to the caller.
    """
    row = Job.objects.get(pk=job)
    progress = _Progress(job)
    try:
        summary = _run(row, census, progress)
    except Stopped:
        end_job(job, JobState.CANCELLED, clock())
    except GrappeError as error:
        end_job(job, JobState.FAILED, clock(), error=_error(error))
    except BaseException:
        end_job(job, JobState.FAILED, clock(), error={"code": "job_broke", "params": {}, "problems": []})
        raise
    else:
        end_job(job, JobState.DONE, clock(), summary=summary)


class _Progress:
    """Writes how far a job is, not too often, and hears when it is to stop."""

    def __init__(self, job: int) -> None:
        self.job, self.step, self.last = job, "", 0.0

    def __call__(self, step: str, done: int, total: int) -> None:
        now = time.monotonic()
        if step == self.step and now - self.last < EVERY and done < total:
            return
        self.step, self.last = step, now
        Job.objects.filter(pk=self.job).update(step=step, done=done, total=total)
        if is_stopped(self.job):
            raise Stopped


def _run(row: Job, census: Census, progress: _Progress) -> dict[str, Any]:
    options, folder = row.options, folder_of(row.pk)
    progress("read", 0, 1)
    own = folder / OWN
    concordance = Concordance(options["nomenclature"], read_concordance(own) if own.exists() else {})
    path = folder / row.file
    read = read_uploaded(
        path, options["columns"], skip_bad_rows=options["skip_bad_rows"], unit=options["unit"]
    )
    progress("read", 1, 1)
    question = Question(
        concordance, Thresholds(options["max_km"], SectorRule(options["sector"])), level=options["level"],
        test=options["test"],
    )  # fmt: skip
    declared = census(options["country"])
    answer = seen_in_register(
        read.register.points, declared.clusters, declared.places, question,
        coverage=options["coverage"] or None, progress=progress,
    )  # fmt: skip
    plain = _plain(row, read, answer, options, declared.on)
    compared = answer.compared
    inside = {one.id: read.register.points.row[one.concentration.members] for one in compared.undeclared}
    with (folder / FIRMS).open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(firm_rows(path, inside))
    _write_whole(folder / RESULT, orjson.dumps(plain, option=orjson.OPT_SERIALIZE_NUMPY, default=str))
    return {"counts": plain["counts"], "rows": plain["rows"], "set_aside": plain["set_aside"]}


def _plain(row: Job, read: Uploaded, answer: Answer, options: dict[str, Any], on: str) -> dict[str, Any]:
    register = read.register
    return {
        "job": row.pk, "title": row.title, "file": options["file_name"], "columns": dict(read.columns),
        "rows": register.rows, "set_aside": len(register.problems),
        "problems": [asdict(one) for one in register.problems[:QUOTED]],
    } | comparison_plain(
        answer.compared, nomenclature=options["nomenclature"], country=options["country"], on=on,
        tested=answer.tested,
    )  # fmt: skip


def _write_whole(path: Path, body: bytes) -> None:
    unfinished = path.with_suffix(".part")
    with unfinished.open("wb") as stream:
        stream.write(body)
        stream.flush()
        os.fsync(stream.fileno())
    unfinished.replace(path)


def _error(error: GrappeError) -> dict[str, Any]:
    problems = error.problems if isinstance(error, InputRefused) else ()
    return {
        "code": error.code,
        "params": error.params,
        "problems": [asdict(one) for one in problems[:QUOTED]],
    }
