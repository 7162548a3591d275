"""Cooperation of a sheet by level as printed: named partners become links, countries alone stay such."""

import re
from collections.abc import Iterator

from grappe.census.reading.cells import items, parts, sentences
from grappe.census.reading.countries import countries, country_of, is_country
from grappe.census.reading.document import Line
from grappe.census.reading.names_printed import clean, split_acronym, without_article
from grappe.census.reading.proposal import Draft, Leftover, LinkDraft, Mention, Reason, shortened
from grappe.census.reading.rule_files import first_word, holds, words_of
from grappe.domain.entity import Kind
from grappe.domain.fold import fold
from grappe.domain.source import Part
from grappe.domain.statement import Value

_NAME_WORD = r"(?:[A-ZÉÈÀÂÎÔ0-9&#][\w.&'’#é-]*|[«\"][^»\"]+[»\"])"
_SMALL = r"(?:de la|de l['’]|des|du|de|d['’]|et|en|for|of|the|in|and|&|-|pour)"
_NAME = re.compile(rf"{_NAME_WORD}(?:\s*{_SMALL}\s*{_NAME_WORD}|\s+{_NAME_WORD})*")


_VAGUE = re.compile(
    r"\b(?:acteurs|entreprises|entrepreneurs|actors|companies|firms)\s+(?:de|du|des|d['’]|of|from|in)\s*[^(),]{2,40}\(([^()]+)\)",
    re.IGNORECASE,
)


def read_cooperation(
    cell: str, level: str, line: Line, subject: Mention
) -> tuple[list[Draft], list[LinkDraft], list[Leftover]]:
    """Statements of the cell of one level."""
    drafts: list[Draft] = []
    links: list[LinkDraft] = []
    leftovers: list[Leftover] = []
    for item in items(cell):
        for sentence in sentences(item.text):
            before = len(drafts) + len(links)
            folded = fold(sentence)
            sought = first_word(
                folded, words_of("cooperation", "sought")
            ) is not None and not _named_partners(sentence)
            if not sought:
                links += _links(sentence, level, line, subject)
            drafts += _countries(sentence, level, line, subject, sought=sought)
            if len(drafts) + len(links) == before and re.search(r"\w", sentence):
                code = "partner_sought" if sought else "partner_unread"
                leftovers.append(Leftover(line.number, shortened(sentence), Reason(code)))
    return drafts, links, leftovers


def _status(sentence: str) -> str:
    return "planned" if first_word(fold(sentence), words_of("cooperation", "planned")) else "active"


def _countries(sentence: str, level: str, line: Line, subject: Mention, *, sought: bool) -> list[Draft]:
    """Countries named without a partner there; a country in parentheses says where the partner is."""
    # « acteurs de Bretagne (France) » names nobody in particular: the country is what is said.
    vague = [m.group(1) for m in _VAGUE.finditer(sentence)]
    bare = re.sub(r"\([^()]*\)", " ", sentence) + "".join(f", {words}" for words in vague)
    found = countries(bare)
    if not found:
        return []
    named = [one for one in _named_partners(sentence) if not is_country(one)]
    alone = {code for piece in parts(bare.replace(":", ",")) if (code := is_country(piece))}
    status = "sought" if sought else _status(sentence)
    attributes: dict[str, Value] = {"level": level}
    if status != "active":
        attributes["status"] = status
    drafts = []
    for one in found:
        if one.code == "EU" or (one.by_name and any(holds(fold(name), one.words) for name in named)):
            continue
        # « en France » after a named partner says where it is.
        if named and not _speaks_of_country(bare, one.words) and one.code not in alone:
            continue
        reason = Reason("country_named", {"words": one.words})
        drafts.append(
            Draft(subject, "cooperation_country", one.code, shortened(sentence), (line.number,), Part.SHEET,
                  0.8 if not named else 0.6, reason, None, attributes)
        )  # fmt: skip
    return drafts


def _speaks_of_country(sentence: str, words: str) -> bool:
    folded = fold(sentence)
    return any(
        holds(folded, f"{lead} {words}")
        for lead in (
            "avec la", "avec le", "avec", "with", "clusters", "entreprises", "acteurs", "cooperation avec la",
            "pays", "firms of", "companies of", "firms from",
        )
    )  # fmt: skip


def _named_partners(sentence: str) -> list[str]:
    return [name for name, _ in _partners(sentence)]


def _partners(sentence: str) -> Iterator[tuple[str, str | None]]:
    """Named partners of a sentence with the country printed for each."""
    for piece in parts(_VAGUE.sub(" ", sentence)):
        piece = piece.rpartition(" : ")[2] if is_place_before(piece) else piece
        where = None
        for inside in re.findall(r"\(([^()]*)\)", piece):
            where = where or is_country(inside) or (country_of(inside) if "," not in inside else None)
        bare = re.sub(r"\((?![A-Z0-9]{2,10}\))[^()]*\)", " ", clean(piece))
        spread = re.search(r"\b(?:en|au|aux|in)\s+(?:the\s+)?([A-ZÉ][\w-]+(?:\s[A-ZÉ][\w-]+)?)\s*$", bare)
        if spread and is_country(spread.group(1)):
            where = where or is_country(spread.group(1))
            bare = bare[: spread.start()]
        for match in _NAME.finditer(bare):
            name = _without_lead(match.group().strip(' «»".,;:'))
            if name and not is_country(name) and not _is_date(name) and len(name) > 1 and not _is_area(name):
                yield name, where


def is_place_before(piece: str) -> bool:
    """Tell whether a piece is « Grenoble : Name », where the town says where the partner is."""
    before, colon, _ = piece.partition(" : ")
    return bool(colon) and len(before.split()) <= 2 and before[:1].isupper()


def _is_date(name: str) -> bool:
    return not re.search(r"[^\W\d]{2,}", name)


def _is_area(name: str) -> bool:
    return fold(name) in words_of("places", "areas")


def _without_lead(name: str) -> str:
    words = name.split()
    while words:
        rest = without_article(" ".join(words))
        words = rest.split()
        if words and fold(words[0]) in words_of("cooperation", "lead"):
            words = words[1:]
            while words and fold(words[0]) in (
                "de",
                "du",
                "des",
                "d",
                "la",
                "le",
                "l",
                "avec",
                "a",
                "et",
                "of",
                "with",
            ):
                words = words[1:]
            continue
        break
    return " ".join(words)


def _links(sentence: str, level: str, line: Line, subject: Mention) -> list[LinkDraft]:
    found: dict[str, LinkDraft] = {}
    folded = fold(sentence)
    names = list(_partners(sentence))
    for name, where in names:
        bare, acronym = split_acronym(name)
        if not bare or (country_of(bare) and len(bare.split()) == 1):
            continue
        if fold(bare) in (fold(subject.name), fold(subject.acronym or "")):
            continue
        kind, stage = _kind(folded, bare)
        values: dict[str, Value] = {"level": level}
        if stage:
            values["stage"] = stage
        status = _status(sentence)
        values["status"] = status
        # « présent aux salons X, Y »: what is named there are the fairs.
        target = Mention(
            Kind.EVENT if first_word(folded, words_of("cooperation", "fairs")) else Kind.ORGANISATION,
            bare,
            acronym,
            where or (subject.country if level == "national" else None),
        )
        alone = len(names) == 1 and len(folded.split()) <= len(fold(bare).split()) + 3
        found.setdefault(
            fold(bare),
            LinkDraft(kind, subject, target, shortened(sentence), (line.number,), Part.SHEET,
                      0.85 if alone or where else 0.6, Reason("partner", {"level": level}), values),
        )  # fmt: skip
    return list(found.values())


def _kind(folded: str, name: str) -> tuple[str, str | None]:
    words = fold(name)
    if first_word(folded, words_of("cooperation", "listing")):
        return "listing", None
    if first_word(folded, words_of("cooperation", "event")):
        return "event", None
    if first_word(folded, words_of("cooperation", "agreement")):
        return "convention", "agreement"
    if first_word(folded, words_of("cooperation", "membership")):
        return "membership", None
    if holds(words, "cluster") and folded == words:
        return "membership", None
    if first_word(folded, words_of("cooperation", "contact")):
        return "partnership", "contact"
    return "partnership", None
