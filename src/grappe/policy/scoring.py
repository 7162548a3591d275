"""From the scores of independent reviewers to a ranked list within a budget, in exact decimals."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from grappe.domain.errors import Problem


@dataclass(frozen=True, slots=True)
class Criterion:
    """A line of the scoring grid: at most `maximum` points, which count `weight` times.

    Raises
    ------
    ValueError
        If the maximum or the weight is not positive.
    """

    id: str
    title: Mapping[str, str]
    maximum: Decimal
    weight: Decimal = Decimal(1)

    def __post_init__(self) -> None:
        if self.maximum <= 0 or self.weight <= 0:
            raise ValueError(f"{self.id}: maximum and weight are positive.")


@dataclass(frozen=True, slots=True)
class Opinion:
    """The points of one reviewer for one application, by criterion."""

    reviewer: str
    points: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Mark:
    """What reviewers gave an application for one criterion: their mean, and from where to where."""

    criterion: str
    mean: Fraction
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Total:
    """The score of an application: the weighted sum of the means, out of the most that can be had.

    Attributes
    ----------
    score, most : Fraction
        Points; exact, since a mean of three is seldom a finite decimal.
    marks : tuple of Mark
    opinions : int
        How many reviewers gave one.
    spread : Fraction
        Difference between the totals of the most and the least generous reviewer.
    """

    score: Fraction
    most: Fraction
    marks: tuple[Mark, ...]
    opinions: int
    spread: Fraction


@dataclass(frozen=True, slots=True)
class Candidate:
    """An application in the list: its score, and the amount that would be granted."""

    application: str
    score: Fraction
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Placed:
    """A candidate with its rank and what the budget allows.

    `tied` says that another one has the same score: a rank shared by several, between whom scores
    do not decide. `fits` is None for those tied across the line that the budget draws: the panel decides.
    """

    candidate: Candidate
    rank: int
    tied: bool
    fits: bool | None


def opinion_problems(grid: Sequence[Criterion], opinion: Opinion, place: str) -> list[Problem]:
    """What is wrong with the points of a reviewer, each thing by itself.

    Parameters
    ----------
    grid : sequence of Criterion
    opinion : Opinion
    place : str
        What the problems name as their place.

    Returns
    -------
    list of Problem
        Of code ``score_missing``, ``score_unknown`` or ``score_out_of_range``.

    Examples
    --------
    >>> grid = [Criterion("team", {"en": "Team"}, Decimal(5))]
    >>> [one.code for one in opinion_problems(grid, Opinion("r", {"team": Decimal(6)}), "a")]
    ['score_out_of_range']
    """
    known = {one.id: one for one in grid}
    found = [Problem("score_missing", place, field=one.id) for one in grid if one.id not in opinion.points]
    for id, points in opinion.points.items():
        if id not in known:
            found.append(Problem("score_unknown", place, field=id, params={"accepted": ", ".join(known)}))
        elif not points.is_finite() or not 0 <= points <= known[id].maximum:
            found.append(
                Problem(
                    "score_out_of_range",
                    place,
                    field=id,
                    value=str(points),
                    params={"most": str(known[id].maximum)},
                )
            )
    return found


def total(grid: Sequence[Criterion], opinions: Sequence[Opinion]) -> Total | None:
    """The score of an application, or nothing before any opinion is there.

    The mean over reviewers is taken per criterion, then weighted and added: with the same reviewers
    for every criterion that is the mean of their totals.

    Parameters
    ----------
    grid : sequence of Criterion
    opinions : sequence of Opinion
        Each complete; see `opinion_problems`.

    Returns
    -------
    Total or None

    Examples
    --------
    >>> grid = [Criterion("team", {}, Decimal(5)), Criterion("plan", {}, Decimal(5), Decimal(2))]
    >>> found = total(grid, [
    ...     Opinion("r", {"team": Decimal(4), "plan": Decimal(3)}),
    ...     Opinion("s", {"team": Decimal(5), "plan": Decimal(4)}),
    ... ])
    >>> str(found.score), str(found.most), str(found.spread)
    ('23/2', '15', '3')
    """
    if not opinions:
        return None
    marks = []
    for one in grid:
        points = [opinion.points[one.id] for opinion in opinions]
        mean = sum((Fraction(p) for p in points), Fraction()) / len(points)
        marks.append(Mark(one.id, mean, min(points), max(points)))
    weights = {one.id: Fraction(one.weight) for one in grid}
    each = [
        sum((weights[id] * Fraction(opinion.points[id]) for id in weights), Fraction())
        for opinion in opinions
    ]
    return Total(
        score=sum((weights[mark.criterion] * mark.mean for mark in marks), Fraction()),
        most=sum((weights[one.id] * Fraction(one.maximum) for one in grid), Fraction()),
        marks=tuple(marks),
        opinions=len(opinions),
        spread=max(each) - min(each),
    )


def ranked(
    candidates: Iterable[Candidate], budget: Decimal | None, threshold: Fraction | None = None
) -> list[Placed]:
    """Candidates from the best score down, with who fits within a budget.

    The list is followed from the top until one does not fit; nobody below is preferred to it for being
    cheaper. Those of one score stand or fall together: where the line would cut between them, none of them
    is said to fit or not.

    Parameters
    ----------
    candidates : iterable of Candidate
    budget : Decimal or None
        None for a call without a ceiling.
    threshold : Fraction, optional
        Score below which nobody is selected, whatever is left.

    Returns
    -------
    list of Placed
        Ties are in the order of their ids, under one rank.

    Raises
    ------
    ValueError
        If an application stands twice.

    Examples
    --------
    >>> scores = {"a": 9, "b": 7, "c": 7}
    >>> listed = [Candidate(name, Fraction(score), Decimal(5)) for name, score in scores.items()]
    >>> [(one.candidate.application, one.rank, one.fits) for one in ranked(listed, Decimal(10))]
    [('a', 1, True), ('b', 2, None), ('c', 2, None)]
    """
    order = sorted(candidates, key=lambda one: (-one.score, one.application))
    if len({one.application for one in order}) < len(order):
        raise ValueError("an application stands twice.")
    placed: list[Placed] = []
    left, full = budget, False
    while len(placed) < len(order):
        first = order[len(placed)]
        level = [one for one in order if one.score == first.score]
        enough = threshold is None or first.score >= threshold
        fits: bool | None = enough and not full
        if fits and left is not None:
            if sum(one.amount for one in level) <= left:
                left -= sum(one.amount for one in level)
            else:
                full = True
                # One that costs more than what is left fits in no order of the level.
                fits = None if len(level) > 1 and min(one.amount for one in level) <= left else False
        rank = len(placed) + 1
        placed += [Placed(one, rank, len(level) > 1, fits) for one in level]
    return placed
