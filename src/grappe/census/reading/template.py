"""The template of the identity sheet: a row per cluster, help and accepted values in three languages."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from grappe.census.reading.document_table import column_letter
from grappe.census.reading.rule_files import rules
from grappe.domain.entity import Kind
from grappe.domain.field import Field, FieldType, declaration
from grappe.domain.vocabulary import LANGUAGES, vocabulary

MARK = "#field"
"""First cell of the row that names the fields; rows that begin with # are no clusters."""
LEVELS = ("national", "euromed", "extra_regional")
SHEET = "sheets"
LISTS = "lists"
"""Sheets of the workbook: rows of clusters, and the accepted values."""
_ROWS = 1000
"""Rows for which the lists of a workbook offer their values."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the field it fills, labels and help by language, its list, and whether it takes several."""

    field: str
    label: Mapping[str, str]
    help: Mapping[str, str]
    vocabulary: str | None = None
    many: bool = False
    level: str | None = None


@cache
def columns() -> tuple[Column, ...]:
    """Columns of the template, in their order; the file of rules lists them."""
    found = []
    fields = declaration(Kind.CLUSTER).fields
    forms = rules("template")["forms"]
    for name in rules("template")["columns"]:
        base, _, level = name.partition(".")
        extra = rules("template")["extra"].get(name, {})
        field = fields.get(base)
        assert field is not None or extra
        label = extra.get("label") or (field.label if field else {})
        help_ = {
            language: " ".join(
                part
                for part in (
                    (extra.get("help") or (field.help if field else {})).get(language, ""),
                    forms.get(_form(field, level), {}).get(language, ""),
                )
                if part
            )
            for language in LANGUAGES
        }
        found.append(
            Column(
                name,
                label,
                help_,
                field.vocabulary if field else None,
                bool(field and field.many),
                level or None,
            )
        )
    return tuple(found)


def _form(field: Field | None, level: str) -> str:
    if level:
        return "partners"
    if field is None:
        return "text"
    if field.vocabulary == "member_category" and field.type is FieldType.FIGURE:
        return "counts"
    if field.many and field.type is FieldType.TAG:
        return "tags"
    if field.many and field.type is FieldType.REF:
        return "names"
    return str(field.type)


def accepted(column: Column) -> list[str]:
    """Codes of the list of a column with their labels, such as ``2 = Metals, electronics / …``."""
    if column.vocabulary is None:
        return []
    return [
        f"{code} = {' / '.join(labels[language] for language in LANGUAGES)}"
        for code, labels in vocabulary(column.vocabulary).items()
    ]


def head_rows() -> list[list[str]]:
    """Rows above the clusters: field names, labels, help and accepted values, each with its mark."""
    rows = [[MARK, *(column.field for column in columns())]]
    rows += [[f"#label {one}", *(column.label[one] for column in columns())] for one in LANGUAGES]
    rows += [[f"#help {one}", *(column.help[one] for column in columns())] for one in LANGUAGES]
    rows.append(["#accepted", *("; ".join(accepted(column)) for column in columns())])
    return rows


def template_bytes(suffix: str) -> bytes:
    """The template as a file: ``.csv``, or ``.xlsx`` with lists to choose from.

    Raises
    ------
    ValueError
        If the suffix is neither.
    """
    if suffix == ".csv":
        text = io.StringIO()
        csv.writer(text, lineterminator="\r\n").writerows(head_rows())
        # A mark of the encoding, without which spreadsheets read accents wrongly.
        return text.getvalue().encode("utf-8-sig")
    if suffix == ".xlsx":
        return _workbook()
    raise ValueError(f"{suffix!r} is neither .csv nor .xlsx.")


def _workbook() -> bytes:
    import openpyxl
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.worksheet.datavalidation import DataValidation

    book: Any = openpyxl.Workbook()
    sheet = book.active
    sheet.title = SHEET
    rows = head_rows()
    # The long list of codes has a sheet of its own here.
    for row in rows[:-1]:
        sheet.append(row)
    lists = book.create_sheet(LISTS)
    names = list(dict.fromkeys(column.vocabulary for column in columns() if column.vocabulary))
    ends: dict[str, tuple[str, int]] = {}
    for at, name in enumerate(names):
        first = at * 4
        lists.cell(1, first + 1, name)
        for row_number, (code, labels) in enumerate(vocabulary(name).items(), 2):
            lists.cell(row_number, first + 1, code)
            for offset, language in enumerate(LANGUAGES, 2):
                lists.cell(row_number, first + offset, labels[language])
        ends[name] = (column_letter(first), len(vocabulary(name)) + 1)
    below = len(rows)
    for at, column in enumerate(columns(), 2):
        letter = column_letter(at - 1)
        sheet.column_dimensions[letter].width = 26
        sheet.cell(1, at).comment = Comment("\n".join(column.help[one] for one in LANGUAGES), "grappe")
        if column.vocabulary and not column.many:
            where, last = ends[column.vocabulary]
            rule = DataValidation("list", formula1=f"{LISTS}!${where}$2:${where}${last}", allow_blank=True)
            rule.errorTitle, rule.error = column.label["en"], column.help["en"][:200]
            sheet.add_data_validation(rule)
            rule.add(f"{letter}{below}:{letter}{below + _ROWS}")
    for line in sheet.iter_rows(min_row=1, max_row=len(rows) - 1):
        for cell in line:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.fill = PatternFill("solid", fgColor="EFEBE2")
            cell.font = Font(bold=cell.row <= 4, size=9 if cell.row > 4 else 11)
    sheet.freeze_panes = sheet.cell(below, 3)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
