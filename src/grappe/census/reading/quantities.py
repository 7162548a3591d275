"""Numbers and dates in running words, in French, English and Arabic."""

import re
from dataclasses import dataclass
from functools import cache

from grappe.census.reading.rule_files import codes_of, rules, words_of
from grappe.domain.dates import is_date
from grappe.domain.fold import fold

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_GROUPED = r"\d{1,3}(?:[ \u00a0\u202f.]\d{3})+(?!\d)"
_PLAIN = r"\d+(?:[.,] ?\d+)?"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as printed: its value, how exact it is, and where it stands in the text."""

    value: int | float
    precision: str
    start: int
    end: int
    low: int | float | None = None
    high: int | float | None = None
    in_words: bool = False
    percent: bool = False


def quantities(text: str) -> list[Quantity]:
    """Every number of a text, in its order; years and ordinals are numbers here as well.

    >>> [(q.value, q.precision) for q in quantities("environ 11 000 emplois, une vingtaine de PME")]
    [(11000, 'about'), (20, 'about')]
    """
    text = text.translate(_DIGITS)
    found = []
    for match in _pattern().finditer(text):
        value = _value(match)
        if value is None:
            continue
        hedge = _precision(match.group("hedge"))
        about = match.group("about") is not None
        high = match.group("high")
        low = value
        if high and float(high) > value and not _is_year(match.group("number") or ""):
            found.append(
                Quantity(
                    low, "range", match.start(), match.end(), low, int(high), percent=_share(text, match)
                )
            )
            continue
        found.append(
            Quantity(
                value,
                "about" if about else hedge or "exact",
                match.start(),
                match.end() if not high else match.start("to"),
                in_words=match.group("number") is None,
                percent=_share(text, match),
            )
        )
    return found


def _share(text: str, match: re.Match[str]) -> bool:
    return text[match.end() : match.end() + 3].strip()[:1] == "%"


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isdigit() and text[:2] in ("19", "20")


def _value(match: re.Match[str]) -> int | float | None:
    if match.group("number"):
        raw = match.group("number")
        plain = re.sub(r"[ \u00a0\u202f.]", "", raw) if re.fullmatch(_GROUPED, raw) else raw
        value: int | float = float(plain.replace(" ", "").replace(",", "."))
    else:
        word = fold(match.group("about") or match.group("word"))
        table = rules("numbers")["about_words"] if match.group("about") else rules("numbers")["words"]
        value = {fold(key): int(number) for key, number in table.items()}[word]
    scale = match.group("scale")
    if scale:
        value *= {fold(key): int(number) for key, number in rules("numbers")["scale"].items()}[fold(scale)]
    return int(value) if float(value).is_integer() else round(value, 9)


def _precision(hedge: str | None) -> str | None:
    return codes_of("numbers", "precision").get(fold(hedge)) if hedge else None


@cache
def _pattern() -> re.Pattern[str]:
    hedges = _alternatives([w for words in rules("numbers")["precision"].values() for w in words])
    about = _alternatives(rules("numbers")["about_words"])
    words = _alternatives(rules("numbers")["words"])
    scale = _alternatives(rules("numbers")["scale"])
    return re.compile(
        rf"(?<![\w.,])(?:(?P<hedge>{hedges})\s+(?:d[e']\s*)?)?"
        rf"(?:(?:une?\s+|a\s+)?(?P<about>{about})\b"
        rf"|(?P<number>{_GROUPED}|{_PLAIN})"
        rf"|(?P<word>{words})\b)"
        rf"(?:(?P<to>\s*(?:à|-|–|to|et|and)\s*)(?P<high>\d+)(?!\w))?"
        rf"(?:\s+(?P<scale>{scale})\b)?",
        re.IGNORECASE,
    )


def _alternatives(words: object) -> str:
    # Rules are folded, texts are not: an accent may stand on any of these letters.
    letters = {"e": "[eéèê]", "a": "[aàâ]", "u": "[uùû]", "o": "[oô]", "i": "[iîï]", " ": r"[\s'’]+"}
    ordered = sorted((str(word) for word in words), key=len, reverse=True)  # type: ignore[attr-defined]
    return "|".join("".join(letters.get(c, re.escape(c)) for c in word) for word in ordered)


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date as the census writes it, and the span of the text that prints it."""

    value: str
    start: int
    end: int


def dates(text: str) -> list[PrintedDate]:
    """Every date of a text at the precision printed: a year, a month with its year, or a day.

    >>> [d.value for d in dates("décembre 2010, puis le 24 janvier 2019 et 03/2021")]
    ['2010-12', '2019-01-24', '2021-03']
    """
    text = text.translate(_DIGITS)
    found = []
    for match in _dates().finditer(text):
        value = _date(match)
        if value and is_date(value):
            found.append(PrintedDate(value, match.start(), match.end()))
    return found


def _date(match: re.Match[str]) -> str | None:
    if match.group("iso"):
        return match.group("iso")
    if match.group("month"):
        month = codes_of("dates", "months")[fold(match.group("month"))]
        day = match.group("day")
        return f"{match.group('year')}-{int(month):02}" + (f"-{int(day):02}" if day else "")
    if match.group("slash_year"):
        month, day = match.group("slash_month"), match.group("slash_day")
        return f"{match.group('slash_year')}-{int(month):02}" + (f"-{int(day):02}" if day else "")
    return match.group("bare")


@cache
def _dates() -> re.Pattern[str]:
    names = _alternatives([word for words in rules("dates")["months"].values() for word in words])
    return re.compile(
        r"(?<!\d)(?:(?P<iso>(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?:-\d\d)?)(?!\d)"
        rf"|(?:(?P<day>\d{{1,2}})(?:er|st|nd|rd|th)?\s+)?(?P<month>{names})\.?\s+(?P<year>(?:19|20)\d\d)"
        r"|(?:(?P<slash_day>\d{1,2})[/.])?(?P<slash_month>\d{1,2})[/.](?P<slash_year>(?:19|20)\d\d)"
        r"|(?P<bare>(?:19|20)\d\d))(?![\d/])",
        re.IGNORECASE,
    )


def is_yes(cell: str) -> bool:
    """Tell whether a cell is a mark that says yes."""
    bare = cell.strip()
    return bare in rules("marks")["yes_signs"] or fold(bare) in words_of("marks", "yes")


def is_no(cell: str) -> bool:
    """Tell whether a cell is a mark that says no, which is not the same as a blank."""
    bare = cell.strip()
    return bare in rules("marks")["no_signs"] or (bool(bare) and fold(bare) in words_of("marks", "no"))
