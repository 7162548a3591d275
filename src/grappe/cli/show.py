"""Showing results: JSON for machines, a table for people."""

import sys
from collections.abc import Sequence
from typing import Any

import click
import orjson
from rich.console import Console
from rich.table import Table

from grappe.present.measures import rows_words

LONGEST = 40
"""Rows of a long table that a terminal shows."""
HEADERS = {"partner_north": "N", "partner_south": "S", "members_total": "members"}
"""Short headings of narrow columns on a terminal."""


def as_json(value: Any) -> None:
    """Print a value as indented JSON in UTF-8."""
    sys.stdout.write(
        orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE, default=str).decode()
    )


def as_table(rows: Sequence[dict[str, Any]], columns: Sequence[str], total: str = "") -> None:
    """Print rows as a table, wide cells folded; a pipe gets tab-separated lines."""
    if not sys.stdout.isatty():
        click.echo("\t".join(columns))
        for row in rows:
            click.echo("\t".join(cell(row.get(column)) for column in columns))
        return
    table = Table(show_edge=False, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(
            HEADERS.get(column, column.replace("_", " ")),
            no_wrap=column == "id",
            overflow="fold",
            justify="right" if _numeric(rows, column) else "left",
        )
    for row in rows:
        table.add_row(*(cell(row.get(column)) for column in columns))
    console = Console()
    console.print(table)
    if total:
        console.print(total, style="dim")


def as_long_table(rows: Sequence[dict[str, Any]], columns: Sequence[str], language: str) -> None:
    """Print a table that may be long: a terminal gets its first rows, a pipe all of them."""
    if not sys.stdout.isatty():
        as_table(rows, columns)
        return
    shown = [{name: _short(value) for name, value in row.items()} for row in rows[:LONGEST]]
    as_table(shown, columns, rows_words(len(rows), len(shown), language))


def _short(value: Any) -> Any:
    """A number with the digits that a reader can take in; files and pipes have them all."""
    return float(f"{value:.4g}") if isinstance(value, float) else value


def wide() -> bool:
    """Whether there is room for every column: a wide terminal, or no terminal at all."""
    return not sys.stdout.isatty() or Console().width >= 150


def cell(value: Any) -> str:
    """A value as the text of a cell; unknown is an em dash."""
    if value is None or value == [] or value == "":
        return "—"
    if value is True:
        return "yes"
    if isinstance(value, list):
        return ", ".join(cell(item) for item in value)
    if isinstance(value, dict):
        if {"source", "line"} <= value.keys():
            return f"l. {value['line']}"
        return str(value.get("name") or value.get("cluster") or value.get("value") or "")
    return str(value)


def _numeric(rows: Sequence[dict[str, Any]], column: str) -> bool:
    values = [row[column] for row in rows if row.get(column) is not None]
    return bool(values) and all(isinstance(v, int | float) and not isinstance(v, bool) for v in values)
