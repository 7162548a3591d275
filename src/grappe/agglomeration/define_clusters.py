"""Definition of clusters of related industries, as Delgado, Porter and Stern define them.

M. Delgado, M. E. Porter and S. Stern, "Defining clusters of related industries", Journal of Economic
Geography 16, 2016: similarities of industries, many ways of grouping them, a score for each, the best
one, and a review of the industries that fit elsewhere.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from sklearn.cluster import KMeans

from grappe.agglomeration.cluster_scores import Scores, fit, score
from grappe.agglomeration.similarities import ranks, read_similarities, standardised
from grappe.domain.errors import BadChoice

Matrix = NDArray[np.float64]
Labels = NDArray[np.int64]
Function = Literal["ward", "kmeans"]
Normalisation = Literal["standardised", "ranks", "none"]

REVIEWS = 10
"""Rounds of review after which it ends, were industries to move to and fro."""

SAME_SCORE = 12
"""Decimals to which two scores, means of shares, are the same."""

STARTS = 1
"""Random starts of each k-means; the starts are spread (k-means++), and many groupings are tried anyway."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One way of grouping the industries, and its validation.

    `similarity` names the matrix, or several joined by ``+`` for their average.
    """

    similarity: str
    normalisation: Normalisation
    function: Function
    count: int
    scores: Scores


@dataclass(frozen=True, slots=True)
class Move:
    """An industry that the review moved: `own` and `other` are its mean similarity to each cluster.

    Both are averages over the matrices, each in standard deviations from its mean; `votes` of the
    matrices put the new cluster first.
    """

    industry: str
    from_cluster: int
    to_cluster: int
    own: float
    other: float
    votes: int


@dataclass(frozen=True, eq=False)
class ClusterDefinitions:
    """The answer: the chosen partition, what it was chosen from, and what the review changed.

    `best` is the candidate with the highest score; `scores` are those after the review. `labels` and
    `before` hold a cluster number, from 1 for the largest, per industry, after and before the review.
    """

    industries: tuple[Any, ...]
    labels: Labels
    before: Labels
    best: Candidate
    scores: Scores
    moved: tuple[Move, ...]
    tried: tuple[Candidate, ...]

    @property
    def partition(self) -> ir.Table:
        """A lazy table: ``industry``, ``cluster``, and ``first_cluster``, the one before the review."""
        columns = {
            "industry": pa.array(self.industries),
            "cluster": self.labels,
            "first_cluster": self.before,
        }
        return ibis.memtable(pa.table(columns))

    @property
    def candidates(self) -> ir.Table:
        """A lazy table of all candidates, best first, with their scores."""
        rows = [
            {
                "similarity": one.similarity,
                "normalisation": one.normalisation,
                "function": one.function,
                "count": one.count,
                "vs_cluster_average": one.scores.cluster_average,
                "vs_cluster_95": one.scores.cluster_95,
                "vs_industry_average": one.scores.industry_average,
                "vs_industry_95": one.scores.industry_95,
                "score": one.scores.total,
                "margin": one.scores.margin,
            }
            for one in self.tried
        ]
        return ibis.memtable(pa.Table.from_pylist(rows))


def define_clusters(
    similarities: Mapping[str, Any],
    *,
    counts: Iterable[int] = range(30, 61),
    functions: Iterable[Function] = ("ward", "kmeans"),
    normalisations: Iterable[Normalisation] = ("standardised", "ranks"),
    combined: bool = True,
    review: bool = True,
    seed: int = 0,
) -> ClusterDefinitions:
    """Group industries into clusters that several measures of similarity confirm.

    Every similarity matrix, and the average of all of them, is normalised, and its rows are grouped by
    each function into each number of clusters. A grouping is scored on every matrix: the share of its
    clusters whose industries are on average more similar to each other than to those of other clusters
    (than their average, and than 95 % of them), and the same for each industry. The score is the mean of
    these four shares over all matrices; equals are parted by how far industries are nearer to their own
    cluster than to the next. In the best grouping, an industry that most matrices find no more similar to
    its own cluster than to the others on average then moves to the cluster it is nearest to, if most
    matrices agree; the clearest case first.

    Parameters
    ----------
    similarities : mapping of name to matrix or table
        Each a pair (array of shape (industries, industries), labels), or a table with the columns
        ``industry_i``, ``industry_j`` and one more, such as `relatedness` gives; a pair that a table
        lacks, in both orders, or NULL, is 0. All must have the same industries. The diagonal is not used;
        a matrix that is not symmetric is averaged with its transpose.
    counts : iterable of int
        Numbers of clusters to try.
    functions : iterable of {"ward", "kmeans"}
        Hierarchical grouping by Ward's criterion; k-means.
    normalisations : iterable of {"standardised", "ranks", "none"}
        Similarities less their mean over their standard deviation; their ranks, from 0 to 1; as they
        are. The average of several matrices takes them standardised, whatever follows, as their units
        differ.
    combined : bool
        Whether to try the average of all matrices too.
    review : bool
        Whether industries that fit elsewhere move.
    seed : int
        Of the starts of k-means.

    Returns
    -------
    ClusterDefinitions

    Raises
    ------
    InputRefused
        If a matrix or table lacks industries that another has, names one twice, or holds values that are
        not finite.
    BadChoice
        If a function or a normalisation is not in its list.
    ValueError
        If nothing is given to try, a matrix does not fit its labels, or a number of clusters is not
        between 2 and one less than the number of industries.

    References
    ----------
    M. Delgado, M. E. Porter and S. Stern, "Defining clusters of related industries", Journal of Economic
    Geography 16, 2016.

    Examples
    --------
    >>> near = np.array([[1, .9, .1, .1], [.9, 1, .1, .2], [.1, .1, 1, .8], [.1, .2, .8, 1]])
    >>> found = define_clusters({"trade": (near, ["oil", "soap", "wool", "cloth"])}, counts=[2])
    >>> found.partition.to_pyarrow().to_pydict()["cluster"], found.scores.total
    ([1, 1, 2, 2], 1.0)
    """
    functions, normalisations, counts = tuple(functions), tuple(normalisations), tuple(counts)
    _check_choices("functions", functions, get_args(Function))
    _check_choices("normalisations", normalisations, get_args(Normalisation))
    matrices, industries = read_similarities(similarities)
    if not (counts and functions and normalisations):
        raise ValueError("Nothing to try: give at least one count, function and normalisation.")
    for count in counts:
        if not 2 <= count < len(industries):
            raise ValueError(
                f"{len(industries)} industries make 2 to {len(industries) - 1} clusters, not {count}."
            )
    measured = [standardised(matrix) for matrix in matrices.values()]
    tried: list[tuple[Candidate, Labels]] = []
    for name, normalisation, matrix in _normalised(matrices, normalisations, combined=combined):
        for function in functions:
            for count, labels in _groupings(matrix, function, counts, seed):
                scores = score(labels, measured)
                candidate = Candidate(
                    similarity=name,
                    normalisation=normalisation,
                    function=function,
                    count=count,
                    scores=scores,
                )
                tried.append((candidate, labels))
    tried.sort(key=lambda one: (-round(one[0].scores.total, SAME_SCORE), -one[0].scores.margin))
    best, before = tried[0][0], _by_size(tried[0][1])
    labels, moved = _reviewed(before, measured, industries) if review else (before, ())
    return ClusterDefinitions(
        industries, labels, before, best, score(labels, measured), moved, tuple(one for one, _ in tried)
    )


def _normalised(
    matrices: Mapping[str, Matrix], normalisations: tuple[Normalisation, ...], *, combined: bool
) -> Iterator[tuple[str, Normalisation, Matrix]]:
    """Matrices to group, each with its name and normalisation, the industry nearest to itself."""
    sources = dict(matrices)
    if combined and len(matrices) > 1:
        sources["+".join(matrices)] = np.mean([standardised(one) for one in matrices.values()], axis=0)
    ways: dict[str, Callable[[Matrix], Matrix]] = {
        "standardised": standardised,
        "ranks": ranks,
        "none": np.copy,
    }
    for name, source in sources.items():
        for normalisation in normalisations:
            matrix = ways[normalisation](source)
            # Rows are compared as profiles: two close industries must not differ by their own zeros.
            np.fill_diagonal(matrix, matrix.max())
            yield name, normalisation, matrix


def _groupings(
    matrix: Matrix, function: Function, counts: tuple[int, ...], seed: int
) -> Iterator[tuple[int, Labels]]:
    """Groupings of the rows of a matrix, numbered from 0, into each number of clusters."""
    if function == "ward":
        tree = linkage(matrix, method="ward")
        for count in counts:
            yield count, fcluster(tree, count, criterion="maxclust").astype(np.int64) - 1
        return
    for count in counts:
        means = KMeans(count, n_init=STARTS, random_state=seed, copy_x=True).fit(matrix)
        yield count, means.labels_.astype(np.int64)


def _by_size(labels: Labels) -> Labels:
    """Clusters numbered from 1, the largest first, then by their first industry."""
    found, first, sizes = np.unique(labels, return_index=True, return_counts=True)
    order = np.lexsort((first, -sizes))
    number = np.empty(int(found.max()) + 1, np.int64)
    number[found[order]] = np.arange(1, len(found) + 1)
    return number[labels]


def _reviewed(
    labels: Labels, measured: list[Matrix], industries: tuple[Any, ...]
) -> tuple[Labels, tuple[Move, ...]]:
    """Move outliers to where they fit, the clearest case first, until none is left that can move."""
    labels, rows = labels.copy(), np.arange(len(labels))
    moved: dict[int, Move] = {}
    half = len(measured) / 2
    for _ in range(REVIEWS):
        fits = np.array([fit(labels, matrix) for matrix in measured])
        together = fits.mean(axis=0)
        own, best = together[rows, labels - 1], together.argmax(axis=1)
        lack = together[rows, best] - own
        # An outlier is no closer to its own cluster than to the others on average.
        own_fits = fits[:, rows, labels - 1]
        elsewhere = (fits.sum(axis=2) - own_fits) / (fits.shape[2] - 1)
        outlying = np.count_nonzero(own_fits <= elsewhere, axis=0) > half
        settled = True
        for i in (int(one) for one in np.argsort(-lack, kind="stable") if outlying[one] and lack[one] > 0):
            votes = int(np.count_nonzero(fits[:, i, best[i]] > fits[:, i, labels[i] - 1]))
            # The last but one stays: a cluster of one would have nothing to be similar to.
            if votes <= half or np.count_nonzero(labels == labels[i]) <= 2:
                continue
            start, target = moved[i].from_cluster if i in moved else int(labels[i]), int(best[i]) + 1
            moved[i] = Move(
                str(industries[i]), start, target, float(own[i]), float(together[i, best[i]]), votes
            )
            labels[i] = target
            settled = False
        if settled:
            break
    return labels, tuple(one for one in moved.values() if one.from_cluster != one.to_cluster)


def _check_choices(name: str, chosen: tuple[str, ...], accepted: tuple[str, ...]) -> None:
    for one in chosen:
        if one not in accepted:
            raise BadChoice("bad_choice", name=name, value=one, accepted=", ".join(accepted))
