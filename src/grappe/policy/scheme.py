"""A scheme: how a public body supports clusters, as dated data of which every item is cited.

Nothing here computes eligibility or terms; see `grappe.policy.eligibility` and
`grappe.policy.contract_schedule`.
"""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from grappe.domain.dates import PartialDate
from grappe.policy.cite import Cite
from grappe.policy.finding import all_met

AREAS = ("EU", "INT")
"""Areas of a scheme that are no country: the European Union, and an international body."""
Text = Mapping[str, str]
"""A text in the three languages: ``{"fr": …, "en": …, "ar": …}``."""
ParameterValue = Decimal | str | PartialDate | tuple[str, ...] | tuple[Decimal, ...] | None


class Given(StrEnum):
    """Who says the value of a parameter."""

    NOT_GIVEN = "not_given"  # the source leaves it open: it has no value
    ASSUMED = "assumed"  # named by whoever asks the question
    EDITORS = "editors"  # a working assumption of the file, said to be one


class ParameterType(StrEnum):
    """What values a parameter takes."""

    DATE = "date"
    MONTHS = "months"
    AMOUNT = "amount"
    NUMBER = "number"
    SHARES = "shares"  # parts of a whole, one a year
    CODES = "codes"
    CHOICE = "choice"


class ConditionKind(StrEnum):
    """The closed set of conditions that a scheme can set."""

    MIN = "min"  # a figure of at least
    MAX = "max"  # a figure of at most
    ONE_OF = "one_of"  # a code, or one of several codes, in a list
    ALL_OF = "all_of"  # every code of a list
    FLAG = "flag"  # a yes
    ANY_OF = "any_of"  # one of several ways: the others need not hold
    WINDOW = "window"  # the day asked of lies between two days


@dataclass(frozen=True, slots=True)
class Parameter:
    """What the source leaves open, or an assumption clearly named as one; never a fact.

    `not_before` and `not_after` bound an unknown date by what the source does say: the day lies
    between the first day of the one and the last day of the other.
    """

    id: str
    name: Text
    type: ParameterType
    source: Given
    cites: tuple[Cite, ...]
    value: ParameterValue = None
    unit: str | None = None
    not_before: PartialDate | None = None
    not_after: PartialDate | None = None
    choices: tuple[str, ...] = ()
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Boundary:
    """A day from which something changes: printed, or a parameter."""

    printed: PartialDate | None = None
    parameter: str | None = None

    def span(self, parameters: Mapping[str, Parameter]) -> tuple[date, date]:
        """Earliest and latest day that it can be.

        A printed month is any day of that month; a parameter without a value is bounded by what the
        source says of it.
        """
        if self.printed is not None:
            return self.printed.first, _last(self.printed)
        assert self.parameter is not None
        known = parameters[self.parameter]
        if isinstance(known.value, PartialDate):
            return known.value.first, _last(known.value)
        return (
            known.not_before.first if known.not_before else date.min,
            _last(known.not_after) if known.not_after else date.max,
        )


@dataclass(frozen=True, slots=True)
class Validity:
    """Period in which an item holds; a side that is None is open, and the end is the first day out."""

    start: Boundary | None = None
    end: Boundary | None = None

    def holds(self, on: date, parameters: Mapping[str, Parameter]) -> bool | None:
        """Whether it holds on a day; None where the source does not say when it began or ended.

        Examples
        --------
        >>> spring = Validity(Boundary(PartialDate("2019-03")))
        >>> [spring.holds(date(2019, month, 15), {}) for month in (2, 3, 4)]
        [False, None, True]
        """
        begun = _passed(self.start, on, parameters) if self.start else True
        ended = _passed(self.end, on, parameters) if self.end else False
        return all_met((begun, None if ended is None else not ended))


ALWAYS = Validity()


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition on an applicant or on a phase.

    `field` is the fact that is looked at; `needed` what it is compared with, or `parameter` the
    name of what the source leaves open. `ways` are the alternatives of an ``any_of``.
    """

    id: str
    kind: ConditionKind
    name: Text
    cites: tuple[Cite, ...]
    field: str | None = None
    needed: Decimal | tuple[str, ...] | None = None
    parameter: str | None = None
    unit: str | None = None
    opens: PartialDate | None = None
    closes: PartialDate | None = None
    ways: tuple["Condition", ...] = ()
    validity: Validity = ALWAYS
    note: Text | None = None

    @property
    def key(self) -> str:
        """Name by which its threshold is changed: ``members.min``."""
        return f"{self.id}.{self.kind}"


@dataclass(frozen=True, slots=True)
class Waiver:
    """A fact that, once shown, does away with some conditions; whoever invokes it must show it."""

    condition: Condition
    waives: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of money in force for a period of starts.

    `basis` says what the number is: a cap, a fixed amount, an amount set case by case. `value` is
    None where the source leaves it open; `parameter` then names it.
    """

    currency: str
    basis: str
    cites: tuple[Cite, ...]
    value: Decimal | None = None
    parameter: str | None = None
    validity: Validity = ALWAYS


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of a contract: its length in months, its amounts by date, what must hold to enter it."""

    id: str
    name: Text
    cites: tuple[Cite, ...]
    months: int | None
    months_parameter: str | None = None
    amounts: tuple[Amount, ...] = ()
    degressive: bool = False
    degression: str | None = None
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read what the source says of the phases; the first of a scheme is the default."""

    id: str
    name: Text
    phases: tuple[Phase, ...]
    cites: tuple[Cite, ...]
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """What a beneficiary is measured by. Parts that the source does not give are None.

    `formula` is a code of `grappe.policy.indicators.FORMULAS`; `also` names other schemes that use it.
    """

    id: str
    name: Text
    cites: tuple[Cite, ...]
    definition: Text | None = None
    unit: str | None = None
    formula: str | None = None
    proof: Text | None = None
    frequency: str | None = None
    section: str | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IndicatorSet:
    """A dated version of the indicators of a scheme: how many the source counts, and those it names."""

    version: str
    name: Text
    count: int
    indicators: tuple[Indicator, ...]
    cites: tuple[Cite, ...]
    validity: Validity = ALWAYS
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a procedure: who does what."""

    id: str
    name: Text
    actor: str
    cites: tuple[Cite, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A document that is handed in or signed."""

    id: str
    name: Text
    cites: tuple[Cite, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that the source gives of the scheme itself, such as how many zones it makes."""

    id: str
    name: Text
    value: Decimal
    unit: str
    cites: tuple[Cite, ...]


@dataclass(frozen=True, slots=True)
class Commitment:
    """What one side owes the other: `side` is ``state`` or ``beneficiary``."""

    id: str
    side: str
    name: Text
    cites: tuple[Cite, ...]


@dataclass(frozen=True, slots=True)
class Scheme:
    """A scheme with all that is said of it."""

    id: str
    country: str
    kind: str
    name: Text
    authority: Text
    receivers: tuple[str, ...]
    cites: tuple[Cite, ...]
    last_checked: PartialDate
    validity: Validity = ALWAYS
    summary: Text | None = None
    instruments: tuple[str, ...] = ()
    parent: str | None = None
    status: str | None = None
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    conditions: tuple[Condition, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    readings: tuple[Reading, ...] = ()
    indicator_sets: tuple[IndicatorSet, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    steps: tuple[Step, ...] = ()
    documents: tuple[Document, ...] = ()
    figures: tuple[Figure, ...] = ()

    def holds(self, on: date, item: Validity | None = None) -> bool | None:
        """Whether the scheme, or an item of it, is in force on a day; None where it cannot be told."""
        return (item or self.validity).holds(on, self.parameters)

    def open_parameters(self) -> list[Parameter]:
        """What the source leaves open and nobody has assumed."""
        return [one for one in self.parameters.values() if one.value is None]

    def all_conditions(self) -> Iterator[Condition]:
        """Conditions on an applicant, the ways of an ``any_of`` and of waivers included."""
        for condition in (*self.conditions, *(waiver.condition for waiver in self.waivers)):
            yield condition
            yield from condition.ways

    def assuming(self, values: Mapping[str, ParameterValue]) -> "Scheme":
        """The scheme with values for some of its parameters, marked as assumed.

        Raises
        ------
        KeyError
            If there is no such parameter.
        """
        changed = {
            id: dataclasses.replace(self.parameters[id], value=value, source=Given.ASSUMED)
            for id, value in values.items()
        }
        return dataclasses.replace(self, parameters={**self.parameters, **changed})


def _passed(boundary: Boundary, on: date, parameters: Mapping[str, Parameter]) -> bool | None:
    earliest, latest = boundary.span(parameters)
    if on >= latest:
        return True
    return None if on >= earliest else False


def _last(printed: PartialDate) -> date:
    return date.fromordinal(printed.end.toordinal() - 1)
