"""A register that somebody uploaded: its establishments, its bad rows, its rows by concentration."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from grappe.agglomeration.activities import concordance_of
from grappe.agglomeration.register_columns import choose_columns
from grappe.agglomeration.register_files import QUOTED, open_register
from grappe.agglomeration.register_rows import PointRegister, read_point_register
from grappe.agglomeration.upload_limits import LIMITS, Limits, check_expanded, check_shape
from grappe.domain.errors import InputRefused


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A register read: its points and bad rows, and the column taken for each role."""

    register: PointRegister
    columns: Mapping[str, str]


def read_uploaded(
    path: Path,
    columns: Mapping[str, str | None],
    *,
    skip_bad_rows: bool,
    unit: Literal["km", "m"] = "km",
    limits: Limits = LIMITS,
) -> Uploaded:
    """Read a register that somebody uploaded, within bounds.

    Parameters
    ----------
    path : Path
        The file, under a suffix that says how it is read.
    columns : mapping of role to name
        Columns of ``lon``, ``lat``, ``x``, ``y``, ``industry``, ``weight``; those left out are guessed, the
        weight excepted.
    skip_bad_rows : bool
        Set bad rows aside; else any refuses the file.
    unit : {"km", "m"}
        Unit of `x` and `y`.
    limits : Limits
        Bounds of the file.

    Raises
    ------
    InputRefused
        If it is beyond its bounds, is no table, has no such columns, or has bad rows.
    """
    check_expanded(path, limits)
    planar = bool(columns.get("x") or columns.get("y"))
    axes = ("x", "y") if planar else ("lon", "lat")
    with open_register(path) as file:
        rows = int(file.table.count().to_pyarrow().as_py())
        check_shape(rows, len(file.columns), path.name, limits)
        chosen = choose_columns(file.columns, [*axes, "industry"], columns, named_only=["weight"])
        read = read_point_register(file, chosen.columns, unit=unit)
        if read.problems and not skip_bad_rows:
            raise InputRefused(
                "rows_refused", file=path.name, count=len(read.problems), problems=read.problems[:QUOTED]
            )
    return Uploaded(read, dict(chosen.columns))


def firm_rows(path: Path, rows: Mapping[str, Any]) -> Iterator[list[Any]]:
    """Rows of a register inside concentrations, under a header: name of the concentration, line, own cells.

    Parameters
    ----------
    path : Path
        The register.
    rows : mapping of str to array of int
        Rows, counted from 1, by the name of their concentration.
    """
    with open_register(path) as file:
        places = sorted({int(one) - 1 for own in rows.values() for one in own})
        lines = dict(zip(places, file.line_numbers(places), strict=True))
        cells = file.originals(set(lines.values()))
        yield ["grappe_concentration", "grappe_row", *file.columns]
        for name, own in rows.items():
            for place in sorted(int(one) - 1 for one in own):
                yield [name, lines[place], *cells.get(lines[place], [])]


def read_concordance(path: Path) -> dict[str, tuple[str, ...]]:
    """Codes of a register with their ISIC codes, from a CSV file with a header and two columns.

    Raises
    ------
    InputRefused
        If the file is missing, or a row has no ISIC code.
    """
    with open_register(path) as file:
        if len(file.columns) < 2:
            raise InputRefused("bad_concordance", path=path.name, line=1)
        code, isic = file.columns[:2]
        rows = file.table.select(code=file.column(code), isic=file.column(isic)).to_pyarrow().to_pylist()
    return concordance_of(((row["code"], row["isic"]) for row in rows), path.name)
