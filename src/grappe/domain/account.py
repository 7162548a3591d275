"""What is written about a person who has an account: address, name, language; nothing else is asked."""

import re
import unicodedata

from grappe.domain.errors import BadChoice, InputRefused
from grappe.domain.vocabulary import LANGUAGES

LONGEST_ADDRESS = 150
LONGEST_NAME = 80
_ADDRESS = re.compile(r"[^@\s<>,;:\"()\[\]\\]+@[^@\s.<>,;:\"()\[\]\\]+(?:\.[^@\s.<>,;:\"()\[\]\\]+)+")


def clean_address(text: str) -> str:
    """An e-mail address as accounts are told apart by: without spaces around it, in small letters.

    Raises
    ------
    InputRefused
        If it has not the form of an address, or is too long.

    Examples
    --------
    >>> clean_address(" Amel@Example.org ")
    'amel@example.org'
    """
    address = text.strip().lower()
    if len(address) > LONGEST_ADDRESS or not _ADDRESS.fullmatch(address) or not address.isprintable():
        raise InputRefused("bad_address", value=text.strip()[:LONGEST_ADDRESS])
    return address


def clean_name(text: str) -> str:
    """A person's name as others see it: single spaces, no address in it.

    Raises
    ------
    InputRefused
        If it is empty, too long, holds signs that cannot be printed, or an address.

    Examples
    --------
    >>> clean_name("  Amel   Ben Salah ")
    'Amel Ben Salah'
    """
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable() or "@" in name:
        raise InputRefused("bad_name", value=name[:LONGEST_NAME], longest=LONGEST_NAME)
    return name


def clean_language(text: str) -> str:
    """One of the languages of the observatory.

    Raises
    ------
    BadChoice
        If it is none of them.
    """
    if text not in LANGUAGES:
        raise BadChoice(name="language", value=text, accepted=", ".join(LANGUAGES))
    return text
