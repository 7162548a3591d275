"""Codes for words: sectors from key words, tags from labels of the controlled lists and their synonyms."""

from collections import Counter
from dataclasses import dataclass
from functools import cache

from grappe.census.reading.rule_files import rules
from grappe.domain.fold import fold
from grappe.domain.vocabulary import LANGUAGES, vocabulary

_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Tagged:
    """A code found in a text, and the folded words that say it."""

    code: str
    words: str


def sector_of(text: str) -> tuple[int, float] | None:
    """Sector that a description speaks of, with the confidence of the choice.

    >>> sector_of("Industrie textile.")
    (4, 0.9)
    """
    folded = f" {fold(text)} "
    votes: Counter[str] = Counter()
    first: dict[str, int] = {}
    for word, code in _sector_words():
        at = folded.find(f" {word} ")
        if at >= 0:
            votes[code] += 1 + word.count(" ")
            first[code] = min(first.get(code, at), at)
    if not votes:
        return None
    most = max(votes.values())
    best = sorted((code for code, count in votes.items() if count == most), key=lambda code: first[code])
    return int(best[0]), 0.9 if len(votes) == 1 else 0.75 if len(best) == 1 else 0.6


def sector_of_label(label: str) -> int | None:
    """Sector that a short label of a legend names."""
    folded = fold(label)
    known = {fold(str(word)): code for code, words in rules("sectors")["legend"].items() for word in words}
    if folded in known:
        return int(known[folded])
    whole = {
        fold(labels[language]): code
        for code, labels in vocabulary("sector").items()
        for language in LANGUAGES
    }
    if folded in whole:
        return int(whole[folded])
    found = sector_of(label)
    return found[0] if found else None


@cache
def _sector_words() -> tuple[tuple[str, str], ...]:
    return tuple(
        (fold(str(word)), str(code)) for code, words in rules("sectors")["words"].items() for word in words
    )


def tags_of(text: str, list_name: str) -> list[Tagged]:
    """Codes of a controlled list whose label, or a synonym, stands in a text; longer labels first.

    Words of a longer label are not read again for a shorter one, so that a *design office* is no *design*.
    """
    words = [_singular(word) for word in fold(text).split()]
    taken = [False] * len(words)
    found: list[tuple[int, Tagged]] = []
    seen: set[str] = set()
    starts: dict[str, list[int]] = {}
    for at, word in enumerate(words):
        starts.setdefault(word, []).append(at)
    for phrase, code in _phrases(list_name):
        for at in starts.get(phrase[0], ()):
            end = at + len(phrase)
            if tuple(words[at:end]) == phrase and not any(taken[at:end]):
                taken[at:end] = [True] * len(phrase)
                if code not in seen:
                    seen.add(code)
                    found.append((at, Tagged(code, " ".join(phrase))))
    return [tagged for _, tagged in sorted(found, key=lambda pair: pair[0])]


@cache
def _phrases(list_name: str) -> tuple[tuple[tuple[str, ...], str], ...]:
    pairs: dict[tuple[str, ...], str] = {}
    for code, synonyms in rules("lexicon").get(list_name, {}).items():
        for synonym in synonyms:
            pairs.setdefault(_words(synonym), str(code))
    for code, labels in vocabulary(list_name).items():
        for language in LANGUAGES:
            words = _words(labels[language])
            if words and (len(words) > 1 or len(words[0]) >= _SHORTEST):
                pairs.setdefault(words, code)
    return tuple(sorted(pairs.items(), key=lambda pair: (-len(pair[0]), pair[0])))


def _words(text: object) -> tuple[str, ...]:
    return tuple(_singular(word) for word in fold(str(text)).split())


@cache
def _singular(word: str) -> str:
    # Only for comparison: both sides lose the same letters, so that a wrong singular does no harm.
    if len(word) > 3 and word[-1] in "sx":
        return word[:-1]
    return word


def code_of(text: str, list_name: str) -> str | None:
    """Code that a cell names: the code itself, or its label in one of the languages."""
    codes = vocabulary(list_name)
    bare = text.strip()
    if bare in codes:
        return bare
    folded = fold(bare)
    for code, labels in codes.items():
        if folded in (fold(code), *(fold(labels[language]) for language in LANGUAGES)):
            return code
    return None
