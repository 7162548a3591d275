"""Reading a document whole: rules one after the other, and an account of every line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grappe.census.reading.context import is_contents, is_heading, surroundings
from grappe.census.reading.document import Document
from grappe.census.reading.known_names import known_names
from grappe.census.reading.names import EMPTY, NameIndex
from grappe.census.reading.proposal import Draft, Leftover, Notes, Proposal, Reason, Use, shortened
from grappe.census.reading.prose_forms import read_prose_forms, read_seats
from grappe.census.reading.relations import read_relations
from grappe.census.reading.resolve import resolve
from grappe.census.reading.running_text import has_trigger, read_running_text
from grappe.census.reading.sheet_relations import read_sheet_relations, sharper
from grappe.census.reading.sheets import read_sheets
from grappe.census.reading.tables import read_tables
from grappe.census.reading.template_rows import is_template, read_template_rows
from grappe.domain.entity import Kind
from grappe.domain.fold import fold
from grappe.domain.source import Part


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a document: proposals, leftovers in the order of lines, and the use of every line."""

    document: Document
    source: str
    proposals: tuple[Proposal, ...]
    leftovers: tuple[Leftover, ...]
    uses: Mapping[int, Use]


def read(document: Document, index: NameIndex = EMPTY, source: str = "document") -> Reading:
    """Read a document against the names of a census.

    Parameters
    ----------
    document : Document
        From `open_document`, or `document_of` for lines at hand.
    index : NameIndex
        Names of the census, from `name_index`; without it everything named is new.
    source : str
        Id of the source that the statements will cite; ids of new persons begin with it.

    Returns
    -------
    Reading
        Every line of the document has a use; a line of use `LEFTOVER` has at least one leftover.
    """
    if is_template(document):
        notes = [read_template_rows(document)]
    else:
        around = surroundings(document)
        tables = read_tables(document, around)
        taken = dict(tables.uses)
        sheets = read_sheets(document, around, taken)
        taken |= sheets.uses
        places = _place_names(index, [*tables.drafts, *sheets.drafts])
        prose = read_running_text(document, around, taken, places)
        forms = read_prose_forms(document, around, taken | _listed(prose), places)
        notes = [tables, sheets, prose, Notes(drafts=tuple(forms))]
        names = known_names(index, [draft for one in notes for draft in one.drafts])
        listed = [
            (draft.lines[-1], draft.subject)
            for draft in prose.drafts
            if draft.field == "name" and draft.part is Part.TEXT and draft.subject.kind is Kind.CLUSTER
        ]
        sheets = sharper(document, sheets, names)
        notes[1] = sheets
        told = read_sheet_relations(document, sheets, names)
        told += read_relations(document, around, names, taken, listed)
        seats = read_seats(document, around, names, taken, places)
        notes.append(Notes(drafts=tuple(seats), links=tuple(told)))
    drafts = [draft for one in notes for draft in one.drafts]
    links = [link for one in notes for link in one.links]
    proposals = resolve(drafts, links, document, index, source)
    uses, leftovers = _account(document, notes)
    return Reading(document, source, tuple(proposals), tuple(leftovers), uses)


def _place_names(index: NameIndex, drafts: Sequence[Draft]) -> frozenset[str]:
    """Folded names of the places of the census, and of those that tables and sheets name as seats."""
    known = {fold(n) for one in index.known.values() if one.kind is Kind.PLACE for n in one.names}
    return frozenset(known | {fold(name) for draft in drafts for name in draft.subject.places})


def _listed(notes: Notes) -> dict[int, Use]:
    """Lines that are items of lists of clusters: their names are read."""
    return {
        draft.lines[-1]: Use.FACT
        for draft in notes.drafts
        if draft.part is Part.FOOTNOTE or (draft.field == "name" and draft.subject.kind is Kind.CLUSTER)
    }


def _account(document: Document, notes: Sequence[Notes]) -> tuple[dict[int, Use], list[Leftover]]:
    """The use of every line, and all leftovers: none is dropped."""
    uses: dict[int, Use] = {}
    leftovers = [leftover for one in notes for leftover in one.leftovers]
    for one in notes:
        uses |= one.uses
        # A statement cites its lines: whatever rule looked at them first, they are facts.
        cited = [draft.lines for draft in one.drafts] + [link.lines for link in one.links]
        for number in (number for lines in cited for number in lines):
            if uses.get(number) in (None, Use.PROSE, Use.LABEL, Use.LEFTOVER):
                uses[number] = Use.FACT
    told = {leftover.line for leftover in leftovers}
    for line in document.lines:
        if line.number in uses:
            if uses[line.number] is Use.LEFTOVER and line.number not in told:
                leftovers.append(Leftover(line.number, shortened(line.text), Reason("unread")))
            continue
        use = _use(line.text)
        uses[line.number] = use
        if use is Use.LEFTOVER:
            leftovers.append(Leftover(line.number, shortened(line.text), Reason("unread")))
    return uses, sorted(leftovers, key=lambda one: one.line)


def _use(text: str) -> Use:
    if not any(c.isalnum() for c in text):
        return Use.BLANK
    if is_contents(text):
        return Use.CONTENTS
    if is_heading(text):
        return Use.HEADING
    return Use.LEFTOVER if has_trigger(text) else Use.PROSE
