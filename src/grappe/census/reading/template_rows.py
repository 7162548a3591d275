"""Rows of a filled template of identity sheets."""

from grappe.census.reading.document import Document
from grappe.census.reading.proposal import Notes


def is_template(document: Document) -> bool:
    """Tell whether a document is a filled template."""
    return False


def read_template_rows(document: Document) -> Notes:
    """Statements of its rows."""
    return Notes()
