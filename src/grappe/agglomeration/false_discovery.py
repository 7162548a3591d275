"""Control of the false-discovery rate over many tests at once."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def false_discovery(p: ArrayLike) -> NDArray[np.float64]:
    """Adjusted p-values of Benjamini and Hochberg: keep those at most 0.05 and 5 % of them are false.

    With the m p-values in increasing order, ``q_(k) = min over j >= k of p_(j) m / j``, and at most 1. The
    rate holds for independent tests and for tests that depend positively on each other.

    Parameters
    ----------
    p : array of shape (tests,)
        P-values between 0 and 1; NaN, a test that was not made, does not count.

    Returns
    -------
    array of shape (tests,)
        NaN where `p` is.

    Raises
    ------
    ValueError
        If a p-value is not between 0 and 1.

    References
    ----------
    Y. Benjamini and Y. Hochberg, "Controlling the false discovery rate", Journal of the Royal
    Statistical Society B 57, 1995.

    Examples
    --------
    >>> false_discovery([0.01, 0.04, 0.03, 0.5]).round(4).tolist()
    [0.04, 0.0533, 0.0533, 0.5]
    """
    given = np.asarray(p, np.float64)
    made = np.flatnonzero(~np.isnan(given))
    tested = given[made]
    if ((tested < 0) | (tested > 1)).any():
        raise ValueError("A p-value lies between 0 and 1.")
    order = np.argsort(tested)[::-1]
    scaled = tested[order] * len(tested) / np.arange(len(tested), 0, -1)
    adjusted = np.full(given.shape, np.nan)
    adjusted[made[order]] = np.minimum(np.minimum.accumulate(scaled), 1.0)
    return adjusted
