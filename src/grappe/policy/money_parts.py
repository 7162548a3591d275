"""Amounts of money in parts: exact decimals that add up to the whole."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor

THOUSANDTHS = frozenset({"TND", "LYD", "BHD", "IQD", "JOD", "KWD", "OMR"})
"""Currencies whose smallest unit is a thousandth, by ISO 4217."""


def smallest(currency: str) -> Decimal:
    """Smallest amount of a currency that can be paid.

    Examples
    --------
    >>> smallest("MAD"), smallest("TND")
    (Decimal('0.01'), Decimal('0.001'))
    """
    return Decimal("0.001") if currency in THOUSANDTHS else Decimal("0.01")


def even_shares(count: int) -> tuple[Fraction, ...]:
    """Equal parts of a whole, exactly.

    Raises
    ------
    ValueError
        If there is no part.

    Examples
    --------
    >>> even_shares(3)
    (Fraction(1, 3), Fraction(1, 3), Fraction(1, 3))
    """
    if count < 1:
        raise ValueError("a whole has one part or more.")
    return (Fraction(1, count),) * count


def split(amount: Decimal, shares: Sequence[Decimal | Fraction], currency: str) -> tuple[Decimal, ...]:
    """An amount in parts that can be paid, and that add up to it exactly.

    Each part is rounded down to the smallest unit of the currency; what remains goes to the first, so
    that shares which never rise give parts which never rise.

    Parameters
    ----------
    amount : not negative, in the currency
    shares : parts of 1, none negative, of sum 1
    currency : three-letter code

    Raises
    ------
    ValueError
        If the shares do not add up to 1, one is negative, or the amount is negative.

    Examples
    --------
    >>> split(Decimal("100"), even_shares(3), "MAD")
    (Decimal('33.34'), Decimal('33.33'), Decimal('33.33'))
    """
    exact = [Fraction(share) for share in shares]
    if amount < 0 or any(share < 0 for share in exact) or sum(exact) != 1:
        raise ValueError("parts of an amount are not negative and add up to it.")
    unit = smallest(currency)
    parts = [floor(Fraction(amount) * share / Fraction(unit)) * unit for share in exact]
    return (amount - sum(parts[1:], Decimal()), *parts[1:])
