"""Localisation and concentrations in establishment data: tables of cells, points on a map.

Names are imported on first use, so that ``from grappe import agglomeration`` costs nothing.
"""

from importlib import import_module
from typing import Any

_HOMES: dict[str, str] = {
    "read_cells": "cells",
    "read_points": "points",
    "Points": "points",
}
"""Each public name with the module that defines it."""

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(_HOMES)
