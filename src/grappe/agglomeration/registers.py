"""Well-known registers: the names of their columns, their classes of size, what they cover.

A preset is a file of `register_presets`; adding a register is adding a file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from grappe.domain.errors import BadChoice

Interval = tuple[float, float | None]
"""Lower and upper bound of a class of size; an open class has no upper bound."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """Cells whose count is withheld: the column that says so, and what is then known.

    With `codes`, such a count is anything from zero on. With `classes`, each code of the column is an
    interval. `unless` names columns of counts that are never withheld.
    """

    column: str
    codes: frozenset[str] = frozenset()
    classes: Mapping[str, Interval] = field(default_factory=dict)
    unless: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """A well-known register.

    `columns` maps a role (``lon``, ``lat``, ``x``, ``y``, ``industry``, ``weight``, ``region``,
    ``value``) to the names its column may bear. `join` lists the columns of which a code is made up.
    Rows are kept when a column holds one of the values of `keep` and fits the pattern of `match`;
    `choose` is a column of which the user has to choose one value. `sizes` are intervals of jobs by
    printed class. `box` bounds the coordinates: west, south, east, north, in degrees. `coverage` says
    in each language what the register holds.
    """

    name: str
    title: str
    publisher: str
    country: str | None
    url: str
    licence: str
    columns: Mapping[str, tuple[str, ...]]
    coverage: Mapping[str, str]
    unit: str = "km"
    join: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    keep: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    match: Mapping[str, str] = field(default_factory=dict)
    choose: str | None = None
    sizes: Mapping[str, Interval] = field(default_factory=dict)
    withheld: Withheld | None = None
    box: tuple[float, float, float, float] | None = None


@cache
def preset_names() -> tuple[str, ...]:
    """Names of the presets that ship, in order.

    Examples
    --------
    >>> preset_names()
    ('cbp', 'denue', 'overture', 'qcew', 'sirene')
    """
    folder = files("grappe.agglomeration") / "register_presets"
    return tuple(
        sorted(one.name.removesuffix(".yml") for one in folder.iterdir() if one.name.endswith(".yml"))
    )


@cache
def preset(name: str) -> Preset:
    """A preset by its name.

    Parameters
    ----------
    name : str
        One of `preset_names`.

    Returns
    -------
    Preset

    Raises
    ------
    BadChoice
        If there is no such preset.

    Examples
    --------
    >>> preset("denue").columns["industry"], preset("denue").sizes["6 a 10 personas"]
    (('codigo_act', 'nombre_act'), (6.0, 10.0))
    """
    if name not in preset_names():
        raise BadChoice("bad_choice", name="--preset", value=name, accepted=", ".join(preset_names()))
    text = (files("grappe.agglomeration") / "register_presets" / f"{name}.yml").read_text("utf-8")
    return _built(yaml.safe_load(text))


def _built(plain: dict[str, Any]) -> Preset:
    known = dict(plain)
    for name in ("columns", "join", "keep"):
        known[name] = {key: tuple(values) for key, values in known.get(name, {}).items()}
    known["sizes"] = _intervals(known.get("sizes", {}))
    if given := known.get("withheld"):
        known["withheld"] = Withheld(
            column=given["column"],
            codes=frozenset(given.get("codes", ())),
            classes=_intervals(given.get("classes", {})),
            unless=frozenset(given.get("unless", ())),
        )
    if given := known.get("box"):
        west, south, east, north = map(float, given)
        known["box"] = (west, south, east, north)
    return Preset(**known)


def _intervals(plain: Mapping[str, list[float | None]]) -> dict[str, Interval]:
    return {
        code: (float(low or 0), None if high is None else float(high)) for code, (low, high) in plain.items()
    }
