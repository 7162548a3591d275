"""Tables as a workbook that spreadsheets open: a sheet a table, numbers as numbers, days as days."""

import io
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from grappe.present.plain import Plain

LONGEST_TITLE = 31
"""Characters of a sheet's name that the format takes."""
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DECIMAL = re.compile(r"-?[0-9]+\.[0-9]+")
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def as_xlsx(
    tables: Mapping[str, Sequence[Plain]],
    *,
    about: Sequence[tuple[str, str]] = (),
    right_to_left: bool = False,
    made: datetime | None = None,
) -> bytes:
    """A workbook with a sheet per table; columns are those of its rows, in the order of the first.

    Parameters
    ----------
    tables : rows by name of sheet; a table without rows gives a sheet that says so by being empty
    about : lines of a first sheet: what this is, of which day, whether it is invented
    right_to_left : for Arabic
    made : day to write into the file, so that the same tables give the same properties

    Returns
    -------
    bytes
        A cell that would be run as a formula is written as text.

    Examples
    --------
    >>> as_xlsx({"contracts": [{"id": "a", "amount": 5}]})[:2]
    b'PK'
    """
    book = Workbook(write_only=True)
    if made is not None:
        book.properties.created = book.properties.modified = made.replace(tzinfo=None)
    if about:
        tables = {"about": [{"": name, " ": value} for name, value in about], **tables}
    names: set[str] = set()
    for name, rows in tables.items():
        sheet = book.create_sheet(_title(name, names))
        sheet.sheet_view.rightToLeft = right_to_left
        columns = list(dict.fromkeys(key for row in rows for key in row))
        for number, column in enumerate(columns, start=1):
            longest = max([len(column), *(len(str(row.get(column) or "")) for row in rows)])
            sheet.column_dimensions[get_column_letter(number)].width = min(60, longest + 2)
        if columns:
            head = [WriteOnlyCell(sheet, value=column) for column in columns]
            for one in head:
                one.font = Font(bold=True)
            sheet.freeze_panes = "A2"
            sheet.append(head)
        for row in rows:
            sheet.append([cell(row.get(column)) for column in columns])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def cell(value: object) -> object:
    """A value as a cell: exact decimals and days typed, lists joined, formulas defused.

    >>> cell("61728.39"), cell("2016-01-01"), cell(["l. 377", "l. 392"]), cell("=1+1"), cell(None)
    (Decimal('61728.39'), datetime.date(2016, 1, 1), 'l. 377; l. 392', "'=1+1", None)
    """
    if value is None or isinstance(value, bool | int | float | Decimal | date):
        return value
    if isinstance(value, Mapping):
        return _text("; ".join(f"{key}: {one}" for key, one in value.items()))
    if isinstance(value, list | tuple):
        return _text("; ".join(str(one) for one in value))
    text = str(value)
    if _DAY.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            return _text(text)
    if _DECIMAL.fullmatch(text):
        try:
            return Decimal(text)
        except InvalidOperation:
            return _text(text)
    return _text(text)


def _text(text: str) -> str:
    clean = _CONTROL.sub("", text)
    return f"'{clean}" if clean.startswith(_DANGEROUS) else clean


def _title(name: str, taken: set[str]) -> str:
    plain = _FORBIDDEN.sub(" ", name).strip()[:LONGEST_TITLE] or "table"
    title, number = plain, 2
    while title.casefold() in taken:
        tail = f" {number}"
        title, number = plain[: LONGEST_TITLE - len(tail)] + tail, number + 1
    taken.add(title.casefold())
    return title
