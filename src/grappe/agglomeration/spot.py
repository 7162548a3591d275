"""Local detection: where each industry of a register is concentrated, with family-wise error."""

import math
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from grappe.agglomeration.false_discovery import false_discovery
from grappe.agglomeration.footprint_rules import FootprintRule, chosen_rules, vote
from grappe.agglomeration.footprints import (
    Footprint,
    find_footprints,
    outline,
    searched_area,
    stability,
)
from grappe.agglomeration.lattice import Integers, Numbers, build_lattice
from grappe.agglomeration.points import Points, read_points
from grappe.agglomeration.scan import Floors, Frame, Scan, build_frame
from grappe.agglomeration.scan_null import Null, draw_null
from grappe.agglomeration.spotted import CAVEATS, Concentration, Concentrations, SpottedIndustry
from grappe.agglomeration.workers import processors
from grappe.domain.errors import InputRefused

RADII = (2.0, 5.0, 10.0, 20.0)
"""Radii of the discs in km: from part of a town to the land around a city."""

LOWEST_QUOTIENT = 1.5
"""Location quotient a disc must reach: that of a specialised node in the European Cluster Panorama 2021."""

Progress = Callable[[int, int], None]


def spot(
    points: Any,
    *,
    x: str = "x",
    y: str = "y",
    lon: str | None = None,
    lat: str | None = None,
    industry: str = "industry",
    weight: str | None = None,
    unit: Literal["km", "m"] = "km",
    radii: Sequence[float] = RADII,
    level: float = 0.05,
    across: Literal["each", "fdr"] = "each",
    min_establishments: int = 10,
    lowest_quotient: float = LOWEST_QUOTIENT,
    rules: Sequence[str] | None = None,
    simulations: int = 499,
    resamples: int = 20,
    seed: int = 0,
    cell: float | None = None,
    coverage: str | None = None,
    skip_bad_rows: bool = False,
    progress: Progress | None = None,
) -> Concentrations:
    """Concentrations of every industry of a register: where they are, how strong, how sure.

    Around each place where an industry has an establishment, discs of several radii are compared with
    the whole register and with the land (`grappe.agglomeration.scan`). The best disc is significant when few
    draws of as many sites have one as strong anywhere, at any radius; it is taken out and the search
    goes on. Discs that touch form one concentration. The test counts establishments; weights only
    describe what is found, since one large plant is no concentration.

    Parameters
    ----------
    points : Ibis table, pandas, polars, Arrow, or Points
        One row per establishment, all industries of the register: they are the yardstick.
    x, y, lon, lat, industry, weight, unit, skip_bad_rows
        As in `read_points`.
    radii : sequence of float, in km
        Radii of the discs, increasing.
    level : float
        Chance, for each industry, of finding anything where nothing is concentrated.
    across : {"each", "fdr"}
        Whether that level holds for each industry, or bounds the share of false ones among the
        industries found (Benjamini and Hochberg 1995).
    min_establishments : int
        Establishments of a published concentration, and of a tested industry, at least.
    lowest_quotient : float
        Location quotient that a disc must reach.
    rules : sequence of str, optional
        Count rules that vote on each concentration; all of `footprint_rules` unless given.
    simulations : int
        Draws of the null for each size of industry, or each step between sizes when these are many.
    resamples : int
        Bootstrap resamples for the stability; 0 for none.
    seed : int
        Seed of draws and resamples; the answer does not depend on the number of threads.
    cell : float, optional
        Width of the cells in which establishments are counted, in km; a quarter of the smallest radius
        unless given. Positions are only known to the cell.
    coverage : str, optional
        What the register covers, in words, to stand beside the result.
    progress : callable, optional
        Called with steps done and steps in all.

    Returns
    -------
    Concentrations

    Raises
    ------
    InputRefused
        As `read_points`; ``too_few_simulations`` if they cannot reach the level; ``bad_radii``;
        ``cell_too_wide``; ``area_too_large`` for its cells.
    BadChoice
        If a rule is unknown.
    ValueError
        If a level or a count makes no sense.

    References
    ----------
    M. Kulldorff, "A spatial scan statistic", Communications in Statistics: Theory and Methods 26, 1997.

    Z. Zhang, R. Assunção and M. Kulldorff, "Spatial scan statistics adjusted for multiple clusters",
    Journal of Probability and Statistics, 2010.

    A. M. Abrams, K. Kleinman and M. Kulldorff, "Gumbel based p-value approximations for spatial scan
    statistics", International Journal of Health Geographics 9, 2010.

    Examples
    --------
    >>> from grappe.agglomeration.made_up_country import made_up_country
    >>> country = made_up_country(3_000, 10, seed=3)
    >>> found = spot(country.points, weight="jobs", coverage="a made-up country", resamples=0)
    >>> strongest = max(found, key=lambda one: one.ratio)
    >>> country.kind_of()[strongest.industry], strongest.establishments >= 10, strongest.quotient > 1.5
    ('localised', True, True)
    """
    _check_settings(level, across, min_establishments, lowest_quotient, simulations, resamples)
    voting = chosen_rules(rules)
    read, set_aside = read_points(
        points, x=x, y=y, lon=lon, lat=lat, industry=industry, weight=weight, unit=unit,
        skip_bad_rows=skip_bad_rows,
    )  # fmt: skip
    floors = Floors(math.ceil(min_establishments / 2), lowest_quotient)
    frame = build_frame(build_lattice(read.x, read.y, np.asarray(radii, np.float64), cell), floors)
    listed = _industries(read, min_establishments, lowest_quotient)
    tested = [at for at, one in enumerate(listed) if one.why is None]
    search = _Search(read, frame, voting, min_establishments, resamples, seed)
    concentrations: list[Concentration] = []
    if tested:
        steps = _Steps(progress, len(tested))
        null = draw_null(
            frame, [listed[at].establishments for at in tested], draws=simulations, seed=seed,
            progress=steps.draws,
        )  # fmt: skip
        p_values = {at: search.p_value(at, null) for at in tested}
        cut = level if across == "each" else _false_discovery_cut(list(p_values.values()), level)
        with ThreadPoolExecutor(processors()) as pool:
            answers = pool.map(lambda at: search.industry(at, null, cut), tested)
            for at, (found, withheld) in zip(tested, answers, strict=True):
                concentrations += found
                listed[at] = replace(
                    listed[at], p_value=p_values[at], published=len(found), withheld=withheld
                )
                steps.industry()
    settings = {
        "radii": [float(one) for one in radii], "level": level, "across": across,
        "min_establishments": min_establishments, "lowest_quotient": lowest_quotient,
        "simulations": simulations, "resamples": resamples, "seed": seed, "cell": frame.lattice.cell,
        "register": len(read), "land": frame.land, "distortion": read.distortion,
        "rules": [rule.code for rule in voting],
    }  # fmt: skip
    return Concentrations(
        concentrations=tuple(concentrations),
        industries=tuple(listed),
        settings=settings,
        coverage=coverage,
        caveats=CAVEATS if coverage else (*CAVEATS, "coverage_not_stated"),
        set_aside=tuple(set_aside),
        crs=read.crs,
        to_lonlat=read.lonlat if read.crs else None,
    )


@dataclass(frozen=True, slots=True)
class _Search:
    """What the search of one industry needs to know of the register."""

    points: Points
    frame: Frame
    rules: tuple[FootprintRule, ...]
    min_establishments: int
    resamples: int
    seed: int

    def cells(self, at: int) -> tuple[NDArray[np.int64], Integers]:
        own = np.flatnonzero(self.points.industry == at)
        return own, self.frame.lattice.of_site[own]

    def p_value(self, at: int, null: Null) -> float:
        _, cells = self.cells(at)
        best = Scan(self.frame, cells).best()
        return 1.0 if best is None else null.p_value(best.ratio, len(cells))

    def industry(self, at: int, null: Null, level: float) -> tuple[list[Concentration], int]:
        """Published concentrations of an industry, and how many are too small to be."""
        own, cells = self.cells(at)
        everything = find_footprints(self.frame, null, cells, level)
        kept = [one for one in everything if np.count_nonzero(one.members) >= self.min_establishments]
        again: list[float | None] = [None] * len(kept)
        if self.resamples and kept:
            rng = np.random.default_rng([self.seed, 1, at])
            again = list(
                stability(
                    self.frame, null, cells, level, kept, resamples=self.resamples, rng=rng
                ).tolist()
            )  # fmt: skip
        found = [
            self.describe(at, number + 1, one, own, cells, again[number]) for number, one in enumerate(kept)
        ]
        return found, len(everything) - len(kept)

    def describe(
        self,
        at: int,
        number: int,
        footprint: Footprint,
        own: NDArray[np.int64],
        cells: Integers,
        again: float | None,
    ) -> Concentration:
        lattice, points = self.frame.lattice, self.points
        members = own[footprint.members]
        share = len(members) / len(own)
        # Quotients compare the industry's part of this ground with its part of the register.
        quotient = share * self.frame.total / int(lattice.count[footprint.cells].sum())
        area = searched_area(lattice, footprint)
        figures: dict[str, float | None] = {
            "establishments": len(members),
            "quotient": quotient,
            "share": share,
            "density": share * self.frame.land / area,
            **_weight_figures(points.weight, lattice.of_site, footprint.cells, own, members),
        }
        polygon = outline(lattice, footprint, cells)
        return Concentration(
            industry=points.industries[at],
            number=number,
            polygon=polygon,
            x=float(points.x[members].mean()),
            y=float(points.y[members].mean()),
            area=float(polygon.area),
            scale=float(lattice.radii[footprint.discs[0].radius]),
            p_value=footprint.p_values[0],
            ratio=footprint.discs[0].ratio,
            stability=again,
            votes=tuple(vote(rule, figures) for rule in self.rules),
            members=members,
            **figures,  # type: ignore[arg-type]
        )


def _weight_figures(
    weight: Numbers | None,
    of_site: Integers,
    ground: NDArray[np.int64],
    own: NDArray[np.int64],
    members: NDArray[np.int64],
) -> dict[str, float | None]:
    """Weight of a footprint, its share of the industry and its quotient; None where there is none."""
    if weight is None:
        return dict.fromkeys(("weight", "weight_share", "weight_quotient"))
    here, industry, everything = (float(weight[part].sum()) for part in (members, own, slice(None)))
    inside = np.zeros(int(of_site.max()) + 1, bool)
    inside[ground] = True
    crowd = float(weight[inside[of_site]].sum())
    share = here / industry if industry else None
    quotient = here * everything / (industry * crowd) if industry and crowd else None
    return {"weight": here, "weight_share": share, "weight_quotient": quotient}


class _Steps:
    """Progress over draws and industries: each half of the work."""

    def __init__(self, progress: Progress | None, industries: int) -> None:
        self.progress, self.industries, self.done = progress, industries, 0

    def draws(self, done: int, total: int) -> None:
        if self.progress is not None:
            self.progress(int(self.industries * done / total), 2 * self.industries)

    def industry(self) -> None:
        self.done += 1
        if self.progress is not None:
            self.progress(self.industries + self.done, 2 * self.industries)


def _industries(points: Points, fewest: int, lowest_quotient: float) -> list[SpottedIndustry]:
    """Every industry, with the reason why it cannot be tested, if any."""
    counts = points.counts()
    one_place = bool(np.ptp(points.x) == 0 and np.ptp(points.y) == 0)
    weights: list[float | None] = [None] * len(counts)
    if points.weight is not None:
        weights = list(np.bincount(points.industry, points.weight, len(counts)).tolist())
    return [
        SpottedIndustry(
            industry=name,
            establishments=int(counts[at]),
            weight=weights[at],
            why=_why_not(int(counts[at]), len(points), fewest, lowest_quotient, one_place),
        )
        for at, name in enumerate(points.industries)
    ]


def _why_not(count: int, total: int, fewest: int, lowest_quotient: float, one_place: bool) -> str | None:
    if count == total:
        return "whole_population"
    if one_place:
        return "population_at_one_place"
    if count == 1:
        return "one_establishment"
    if count < fewest:
        return "too_few_establishments"
    if lowest_quotient * count >= total:
        return "quotient_out_of_reach"
    return None


def _false_discovery_cut(p_values: list[float], level: float) -> float:
    """Largest p-value that Benjamini and Hochberg's procedure accepts at a level; 0 for none."""
    accepted = np.asarray(p_values)[false_discovery(p_values) <= level]
    return float(accepted.max(initial=0.0))


def _check_settings(
    level: float, across: str, fewest: int, quotient: float, simulations: int, resamples: int
) -> None:
    if not 0 < level < 1:
        raise ValueError(f"A level lies between 0 and 1; {level} does not.")
    if across not in ("each", "fdr"):
        raise ValueError(f"`across` is 'each' or 'fdr', not {across!r}.")
    if fewest < 2 or quotient < 1 or resamples < 0:
        raise ValueError("At least two establishments, a quotient of 1 or more, and no negative resamples.")
    if simulations < math.ceil(1 / level - 1):
        raise InputRefused("too_few_simulations", simulations=simulations, needed=math.ceil(1 / level - 1))
