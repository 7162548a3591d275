"""The chapter as DOCX: real headings, captions, tables and links, from right to left in Arabic."""

import io
from functools import lru_cache
from typing import Any

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt, RGBColor

from grappe.present.report.drawings import fonts_known

BODY, TITLES = "Arial", "Times New Roman"
"""Faces that every office has, each with Latin and Arabic letters."""
SOFT, ACCENT = RGBColor(0x55, 0x60, 0x6B), RGBColor(0x9A, 0x2F, 0x1D)
WIDE = Cm(17)
_DECORATION = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)
"""Mark by which a word processor tells screen readers to pass over a picture."""
_LOCALES = {"fr": "fr-FR", "en": "en-GB", "ar": "ar-MA"}


def docx_of(document: dict[str, Any]) -> bytes:
    """A worded chapter as a Word document."""
    made = _Writer(document)
    target = io.BytesIO()
    made.file.save(target)
    return target.getvalue()


class _Writer:
    """Lays out one document; `aside` where it runs from right to left."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        self.aside = document["direction"] == "rtl"
        self.locale = _LOCALES[document["language"]]
        self.file = Document()
        self._relations: dict[str, str] = {}
        self._size: float | None = None
        self._bold = False
        self._styles()
        self.paragraph([{"text": document["title"], "lang": None, "href": None}], "Title")
        self.paragraph([{"text": document["subtitle"], "lang": None, "href": None}], "Subtitle")
        self.contents()
        for block in document["blocks"]:
            getattr(self, f"_{block['kind']}")(block)
        section = self.file.sections[0]
        section.footer.paragraphs[0].text = document["license"]
        self._turn(section.footer.paragraphs[0])
        section.start_type = WD_SECTION.NEW_PAGE
        properties = self.file.core_properties
        properties.title, properties.author, properties.language = document["title"], "grappe", self.locale

    def _styles(self) -> None:
        section = self.file.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2)
        section.top_margin = section.bottom_margin = Cm(2.2)
        for name, face, size in (
            ("Normal", BODY, 10), ("Title", TITLES, 28), ("Subtitle", BODY, 11), ("Heading 1", TITLES, 17),
            ("Heading 2", TITLES, 13), ("Heading 3", TITLES, 11.5), ("Heading 4", TITLES, 11),
            ("Heading 5", TITLES, 10.5), ("Caption", BODY, 9.5), ("List Bullet", BODY, 10),
        ):  # fmt: skip
            style = self.file.styles[name]
            style.font.name, style.font.size = face, Pt(size)
            style.font.color.rgb = RGBColor(0x1B, 0x26, 0x32)
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
                fonts.set(qn(kind), face)
            for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
                fonts.attrib.pop(qn(theme), None)
            complex_size = OxmlElement("w:szCs")
            complex_size.set(qn("w:val"), str(int(size * 2)))
            style.element.rPr.append(complex_size)
            if name == "Caption" or name.startswith("Heading"):
                style.paragraph_format.keep_with_next = True
        self.file.styles["Normal"].paragraph_format.space_after = Pt(6)

    def contents(self) -> None:
        """A table of contents: the sections now, their pages once the word processor updates its fields."""
        depth = self.document["depth"]
        paragraph = self.file.add_paragraph()
        self._turn(paragraph)
        self._field(paragraph, "begin")
        order = OxmlElement("w:instrText")
        order.set(qn("xml:space"), "preserve")
        order.text = rf'TOC \o "1-{depth}" \h \z \u'
        paragraph.add_run()._r.append(order)
        self._field(paragraph, "separate")
        heads = [one for one in self.document["blocks"] if one["kind"] == "heading" and one["level"] <= depth]
        for index, head in enumerate(heads):
            if index:
                paragraph.add_run().add_break()
            self.fill(paragraph, head["runs"])
        self._field(paragraph, "end")
        address = self.document["address"]
        self.paragraph([{"text": address, "lang": "en", "href": address}])

    def _field(self, paragraph: Any, kind: str) -> None:
        mark = OxmlElement("w:fldChar")
        mark.set(qn("w:fldCharType"), kind)
        paragraph.add_run()._r.append(mark)

    def paragraph(self, runs: list[dict[str, Any]], style: str | None = None, marks: Any = ()) -> Any:
        """A paragraph of runs and marks, turned where the language is."""
        made = self.file.add_paragraph(style=style)
        self._turn(made)
        self.fill(made, runs, marks)
        return made

    def fill(self, paragraph: Any, runs: list[dict[str, Any]], marks: Any = ()) -> None:
        """Put runs, then marks, at the end of a paragraph."""
        for run in runs:
            self._run(paragraph, run["text"], run["lang"], run["href"])
        for mark in marks:
            self._run(paragraph, f" {mark['text']}", None, mark["href"], small=True)

    def _run(
        self, paragraph: Any, text: str, lang: str | None, href: str | None, *, small: bool = False
    ) -> None:
        run = paragraph.add_run(text)
        properties = run._r.get_or_add_rPr()
        if self.aside and lang is None:
            properties.append(OxmlElement("w:rtl"))
        language = OxmlElement("w:lang")
        language.set(
            qn("w:bidi" if self.aside and lang is None else "w:val"),
            _LOCALES.get(lang or "", lang) or self.locale,
        )
        properties.append(language)
        if small:
            run.font.color.rgb = ACCENT
        self._sized(run, 7 if small else self._size)
        if self._bold:
            run.bold = True
        if href:
            link = OxmlElement("w:hyperlink")
            link.set(qn("r:id"), self._relation(paragraph.part, href))
            link.append(run._r)
            paragraph._p.append(link)

    def _sized(self, run: Any, points: float | None) -> None:
        """Give a run its size, for Latin and for Arabic letters; without one it has that of its style."""
        if points is None:
            return
        run.font.size = Pt(points)
        complex_size = OxmlElement("w:szCs")
        complex_size.set(qn("w:val"), str(int(points * 2)))
        run._r.rPr.find(qn("w:sz")).addnext(complex_size)

    def _relation(self, part: Any, href: str) -> str:
        """Id of a link target; kept, as the library would search all others for each of thousands."""
        if href not in self._relations:
            made = part.rels._next_rId
            part.rels.add_relationship(RELATIONSHIP_TYPE.HYPERLINK, href, made, is_external=True)
            self._relations[href] = made
        return self._relations[href]

    def _turn(self, paragraph: Any) -> None:
        if self.aside:
            paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))

    def _heading(self, block: dict[str, Any]) -> None:
        made = self.paragraph(block["runs"], f"Heading {block['level']}")
        made.paragraph_format.page_break_before = block["level"] < self.document["depth"]

    def _paragraph(self, block: dict[str, Any]) -> None:
        made = self.paragraph([])
        for sentence in block["sentences"]:
            self.fill(made, sentence["runs"], sentence["marks"])
            made.add_run(" ")

    def _bullets(self, block: dict[str, Any]) -> None:
        for sentence in block["items"]:
            self.paragraph(sentence["runs"], "List Bullet", sentence["marks"])

    def caption(self, block: dict[str, Any]) -> None:
        """The numbered caption of a table or figure."""
        number = {"text": f"{block['number']} – ", "lang": None, "href": None}
        self.paragraph([number, *block["caption"]], "Caption", block["data"])

    def notes(self, block: dict[str, Any]) -> None:
        """Notes below a table or figure, then its legend."""
        for note in block["notes"]:
            self._size = 8.5
            self.paragraph(note["runs"], None, note["marks"])
            self._size = None
        for group in block["legend"]:
            made = self.paragraph([{"text": f"{group['title']} – ", "lang": None, "href": None}])
            made.runs[0].bold = True
            for row in group["rows"]:
                self._symbol(made, row["symbol"], 8)
                self._run(made, f" {row['text']}   ", None, None)

    def grid(self, rows: int, widths: list[float]) -> Any:
        """An empty table over the whole width."""
        table = self.file.add_table(rows, len(widths))
        table.style = "Table Grid"
        table.autofit = False
        if self.aside:
            table._tblPr.find(qn("w:tblStyle")).addnext(OxmlElement("w:bidiVisual"))
        for row in table.rows:
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        whole = sum(widths)
        for column, width in zip(table.columns, widths, strict=True):
            for cell in column.cells:
                cell.width = int(WIDE * width / whole)
        return table

    def _symbol(self, paragraph: Any, svg: str, points: float) -> None:
        """A symbol in a line; decoration, as words beside it or in the legend say the same."""
        shape = paragraph.add_run().add_picture(io.BytesIO(symbol_png(svg)), height=Pt(points))
        shape._inline.docPr.append(parse_xml(_DECORATION))

    def cell(self, cell: Any, content: dict[str, Any], align: str = "start", *, bold: bool = False) -> None:
        """Fill a cell of a table."""
        paragraph = cell.paragraphs[0]
        self._turn(paragraph)
        paragraph.paragraph_format.space_after = Pt(0)
        self._size, self._bold = 8.5, bold
        if align == "center":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        elif align == "end":
            # In a paragraph that runs from right to left, Word reads left and right the other way round.
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if content.get("symbol"):
            self._symbol(paragraph, content["symbol"], 8)
            paragraph.add_run(" ")
        self.fill(paragraph, content.get("runs", []), content.get("marks", ()))
        self.entries(paragraph, content.get("entries", []))
        self._size, self._bold = None, False

    def entries(self, paragraph: Any, entries: list[dict[str, Any]]) -> None:
        """Values one after another, each with its marks and rivals."""
        for index, entry in enumerate(entries):
            if index:
                self._run(paragraph, self.document["semicolon"], None, None)
            self.fill(paragraph, entry["runs"], entry["marks"])
            for rival in entry["rivals"]:
                self._run(paragraph, " ≠ ", None, None)
                self.fill(paragraph, rival["runs"], rival["marks"])

    def _table(self, block: dict[str, Any]) -> None:
        self.caption(block)
        columns, groups = block["columns"], block["groups"]
        heads = 2 if groups else 1
        table = self.grid(heads + len(block["rows"]), [column["width"] for column in columns])
        at = 0
        for group in groups:
            if group["text"]:
                merged = table.cell(0, at).merge(table.cell(0, at + group["span"] - 1))
                self.cell(merged, _bare(group["text"]), "center", bold=True)
            at += group["span"]
        for index, column in enumerate(columns):
            self.cell(table.cell(heads - 1, index), _bare(column["text"]), column["align"], bold=True)
        for row in table.rows[:heads]:
            row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for number, row in enumerate(block["rows"], heads):
            cells = table.rows[number].cells
            for index, content in enumerate(row):
                if content["span"] > 1:
                    self.cell(
                        cells[index].merge(cells[index + content["span"] - 1]),
                        content,
                        columns[index]["align"],
                    )
                elif content["span"]:
                    self.cell(cells[index], content, columns[index]["align"])
        self.notes(block)
        self.paragraph([])

    def _figure(self, block: dict[str, Any]) -> None:
        self.caption(block)
        made = self.file.add_paragraph()
        shape = made.add_run().add_picture(io.BytesIO(drawing_png(block["svg"])), width=WIDE)
        if shape.height > Cm(20):
            shape.width, shape.height = Length(int(shape.width * Cm(20) / shape.height)), Cm(20)
        shape._inline.docPr.set("descr", block["alt"])
        self.notes(block)

    def _sheet(self, block: dict[str, Any]) -> None:
        heading = self.paragraph([], f"Heading {block['level']}")
        self._symbol(heading, block["symbol"], 9)
        self.fill(heading, [{"text": f" {block['name']}", "lang": "fr", "href": block["href"]}])
        table = self.grid(len(block["rows"]), [1, 3.4])
        for row, content in zip(table.rows, block["rows"], strict=True):
            self.cell(row.cells[0], _bare(content["label"]))
            self.cell(row.cells[1], {"entries": content["entries"]})
        self.paragraph([])


def _bare(text: str) -> dict[str, Any]:
    return {"runs": [{"text": text, "lang": None, "href": None}]}


@lru_cache(maxsize=256)
def symbol_png(svg: str) -> bytes:
    """A symbol of the legend as a picture, for writers that take no vectors."""
    return drawing_png(svg, 4.0)


def drawing_png(svg: str, scale: float = 3.0) -> bytes:
    """A drawing as a picture of 200 points to the inch."""
    import vl_convert as vlc

    fonts_known()
    return bytes(vlc.svg_to_png(svg, scale=scale))
