"""Sentences in the three languages: gettext catalogues, read without Django.

Sentences are written in English in the code; `N_` marks one for extraction, `say` words it.
"""

import gettext
from functools import cache
from importlib.resources import files
from pathlib import Path

from grappe.domain.vocabulary import LANGUAGES

DOMAIN = "django"
DEFAULT = "fr"


def N_(message: str) -> str:  # noqa: N802 - the customary name of the marker
    """Mark a sentence for extraction; it is worded later, in the reader's language."""
    return message


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """Translations of one language; English is the language of the code, yet has a catalogue too.

    Raises
    ------
    ValueError
        If the language is not one of the three.
    """
    if language not in LANGUAGES:
        raise ValueError(f"{language!r} is not one of {', '.join(LANGUAGES)}.")
    folder = Path(str(files("grappe") / "locale"))
    return gettext.translation(DOMAIN, folder, languages=[language], fallback=True)


def say(language: str, message: str, /, **params: object) -> str:
    """Word a sentence in a language, with its gaps filled."""
    worded = catalogue(language).gettext(message)
    return worded.format(**params) if params else worded
