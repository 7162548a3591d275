"""Rows of a filled template of identity sheets: cells with their address become statements."""

import re
from dataclasses import dataclass, field

from grappe.census.reading.classify import code_of, sector_of_label, tags_of
from grappe.census.reading.countries import country_of, is_country
from grappe.census.reading.document import Document, Line
from grappe.census.reading.document_table import column_letter
from grappe.census.reading.names_printed import person_name, split_acronym
from grappe.census.reading.place_names import places_of
from grappe.census.reading.proposal import Draft, Leftover, LinkDraft, Mention, Notes, Reason, Use, shortened
from grappe.census.reading.quantities import dates, quantities
from grappe.census.reading.sheet_head import is_body
from grappe.census.reading.template import LISTS, MARK, Column, columns
from grappe.domain.entity import Kind
from grappe.domain.field import FieldType, declaration
from grappe.domain.fold import fold
from grappe.domain.source import Part
from grappe.domain.statement import Value
from grappe.domain.vocabulary import vocabulary

_SURE = 0.98
_ITEMS = re.compile(r"\s*[;؛•\n]\s*")


def is_template(document: Document) -> bool:
    """Tell whether a document is a filled template: a row of it names the fields."""
    return any(_heads(line) for line in document.lines[:40])


def _heads(line: Line) -> bool:
    cells = line.cells
    known = {column.field for column in columns()}
    return len(cells) > 2 and (cells[0].lower() == MARK or len(known & set(cells)) >= 3)


@dataclass
class _Found:
    drafts: list[Draft] = field(default_factory=list)
    links: list[LinkDraft] = field(default_factory=list)
    leftovers: list[Leftover] = field(default_factory=list)
    uses: dict[int, Use] = field(default_factory=dict)


def read_template_rows(document: Document) -> Notes:
    """Statements of the rows of a template; a column that was renamed is known by its label as well."""
    found = _Found()
    layout: dict[int, Column] = {}
    for line in document.lines:
        if not line.text.strip():
            continue
        if line.locator.startswith(f"{LISTS}!"):
            found.uses[line.number] = Use.LEGEND
        elif _heads(line):
            layout = _layout(line, found)
            found.uses[line.number] = Use.HEADING
        elif line.cells[0].startswith("#") or not layout:
            found.uses[line.number] = (
                Use.LEGEND if line.cells[0].startswith("#") or not layout else Use.HEADING
            )
        else:
            _row(line, layout, found)
    return Notes(tuple(found.drafts), tuple(found.links), tuple(found.leftovers), found.uses)


def _layout(line: Line, found: _Found) -> dict[int, Column]:
    known = {column.field: column for column in columns()}
    labels = {fold(label): column for column in columns() for label in column.label.values()}
    layout: dict[int, Column] = {}
    for at, cell in enumerate(line.cells):
        if not cell or cell.startswith("#"):
            continue
        column = known.get(cell) or labels.get(fold(cell))
        if column is None or column in layout.values():
            found.leftovers.append(Leftover(line.number, cell, Reason("unread_column")))
        else:
            layout[at] = column
    return layout


def _row(line: Line, layout: dict[int, Column], found: _Found) -> None:
    cells = line.cells
    by_field = {c.field: (at, cells[at]) for at, c in layout.items() if at < len(cells) and cells[at]}
    for at, cell in enumerate(cells):
        if cell and at not in layout and at > 0:
            found.leftovers.append(Leftover(line.number, shortened(cell), Reason("unread_column")))
    if "name" not in by_field:
        found.uses[line.number] = Use.LEFTOVER
        found.leftovers.append(
            Leftover(line.number, shortened(" ".join(filter(None, cells))), Reason("row_without_name"))
        )
        return
    found.uses[line.number] = Use.FACT
    name, acronym = split_acronym(by_field["name"][1])
    acronym = by_field["acronym"][1] if "acronym" in by_field else acronym
    country = _country(by_field["country"][1]) if "country" in by_field else None
    seats = [p.name for p in places_of(by_field["place"][1])] if "place" in by_field else []
    subject = Mention(Kind.CLUSTER, name, acronym, country, tuple(seats))
    row = _Row(line, subject, found)
    row.add("name", name, by_field["name"])
    if acronym:
        row.add("acronym", acronym, by_field.get("acronym", by_field["name"]))
    for column in layout.values():
        if column.field in by_field and column.field not in ("name", "acronym"):
            row.cell(column, by_field[column.field])


def _country(text: str) -> str | None:
    code = text.strip().upper()
    return code if re.fullmatch(r"[A-Z]{2}", code) else is_country(text) or country_of(text)


@dataclass(frozen=True, slots=True)
class _Row:
    line: Line
    subject: Mention
    found: _Found

    def add(
        self,
        name: str,
        value: Value | Mention | tuple[Mention, ...],
        cell: tuple[int, str],
        **attributes: Value,
    ) -> None:
        """Propose one statement of a cell."""
        at, printed = cell
        reason = Reason("template", {"cell": f"{column_letter(at)}"})
        self.found.drafts.append(
            Draft(
                self.subject,
                name,
                value,
                shortened(printed),
                (self.line.number,),
                Part.SHEET,
                _SURE,
                reason,
                column_letter(at),
                attributes,
            )
        )

    def left(self, text: str, column: Column) -> None:
        """Leave a value over, with what would be accepted."""
        listed = (
            ", ".join(list(vocabulary(column.vocabulary))[:12]) if column.vocabulary else column.help["en"]
        )
        self.found.leftovers.append(
            Leftover(self.line.number, shortened(text), Reason("bad_cell", {"accepted": listed}))
        )

    def cell(self, column: Column, cell: tuple[int, str]) -> None:
        """Read one cell by the type of its field."""
        at, text = cell
        if column.level:
            self._partners(column, cell)
            return
        declared = declaration(Kind.CLUSTER).fields[column.field]
        items = (
            [item.strip() for item in _ITEMS.split(text) if item.strip()] if declared.many else [text.strip()]
        )
        for item in items:
            one = (at, item)
            match declared.type:
                case FieldType.TAG:
                    self._tag(column, one)
                case FieldType.FIGURE:
                    self._figure(column, one)
                case FieldType.DATE:
                    when = dates(item)
                    self.add(column.field, when[0].value, one) if when else self.left(item, column)
                case FieldType.COUNTRY:
                    code = _country(item)
                    self.add(column.field, code, one) if code else self.left(item, column)
                case FieldType.PLACES:
                    places = tuple(places_of(item.replace(";", ","), self.subject.country))
                    self.add(column.field, places, one) if places else self.left(item, column)
                case FieldType.REF:
                    self._named(column, one)
                case _:
                    self.add(column.field, item, one)

    def _tag(self, column: Column, cell: tuple[int, str]) -> None:
        _, text = cell
        name = str(column.vocabulary)
        code = code_of(text.split(" = ")[0], name)
        if code is None and column.field == "sector":
            label = sector_of_label(text)
            code = str(label) if label else None
        if code is None:
            tags = tags_of(text, name)
            code = tags[0].code if len(tags) == 1 else None
        if code is None:
            self.left(text, column)
        else:
            self.add(column.field, int(code) if code.isdigit() else code, cell)

    def _figure(self, column: Column, cell: tuple[int, str]) -> None:
        _, text = cell
        found = quantities(text)
        counts = column.field == "members_count"
        tags = tags_of(text, "member_category") if counts else []
        code = (
            next((c for part in re.split(r"[:\d]", text) if (c := code_of(part, "member_category"))), None)
            if counts
            else None
        )
        if not found or (counts and not tags and code is None):
            self.left(text, column)
            return
        one = found[0]
        marks: dict[str, Value] = {"modality": "observed", "perimeter": "members"}
        if one.precision != "exact":
            marks["precision"] = one.precision
        if one.precision == "range":
            marks |= {"low": one.low, "high": one.high}
        if counts:
            marks["of"] = code or tags[0].code
        self.add(column.field, one.value, cell, **marks)

    def _named(self, column: Column, cell: tuple[int, str]) -> None:
        _, text = cell
        refers = declaration(Kind.CLUSTER).fields[column.field].refers
        name, comma, title = text.partition(",")
        bare, acronym = split_acronym(name.strip())
        body = Kind.PERSON not in refers or (Kind.ORGANISATION in refers and is_body(bare))
        who = Mention(
            Kind.ORGANISATION if body else Kind.PERSON,
            bare if body else person_name(bare),
            acronym,
            self.subject.country,
        )
        marks: dict[str, Value] = {"title": title.strip()} if comma and title.strip() and not body else {}
        self.add(column.field, who, cell, **marks)

    def _partners(self, column: Column, cell: tuple[int, str]) -> None:
        at, text = cell
        for item in filter(None, _ITEMS.split(text)):
            inside = re.search(r"\(([^()]+)\)\s*$", item)
            where = _country(inside.group(1)) if inside else None
            bare = item[: inside.start()].strip() if inside and where else item.strip()
            if code := is_country(bare):
                self.add("cooperation_country", code, (at, item), level=str(column.level))
                continue
            name, acronym = split_acronym(bare)
            values: dict[str, Value] = {"level": column.level, "status": "active"}
            self.found.links.append(
                LinkDraft(
                    "partnership",
                    self.subject,
                    Mention(Kind.ORGANISATION, name, acronym, where),
                    shortened(item),
                    (self.line.number,),
                    Part.SHEET,
                    _SURE,
                    Reason("template", {}),
                    values,
                )
            )
