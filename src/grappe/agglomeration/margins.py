"""Each cell beside the totals of its region, of its industry and of the whole, or of a reference."""

import dataclasses
from typing import Any, Literal

import ibis.expr.types as ir

from grappe.agglomeration.cells import Cells, read_totals
from grappe.agglomeration.withheld import bounds_columns
from grappe.domain.errors import InputRefused, Problem

QUOTED = 20
"""Missing keys quoted in one message."""

Key = Literal["region", "industry"]
_SUMMED = ("value", "low", "closed", "open")


def with_margins(cells: Cells) -> ir.Table:
    """Cells beside their totals.

    The columns are ``value`` and, where cells may be withheld, ``low``, ``closed``, ``open`` (what `Sum` is
    made of), and the same for the totals after ``region_``, ``industry_`` and ``all_``.
    """
    own = cell_columns(cells.table, withheld=cells.withheld)
    return add_whole(add_margin(add_margin(own, own, "region"), own, "industry"), own)


def with_reference(
    cells: Cells, reference: Any, *, key: Key, value: str | tuple[str, str]
) -> tuple[ir.Table, bool]:
    """As `with_margins`, but the totals of the `key`, and of the whole, are those of a reference.

    The second answer is whether anything may be withheld, in the table or in the reference.

    Raises
    ------
    InputRefused
        If the reference cannot be read, or lacks a region or an industry of the table.
    """
    cells, compared = read_reference(cells, reference, key=key, value=value)
    own = cell_columns(cells.table, withheld=cells.withheld)
    other: Key = "industry" if key == "region" else "region"
    return add_whole(add_margin(add_margin(own, own, other), compared, key), compared), cells.withheld


def read_reference(
    cells: Cells, reference: Any, *, key: Key, value: str | tuple[str, str]
) -> tuple[Cells, ir.Table]:
    """The totals of a reference, in the columns of `cell_columns`, and the cells marked as it requires.

    A code written in two ways (``06`` and ``6``) would pass for an industry that the nation does not have,
    so a reference that lacks a key of the table is refused.

    Raises
    ------
    InputRefused
        If the reference cannot be read, or lacks a region or an industry of the table.
    """
    column = cells.region if key == "region" else cells.industry
    found, withheld = read_totals(reference, key=column, value=value)
    found = found.rename({key: "key"})
    if found[key].type().is_string() != cells.table[key].type().is_string():
        raise InputRefused(
            "different_types", column=column, table=cells.table[key].type(), reference=found[key].type()
        )
    lacking = cells.table.select(key).distinct().anti_join(found, key).order_by(key).limit(QUOTED)
    missing = lacking.to_pyarrow().column(key).to_pylist()
    if missing:
        problems = [Problem("not_in_reference", "reference", field=column, value=str(one)) for one in missing]
        raise InputRefused("table_refused", count=len(problems), problems=problems)
    withheld = withheld or cells.withheld
    return dataclasses.replace(cells, withheld=withheld), cell_columns(found, withheld=withheld)


def cell_columns(table: ir.Table, *, withheld: bool) -> ir.Table:
    """Cells, or totals, with the columns that sums are made of; no bounds where nothing is withheld."""
    return bounds_columns(table) if withheld else table.drop("low", "high")


def totals(table: ir.Table, *keys: str) -> ir.Table:
    """The sums of a table by its keys, or of the whole of it."""
    sums = {name: table[name].sum() for name in _SUMMED if name in table.columns}
    return table.group_by(*keys).aggregate(**sums) if keys else table.aggregate(**sums)


def add_margin(table: ir.Table, cells: ir.Table, key: str) -> ir.Table:
    """A table with the sums of `cells` by a key, after the name of the key.

    They are joined, not windowed: a window over the whole would run on one worker of a cluster.
    """
    found = totals(cells, key)
    return table.join(found.rename({f"{key}_{name}": name for name in found.columns if name != key}), key)


def add_whole(table: ir.Table, cells: ir.Table) -> ir.Table:
    """A table with the sums of all `cells`, after ``all_``."""
    return table.cross_join(totals(cells).rename("all_{name}"))
