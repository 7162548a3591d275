"""Cells of a sheet taken apart into items: lists in markup, bullets, sentences, names in a row."""

import re
from dataclasses import dataclass

from grappe.census.reading.names_printed import clean

_ITEMS = re.compile(r"</?(?:ul|ol|li|p|br)\b[^>]*>|[•▪◊◆●○■]|(?:(?<=\s)|^)[-–]\s+(?=\S)")
_OUTSIDE = r"(?![^(]*\))"


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of a cell: as printed, and without markup; `listed` if a bullet stood before it."""

    printed: str
    text: str
    listed: bool = False


def items(cell: str) -> list[Item]:
    """Items of a cell in their order; text outside a list is an item too.

    >>> [item.text for item in items("Two kinds: <ul> • 6 firms ; • 2 schools.")]
    ['Two kinds:', '6 firms', '2 schools']
    """
    found: list[Item] = []
    at, listed = 0, False
    for match in [*_ITEMS.finditer(cell), None]:
        end = match.start() if match else len(cell)
        printed = cell[at:end].strip().strip(";").strip()
        text = clean(printed).rstrip(" ;.")
        if re.search(r"\w", text):
            found.append(Item(printed, text, listed))
            listed = False
        if match:
            at = match.end()
            listed = match.group().strip() in "•▪◊◆●○■-–" if match.group().strip() else listed
    return found


def sentences(text: str) -> list[str]:
    """Sentences of a text; a full stop within a name (``FUTUR.E.S``, ``M. Said``) ends none."""
    return [
        part for part in re.split(r"(?<=[\w)»\"’%])\.\s+(?=[A-ZÉÈÀÂÎ«\u0600-\u06ff])", text) if part.strip()
    ]


def parts(text: str) -> list[str]:
    """Parts of a text at commas, semicolons and « et », outside parentheses.

    >>> parts("A (b, c), D et E")
    ['A (b, c)', 'D', 'E']
    """
    pieces = re.split(rf"\s*[,;،؛]\s*{_OUTSIDE}|\s+(?:et|and|ou|ainsi que|puis)\s+{_OUTSIDE}", text)
    return [piece.strip(" .;") for piece in pieces if piece and piece.strip(" .;")]


def named(text: str) -> list[str]:
    """Names of a list such as ``Alpha, Beta Gamma, etc.``: parts that begin with a capital or digit."""
    found = []
    for piece in parts(text):
        words = piece.strip(' .«»"')
        if words.lower().rstrip(".") in ("etc", "…", "..."):
            continue
        if words and (words[0].isupper() or words[0].isdigit() or "\u0621" <= words[0] <= "\u064a"):
            found.append(words)
    return found


def parentheses(text: str) -> tuple[str, list[str]]:
    """Text without its parentheses, and what stood in them.

    >>> parentheses("22 firms (weavers, dyers) in all")
    ('22 firms in all', ['weavers, dyers'])
    """
    inside = [found.strip() for found in re.findall(r"\(([^()]*)\)", text)]
    return " ".join(re.sub(r"\([^()]*\)", " ", text).split()).replace(" ,", ","), inside
