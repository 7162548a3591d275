"""A small country for tests of distances: towns by rank and size, and farms between them."""

import numpy as np
from numpy.typing import NDArray


def towns(sites: int, seed: int = 0, width: float = 300.0) -> NDArray[np.float64]:
    """Sites, shape (2, sites), in km: seven in ten live in 40 towns of Zipf sizes, the rest anywhere."""
    rng = np.random.default_rng(seed)
    rank = np.arange(1, 41)
    centre = rng.uniform(0, width, (2, 40))
    town = rng.choice(40, sites, p=(1 / rank) / (1 / rank).sum())
    spread = width / 12 / np.sqrt(rank[town])
    inside = centre[:, town] + rng.normal(size=(2, sites)) * spread
    return np.where(rng.random(sites) < 0.7, inside, rng.uniform(0, width, (2, sites)))
