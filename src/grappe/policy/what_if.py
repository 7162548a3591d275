"""What-if: thresholds are changed, and one sees who enters and who leaves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from grappe.policy.eligibility import Eligibility, eligible
from grappe.policy.profile import Profile
from grappe.policy.scheme import Scheme


@dataclass(frozen=True, slots=True)
class Change:
    """What a change of thresholds does to one applicant: the answers before and after."""

    applicant: str
    before: Eligibility
    after: Eligibility

    @property
    def passes(self) -> tuple[str, ...]:
        """Conditions that were not met and no longer stand in the way."""
        return tuple(rule for rule, (old, new) in self._pairs().items() if old is False and new is not False)

    @property
    def fails(self) -> tuple[str, ...]:
        """Conditions that did not stand in the way and are no longer met."""
        return tuple(rule for rule, (old, new) in self._pairs().items() if old is not False and new is False)

    def _pairs(self) -> dict[str, tuple[bool | None, bool | None]]:
        new = {one.rule: one.met for one in self.after.findings}
        return {one.rule: (one.met, new.get(one.rule)) for one in self.before.findings}


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Who moves under changed thresholds.

    `enters` were excluded and no longer are, or could not be told and now are in; `leaves` the
    reverse. Whoever enters may still lack facts: `Change.after.met` is then None. `moved` holds every
    applicant of whom some finding changed, those two groups included.
    """

    enters: tuple[Change, ...]
    leaves: tuple[Change, ...]
    moved: tuple[Change, ...]


def what_if(scheme: Scheme, profiles: Mapping[str, Profile], on: date, changed: Mapping[str, str]) -> WhatIf:
    """Compare the answers of a scheme to many applicants before and after a change.

    Parameters
    ----------
    scheme : as published
    profiles : facts of each applicant, by id
    on : day of the question
    changed : as in `grappe.policy.eligibility.with_changes`

    Raises
    ------
    UnknownThing, BadChoice
        As `grappe.policy.eligibility.with_changes`.

    Examples
    --------
    >>> from grappe.policy import scheme
    >>> from grappe.policy.profile import Fact
    >>> two = {"a": {"members": Fact(12)}, "b": {"members": Fact(9)}}
    >>> platform = scheme("eu-collaboration-platform")
    >>> answer = what_if(platform, two, date(2019, 3, 31), {"members.min": "10"})
    >>> [one.applicant for one in answer.enters]
    ['a']
    """
    changes = [
        Change(id, eligible(scheme, profile, on), eligible(scheme, profile, on, changed))
        for id, profile in profiles.items()
    ]
    rank = {False: 0, None: 1, True: 2}
    return WhatIf(
        enters=tuple(one for one in changes if rank[one.after.met] > rank[one.before.met]),
        leaves=tuple(one for one in changes if rank[one.after.met] < rank[one.before.met]),
        moved=tuple(one for one in changes if _answers(one.before) != _answers(one.after)),
    )


def _answers(answer: Eligibility) -> list[tuple[str, bool | None]]:
    return [("", answer.met), *((one.rule, one.met) for one in answer.findings)]
