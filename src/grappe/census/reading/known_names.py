"""Names within a sentence: those of the census, and those that the document itself introduces."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from grappe.census.reading.countries import is_country
from grappe.census.reading.names import NameIndex
from grappe.census.reading.names_printed import split_acronym
from grappe.census.reading.proposal import Draft, Mention
from grappe.census.reading.rule_files import rules, words_of
from grappe.domain.entity import Kind
from grappe.domain.fold import fold

NAMED_KINDS = frozenset(
    {Kind.CLUSTER, Kind.ORGANISATION, Kind.FORM, Kind.PROGRAMME, Kind.EVENT, Kind.PROJECT}
)
"""Kinds whose names are looked for in sentences; persons and places stand in too many of them."""
_SHORTEST = 3
_WORD = re.compile(r"[^\W_]+")
_CAPITAL = re.compile(r"[A-ZÀ-ÖØ-Þ0-9\u0621-\u064a]")
_SMALL = (
    r"(?:de la|de l['’]|des|du|de|d['’]|et de l['’]|et de la|et des|et du|et"
    r"|of the|of|for|and|the|pour l['’]|pour la|pour)"
)
_BIG = r"[A-ZÀ-ÖØ-Þ][\w&.’'-]*"
_PLAIN = r"[a-zà-öø-ÿ]{4,}"


@dataclass(frozen=True, slots=True)
class Found:
    """A name in a text: where it begins and ends, and what it is the name of."""

    start: int
    end: int
    mention: Mention


class KnownNames:
    """Names by their folded words, so that those of a sentence are found in one pass."""

    def __init__(self) -> None:
        self._names: dict[str, list[tuple[tuple[str, ...], Mention, bool]]] = {}
        self._seen: set[tuple[tuple[str, ...], Kind, str | None]] = set()

    def add(self, name: str, mention: Mention, *, acronym: bool = False) -> None:
        """Learn a name; an acronym is only found in the capitals in which it is written."""
        words = tuple(fold(name).split())
        if (
            not words
            or len("".join(words)) < _SHORTEST
            or (words, mention.kind, mention.country) in self._seen
        ):
            return
        if len(words) == 1 and (words[0].isdigit() or words[0] in words_of("names", "generic")):
            return
        self._seen.add((words, mention.kind, mention.country))
        self._names.setdefault(words[0], []).append((words, mention, acronym))
        self._names[words[0]].sort(key=lambda one: -len(one[0]))

    def find(self, text: str, country: str | None = None) -> list[Found]:
        """Names in a text, in their order, none within another; a name has at least one capital there.

        Of several things of one name, such as ministries, the one of `country` is meant; without one of
        that country nobody knows which.
        """
        tokens = [(m.start(), m.end(), fold(m.group())) for m in _WORD.finditer(text)]
        # One printed word may fold to several, or to none: only plain ones take part.
        words = [folded for _, _, folded in tokens]
        found: list[Found] = []
        at = 0
        while at < len(tokens):
            hit = self._at(text, tokens, words, at, country)
            if hit is None:
                at += 1
                continue
            length, mention = hit
            found.append(Found(tokens[at][0], tokens[at + length - 1][1], mention))
            at += length
        return found

    def _at(
        self, text: str, tokens: list[tuple[int, int, str]], words: list[str], at: int, country: str | None
    ) -> tuple[int, Mention] | None:
        hits: list[tuple[int, Mention]] = []
        for name, mention, acronym in self._names.get(words[at], ()):
            if hits and len(name) < hits[0][0]:
                break
            if tuple(words[at : at + len(name)]) != name:
                continue
            printed = text[tokens[at][0] : tokens[at + len(name) - 1][1]]
            if (acronym and not _in_capitals(printed)) or not _CAPITAL.search(printed):
                continue
            if len(name) == 1 and not _CAPITAL.match(printed):
                continue
            hits.append((len(name), mention))
        if len({(hit.kind, hit.name, hit.country) for _, hit in hits}) > 1:
            here = [hit for hit in hits if hit[1].country == country]
            hits = here if here else [] if len({hit.kind for _, hit in hits}) == 1 else hits
        return hits[0] if hits else None


def _in_capitals(printed: str) -> bool:
    letters = [c for c in printed if c.isalpha()]
    return sum(c.isupper() or "\u0621" <= c <= "\u064a" for c in letters) >= max(1, (len(letters) + 1) // 2)


def known_names(index: NameIndex, drafts: Iterable[Draft]) -> KnownNames:
    """Names of a census, and names that tables, sheets and lists of the document introduce."""
    names = KnownNames()
    for one in index.known.values():
        if one.kind not in NAMED_KINDS or not one.names:
            continue
        country = min(one.countries) if len(one.countries) == 1 else None
        mention = Mention(one.kind, one.names[0], one.acronyms[0] if one.acronyms else None, country)
        for name in one.names:
            names.add(name, mention)
        for acronym in one.acronyms:
            names.add(acronym, mention, acronym=True)
    for draft in drafts:
        subject = draft.subject
        if subject.kind in (Kind.CLUSTER, Kind.FORM) and draft.field in ("name", "acronym"):
            names.add(subject.name, subject)
            if subject.acronym:
                names.add(subject.acronym, subject, acronym=True)
    return names


def bodies_of(text: str, names: KnownNames, country: str | None = None) -> list[Found]:
    """Names that are known, and bodies that say what they are: « Ministère de l'Agriculture », « GIZ ».

    A body that nobody knows begins with a word such as *ministère* or *université*, and goes on with
    capitals; or it is one word in capitals behind an article.
    """
    found = names.find(text, country)
    taken = [(one.start, one.end) for one in found]
    for match in _body().finditer(text):
        # A known name within a longer one (« Université de X » where X is known) is part of that.
        inside = [one for one in found if match.start() <= one.start and one.end <= match.end()]
        if any(one.start == match.start() or one.end - one.start >= 12 for one in inside):
            continue
        if any(fold(text[match.start() : one.start]) in _LEADS for one in inside):
            # « salon X » where X is known is X.
            continue
        if any(s < match.end() and match.start() < e for s, e in taken) and not inside:
            continue
        name, acronym = split_acronym(match.group().strip(" .,;"))
        if fold(name) in words_of("organisations", "words") or is_country(name):
            continue
        kind = _kind_of(name)
        found = [one for one in found if one not in inside]
        found.append(
            Found(match.start(), match.end(), Mention(kind, name[:1].upper() + name[1:], acronym, country))
        )
        taken = [(one.start, one.end) for one in found]
    for match in _CODE.finditer(text):
        if any(s < match.end() and match.start() < e for s, e in taken) or is_country(match.group(1)):
            continue
        found.append(Found(match.start(1), match.end(1), Mention(Kind.ORGANISATION, match.group(1))))
    return sorted(found, key=lambda one: one.start)


_LEADS = frozenset(
    word
    for key in ("events", "programmes")
    for name in words_of("organisations", key)
    for word in (name, f"{name}s")
)
_CODE = re.compile(
    r"(?:\b(?:la|le|les|des|du|the|par|by|avec|with)\s+|\b[ld]['’])([A-Z][A-Z0-9]{2,7})\b(?!\))"
)


@cache
def _body() -> re.Pattern[str]:
    heads = "|".join(re.escape(word) for word in sorted(_printed_heads(), key=len, reverse=True))
    return re.compile(
        rf"\b(?:{heads})s?(?:\s+{_PLAIN}){{0,2}}"
        rf"(?:\s+(?:{_SMALL}\s*)?(?:{_BIG}|[«\"]\s*[^»\"]+[»\"]))(?:\s*,?\s+(?:{_SMALL}\s*)?{_BIG})*"
        rf"(?:\s*\([A-Z][\w-]{{1,9}}\))?"
    )


def _printed_heads() -> list[str]:
    """Words with which bodies begin, with their accents, in small letters and with a capital."""
    heads = [str(word) for word in rules("organisations")["heads"]]
    return [*heads, *(head[:1].upper() + head[1:] for head in heads)]


def _kind_of(name: str) -> Kind:
    folded = fold(name)
    for key, kind in (("forms", Kind.FORM), ("programmes", Kind.PROGRAMME), ("events", Kind.EVENT)):
        if any(folded == word or folded.startswith(f"{word} ") for word in words_of("organisations", key)):
            return kind
    return Kind.ORGANISATION
