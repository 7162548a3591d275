"""Which jobs has somebody asked for, how far are they, and what came of them?"""

import csv
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

import orjson

from grappe.domain.actor import Actor
from grappe.domain.errors import GrappeError, InputRefused, Problem, UnknownThing
from grappe.domain.job import ENDED, JobState
from grappe.store.job_files import FIRMS, RESULT, folder_of
from grappe.store.models import Job

FIRMS_SHOWN = 200
"""Rows of a concentration that a page shows; the file has them all."""


@dataclass(frozen=True, slots=True)
class JobCard:
    """A job as its owner sees it; `share` is how much of the present step is done, 0 to 1."""

    id: int
    title: str
    state: JobState
    step: str
    done: int
    total: int
    stopping: bool
    created_at: datetime
    ended_at: datetime | None
    published: bool
    options: dict[str, Any]
    summary: dict[str, Any] | None
    error: GrappeError | None
    mine: bool

    @property
    def ended(self) -> bool:
        """Whether nothing more happens by itself."""
        return self.state in ENDED

    @property
    def share(self) -> float:
        """Part of the present step that is done."""
        return self.done / self.total if self.total else 0.0


def my_jobs(by: Actor) -> list[JobCard]:
    """Jobs of an account, the newest first."""
    return [_card(row, by) for row in Job.objects.filter(owner_id=by.account)]


def published_jobs() -> list[JobCard]:
    """Jobs whose results their owners show to everybody, the newest first."""
    return [_card(row, None) for row in Job.objects.exclude(published_at=None)]


def job(number: int, by: Actor | None) -> JobCard:
    """A job that somebody may see: one's own, or one whose result is published.

    Raises
    ------
    UnknownThing
        If there is none, or it is somebody else's and not published.
    """
    row = Job.objects.filter(pk=number).first()
    own = row is not None and by is not None and (by.trusted or row.owner_id == by.account)
    if row is None or not (own or row.published_at):
        raise UnknownThing(kind="job", id=number)
    return _card(row, by)


def result(number: int, by: Actor | None) -> dict[str, Any]:
    """The result of a job that somebody may see, with what is only its owner's left out for others.

    Raises
    ------
    UnknownThing
        If there is no such job or no result.
    """
    card = job(number, by)
    path = folder_of(number) / RESULT
    if card.state is not JobState.DONE or not path.is_file():
        raise UnknownThing(kind="result", id=number)
    plain: dict[str, Any] = orjson.loads(path.read_bytes())
    if not card.mine:
        # Bad rows quote cells of the file, which is its owner's.
        for name in ("problems", "file", "columns"):
            plain.pop(name, None)
    return plain


def firms(number: int, concentration: str, by: Actor) -> list[list[str]]:
    """Rows of the register in one undeclared concentration, under their header: for the owner alone.

    Raises
    ------
    UnknownThing
        If it is not the owner who asks, or there is no result.
    """
    path = firms_file(number, by)
    with path.open(encoding="utf-8", newline="") as stream:
        read = csv.reader(stream)
        header = next(read, [])
        return [header, *islice((row for row in read if row[0] == concentration), FIRMS_SHOWN)]


def firms_file(number: int, by: Actor) -> Any:
    """Path of the rows of all undeclared concentrations of a job: for the owner alone.

    Raises
    ------
    UnknownThing
        If it is not the owner who asks, or there is no result.
    """
    path = folder_of(number) / FIRMS
    if not job(number, by).mine or not path.is_file():
        raise UnknownThing(kind="result", id=number)
    return path


def waiting_jobs() -> list[int]:
    """Numbers of the jobs that wait, in their order."""
    return list(Job.objects.filter(state=JobState.QUEUED).order_by("id").values_list("pk", flat=True))


def _card(row: Job, by: Actor | None) -> JobCard:
    mine = by is not None and (by.trusted or row.owner_id == by.account)
    return JobCard(
        id=row.pk, title=row.title, state=JobState(row.state), step=row.step, done=row.done, total=row.total,
        stopping=row.stop, created_at=row.created_at, ended_at=row.ended_at,
        published=row.published_at is not None, options=row.options, summary=row.summary,
        error=_error(row.error) if row.error else None, mine=mine,
    )  # fmt: skip


def _error(kept: dict[str, Any]) -> GrappeError:
    code, problems = kept["code"], [Problem(**one) for one in kept["problems"]]
    return InputRefused(code, problems=problems, **kept["params"])
