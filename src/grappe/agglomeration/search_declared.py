"""A register searched and set beside what is declared: the command line and the worker ask the same."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from grappe.agglomeration.activities import Concordance
from grappe.agglomeration.declared import DeclaredAndSeen, declared_and_seen
from grappe.agglomeration.distance_test import DistanceTest
from grappe.agglomeration.localise import localise
from grappe.agglomeration.matching import DeclaredCluster, DeclaredPlace, Thresholds
from grappe.agglomeration.points import Points
from grappe.agglomeration.spot import RADII, spot

STEPS = ("read", "spot", "localise", "match")
"""What is done, in order; the third only where it is asked for."""

LEAST = 10
"""Establishments of a published footprint, at least."""

Progress = Callable[[str, int, int], None]
"""Told of the step, units done and units in all."""


@dataclass(frozen=True, slots=True)
class Question:
    """How a register is searched and matched; the defaults are those of `spot` and of `Thresholds`.

    `test` asks for the test of localisation of every industry as well.
    """

    concordance: Concordance = field(default_factory=Concordance)
    thresholds: Thresholds = field(default_factory=Thresholds)
    radii: tuple[float, ...] = RADII
    level: float = 0.05
    min_establishments: int = LEAST
    simulations: int = 499
    resamples: int = 20
    seed: int = 0
    test: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """The census beside the register, and the test of each industry where it was asked for."""

    compared: DeclaredAndSeen
    tested: DistanceTest | None


def seen_in_register(
    points: Points,
    clusters: Sequence[DeclaredCluster],
    places: Sequence[DeclaredPlace],
    question: Question,
    *,
    coverage: str | None = None,
    progress: Progress | None = None,
) -> Answer:
    """Search a register for concentrations, and match them with declared clusters.

    Parameters
    ----------
    points : Points
        The whole register.
    clusters, places : sequences
        Of the country of the register, as the census declares them.
    question : Question
        How to search and to match.
    coverage : str, optional
        What the register holds.
    progress : callable, optional
        Told of each step.

    Raises
    ------
    InputRefused, BadChoice
        As `spot`, `localise` and `Thresholds` do.
    """
    found = spot(
        points, radii=question.radii, level=question.level,
        min_establishments=max(LEAST, question.min_establishments), simulations=question.simulations,
        resamples=question.resamples, seed=question.seed, coverage=coverage, progress=_of("spot", progress),
    )  # fmt: skip
    tested = None
    if question.test:
        tested = localise(
            points, level=question.level, seed=question.seed, coverage=coverage,
            progress=_of("localise", progress),
        )  # fmt: skip
    if progress is not None:
        progress("match", 0, 1)
    compared = declared_and_seen(
        points, found, clusters, question.concordance, question.thresholds, places=places
    )
    if progress is not None:
        progress("match", 1, 1)
    return Answer(compared, tested)


def _of(step: str, progress: Progress | None) -> Any:
    return None if progress is None else lambda done, total: progress(step, done, total)
