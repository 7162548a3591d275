"""Country tables: columns found by their words, marks, sectors through the legend, places and anchoring."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from grappe.census.reading.classify import code_of, sector_of, sector_of_label
from grappe.census.reading.context import Around, states_of
from grappe.census.reading.countries import country_of
from grappe.census.reading.document import Document, Line
from grappe.census.reading.names_printed import clean, split_acronym, without_article
from grappe.census.reading.place_names import places_of
from grappe.census.reading.proposal import Draft, Leftover, Mention, Notes, Reason, Use, shortened
from grappe.census.reading.quantities import dates, is_no, is_yes
from grappe.census.reading.rule_files import codes_of, first_word, rules, words_of
from grappe.domain.entity import Kind
from grappe.domain.fold import fold
from grappe.domain.source import Part
from grappe.domain.statement import Value
from grappe.domain.vocabulary import vocabulary

LEAST_COLUMNS = 3
"""Columns that must be recognised before rows are taken for a country table."""
STATES = ("constituted", "emerging", "expected", "potential")
_PAIR = re.compile(r"(\d{1,2})\s*[:=.\-–]\s*([^\d:=]+?)(?=\s*(?:[;,]?\s*\d{1,2}\s*[:=.\-–]|$|▪|•|<))")
_LEGEND_REACH = 15


@dataclass(frozen=True, slots=True)
class Layout:
    """Columns of one table by position, the lines of its header, and what its first column is called."""

    columns: tuple[str | None, ...]
    header: tuple[int, ...]
    first_row: int
    title: str


@dataclass
class _Found:
    drafts: list[Draft] = field(default_factory=list)
    leftovers: list[Leftover] = field(default_factory=list)
    uses: dict[int, Use] = field(default_factory=dict)

    def notes(self) -> Notes:
        return Notes(tuple(self.drafts), (), tuple(self.leftovers), self.uses)


def read_tables(document: Document, around: Sequence[Around]) -> Notes:
    """Statements of every country table of a document."""
    found = _Found()
    number = 1
    while number <= len(document.lines):
        layout = _layout(document, number)
        if layout is None:
            number += 1
            continue
        number = _read_table(document, layout, around, found)
    return found.notes()


def _layout(document: Document, number: int) -> Layout | None:
    """The table whose header begins on a line, if one does."""
    top = document.lines[number - 1]
    if top.text.count("\t") < LEAST_COLUMNS - 1 or top.cells[0].startswith("#"):
        return None
    first = [_column(cell, at) for at, cell in enumerate(top.cells)]
    header = [number]
    columns = list(first)
    if number < len(document.lines):
        below = document.lines[number]
        second = [_column(cell, at) for at, cell in enumerate(below.cells)]
        # A second row of headings names columns, and nothing but columns.
        named = [cell for cell in below.cells if cell]
        if len(named) >= 2 and sum(c is not None for c in second) == len(named) and not is_row(below):
            width = max(len(first), len(second))
            first += [None] * (width - len(first))
            second += [None] * (width - len(second))
            columns = [low or high for high, low in zip(first, second, strict=True)]
            header.append(number + 1)
    if "name" not in columns and (not top.cells[0] or columns[0] is None):
        columns[0] = "name"
    known = [column for column in columns if column]
    marks = {"sector", "state", "north", "south", "rooted", "constructed", *STATES}
    if len(set(known)) < LEAST_COLUMNS or "name" not in known or not marks & set(known):
        return None
    return Layout(tuple(columns), tuple(header), header[-1] + 1, top.cells[columns.index("name")])


def is_row(line: Line) -> bool:
    """Tell whether a line has marks or codes in its cells, as rows of a table have and headers have not."""
    return any(is_yes(cell) or cell.isdigit() for cell in line.cells[1:] if cell)


def _column(cell: str, at: int) -> str | None:
    folded = fold(clean(cell))
    if not folded:
        return None
    known = codes_of("table", "columns")
    if folded in known:
        return known[folded]
    if folded in words_of("table", "groups"):
        return None
    if at == 0 and any(folded.startswith(f"{word} ") for word in words_of("table", "columns", "name")):
        return "name"
    return None


def _read_table(document: Document, layout: Layout, around: Sequence[Around], found: _Found) -> int:
    for number in layout.header:
        found.uses[number] = Use.HEADING
    number = layout.first_row
    rows: list[Line] = []
    while number <= len(document.lines):
        line = document.lines[number - 1]
        if not line.text.strip():
            # A row of blank cells, such as the ruler of a Markdown table, ends nothing.
            if "\t" not in line.text:
                break
        elif _is_legend(line) or _layout(document, number):
            break
        else:
            rows.append(line)
        number += 1
    legend, provisional, end = _legend(document, number, found)
    here = around[layout.header[0] - 1]
    country = country_of(layout.title) or here.country
    for line in rows:
        _read_row(line, layout, country, here, legend, provisional, found)
    return max(end, number)


def _is_legend(line: Line) -> bool:
    words = words_of("table", "legend")
    return any(fold(clean(cell)) in words for cell in line.cells[:1])


def _legend(document: Document, number: int, found: _Found) -> tuple[dict[str, int], bool, int]:
    """Codes that the legend below a table explains, whether it explains the mark of a doubt, and its end."""
    codes: dict[str, int] = {}
    provisional = False
    end = number
    blanks = 0
    for line in document.lines[number - 1 : number - 1 + _LEGEND_REACH]:
        text = line.text
        pairs = _PAIR.findall(clean(text.replace("\t", " ; ")).replace("▪", "•"))
        starred = text.lstrip().startswith(tuple(rules("marks")["provisional"]))
        heading = _is_legend(line) or bool(first_word(fold(text), words_of("table", "legend_words")))
        if not text.strip():
            blanks += 1
            if blanks > 1 and end > number:
                break
            continue
        blanks = 0
        if not (heading or len(pairs) >= 3 or starred):
            break
        for digit, label in pairs:
            sector = sector_of_label(label.strip(" ;,"))
            if sector is not None:
                codes.setdefault(digit, sector)
        provisional = provisional or starred or "* " in text
        found.uses[line.number] = Use.LEGEND
        end = line.number + 1
    return codes, provisional, end


def _read_row(
    line: Line,
    layout: Layout,
    country: str | None,
    here: Around,
    legend: dict[str, int],
    provisional: bool,
    found: _Found,
) -> None:
    cells = line.cells
    if len(cells) > len(layout.columns) and any(cells[len(layout.columns) :]):
        extra = " | ".join(cell for cell in cells[len(layout.columns) :] if cell)
        found.leftovers.append(Leftover(line.number, extra, Reason("extra_cells")))
    by_column = {c: cells[at] for at, c in enumerate(layout.columns) if c and at < len(cells) and cells[at]}
    printed = by_column.get("name", "")
    if not printed:
        found.uses[line.number] = Use.LEFTOVER
        found.leftovers.append(
            Leftover(line.number, " | ".join(c for c in cells if c), Reason("row_without_name"))
        )
        return
    if len(by_column) == 1 and len(layout.columns) > 2:
        found.uses[line.number] = Use.HEADING
        return
    found.uses[line.number] = Use.FACT
    name, acronym = split_acronym(without_article(clean(printed)))
    acronym = by_column.get("acronym", acronym)
    own = country_of(by_column["country"]) if "country" in by_column else None
    places = [
        p for c in ("rooted", "constructed", "place") if c in by_column for p in places_of(by_column[c])
    ]
    subject = Mention(Kind.CLUSTER, name, acronym, own or country, tuple(place.name for place in places))
    row = _Row(line, subject, by_column, found)
    short = len(cells) < len(layout.columns)
    sure = 0.85 if short else 0.98
    row.add("name", name, "name", sure)
    if acronym:
        row.add("acronym", acronym, "acronym" if "acronym" in by_column else "name", sure)
    row.add("listed", True, "name", sure)
    if own:
        row.add("country", own, "country", sure)
    elif country:
        if country_of(layout.title):
            where, words = layout.header[0], layout.title
        else:
            where, words = here.country_line, here.country_words
        found.drafts.append(
            Draft(subject, "country", country, shortened(words), (where,), Part.TABLE, 0.9,
                  Reason("heading_country", {"heading": words}))
        )  # fmt: skip
    _state(row)
    _sector(row, legend)
    for column, name_of_field in (("north", "partner_north"), ("south", "partner_south")):
        cell = by_column.get(column)
        if cell and (is_yes(cell) or is_no(cell)):
            row.add(name_of_field, is_yes(cell), column, sure)
        elif cell:
            row.left(cell, "unknown_mark")
    _places(row, provisional)
    for column, kind in (("website", "website"), ("created", "created")):
        cell = by_column.get(column)
        if cell and kind == "created":
            when = dates(cell)
            row.add("created", when[0].value, column, 0.9) if when else row.left(cell, "no_date")
        elif cell:
            row.add("website", cell, column, 0.9)


@dataclass(frozen=True, slots=True)
class _Row:
    line: Line
    subject: Mention
    cells: dict[str, str]
    found: _Found

    def add(
        self,
        name: str,
        value: Value | Mention | tuple[Mention, ...],
        column: str,
        confidence: float,
        reason: Reason | None = None,
        /,
        **attributes: Value,
    ) -> None:
        self.found.drafts.append(
            Draft(
                self.subject,
                name,
                value,
                self.cells.get(column, self.cells["name"]),
                (self.line.number,),
                Part.TABLE,
                confidence,
                reason or Reason("cell", {"column": column}),
                column,
                attributes,
            )
        )

    def left(self, text: str, code: str) -> None:
        self.found.leftovers.append(Leftover(self.line.number, text, Reason(code)))


def _state(row: _Row) -> None:
    marked = [c for c in STATES if c in row.cells and is_yes(row.cells[c])]
    for column in STATES:
        cell = row.cells.get(column)
        if cell and not is_yes(cell) and not is_no(cell):
            row.left(cell, "unknown_mark")
    if len(marked) > 1:
        row.left(" | ".join(f"{c}: {row.cells[c]}" for c in marked), "two_states")
    elif marked:
        row.add("state", marked[0], marked[0], 0.98)
    if "state" in row.cells and not marked:
        folded = fold(row.cells["state"])
        known = {w: c for c in STATES for w in words_of("table", "columns", c)}
        state: str | None = code_of(row.cells["state"], "state") or known.get(folded) or states_of(folded)
        row.add("state", state, "state", 0.9) if state else row.left(row.cells["state"], "unknown_state")


def _sector(row: _Row, legend: dict[str, int]) -> None:
    cell = row.cells.get("sector")
    if not cell:
        return
    code = cell.strip(" .")
    if code.isdigit():
        if code in legend:
            row.add("sector", legend[code], "sector", 0.98, Reason("legend", {"code": code}))
        elif not legend and code in vocabulary("sector"):
            row.add("sector", int(code), "sector", 0.7, Reason("code_without_legend", {"code": code}))
        else:
            row.left(cell, "code_not_in_legend")
        return
    label = sector_of_label(cell)
    worded = (label, 0.85) if label else sector_of(cell)
    row.add("sector", worded[0], "sector", worded[1]) if worded else row.left(cell, "unknown_sector")


def _places(row: _Row, provisional: bool) -> None:
    both = [column for column in ("rooted", "constructed") if row.cells.get(column)]
    for column in both:
        marked = row.cells[column]
        if is_no(marked):
            continue
        row.add("anchoring", column, column, 0.98 if len(both) == 1 else 0.6)
        if not is_yes(marked):
            _place(row, column, marked, provisional)
    cell = row.cells.get("place")
    if cell and not is_no(cell):
        _place(row, "place", cell, provisional)


def _place(row: _Row, column: str, cell: str, provisional: bool) -> None:
    found = places_of(cell, country=row.subject.country)
    if not found:
        row.left(cell, "no_place")
        return
    starred = provisional and any(mark in cell for mark in rules("marks")["provisional"])
    marks: dict[str, Value] = {"provisional": True} if starred else {}
    row.add("place", tuple(found), column, 0.95, **marks)
