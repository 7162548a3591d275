"""Validation scores of a grouping of industries: are they more similar inside than across?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Labels = NDArray[np.int64]

HIGH = 95
"""Percentile of the similarities to other clusters that the stricter score asks to exceed."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Shares between 0 and 1, means over the matrices of similarity.

    Of the clusters (`cluster_…`) and of the industries (`industry_…`), those more similar inside their
    cluster than to the other clusters: than their average, and than 95 % of them. `margin`, in the unit of
    the matrices, is how much more similar an industry is to its own cluster than to the nearest other one,
    on average: it parts groupings that are equally well validated.
    """

    cluster_average: float
    cluster_95: float
    industry_average: float
    industry_95: float
    margin: float

    @property
    def total(self) -> float:
        """Mean of the four shares."""
        return (self.cluster_average + self.cluster_95 + self.industry_average + self.industry_95) / 4


def score(labels: Labels, matrices: Sequence[Matrix]) -> Scores:
    """Validation scores of one grouping on several matrices.

    Within-cluster relatedness is the mean similarity of the pairs of a cluster, or of an industry to the
    others of its cluster; between-cluster relatedness the mean similarity to each other cluster, compared
    by its average and its 95th percentile over these clusters. A cluster of one industry has no relatedness
    within, and counts as not validated, as does its industry.

    Parameters
    ----------
    labels : array of shape (industries,)
        Any number per cluster.
    matrices : sequence of arrays of shape (industries, industries)
        Symmetric; the diagonal is not used.

    Returns
    -------
    Scores

    Raises
    ------
    ValueError
        If there are fewer than two clusters.

    Examples
    --------
    Two pairs, the first close, the second no closer than to the first.

    >>> near = np.array([[0, 9, 1, 1], [9, 0, 1, 1], [1, 1, 0, 1], [1, 1, 1, 0]])
    >>> score(np.array([0, 0, 1, 1]), [near])
    Scores(cluster_average=0.5, cluster_95=0.5, industry_average=0.5, industry_95=0.5, margin=4.0)
    """
    _, numbers = np.unique(labels, return_inverse=True)
    if numbers.max(initial=0) < 1:
        raise ValueError("A score compares at least two clusters.")
    found = np.array([_score(numbers, matrix) for matrix in matrices])
    return Scores(*(float(one) for one in found.mean(axis=0)))


def averages(labels: Labels, matrix: Matrix) -> tuple[Matrix, NDArray[np.int64]]:
    """Mean similarity of each industry to the others of each cluster, and the size of each.

    Clusters come in increasing order of `labels`. The mean is NaN for an industry alone in its cluster.
    """
    found, numbers, sizes = np.unique(labels, return_inverse=True, return_counts=True)
    members = np.zeros((len(labels), len(found)))
    members[np.arange(len(labels)), numbers] = 1.0
    apart = matrix - np.diag(np.diag(matrix))
    with np.errstate(invalid="ignore"):
        return apart @ members / (sizes - members), sizes


def fit(labels: Labels, matrix: Matrix) -> Matrix:
    """Mean similarity of each industry to each cluster; an industry alone in its cluster has 0 there."""
    return np.nan_to_num(averages(labels, matrix)[0])


def _score(numbers: Labels, matrix: Matrix) -> tuple[float, float, float, float, float]:
    means, sizes = averages(numbers, matrix)
    count = len(sizes)
    rows = np.arange(len(numbers))
    own = means[rows, numbers]
    elsewhere = np.where(np.arange(count) == numbers[:, None], np.nan, means)
    of_industry = own > np.nanmean(elsewhere, axis=1), own > np.nanpercentile(elsewhere, HIGH, axis=1)
    # Means over the industries of a cluster, all of which have as many others: means over pairs.
    between = np.zeros((count, count))
    np.add.at(between, numbers, np.nan_to_num(means))
    between /= sizes[:, None]
    within = np.where(sizes > 1, np.diag(between), np.nan)
    np.fill_diagonal(between, np.nan)
    of_cluster = within > np.nanmean(between, axis=1), within > np.nanpercentile(between, HIGH, axis=1)
    return (
        float(np.mean(of_cluster[0])),
        float(np.mean(of_cluster[1])),
        float(np.mean(of_industry[0])),
        float(np.mean(of_industry[1])),
        float(np.mean(np.nan_to_num(own) - np.nanmax(elsewhere, axis=1))),
    )
