"""Registers on the command line: options that name a file and its columns, and the reading of both."""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from grappe.cli.writing import check_writable, replacing
from grappe.domain.errors import BadChoice, InputRefused, Problem
from grappe.present.registers import chosen_words, left_out_words, set_aside_words, unweighted_words

if TYPE_CHECKING:
    from grappe.agglomeration.register_files import RegisterFile
    from grappe.agglomeration.register_rows import CellRegister, PointRegister
    from grappe.agglomeration.registers import Preset

Command = TypeVar("Command", bound=Callable[..., Any])
POINT_ROLES = ("lon", "lat", "x", "y", "industry", "weight")
"""What the columns of a register of establishments may be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the options say of a register: the file, its columns by role, rows to keep, bad rows."""

    path: Path
    columns: Mapping[str, str | None]
    preset: str | None
    where: Mapping[str, tuple[str, ...]]
    skip_bad_rows: bool
    rejected: Path | None
    language: str
    unit: str = "km"
    box: tuple[float, float, float, float] | None = None
    coverage: str | None = None
    quiet: bool = False

    def say(self, words: str) -> None:
        """Tell people on the side, so that the answer itself can be piped."""
        if words and not self.quiet:
            click.echo(words, err=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is known of a register once it is read: columns used, rows, coverage."""

    columns: Mapping[str, str]
    rows: int
    set_aside: int
    left_out: int
    coverage: str | None
    rejected: Path | None = None
    plain: dict[str, Any] = field(default_factory=dict)


def register_options(command: Command) -> Command:
    """Add the options that every command on a register has."""
    for add in (
        click.option("--json", "json_", is_flag=True, help="JSON instead of a table."),
        click.option(
            "--rejected", metavar="FILE", type=click.Path(path_type=Path),
            help="Where to write the rows set aside; by default <file>.rejected.csv.",
        ),
        click.option(
            "--skip-bad-rows", is_flag=True, help="Set bad rows aside in a file and go on."
        ),
        click.option(
            "--where", multiple=True, metavar="COLUMN=VALUE[,VALUE…]",
            help="Keep the rows whose column holds one of the values; may be repeated.",
        ),
        click.option("--preset", metavar="NAME", help="Register: cbp, denue, overture, qcew, sirene."),
    ):  # fmt: skip
        command = add(command)
    return command


def point_options(command: Command) -> Command:
    """Add the options of a register of establishments with coordinates."""
    for add in (
        register_options,
        click.option("--coverage", metavar="TEXT", help="What the register holds; printed with the result."),
        click.option(
            "--box", metavar="W,S,E,N", help="Where the register lies, in degrees; rows outside are bad rows."
        ),
        click.option(
            "--unit", type=click.Choice(["km", "m"]), help="Unit of --x and --y; kilometres by default."
        ),
        click.option("--weight", metavar="COLUMN", help="Weight, such as jobs; else each counts as one."),
        click.option("--industry", metavar="COLUMN", help="Industry of an establishment."),
        click.option("--y", metavar="COLUMN", help="Northing on a plane."),
        click.option("--x", metavar="COLUMN", help="Easting on a plane, in the place of --lon and --lat."),
        click.option("--lat", metavar="COLUMN", help="Latitude, in degrees."),
        click.option("--lon", metavar="COLUMN", help="Longitude, in degrees."),
    ):
        command = add(command)
    return command


def asked(path: Path, options: dict[str, Any], roles: Sequence[str], language: str) -> Asked:
    """The options of a register, taken out of those of a command and checked.

    Raises
    ------
    BadChoice
        If a condition or a box is not written as it must be.
    Refused
        If the file of rejected rows cannot be written.
    """
    columns = {role: options.pop(role, None) for role in roles}
    rejected = options.pop("rejected")
    skip = options.pop("skip_bad_rows")
    if skip:
        check_writable(rejected or _beside(path))
    return Asked(
        path=path, columns=columns, preset=options.pop("preset"), where=conditions(options.pop("where")),
        skip_bad_rows=skip, rejected=rejected, language=language,
        unit=options.pop("unit", None) or "", box=_box(options.pop("box", None)),
        coverage=options.pop("coverage", None), quiet=options["json_"],
    )  # fmt: skip


def read_establishments(want: Asked) -> tuple["PointRegister", Told]:
    """Establishments of a register, its bad rows refused or set aside in a file.

    Raises
    ------
    InputRefused
        If the file, a column or a row is refused; the message says where and why.
    """
    from grappe.agglomeration.register_columns import choose_columns, guess
    from grappe.agglomeration.register_files import open_register
    from grappe.agglomeration.register_rows import read_point_register

    with open_register(want.path) as file:
        known = _preset(want)
        axes = _axes(file.columns, want, known)
        chosen = choose_columns(
            file.columns, [*axes, "industry"], want.columns,
            known=known.columns if known else None, named_only=["weight"],
        )  # fmt: skip
        want.say(chosen_words(chosen.columns, chosen.guessed, want.language))
        if "weight" not in chosen.columns:
            want.say(unweighted_words(guess(file.columns, "weight"), want.language))
        where = _where(file, want, known)
        unit: Any = want.unit or (known.unit if known and "x" in chosen.guessed else "km")
        read = read_point_register(
            file, chosen.columns, preset=known, where=where, unit=unit,
            box=want.box or (known.box if known else None),
        )  # fmt: skip
        return read, _told(file, read, chosen.columns, want, known)


def register_plain(told: Told, path: Path, out: Path | None) -> dict[str, Any]:
    """What the JSON of every command on a register begins with."""
    return {
        "file": str(path), "out": None if out is None else str(out), "columns": dict(told.columns),
        "rows": told.rows, "set_aside": told.set_aside,
        "rejected": None if told.rejected is None else str(told.rejected), "left_out": told.left_out,
        "coverage": told.coverage, "informal_units": False,
    }  # fmt: skip


@contextmanager
def read_cells(want: Asked, engine: Any = None) -> Iterator[tuple["CellRegister", Told]]:
    """Counts per region and industry of a register, its bad rows refused or set aside in a file.

    With an engine, the counts are computed in it when they are asked for, within the block.

    Raises
    ------
    InputRefused
        If the file, a column or a row is refused; the message says where and why.
    """
    from grappe.agglomeration.register_columns import choose_columns
    from grappe.agglomeration.register_files import open_register
    from grappe.agglomeration.register_rows import read_cell_register

    with open_register(want.path, engine=engine) as file:
        known = _preset(want)
        chosen = choose_columns(
            file.columns, ["region", "industry"], want.columns,
            known=known.columns if known else None, optional=["value"],
        )  # fmt: skip
        want.say(chosen_words(chosen.columns, chosen.guessed, want.language))
        if "value" not in chosen.columns:
            want.say(unweighted_words(None, want.language))
        where = _where(file, want, known)
        read = read_cell_register(file, chosen.columns, preset=known, where=where, lazily=engine is not None)
        yield read, _told(file, read, chosen.columns, want, known)


def _preset(want: Asked) -> "Preset | None":
    from grappe.agglomeration.registers import preset

    return preset(want.preset) if want.preset else None


def _axes(present: Sequence[str], want: Asked, known: "Preset | None") -> tuple[str, str]:
    """Whether places are degrees or on a plane: as named, else as the columns there are."""
    from grappe.agglomeration.register_columns import choose_columns

    if want.columns.get("x") or want.columns.get("y"):
        return "x", "y"
    if want.columns.get("lon") or want.columns.get("lat"):
        return "lon", "lat"
    names = known.columns if known else None
    for axes in (("lon", "lat"), ("x", "y")):
        try:
            choose_columns(present, axes, {}, known=names)
        except InputRefused:
            continue
        return axes
    return "lon", "lat"


def _where(file: "RegisterFile", want: Asked, known: "Preset | None") -> dict[str, tuple[str, ...]]:
    """Conditions with columns as the file writes them; a level that has to be chosen is asked for."""
    from grappe.agglomeration.register_columns import named
    from grappe.agglomeration.register_rows import choices

    where = {named(file.columns, column, "where"): values for column, values in want.where.items()}
    level = known.choose if known else None
    if level is not None and level in file.columns and level not in where:
        found = choices(file, level)
        if len(found) > 1:
            values = ", ".join(f"{value} ({rows:,})" for value, rows in found)
            raise InputRefused("choose_level", column=level, values=values, first=found[0][0])
    return where


def _told(
    file: "RegisterFile",
    read: "PointRegister | CellRegister",
    columns: Mapping[str, str],
    want: Asked,
    known: "Preset | None",
) -> Told:
    """What to tell of the rows: those left out, those set aside, which stop the command unless skipped."""
    want.say(left_out_words(read.left_out, want.language))
    rejected = None
    if read.problems:
        if not want.skip_bad_rows:
            from grappe.agglomeration.register_files import QUOTED

            raise InputRefused(
                "rows_refused", file=file.path, count=len(read.problems), problems=read.problems[:QUOTED]
            )
        rejected = want.rejected or _beside(want.path)
        _write_rejected(file, read.problems, rejected, want.language)
        want.say(set_aside_words(len(read.problems), read.rows, rejected, want.language))
    coverage = want.coverage or (known.coverage[want.language] if known else None)
    return Told(
        columns=dict(columns), rows=read.rows, set_aside=len(read.problems), left_out=read.left_out,
        coverage=coverage, rejected=rejected,
    )  # fmt: skip


def _write_rejected(file: "RegisterFile", problems: Sequence[Problem], path: Path, language: str) -> None:
    """Write the rows set aside, each with its reason before its own cells."""
    from grappe.present.problems import reason_words

    lines = {problem.line for problem in problems if problem.line is not None}
    rows = file.originals(lines)
    with replacing(path) as unfinished, unfinished.open("w", encoding="utf-8", newline="") as stream:
        write = csv.writer(stream)
        write.writerow(["grappe_row", "grappe_column", "grappe_value", "grappe_reason", *file.columns])
        for problem in problems:
            cells = rows.get(problem.line or 0, [])
            reason = reason_words(problem, language)
            write.writerow([problem.line, problem.field or "", problem.value or "", reason, *cells])


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.rejected.csv")


def conditions(written: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Conditions on rows as options write them.

    Raises
    ------
    BadChoice
        If one is not written as it must be.
    """
    found = {}
    for one in written:
        column, mark, values = one.partition("=")
        if not mark or not column.strip():
            raise BadChoice("bad_condition", value=one)
        found[column.strip()] = tuple(value.strip() for value in values.split(","))
    return found


def _box(written: str | None) -> tuple[float, float, float, float] | None:
    if written is None:
        return None
    try:
        west, south, east, north = (float(one) for one in written.split(","))
    except ValueError:
        raise BadChoice("bad_box", value=written) from None
    if west >= east or south >= north:
        raise BadChoice("bad_box", value=written)
    return west, south, east, north
