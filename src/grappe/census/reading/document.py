"""A document as numbered lines, whatever its form: text, Markdown, HTML, DOCX, PDF, XLSX, CSV."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from grappe.domain.errors import BadChoice, InputRefused, UnknownThing

MOST_BYTES = 50_000_000
"""Size of the largest file that is read; a study has less than one million."""
MOST_LINES = 400_000
"""Lines of the longest document; ten thousand sheets have about 150,000."""

TEXT = (".txt", ".text", ".md", ".markdown")
FORMS = (*TEXT, ".html", ".htm", ".docx", ".pdf", ".xlsx", ".csv", ".tsv")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its number from one, its text with cells parted by tabs, and how a reader finds it."""

    number: int
    text: str
    locator: str

    @property
    def cells(self) -> list[str]:
        """Cells of the line, trimmed; one where the line is no row."""
        return [cell.strip() for cell in self.text.split("\t")]


@dataclass(frozen=True, slots=True)
class Document:
    """The lines of a document, its name, form and digest; `cited_by_line` where a line number cites it."""

    name: str
    form: str
    lines: tuple[Line, ...]
    digest: str = ""
    cited_by_line: bool = True

    def text(self, number: int) -> str:
        """Text of one line, by its number from one."""
        return self.lines[number - 1].text


def document_of(texts: Sequence[str], name: str = "text", form: str = "text") -> Document:
    """A document of plain lines, cited by their number.

    >>> document_of(["one", "two"]).lines[1].locator
    'l. 2'
    """
    lines = tuple(Line(number, text, f"l. {number}") for number, text in enumerate(texts, 1))
    return Document(name, form, lines, _digest("\n".join(texts).encode()))


def located(pairs: Sequence[tuple[str, str]], name: str, form: str) -> Document:
    """A document of ``(text, locator)`` pairs, cited by locators instead of line numbers."""
    lines = tuple(Line(number, text, locator) for number, (text, locator) in enumerate(pairs, 1))
    digest = _digest("\n".join(text for text, _ in pairs).encode())
    return Document(name, form, lines, digest, cited_by_line=False)


def _digest(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=10).hexdigest()


def open_document(path: Path, encoding: str | None = None) -> Document:
    """Read a file into lines; the form follows its suffix.

    Raises
    ------
    UnknownThing
        If there is no such file.
    BadChoice
        If its suffix is none of `FORMS`.
    InputRefused
        If it is too large, damaged, in another encoding, without text, or expands beyond the limits.
    """
    if not path.is_file():
        raise UnknownThing("no_document", path=path)
    form = path.suffix.lower()
    if form not in FORMS:
        raise BadChoice("unreadable_form", path=path.name, accepted=", ".join(FORMS))
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise InputRefused("document_too_large", path=path.name, size=size, most=MOST_BYTES)
    return read_bytes(path.read_bytes(), path.name, encoding)


def read_bytes(content: bytes, name: str, encoding: str | None = None) -> Document:
    """Read the content of a file, named as it was; an uploaded file comes this way.

    Raises
    ------
    InputRefused
        As `open_document`.
    """
    from grappe.census.reading import document_html, document_office, document_pdf, document_table

    if not content.strip():
        raise InputRefused("document_empty", path=name)
    form = Path(name).suffix.lower()
    if form in TEXT:
        _check_is_text(content, name)
        document = document_of(text_lines(decoded(content, name, encoding)), name, form.lstrip("."))
    elif form in (".html", ".htm"):
        document = document_html.read_html(decoded(content, name, encoding), name)
    elif form == ".docx":
        document = document_office.read_docx(content, name)
    elif form == ".xlsx":
        document = document_office.read_xlsx(content, name)
    elif form == ".pdf":
        document = document_pdf.read_pdf(content, name)
    else:
        _check_is_text(content, name)
        document = document_table.read_csv(decoded(content, name, encoding), name)
    if len(document.lines) > MOST_LINES:
        raise InputRefused("document_too_long", path=name, lines=len(document.lines), most=MOST_LINES)
    if not any(line.text.strip() for line in document.lines):
        raise InputRefused("document_without_text", path=name)
    return document


def _check_is_text(content: bytes, name: str) -> None:
    if content[:4] in (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0"):
        raise InputRefused("not_plain_text", path=name)


def decoded(content: bytes, name: str, encoding: str | None = None) -> str:
    """Text of bytes: UTF-8, UTF-16 with its mark, or the encoding named; never a guess.

    Raises
    ------
    InputRefused
        If the bytes are not text in that encoding.
    """
    if encoding is None:
        utf16 = content[:2] in (b"\xff\xfe", b"\xfe\xff")
        encoding = "utf-16" if utf16 else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except LookupError:
        raise InputRefused("no_such_encoding", path=name, encoding=encoding) from None
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        bad = repr(content[error.start : error.start + 1])[2:-1]
        raise InputRefused(
            "document_encoding", path=name, line=line, bytes=bad, encoding=encoding.removesuffix("-sig")
        ) from None
    if "\x00" in text:
        raise InputRefused("not_plain_text", path=name)
    return text


_RULER = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*")


def text_lines(text: str) -> list[str]:
    """Lines of plain text or Markdown; a row of a Markdown table becomes a row of cells."""
    return [_markdown(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]


def _markdown(line: str) -> str:
    stripped = line.strip()
    if stripped.startswith("|") and stripped.count("|") >= 3:
        if _RULER.fullmatch(stripped):
            return "\t"
        cells = re.split(r"(?<!\\)\|", stripped.removeprefix("|").removesuffix("|"))
        return "\t".join(cell.strip() for cell in cells)
    return line
