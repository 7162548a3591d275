"""Files written whole or not at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from grappe.domain.errors import BadChoice, Refused

if TYPE_CHECKING:
    import pyarrow as pa


def check_suffix(path: Path, accepted: tuple[str, ...], option: str = "--out") -> str:
    """The suffix of a file to write, in small letters.

    Raises
    ------
    BadChoice
        If it is none of those accepted.
    """
    suffix = path.suffix.casefold()
    if suffix not in accepted:
        raise BadChoice("bad_suffix", name=option, value=path.name, accepted=", ".join(accepted))
    return suffix


def check_writable(path: Path) -> None:
    """Refuse a place that cannot be written, before anything is computed for it.

    Raises
    ------
    Refused
        If the folder is missing or closed, or the path is a folder.
    """
    folder = path.absolute().parent
    if not folder.is_dir():
        raise Refused("missing_folder", path=folder)
    if path.is_dir() or not os.access(path if path.exists() else folder, os.W_OK):
        raise Refused("not_writable", path=path)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A place to write to, which becomes `path` when the block ends well and vanishes when it does not.

    Raises
    ------
    Refused
        If it cannot be written; what stood at `path` is then as before.
    """
    folder = path.absolute().parent
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.stem}-", suffix=path.suffix, dir=folder)
        os.close(handle)
    except OSError as error:
        raise Refused("not_writable", path=path) from error
    unfinished = Path(name)
    try:
        yield unfinished
        # A temporary file is its owner's alone; a result has the rights of any new file.
        unfinished.chmod(0o666 & ~_umask())
        unfinished.replace(path)
    except OSError as error:
        raise Refused("not_writable", path=path) from error
    finally:
        unfinished.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def write_table(table: "pa.Table", path: Path) -> None:
    """Write a table as the suffix of the file says, .csv or .parquet, whole or not at all.

    Raises
    ------
    Refused
        If it cannot be written.
    """
    import pyarrow.csv
    import pyarrow.parquet

    with replacing(path) as unfinished:
        if path.suffix.casefold() == ".csv":
            pyarrow.csv.write_csv(table, unfinished)
        else:
            pyarrow.parquet.write_table(table, unfinished)
