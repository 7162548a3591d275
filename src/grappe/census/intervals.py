"""Intervals of shares: how far a share found in a few cases tells of the share behind them."""

from dataclasses import dataclass
from math import sqrt

Z95 = 1.959963984540054
"""Quantile of the normal distribution that leaves 2.5 % beyond it."""
FEW = 30
"""Fewer cases than this and a share is shown with its interval."""


@dataclass(frozen=True, slots=True)
class Share:
    """A count of a whole, with the Wilson interval at 95 % of its share; nothing of an empty whole."""

    count: int
    of: int
    value: float | None
    low: float | None
    high: float | None

    @property
    def few(self) -> bool:
        """Whether the whole is small enough for the interval to matter more than the share."""
        return self.of < FEW


def wilson(count: int, of: int, z: float = Z95) -> Share:
    """Share of a whole with the score interval of Wilson.

    With ``p = count / of``, the interval is the set of shares that the count does not refute:
    ``(p + z² / 2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n)``. Unlike the textbook interval it stays
    within 0 and 1, and is not empty at 0 or at 1.

    Parameters
    ----------
    count : cases that have the property, 0 to `of`
    of : all cases of which it is known whether they have it
    z : quantile; the default gives 95 %

    Returns
    -------
    Share
        Without value and bounds if `of` is 0.

    Raises
    ------
    ValueError
        If `count` is negative or more than `of`.

    References
    ----------
    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of
    the American Statistical Association 22, 1927, pages 209-212.

    Examples
    --------
    >>> share = wilson(5, 10)
    >>> round(share.low, 4), share.value, round(share.high, 4)
    (0.2366, 0.5, 0.7634)
    >>> wilson(0, 4).low, round(wilson(0, 4).high, 3)
    (0.0, 0.49)
    """
    if not 0 <= count <= of:
        raise ValueError(f"{count} of {of} is no share.")
    if of == 0:
        return Share(0, 0, None, None, None)
    p, square = count / of, z * z
    middle = p + square / (2 * of)
    reach = z * sqrt(p * (1 - p) / of + square / (4 * of * of))
    scale = 1 + square / of
    low = 0.0 if count == 0 else (middle - reach) / scale
    high = 1.0 if count == of else (middle + reach) / scale
    return Share(count, of, p, low, high)
