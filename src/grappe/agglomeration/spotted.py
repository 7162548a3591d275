"""What `spot` found: concentrations with their figures, industries with what was tested, caveats."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from shapely import transform
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from grappe.agglomeration.footprint_rules import Vote
from grappe.domain.errors import InputRefused, Problem

CAVEATS = ("concentration_is_not_a_cluster", "informal_units_not_in_the_register")
"""Codes of what every result must say: data show concentration, a cluster also cooperates; and no register
holds informal units."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Concentration:
    """A place where an industry is denser than the rest of the register and than its mean on the ground.

    `number` counts the concentrations of an industry from 1, the strongest first. `polygon` is its
    ground on the plane of the points, in km; `x`, `y` the mean of its establishments, in km. `weight` and
    what derives from it are None where establishments have no weight. `quotient` is the industry's
    share of the establishments here over its share in the register, `weight_quotient` the same of weights;
    `share` and `weight_share` are what stands here of the whole industry. `density` is its
    establishments per km² of the discs searched, over its mean on all land. `area` is that of the polygon in
    km²; `scale` the radius in km of the strongest disc; `p_value` that disc's, over all discs at once;
    `ratio` its log likelihood ratio. `stability` is the share of resamples in which it is found again, None
    where none was made. `members` are positions in the points: for analysis, never published.
    """

    industry: str
    number: int
    polygon: BaseGeometry
    x: float
    y: float
    establishments: int
    weight: float | None
    quotient: float
    weight_quotient: float | None
    share: float
    weight_share: float | None
    density: float
    area: float
    scale: float
    p_value: float
    ratio: float
    stability: float | None
    votes: tuple[Vote, ...]
    members: NDArray[np.int64] = field(repr=False)

    @property
    def votes_for(self) -> int:
        """How many rules are met."""
        return sum(one.met is True for one in self.votes)

    def figures(self) -> dict[str, Any]:
        """Everything but the polygon and the members, as plain values."""
        plain = {name: getattr(self, name) for name in _FIGURES}
        return plain | {"votes_for": self.votes_for, "votes": [asdict(one) for one in self.votes]}


@dataclass(frozen=True, slots=True, kw_only=True)
class SpottedIndustry:
    """What was searched in one industry.

    `p_value` is that of its best disc, over all places and radii; None when untestable, for the reason
    `why`. `published` counts its concentrations; `withheld` those with too few establishments to publish.
    """

    industry: str
    establishments: int
    weight: float | None
    p_value: float | None = None
    published: int = 0
    withheld: int = 0
    why: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Concentrations:
    """Concentrations of a register, by industry and strength, and all that was searched.

    `settings` holds what a reader needs to repeat and judge the search; `coverage` says what the register
    covers, None when nobody said. `caveats` are codes. `set_aside` lists rows left out as bad. `crs` is
    the projection of polygons, None where the input was on a plane.
    """

    concentrations: tuple[Concentration, ...]
    industries: tuple[SpottedIndustry, ...]
    settings: Mapping[str, Any]
    coverage: str | None
    caveats: tuple[str, ...]
    set_aside: tuple[Problem, ...]
    crs: str | None
    to_lonlat: Any = field(repr=False, default=None)

    def __iter__(self) -> Iterator[Concentration]:
        return iter(self.concentrations)

    def __len__(self) -> int:
        return len(self.concentrations)

    def of(self, industry: str) -> tuple[Concentration, ...]:
        """The concentrations of one industry, the strongest first.

        Raises
        ------
        InputRefused
            If the register has no such industry.
        """
        names = [one.industry for one in self.industries]
        if industry not in names:
            raise InputRefused("unknown_industry", industry=industry, accepted=", ".join(names[:20]))
        return tuple(one for one in self.concentrations if one.industry == industry)

    def summary(self) -> list[dict[str, Any]]:
        """A row per concentration: its figures without polygon and members."""
        return [one.figures() for one in self.concentrations]

    def to_geojson(self) -> dict[str, Any]:
        """A FeatureCollection (RFC 7946) of the published concentrations.

        Polygons and middles (``lon``, ``lat``) are in degrees where the input was; else in km on its
        plane (``x``, ``y``): the member ``coordinate_unit`` says which. The foreign members ``coverage``,
        ``caveats``, ``settings`` and ``industries`` carry what must be read beside the map.
        """
        return {
            "type": "FeatureCollection",
            "coordinate_unit": "degrees, WGS 84" if self.crs else "kilometres on the plane of the input",
            "coverage": self.coverage,
            "caveats": list(self.caveats),
            "settings": dict(self.settings),
            "industries": [asdict(one) for one in self.industries],
            "features": [self._feature(one) for one in self.concentrations],
        }

    def _feature(self, one: Concentration) -> dict[str, Any]:
        figures = one.figures()
        names = ("lon", "lat") if self.crs else ("x", "y")
        middle = self._degrees(np.array([[figures.pop("x"), figures.pop("y")]]))[0]
        figures |= dict(zip(names, middle.tolist(), strict=True))
        # Outer rings run counter-clockwise in GeoJSON.
        ground = transform(one.polygon, self._degrees).normalize().reverse()
        return {
            "type": "Feature",
            "id": f"{one.industry}/{one.number}",
            "geometry": mapping(ground),
            "properties": figures,
        }

    def _degrees(self, pairs: NDArray[np.float64]) -> NDArray[np.float64]:
        if self.to_lonlat is None:
            return pairs
        return np.column_stack(self.to_lonlat(pairs[:, 0], pairs[:, 1]))


_FIGURES = (
    "industry", "number", "x", "y", "establishments", "weight", "quotient", "weight_quotient", "share",
    "weight_share", "density", "area", "scale", "p_value", "ratio", "stability",
)  # fmt: skip
