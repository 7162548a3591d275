"""A table of regions and industries as somebody brings it, with its earlier count and its establishments."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from grappe.agglomeration.register_columns import choose_columns, named
from grappe.agglomeration.register_files import QUOTED, RegisterFile, open_register
from grappe.agglomeration.register_rows import read_cell_register
from grappe.agglomeration.registers import Preset, preset
from grappe.agglomeration.upload_limits import LIMITS, Limits, check_expanded, check_shape
from grappe.domain.errors import InputRefused

Value = str | tuple[str, str]


@dataclass(frozen=True, slots=True)
class UploadedTable:
    """A table with columns ``region``, ``industry``, `value`, perhaps ``establishments``; `earlier` alike."""

    table: pd.DataFrame
    value: Value
    establishments: str | None
    earlier: pd.DataFrame | None
    earlier_value: Value
    columns: Mapping[str, str]
    rows: int
    left_out: int


def read_table(
    path: Path,
    columns: Mapping[str, str | None],
    *,
    earlier: str | None = None,
    establishments: str | None = None,
    where: Mapping[str, Sequence[str]] | None = None,
    register: str | None = None,
    limits: Limits = LIMITS,
) -> UploadedTable:
    """Read a table of regions and industries, within bounds; any bad row refuses it.

    Parameters
    ----------
    path : Path
    columns : mapping of role to name
        Columns of ``region``, ``industry``, ``value``; those left out are guessed.
    earlier, establishments : str, optional
        Columns of the count at an earlier date, and of establishments.
    where : mapping of str to sequence of str, optional
        Rows to keep.
    register : str, optional
        Name of a well-known register, see `preset_names`.
    limits : Limits
        Bounds of the file.

    Raises
    ------
    InputRefused
        If it is beyond its bounds, is no table, lacks a column, or has bad rows.
    BadChoice
        If there is no such register.
    """
    check_expanded(path, limits)
    known = preset(register) if register else None
    with open_register(path) as file:
        check_shape(int(file.table.count().to_pyarrow().as_py()), len(file.columns), path.name, limits)
        chosen = choose_columns(
            file.columns, ["region", "industry"], columns, known=known.columns if known else None,
            optional=["value"],
        )  # fmt: skip
        kept = {named(file.columns, column, "where"): values for column, values in (where or {}).items()}
        table, value, rows, left_out = _cells(file, chosen.columns, known, kept)
        before: pd.DataFrame | None = None
        before_value: Value = "value"
        if earlier is not None:
            column = named(file.columns, earlier, "value")
            before, before_value, *_ = _cells(file, {**chosen.columns, "value": column}, known, kept)
        if establishments is not None:
            column = named(file.columns, establishments, "value")
            counted, *_ = _cells(file, {**chosen.columns, "value": column}, None, kept)
            sums = counted.groupby(["region", "industry"], as_index=False)[counted.columns[-1]].sum()
            sums.columns = pd.Index(["region", "industry", "establishments"])
            table = table.merge(sums, on=["region", "industry"], how="left").fillna({"establishments": 0})
    return UploadedTable(
        table, value, "establishments" if establishments is not None else None, before, before_value,
        dict(chosen.columns), rows, left_out,
    )  # fmt: skip


def _cells(
    file: RegisterFile, columns: Mapping[str, str], known: Preset | None, where: Mapping[str, Sequence[str]]
) -> tuple[pd.DataFrame, Value, int, int]:
    read = read_cell_register(file, columns, preset=known, where=where)
    if read.problems:
        raise InputRefused(
            "rows_refused", file=file.path.name, count=len(read.problems), problems=read.problems[:QUOTED]
        )
    plain: pd.DataFrame = read.table.to_pandas()
    # One row a cell: establishments stand beside it once.
    plain = plain.groupby(["region", "industry"], as_index=False).sum()
    return plain, read.value, read.rows, read.left_out
