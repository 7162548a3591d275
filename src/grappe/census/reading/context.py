"""What stands around a line: its heading, and the country that the headings speak of."""

import re
from dataclasses import dataclass

from grappe.census.reading.countries import countries, is_country
from grappe.census.reading.document import Document
from grappe.census.reading.names_printed import clean
from grappe.census.reading.rule_files import codes_of, first_word, holds, words_of
from grappe.domain.fold import fold

LONGEST_HEADING = 120
_LISTED = re.compile(r"\s*(?:[-–•▪◊◆*·]\s+|\d{1,3}\s*[-–]\s)")
_CONTENTS = re.compile(r".*(?:\t|\.{4,}\s*|\s{3,})\d{1,4}\s*$")
_PAGE = re.compile(r"\s*(?:[-–]\s*)?\d{1,4}(?:\s*[-–])?\s*$")


@dataclass(frozen=True, slots=True)
class Around:
    """The nearest heading above a line, and the nearest one that names a single country.

    `title` is the nearest heading that is more than the name of a country: lists of an annex stand under
    « Tunisie », and that under their title.
    """

    heading: str = ""
    heading_line: int = 0
    title: str = ""
    title_line: int = 0
    country: str | None = None
    country_line: int = 0
    country_words: str = ""


def is_heading(text: str) -> bool:
    """Tell whether a line looks like a title: short, no row, no item, no end of a sentence."""
    stripped = clean(text)
    if not stripped or len(stripped) > LONGEST_HEADING or "\t" in text.rstrip("\t") or _LISTED.match(text):
        return False
    return stripped[-1] not in ".;,…" and stripped[0] not in "«(" and not stripped[0].islower()


def is_contents(text: str) -> bool:
    """Tell whether a line is of a table of contents, or a bare number of a page."""
    if _PAGE.fullmatch(text):
        return True
    return bool(_CONTENTS.fullmatch(text)) and len(text.split("\t")) <= 2 and len(text) > 8


def surroundings(document: Document) -> list[Around]:
    """What stands around each line, in their order; element 0 belongs to line 1."""
    found: list[Around] = []
    now = Around()
    for line in document.lines:
        text = line.text
        # A label of a sheet with an empty cell looks like a heading; it ends no country.
        label = fold(clean(text)) in codes_of("sheet", "labels")
        if is_heading(text) and not label and not is_contents(text) and not text.rstrip().endswith(":"):
            now = _after(now, clean(text.replace("\t", " ")), line.number)
        found.append(now)
    return found


def _after(now: Around, heading: str, number: int) -> Around:
    folded = fold(heading)
    named = [one for one in countries(heading) if one.code != "EU"]
    titled = (now.title, now.title_line) if is_country(heading) else (heading, number)
    if len(named) == 1:
        return Around(heading, number, *titled, named[0].code, number, heading)
    if named or first_word(folded, words_of("text", "end_of_country")):
        return Around(heading, number, *titled)
    return Around(heading, number, *titled, now.country, now.country_line, now.country_words)


def states_of(folded: str) -> str | None:
    """State that the words of a heading or sentence speak of."""
    for state in ("expected", "emerging", "potential", "constituted"):
        if any(holds(folded, word) for word in words_of("text", "states", state)):
            return state
    return None
