"""The null of each industry of one register, by the cheapest method that decides it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import beta

from grappe.agglomeration.bands import bands, p_values
from grappe.agglomeration.bandwidth import bandwidth_of
from grappe.agglomeration.binned_density import binned_bandwidth
from grappe.agglomeration.distance_test import IndustryTest, Method, judged, reaches
from grappe.agglomeration.kd_curve import kernel_sums, pair_weight
from grappe.agglomeration.null_draws import key_of
from grappe.agglomeration.null_expansion import expanded_curves
from grappe.agglomeration.pair_distances import Places
from grappe.agglomeration.points import Points
from grappe.agglomeration.ring_profiles import RingProfiles, lag_moments, ring_profiles
from grappe.agglomeration.simulated_null import Simulation, simulated_curves
from grappe.agglomeration.smoothing import smoothing_matrix
from grappe.domain.errors import InputRefused

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

SIMULATED = 1000
"""Establishments up to which an industry is always simulated: half a second for a thousand draws.

The closed form keeps its level from about 700 on (docs/methods/localise.md); the margin is for populations
stranger than those it was measured on.
"""

SIMULATED_PAIRS = 2e10
"""Pairs times draws of all larger industries up to which they are simulated too.

That takes some ten seconds, no longer than preparing the closed form, which is then not worth it.
"""

REFINED = 4_000
"""Establishments up to which an industry near its band is simulated after all."""

NEAR = (0.01, 0.12)
"""Global p-values, at a level of 0.05, between which a curve is near its band; in proportion at others."""

BATCH = 200
"""Simulations between two looks at whether the verdict is settled."""

SETTLED = 0.99
"""Confidence of the interval (Clopper and Pearson) of a p-value that must leave the level out."""

PAIRED = 30_000
"""Establishments up to which the curve of an industry is exact; beyond, it is computed on the grid."""

PAIRED_ON_CELLS = 5_000
"""The same where establishments were counted per cell: they stand in the middle of those of the grid."""

COARSE = 0.5
"""Cells wider than this share of the bandwidth blur the closed form."""

ALWAYS_AFFORDABLE = 20_000
"""Establishments up to which an industry is simulated where the grid would be too coarse for it."""


@dataclass(frozen=True, slots=True)
class NullSettings:
    """What every industry of a test shares; see `localise`."""

    simulations: int
    level: float
    seed: int
    bandwidth: float | None
    method: str
    cell: float | None = None


class Null:
    """The null hypothesis of one register: sites drawn without replacement from all of its sites."""

    def __init__(self, register: Points, distances: Floats, settings: NullSettings) -> None:
        self._register = register
        self._distances = distances
        self._settings = settings
        self._sites = np.array([register.x, register.y])
        self._profiles: RingProfiles | None = None
        self._latest: tuple[object, Floats] = (None, np.empty((0, len(distances))))
        self._decided: Counter[str] = Counter()
        counts = register.counts()
        large = counts[(counts > SIMULATED) & (counts < len(register))].astype(float)
        self._expand = bool((large * (large - 1) / 2).sum() * settings.simulations > SIMULATED_PAIRS)

    @property
    def decided(self) -> Mapping[str, int]:
        """Number of industries by the way they were decided."""
        return dict(self._decided)

    def test(self, industry: str, own: Indices, weights: Floats) -> IndustryTest:
        """The test of one industry, whose establishments stand at `own` and weigh `weights`."""
        curve, bandwidth = self._observed(own, weights)
        key = self._key(industry, weights)
        if not self._in_closed_form(len(own)):
            self._decided["simulated"] += 1
            drawn = self._simulated(key, weights)
            return self._judged(industry, weights, curve, bandwidth, drawn, Method.SIMULATED)
        drawn = self._expanded(key, weights)
        one = self._judged(industry, weights, curve, bandwidth, drawn, Method.CLOSED_FORM)
        if self._settings.method == "auto" and len(own) <= REFINED and self._is_near(one):
            self._decided["closed form, then simulated"] += 1
            drawn = self._until_settled(key, weights, curve)
            return self._judged(industry, weights, curve, bandwidth, drawn, Method.SIMULATED)
        self._decided["closed form"] += 1
        return one

    def _key(self, industry: str, weights: Floats) -> str:
        """Industries alike in size, without weights, share their draws."""
        return industry if np.ptp(weights) > 0 else f"{len(weights)} alike"

    def _in_closed_form(self, n: int) -> bool:
        if self._settings.method != "auto":
            return self._settings.method == "closed form"
        if n <= SIMULATED or not self._expand:
            return False
        return n > ALWAYS_AFFORDABLE or self._population().cell <= COARSE * self._population().expected(n)

    def _population(self) -> RingProfiles:
        """Ring profiles of the register, made when first needed."""
        if self._profiles is None:
            self._profiles = ring_profiles(
                self._register.x, self._register.y, self._distances, self._settings.seed,
                self._settings.cell, self._settings.bandwidth,
            )  # fmt: skip
        return self._profiles

    def _observed(self, own: Indices, weights: Floats) -> tuple[Floats, float | None]:
        """Curve and bandwidth of an industry; a density of zero where no two establishments are in range."""
        if self._is_on_grid(len(own)):
            return self._observed_on_grid(own, weights)
        places = Places(np.ascontiguousarray(self._sites[:, own]))
        bandwidth = self._settings.bandwidth
        if bandwidth is None:
            try:
                bandwidth = bandwidth_of(places, 2 * float(self._distances.max()))
            except InputRefused:
                return np.zeros(len(self._distances)), None
        return kernel_sums(places, weights, self._distances, bandwidth) / pair_weight(weights), bandwidth

    def _is_on_grid(self, n: int) -> bool:
        if n > PAIRED or n <= PAIRED_ON_CELLS or self._settings.cell is None:
            return n > PAIRED
        # Their own cells, not larger ones: the grid then moves nobody.
        return self._population().cell < 1.01 * self._settings.cell

    def _observed_on_grid(self, own: Indices, weights: Floats) -> tuple[Floats, float]:
        """The same from the autocorrelation of counts on the grid, within 1e-3 of the largest value."""
        all_ = self._population()
        cells, alone = all_.grid.counted(weights, own), float((weights**2).sum())
        moments = lag_moments(all_.grid, all_.lags, all_.width, cells, alone)
        bandwidth = self._settings.bandwidth
        if bandwidth is None:
            plain = moments
            if np.ptp(weights) > 0:
                plain = lag_moments(
                    all_.grid, all_.lags, all_.width, all_.grid.counted(None, own), float(len(own))
                )
            bandwidth = float(binned_bandwidth(plain[0] / 2, all_.width))
        held = np.where(moments[0] > 0, moments[0], 1.0)
        smooth = smoothing_matrix(moments[1:] / held, all_.width, self._distances, bandwidth)
        return smooth @ moments[0] / (2 * pair_weight(weights)), bandwidth

    def _judged(
        self, industry: str, weights: Floats, curve: Floats, bandwidth: float | None, drawn: Floats,
        method: Method,
    ) -> IndustryTest:  # fmt: skip
        large, small = p_values(curve, drawn)
        return judged(
            industry=industry, establishments=len(weights), weight=float(weights.sum()), curve=curve,
            mean=drawn.mean(axis=0), bands=bands(drawn, self._settings.level), level=self._settings.level,
            bandwidth=bandwidth,
            method=method, simulations=len(drawn),
            p_localised=large, p_dispersed=small,
        )  # fmt: skip

    def _simulation(self, key: str, weights: Floats) -> Simulation:
        """Weights are sorted, so that the same plants in another order are the same industry."""
        return Simulation(
            self._sites, np.sort(weights)[::-1].copy(), self._distances, self._settings.bandwidth or 0.0,
            key_of(self._settings.seed, key),
        )  # fmt: skip

    def _simulated(self, key: str, weights: Floats) -> Floats:
        # Industries come in the order of their sizes: those alike in size follow one another.
        if self._latest[0] != ("simulated", key):
            drawn = simulated_curves(self._simulation(key, weights), 0, self._settings.simulations)
            self._latest = ("simulated", key), drawn
        return self._latest[1]

    def _expanded(self, key: str, weights: Floats) -> Floats:
        if self._latest[0] != ("expanded", key):
            drawn = expanded_curves(
                self._population(), weights, self._distances, self._settings.bandwidth,
                key_of(self._settings.seed, key), self._settings.simulations,
            )  # fmt: skip
            self._latest = ("expanded", key), drawn
        return self._latest[1]

    def _is_near(self, one: IndustryTest) -> bool:
        low, high = (bound * self._settings.level / 0.05 for bound in NEAR)
        p_high, p_low = one.p_localised or 0.0, one.p_dispersed or 0.0
        return p_high >= low and (p_high <= high or low <= p_low <= high)

    def _until_settled(self, key: str, weights: Floats, curve: Floats) -> Floats:
        """Simulated curves, as many as it takes for the verdict to be settled, or all of them."""
        what, drawn = self._simulation(key, weights), np.empty((0, len(self._distances)))
        while len(drawn) < self._settings.simulations:
            more = min(BATCH, self._settings.simulations - len(drawn))
            drawn = np.vstack([drawn, simulated_curves(what, len(drawn), more)])
            settled = all(is_settled(p, len(drawn), self._settings.level) for p in p_values(curve, drawn))
            if settled and self._reaches_level(drawn):
                break
        return drawn

    def _reaches_level(self, drawn: Floats) -> bool:
        """Whether the bands of so few draws stand at the level: else a neutral curve may leave them."""
        made = bands(drawn, self._settings.level)
        return reaches(made.high_level, self._settings.level) and reaches(
            made.low_level, self._settings.level
        )


def is_settled(p: float, simulations: int, level: float) -> bool:
    """Whether the interval of a simulated p-value leaves the level out.

    The interval is that of Clopper and Pearson (Biometrika 26, 1934) at 99 %.

    Examples
    --------
    60 of 200 simulations at least as extreme: the interval is 0.22-0.39, and 0.05 is out of it.

    >>> is_settled(61 / 201, 200, 0.05), is_settled(13 / 201, 200, 0.05)
    (True, False)
    """
    beyond = round(p * (simulations + 1)) - 1
    tail = (1 - SETTLED) / 2
    low = float(beta.ppf(tail, beyond, simulations - beyond + 1)) if beyond else 0.0
    high = float(beta.ppf(1 - tail, beyond + 1, simulations - beyond)) if beyond < simulations else 1.0
    return not low <= level <= high
