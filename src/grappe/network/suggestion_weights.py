"""Weights of the parts of a suggestion: data with a reason each, which a question may override."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import yaml

from grappe.domain.errors import BadChoice

MOST = Decimal(100)
"""Largest weight of one part."""


@dataclass(frozen=True, slots=True)
class Weight:
    """What a part can bring at most, why, and what that leans on."""

    weight: Decimal
    reason: str
    reference: str


@cache
def shipped() -> Mapping[str, Weight]:
    """Every part with its weight, in the order of ``suggestion_weights.yml``."""
    text = (files("grappe.network") / "suggestion_weights.yml").read_text("utf-8")
    read = yaml.load(text, yaml.CSafeLoader)
    return MappingProxyType(
        {
            code: Weight(Decimal(str(row["weight"])), row["reason"], row["reference"])
            for code, row in read.items()
        }
    )


@cache
def default_weights() -> Mapping[str, Decimal]:
    """Weight of every part, as shipped."""
    return MappingProxyType({code: row.weight for code, row in shipped().items()})


def read_weights(given: Iterable[str]) -> Mapping[str, Decimal]:
    """Weights of a question: those shipped, but for what is given as ``part=number``.

    Parameters
    ----------
    given : such as ``["niche=3", "language=0"]``; of one part given twice the last counts

    Returns
    -------
    mapping of part to weight, total over the parts

    Raises
    ------
    BadChoice
        If a part does not exist, or a weight is no number from 0 to 100 with two decimals at most.

    Examples
    --------
    >>> weights = read_weights(["niche=3", "language=0"])
    >>> str(weights["niche"]), str(weights["language"]), str(weights["events"])
    ('3', '0', '3')
    """
    found = dict(default_weights())
    for text in given:
        code, _, number = (part.strip() for part in text.partition("="))
        if code not in found:
            raise BadChoice(name="weight", value=text, accepted=", ".join(f"{one}=…" for one in found))
        found[code] = _number(text, number)
    return MappingProxyType(found)


def _number(text: str, number: str) -> Decimal:
    try:
        # A decimal comma is what a French keyboard writes.
        value = Decimal(number.replace(",", "."))
    except InvalidOperation:
        value = Decimal(-1)
    if not value.is_finite() or not 0 <= value <= MOST or value != value.quantize(Decimal("0.01")):
        raise BadChoice(name="weight", value=text, accepted="0, 0.5, 1… 100")
    return value
