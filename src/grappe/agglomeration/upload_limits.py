"""How large a file from a stranger may be, and what it may turn into: looked at before anything is read."""

import gzip
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from grappe.agglomeration.register_suffixes import PARQUET_SUFFIXES, TEXT_SUFFIXES
from grappe.domain.errors import InputRefused

MEGABYTE = 1 << 20
ACCEPTED = (*TEXT_SUFFIXES, *PARQUET_SUFFIXES)
"""Suffixes of the files that can be uploaded."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of an upload: bytes as sent and as expanded, entries of an archive, rows, columns.

    `ratio` bounds how much a file may grow when it is expanded: text of figures shrinks to a tenth, very
    regular text to a fiftieth; a bomb to a thousandth.
    """

    sent: int = 256 * MEGABYTE
    expanded: int = 2048 * MEGABYTE
    ratio: float = 200.0
    entries: int = 20
    rows: int = 5_000_000
    columns: int = 500


LIMITS = Limits()


class _Stream(Protocol):
    def read(self, size: int, /) -> bytes: ...


def suffix_of(name: str) -> str:
    """The suffix by which a file is read, the longest that is known.

    Raises
    ------
    InputRefused
        If there is none that can be read.

    Examples
    --------
    >>> suffix_of("firms.CSV.gz")
    '.csv.gz'
    """
    found = [one for one in ACCEPTED if name.casefold().endswith(one)]
    if not found:
        raise InputRefused("unknown_format", path=name, accepted=", ".join(ACCEPTED))
    return max(found, key=len)


def check_sent(size: int, name: str, limits: Limits = LIMITS) -> None:
    """Refuse a file that is empty or larger than may be sent.

    Raises
    ------
    InputRefused
        With the size and the bound.
    """
    if not size:
        raise InputRefused("upload_empty", name=name)
    if size > limits.sent:
        raise InputRefused("upload_too_large", name=name, most=limits.sent // MEGABYTE)


def check_expanded(path: Path, limits: Limits = LIMITS) -> None:
    """Refuse a file that grows beyond its bounds when it is expanded; it is read through and not kept.

    What an archive says of its sizes is not believed: the bytes are counted.

    Raises
    ------
    InputRefused
        ``too_many_entries``, ``upload_bomb``; ``unreadable_file`` if the archive is broken.
    """
    name = path.name.casefold()
    try:
        if name.endswith(".zip"):
            with zipfile.ZipFile(path) as archive:
                _check_archive(archive, path, limits)
        elif name.endswith(".gz"):
            with gzip.open(path) as stream:
                _count(stream, path, limits, path.stat().st_size)
        elif name.endswith(PARQUET_SUFFIXES):
            _check_parquet(path, limits)
    except (zipfile.BadZipFile, EOFError, gzip.BadGzipFile, NotImplementedError, RuntimeError) as error:
        raise InputRefused("unreadable_file", path=path.name, reason=error) from error


def check_shape(rows: int, columns: int, name: str, limits: Limits = LIMITS) -> None:
    """Refuse a table with more rows or columns than are taken.

    Raises
    ------
    InputRefused
        With what there is and the bounds.
    """
    if rows > limits.rows or columns > limits.columns:
        raise InputRefused(
            "table_too_large", name=name, rows=rows, columns=columns, most_rows=limits.rows,
            most_columns=limits.columns,
        )  # fmt: skip


def _check_archive(archive: zipfile.ZipFile, path: Path, limits: Limits) -> None:
    entries = [one for one in archive.infolist() if not one.is_dir()]
    if len(entries) > limits.entries:
        raise InputRefused("too_many_entries", name=path.name, entries=len(entries), most=limits.entries)
    sent = path.stat().st_size
    # Told sizes are enough to refuse, never enough to accept.
    if sum(one.file_size for one in entries) > min(limits.expanded, limits.ratio * sent):
        raise _bomb(path, limits)
    grown = 0
    for entry in entries:
        with archive.open(entry) as stream:
            grown = _count(stream, path, limits, sent, grown)


def _count(stream: _Stream, path: Path, limits: Limits, sent: int, grown: int = 0) -> int:
    # A small file may grow by more than the ratio without harm.
    most = min(limits.expanded, max(limits.ratio * sent, MEGABYTE))
    while block := stream.read(MEGABYTE):
        grown += len(block)
        if grown > most:
            raise _bomb(path, limits)
    return grown


def _check_parquet(path: Path, limits: Limits) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        card = pq.read_metadata(path)
    except (pa.ArrowInvalid, OSError) as error:
        raise InputRefused("not_parquet", path=path.name) from error
    check_shape(card.num_rows, card.num_columns, path.name, limits)
    if sum(card.row_group(one).total_byte_size for one in range(card.num_row_groups)) > limits.expanded:
        raise _bomb(path, limits)


def _bomb(path: Path, limits: Limits) -> InputRefused:
    most = limits.expanded // MEGABYTE
    return InputRefused("upload_bomb", name=path.name, most=most, ratio=int(limits.ratio))
