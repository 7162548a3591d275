"""Folding of text for search and comparison: accents, case, and Arabic spelling variants."""

import re
import unicodedata
from functools import lru_cache

_ARABIC = str.maketrans(
    {
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا",
        "ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه",
        "ـ": None, "ء": None,
    }
)  # fmt: skip
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ı": "i", "’": " ", "'": " "})
_ARTICLE = re.compile(r"\b(?:ال|وال|بال|لل)(?=[\u0621-\u064a]{2})")
_NOT_WORD = re.compile(r"[^\w]+", re.UNICODE)


@lru_cache(maxsize=100_000)
def fold(text: str) -> str:
    """Reduce text to what a reader who types carelessly would write.

    Accents, case, punctuation, tatweel, vowel marks, the Arabic article and the variants of alef,
    ya, waw and ta marbuta disappear; words are parted by one space.

    >>> fold("Cluster de l'Énergie Solaire")
    'cluster de l energie solaire'
    >>> fold("الجزائر") == fold("جزائر")
    True
    """
    # Compatibility forms first: a ligature or a presentation form hides letters that must fold too.
    lowered = _bare(text).casefold().translate(_LETTERS).translate(_ARABIC)
    words = _NOT_WORD.sub(" ", _bare(lowered)).replace("_", " ").split()
    return " ".join(_without_article(word) for word in words)


def _bare(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def _without_article(word: str) -> str:
    # Once the hamza is gone, a word that begins with hamza and lam looks like one with an article:
    # both must lose it, or the word would not be found with and without its article.
    while (shorter := _ARTICLE.sub("", word)) != word:
        word = shorter
    return word
