"""Relations of the cluster of a sheet that its rows state beside the levels of cooperation."""

import re
from dataclasses import replace

from grappe.census.reading.cells import items, sentences
from grappe.census.reading.countries import is_country
from grappe.census.reading.document import Document, Line
from grappe.census.reading.known_names import KnownNames, bodies_of
from grappe.census.reading.names_printed import clean
from grappe.census.reading.proposal import LinkDraft, Mention, Notes, Reason, shortened
from grappe.census.reading.relations import Before, relations_of
from grappe.census.reading.rule_files import first_word, holds, rules, words_of
from grappe.census.reading.sheet_head import is_head
from grappe.census.reading.sheets import label_of
from grappe.domain.entity import Kind
from grappe.domain.fold import fold
from grappe.domain.source import Part

_LEVELS = ("national", "euromed", "extra_regional")


def read_sheet_relations(document: Document, sheets: Notes, names: KnownNames) -> list[LinkDraft]:
    """Links of all rows of all sheets that the rows of cooperation have not given.

    Parameters
    ----------
    document : Document
    sheets : Notes
        What was read of the sheets: it tells which line is of which cluster.
    names : KnownNames
        Names of the census and of the document.
    """
    subjects = _subjects(sheets)
    drawn = {(fold(one.source.name), fold(one.target.name)) for one in sheets.links}
    seated = _by_seat(sheets)
    found: list[LinkDraft] = []
    label = ""
    for number in sorted(sheets.uses):
        line = document.lines[number - 1]
        subject = subjects.get(number)
        row = label_of(line.text)
        label, cell = row if row else (label, line.text)
        if subject is None or not cell.strip():
            continue
        links = _of_head(line, subject, names) if not row and is_head(line.text) else []
        if row or not links:
            links = _of_cell(line, label, cell, subject, names) if label and not is_head(line.text) else links
        if label in _LEVELS:
            links += _neighbours(line, cell, subject, seated)
        for link in links:
            ends = (fold(link.source.name), fold(link.target.name))
            if ends not in drawn and ends[::-1] not in drawn:
                drawn.add(ends)
                found.append(link)
    return found


def _of_head(line: Line, subject: Mention, names: KnownNames) -> list[LinkDraft]:
    """Relations beside the dates of the head; an officer's body is no partner."""
    roles = [word for words in rules("sheet")["roles"].values() for word in words]
    links: list[LinkDraft] = []
    for cell in line.cells:
        if not any(holds(fold(cell), fold(str(word))) for word in roles):
            before = Before(one=subject, always=True)
            links += relations_of(clean(cell), names, line.number, before, Part.SHEET, subject.country)
    return links


def _by_seat(sheets: Notes) -> dict[str, list[Mention]]:
    """Clusters of the sheets by the folded names of the places where they sit."""
    found: dict[str, list[Mention]] = {}
    for draft in sheets.drafts:
        if draft.field == "name" and draft.subject.kind is Kind.CLUSTER:
            for place in draft.subject.places:
                found.setdefault(fold(place), []).append(draft.subject)
    return found


_OF_PLACE = re.compile(
    r"\b[Cc]lusters?\s+(?:de|d['’]|du|des|of|in|à)\s*([A-ZÉÈ][\w'’-]+(?:\s[A-ZÉÈ][\w'’-]+)*)\s*\.?$"
)


def _neighbours(line: Line, cell: str, subject: Mention, seated: dict[str, list[Mention]]) -> list[LinkDraft]:
    """« Clusters de X »: those of the document that sit there."""
    links = []
    for item in items(cell):
        match = _OF_PLACE.search(item.text)
        for other in seated.get(fold(match.group(1)), []) if match else []:
            if other != subject:
                links.append(
                    LinkDraft("partnership", subject, other, shortened(item.text), (line.number,), Part.SHEET,
                              0.6, Reason("partner"), {"status": "active"})
                )  # fmt: skip
    return links


def sharper(document: Document, sheets: Notes, names: KnownNames) -> Notes:
    """The same notes, with partners whose printed name goes on beyond what was taken for it.

    A name such as « Banque mondiale » ends with a small letter: only who knows it reads it whole.
    """
    links = []
    for link in sheets.links:
        text = clean(document.text(link.lines[0]))
        target = fold(link.target.name)
        longer = [
            one.mention
            for one in names.find(text, link.source.country)
            if target != (printed := fold(text[one.start : one.end])) and holds(printed, target)
        ]
        links.append(replace(link, target=longer[0]) if longer else link)
    return replace(sheets, links=tuple(links))


def _subjects(sheets: Notes) -> dict[int, Mention]:
    """The cluster that each line of a sheet is of: as its statements say, else as the line before."""
    told: dict[int, Mention] = {}
    for draft in sheets.drafts:
        if draft.subject.kind is Kind.CLUSTER:
            for number in draft.lines:
                if number in sheets.uses:
                    told.setdefault(number, draft.subject)
    for link in sheets.links:
        if link.source.kind is Kind.CLUSTER:
            for number in link.lines:
                told.setdefault(number, link.source)
    subjects: dict[int, Mention] = {}
    last: Mention | None = None
    for number in sorted(sheets.uses):
        last = told.get(number, last)
        if last is not None:
            subjects[number] = last
    return subjects


def _of_cell(line: Line, label: str, cell: str, subject: Mention, names: KnownNames) -> list[LinkDraft]:
    links: list[LinkDraft] = []
    if label == "location":
        return _hosts(line, clean(cell), subject, names)
    before = Before(one=subject, always=True)
    for item in items(cell):
        for sentence in sentences(item.text):
            links += relations_of(sentence, names, line.number, before, Part.SHEET, subject.country)
            if label in _LEVELS:
                links += _named(line, label, sentence, subject, names)
    return links


def _hosts(line: Line, text: str, subject: Mention, names: KnownNames) -> list[LinkDraft]:
    """A park or pole in the row of the place hosts the cluster."""
    return [
        LinkDraft("hosting", one.mention, subject, shortened(text), (line.number,), Part.SHEET, 0.75,
                  Reason("label"), {"role": "seat", "status": "active"})
        for one in bodies_of(text, names, subject.country)
        if one.mention.kind is Kind.FORM
    ]  # fmt: skip


def _named(line: Line, level: str, sentence: str, subject: Mention, names: KnownNames) -> list[LinkDraft]:
    """Names of a level of cooperation: whatever stands there is a partner, or an event taken part in."""
    folded = fold(sentence)
    if first_word(folded, words_of("cooperation", "sought")):
        return []
    found = [one.mention for one in bodies_of(sentence, names) if not is_country(one.mention.name)]
    return [
        LinkDraft("event" if one.kind is Kind.EVENT else "partnership", subject, one, shortened(sentence),
                  (line.number,), Part.SHEET, 0.65, Reason("partner", {"level": level}),
                  {"level": level, "status": "active"})
        for one in found
        if fold(one.name) != fold(subject.name)
    ]  # fmt: skip
