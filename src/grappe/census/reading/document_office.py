"""DOCX and XLSX as lines; both are zip archives of XML, so their size is checked before they are opened."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from grappe.census.reading.document import Document, located
from grappe.census.reading.document_table import table_document
from grappe.domain.errors import InputRefused

MOST_EXPANDED = 200_000_000
"""Bytes that an archive may expand to."""
MOST_RATIO = 200
"""How many times larger than the file its content may be, beyond the first megabyte."""
MOST_ROWS = 200_000


def check_archive(content: bytes, name: str) -> None:
    """Refuse what is no archive, damaged, or expands beyond the limits.

    Raises
    ------
    InputRefused
        With the reason.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            expanded = sum(entry.file_size for entry in archive.infolist())
            entries = len(archive.infolist())
    except (zipfile.BadZipFile, ValueError):
        raise InputRefused("damaged_document", path=name) from None
    if (
        expanded > MOST_EXPANDED
        or entries > 10_000
        or (expanded > 1_000_000 and expanded > MOST_RATIO * len(content))
    ):
        raise InputRefused("document_expands", path=name, size=expanded, most=MOST_EXPANDED)


def read_docx(content: bytes, name: str) -> Document:
    """Paragraphs and rows of a DOCX file, then its footnotes.

    Raises
    ------
    InputRefused
        If it is no DOCX file.
    """
    check_archive(content, name)
    import docx

    try:
        opened = docx.Document(io.BytesIO(content))
        pairs = list(_blocks(opened))
        pairs += _footnotes(opened)
    except Exception as error:
        raise InputRefused("damaged_document", path=name) from error
    return located(pairs, name, "docx")


def _blocks(opened: Any) -> Iterator[tuple[str, str]]:
    paragraphs = tables = 0
    for block in opened.iter_inner_content():
        if hasattr(block, "rows"):
            tables += 1
            yield "", f"table {tables}"
            for number, row in enumerate(block.rows, 1):
                cells = [_cell(cell, seen) for cell, seen in _once(row.cells)]
                yield ("\t".join(cells) if any(cells) else ""), f"table {tables}, row {number}"
            yield "", f"table {tables}"
        else:
            paragraphs += 1
            text = " ".join(block.text.split())
            listed = block.style is not None and str(block.style.name).startswith("List")
            yield (f"- {text}" if listed and text else text), f"¶ {paragraphs}"


def _once(cells: Any) -> Iterator[tuple[Any, bool]]:
    # A merged cell is given once for every column it covers: the others are blank.
    before = None
    for cell in cells:
        yield cell, cell._tc is before
        before = cell._tc


def _cell(cell: Any, repeated: bool) -> str:
    if repeated:
        return ""
    parts = [
        (f"• {text}" if str(paragraph.style.name).startswith("List") else text)
        for paragraph in cell.paragraphs
        if (text := " ".join(paragraph.text.split()))
    ]
    return " ".join(parts)


def _footnotes(opened: Any) -> list[tuple[str, str]]:
    from xml.etree import ElementTree

    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    found: list[tuple[str, str]] = []
    for part in opened.part.package.iter_parts():
        if str(part.partname).endswith("/footnotes.xml"):
            root = ElementTree.fromstring(part.blob)
            for note in root.iter(f"{space}footnote"):
                number = note.get(f"{space}id", "")
                text = "".join(word.text or "" for word in note.iter(f"{space}t")).strip()
                if text:
                    found += [("", f"note {number}"), (f"{number} - {text}", f"note {number}")]
    return found


def read_xlsx(content: bytes, name: str) -> Document:
    """Rows of every sheet of a workbook; merged cells keep their value in the first one.

    Raises
    ------
    InputRefused
        If it is no workbook, or too long.
    """
    check_archive(content, name)
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheets = [(sheet.title, _rows(sheet, name)) for sheet in book.worksheets]
    except InputRefused:
        raise
    except Exception as error:
        raise InputRefused("damaged_document", path=name) from error
    return table_document([one for one in sheets if any(any(row) for row in one[1])], name, "xlsx")


def _rows(sheet: Any, name: str) -> list[list[str]]:
    rows: list[list[str]] = []
    for row in sheet.iter_rows(values_only=True):
        if len(rows) >= MOST_ROWS:
            raise InputRefused("document_too_long", path=name, lines=len(rows), most=MOST_ROWS)
        rows.append([_plain(value) for value in row])
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if hasattr(value, "isoformat"):
        return str(value.isoformat())[:10]
    return str(value)
