"""What counts as one place and one activity, and the clusters to be matched: plain values."""

from dataclasses import dataclass
from enum import StrEnum
from math import isfinite

from grappe.agglomeration.activities import Activity, Closeness
from grappe.domain.errors import BadChoice

MAX_KM = 20.0
"""Distance from a place of a cluster to a footprint, in km, up to which they are one place: our choice.

The census knows towns and territories as points; the largest disc of `spot` has this radius.
"""


class SectorRule(StrEnum):
    """When the sector of a cluster is enough to tell its activity."""

    NEVER = "never"
    UNLESS_NARROW = "unless_narrow"
    """Only for clusters of which no niche or industry is known."""
    ALWAYS = "always"


class Verdict(StrEnum):
    """What a register says of a declared cluster."""

    SEEN = "seen"
    """A concentration of its activity stands near one of its places."""
    NOT_SEEN = "not_seen"
    """The register covers its place and activity, and shows no concentration there. Never: absent."""
    NOT_COVERED = "not_covered"
    """The register cannot tell."""


@dataclass(frozen=True, slots=True)
class DeclaredPlace:
    """A place of a cluster: `x`, `y` are longitude and latitude, or km on the plane of a register without."""

    id: str
    name: str
    role: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class DeclaredCluster:
    """A cluster as the census declares it: plain values, so that this module knows no census.

    `potential` tells those that a source only names as possible: they are no declared clusters, and stand
    beside concentrations as a remark.
    """

    id: str
    name: str
    country: str | None
    state: str | None
    activity: Activity
    places: tuple[DeclaredPlace, ...]
    potential: bool = False


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What counts as the same place and the same activity.

    Raises
    ------
    BadChoice
        If the distance is not above zero, or there is no such rule.
    """

    max_km: float = MAX_KM
    sector: SectorRule = SectorRule.UNLESS_NARROW

    def __post_init__(self) -> None:
        if not (self.max_km > 0 and isfinite(self.max_km)):
            raise BadChoice("bad_choice", name="--max-km", value=self.max_km, accepted="1, 2, 5, 10, 20, 50")

    def same_activity(self, closeness: Closeness, activity: Activity) -> bool:
        """Whether a closeness is enough for a cluster."""
        if closeness in (Closeness.SAME, Closeness.WIDER):
            return True
        wide = self.sector is SectorRule.ALWAYS or (
            self.sector is SectorRule.UNLESS_NARROW and not activity.narrow
        )
        return closeness is Closeness.SECTOR and wide
