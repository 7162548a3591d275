"""Localisation and concentrations in establishment data: tables of cells, points on a map.

Names are imported on first use, so that ``from grappe import agglomeration`` costs nothing.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

_HOMES: dict[str, str] = {
    name: module
    for module, names in {
        "activities": ("Activity", "Closeness", "Concordance", "activity"),
        "cells": ("read_cells", "read_establishments"),
        "coagglomeration": ("coagglomeration",),
        "cluster_scores": ("Scores",),
        "complexity": ("Complexity", "SmallEigenGap", "complexity"),
        "concentration": ("concentration",),
        "counted_sites": ("count_cells", "points_from_cells"),
        "declared": ("DeclaredAndSeen", "declared_and_seen"),
        "define_clusters": ("Candidate", "ClusterDefinitions", "Move", "define_clusters"),
        "density_clusters": ("DensityClusters", "DensityMethod", "density_clusters"),
        "distance_test": ("DistanceTest", "IndustryTest", "Method", "Verdict"),
        "edition": ("Criterion", "Edition", "read_edition"),
        "ellison_glaeser": ("ellison_glaeser",),
        "false_discovery": ("false_discovery",),
        "fitness": ("Fitness", "fitness"),
        "footprint_rules": ("Check", "FootprintRule", "Vote"),
        "getis_ord": ("getis_ord",),
        "group_coagglomeration": ("group_coagglomeration",),
        "industry_space": ("IndustrySpace", "industry_space"),
        "kd_curve": ("kd_curve",),
        "litzenberger_sternberg": ("litzenberger_sternberg",),
        "local_moran": ("local_moran",),
        "localise": ("localise",),
        "location_quotient": ("location_quotient",),
        "m_curve": ("m_curve",),
        "m_test": ("m_test",),
        "made_up_country": ("MadeUpCountry", "made_up_country"),
        "matching": ("DeclaredCluster", "DeclaredPlace", "Thresholds"),
        "neighbours": ("Neighbours", "contiguity_grid", "nearest", "read_neighbours", "within"),
        "points": ("Points", "read_points"),
        "relatedness": ("relatedness",),
        "shift_share": ("shift_share",),
        "specialisation": ("specialisation",),
        "spot": ("spot",),
        "spotted": ("Concentration", "Concentrations", "SpottedIndustry"),
        "strong_clusters": ("Reason", "reasons", "strong_clusters"),
    }.items()
    for name in names
}
"""Each public name with the module that defines it."""

__all__ = sorted(_HOMES)


class _Package(ModuleType):
    """The package itself; most functions bear the name of their module."""

    def __setattr__(self, name: str, value: Any) -> None:
        # The import system binds a submodule to its package; a public name of the same spelling wins.
        if not (name in _HOMES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(_HOMES)
