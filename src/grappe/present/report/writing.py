"""A chapter in a language as the bytes of a file, by suffix."""

from grappe.present.report.content import Chapter, Study
from grappe.present.report.worded import worded

SUFFIXES = (".pdf", ".html", ".docx")
"""Kinds of file that a chapter is written as."""
MEDIA = {
    ".pdf": "application/pdf",
    ".html": "text/html; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
"""Media type of each kind of file."""


def chapter_bytes(chapter: Chapter | Study, language: str, base: str, suffix: str) -> bytes:
    """A chapter, or the study, as a file; `base` is the site that its links lead to.

    Parameters
    ----------
    chapter : Chapter or Study
    language : one of the three
    base : address of the site, such as ``https://atlas.example``
    suffix : one of `SUFFIXES`

    Raises
    ------
    Refused
        If the fonts of the chapter were not made.
    ValueError
        If the suffix is none of those.
    """
    document = worded(chapter, language, base)
    match suffix:
        case ".pdf":
            from grappe.present.report.typst_writer import pdf_of

            return pdf_of(document)
        case ".html":
            from grappe.present.report.html_writer import html_of

            return html_of(document).encode()
        case ".docx":
            from grappe.present.report.docx_writer import docx_of

            return docx_of(document)
    raise ValueError(f"A chapter is written as {', '.join(SUFFIXES)}, not {suffix}.")
