"""Text of a PDF, page by page; a scan without text is refused with what to do about it."""

import io

from grappe.census.reading.document import Document, located
from grappe.domain.errors import InputRefused

MOST_PAGES = 2_000
LEAST_LETTERS = 20
"""Letters a page has on average at least; fewer mean that its pages are pictures."""


def read_pdf(content: bytes, name: str) -> Document:
    """Lines of a PDF, located by page and line.

    Raises
    ------
    InputRefused
        If it is damaged, locked, too long, or holds pictures of pages instead of text.
    """
    import pypdf

    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputRefused("locked_document", path=name)
        count = len(reader.pages)
        if count > MOST_PAGES:
            raise InputRefused("document_too_long", path=name, lines=count, most=MOST_PAGES)
        pages = [page.extract_text() or "" for page in reader.pages]
    except InputRefused:
        raise
    except Exception as error:
        raise InputRefused("damaged_document", path=name) from error
    if sum(len(page.strip()) for page in pages) < LEAST_LETTERS * max(1, count):
        raise InputRefused("scanned_document", path=name, pages=count)
    pairs: list[tuple[str, str]] = []
    for number, page in enumerate(pages, 1):
        lines = [line.rstrip() for line in page.split("\n")]
        pairs += [(line, f"p. {number} l. {at}") for at, line in enumerate(lines, 1)]
        pairs.append(("", f"p. {number}"))
    return located(pairs, name, "pdf")
