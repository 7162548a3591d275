"""Accept or reject proposals of a reading, one by one or a sheet at once, or leave them open again."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from grappe.actions.reading_record import check_open, reading_to_change, record
from grappe.census.reading.proposal import Step
from grappe.census.reading.sheets_of import needed_by
from grappe.domain.actor import Actor
from grappe.domain.errors import UnknownThing
from grappe.store.readings import proposals_of


@dataclass(frozen=True, slots=True)
class Decided:
    """How many proposals were decided on, and how many more were accepted since these need them."""

    chosen: int
    needed: int


def decide_proposals(
    reading: int,
    step: Step,
    *,
    codes: Collection[str] = (),
    sheet: str | None = None,
    by: Actor,
    at: datetime,
    seen: int | None = None,
) -> Decided:
    """Give some proposals a step: those of `codes`, or all of a sheet that nobody has decided on yet.

    What is accepted takes along what it cannot be stored without, such as the name of a new organisation
    that it refers to, unless somebody rejected that.

    Raises
    ------
    UnknownThing
        If there is no such reading, or it has no such proposal or sheet.
    Refused
        If the reading is not open, or was changed meanwhile.
    """
    with transaction.atomic():
        row = reading_to_change(reading, by, seen)
        check_open(row)
        if sheet is not None:
            on_sheet = row.proposals.filter(sheet=sheet)
            if not on_sheet.exists():
                raise UnknownThing("no_such_proposal", id=sheet)
            if step is not Step.PROPOSED:
                on_sheet = on_sheet.filter(step=str(Step.PROPOSED))
            chosen = set(on_sheet.values_list("code", flat=True))
        else:
            chosen = set(codes)
            found = set(row.proposals.filter(code__in=chosen).values_list("code", flat=True))
            if missing := sorted(chosen - found) or ([] if chosen else [""]):
                raise UnknownThing("no_such_proposal", id=missing[0])
        needed: set[str] = set()
        if step is Step.ACCEPTED:
            needed = needed_by(chosen, proposals_of(row.proposals.all()))
            open_ones = row.proposals.filter(code__in=needed, step=str(Step.PROPOSED))
            needed = set(open_ones.values_list("code", flat=True))
        who = "" if step is Step.PROPOSED else str(by)
        for part in _parts(sorted(chosen | needed)):
            row.proposals.filter(code__in=part).update(step=str(step), decided_by=who)
        detail = {"sheet": sheet} if sheet is not None else {"proposals": sorted(chosen)}
        record("decide_proposals", row, by, at, step=str(step), needed=len(needed), **detail)
    return Decided(len(chosen), len(needed))


def _parts(codes: list[str], most: int = 900) -> list[list[str]]:
    """Few enough codes for one question to the database."""
    return [codes[start : start + most] for start in range(0, len(codes), most)]
