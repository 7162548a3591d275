"""Controlled lists: each code has a label in French, English and Arabic."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import yaml

LANGUAGES = ("fr", "en", "ar")

Labels = Mapping[str, str]


@cache
def vocabulary(name: str) -> Mapping[str, Labels]:
    """Codes of one controlled list with their labels, in the order of the file.

    Raises
    ------
    KeyError
        If there is no such list.
    """
    return _all()[name]


@cache
def vocabularies() -> tuple[str, ...]:
    """Names of all controlled lists."""
    return tuple(sorted(_all()))


@cache
def _all() -> Mapping[str, Mapping[str, Labels]]:
    lists: dict[str, dict[str, Labels]] = {}
    folder = files("grappe.domain") / "vocabulary"
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".yml"):
            read = yaml.load(entry.read_text("utf-8"), yaml.CSafeLoader) or {}
            lists[entry.name.removesuffix(".yml")] = {str(code): labels for code, labels in read.items()}
    return MappingProxyType(lists)
