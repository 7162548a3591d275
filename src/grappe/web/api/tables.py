"""Rows as CSV that a spreadsheet opens with its accents right."""

import csv
import io
from collections.abc import Sequence

from django.http import HttpResponse

from grappe.present.plain import Plain

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def as_csv(rows: Sequence[Plain], columns: Sequence[str], name: str) -> HttpResponse:
    """CSV in UTF-8 with a byte-order mark; lists are parted by semicolons, unknown is empty."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([[_cell(row[column]) for column in columns] for row in rows])
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    shown = "; ".join(str(item) for item in value) if isinstance(value, list) else str(value)
    # A cell that begins like a formula would be run by a spreadsheet.
    words = isinstance(value, str | list)
    return f"'{shown}" if words and shown.startswith(_DANGEROUS) else shown
