"""Answer of a test of localisation: a curve with its bands and a verdict, for each industry."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from grappe.agglomeration.bands import Bands
from grappe.domain.errors import InputRefused, Problem

Curve = NDArray[np.float64]
METADATA = b"grappe"
"""Key of the file metadata under which the settings of a test are kept."""


class Verdict(StrEnum):
    """What the test says of an industry."""

    LOCALISED = "localised"
    """Above the upper global band at some distance."""
    DISPERSED = "dispersed"
    """Below the lower global band at some distance, and nowhere localised."""
    NEUTRAL = "neutral"
    """Inside the global bands: no different from a draw of sites at random."""
    UNTESTABLE = "untestable"
    """No test is possible; the reason stands beside."""


class Method(StrEnum):
    """How the bands of an industry were made."""

    SIMULATED = "simulated"
    """Sites drawn at random, curves computed anew."""
    CLOSED_FORM = "closed form"
    """Mean and covariance of the null by formula, its shape from a low-dimensional expansion."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndustryTest:
    """The test of one industry. Curves have the shape (distances,), or are None when there are none.

    `p_localised` and `p_dispersed` are global p-values of each side. `simulations` is the number of
    curves behind the bands. `why` is the code of the reason why no test was possible.
    """

    industry: str
    establishments: int
    weight: float
    verdict: Verdict
    why: str | None = None
    bandwidth: float | None = None
    method: Method | None = None
    simulations: int = 0
    p_localised: float | None = None
    p_dispersed: float | None = None
    curve: Curve | None = None
    mean: Curve | None = None
    local_low: Curve | None = None
    local_high: Curve | None = None
    low: Curve | None = None
    high: Curve | None = None

    @property
    def localisation(self) -> Curve | None:
        """Index of localisation at each distance: ``max(curve - high, 0)``."""
        if self.curve is None or self.high is None or self.verdict is Verdict.UNTESTABLE:
            return None
        return np.fmax(self.curve - self.high, 0.0)

    @property
    def dispersion(self) -> Curve | None:
        """Index of dispersion at each distance: ``max(low - curve, 0)``, zero for a localised industry."""
        if self.curve is None or self.low is None or self.verdict is Verdict.UNTESTABLE:
            return None
        if self.verdict is Verdict.LOCALISED:
            return np.zeros_like(self.curve)
        return np.fmax(self.low - self.curve, 0.0)


TOO_FEW_SIMULATIONS = "too_few_simulations"
"""Why there is no verdict where the band that a curve leaves stands at a higher level than the one asked."""


def judged(
    *,
    industry: str,
    establishments: int,
    weight: float,
    curve: Curve,
    mean: Curve,
    bands: Bands,
    level: float,
    **rest: Any,
) -> IndustryTest:
    """The test of an industry whose curve and bands are known: the verdict follows from them.

    Localised above the upper global band at any distance; dispersed below the lower one at any
    distance and nowhere localised (Duranton and Overman 2005, section 3.3). NaN, a distance at which
    the curve is not defined, decides nothing. A band that so few simulations could not bring to `level`
    acquits, since the band at `level` lies farther out, but convicts nobody: whoever leaves it is
    untestable until there are more simulations.
    """
    with np.errstate(invalid="ignore"):
        above, below = bool(np.any(curve > bands.high)), bool(np.any(curve < bands.low))
    holds = reaches(bands.high_level, level) if above else reaches(bands.low_level, level)
    verdict = Verdict.LOCALISED if above else Verdict.DISPERSED if below else Verdict.NEUTRAL
    why = None
    if verdict is not Verdict.NEUTRAL and not holds:
        verdict, why = Verdict.UNTESTABLE, TOO_FEW_SIMULATIONS
    return IndustryTest(
        industry=industry, establishments=establishments, weight=weight, verdict=verdict, why=why,
        curve=curve, mean=mean, local_low=bands.local_low, local_high=bands.local_high, low=bands.low,
        high=bands.high, **rest,
    )  # fmt: skip


def reaches(found: float, level: float) -> bool:
    """Whether a band that a share `found` of the simulations leaves stands at `level`."""
    return found <= level * (1 + 1e-9)


@dataclass(frozen=True, slots=True, kw_only=True)
class DistanceTest:
    """Tests of all industries of a register.

    `function` is ``kd`` or ``m``; `distances`, in km, shape (distances,). `settings` holds what a
    reader needs to repeat and to judge the test: level, simulations, seed, population, coverage of the
    register. `set_aside` lists rows left out as bad.
    """

    function: str
    distances: Curve
    industries: tuple[IndustryTest, ...]
    settings: Mapping[str, Any] = field(default_factory=dict)
    set_aside: tuple[Problem, ...] = ()

    def __iter__(self) -> Iterator[IndustryTest]:
        return iter(self.industries)

    def __getitem__(self, industry: str) -> IndustryTest:
        """The test of one industry.

        Raises
        ------
        InputRefused
            If the register has no such industry.
        """
        for one in self.industries:
            if one.industry == industry:
                return one
        accepted = ", ".join(one.industry for one in self.industries[:20])
        raise InputRefused("unknown_industry", industry=industry, accepted=accepted)

    def summary(self) -> list[dict[str, Any]]:
        """A row per industry, without its curves; `localisation` and `dispersion` summed over distances."""
        rows = []
        for one in self.industries:
            row = {name: getattr(one, name) for name in _PLAIN}
            indices = {"localisation": one.localisation, "dispersion": one.dispersion}
            rows.append(row | {k: None if v is None else float(np.nansum(v)) for k, v in indices.items()})
        return rows

    def to_arrow(self) -> pa.Table:
        """The whole test as a table, a row per industry and distance; untestable ones have one row.

        Settings go into the metadata of the schema, so that a file of it can be read back.
        """
        columns: dict[str, list[Any]] = {name: [] for name in (*_PLAIN, "distance", *_CURVES)}
        for one in self.industries:
            count = 1 if one.curve is None else len(self.distances)
            for name in _PLAIN:
                value = getattr(one, name)
                columns[name] += [str(value) if isinstance(value, StrEnum) else value] * count
            columns["distance"] += [None] if one.curve is None else self.distances.tolist()
            for name in _CURVES:
                curve = getattr(one, name)
                columns[name] += [None] * count if curve is None else curve.tolist()
        kept = {
            "function": self.function,
            "distances": self.distances.tolist(),
            "settings": dict(self.settings),
            "set_aside": len(self.set_aside),
        }
        table = pa.table({name: pa.array(values, _TYPES.get(name)) for name, values in columns.items()})
        return table.replace_schema_metadata({METADATA: json.dumps(kept, default=str).encode()})

    @classmethod
    def from_arrow(cls, table: pa.Table) -> "DistanceTest":
        """A test read back from the table that `to_arrow` made.

        Raises
        ------
        InputRefused
            If the table is not one of those.
        """
        kept = (table.schema.metadata or {}).get(METADATA)
        if kept is None:
            raise InputRefused("not_a_test_result", columns=", ".join(table.column_names))
        plain = json.loads(kept)
        industries: dict[str, dict[str, Any]] = {}
        for row in table.to_pylist():
            one = industries.setdefault(row["industry"], {name: row[name] for name in _PLAIN})
            if row["distance"] is not None:
                for name in ("curve", "mean", "local_low", "local_high", "low", "high"):
                    value = row[name]
                    one.setdefault(name, []).append(np.nan if value is None else value)
        return cls(
            function=plain["function"],
            distances=np.asarray(plain["distances"], np.float64),
            industries=tuple(_read_back(one) for one in industries.values()),
            settings=plain["settings"],
        )


def _read_back(row: dict[str, Any]) -> IndustryTest:
    known = {one.name for one in fields(IndustryTest)}
    values: dict[str, Any] = {
        name: np.asarray(value, np.float64) if isinstance(value, list) else value
        for name, value in row.items()
        if name in known
    }
    values["verdict"] = Verdict(values["verdict"])
    values["method"] = Method(values["method"]) if values["method"] else None
    return IndustryTest(**values)


_PLAIN = (
    "industry", "establishments", "weight", "verdict", "why", "bandwidth", "method", "simulations",
    "p_localised", "p_dispersed",
)  # fmt: skip
_CURVES = ("curve", "mean", "local_low", "local_high", "low", "high", "localisation", "dispersion")
_TYPES = {
    **dict.fromkeys(("industry", "verdict", "why", "method"), pa.string()),
    **dict.fromkeys(("establishments", "simulations"), pa.int64()),
    **dict.fromkeys(
        ("weight", "bandwidth", "p_localised", "p_dispersed", "distance", *_CURVES), pa.float64()
    ),
}
