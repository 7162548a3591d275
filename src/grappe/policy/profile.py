"""The profile of an applicant: facts by name, each with its citations; what is unknown is left out."""

from collections.abc import Mapping
from dataclasses import dataclass

from grappe.domain.interval import Interval
from grappe.policy.cite import Cite

FactValue = bool | int | float | str | Interval | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A known fact; `read_as` names the reading by which it was told from others, if it was."""

    value: FactValue
    cites: tuple[Cite, ...] = ()
    read_as: str | None = None

    @property
    def interval(self) -> Interval | None:
        """The fact as an interval of numbers; None if it is no number."""
        if isinstance(self.value, Interval):
            return self.value
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            return None
        return Interval(self.value, self.value)


Profile = Mapping[str, Fact]
"""Facts of one applicant by the name of their field; a name that is absent is unknown."""
