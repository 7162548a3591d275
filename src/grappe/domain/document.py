"""Documents that people hand in with an application or a report: what is taken, and under which name."""

from grappe.domain.errors import Refused

LARGEST = 10 * 1024 * 1024
"""Bytes of the largest document that is taken."""
_OFFICE = "application/vnd.openxmlformats-officedocument"
KINDS = {
    "pdf": ("application/pdf", b"%PDF-"),
    "png": ("image/png", b"\x89PNG\r\n\x1a\n"),
    "jpg": ("image/jpeg", b"\xff\xd8\xff"),
    "jpeg": ("image/jpeg", b"\xff\xd8\xff"),
    "docx": (f"{_OFFICE}.wordprocessingml.document", b"PK\x03\x04"),
    "xlsx": (f"{_OFFICE}.spreadsheetml.sheet", b"PK\x03\x04"),
    "odt": ("application/vnd.oasis.opendocument.text", b"PK\x03\x04"),
}
"""Documents that are taken, by the end of their names: their media type, and how each begins.

What a browser says of the type is not asked: it reads it off the name, and often knows none.
"""


def media_type_of(name: str, content: bytes) -> str:
    """The media type of a document, once it is seen to be what its name says.

    Parameters
    ----------
    name : str
        As the person's machine named it.
    content : bytes

    Returns
    -------
    str

    Raises
    ------
    Refused
        If it is empty, too large, or not of a kind that is taken.

    Examples
    --------
    >>> media_type_of("plan.PDF", b"%PDF-1.7 a plan")
    'application/pdf'
    """
    if not content:
        raise Refused("paper_empty", name=name)
    if len(content) > LARGEST:
        raise Refused("paper_too_large", name=name, most=LARGEST // 1024 // 1024)
    media_type, start = KINDS.get(name.rpartition(".")[2].lower(), ("", b""))
    if not media_type or not content.startswith(start):
        raise Refused("paper_of_no_kind", name=name, accepted="PDF, PNG, JPEG, DOCX, XLSX, ODT")
    return media_type


def plain_name(name: str) -> str:
    """The name without folders and control characters: it is shown, and offered as a file name.

    Examples
    --------
    >>> plain_name("../plans/plan.pdf")
    'plan.pdf'
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(one for one in last if one.isprintable()).strip()[:200] or "document"
