"""Tables in files of their own as lines of cells, each cell with its address: CSV and what follows it."""

import csv
import io
from collections.abc import Iterable, Sequence
from string import ascii_uppercase

from grappe.census.reading.document import Document, located
from grappe.domain.errors import InputRefused

MOST_COLUMNS = 300
"""Columns of the widest table that is read."""


def read_csv(text: str, name: str) -> Document:
    """Rows of a CSV file; the separator is the one that its first lines use most.

    Raises
    ------
    InputRefused
        If a quotation mark is not closed, or the table is too wide.
    """
    head = text[:5000]
    separator = max(",;\t|", key=head.count)
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=separator, strict=True))
    except csv.Error as error:
        raise InputRefused("bad_table_file", path=name, reason=error) from None
    return table_document([("", rows)], name, "csv")


def table_document(sheets: Iterable[tuple[str, Sequence[Sequence[str]]]], name: str, form: str) -> Document:
    """Lines of one or more named tables; the locator of a line is its row, such as ``Sheet1!A7``.

    Raises
    ------
    InputRefused
        If a table is too wide.
    """
    pairs: list[tuple[str, str]] = []
    for title, rows in sheets:
        if pairs:
            pairs.append(("", f"{title}!A1"))
        for number, row in enumerate(rows, 1):
            if len(row) > MOST_COLUMNS:
                raise InputRefused("table_too_wide", path=name, columns=len(row), most=MOST_COLUMNS)
            cells = [" ".join(cell.replace("\t", " ").replace("\n", " • ").split()) for cell in row]
            text = "\t".join(cells) if any(cells) else ""
            pairs.append((text, f"{title or 'table'}!A{number}"))
    return located(pairs, name, form)


def column_letter(index: int) -> str:
    """Letters of a column, counted from zero.

    >>> column_letter(0), column_letter(27)
    ('A', 'AB')
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = ascii_uppercase[rest] + letters
    return letters
