"""Identity sheets in their many layouts: rows of a table, « label : value », labels on lines of their own."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from grappe.census.reading.cells import items
from grappe.census.reading.classify import code_of, sector_of, tags_of
from grappe.census.reading.context import Around, is_heading
from grappe.census.reading.countries import country_of
from grappe.census.reading.document import Document, Line
from grappe.census.reading.names_printed import clean
from grappe.census.reading.place_names import Location, location_of
from grappe.census.reading.proposal import Draft, Leftover, LinkDraft, Mention, Notes, Reason, Use, shortened
from grappe.census.reading.quantities import dates, quantities
from grappe.census.reading.rule_files import codes_of, words_of
from grappe.census.reading.sheet_cooperation import read_cooperation
from grappe.census.reading.sheet_head import WEBSITE, is_head, legal_form_of, read_head, title_of
from grappe.census.reading.sheet_members import read_members
from grappe.domain.entity import Kind
from grappe.domain.fold import fold
from grappe.domain.source import Part
from grappe.domain.statement import Value

LEAST_LABELS = 3
"""Labels, two of them of the core, that must stand together before they are taken for a sheet."""
_FAR = 12
"""Lines between two labels of one sheet at most: a cell may run over several."""


@dataclass(frozen=True, slots=True)
class LabelRow:
    """A row of a sheet: its label, the lines it covers, and its cell with the lines joined."""

    label: str
    lines: tuple[int, ...]
    cell: str


@dataclass
class SheetLines:
    """Lines of one sheet before they are read."""

    rows: list[LabelRow] = field(default_factory=list)
    head: list[int] = field(default_factory=list)
    title: int = 0


def read_sheets(document: Document, around: Sequence[Around], taken: dict[int, Use]) -> Notes:
    """Statements of every identity sheet of a document; lines `taken` by tables are left alone."""
    drafts: list[Draft] = []
    links: list[LinkDraft] = []
    leftovers: list[Leftover] = []
    uses: dict[int, Use] = {}
    for sheet in find_sheets(document, taken):
        notes = _read_sheet(document, sheet, around)
        drafts += notes.drafts
        links += notes.links
        leftovers += notes.leftovers
        uses |= notes.uses
    return Notes(tuple(drafts), tuple(links), tuple(leftovers), uses)


def find_sheets(document: Document, taken: dict[int, Use]) -> list[SheetLines]:
    """Where the sheets of a document are: groups of labels, each with its head and title."""
    labels: list[tuple[int, str, str]] = []
    known = frozenset(words_of("sheet", "core"))
    for line in document.lines:
        if line.number in taken:
            continue
        found = label_of(line.text)
        if found:
            labels.append((line.number, *found))
    groups: list[list[tuple[int, str, str]]] = []
    for one in labels:
        if not groups or _begins(groups[-1], one, document):
            groups.append([])
        groups[-1].append(one)
    sheets = []
    floor = 0
    for at, group in enumerate(groups):
        names = {label for _, label, _ in group}
        core = {fold(name) for name in names} & known
        if len(names) < LEAST_LABELS or len(core) < 2:
            continue
        ceiling = groups[at + 1][0][0] if at + 1 < len(groups) else len(document.lines) + 1
        sheet = _assemble(document, group, floor, ceiling)
        floor = max(line for row in sheet.rows for line in row.lines)
        sheets.append(sheet)
    return sheets


def label_of(text: str) -> tuple[str, str] | None:
    r"""Label of a sheet that a line begins with, and the rest of the line.

    >>> label_of("Localisation : Sfax (Tunisie)."), label_of("Members\t12 firms")
    (('location', 'Sfax (Tunisie).'), ('members', '12 firms'))
    """
    known = codes_of("sheet", "labels")
    if "\t" in text:
        first, _, rest = text.partition("\t")
        label = known.get(fold(clean(first.strip(" :"))))
        return (label, rest.strip("\t ")) if label else None
    first, colon, rest = text.partition(":")
    if colon and len(first) <= 60:
        label = known.get(fold(clean(first).lstrip("-•▪* ")))
        if label:
            return label, clean(rest) if rest.startswith("**") else rest.strip()
    label = known.get(fold(clean(text)))
    return (label, "") if label else None


_HEAD_LABELS = frozenset(
    {"name", "acronym", "country", "created", "labelled", "contracted", "website", "legal_form"}
)


def _begins(group: list[tuple[int, str, str]], one: tuple[int, str, str], document: Document) -> bool:
    number, label, _ = one
    before = group[-1][0]
    seen = {name for _, name, _ in group}
    if label in seen or number - before > 4 * _FAR:
        return True
    levels = {"cooperation", *words_of("sheet", "levels")}
    cooperation = ("cooperation", "national", "euromed", "extra_regional")
    if group[-1][1] in cooperation and label not in cooperation:
        return bool(seen - levels) and (
            label in _HEAD_LABELS or _titled(document, before, number) or number - before > 1
        )
    return _titled(document, before, number) and label in ("sector", "name", "created", "website")


def _titled(document: Document, before: int, number: int) -> bool:
    """Whether a title stands between two labels: a heading behind a blank line."""
    blank = False
    for line in document.lines[before : number - 1]:
        if not line.text.strip():
            blank = True
        elif blank and is_heading(line.text):
            return True
    return False


def _assemble(document: Document, group: list[tuple[int, str, str]], floor: int, ceiling: int) -> SheetLines:
    sheet = SheetLines()
    starts = [number for number, _, _ in group]
    for at, (number, label, rest) in enumerate(group):
        last = (
            starts[at + 1] - 1
            if at + 1 < len(group)
            else min(number + _FAR, ceiling - 1, len(document.lines))
        )
        lines, cell = [number], [rest] if rest else []
        for following in range(number + 1, last + 1):
            text = document.text(following)
            final = at + 1 == len(group)
            if not text.strip():
                if final or not rest or cell:
                    if final:
                        break
                    continue
                continue
            if final and (rest or (is_heading(text) and cell)):
                break
            if not final and is_head(text) and not text.lstrip().startswith(("-", "•", "▪", "*")):
                sheet.head.append(following)
                continue
            lines.append(following)
            cell.append(text.strip())
        sheet.rows.append(LabelRow(label, tuple(lines), _joined(cell)))
    _find_title(document, sheet, starts[0], floor)
    return sheet


def _joined(cell: list[str]) -> str:
    return " ".join(f"• {part[2:]}" if part.startswith(("- ", "* ")) else part for part in cell)


def _find_title(document: Document, sheet: SheetLines, first: int, floor: int) -> None:
    number = first - 1
    blanks = 0
    while number > floor:
        text = document.text(number)
        if not text.strip():
            blanks += 1
            if blanks > 2:
                return
        elif is_head(text):
            sheet.head.append(number)
        elif blanks <= 2 and len(clean(text)) <= 160:
            sheet.title = number
            sheet.head.sort()
            return
        else:
            return
        number -= 1


def _read_sheet(document: Document, sheet: SheetLines, around: Sequence[Around]) -> Notes:
    rows = {row.label: row for row in sheet.rows}
    uses: dict[int, Use] = {}
    first = sheet.rows[0].lines[0]
    location = location_of(rows["location"].cell) if "location" in rows else Location()
    subject, drafts, leftovers = _subject(document, sheet, rows, location, around[first - 1])
    if subject is None:
        for number in [n for row in sheet.rows for n in row.lines] + sheet.head:
            uses[number] = Use.LEFTOVER
            leftovers.append(
                Leftover(number, shortened(document.text(number)), Reason("sheet_without_title"))
            )
        return Notes((), (), tuple(leftovers), uses)
    if sheet.title:
        uses[sheet.title] = Use.FACT
    links: list[LinkDraft] = []
    for number in sheet.head:
        said, left = read_head(document.lines[number - 1], subject)
        drafts += said
        links += [_hosting(one) for one in said if one.field == "facilitator" and _is_body_draft(one)]
        leftovers += left
        uses[number] = Use.FACT if said else Use.LEFTOVER
    reader = _Rows(document, subject, location)
    for row in sheet.rows:
        said, tied, left = reader.read(row)
        drafts += said
        links += tied
        leftovers += left
        use = Use.FACT if said or tied else Use.LEFTOVER if left else Use.LABEL
        if row.label == "name" or row.label == "acronym":
            use = Use.FACT
        if not row.cell.strip():
            use = Use.LABEL
        elif use is Use.LABEL:
            use = Use.LEFTOVER
            leftovers.append(Leftover(row.lines[0], shortened(clean(row.cell)), Reason("cell_unread")))
        uses |= dict.fromkeys(row.lines, use)
    return Notes(tuple(drafts), tuple(links), tuple(leftovers), uses)


def _is_body_draft(draft: Draft) -> bool:
    return isinstance(draft.value, Mention) and draft.value.kind is not Kind.PERSON


def _hosting(draft: Draft) -> LinkDraft:
    """A body that facilitates a cluster hosts it."""
    assert isinstance(draft.value, Mention)
    return LinkDraft(
        "hosting",
        draft.value,
        draft.subject,
        draft.printed,
        draft.lines,
        Part.SHEET,
        0.8,
        Reason("officer"),
        {"role": "animation", "status": "active"},
    )


def _subject(
    document: Document, sheet: SheetLines, rows: dict[str, LabelRow], location: Location, here: Around
) -> tuple[Mention | None, list[Draft], list[Leftover]]:
    if "name" in rows and rows["name"].cell:
        printed, line = rows["name"].cell, rows["name"].lines[0]
    elif sheet.title:
        printed, line = document.text(sheet.title).replace("\t", " ").strip(), sheet.title
    else:
        return None, [], []
    name, acronym = title_of(printed.lstrip("# "))
    if "acronym" in rows and rows["acronym"].cell:
        acronym = clean(rows["acronym"].cell)
    own = location.country
    if "country" in rows:
        own = country_of(rows["country"].cell) or own
    country = own or here.country
    subject = Mention(Kind.CLUSTER, name, acronym, country, tuple(place.name for place in location.seat))
    drafts = [_draft(subject, "name", name, printed, (line,), 0.97, "title")]
    if acronym:
        where = rows["acronym"].lines[0] if "acronym" in rows else line
        drafts.append(
            _draft(
                subject,
                "acronym",
                acronym,
                acronym if acronym in printed else printed,
                (where,),
                0.97,
                "title",
            )
        )
    if own:
        row = rows["country"] if "country" in rows else rows["location"]
        drafts.append(
            _draft(
                subject,
                "country",
                own,
                row.cell if len(row.cell) < 60 else location.country_words,
                row.lines,
                0.97,
                "label",
            )
        )
    elif country:
        drafts.append(
            _draft(
                subject, "country", country, here.country_words, (here.country_line,), 0.8, "heading_country"
            )
        )
    return subject, drafts, []


def _draft(
    subject: Mention,
    name: str,
    value: Value | Mention | tuple[Mention, ...],
    printed: str,
    lines: tuple[int, ...],
    confidence: float,
    code: str,
    **attributes: Value,
) -> Draft:
    reason = Reason(code, {"field": name, "heading": printed})
    return Draft(
        subject, name, value, shortened(printed), lines, Part.SHEET, confidence, reason, None, attributes
    )


class _Rows:
    """Reads the rows of one sheet by their label."""

    def __init__(self, document: Document, subject: Mention, location: Location) -> None:
        self.document, self.subject, self.location = document, subject, location

    def read(self, row: LabelRow) -> tuple[list[Draft], list[LinkDraft], list[Leftover]]:
        """Statements, links and leftovers of one row."""
        line = self.document.lines[row.lines[0] - 1]
        if not row.cell.strip():
            return [], [], []
        match row.label:
            case "name" | "acronym" | "country":
                return [], [], []
            case "sector":
                return self._sector(row)
            case "niche":
                return self._tags(row, ("niche",))
            case "location":
                return self._location(row)
            case "members":
                return read_members(row.cell, line, self.subject)
            case "activities":
                return self._tags(row, ("activity", "facility", "obstacle"))
            case "national" | "euromed" | "extra_regional" as level:
                return read_cooperation(row.cell, level, line, self.subject)
            case "cooperation":
                return [], [], [Leftover(row.lines[0], shortened(clean(row.cell)), Reason("level_missing"))]
        return self._plain(row)

    def _add(
        self,
        row: LabelRow,
        name: str,
        value: Value | Mention | tuple[Mention, ...],
        printed: str,
        confidence: float,
        code: str = "label",
        /,
        **attributes: Value,
    ) -> Draft:
        return _draft(self.subject, name, value, printed, row.lines[:1], confidence, code, **attributes)

    def _sector(self, row: LabelRow) -> tuple[list[Draft], list[LinkDraft], list[Leftover]]:
        drafts: list[Draft] = []
        left: list[Leftover] = []
        printed = items(row.cell)[0].printed if items(row.cell) else row.cell
        code = code_of(row.cell.strip(" ."), "sector")
        guess = (int(code), 0.95) if code else sector_of(row.cell)
        if guess:
            drafts.append(self._add(row, "sector", guess[0], printed, guess[1], "sector_words"))
        for item in items(row.cell):
            tags = tags_of(item.text, "industry")
            drafts += [self._add(row, "industry", t.code, item.printed, 0.8, "label_words") for t in tags]
            if not tags:
                left.append(Leftover(row.lines[0], shortened(item.text), Reason("industry_unknown")))
        return drafts, [], left

    def _tags(
        self, row: LabelRow, lists: tuple[str, ...]
    ) -> tuple[list[Draft], list[LinkDraft], list[Leftover]]:
        drafts: list[Draft] = []
        left: list[Leftover] = []
        seen: set[tuple[str, str]] = set()
        for item in items(row.cell):
            found = False
            for name in lists:
                for tag in tags_of(item.text, name):
                    found = True
                    if (name, tag.code) not in seen:
                        seen.add((name, tag.code))
                        drafts.append(self._add(row, name, tag.code, item.printed, 0.65, "label_words"))
            if not found and not item.text.endswith(":"):
                left.append(Leftover(row.lines[0], shortened(item.text), Reason(f"{lists[0]}_unknown")))
        return drafts, [], left

    def _location(self, row: LabelRow) -> tuple[list[Draft], list[LinkDraft], list[Leftover]]:
        found = self.location
        drafts: list[Draft] = []
        left: list[Leftover] = []
        if found.seat:
            drafts.append(self._add(row, "place", found.seat, row.cell, 0.9))
        for place in found.territories:
            drafts.append(self._add(row, "territory", (place,), row.cell, 0.8))
        if found.liaison:
            drafts.append(self._add(row, "liaison_office", found.liaison, row.cell, 0.85))
        if found.rest:
            left.append(Leftover(row.lines[0], shortened(found.rest), Reason("sentence_unread")))
        if not found.seat:
            left.append(Leftover(row.lines[0], shortened(row.cell), Reason("no_place")))
        return drafts, [], left

    def _plain(self, row: LabelRow) -> tuple[list[Draft], list[LinkDraft], list[Leftover]]:
        cell = clean(row.cell)
        if row.label in ("created", "labelled", "contracted"):
            when = dates(cell)
            if when:
                drafts = [self._add(row, row.label, when[0].value, cell, 0.95)]
                extra, left = read_head(Line(row.lines[0], cell, ""), self.subject)
                drafts += [d for d in extra if d.field != row.label]
                return drafts, [], left
        elif row.label == "website":
            address = WEBSITE.search(cell)
            value = address.group().rstrip("./") if address else cell.strip(" .")
            if address or ("." in value and " " not in value):
                return [self._add(row, "website", value, value, 0.95)], [], []
        elif row.label == "legal_form":
            form = legal_form_of(cell) or code_of(cell, "legal_form")
            if form:
                return [self._add(row, "legal_form", form, cell, 0.9)], [], []
        elif row.label == "jobs":
            found = quantities(cell)
            if found:
                marks: dict[str, Value] = {"modality": "observed", "perimeter": "members"}
                if found[0].precision != "exact":
                    marks["precision"] = found[0].precision
                return [self._add(row, "jobs", found[0].value, cell, 0.9, **marks)], [], []
        return [], [], [Leftover(row.lines[0], shortened(cell), Reason("cell_unread"))]
