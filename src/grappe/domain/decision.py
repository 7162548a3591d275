"""Decisions: append-only rows on statements, saying who did what, when and why."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Verdict(StrEnum):
    """What was decided about a statement."""

    LOADED = "loaded"  # a data set contains it
    WITHDRAWN = "withdrawn"  # its data set no longer contains it: it is no rival any more
    ACCEPTED = "accepted"  # a proposal was taken up
    REJECTED = "rejected"  # a proposal, or a value found wrong, is no rival any more
    PREFERRED = "preferred"  # an editor's ruling between rivals


STANDING = {
    Verdict.LOADED: True,
    Verdict.WITHDRAWN: False,
    Verdict.ACCEPTED: True,
    Verdict.REJECTED: False,
    Verdict.PREFERRED: True,
}
"""Whether a statement stands after each verdict; total over `Verdict`."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One row of the record: the latest one about a statement says whether it stands.

    `by` is a role: decisions are public, and the name of who took one stays in the audit trail.
    """

    statement: str
    verdict: Verdict
    by: str
    at: datetime
    why: str = ""
