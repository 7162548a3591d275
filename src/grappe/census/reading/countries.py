"""Countries named in a text, by their name or by the adjective made of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from babel import Locale

from grappe.census.reading.rule_files import rules
from grappe.domain.fold import fold
from grappe.domain.vocabulary import LANGUAGES

ENDINGS = 4
"""Letters that may follow the stem of an adjective: gender, number, case."""
_WIDEST = 4
"""Words of the longest name that is looked for."""


@dataclass(frozen=True, slots=True)
class NamedCountry:
    """A country in a text: its code, the folded words that name it, and whether they are its name."""

    code: str
    words: str
    by_name: bool


def countries(text: str) -> list[NamedCountry]:
    """Countries of a text in their order, each once.

    >>> [c.code for c in countries("plusieurs clusters français et espagnols, et le Maroc")]
    ['FR', 'ES', 'MA']
    """
    words = fold(text).split()
    found: dict[str, NamedCountry] = {}
    at = 0
    while at < len(words):
        step = 1
        for width in range(min(_WIDEST, len(words) - at), 0, -1):
            phrase = " ".join(words[at : at + width])
            code = names().get(phrase)
            by_name = code is not None
            code = code or (_by_adjective(phrase) if width <= 2 else None)
            if code:
                found.setdefault(code, NamedCountry(code, phrase, by_name))
                step = width
                break
        at += step
    return list(found.values())


def country_of(text: str) -> str | None:
    """The only country of a short text, such as a heading; none where it names no country or several."""
    found = countries(text)
    return found[0].code if len(found) == 1 else None


def is_country(text: str) -> str | None:
    """Code of the country that a text is the name of, and nothing else."""
    return names().get(_bare(fold(text)))


def _bare(folded: str) -> str:
    for article in ("le ", "la ", "les ", "l ", "the ", "au ", "aux ", "en "):
        folded = folded.removeprefix(article)
    return folded


@cache
def names() -> Mapping[str, str]:
    """Folded names of all countries in the three languages."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if len(code) == 2 and code.isalpha() and code not in ("EZ", "UN", "ZZ", "QO", "XA", "XB"):
                found.setdefault(_bare(fold(str(name))), code)
    for code, extra in rules("countries")["names"].items():
        for name in extra:
            found[fold(name)] = code
    return {name: code for name, code in found.items() if len(name) > 2 or code == "EU"}


@cache
def _by_adjective(phrase: str) -> str | None:
    for stem, code in _stems():
        if phrase.startswith(stem) and len(phrase) - len(stem) <= ENDINGS and " " not in phrase[len(stem) :]:
            return code
    return None


@cache
def _stems() -> tuple[tuple[str, str], ...]:
    pairs = [(fold(s), code) for code, stems in rules("countries")["adjectives"].items() for s in stems]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))
