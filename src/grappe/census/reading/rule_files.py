"""Rules as data: the files of ``rules/``, read once, with their words folded."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from grappe.domain.fold import fold


@cache
def rules(name: str) -> Any:
    """Content of one file of rules; every scalar is text, as YAML takes `no` and `1` for other things.

    Raises
    ------
    FileNotFoundError
        If there is no such file: a fault of the package, held by a test.
    """
    text = (files("grappe.census.reading") / "rules" / f"{name}.yml").read_text("utf-8")
    return yaml.load(text, yaml.CBaseLoader)


@cache
def words_of(name: str, *keys: str) -> tuple[str, ...]:
    """Folded words of one list of a file of rules, the longest first."""
    found = rules(name)
    for key in keys:
        found = found[key]
    return tuple(sorted({fold(str(word)) for word in found}, key=lambda word: (-len(word), word)))


@cache
def codes_of(name: str, *keys: str) -> dict[str, str]:
    """Folded word to code, for a mapping of codes to lists of words."""
    found = rules(name)
    for key in keys:
        found = found[key]
    return {fold(str(word)): str(code) for code, words in found.items() for word in words}


def holds(folded: str, word: str) -> bool:
    """Tell whether a folded text holds a folded word or phrase, at the borders of words.

    >>> holds("le cluster solaire", "solaire"), holds("insolaire", "solaire")
    (True, False)
    """
    return f" {word} " in f" {folded} "


def first_word(folded: str, words: tuple[str, ...]) -> str | None:
    """The first of some phrases, longest first, that a folded text holds."""
    return next((word for word in words if holds(folded, word)), None)
