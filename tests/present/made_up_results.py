"""Results made up by hand, to be worded and drawn."""

import numpy as np

from grappe.agglomeration.distance_test import DistanceTest, IndustryTest, Method, Verdict

DISTANCES = np.linspace(0.0, 50.0, 26)


def an_industry(name: str, shift: float) -> IndustryTest:
    """An industry whose curve leaves the band of ±0.002 round 0.02 by `shift` near zero."""
    mean = np.full(len(DISTANCES), 0.02)
    curve = mean + shift * np.exp(-DISTANCES / 10)
    beyond = Verdict.LOCALISED if shift > 0 else Verdict.DISPERSED
    verdict = beyond if abs(shift) > 0.002 else Verdict.NEUTRAL
    return IndustryTest(
        industry=name, establishments=40, weight=40.0, verdict=verdict, bandwidth=1.5,
        method=Method.SIMULATED, simulations=500, p_localised=0.002, p_dispersed=0.9, curve=curve,
        mean=mean, local_low=mean - 0.001, local_high=mean + 0.001, low=mean - 0.002, high=mean + 0.002,
    )  # fmt: skip


def a_test(function: str = "kd", more: int = 0) -> DistanceTest:
    """One industry for each verdict, and as many more as wanted, each less localised than the one before."""
    alone = IndustryTest(
        industry="alone", establishments=1, weight=1.0, verdict=Verdict.UNTESTABLE, why="one_establishment"
    )
    named = [an_industry("weaving", 0.01), an_industry("schools", -0.01), an_industry("shops", 0.0), alone]
    rest = [an_industry(f"{n:04}", 0.009 - n * 1e-4) for n in range(more)]
    settings = {"level": 0.05, "simulations": 500, "seed": 3, "coverage": "Firms of a made-up country"}
    return DistanceTest(
        function=function, distances=DISTANCES, industries=tuple(named + rest), settings=settings
    )


def footprints(industries: tuple[str, ...] = ("weaving", "shops")) -> dict:
    """A square footprint for each industry, side by side, their rings as RFC 7946 wants them."""
    features = []
    for n, name in enumerate(industries):
        west, south = 2.5 + 0.2 * n, 45.0
        ring = [
            [west, south],
            [west + 0.1, south],
            [west + 0.1, south + 0.1],
            [west, south + 0.1],
            [west, south],
        ]
        features.append(
            {
                "type": "Feature",
                "geometry": {"type": "Polygon", "coordinates": [ring]},
                "properties": {"industry": name, "establishments": 20 + n, "p_value": 0.001},
            }
        )
    return {"type": "FeatureCollection", "features": features}
