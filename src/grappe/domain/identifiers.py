"""Identifiers of entities: ASCII, global across kinds, never derived from a value that can change."""

import re

_FORM = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST = 80


def is_identifier(text: object) -> bool:
    """Tell whether `text` can be the id of an entity: small letters, digits and single hyphens.

    >>> is_identifier("ma-ce3m"), is_identifier("MA_CE3M")
    (True, False)
    """
    return isinstance(text, str) and len(text) <= LONGEST and bool(_FORM.fullmatch(text))
