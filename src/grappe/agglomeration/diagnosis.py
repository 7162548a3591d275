"""A region in a table of regions and industries: strengths, growth, options near by, declared clusters, gaps.

It gathers measures that stand elsewhere in this package, and explains a shortlist by parts that add up. It
describes what a table shows; what a region wants to become is for the region to say.
"""

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from grappe.agglomeration.activities import Closeness, Concordance
from grappe.agglomeration.complexity import Complexity, SmallEigenGap, complexity
from grappe.agglomeration.location_quotient import location_quotient
from grappe.agglomeration.matching import DeclaredCluster
from grappe.agglomeration.relatedness import cooccurrence_relatedness
from grappe.agglomeration.shift_share import shift_share
from grappe.agglomeration.strong_clusters import Reason, reasons, strong_clusters
from grappe.domain.errors import InputRefused

STRENGTH_WEIGHTS: Mapping[str, float] = {"specialisation": 0.4, "size": 0.3, "growth": 0.3}
"""Weights of the parts by which strengths are ordered: our choice. Without growth the others share it out."""

OPTION_WEIGHTS: Mapping[str, float] = {"relatedness": 0.5, "complexity": 0.3, "growth": 0.2}
"""Weights of the parts by which options are ordered: our choice."""

RELATED = 0.5
"""Proximity from which two industries are called related: in half of the regions of the commoner one."""

Vector = NDArray[np.float64]
Parts = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Growth:
    """Growth of an industry in the region since the earlier count, in three parts (shift-share)."""

    start: float
    end: float
    national_share: float
    industrial_mix: float | None
    regional_share: float | None


@dataclass(frozen=True, slots=True)
class Strength:
    """An industry over-represented in the region.

    `quotient` has the bounds `low` and `high` where cells are withheld, else both equal it; `sure` tells
    whether it is above 1 whatever the withheld cells hold. `strong` is the verdict of the named edition, None
    where a column it asks for is missing; `reasons` are its criteria. `score` is the sum of `parts`, each
    from zero to its weight. `clusters` are ids of declared clusters and poles of that activity in the region.
    """

    industry: str
    value: float
    share: float
    quotient: float
    low: float
    high: float
    sure: bool
    strong: bool | None
    reasons: tuple[Reason, ...]
    growth: Growth | None
    parts: Parts
    score: float
    clusters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """An industry that the region has less of than the whole, near to what it has.

    `density` is the share of the relatedness around the industry that is present here, 0 to 1; `complexity`
    its product complexity index; `national_growth` its rate in the whole since the earlier count.
    `builds_on` are strengths related to it, with their proximity.
    """

    industry: str
    value: float
    quotient: float
    density: float
    complexity: float | None
    national_growth: float | None
    builds_on: tuple[tuple[str, float], ...]
    parts: Parts
    score: float


@dataclass(frozen=True, slots=True)
class Gap:
    """A missing link: `code` tells which kind.

    ``related_absent``: `industry` is related to the strength `beside` and not present here.
    ``strength_undeclared``: no declared cluster or pole of the region has the activity of `industry`.
    ``cluster_without_strength``: the table shows no strength of the activity of the cluster `beside`.
    ``cluster_outside_table``: no industry of the table is the activity of the cluster `beside`.
    """

    code: str
    industry: str | None
    beside: str | None
    proximity: float | None = None


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What a table shows of a region.

    `regions` and `industries` count those of the table, `total` is the region's own, `exact` tells whether no
    cell of it is withheld. `uncertain_complexity` warns that the second dimension of the table is hardly
    longer than the third. `clusters` are those declared in the region, as they were passed in.
    """

    region: str
    regions: int
    industries: int
    total: float
    exact: bool
    strengths: tuple[Strength, ...]
    growth: tuple[tuple[str, Growth], ...]
    options: tuple[Option, ...]
    gaps: tuple[Gap, ...]
    clusters: tuple[DeclaredCluster, ...]
    edition: str
    uncertain_complexity: bool
    lowest_quotient: float
    least_share: float


def diagnose(
    table: Any,
    region: str,
    *,
    value: str | tuple[str, str] = "value",
    establishments: str | None = None,
    earlier: Any = None,
    earlier_value: str | tuple[str, str] = "value",
    clusters: Sequence[DeclaredCluster] = (),
    concordance: Concordance | None = None,
    edition: str = "us-2014",
    lowest_quotient: float = 1.25,
    least_share: float = 0.001,
    most: int = 15,
) -> Diagnosis:
    """Diagnose one region of a table.

    Parameters
    ----------
    table : table with columns ``region``, ``industry`` and `value`
        Every region and industry of the reference; withheld cells as in `read_cells`.
    region : str
        The region, as the table writes it.
    value : str, or pair of str
        Column of the count, or of its bounds.
    establishments : str, optional
        Column of establishments, for editions that ask for them.
    earlier : table, optional
        The same at an earlier date, for growth; `earlier_value` names its counts.
    clusters : sequence of DeclaredCluster
        Clusters and poles declared in the region.
    concordance : Concordance, optional
        How the codes of the table are read.
    edition : str
        Rules that call a strength strong.
    lowest_quotient : float
        Location quotient from which an industry is a strength.
    least_share : float
        Share of the region's total below which an industry is too small to be one.
    most : int
        Strengths and options listed, at most.

    Returns
    -------
    Diagnosis

    Raises
    ------
    InputRefused
        As `read_cells`; ``no_such_region``.

    References
    ----------
    P.-A. Balland, R. Boschma, J. Crespo and D. Rigby, "Smart specialization policy in the European Union:
    relatedness, knowledge complexity and regional diversification", Regional Studies 53, 2019: options are
    read by relatedness against complexity.

    Examples
    --------
    >>> rows = [("a", "oil", 60), ("a", "soap", 30), ("a", "toys", 10), ("b", "oil", 50), ("b", "soap", 0),
    ...     ("b", "toys", 50), ("c", "oil", 10), ("c", "soap", 5), ("c", "toys", 85)]
    >>> found = diagnose(pd.DataFrame(rows, columns=["region", "industry", "value"]), "a")
    >>> [(one.industry, round(one.quotient, 2)) for one in found.strengths]
    [('oil', 1.5), ('soap', 2.57)]
    """
    quotients = location_quotient(table, value=value).to_pandas()
    names = sorted(str(one) for one in quotients["region"].unique())
    if region not in names:
        raise InputRefused("no_such_region", region=region, accepted=", ".join(names[:40]))
    here = quotients[quotients["region"].astype(str) == region].assign(
        industry=lambda t: t["industry"].astype(str)
    )
    here = here.set_index("industry")
    withheld = "lq_low" in here
    total = float(here["value"].sum())
    grown = _growth(table, value, earlier, earlier_value) if earlier is not None else None
    own_growth = _own_growth(grown, region)
    found, uncertain = _complexity(table, value)
    activity = _activities(here.index, clusters, concordance or Concordance())
    rules = _strong(table, value, establishments, edition, region)
    strengths = _strengths(
        here, total, withheld, rules, own_growth, activity, lowest_quotient, least_share
    )[:most]  # fmt: skip
    options = _options(found, region, here, grown, strengths)[:most]
    return Diagnosis(
        region=region, regions=len(names), industries=int(quotients["industry"].nunique()), total=total,
        exact=not withheld or bool((here["lq_low"] == here["lq_high"]).all()), strengths=tuple(strengths),
        growth=tuple(sorted(own_growth.items(), key=lambda one: -abs(one[1].end - one[1].start))[:most]),
        options=tuple(options), gaps=tuple(_gaps(found, region, strengths, clusters, activity)),
        clusters=tuple(clusters), edition=edition, uncertain_complexity=uncertain,
        lowest_quotient=lowest_quotient, least_share=least_share,
    )  # fmt: skip


def _complexity(table: Any, value: str | tuple[str, str]) -> tuple[Complexity, bool]:
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        found = complexity(table, value=value)
    return found, any(issubclass(one.category, SmallEigenGap) for one in warned)


def _strong(
    table: Any, value: str | tuple[str, str], establishments: str | None, edition: str, region: str
) -> dict[str, dict[str, Any]]:
    """Rows of the region under the rules of an edition, by industry."""
    rows = strong_clusters(table, edition, value=value, establishments=establishments)
    kept = rows.filter(rows.region.cast("string") == region).to_pyarrow().to_pylist()
    return {str(row["industry"]): row for row in kept}


def _growth(
    table: Any, value: str | tuple[str, str], earlier: Any, earlier_value: str | tuple[str, str]
) -> pd.DataFrame:
    """Both dates side by side, a row per region and industry, with the parts of shift-share."""
    ends = {}
    for name, (one, column) in {"start": (earlier, earlier_value), "end": (table, value)}.items():
        plain = location_quotient(one, value=column).to_pandas()[["region", "industry", "value"]]
        ends[name] = plain.rename(columns={"value": name})
    both = (
        ends["start"]
        .merge(ends["end"], on=["region", "industry"], how="outer")
        .fillna({"start": 0, "end": 0})
    )
    cells = shift_share(both, by="cell").to_pandas()
    return cells.assign(region=cells["region"].astype(str), industry=cells["industry"].astype(str))


def _own_growth(grown: pd.DataFrame | None, region: str) -> dict[str, Growth]:
    if grown is None:
        return {}
    return {
        row.industry: Growth(
            float(row.start), float(row.end), float(row.national_share), _known(row.industrial_mix),
            _known(row.regional_share),
        )
        for row in grown[grown["region"] == region].itertuples()
    }  # fmt: skip


def _activities(
    industries: Sequence[str], clusters: Sequence[DeclaredCluster], concordance: Concordance
) -> dict[str, tuple[str, ...]]:
    """For each cluster the industries of its activity; the sector counts where no more is known."""
    found = {}
    for one in clusters:
        wanted = {Closeness.SAME, Closeness.WIDER} | (
            {Closeness.SECTOR} if not one.activity.narrow else set()
        )
        found[one.id] = tuple(
            code for code in industries if one.activity.closeness(concordance.isic(code)) in wanted
        )
    return found


def _strengths(
    here: pd.DataFrame,
    total: float,
    withheld: bool,
    rules: Mapping[str, Mapping[str, Any]],
    growth: Mapping[str, Growth],
    activity: Mapping[str, tuple[str, ...]],
    lowest: float,
    least: float,
) -> list[Strength]:
    rows = here[(here["lq"] >= lowest) & (here["value"] >= least * total) & (here["value"] > 0)]
    size = rows["value"].rank(pct=True)
    regional = pd.Series({k: g.regional_share for k, g in growth.items() if k in rows.index}, dtype=float)
    rank = regional.rank(pct=True)
    found = []
    for code, row in rows.iterrows():
        industry, quotient = str(code), float(row["lq"])
        measured = {"specialisation": 1 - 1 / quotient, "size": float(size[code])}
        if industry in rank.index and not np.isnan(rank[industry]):
            measured["growth"] = float(rank[industry])
        parts = _weighted(measured, STRENGTH_WEIGHTS)
        rule = rules.get(industry)
        low, high = (float(row["lq_low"]), float(row["lq_high"])) if withheld else (quotient, quotient)
        found.append(
            Strength(
                industry=industry, value=float(row["value"]), share=float(row["value"]) / total,
                quotient=quotient, low=low, high=high, sure=low >= 1,
                strong=None if rule is None else _flag(rule["strong"]),
                reasons=() if rule is None else reasons(rule), growth=growth.get(industry), parts=parts,
                score=sum(part for _, part in parts),
                clusters=tuple(key for key, codes in activity.items() if industry in codes),
            )
        )  # fmt: skip
    return sorted(found, key=lambda one: (-one.score, one.industry))


def _options(
    found: Complexity,
    region: str,
    here: pd.DataFrame,
    grown: pd.DataFrame | None,
    strengths: Sequence[Strength],
) -> list[Option]:
    panel = found.panel
    regions, industries = (
        [str(one) for one in labels.to_pylist()] for labels in (panel.regions, panel.industries)
    )
    at = regions.index(region)
    absent = np.flatnonzero((found.present[at] == 0) & (found.present.sum(axis=0) >= 2))
    national = _national(grown)
    density = found.density[at, absent]
    measured = {"relatedness": _ranks(density), "complexity": _ranks(found.pci[absent])}
    rates = np.array([national.get(industries[one], np.nan) for one in absent], np.float64)
    if np.isfinite(rates).any():
        measured["growth"] = _ranks(rates)
    near = cooccurrence_relatedness(found.present, "proximity")
    strong = {one.industry: industries.index(one.industry) for one in strengths}
    options = []
    for place, column in enumerate(absent.tolist()):
        known = {name: float(v[place]) for name, v in measured.items() if not np.isnan(v[place])}
        if "relatedness" not in known:
            continue
        parts = _weighted(known, OPTION_WEIGHTS)
        code = industries[column]
        ties = [(name, float(near[column, other])) for name, other in strong.items()]
        quotient = here["lq"].get(code, 0.0)
        options.append(
            Option(
                industry=code, value=float(here["value"].get(code, 0.0)),
                quotient=0.0 if pd.isna(quotient) else float(quotient), density=float(density[place]),
                complexity=_known(found.pci[column]), national_growth=_known(rates[place]),
                builds_on=tuple(sorted((t for t in ties if t[1] >= RELATED), key=lambda t: -t[1])[:4]),
                parts=parts, score=sum(part for _, part in parts),
            )
        )  # fmt: skip
    return sorted(options, key=lambda one: (-one.score, one.industry))


def _gaps(
    found: Complexity,
    region: str,
    strengths: Sequence[Strength],
    clusters: Sequence[DeclaredCluster],
    activity: Mapping[str, tuple[str, ...]],
) -> list[Gap]:
    panel = found.panel
    regions, industries = (
        [str(one) for one in labels.to_pylist()] for labels in (panel.regions, panel.industries)
    )
    present = found.present[regions.index(region)] > 0
    near = cooccurrence_relatedness(found.present, "proximity")
    gaps = []
    for one in strengths[:5]:
        row = near[industries.index(one.industry)].copy()
        row[present] = 0.0
        row[industries.index(one.industry)] = 0.0
        for other in np.argsort(-row, kind="stable")[:3].tolist():
            if row[other] >= RELATED:
                gaps.append(Gap("related_absent", industries[other], one.industry, float(row[other])))
    gaps += [Gap("strength_undeclared", one.industry, None) for one in strengths if not one.clusters]
    strong = {one.industry for one in strengths}
    for cluster in clusters:
        codes = activity[cluster.id]
        if not codes:
            gaps.append(Gap("cluster_outside_table", None, cluster.id))
        elif not strong.intersection(codes):
            gaps.append(Gap("cluster_without_strength", None, cluster.id))
    return gaps


def _labels(found: Complexity) -> tuple[list[str], list[str]]:
    regions, industries = (one.to_pylist() for one in (found.panel.regions, found.panel.industries))
    return [str(one) for one in regions], [str(one) for one in industries]


def _national(grown: pd.DataFrame | None) -> dict[str, float]:
    """Rate of growth of each industry in the whole; none where it began at zero."""
    if grown is None:
        return {}
    sums = grown.groupby("industry")[["start", "end"]].sum()
    sums = sums[sums["start"] > 0]
    rates = sums["end"] / sums["start"] - 1
    return {str(code): float(rate) for code, rate in rates.items()}


def _ranks(values: Vector) -> Vector:
    """Shares of values that each reaches, 0 to 1; NaN where there is none."""
    ranks: Vector = pd.Series(values).rank(pct=True).to_numpy(np.float64)
    return ranks


def _weighted(measured: Mapping[str, float], weights: Mapping[str, float]) -> Parts:
    """Parts of a score, each its measure times its weight; weights of what is not known go to the others."""
    whole = sum(weights[name] for name in measured)
    return tuple((name, measured[name] * weights[name] / whole) for name in weights if name in measured)


def _known(value: Any) -> float | None:
    return None if value is None or not np.isfinite(value) else float(value)


def _flag(value: Any) -> bool | None:
    return None if value is None else bool(value)
