"""Names as a document prints them: acronym in parentheses, capitals, articles, markup, marks of footnotes."""

import re

from grappe.census.reading.rule_files import words_of
from grappe.domain.fold import fold

_MARKUP = re.compile(r"</?[a-zA-Z][^>]*>")
_NOTE_MARKS = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_LOWERED = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_ACRONYM = re.compile(
    r"\(\s*(?:cluster\s+)?([^\s()]{2,15}|[A-Z][\w.]*(?:[ -][A-Z][\w.]*)?)\s*\)\s*$", re.IGNORECASE
)
_SMALL = frozenset(
    [
        "de",
        "du",
        "des",
        "d",
        "l",
        "le",
        "la",
        "les",
        "et",
        "en",
        "a",
        "au",
        "aux",
        "pour",
        "sur",
        "par",
        "of",
        "the",
        "and",
        "for",
        "in",
        "on",
        "with",
        "al",
        "el",
        "von",
        "di",
        "da",
        "del",
    ]
)


def clean(text: str) -> str:
    """Text without markup, emphasis and marks of footnotes; lowered digits of acronyms become plain.

    >>> clean("*Creative* <b>hub</b> AB₃C²¹ ;")
    'Creative hub AB3C ;'
    """
    bare = _MARKUP.sub(" ", text).replace("**", "").replace("*", "").translate(_LOWERED)
    return " ".join(_NOTE_MARKS.sub("", bare).split())


def split_acronym(text: str) -> tuple[str, str | None]:
    """Name and acronym of a printed name; parentheses that hold words are part of the name.

    >>> split_acronym("Cluster of Leather (CLE)")
    ('Cluster of Leather', 'CLE')
    >>> split_acronym("Cluster of Leather (north)")
    ('Cluster of Leather (north)', None)
    """
    text = text.strip()
    found = _ACRONYM.search(text)
    if not found:
        return text, None
    inside = found.group(1)
    capitals = sum(c.isupper() or c.isdigit() for c in inside)
    if capitals < 2 or (inside.isdigit()) or not text[: found.start()].strip():
        return text, None
    return text[: found.start()].strip(" -–,"), inside


def spoken(name: str) -> str:
    """A name in capitals as a sentence would write it; a name with small letters stays.

    >>> spoken("CLUSTER DE LA LAINE ET DU CUIR"), spoken("Said BENNANI")
    ('Cluster de la Laine et du Cuir', 'Said BENNANI')
    """
    if any(c.islower() for c in name):
        return name
    words = []
    for at, word in enumerate(re.split(r"(\s+|-|'|’)", name)):
        small = (fold(word) in _SMALL or (len(word) == 1 and word.isalpha())) and at > 0
        words.append(word.lower() if small else _capital(word))
    return "".join(words)


def _capital(word: str) -> str:
    return word[:1] + word[1:].lower() if len(word) > 1 else word


def person_name(text: str) -> str:
    """Name of a person with its capitals eased: ``Said EL ARBI`` is *Said El Arbi*.

    >>> person_name("M. Said EL ARBI")
    'Said El Arbi'
    """
    words = [w for w in text.split() if fold(w) not in words_of("sheet", "civilities")]
    eased = ["-".join(_eased(part) for part in word.split("-")) for word in words]
    return " ".join(eased)


def _eased(word: str) -> str:
    if len(word) > 1 and word.isupper():
        return word[0] + word[1:].lower()
    return word


def without_article(text: str) -> str:
    """A name without the article before it.

    >>> without_article("l'Université du Nord"), without_article("Le Cluster Cuir")
    ('Université du Nord', 'Cluster Cuir')
    """
    return re.sub(
        r"^(?:l['’]|d['’]|(?:le|la|les|un|une|des|du|de la|the|a|an)\s+)(?=\S)",
        "",
        text.strip(),
        flags=re.IGNORECASE,
    )
