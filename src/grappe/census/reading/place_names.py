"""Places in a cell: « Sousse-Monastir », « Technopark, Casablanca », « Région de Tozeur et Kebili »."""

import re
from dataclasses import dataclass
from functools import cache

from grappe.census.reading.countries import is_country, names
from grappe.census.reading.names_printed import clean
from grappe.census.reading.proposal import Mention
from grappe.census.reading.rule_files import first_word, holds, words_of
from grappe.domain.entity import Kind
from grappe.domain.fold import fold

_PARTS = re.compile(
    r"\s*(?:/|;|\s+-\s+|\s+–\s+|(?<=[\w)])[-–](?=[A-ZÉÈÂÎ\u0600-\u06ff])|\s+et\s+|\s+and\s+|\s+و(?=\S))\s*"
)
_DIRECTIONS = re.compile(
    r"\b(nord|sud|centre|north|south|haut|bas)-(est|ouest|east|west|nord|sud)\b", re.IGNORECASE
)
_HYPHEN = "\u2010"
_BEFORE = re.compile(
    r"^(?:(?:la |les |l['’]|the )?"
    r"(?:régions?|gouvernorats?|wilayas?|provinces?|ville|vallée|governorates?|region|town)"
    r"\s+(?:de la |de l['’]|du |des |de |d['’]|of ))",
    re.IGNORECASE,
)
_AFTER = re.compile(r"\s+(?:et sa région|and its region)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Location:
    """What a cell of a location says: seat, territories, office, country, and what was not read."""

    seat: tuple[Mention, ...] = ()
    territories: tuple[Mention, ...] = ()
    liaison: tuple[Mention, ...] = ()
    country: str | None = None
    country_words: str = ""
    rest: str = ""


def places_of(text: str, country: str | None = None) -> list[Mention]:
    """Places of a short text, in their order; a hyphen before a capital parts two places.

    >>> [place.name for place in places_of("Sousse-Monastir-Mahdia")]
    ['Sousse', 'Monastir', 'Mahdia']
    >>> [place.name for place in places_of("Bab-el-Oued*")]
    ['Bab-el-Oued']
    """
    found = []
    for piece in re.split(r",", clean(text)):
        for part in _PARTS.split(_prefixes().sub(rf"\1{_HYPHEN}", _DIRECTIONS.sub(_kept, piece))):
            part = part.replace(_HYPHEN, "-")
            name = _AFTER.sub("", _BEFORE.sub("", part.strip(" .*†"))).strip()
            if name and not name[0].islower() and not is_country(name):
                found.append(Mention(Kind.PLACE, name, country=country))
    return found


@cache
def _prefixes() -> re.Pattern[str]:
    """Words after which a hyphen is part of a name: Tizi-Ouzou, Saint-Louis."""
    words = "|".join(words_of("places", "prefixes"))
    return re.compile(rf"\b({words})-(?=\w)", re.IGNORECASE)


def _kept(match: re.Match[str]) -> str:
    return f"{match[1]}{_HYPHEN}{match[2]}"


def location_of(text: str) -> Location:
    """Read a cell such as « Technopark, Casablanca (Maroc). » into its seat, territories and country.

    >>> found = location_of("Cyberparc de Tozeur, Région de Tozeur et Kebili (Tunisie).")
    >>> [place.name for place in found.seat], [place.name for place in found.territories], found.country
    (['Cyberparc de Tozeur'], ['Tozeur', 'Kebili'], 'TN')
    """
    whole = clean(text)
    country, words, head, rest = _country(whole)
    office: list[Mention] = []
    liaison = first_word(fold(head), words_of("places", "liaison"))
    if liaison:
        before, after = _around_office(head)
        head, office = before, places_of(re.sub(r"^(?:à|in|في)\s+", "", after.strip()), country)
    segments = [piece.strip(" .") for piece in head.split(",") if piece.strip(" .")]
    seat: list[Mention] = []
    territories: list[Mention] = []
    for at, segment in enumerate(segments):
        territory = any(holds(fold(segment), word) for word in words_of("places", "territory"))
        names_here = places_of(segment, country)
        if territory:
            territories += names_here
        if not seat and (not territory or len(segments) == 1):
            if at == 0 and len(names_here) > 1:
                territories += names_here
            seat = _seat(segments, at, names_here, country)
    if not seat:
        seat = territories[:]
    return Location(tuple(seat), tuple(_once(territories)), tuple(office), country, words, rest)


def _seat(segments: list[str], at: int, named: list[Mention], country: str | None) -> list[Mention]:
    # « Technopark, Casablanca » is a site and its town: the site is the seat, the town says where it is.
    later = [
        s for s in segments[at + 1 :] if not any(holds(fold(s), w) for w in words_of("places", "territory"))
    ]
    towns = tuple(m.name for s in later for m in places_of(s, country))
    if len(named) == 1 and towns:
        return [Mention(Kind.PLACE, named[0].name, country=country, places=towns)]
    return named


def _once(mentions: list[Mention]) -> list[Mention]:
    return list(dict.fromkeys(mentions))


def _country(text: str) -> tuple[str | None, str, str, str]:
    for match in re.finditer(r"\(([^()]+)\)", text):
        code = names().get(fold(match.group(1)))
        if code:
            rest = text[match.end() :].strip(" .;")
            return code, match.group(1), text[: match.start()].strip(), rest
    pieces = [piece.strip(" .") for piece in text.split(",")]
    code = is_country(pieces[-1]) if len(pieces) > 1 else None
    if code:
        return code, pieces[-1], ", ".join(pieces[:-1]), ""
    head, dot, rest = text.partition(". ")
    return None, "", head.strip(" ."), rest.strip(" .") if dot else ""


def _around_office(head: str) -> tuple[str, str]:
    found = re.search(
        r"\s*(?:,|et|and)?\s*(?:un\s+|a\s+)?(?:bureau de liaison|liaison office|مكتب الاتصال|مكتب اتصال)\s*",
        head,
        re.IGNORECASE,
    )
    return (head[: found.start()], head[found.end() :]) if found else (head, "")
