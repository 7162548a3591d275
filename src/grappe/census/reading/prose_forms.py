"""Spatial forms and clusters that sentences name: « l'agropole de X », « un cluster du Y »."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import cache

from grappe.census.reading.cells import sentences
from grappe.census.reading.classify import tags_of
from grappe.census.reading.context import Around, states_of
from grappe.census.reading.document import Document
from grappe.census.reading.known_names import KnownNames
from grappe.census.reading.names_printed import clean, spoken
from grappe.census.reading.place_names import places_of
from grappe.census.reading.proposal import Draft, Mention, Reason, Use, shortened
from grappe.census.reading.rule_files import first_word, rules, words_of
from grappe.domain.entity import Kind
from grappe.domain.fold import fold
from grappe.domain.source import Part
from grappe.domain.statement import Value

_CAPITAL = r"[A-ZÉÈÀÂÎÔ][\w’'-]*"
_NAME = rf"{_CAPITAL}(?:\s+{_CAPITAL})*"
_JOIN = r"(?:de la|de l['’]|du|de|d['’]|des|of the|of|in)"
_NEW_CLUSTER = re.compile(
    r"\b(?:[Uu]n|[Dd]['’]un|an?)\s+"
    r"(?P<name>[Cc]luster\s+(?:sur les?|sur la|du|de la|de l['’]|des|de|d['’]|of|for)\s*"
    r"[^\W\d][\w’'-]*(?:\s+(?:de|d['’]|du|et|en)?\s*[^\W\d][\w’'-]{3,})?)"
)
_AROUND = re.compile(
    rf"\b[Cc]luster\s+(?P<state>en [\w\s]{{4,20}})?autour\s+(?:de|d['’])\s*(?:l['’]|la |le )?"
    rf"(?P<form>\w+\s+{_JOIN}\s*{_NAME})"
)


def read_prose_forms(
    document: Document, around: Sequence[Around], skip: dict[int, Use], places: Collection[str]
) -> list[Draft]:
    """Statements about forms and clusters that the prose of a document names.

    Parameters
    ----------
    document, around
        The lines, and what stands around each.
    skip : mapping of line to use
        Lines that tables, sheets and lists have taken.
    places : collection of str
        Folded names of places that the census or the document has: « de X » is a place only for these.
    """
    drafts: list[Draft] = []
    last: Mention | None = None
    heading = 0
    for line in document.lines:
        here = around[line.number - 1]
        if here.heading_line != heading:
            heading, last = here.heading_line, None
            for mention, kind, printed in _forms(here.heading, here.country, places):
                last = mention
                if mention.acronym:
                    # A heading that gives an acronym introduces what is spoken of below it.
                    titled = replace(mention, name=spoken(mention.name))
                    drafts += _about(titled, kind, printed, heading)
        if line.number in skip or not line.text.strip() or here.heading_line == line.number:
            continue
        for sentence in sentences(clean(line.text)):
            for mention, kind, printed in _forms(sentence, here.country, places):
                drafts += _about(mention, kind, printed, line.number)
                last = mention
            if last is not None:
                drafts += _specialities(last, sentence, line.number)
            drafts += _clusters(sentence, here, line.number)
    return drafts


@cache
def _pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    kinds: dict[str, str] = {}
    for code, words in rules("text")["forms"].items():
        for word in words:
            kinds[fold(str(word))] = str(code)
    printed = sorted(
        (str(w) for words in rules("text")["forms"].values() for w in words), key=len, reverse=True
    )
    heads = "|".join(re.escape(word) for word in printed)
    return re.compile(
        rf"(?:(?<=\W)|^)[«\"]?\s*(?P<head>{heads})\s+(?:{_JOIN})\s*(?P<of>{_NAME})(?P<close>\s*[»\"])?",
        re.IGNORECASE,
    ), kinds


def _forms(sentence: str, country: str | None, places: Collection[str]) -> Iterator[tuple[Mention, str, str]]:
    pattern, kinds = _pattern()
    for match in pattern.finditer(sentence):
        head, of = match.group("head"), match.group("of").strip(' «»"')
        if not of[:1].isupper() and not match.group("close"):
            # Only quotation marks make a name of small letters.
            continue
        # The end of a name is where its capitals end; case was let go for the head alone.
        named = re.match(_NAME, of)
        of = named.group() if named else of
        start = match.start("head")
        name = sentence[start : match.start("of")] + of
        behind = sentence[match.start("of") + len(of) :].lstrip('»" ⁰¹²³⁴⁵⁶⁷⁸⁹')
        acronym = re.match(r"\(([A-Z][\w-]{1,9})\)", behind)
        where = [place for place in places_of(of, country) if fold(place.name) in places]
        quoted = re.match(rf"(?:de|d['’]|in|à)\s*({_NAME})", behind)
        if not where and quoted and fold(quoted.group(1)) in places:
            where = places_of(quoted.group(1), country)
        name = " ".join(name.replace("«", " ").replace("»", " ").split())
        yield (
            Mention(
                Kind.FORM,
                name[:1].upper() + name[1:],
                acronym.group(1) if acronym else None,
                country,
                tuple(p.name for p in where),
            ),
            kinds[fold(head)],
            match.group().strip(),
        )


def _about(mention: Mention, kind: str, printed: str, line: int) -> list[Draft]:
    values: list[tuple[str, Value | tuple[Mention, ...], float]] = [
        ("name", mention.name, 0.7), ("form_kind", kind, 0.7)
    ]  # fmt: skip
    if mention.acronym:
        values.append(("acronym", mention.acronym, 0.7))
    if mention.places:
        found = tuple(Mention(Kind.PLACE, name, country=mention.country) for name in mention.places)
        values.append(("place", found, 0.65))
    return [
        Draft(mention, name, value, shortened(printed), (line,), Part.TEXT, sure, Reason("form"))
        for name, value, sure in values
    ]


def _specialities(form: Mention, sentence: str, line: int) -> list[Draft]:
    """« Ses filières prioritaires sont : … » after a form, or « siège d'activités variées (…) »."""
    word = first_word(fold(sentence), words_of("text", "specialities"))
    if word is None:
        return []
    _, mark, rest = sentence.partition(":")
    if not mark:
        inside = re.search(r"\(([^()]+)\)", sentence)
        rest = inside.group(1) if inside else ""
    return [
        Draft(form, "speciality", tag.code, shortened(rest), (line,), Part.TEXT, 0.6, Reason("pole"))
        for tag in tags_of(rest, "niche")
    ]


_INTRODUCED = re.compile(
    rf"(?:\b(?:[Ll]e|[Uu]n|[Dd]u|[Aa]u|[Tt]he)\s+)(?P<name>[Cc]luster(?:\s+(?:{_JOIN}\s*)?{_CAPITAL}|\s+et\s+{_CAPITAL})+)"
    r"\s*\((?P<acronym>[A-Z][\w.-]*[A-Z0-9][\w.-]*)\)"
)


def read_seats(
    document: Document,
    around: Sequence[Around],
    names: KnownNames,
    skip: dict[int, Use],
    places: Collection[str],
) -> list[Draft]:
    """Where clusters named in the prose are: « X (Town) », « X de Town », « X à Town »."""
    drafts: list[Draft] = []
    for line in document.lines:
        here = around[line.number - 1]
        if line.number in skip or here.heading_line == line.number or not line.text.strip():
            continue
        text = clean(line.text)
        for one in names.find(text, here.country):
            seat = _SEAT.match(text[one.end :])
            if one.mention.kind is not Kind.CLUSTER or seat is None:
                continue
            words = seat.group("inside") or seat.group("behind")
            if fold(words) in places:
                value = tuple(places_of(words, here.country))
                printed = text[one.start : one.end + seat.end()]
                drafts.append(
                    Draft(one.mention, "place", value, shortened(printed), (line.number,), Part.TEXT, 0.65,
                          Reason("cluster_in_prose"))
                )  # fmt: skip
    return drafts


_SEAT = re.compile(
    rf"\s*(?:\([^()]*\)\s*)?(?:\(\s*(?P<inside>{_NAME})\s*\)|(?:de|d['’]|à|in|of)\s*(?P<behind>{_NAME}))"
)


def _clusters(sentence: str, here: Around, line: int) -> list[Draft]:
    """A cluster that a sentence introduces: « un cluster sur les X », « autour de l'agropole de Y »."""
    drafts: list[Draft] = []
    for match in _INTRODUCED.finditer(sentence):
        drafts += _cluster(match.group("name"), "", match.group(), here, line, match.group("acronym"))
    for match in _NEW_CLUSTER.finditer(sentence):
        name = match.group("name")
        if first_word(fold(name), words_of("text", "no_name")):
            continue
        drafts += _cluster(name, sentence, match.group(), here, line)
    for match in _AROUND.finditer(sentence):
        form = match.group("form")
        article = "l'" if form[0].lower() in "aeiouhé" else "la "
        drafts += _cluster(f"Cluster de {article}{form}", match.group(), match.group(), here, line)
    return drafts


def _cluster(
    name: str, words: str, printed: str, here: Around, line: int, acronym: str | None = None
) -> list[Draft]:
    subject = Mention(Kind.CLUSTER, name[:1].upper() + name[1:], acronym, here.country)
    found = [("name", subject.name, 0.6)]
    if acronym:
        found.append(("acronym", acronym, 0.7))
    if state := states_of(fold(words)):
        found.append(("state", state, 0.55))
    return [
        Draft(subject, field, value, shortened(printed), (line,), Part.TEXT, sure, Reason("cluster_in_prose"))
        for field, value, sure in found
    ]
