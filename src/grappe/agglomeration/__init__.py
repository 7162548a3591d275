"""Localisation and concentrations in establishment data: tables of cells, points on a map.

Names are imported on first use, so that ``from grappe import agglomeration`` costs nothing.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

_HOMES: dict[str, str] = {
    "read_cells": "cells",
    "read_points": "points",
    "Points": "points",
    **{
        name: name
        for name in (
            "location_quotient", "concentration", "specialisation", "ellison_glaeser", "coagglomeration",
            "litzenberger_sternberg", "shift_share", "relatedness", "complexity", "strong_clusters",
            "define_clusters", "local_moran", "getis_ord", "kd_curve", "localise", "m_curve", "m_test",
            "spot", "density_clusters", "made_up_country",
        )
    },
}  # fmt: skip
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
