"""Files of a register, read as text whatever their form: CSV, TSV, gzip, zip, Parquet, any encoding.

Every column stays text until it is needed: a code such as ``0111`` keeps its zero, and a bad cell can be
quoted as it was printed. The plain case, UTF-8 text or Parquet, is read by the table engine alone; other
text is copied once into UTF-8.
"""

import codecs
import csv
import gzip
import itertools
import shutil
import tempfile
import zipfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import duckdb
import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from grappe.agglomeration.register_suffixes import PARQUET_SUFFIXES, TEXT_SUFFIXES
from grappe.domain.errors import InputRefused, Problem

DELIMITERS = (",", ";", "\t", "|")
QUOTED = 20
"""Bad rows quoted in a message; their number is always given in full."""

_BLOCK = 1 << 20
_LONGEST_LINE = 16_000_000
_SHOWN = 120
"""Letters of a broken line quoted in a message."""
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_WESTERN = "cp1252"
"""Encoding of text that is not Unicode: Windows-1252, of which Latin-1 is a part for printed letters."""


@dataclass(frozen=True, slots=True)
class RegisterFile:
    """A register opened for reading.

    `table` is lazy and all text, but for the columns of a Parquet file, which keep their types.
    `strange` lists the lines of a text file that are written in another encoding than the rest.
    """

    path: Path
    table: ir.Table
    text: "TextFile | None" = None
    strange: tuple[Problem, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns, those inside a structure as ``outer.inner``."""
        return tuple(_flat(self.table.schema()))

    def column(self, name: str) -> ir.Column:
        """A column by its name, ``outer.inner`` for one inside a structure."""
        if name in self.table.columns:
            return self.table[name]
        outer, _, inner = name.partition(".")
        return self.table[outer][inner]

    def read(self, columns: Mapping[str, ir.Value], keep: ir.BooleanValue | None = None) -> "Read":
        """Rows of the file: the named expressions over its columns, of the rows to keep.

        Parameters
        ----------
        columns : mapping of str to expression
            What to read, by the name it is to have.
        keep : expression, optional
            Rows for which it is false or unknown are left out, and counted.

        Raises
        ------
        InputRefused
            If the file turns out to be no table after all.
        """
        try:
            return self._read(columns, keep)
        except duckdb.Error as error:
            reason = str(error).split("\n", 1)[0]
            raise InputRefused("unreadable_file", path=self.path, reason=reason) from error

    def _read(self, columns: Mapping[str, ir.Value], keep: ir.BooleanValue | None) -> "Read":
        if keep is None:
            rows = self.table.select(**columns).to_pyarrow()
            position = np.arange(rows.num_rows)
        else:
            marked = self.table.select(
                **columns, grappe_keep=keep.fill_null(False), grappe_row=ibis.row_number()
            )
            rows = marked.filter(marked.grappe_keep).drop("grappe_keep").to_pyarrow()
            position = rows["grappe_row"].to_numpy()
            rows = rows.drop_columns(["grappe_row"])
        left_out = 0 if keep is None else int(self.table.count().to_pyarrow().as_py()) - rows.num_rows
        ragged = self.text.ragged(self.path) if self.text else []
        return Read(rows, position, (*self.strange, *ragged), left_out)

    def originals(self, lines: Collection[int]) -> dict[int, list[Any]]:
        """Cells of some rows as they stand in the file, by the place that `line_numbers` gives."""
        if not lines:
            return {}
        if self.text is not None:
            return self.text.originals(lines, self.path)
        numbered = self.table.mutate(grappe_row=ibis.row_number())
        rows = (
            numbered.filter(numbered.grappe_row.isin([line - 1 for line in lines])).to_pyarrow().to_pylist()
        )
        return {int(row.pop("grappe_row")) + 1: list(row.values()) for row in rows}

    def line_numbers(self, positions: Sequence[int]) -> list[int]:
        """Where rows stand in the file: lines of text, the header being the first; else rows from 1.

        Parameters
        ----------
        positions : sequence of int
            Positions of rows in `table`, from 0, in increasing order.
        """
        if self.text is None:
            return [position + 1 for position in positions]
        return self.text.line_numbers(positions, self.path)


@dataclass(frozen=True, slots=True)
class Read:
    """Rows read of a file.

    `position` is where each stands among the rows of the file, from 0. `problems` are the lines that
    could not be read as rows at all, `left_out` the number of rows that were not to be kept.
    """

    rows: pa.Table
    position: NDArray[np.int64]
    problems: tuple[Problem, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class TextFile:
    """How a text file is read: the file or its copy in UTF-8, its separator, the line of its header.

    `rejects` is the table in which the engine notes the lines that are no rows, once they are read.
    """

    source: Path
    encoding: str
    delimiter: str
    first: int
    width: int
    rejects: ir.Table | None = None

    def ragged(self, path: Path) -> list[Problem]:
        """Lines with more or fewer cells than the header, or broken quotes, met in the last reading."""
        if self.rejects is None:
            return []
        positions = {int(r["line_byte_position"]) - 1: r["csv_line"] for r in self._rejected()}
        lines = _lines_at(self.source, sorted(positions))
        found = []
        for position in sorted(positions):
            text = str(positions[position] or "").rstrip("\r\n")
            shown = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
            width = self._width(text)
            if width == self.width:
                found.append(Problem("bad_quotes", path.name, line=lines[position], value=shown))
                continue
            params = {"found": str(width), "expected": str(self.width)}
            found.append(Problem("bad_row", path.name, line=lines[position], value=shown, params=params))
        return found

    def line_numbers(self, positions: Sequence[int], path: Path) -> list[int]:
        """Lines on which rows begin, by their position among the rows the engine accepts."""
        wanted, found = set(positions), []
        refused = {one.line for one in self.ragged(path)}
        starts = (line for line in self._starts() if line not in refused)
        for position, line in enumerate(starts):
            if position in wanted:
                found.append(line)
                if len(found) == len(wanted):
                    break
        return found

    def originals(self, lines: Collection[int], path: Path) -> dict[int, list[Any]]:
        """Cells of the rows that begin on some lines, as far as they can be parted into cells."""
        wanted = set(lines)
        found: dict[int, list[Any]] = {}
        for begins, row in self._rows():
            if begins in wanted:
                found[begins] = row
        lost = wanted - found.keys()
        if lost:
            # Lines of another encoding, left blank in the copy.
            with _open(path) as stream:
                for number, raw in enumerate(stream, 1):
                    if number in lost:
                        text = raw.decode("utf-8") if _decodes(raw) else raw.decode(_WESTERN, "replace")
                        found[number] = next(csv.reader([text], delimiter=self.delimiter), [])
        return found

    def _rejected(self) -> list[dict[str, Any]]:
        assert self.rejects is not None
        rows: list[dict[str, Any]] = self.rejects.to_pyarrow().to_pylist()
        return rows

    def _width(self, text: str) -> int:
        try:
            return len(next(csv.reader([text], delimiter=self.delimiter), []))
        except csv.Error:
            return 0

    def _starts(self) -> Iterator[int]:
        return (line for line, _ in self._rows())

    def _rows(self) -> Iterator[tuple[int, list[str]]]:
        """Rows with the line on which each begins, blank lines and header left out."""
        reader = csv.reader(_text(self.source), delimiter=self.delimiter)
        begins, header = 1, True
        for row in reader:
            if row and begins >= self.first:
                if not header:
                    yield begins, row
                header = False
            begins = reader.line_num + 1


@contextmanager
def open_register(path: Path, *, engine: Any = None) -> Iterator[RegisterFile]:
    """Open a register: a text file (comma, semicolon, tab), a Parquet file or a folder of them.

    Encoding and separator are found out: UTF-8 with or without a mark, UTF-16 with one, else
    Windows-1252. A file in which some lines are UTF-8 and others are not keeps the encoding of most of
    its lines, and the others are listed among the problems.

    Parameters
    ----------
    path : Path
        ``.csv``, ``.tsv``, ``.txt``, these in ``.gz`` or ``.zip``, ``.parquet``, or a folder of Parquet.
    engine : Ibis backend, optional
        Where the table is to be computed; DuckDB by default.

    Yields
    ------
    RegisterFile
        Valid until the block is left: a copy in UTF-8, where one was needed, is then removed.

    Raises
    ------
    InputRefused
        If there is no such file, it cannot be opened, is empty, has no header, or is not what its name
        says.
    """
    engine = engine or ibis.get_backend()
    if not path.exists():
        raise InputRefused("no_such_file", path=path)
    if path.is_dir() or path.name.casefold().endswith(PARQUET_SUFFIXES):
        yield _open_parquet(path, engine)
        return
    if not path.name.casefold().endswith(TEXT_SUFFIXES):
        raise InputRefused("unknown_format", path=path, accepted=".csv, .tsv, .txt, .gz, .zip, .parquet")
    with tempfile.TemporaryDirectory(prefix="grappe-") as folder:
        yield _open_text(path, engine, Path(folder))


def _open_parquet(path: Path, engine: Any) -> RegisterFile:
    import pyarrow.parquet as pq

    files = sorted(path.rglob("*.parquet")) if path.is_dir() else [path]
    if not files:
        raise InputRefused("no_such_file", path=path / "*.parquet")
    try:
        pq.ParquetFile(files[0]).close()
        if path.is_dir():
            place = path if engine.name == "pyspark" else path / "**" / "*.parquet"
            options = {} if engine.name == "pyspark" else {"hive_partitioning": True}
        else:
            place, options = path, {}
        table = engine.read_parquet(str(place), **options)
    except pa.ArrowInvalid as error:
        raise InputRefused("not_parquet", path=files[0]) from error
    except OSError as error:
        raise InputRefused("unreadable_file", path=path, reason=error.strerror or error) from error
    return RegisterFile(path, table)


def _open_text(path: Path, engine: Any, folder: Path) -> RegisterFile:
    try:
        encoding, strange = _encoding(path)
        source = path
        if encoding != "utf-8" or strange or _member_suffix(path) == ".zip":
            source = folder / "register.csv"
            _copy(path, source, encoding, strange)
        header, delimiter, first = _header(source, path)
    except (OSError, EOFError, zipfile.BadZipFile) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputRefused("unreadable_file", path=path, reason=reason) from error
    except csv.Error as error:
        problem = Problem("bad_csv", path.name, line=1, params={"reason": str(error)})
        raise InputRefused("file_refused", path=path, problems=[problem]) from error
    if header is None:
        raise InputRefused("file_refused", path=path, problems=[Problem("empty_file", path.name)])
    _check_header(path, header)
    names = _distinct(header)
    said = "UTF-8" if encoding == "utf-8" else "Windows-1252"
    problems = tuple(
        Problem("mixed_encodings", path.name, line=line, params={"encoding": said})
        for line in sorted(strange)
    )
    if engine.name == "pyspark":
        table = engine.read_csv(
            str(source), header=True, sep=delimiter, quote='"', escape='"', multiLine=True, inferSchema=False
        )
        table = table.rename(dict(zip(names, table.columns, strict=True)))
        rejects = None
    else:
        try:
            table, rejects = _scan(engine, source, names, delimiter, first)
        except duckdb.Error as error:
            reason = str(error).split("\n", 1)[0]
            raise InputRefused("unreadable_file", path=path, reason=reason) from error
    text = TextFile(source, encoding, delimiter, first, len(names), rejects)
    return RegisterFile(path, table, text, problems)


def _scan(
    engine: Any, source: Path, names: list[str], delimiter: str, first: int
) -> tuple[ir.Table, ir.Table]:
    """All rows as text, and the table in which the lines that are no rows are noted."""
    bad = f"grappe_rejects_{next(_SCANS)}"
    table = engine.read_csv(
        str(source), auto_detect=False, columns=dict.fromkeys(names, "VARCHAR"), delim=delimiter, quote='"',
        escape='"', header=True, skip=first - 1, nullstr="", max_line_size=_LONGEST_LINE,
        store_rejects=True, rejects_table=bad, rejects_scan=f"{bad}_scan", rejects_limit=0,
    )  # fmt: skip
    # The engine makes the table of rejects at the first reading.
    table.limit(1).to_pyarrow()
    return table, engine.table(bad).select("line_byte_position", "csv_line").distinct()


_SCANS = itertools.count(1)
"""Numbers the tables of rejects: an engine keeps them by name."""


def _lines_at(source: Path, positions: list[int]) -> dict[int, int]:
    """Line numbers, from 1, of positions in bytes."""
    found: dict[int, int] = {}
    if not positions:
        return found
    seen, line, waiting = 0, 1, iter(positions)
    wanted: int | None = next(waiting)
    with _open(source) as stream:
        while wanted is not None and (block := stream.read(_BLOCK)):
            at = 0
            while wanted is not None and wanted <= seen + len(block):
                line += block.count(b"\n", at, wanted - seen)
                at = wanted - seen
                found[wanted] = line
                wanted = next(waiting, None)
            line += block.count(b"\n", at)
            seen += len(block)
    return found


def _member_suffix(path: Path) -> str:
    return path.suffix.casefold()


@contextmanager
def _open(path: Path) -> Iterator[IO[bytes]]:
    """The bytes of a text file, taken out of its gzip or zip."""
    match _member_suffix(path):
        case ".gz":
            with gzip.open(path, "rb") as stream:
                yield stream  # type: ignore[misc]
        case ".zip":
            with zipfile.ZipFile(path) as archive:
                names = [n for n in archive.namelist() if n.casefold().endswith((".csv", ".tsv", ".txt"))]
                if len(names) != 1:
                    raise InputRefused(
                        "several_in_zip", path=path, found=", ".join(archive.namelist()[:QUOTED])
                    )
                with archive.open(names[0]) as stream:
                    yield stream
        case _:
            with path.open("rb") as stream:
                yield stream


def _encoding(path: Path) -> tuple[str, frozenset[int]]:
    """Encoding of a text file, and the lines written in another one.

    A file that is UTF-8 throughout is settled by one fast pass; only another one is looked at by line.
    """
    with _open(path) as stream:
        start = stream.read(4)
    for mark, name in _MARKS.items():
        if start.startswith(mark):
            return name, frozenset()
    if len(start) == 4 and start[1] == 0 and start[3] == 0 and start[0]:
        return "utf-16-le", frozenset()
    if _is_utf8(path):
        return "utf-8", frozenset()
    unicode_lines: list[int] = []
    other: list[int] = []
    with _open(path) as stream:
        for number, line in enumerate(stream, 1):
            if line.isascii():
                continue
            (unicode_lines if _decodes(line) else other).append(number)
    if len(unicode_lines) >= len(other):
        return "utf-8", frozenset(other)
    return _WESTERN, frozenset(unicode_lines)


def _decodes(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with _open(path) as stream:
        try:
            while block := stream.read(_BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _copy(path: Path, target: Path, encoding: str, strange: frozenset[int]) -> None:
    """Copy a text file into UTF-8, strange lines left blank so that the others keep their numbers."""
    with _open(path) as stream, target.open("wb") as copy:
        if not strange:
            if encoding in ("utf-8", "utf-8-sig"):
                stream.read(3 if encoding == "utf-8-sig" else 0)
                shutil.copyfileobj(stream, copy, _BLOCK)
                return
            decoder = codecs.getincrementaldecoder(encoding)("replace")
            while block := stream.read(_BLOCK):
                copy.write(decoder.decode(block).encode("utf-8"))
            copy.write(decoder.decode(b"", final=True).encode("utf-8"))
            return
        for number, line in enumerate(stream, 1):
            copy.write(b"\n" if number in strange else line.decode(encoding, "replace").encode("utf-8"))


def _text(source: Path) -> Iterator[str]:
    with _open(source) as stream:
        yield from codecs.iterdecode(stream, "utf-8", "replace")


def _header(source: Path, path: Path) -> tuple[list[str] | None, str, int]:
    """Names of the columns, the separator, and the line the header stands on."""
    lines = _text(source)
    first, text = 1, next(lines, "")
    # A spreadsheet writes its separator on a line of its own before the header.
    if text.casefold().startswith("sep=") and len(text.strip()) == 5:
        first, text = 2, next(lines, "")
    while text and not text.strip():
        first, text = first + 1, next(lines, "")
    if not text.strip():
        return None, ",", first
    if "\0" in text:
        raise InputRefused("not_text", path=path)
    bare = "".join(text.split('"')[::2])
    delimiter = max(DELIMITERS, key=bare.count)
    header = next(csv.reader(itertools.chain([text], lines), delimiter=delimiter))
    return [name.strip() for name in header], delimiter, first


def _check_header(path: Path, header: list[str]) -> None:
    """Refuse a file whose first line is a row of data."""
    numbers = [name for name in header if name.replace(".", "").replace(",", "").replace("-", "").isdigit()]
    if len(numbers) * 2 > len(header):
        shown = ", ".join(header[:QUOTED])
        raise InputRefused(
            "file_refused", path=path, problems=[Problem("no_header", path.name, line=1, value=shown)]
        )


def _distinct(header: list[str]) -> list[str]:
    """Names of columns made different from one another: a repeated one is numbered, a blank one named."""
    seen: set[str] = set()
    names = []
    for position, name in enumerate(header, 1):
        name = chosen = name or f"column_{position}"
        number = 1
        while chosen.casefold() in seen:
            number += 1
            chosen = f"{name}_{number}"
        seen.add(chosen.casefold())
        names.append(chosen)
    return names


def _flat(schema: Any) -> Iterator[str]:
    for name, kind in schema.items():
        yield name
        if kind.is_struct():
            yield from (f"{name}.{inner}" for inner in kind.names)
