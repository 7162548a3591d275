"""Mean and covariance of Kd under the null, by formula.

The plants of an industry are n of the N sites drawn without replacement, so that at a given bandwidth Kd is
a U-statistic: its first two moments follow from three sums over the population, the same for all industries.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class WeightSums:
    """Sums over the plants of an industry, with weights e, all indices different.

    `pairs` is ``sum e_i e_j``, `squares` ``sum e_i^2 e_j^2``, `chains` ``sum e_i^2 e_j e_k``, `fours`
    ``sum e_i e_j e_k e_l``; `first` and `second` are the plain sums of e and of e^2.
    """

    pairs: float
    squares: float
    chains: float
    fours: float
    first: float
    second: float


def weight_sums(weights: Floats) -> WeightSums:
    """The sums that the moments need of the weights of plants, shape (establishments,)."""
    # In units of their mean, so that fourth powers neither overflow nor vanish; ratios alone are used.
    e = weights / weights.mean()
    e1, e2, e3, e4 = (float((e**k).sum()) for k in (1, 2, 3, 4))
    pairs, squares = e1 * e1 - e2, e2 * e2 - e4
    chains = e2 * e1 * e1 - e2 * e2 - 2 * e3 * e1 + 2 * e4 if len(e) > 2 else 0.0
    fours = pairs * pairs - 4 * chains - 2 * squares if len(e) > 3 else 0.0
    return WeightSums(pairs, squares, chains, fours, e1, e2)


def null_moments(
    sums: Floats, products: Floats, chains: Floats, sites: int, weights: Floats
) -> tuple[Floats, Floats]:
    """Mean and covariance of the weighted mean of kernels over the pairs of an industry.

    With k_d(a, b) a kernel at distance d, and all sums over ordered pairs of different sites:
    ``S1(d) = sum k_d``, ``P(d, d') = sum k_d k_d'``, ``Q(d, d') = sum_a R_a(d) R_a(d')`` where
    ``R_a(d) = sum_b k_d(a, b)``. Writing A, A2, A3, A4 for the `pairs`, `squares`, `chains` and `fours` of
    `WeightSums`, and (N)_m for N (N - 1) ... (N - m + 1):

    ``E T(d) = S1(d) / (N)_2``;
    ``E T(d) T(d') = {2 A2 P / (N)_2 + 4 A3 (Q - P) / (N)_3 + A4 [S1 S1' - 4 (Q - P) - 2 P] / (N)_4} / A^2``.

    Each term is a way in which two pairs of plants can overlap: in both, in one, in none.

    Parameters
    ----------
    sums : array of shape (distances,)
        S1.
    products, chains : array of shape (distances, distances)
        P and Q.
    sites : int
        N, sites of the population.
    weights : array of shape (establishments,)
        Weights of the plants, shuffled over the sites drawn.

    Returns
    -------
    (array of shape (distances,), array of shape (distances, distances))

    References
    ----------
    W. Hoeffding, "A class of statistics with asymptotically normal distribution", Annals of Mathematical
    Statistics 19, 1948; the sums over a finite population follow by counting overlaps.

    Examples
    --------
    Three sites on a line at 0, 1 and 3, two plants: the distance is 1, 2 or 3, once in three each. The
    kernel is 1 for the pair 1 km apart: mean 1/3, variance 1/3 - 1/9.

    >>> mean, covariance = null_moments(
    ...     np.array([2.0]), np.array([[2.0]]), np.array([[2.0]]), 3, np.ones(2))
    >>> mean.round(6).tolist(), covariance.round(6).tolist()
    ([0.333333], [[0.222222]])
    """
    w = weight_sums(weights)
    falling = np.cumprod([float(sites - k) for k in range(4)])
    mean = sums / falling[1]
    both = 2 * w.squares / falling[1] * products
    one = 4 * w.chains / falling[2] * (chains - products) if w.chains else 0.0
    apart = np.outer(sums, sums) - 4 * (chains - products) - 2 * products
    none = w.fours / falling[3] * apart if w.fours else 0.0
    return mean, (both + one + none) / w.pairs**2 - np.outer(mean, mean)
