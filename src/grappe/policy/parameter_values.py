"""Values of parameters: how a word of a file, a command or a form becomes a value of the right type."""

import itertools
from collections.abc import Iterable
from decimal import Decimal

from grappe.domain.dates import PartialDate, is_date
from grappe.domain.errors import BadChoice, UnknownThing
from grappe.policy.scheme import ParameterType, ParameterValue, Scheme
from grappe.policy.scheme_nodes import decimal_of

FORMS = {
    ParameterType.DATE: "YYYY, YYYY-MM, YYYY-MM-DD",
    ParameterType.MONTHS: "1, 2, 3…",
    ParameterType.AMOUNT: "0, 1500000, 1250000.50…",
    ParameterType.NUMBER: "0, 1, 2.5…",
    ParameterType.SHARES: "0.5,0.3,0.2",
    ParameterType.CODES: "code,code…",
    ParameterType.CHOICE: "",
}
"""What a value of each type looks like, for messages."""


def read_value(type_: ParameterType, text: str, choices: tuple[str, ...] = ()) -> ParameterValue:
    """The value that a word stands for; None if it is no value of that type.

    Shares are parts of a whole, one a year: they add up to exactly 1 and none exceeds the one before it.

    Examples
    --------
    >>> read_value(ParameterType.SHARES, "0.5,0.3,0.2")
    (Decimal('0.5'), Decimal('0.3'), Decimal('0.2'))
    >>> read_value(ParameterType.SHARES, "0.2,0.8") is None
    True
    """
    text = text.strip()
    match type_:
        case ParameterType.DATE:
            return PartialDate(text) if is_date(text) else None
        case ParameterType.MONTHS:
            return Decimal(text) if text.isascii() and text.isdigit() and 0 < int(text) <= 1200 else None
        case ParameterType.AMOUNT | ParameterType.NUMBER:
            return decimal_of(text)
        case ParameterType.SHARES:
            return _shares(text)
        case ParameterType.CODES:
            codes = tuple(part.strip() for part in text.split(",") if part.strip())
            return codes or None
    return text if text in choices else None


def assumptions(scheme: Scheme, given: dict[str, str]) -> dict[str, ParameterValue]:
    """Values for parameters of a scheme, each of the right type.

    Raises
    ------
    UnknownThing
        If the scheme has no such parameter.
    BadChoice
        If a value has the wrong form.
    """
    found: dict[str, ParameterValue] = {}
    for name, text in given.items():
        if name not in scheme.parameters:
            raise UnknownThing(
                "unknown_assumption", id=name, scheme=scheme.id, accepted=", ".join(scheme.parameters)
            )
        parameter = scheme.parameters[name]
        value = read_value(parameter.type, text, parameter.choices)
        if value is None:
            forms = ", ".join(parameter.choices) or FORMS[parameter.type]
            raise BadChoice(name=name, value=text, accepted=forms)
        found[name] = value
    return found


def pairs(texts: Iterable[str], option: str) -> dict[str, str]:
    """Names with their values from texts ``name=value``; of two values of one name the later counts.

    Raises
    ------
    BadChoice
        If a text has no equals sign, or nothing before it or after it.

    Examples
    --------
    >>> pairs(["members.min=10", "degression=0.5,0.3,0.2"], "--set")
    {'members.min': '10', 'degression': '0.5,0.3,0.2'}
    """
    found: dict[str, str] = {}
    for text in texts:
        name, _, value = (part.strip() for part in text.partition("="))
        if not name or not value:
            raise BadChoice("bad_pair", name=option, value=text)
        found[name] = value
    return found


def _shares(text: str) -> tuple[Decimal, ...] | None:
    parts = [decimal_of(part.strip()) for part in text.split(",")]
    shares = tuple(part for part in parts if part is not None)
    falling = all(later <= earlier for earlier, later in itertools.pairwise(shares))
    return shares if len(shares) == len(parts) and sum(shares) == 1 and falling else None
