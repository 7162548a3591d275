"""Schemes on disk: one folder each, below a folder per country; shipped ones and those of a user."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

import yaml

from grappe.domain.errors import InputRefused, Problem, UnknownThing
from grappe.policy.scheme import Scheme
from grappe.policy.scheme_nodes import Section, Value, add_values, read_nodes
from grappe.policy.scheme_reader import read_scheme

SHIPPED = Path(str(files("grappe.policy"))) / "schemes"


def schemes(extra: Iterable[Path] = ()) -> Mapping[str, Scheme]:
    """All schemes by id: those shipped, then those of a user's folders.

    Parameters
    ----------
    extra : folders laid out as the shipped one, ``<country>/<scheme>/*.yml``

    Raises
    ------
    InputRefused
        If a folder is missing or a file has a mistake; every mistake is in `problems`.

    Examples
    --------
    >>> schemes()["ma-contract-programme"].country
    'MA'
    """
    return _read((SHIPPED, *(Path(folder) for folder in extra)))


def scheme(id: str, extra: Iterable[Path] = ()) -> Scheme:
    """One scheme.

    Raises
    ------
    UnknownThing
        If there is no such scheme.
    InputRefused
        As `schemes`.
    """
    known = schemes(extra)
    if id not in known:
        raise UnknownThing("unknown_scheme", id=id, accepted=", ".join(known))
    return known[id]


def read_folder(folder: Path, problems: list[Problem], under: Path | None = None) -> Scheme | None:
    """One scheme of a folder; every mistake is added to `problems`."""
    values: dict[str, Value] = {}
    base = under or folder.parent
    paths = sorted(folder.glob("*.yml"))
    for path in paths:
        name = path.relative_to(base).as_posix()
        root = read_nodes(path, name, problems)
        if isinstance(root, yaml.MappingNode):
            add_values(values, root, name, "", problems)
    if not values:
        return None
    first = paths[0].relative_to(base).as_posix()
    place = next(((v.file, v.line) for k, v in values.items() if k == "id"), (first, 1))
    return read_scheme(Section("", values, place, problems), folder.name)


@cache
def _read(folders: Sequence[Path]) -> Mapping[str, Scheme]:
    # Schemes are files of the package and of a folder named when the process starts: read once.
    problems: list[Problem] = []
    found: dict[str, Scheme] = {}
    places: dict[str, str] = {}
    for base in folders:
        if not base.is_dir():
            problems.append(Problem("no_scheme_folder", str(base)))
            continue
        for folder in sorted({path.parent for path in base.glob("*/*/*.yml")}):
            place = folder.relative_to(base).as_posix()
            one = read_folder(folder, problems, base)
            if one is None:
                continue
            if one.id in found:
                problems.append(
                    Problem("duplicate_scheme", place, value=one.id, params={"first": places[one.id]})
                )
                continue
            found[one.id], places[one.id] = one, place
    _check_parents(found, places, problems)
    if problems:
        raise InputRefused("schemes_refused", count=len(problems), problems=problems)
    return MappingProxyType(found)


def _check_parents(found: Mapping[str, Scheme], places: Mapping[str, str], problems: list[Problem]) -> None:
    for one in found.values():
        named = {one.parent} | {
            also for s in one.indicator_sets for indicator in s.indicators for also in indicator.also
        }
        for id in sorted(name for name in named if name is not None and name not in found):
            problems.append(Problem("unknown_parent", places[one.id], value=id))
